"""Returns over periods with money put in and taken out between: modified Dietz, time-weighted, and what a year makes of them.

Flows have the portfolio's sign here: put in is positive, taken out is negative.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

_YEAR = 365
Timing = Literal["end of day", "start of day"]


class Dietz(NamedTuple):
    """A modified Dietz return: the gain over the average capital; no rate, and why, where that capital is nothing or less."""

    rate: float | None
    gain: float
    average_capital: float
    why: str = ""


class Valuation(NamedTuple):
    """What a portfolio was worth on a day before money went in (positive) or out (negative) on that day."""

    day: date
    worth: float
    flow: float = 0.0


class Linked(NamedTuple):
    """A return over several periods: that of each, all linked, a year's (only from one year on); or why there is none."""

    total: float | None
    periods: tuple[float, ...]
    a_year: float | None
    why: str = ""


def modified_dietz(start: Valuation, end: Valuation, flows: Sequence[tuple[date, float]], timing: Timing = "end of day") -> Dietz:
    """The gain of a period over its average capital, each flow weighted by the share of the period that it was there.

    Formula:  (V1 - V0 - sum F) / (V0 + sum w F), w = (T - t) / T at the end of day t of T, (T - t + 1) / T at its start
    Says so:  Dietz (1966); Bank Administration Institute (1968); GIPS

    A flow of `start` or `end` counts with the others: that of the start for the whole period.

    Raises ValueError for a flow outside the period, a period without length, a figure that is not finite.

    >>> first, last = Valuation(date(2021, 1, 1), 100.0), Valuation(date(2023, 1, 1), 300.0)
    >>> modified_dietz(first, last, [(date(2022, 1, 1), 50.0)]).rate
    1.2
    """
    length = (end.day - start.day).days
    _refuse(length <= 0, "a period ends after it starts")
    _refuse(any(not start.day < day <= end.day for day, _ in flows), "a flow lies within the period, after the day of its first value")
    all_flows = [*flows, (end.day, end.flow)]
    _finite([start.worth, start.flow, end.worth, *(flow for _, flow in all_flows)])
    early = 1 if timing == "start of day" else 0
    weighted = math.fsum((length - (day - start.day).days + early) / length * flow for day, flow in all_flows)
    opening = start.worth + start.flow
    gain = end.worth + end.flow - opening - math.fsum(flow for _, flow in all_flows)
    average = opening + weighted
    if average <= 0:
        return Dietz(None, gain, average, "average capital is nothing or less: the sign of the rate would mean nothing")
    return Dietz(gain / average, gain, average)


def time_weighted(valuations: Sequence[Valuation]) -> Linked:
    """The return of each stretch between two valuations, linked; a valuation stands on each day that money goes in or out.

    Formula:  product of V[k] before its flow / (V[k-1] + F[k-1]), less one
    Says so:  GIPS

    >>> one, two, three = (Valuation(date(2020 + n, 1, 1), *row) for n, row in enumerate([(0, 42), (55, 55), (108, -108)]))
    >>> [round(rate, 4) for rate in time_weighted([one, two, three]).periods]
    [0.3095, -0.0182]
    """
    _finite([figure for one in valuations for figure in (one.worth, one.flow)])
    _refuse(any(after.day < before.day for before, after in pairwise(valuations)), "valuations stand in the order of their days")
    if len(valuations) < 2:
        return Linked(None, (), None, "it takes two valuations")
    if any(one.worth + one.flow <= 0 or other.worth < 0 for one, other in pairwise(valuations)):
        return Linked(None, (), None, "a period starts with nothing or less, or ends below nothing")
    periods = tuple(other.worth / (one.worth + one.flow) - 1 for one, other in pairwise(valuations))
    total = linked(periods)
    return Linked(total, periods, annualised(total, (valuations[-1].day - valuations[0].day).days))


def linked(periods: Iterable[float]) -> float:
    """Returns one after another as one.

    Formula:  product of (1 + R), less one

    >>> round(linked([0.5, -0.5]), 9)
    -0.25
    """
    return math.prod(1 + rate for rate in periods) - 1


def annualised(total: float, days: int) -> float | None:
    """A return a year; None for less than a year, of which only the return of the period itself may be shown.

    Formula:  (1 + R) ** (365 / days) - 1
    Says so:  GIPS 2020

    >>> annualised(0.21, 730), annualised(0.21, 90)
    (0.10000000000000009, None)
    """
    return (1 + total) ** (_YEAR / days) - 1 if days >= _YEAR else None


def _finite(figures: Iterable[float]) -> None:
    bad = next((figure for figure in figures if not math.isfinite(figure)), None)
    _refuse(bad is not None, f"a figure is a finite number, not {bad}")


def _refuse(wrong: bool, rule: str) -> None:
    if wrong:
        raise ValueError(rule)
