"""Abnormal returns: what a share returned beyond what was to be expected, under a model that was fitted before the event.

Arrays run over trading days, the earliest first. In a panel `nan` stands for a day on which a firm had no return.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from holdbook.numerics.regression import FEWEST, LEAST, Array, DegenerateError, Fit, fit, with_constant

Model = Literal["raw", "market adjusted", "constant mean", "factors"]


class Window(NamedTuple):
    """Returns (L) of some days and what they are set against: factors (L x k), the market in the first column; k may be 0."""

    returns: Array
    factors: Array


class Abnormal(NamedTuple):
    """One firm: the fit over the estimation window, and the event days' returns beyond it.

    Fields:
        fit: the line; its residuals are the abnormal returns of the estimation window.
        returns: of the event days, what was not expected (L).
        rows: the design of the event days (L x k).
    """

    fit: Fit
    returns: Array
    rows: Array

    @property
    def cumulated(self) -> float:
        """The cumulative abnormal return, the sum over the event days."""
        return float(self.returns.sum())

    @property
    def deviations(self) -> Array:
        """The standard deviation of each event day's abnormal return, the error of the estimate in it.

        Formula:  s sqrt(C)
        """
        return self.fit.deviation * np.sqrt(self.fit.spread(self.rows))

    @property
    def cumulated_deviation(self) -> float:
        """The standard deviation of the cumulative abnormal return."""
        return float(self.fit.deviation * np.sqrt(self.fit.spread_of_sum(self.rows)))


def abnormal(model: Model, estimation: Window, event: Window, least: int = FEWEST) -> Abnormal:
    """What the event days returned beyond the model.

    Formula:  raw: R;  market adjusted: R - m;  constant mean: R - a;  factors: R - a - sum_k b_k f_k, with one factor the market model
    Raises ShortWindowError, DegenerateError.
    Says so:  Brown and Warner 1980, 1985; MacKinlay 1997.
    """
    returns, design = _against(model, estimation)
    fitted = fit(returns, design, least)
    later, rows = _against(model, event)
    return Abnormal(fitted, later - rows @ fitted.coefficients, rows)


def _against(model: Model, window: Window) -> tuple[Array, Array]:
    """What is explained, and by which columns. Nothing is estimated for raw and market-adjusted returns."""
    returns, factors = window
    if model == "raw":
        return returns, np.zeros((len(returns), 0))
    if model == "market adjusted":
        return returns - factors[:, 0], np.zeros((len(returns), 0))
    return returns, np.ones((len(returns), 1)) if model == "constant mean" else with_constant(factors)


class Panel(NamedTuple):
    """Many firms around their events, in event time.

    Fields:
        firms: each firm's fit and event days.
        estimation: abnormal returns of the estimation window (T x N), nan where a firm had none.
        event: abnormal returns of the event days (L x N).
        market: of the estimation window (T x N).
        event_market: of the event days (L x N).
    """

    firms: tuple[Abnormal, ...]
    estimation: Array
    event: Array
    market: Array
    event_market: Array

    @property
    def average(self) -> Array:
        """The average abnormal return of each event day (L)."""
        return np.asarray(self.event.mean(axis=1))

    @property
    def cumulated_average(self) -> Array:
        """The cumulative average abnormal return up to each event day (L)."""
        return np.asarray(self.average.cumsum())

    @property
    def days(self) -> Array:
        """The number of estimation days of each firm (N)."""
        return np.array([float(len(one.fit.residuals)) for one in self.firms])

    @property
    def deviations(self) -> Array:
        """The standard deviation of each firm's residuals (N)."""
        return np.array([one.fit.deviation for one in self.firms])


def panel(estimation: Array, market: Array, event: Array, event_market: Array) -> Panel:
    """The market model for each firm on the days that it has.

    `estimation` (T x N) and `event` (L x N) are returns; `market` (T or T x N) and `event_market` (L or L x N) go with them.
    Raises ShortWindowError, DegenerateError; ValueError where a firm lacks an event day.
    """
    if np.isnan(event).any():
        raise ValueError("a firm without a return on an event day")
    market = np.broadcast_to(market.reshape(len(market), -1), estimation.shape)
    event_market = np.broadcast_to(event_market.reshape(len(event_market), -1), event.shape)
    residuals = np.full_like(estimation, np.nan)
    firms: list[Abnormal] = []
    for firm in range(estimation.shape[1]):
        there = ~np.isnan(estimation[:, firm])
        before = Window(estimation[there, firm], market[there, firm : firm + 1])
        found = abnormal("factors", before, Window(event[:, firm], event_market[:, firm : firm + 1]))
        if found.fit.deviation < LEAST:
            raise DegenerateError("a firm whose returns have no spread of their own")
        residuals[there, firm] = found.fit.residuals
        firms.append(found)
    return Panel(tuple(firms), residuals, np.column_stack([one.returns for one in firms]), market, event_market)
