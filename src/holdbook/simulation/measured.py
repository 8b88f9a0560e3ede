"""What closes say of how things move: volatilities, what a holding takes of factors, what falls together, and whole months to draw again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from holdbook.dates import add_months
from holdbook.numerics.correlation import shrinkage_intensity
from holdbook.simulation.plan import FEWEST_MONTHS, PlanError
from holdbook.timeline.closes import sessions
from holdbook.timeline.view import View

OVER = 36
"""Months that are looked back, if nobody says how many."""
FEWEST_WEEKS = 26
_WEEKS = 52
_DIGITS, _DIGITS_OF_A_MONTH = 4, 6
_LAST_DAYS = 3
"""A month may end with a weekend and a holiday."""
Returns = dict[int, float]


class Swings(NamedTuple):
    """The volatility of a year, from how many weeks."""

    volatility: float
    weeks: int


class Together(NamedTuple):
    """Correlations drawn towards none by a part (`shrunk`), from the weeks that all have."""

    matrix: list[list[float]]
    shrunk: float
    weeks: int


class Taken(NamedTuple):
    """What a holding takes of each factor, the volatility of a year that is its own, from how many weeks."""

    parts: list[float]
    own: float
    weeks: int


class Measure:
    """Closes of price files up to a view's day, as they were known, over so many months."""

    def __init__(self, view: View, over: int = OVER) -> None:
        self.view, self.since = view, add_months(view.day, -over)
        self._weeks: dict[str, Returns] = {}

    def weeks(self, asset: str) -> Returns:
        """Log returns of weeks that end on the weekday of the view's day, by how many weeks back."""
        if asset not in self._weeks:
            self._weeks[asset] = self._returns(asset, lambda day: -((self.view.day - day).days // 7))
        return self._weeks[asset]

    def months(self, asset: str) -> Returns:
        """Log returns of whole calendar months, by the number of the month: one before a month without closes is whole if its own reach its last days."""
        known = sessions(self.view, asset)
        last = {_month(day): day for day in known.days if day <= self.view.day} if known is not None else {}
        whole = {month for month, day in last.items() if month + 1 in last or monthrange(day.year, day.month)[1] - day.day <= _LAST_DAYS}
        return {month: gained for month, gained in self._returns(asset, _month).items() if month in whole}

    def _returns(self, asset: str, period: Callable[[date], int]) -> Returns:
        """Of two periods that follow one another, from the last close of each; a period without a session has none."""
        found = sessions(self.view, asset)
        if found is None:
            return {}
        day = self.view.day
        closes = {period(one): close for one, close in zip(found.days, found.closes, strict=True) if self.since <= one <= day}
        return {at: log(now / closes[at - 1]) for at, now in closes.items() if closes.get(at - 1, 0.0) > 0 and now > 0}

    def swings(self, asset: str) -> Swings | None:
        """How far a price moves; None where too few weeks are known.

        Formula:  sqrt(52 sum (r - mean r)^2 / (n - 1)), r log returns of weeks
        """
        returns = list(self.weeks(asset).values())
        if len(returns) < FEWEST_WEEKS:
            return None
        return Swings(round(float(np.std(returns, ddof=1)) * sqrt(_WEEKS), _DIGITS), len(returns))

    def together(self, assets: Sequence[str]) -> Together | None:
        """How prices go together; None where too few weeks are common to all.

        Formula:  (1 - d) R + d I, R of the common weeks, d so that the expected error is least
        Says so:  Ledoit and Wolf (2004), on returns divided by their deviations
        """
        rows = _common([self.weeks(asset) for asset in assets])
        if len(rows) < FEWEST_WEEKS:
            return None
        scaled = _scaled(rows)
        towards = shrinkage_intensity(scaled)
        matrix = (1 - towards) * (scaled.T @ scaled / len(scaled))
        np.fill_diagonal(matrix, 1.0)
        return Together([[round(float(one), _DIGITS) for one in row] for row in matrix], round(towards, _DIGITS), len(rows))

    def taken(self, asset: str, factors: Sequence[str]) -> Taken | None:
        """What a price takes of others; None where too few weeks are common to all.

        Formula:  least squares of r on a constant and the factors' returns; own = sqrt(52 sum e^2 / (n - 1 - factors))
        """
        rows = _common([self.weeks(asset), *(self.weeks(factor) for factor in factors)])
        if len(rows) < FEWEST_WEEKS + len(factors):
            return None
        returns = np.array(rows)
        centred = returns - returns.mean(axis=0)
        parts = np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=None)[0]
        left = centred[:, 0] - centred[:, 1:] @ parts
        own = sqrt(_WEEKS * float(left @ left) / (len(rows) - 1 - len(factors)))
        return Taken([round(float(part), _DIGITS) for part in parts], round(own, _DIGITS), len(rows))

    def past(self, assets: Sequence[str]) -> tuple[list[tuple[float, ...]], str, str]:
        """The months that all have, a row each, oldest first, and the first and the last of them.

        Raises:
            PlanError: they are too few.
        """
        every = [self.months(asset) for asset in assets]
        common = sorted(set.intersection(*map(set, every))) if every else []
        if len(common) < FEWEST_MONTHS:
            raise PlanError(
                f"{len(common)} whole months of closes from {self.since} to {self.view.day} are common to all"
                f" ({', '.join(f'{asset} {len(one)}' for asset, one in zip(assets, every, strict=True))}), and {FEWEST_MONTHS} are the fewest"
                " to draw again: look back further (measured_over), give more closes (--prices DIR), or leave blocks out"
            )
        rows = [tuple(round(one[month], _DIGITS_OF_A_MONTH) for one in every) for month in common]
        return rows, _named(common[0]), _named(common[-1])

    def because(self, weeks: int, assets: Sequence[str]) -> str:
        """Where a figure comes from, in words."""
        first = max(min(self.weeks(asset)) - 1 for asset in assets)
        last = min(max(self.weeks(asset)) for asset in assets)
        since, until = (self.view.day + timedelta(7 * at) for at in (first, last))
        return f"measured from the closes of {', '.join(assets)} in {weeks} weeks from {since} to {until}"


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _named(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _common(every: Sequence[Returns]) -> list[list[float]]:
    periods = sorted(set.intersection(*map(set, every))) if every else []
    return [[one[period] for one in every] for period in periods]


def _scaled(rows: list[list[float]]) -> np.ndarray:
    returns = np.array(rows)
    centred = returns - returns.mean(axis=0)
    deviation = np.sqrt((centred**2).mean(axis=0))
    return np.asarray(centred / np.where(deviation > 0, deviation, 1.0))
