"""Lots: shares that came in together, at one cost; and how much of each a disposal takes.

Numbers are exact fractions while the book's are exact, and quantities with bounds where they are not. Two numbers of shares of
which it is not certain which is greater are compared in the graph (`min`), so no bound is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import NOWHERE, Place
from holdbook.quantity.quantity import Quantity, add, as_quantity, exact, floored, least, unknown, within
from holdbook.quantity.unit import NUMBER, UNIT

Number = Fraction | Quantity

_SHARE = UNIT("share")
_ONE = Fraction(1)


class Acquired(NamedTuple):
    """Shares that came in together.

    Fields:
        name: the id of the purchase, or words for what no entry of the book explains.
        day: when they were acquired; None for longer ago than the book says.
        place: where it stands; of one day, what stands first came first.
        shares: how many, in shares of the view's day.
        cost: what they cost with fees, in the currency that was paid.
        reported: the same in the book's currency, at the rate of the day.
    """

    name: str
    day: Span | None
    place: Place
    shares: Number
    cost: Quantity
    reported: Quantity

    @property
    def order(self) -> tuple[bool, Span | None, Place]:
        """Sorts by day of acquisition, then as in the file; what is older than the book comes first."""
        return (self.day is not None, self.day, self.place)


class Lot(NamedTuple):
    """A part of what was acquired together."""

    acquired: Acquired
    part: Number = _ONE

    @property
    def shares(self) -> Number:
        """How many shares it is."""
        return times(self.acquired.shares if isinstance(self.part, Fraction) else shares_of(self.acquired.shares), self.part)

    @property
    def cost(self) -> Quantity:
        """What it cost, in the currency that was paid."""
        return of(self.acquired.cost, self.part)

    @property
    def reported(self) -> Quantity:
        """What it cost, in the book's currency at the rate of the day."""
        return of(self.acquired.reported, self.part)


class Taken(NamedTuple):
    """What a disposal takes from some lots, and what it leaves."""

    taken: list[Lot]
    left: list[Lot]


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """Lots by day of acquisition, then as in the file."""
    return sorted(lots, key=lambda lot: lot.acquired.order)


def take(lots: Sequence[Lot], shares: Number, what: str) -> Taken:
    """Take shares from lots one after the other, as they stand; `what` names the disposal.

    Formula:  of each lot min(its shares, what is still needed)

    What the lots do not hold was acquired at a cost that nobody stated.
    """
    taken: list[Lot] = []
    left: list[Lot] = []
    need: Number = shares
    for lot in lots:
        if ends(need)[1] == 0:
            left.append(lot)
            continue
        part = _part(lot, need, what)
        taken.append(lot._replace(part=times(lot.part, part)))
        if part != _ONE:
            left.append(lot._replace(part=times(lot.part, less(_ONE, part))))
        need = _still(need, lot.shares, part)
    if (ends(need)[0] or 0) > 0:
        taken.append(Lot(unexplained(need, f"shares of unknown origin in {what}")))
    return Taken(taken, left)


def take_of_each(lots: Sequence[Lot], shares: Number, what: str) -> Taken:
    """Take the same part of every lot: what it costs is the average cost.

    Formula:  of each lot its shares * shares taken / shares held
    """
    held = total(lot.shares for lot in lots)
    need, have = ends(shares), ends(held)
    if have[1] is not None and need[0] is not None and need[0] > have[1]:
        return Taken([*lots, Lot(unexplained(less(shares, held), f"shares of unknown origin in {what}"))], [])
    return take_part(lots, _share_of(shares, held, f"part of the shares sold in {what}"))


def take_part(lots: Sequence[Lot], part: Number) -> Taken:
    """Take a part of every lot."""
    if part == _ONE:
        return Taken(list(lots), [])
    rest = less(_ONE, part)
    return Taken([lot._replace(part=times(lot.part, part)) for lot in lots], [lot._replace(part=times(lot.part, rest)) for lot in lots])


def take_unknown(lots: Sequence[Lot], what: str) -> Taken:
    """Take nobody knows how much of each lot: none to all of it."""
    found = [take_part([lot], within(0, 1, NUMBER, key=f"part of {lot.acquired.name} in {what}")) for lot in lots]
    return Taken([lot for one in found for lot in one.taken], [lot for one in found for lot in one.left])


def unexplained(shares: Number, name: str) -> Acquired:
    """Shares that the book does not say where they came from: their cost is unknown, never nothing."""
    nothing = unknown(f"cost of {name}", floor=0)
    return Acquired(name, None, NOWHERE.place, shares, nothing, nothing)


def _part(lot: Lot, need: Number, what: str) -> Number:
    """The part of a lot that is taken."""
    have = ends(lot.shares)
    needed = ends(need)
    if have[1] is not None and needed[0] is not None and have[1] <= needed[0]:
        return _ONE
    return _share_of(need, lot.shares, f"part of {lot.acquired.name} in {what}")


def _share_of(need: Number, have: Number, key: str) -> Number:
    """One number over another, no more than all; between none and all where the other may be nothing."""
    needed, there = ends(need), ends(have)
    if there[0] is None or there[0] <= 0 or there[1] is None or needed[1] is None:
        return within(0, 1, NUMBER, key=key)
    part = over(need, have)
    if isinstance(part, Fraction):
        return min(part, _ONE)
    return part if needed[1] <= there[0] else least((exact(1), part))


def _still(need: Number, have: Number, part: Number) -> Number:
    """What is still needed after a lot."""
    if part == _ONE:
        return less(need, have)
    certain = ends(need)[1], ends(have)[0]
    if certain[0] is not None and certain[1] is not None and certain[0] <= certain[1]:
        return Fraction(0)
    return floored(as_quantity(less(need, times(have, part) if ends(have)[1] is None or not ends(have)[0] else have)))


def ends(number: Number) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that a number can be."""
    if isinstance(number, Fraction):
        return number, number
    return bounds(number).interval[:2]


def number(quantity: Quantity) -> Number:
    """A quantity as a plain number where it is exact."""
    low, high = ends(quantity)
    return low if low is not None and low == high else quantity


def shares_of(value: Number) -> Quantity:
    """A number of shares as a quantity."""
    return exact(value, _SHARE) if isinstance(value, Fraction) else value


def of(amount: Quantity, part: Number) -> Quantity:
    """A part of an amount."""
    return amount if part == _ONE else amount * part if isinstance(part, Quantity) else amount * exact(part)


def times(left: Number, right: Number) -> Number:
    """A product, plain where both are."""
    if isinstance(left, Fraction):
        return left * right if isinstance(right, Fraction) else _scaled(right, left)
    return _scaled(left, right) if isinstance(right, Fraction) else left * right


def over(left: Number, right: Number) -> Number:
    """A quotient of two numbers of shares, plain where both are."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left / right
    return shares_of(left) / shares_of(right)


def less(left: Number, right: Number) -> Number:
    """A difference, plain where both are; a plain number takes the unit of the other."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left - right
    unit = left.unit if isinstance(left, Quantity) else right.unit  # type: ignore[union-attr]
    first, second = (exact(one, unit) if isinstance(one, Fraction) else one for one in (left, right))
    return number(first - second)


def total(numbers: Iterable[Number]) -> Number:
    """A sum of numbers of shares, plain where all are."""
    terms = list(numbers)
    plain = sum((one for one in terms if isinstance(one, Fraction)), Fraction(0))
    others = [one for one in terms if isinstance(one, Quantity)]
    return add([*others, shares_of(plain)]) if others else plain


def _scaled(quantity: Quantity, by: Fraction) -> Number:
    return quantity if by == 1 else Fraction(0) if by == 0 else quantity * exact(by)
