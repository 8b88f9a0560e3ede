"""Between which rates of return a row of flows must lie whose amounts and days are only known within ends.

At any given rate the worth of the flows is greatest with every amount at its upper end, on whichever end of its period makes that
count for more, and least the other way round; below and above a rate of zero those are other days. So all rates that
can fit are those where the greatest worth is not below zero and the least is not above it, whether or not there is just one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from holdbook.numerics.cash_flows import log_rates

_EPSILON, _YEAR = 1e-12, 365
_LARGEST = math.log(1.7e308)


class Dated(NamedTuple):
    """An amount between two ends (None is unbounded, paid is negative) on a day between two days."""

    first: date
    last: date
    low: float | None
    high: float | None


class _Corner(NamedTuple):
    """One end of the worth, for rates of one side of zero: flows at corners, or no end."""

    times: list[float]
    amounts: list[float] | None


def rate_bounds(flows: Sequence[Dated]) -> tuple[float | None, float | None]:
    """The least and the greatest rate that can fit; -1 is a total loss, None above is without an end; (None, None) if none can fit.

    >>> first, last = date(2024, 1, 1), date(2024, 12, 31)
    >>> low, high = rate_bounds([Dated(first, first, -100.0, -100.0), Dated(last, last, 105.0, 110.0)])
    >>> round(low, 9), round(high, 9)
    (0.05, 0.1)
    """
    stretches = [*_fitting(flows, below=True), *_fitting(flows, below=False)]
    if not stretches:
        return None, None
    exact = all(one.low == one.high and one.first == one.last for one in flows)
    low, high = min(low for low, _ in stretches), max(high for _, high in stretches)
    return _rate(low, -1, exact), None if high > _LARGEST else _rate(high, 1, exact)


def _fitting(flows: Sequence[Dated], below: bool) -> list[tuple[float, float]]:
    """The stretches of log(1 + rate), below zero or from zero on, on which the worth can be nothing."""
    start, end = (-math.inf, 0.0) if below else (0.0, math.inf)
    greatest, least = _corner(flows, below, upper=True), _corner(flows, below, upper=False)
    cuts = sorted({start, end, *(root for corner in (greatest, least) for root in _roots(corner) if start <= root <= end)})
    found = [(one, other) for one, other in pairwise(cuts) if _can(greatest, least, _between(one, other))]
    return [*found, *((cut, cut) for cut in cuts if math.isfinite(cut) and _can(greatest, least, cut))]


def _can(greatest: _Corner, least: _Corner, growth: float) -> bool:
    return _worth(greatest, growth, math.inf) >= -_EPSILON and _worth(least, growth, -math.inf) <= _EPSILON


def _corner(flows: Sequence[Dated], below: bool, *, upper: bool) -> _Corner:
    """Below a rate of zero a later amount counts for more, above it an earlier one; a negative amount is to count for less."""
    ends = [one.high if upper else one.low for one in flows]
    if any(end is None for end in ends):
        return _Corner([], None)
    amounts = [end for end in ends if end is not None]
    days = [one.last if (amount > 0) == (below == upper) else one.first for one, amount in zip(flows, amounts, strict=True)]
    first = min((one.first for one in flows), default=date.min)
    return _Corner([(day - first).days / _YEAR for day in days], amounts)


def _roots(corner: _Corner) -> tuple[float, ...]:
    return () if corner.amounts is None else log_rates(corner.times, corner.amounts)


def _worth(corner: _Corner, growth: float, without: float) -> float:
    """The worth over the sum of what its parts are worth, so that nothing is too large; `without` an end that."""
    if corner.amounts is None:
        return without
    exponents = [-time * growth for time in corner.times]
    top = max(exponents, default=0.0)
    parts = [amount * math.exp(exponent - top) for amount, exponent in zip(corner.amounts, exponents, strict=True)]
    size = math.fsum(map(abs, parts))
    return math.fsum(parts) / size if size else 0.0


def _between(one: float, other: float) -> float:
    """A point within a stretch, at most one end of which is infinite."""
    if math.isinf(one):
        return other - 1
    return one + 1 if math.isinf(other) else (one + other) / 2


def _rate(growth: float, side: int, exact: bool) -> float:
    """A little beyond what rounding may have moved; a rate of exact flows is itself."""
    return math.expm1(growth if exact else growth + side * _EPSILON * (1 + abs(growth)))
