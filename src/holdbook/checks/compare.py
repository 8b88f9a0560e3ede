"""Do two figures agree? By interval: the core readings first, the widest ones next."""

from __future__ import annotations

from typing import Literal

from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.quantity import Quantity, UnitError

Verdict = Literal["consistent", "ambiguous", "inconsistent", "not checkable"]
WORST_FIRST: tuple[Verdict, ...] = ("inconsistent", "ambiguous", "not checkable", "consistent")
"""The order in which verdicts are shown."""


def agree(left: Quantity, right: Quantity) -> Verdict:
    """Whether two figures can be the same.

    Consistent when the intervals meet, ambiguous when only the widest readings do, inconsistent when nothing meets. What rests on
    an unknown can be refuted, but never confirmed.
    """
    if not _comparable(left, right):
        return "not checkable"
    one, other = bounds(left), bounds(right)
    fits = one.interval.meets(other.interval)
    if not fits and not bounds(left, widest=True).interval.meets(bounds(right, widest=True).interval):
        return "inconsistent"
    if one.blame or other.blame or _rests_on_unknown(left) or _rests_on_unknown(right):
        return "not checkable"
    return "consistent" if fits else "ambiguous"


def exceeds(left: Quantity, right: Quantity) -> Verdict:
    """Whether the first is more than the second: surely, perhaps, or surely not."""
    if not _comparable(left, right):
        return "not checkable"
    unknown = _rests_on_unknown(left) or _rests_on_unknown(right)
    return _sign(bounds(left).interval, bounds(right).interval, bounds(left - right).interval, unknown)


def stays_within(left: Quantity, right: Quantity) -> Verdict:
    """Whether the first is no more than the second."""
    turned = exceeds(left, right)
    return {"consistent": "inconsistent", "inconsistent": "consistent"}.get(turned, turned)  # type: ignore[return-value]


def _comparable(left: Quantity, right: Quantity) -> bool:
    """Whether two figures are of one unit; not, where nobody stated the unit of an unknown in one of them.

    Raises UnitError for two units that were stated.
    """
    if left.unit is right.unit:
        return True
    if any(
        leaf.stated is not None and leaf.stated.is_unknown and leaf.stated.unit is None for one in (left, right) for leaf in one.leaves()
    ):
        return False
    raise UnitError("cannot be compared", left, right)


def _rests_on_unknown(quantity: Quantity) -> bool:
    return any(leaf.stated is not None and leaf.stated.is_unknown for leaf in quantity.leaves())


def _sign(left: Interval, right: Interval, difference: Interval, unknown: bool) -> Verdict:
    if difference.low is not None and (difference.low > 0 or (difference.low == 0 and difference.low_open)):
        return "consistent"
    if difference.high is not None and difference.high <= 0:
        return "inconsistent"
    open_ended = any(interval.high is None and interval.low in (None, 0) for interval in (left, right))
    return "not checkable" if unknown and open_ended else "ambiguous"
