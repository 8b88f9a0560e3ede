"""What a scenario does to value, leverage and limits, and which limit gives way first."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from holdbook.measures.exposure import Exposure, exposures
from holdbook.measures.leverage import loan_to_value, loan_to_value_with_asset_backed
from holdbook.measures.limit import Tested, tested
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.shaken import own_factor
from holdbook.measures.worth import equity_value_of_holdings, nav
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View

MEASURES = {
    "equity_value_of_holdings": equity_value_of_holdings,
    "adjusted_net_debt": adjusted_net_debt,
    "nav": nav,
    "loan_to_value": loan_to_value,
    "loan_to_value_with_asset_backed": loan_to_value_with_asset_backed,
}


class Effect(NamedTuple):
    """A view under a scenario.

    Fields:
        view: the view.
        measures: each measure by its name.
        limits: every limit, tested.
        first: the limit that gives way first on the way from the book to the scenario, if one does that stood before.
    """

    view: View
    measures: dict[str, Quantity]
    limits: list[Tested]
    first: Tested | None


def effect(view: View, before: list[Tested]) -> Effect:
    """The measures and limits of a view; `before` are the limits without the scenario."""
    limits = tested(view)
    return Effect(view, {name: measure(view).quantity for name, measure in MEASURES.items()}, limits, _first(before, limits))


def _first(before: list[Tested], after: list[Tested]) -> Tested | None:
    """Of the limits that are passed and were not, the one that is passed after the least part of the way, all moving evenly."""
    stood = {one.policy.id: one for one in before if one.standing in ("within", "undecided")}
    passed = [(_way(stood[one.policy.id], one), one.policy.id, one) for one in after if one.standing == "beyond" and one.policy.id in stood]
    return min(passed)[2] if passed else None


def _way(before: Tested, after: Tested) -> Fraction:
    """The part of the way after which the room is used up.

    Formula:  room before / (room before - room after)
    """
    start, end = point(before.room), point(after.room)
    if start is None or end is None or start <= end:
        return Fraction(1)
    return max(Fraction(0), min(Fraction(1), start / (start - end)))


def promised_changes(view: View) -> list[tuple[Exposure, Quantity, Quantity | None]]:
    """What the shocks do to each promise at a fixed price: the promise, the change of the shares paid for, that of the forward.

    Formula:  (factor - 1) * (paid + gain), (factor - 1) * (unpaid + gain)
    """
    found = []
    for one in exposures(view):
        factor = own_factor(view, one.asset)
        if factor is not None:
            move = (factor - 1).named(f"move of {one.asset}")
            found.append((one, one.shares * move, None if one.forward is None else one.forward * move))
    return found
