"""How a fund calls, grows and pays back: the pacing model of Takahashi and Alexander."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Plan(NamedTuple):
    """What is assumed of a fund.

    Fields:
        commitment: the capital promised.
        calls: share of the uncalled capital that is called in each year; the last one repeats.
        life: years until everything is paid back.
        bow: how late it pays back: above 1 the later.
        growth: growth of the value a year.
        yields: least share of the value that is paid back a year.
        investing: the last year in which capital is called; None is the whole life.
    """

    commitment: float
    calls: tuple[float, ...]
    life: int
    bow: float
    growth: float
    yields: float = 0.0
    investing: int | None = None


class Position(NamedTuple):
    """Where a fund stands: its age in years, its value, what was paid in so far."""

    age: float = 0.0
    worth: float = 0.0
    paid_in: float = 0.0


class Period(NamedTuple):
    """One period: its end in years of age, what is called, what is paid back, the value at its end, what was paid in so far."""

    age: float
    called: float
    paid_back: float
    worth: float
    paid_in: float


def pacing(plan: Plan, start: Position | None = None, periods_a_year: int = 1) -> list[Period]:
    """The periods of a fund from where it stands to the end of its life.

    Formula:  called = call rate * (commitment - paid in); grown = worth * (1 + growth);
              paid back = max(yields, (age / life) ** bow) * grown; worth = grown + called - paid back
    Says so:  Takahashi and Alexander (2002), years; parts of a year: each rate as the one that comes to it over the year's parts

    What is called in the last year stays in the value. Raises ValueError for a rate outside 0 to 1, a life below one year.

    >>> [round(one.worth, 2) for one in pacing(Plan(100.0, (1.0,), life=2, bow=1.0, growth=0.1))]
    [100.0, 0.0]
    """
    _refuse(plan, periods_a_year)
    at = start or Position()
    age, worth, paid_in, found = at.age, at.worth, at.paid_in, []
    growth = math.pow(1 + plan.growth, 1 / periods_a_year)
    for number in range(1, _left(plan, at, periods_a_year) + 1):
        age = at.age + number / periods_a_year
        called = part_of_year(_call(plan, age, periods_a_year), periods_a_year) * (plan.commitment - paid_in)
        back = part_of_year(max(plan.yields, min(age / plan.life, 1.0) ** plan.bow), periods_a_year) * worth * growth
        worth, paid_in = worth * growth + called - back, paid_in + called
        found.append(Period(age, called, back, worth, paid_in))
    return found


def part_of_year(rate: float, periods_a_year: int) -> float:
    """The share of what is left that, taken in each part of a year, comes to a year's share.

    Formula:  1 - (1 - rate) ** (1 / n)

    >>> round(part_of_year(0.5, 2), 5)
    0.29289
    """
    return 1 - math.pow(1 - rate, 1 / periods_a_year)


def calls_of_parts(calls: Sequence[float], periods_a_year: int) -> list[float]:
    """The call rates of each part of each year."""
    return [part_of_year(rate, periods_a_year) for rate in calls for _ in range(periods_a_year)]


def _left(plan: Plan, at: Position, periods_a_year: int) -> int:
    return math.ceil((plan.life - at.age) * periods_a_year - 1e-9)


def _call(plan: Plan, age: float, periods_a_year: int) -> float:
    """The yearly call rate of the period that ends at an age."""
    year = math.floor(age - 0.5 / periods_a_year) + 1
    if year > (plan.life if plan.investing is None else plan.investing):
        return 0.0
    return plan.calls[min(year, len(plan.calls)) - 1]


def _refuse(plan: Plan, periods_a_year: int) -> None:
    if not plan.calls or not all(0 <= rate <= 1 for rate in (*plan.calls, plan.yields)):
        raise ValueError("call rates and the yield lie between 0 and 1, and there is at least one call rate")
    if plan.life < 1 or plan.growth <= -1 or plan.bow < 0 or periods_a_year < 1:
        raise ValueError("a life is at least a year, growth is above -100%, a bow is not below zero, a year has a period")
