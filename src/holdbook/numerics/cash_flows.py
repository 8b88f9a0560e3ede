"""Present values and rates of dated and of periodic cash flows; every rate is reported, not one of them.

Amounts have the investor's sign: paid is negative, received is positive, a value still held is a last receipt. Days count as
actual days over 365 (act/365 fixed), also over a 29 February.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from holdbook.numerics.roots import exponential_roots

_YEAR = 365
_LARGEST = math.log(1.7e308)
_NO_RULE = "one of several, the nearest to nothing gained or lost; no rule is right"


class Rates(NamedTuple):
    """All rates at which some cash flows are worth nothing.

    Fields:
        roots: every such rate above -100%, rising; one within 1e-16 of -100% reads -1.0.
        chosen: the rate of return: the only root; of several the one whose log(1 + r) is nearest to zero; -1 for a total loss.
        rule: in words, why it is that one.
        conventional: whether money is first only paid and then only received, so that there can be no other rate.
        why: why there is none, or what else is to be known; empty otherwise.
    """

    roots: tuple[float, ...]
    chosen: float | None
    rule: str
    conventional: bool
    why: str = ""

    @property
    def single(self) -> float | None:
        """The rate if there is one and no other; an answer shows none where there are several."""
        return self.chosen if len(self.roots) <= 1 else None


def xirr(days: Sequence[date], amounts: Sequence[float]) -> Rates:
    """The internal rates of return of dated flows, a year, in any order of the days.

    Formula:  sum of amount / (1 + r) ** ((day - first day) / 365) = 0
    Says so:  Microsoft, XIRR; several roots: Lorie and Savage (1955)

    Raises ValueError for an amount that is no finite number, or lists of unlike length.

    >>> round(xirr([date(2024, 1, 1), date(2024, 12, 31)], [-100.0, 110.0]).chosen, 9)
    0.1
    """
    return rates(years(days), amounts)


def irr(amounts: Sequence[float]) -> Rates:
    """The internal rates of return of flows one period apart, a period.

    Formula:  sum of amount[n] / (1 + r) ** n = 0

    >>> [round(root, 9) for root in irr([-100, 230, -132]).roots]
    [0.1, 0.2]
    """
    return rates([float(n) for n in range(len(amounts))], amounts)


def rates(times: Sequence[float], amounts: Sequence[float]) -> Rates:
    """The internal rates of return of flows at times in years, which need no order."""
    _finite(times, amounts)
    netted = _netted(times, amounts)
    changes = sum((one < 0) != (other < 0) for one, other in pairwise(amount for _, amount in netted))
    if changes == 0:
        return _without_a_change(times, amounts, netted)
    logs = log_rates(times, amounts)
    roots = tuple(math.expm1(y) for y in logs if y < _LARGEST)
    beyond = len(logs) - len(roots)
    why = f"{beyond} more of more than 10 ** 308" if beyond and roots else "its rate is more than 10 ** 308" if beyond else ""
    conventional = changes == 1 and netted[0][1] < 0
    if not roots:
        return Rates((), None, "", conventional, why or "no rate makes them worth nothing")
    return Rates(roots, min(roots, key=_growth), _rule(roots, changes, conventional), conventional, why)


def log_rates(times: Sequence[float], amounts: Sequence[float]) -> tuple[float, ...]:
    """The logarithm of one plus each rate that fits: every rate has one, also where the rate itself is beyond a float.

    >>> [round(y / 365, 9) for y in log_rates([0.0, 1 / 365], [-1.0, 1000.0])]
    [6.907755279]
    """
    netted = _netted(times, amounts)
    return exponential_roots([amount for _, amount in netted], [time for time, _ in netted])


def sign_changes(amounts: Sequence[float]) -> int:
    """How often the amounts change sign, zeros left out; of running totals it bounds the rates above zero.

    Says so:  Descartes for the amounts; Norstrom (1972) for the running totals: one change and a total that is not zero, one rate above zero

    >>> sign_changes([-100, 0, 230, -132])
    2
    """
    return sum((one < 0) != (other < 0) for one, other in pairwise(amount for amount in amounts if amount))


def running_totals(days: Sequence[date], amounts: Sequence[float]) -> list[float]:
    """What was received less what was paid up to each day that has a flow."""
    _finite(years(days), amounts)
    return list(accumulate(amount for _, amount in _netted(years(days), amounts)))


def xnpv(rate: float, days: Sequence[date], amounts: Sequence[float]) -> float:
    """The value of dated flows on the earliest of their days, at a rate a year.

    Formula:  sum of amount / (1 + rate) ** ((day - first day) / 365)
    Says so:  Microsoft, XNPV

    Raises ValueError for a rate of -100% or less.
    """
    return present_value(rate, years(days), amounts)


def npv(rate: float, amounts: Sequence[float]) -> float:
    """The value now of flows one period apart, of which the first is now.

    Formula:  sum of amount[n] / (1 + rate) ** n

    >>> round(npv(0.1, [1000, -3000, 2500]))
    339
    """
    return present_value(rate, [float(n) for n in range(len(amounts))], amounts)


def present_value(rate: float, times: Sequence[float], amounts: Sequence[float]) -> float:
    """The value at time zero of flows at times in years."""
    _finite(times, amounts)
    if not -1 < rate < math.inf:
        raise ValueError(f"a rate is above -100%, not {rate}")
    growth = math.log1p(rate)
    return math.fsum(amount * math.exp(-time * growth) for time, amount in zip(times, amounts, strict=True))


def mirr(amounts: Sequence[float], finance: float, reinvest: float) -> float | None:
    """The modified rate of return a period; None unless something was paid and something received.

    Formula:  (value at the end of receipts, grown at reinvest / value now of payments, at finance) ** (1 / periods) - 1

    >>> round(mirr([-12, -10, -4, 40, 0, 15, 5], 0.07, 0.12), 4)
    0.2101
    """
    periods = len(amounts) - 1
    received = npv(reinvest, [max(amount, 0.0) for amount in amounts]) * (1 + reinvest) ** periods
    paid = -npv(finance, [min(amount, 0.0) for amount in amounts])
    return (received / paid) ** (1 / periods) - 1 if received and paid else None


def years(days: Sequence[date]) -> list[float]:
    """Years from the earliest day to each: actual days over 365."""
    first = min(days, default=None)
    return [] if first is None else [(day - first).days / _YEAR for day in days]


def _finite(times: Sequence[float], amounts: Sequence[float]) -> None:
    if len(times) != len(amounts):
        raise ValueError(f"{len(times)} days and {len(amounts)} amounts")
    bad = next((amount for amount in (*amounts, *times) if not math.isfinite(amount)), None)
    if bad is not None:
        raise ValueError(f"an amount is a finite number, not {bad}")


def _netted(times: Sequence[float], amounts: Sequence[float]) -> list[tuple[float, float]]:
    """The flows in order, those of one time as one, without what comes to nothing."""
    at: dict[float, list[float]] = {}
    for time, amount in zip(times, amounts, strict=True):
        at.setdefault(time, []).append(amount)
    sums = ((time, math.fsum(parts)) for time, parts in sorted(at.items()))
    return [(time, amount) for time, amount in sums if amount]


def _without_a_change(times: Sequence[float], amounts: Sequence[float], netted: list[tuple[float, float]]) -> Rates:
    """No root: a total loss if the last word is that nothing is left, else a reason."""
    if not netted:
        return Rates((), None, "", False, "they come to nothing at any rate" if any(amounts) else "there are no flows")
    last = max(times)
    if netted[0][1] < 0 and netted[-1][0] < last:
        return Rates((), -1.0, "all that was paid is lost: -100% by definition", False, "nothing was received, and nothing is left")
    if len(set(times)) == 1:
        return Rates((), None, "", False, "all flows are on one day")
    return Rates((), None, "", False, f"money is only {'paid' if netted[0][1] < 0 else 'received'}")


def _growth(rate: float) -> float:
    return abs(math.log1p(rate)) if rate > -1 else math.inf


def _rule(roots: tuple[float, ...], changes: int, conventional: bool) -> str:
    if len(roots) > 1:
        return _NO_RULE
    if conventional:
        return "paid first, received later: there is one rate"
    return "received first, paid later: one rate, that of borrowing" if changes == 1 else "the only rate, though the sign changes often"
