"""What hangs on the value of one asset through promises: the shares paid for, and the forward on those still to be bought."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.booked import booked
from holdbook.measures.unpaid import left_to_pay
from holdbook.model.commitment import Commitment
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.timeline.view import View


class Exposure(NamedTuple):
    """An investment that was agreed at a fixed price, in its own currency.

    Fields:
        asset: what it is in.
        holder: who pays it.
        promise: the entry.
        paid, shares_gain: the cost of the shares paid for, and what was booked on them.
        unpaid, forward_gain: what is still to pay, and what was booked on that.
    """

    asset: str
    holder: str
    promise: Commitment
    paid: Quantity
    shares_gain: Quantity | None
    unpaid: Quantity | None
    forward_gain: Quantity | None

    @property
    def shares(self) -> Quantity:
        """What the shares are worth: cost with gain."""
        return _sum(self.paid, self.shares_gain).named(f"{self.asset}.shares_worth")

    @property
    def forward(self) -> Quantity | None:
        """What is to be bought is worth: its price with the gain on it; None where nothing is to be bought."""
        return None if self.unpaid is None else _sum(self.unpaid, self.forward_gain).named(f"{self.asset}.forward_worth")

    @property
    def whole(self) -> Quantity:
        """Both together: what moves with the value of the asset."""
        return add([one for one in (self.shares, self.forward) if one is not None]).named(f"{self.asset}.exposure")

    def change(self, move: Quantity) -> Quantity:
        """What a move of the value of the whole brings or costs, on shares and forward.

        Formula:  move * (paid + gain on it + unpaid + gain on it)
        """
        return (self.whole * move).named(f"{self.asset}.change")


def exposures(view: View) -> list[Exposure]:
    """The investments promised by the day, with the gains booked on them over the last period known.

    A purchase of the whole is none: its price is what is paid, and no derivative before it closes.

    Formula:  exposure = paid + unrealised gain + unpaid + gain on the forward
    Says so:  IFRS 9: an agreed purchase at a fixed price is a derivative, whose value moves by the whole of what is to be bought
    """
    found = []
    for one in view.counted(Commitment):
        whole = one.amount
        agreed = one.agreed is None or one.agreed.first <= view.day
        if one.kind != "investment" or one.combination or whole is None or not agreed or one.status in ("ended", "planned", "rumoured"):
            continue
        rest = left_to_pay(view, one, str(whole.unit))
        open_ = rest is not None and bounds(rest).interval.high != 0
        paid = whole if rest is None else whole - rest
        shares = booked(view, one.to, "unrealised_gain", str(whole.unit))
        forward = booked(view, one.to, "derivative_gain", str(whole.unit)) if open_ else None
        found.append(
            Exposure(
                one.to, one.by or view.company, one, paid, None if shares is None else shares.amount, rest if open_ else None,
                None if forward is None else forward.amount,
            )
        )  # fmt: skip
    return found


def _sum(first: Quantity, second: Quantity | None) -> Quantity:
    return first if second is None else first + second


def move_of(factor: Quantity) -> Quantity:
    """A factor as a move: 0.5 is a fall by half."""
    return factor - exact(1)
