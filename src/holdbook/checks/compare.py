"""Do two figures agree? By interval: the core readings first, the widest ones next."""

from __future__ import annotations

from typing import Literal

from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.quantity import Quantity, UnitError

Verdict = Literal["consistent", "ambiguous", "inconsistent", "not checkable"]


def agree(left: Quantity, right: Quantity) -> Verdict:
    """Whether two figures can be the same.

    Consistent when the intervals meet, ambiguous when only the widest readings do, inconsistent when nothing meets. What rests on
    an unknown can be refuted, but never confirmed.
    """
    _same_unit(left, right)
    if not _meet(left, right, widest=True):
        return "inconsistent"
    if _needs(left) or _needs(right) or bounds(left).blame or bounds(right).blame:
        return "not checkable"
    return "consistent" if _meet(left, right, widest=False) else "ambiguous"


def exceeds(left: Quantity, right: Quantity) -> Verdict:
    """Whether the first is more than the second: surely, perhaps, or surely not."""
    _same_unit(left, right)
    return _sign(bounds(left).interval, bounds(right).interval, bounds(left - right).interval, bool(_needs(left) or _needs(right)))


def stays_within(left: Quantity, right: Quantity) -> Verdict:
    """Whether the first is no more than the second."""
    _same_unit(left, right)
    turned = exceeds(left, right)
    return {"consistent": "inconsistent", "inconsistent": "consistent"}.get(turned, turned)  # type: ignore[return-value]


def _same_unit(left: Quantity, right: Quantity) -> None:
    if left.unit is not right.unit:
        raise UnitError("cannot be compared", left, right)


def _meet(left: Quantity, right: Quantity, *, widest: bool) -> bool:
    return bounds(left, widest=widest).interval.meets(bounds(right, widest=widest).interval)


def _needs(quantity: Quantity) -> list[Quantity]:
    return [leaf for leaf in quantity.leaves() if leaf.stated is not None and leaf.stated.is_unknown]


def _sign(left: Interval, right: Interval, difference: Interval, unknown: bool) -> Verdict:
    if difference.low is not None and (difference.low > 0 or (difference.low == 0 and difference.low_open)):
        return "consistent"
    if difference.high is not None and difference.high <= 0:
        return "inconsistent"
    open_ended = any(interval.high is None and interval.low in (None, 0) for interval in (left, right))
    return "not checkable" if unknown and open_ended else "ambiguous"
