"""One event of one share, or many events of it, from plain lists to plain numbers, each with what the rounding of closes can do to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from holdbook.numerics.event_study import Abnormal, Window, abnormal, panel
from holdbook.numerics.event_tests import boehmer, cross_sectional, over_window, patell
from holdbook.numerics.rank_tests import generalised_sign, window_rank
from holdbook.numerics.regression import LEAST, Array, DegenerateError
from holdbook.numerics.single_event import chance_of_t, minimum_detectable, placebo, recent_deviation, sample_quantile


class Day(NamedTuple):
    """One session: the return, the returns of the factors up to the same moment, and by how much rounding can move each."""

    own: float
    factors: tuple[float, ...]
    own_error: float = 0.0
    factor_errors: tuple[float, ...] = ()


class Figure(NamedTuple):
    """A value and the ends between which rounding leaves it, to first order."""

    value: float
    low: float
    high: float


class Study:
    """A factor model fitted to the days before an event, and what it says of the event days.

    Raises ShortWindowError, DegenerateError of `numerics.regression`.
    """

    def __init__(self, before: Sequence[Day], event: Sequence[Day]) -> None:
        self.found: Abnormal = abnormal("factors", _window(before), _window(event))
        fit = self.found.fit
        if fit.deviation < LEAST:
            raise DegenerateError("returns without any spread of their own")
        errors = np.column_stack([np.zeros(len(before)), np.array([day.factor_errors for day in before])])
        total = np.array([day.own_error for day in before]) + errors @ abs(fit.coefficients)
        inverse = np.linalg.inv(fit.design.T @ fit.design)
        self._slack: Array = abs(inverse @ fit.design.T) @ total + abs(inverse) @ (errors.T @ abs(fit.residuals))
        self._noise = float(np.sqrt(total @ total / fit.degrees)) / fit.deviation

    @property
    def days(self) -> int:
        """How many sessions it was fitted to."""
        return len(self.found.fit.residuals)

    @property
    def coefficients(self) -> list[Figure]:
        """The constant, then a beta for each factor."""
        pairs = zip(self.found.fit.coefficients, self._slack, strict=True)
        return [Figure(float(value), float(value - slack), float(value + slack)) for value, slack in pairs]

    @property
    def shared(self) -> float:
        """The largest correlation of two factors; nothing where there is only one."""
        factors = self.found.fit.design[:, 1:]
        if factors.shape[1] < 2:
            return 0.0
        return float(abs(np.corrcoef(factors, rowvar=False) - np.eye(factors.shape[1])).max())

    @property
    def deviation(self) -> Figure:
        """The standard deviation of the cumulative abnormal return, the error of the estimate in it."""
        return self._scaled(self.found.cumulated_deviation)

    @property
    def recent_deviation(self) -> Figure:
        """The same if the last days before the event say best how wild the share was."""
        return self._scaled(self.found.cumulated_deviation * recent_deviation(self.found.fit.residuals) / self.found.fit.deviation)

    @property
    def detectable(self) -> Figure:
        """The smallest effect that a test at 5% would find in four cases of five."""
        return self._scaled(minimum_detectable(self.found))

    def _scaled(self, value: float) -> Figure:
        return Figure(value, value * max(1 - self._noise, 0.0), value * (1 + self._noise))

    def p_t(self, statistic: float) -> float:
        """The two-sided p-value of a t statistic."""
        return float(chance_of_t(statistic, self.found.fit.degrees))

    def p_sample(self, value: float) -> float:
        """The p-value of a one-day abnormal return by its place among the residuals."""
        return sample_quantile(self.found, value)

    def p_placebo(self, value: float) -> float:
        """The p-value of a cumulative abnormal return among windows without the event."""
        return placebo(self.found, value)[0]

    @property
    def placebos(self) -> int:
        """How many windows without the event there are."""
        return placebo(self.found)[1]


def _window(days: Sequence[Day]) -> Window:
    return Window(np.array([day.own for day in days]), np.array([day.factors for day in days]))


class Verdict(NamedTuple):
    """A test over many events: its name, its statistic and the two-sided p-value."""

    test: str
    statistic: float
    p: float


def over_events(events: Sequence[tuple[Sequence[Day], Sequence[Day]]]) -> tuple[list[float], list[Verdict]]:
    """The market model for each event, and whether they moved prices taken together.

    Each event is its estimation days and its event days, as many for all. Gives the cumulative abnormal return of each, and
    the tests over the whole window.
    """
    longest = max(len(before) for before, _ in events)
    estimation, market = np.full((longest, len(events)), np.nan), np.zeros((longest, len(events)))
    for column, (before, _) in enumerate(events):
        estimation[longest - len(before) :, column] = [day.own for day in before]
        market[longest - len(before) :, column] = [day.factors[0] for day in before]
    own = np.array([[day.own for day in after] for _, after in events]).T
    others = np.array([[day.factors[0] for day in after] for _, after in events]).T
    study = panel(estimation, market, own, others)
    found = {
        "cross-sectional": over_window(cross_sectional(study)),
        "Patell": over_window(patell(study)),
        "Boehmer, Musumeci, Poulsen": over_window(boehmer(study)),
        "Corrado rank": window_rank(study),
        "generalised sign": over_window(generalised_sign(study)),
    }
    sums = [float(one) for one in study.event.sum(axis=0)]
    return sums, [Verdict(test, float(one.statistic), float(one.p)) for test, one in found.items()]
