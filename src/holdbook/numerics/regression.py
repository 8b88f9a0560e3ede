"""Least squares with the variance of a prediction, and betas where trading is thin or not at the same hours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 20
LEAST = 1e-9
"""A deviation of daily returns below which there is nothing but the noise of floats."""


class ShortWindowError(ValueError):
    """Too few days to estimate from: below 20 the error of the estimate swamps what is looked for."""

    def __init__(self, days: int, least: int) -> None:
        super().__init__(f"an estimation window of {days} days; it takes {least}")
        self.days, self.least = days, least


class DegenerateError(ValueError):
    """What cannot be estimated: a factor that does not move, factors that say the same, returns without any spread."""


class Fit(NamedTuple):
    """A fitted line: `coefficients` (k), `residuals` (T), and the `design` (T x k) that they come from. k may be 0."""

    coefficients: Array
    residuals: Array
    design: Array

    @property
    def degrees(self) -> int:
        """Degrees of freedom: days less coefficients."""
        return len(self.residuals) - len(self.coefficients)

    @property
    def deviation(self) -> float:
        """The standard deviation of a residual.

        Formula:  s = sqrt(sum e^2 / (T - k))
        """
        return float(np.sqrt(self.residuals @ self.residuals / self.degrees))

    def spread(self, rows: Array) -> Array:
        """How much more a predicted day varies than a residual, one figure a row of `rows` (L x k).

        Formula:  C = 1 + x' (X'X)^-1 x;  of the market model 1 + 1/T + (m - mean m)^2 / sum (m_s - mean m)^2
        Says so:  MacKinlay 1997; Campbell, Lo and MacKinlay 1997, chapter 4.
        """
        if not rows.shape[1]:
            return np.ones(len(rows))
        return np.asarray(1 + (rows * np.linalg.solve(self.design.T @ self.design, rows.T).T).sum(axis=1))

    def spread_of_sum(self, rows: Array) -> float:
        """The same for the sum over all of `rows`: their errors of estimate go together.

        Formula:  L + (sum x)' (X'X)^-1 (sum x)
        """
        total = rows.sum(axis=0)
        own = float(len(rows))
        return own + float(total @ np.linalg.solve(self.design.T @ self.design, total)) if len(total) else own


def fit(returns: Array, design: Array, least: int = FEWEST) -> Fit:
    """The least-squares line of `returns` (T) on the columns of `design` (T x k); a constant is a column like any other.

    Raises ShortWindowError below `least` days, DegenerateError where the columns do not tell their coefficients apart.

    >>> line = fit(np.arange(20.0), np.column_stack([np.ones(20), np.arange(20.0)]))
    >>> [round(float(one), 6) + 0.0 for one in line.coefficients]
    [0.0, 1.0]
    """
    days, columns = design.shape
    if days < max(least, columns + 1):
        raise ShortWindowError(days, max(least, columns + 1))
    if columns and np.linalg.matrix_rank(design) < columns:
        raise DegenerateError("a factor does not move, or two factors say the same")
    coefficients = np.asarray(np.linalg.lstsq(design, returns, rcond=None)[0] if columns else [], dtype=np.float64)
    return Fit(coefficients, returns - design @ coefficients, design)


def with_constant(factors: Array) -> Array:
    """A design of a column of ones and the factors: one (T) or several (T x k)."""
    return np.column_stack([np.ones(len(factors)), factors])


def dimson(returns: Array, market: Array, *, leads: int = 1, lags: int = 1, fowler_rorke: bool = False) -> float:
    """The beta of a share that follows its market late or early: the sum over leads and lags of one regression.

    Formula:  R_t = a + sum_k b_k m_(t+k);  beta = sum_k w_k b_k,  w_k = 1, or the weights of Fowler and Rorke
    Says so:  Dimson 1979; Fowler and Rorke 1983.
    """
    shifts = range(-lags, leads + 1)
    inner = slice(lags, len(market) - leads or None)
    columns = np.column_stack([np.roll(market, -shift)[inner] for shift in shifts])
    slopes = fit(returns[inner], with_constant(columns)).coefficients[1:]
    weights = _fowler_rorke(market, max(leads, lags)) if fowler_rorke else np.ones(max(leads, lags) + 1)
    return float(sum(weights[abs(shift)] * slope for shift, slope in zip(shifts, slopes, strict=True)))


def _fowler_rorke(market: Array, reach: int) -> Array:
    """Weights by distance 0..reach.

    Formula:  w_k = (1 + sum_(j<=K) r_j + sum_(j<=K-k) r_j) / (1 + 2 sum_(j<=K) r_j)
    """
    serial = [autocorrelation(market, lag) for lag in range(1, reach + 1)]
    whole = sum(serial)
    later = [(1 + whole + sum(serial[: reach - k])) / (1 + 2 * whole) for k in range(1, reach + 1)]
    return np.array([1.0, *later])


def scholes_williams(returns: Array, market: Array) -> float:
    """The beta of a share that trades at other hours than its market: three regressions, one a shift.

    Formula:  (b_-1 + b_0 + b_+1) / (1 + 2 r),  r the serial correlation of the market
    Says so:  Scholes and Williams 1977.
    """
    total = 0.0
    for own, other in ((returns[1:], market[:-1]), (returns, market), (returns[:-1], market[1:])):
        total += float(fit(own, with_constant(other)).coefficients[1])
    return total / (1 + 2 * autocorrelation(market, 1))


def autocorrelation(series: Array, lag: int) -> float:
    """The correlation of a series with itself some days before."""
    apart = series - series.mean()
    return float(apart[lag:] @ apart[:-lag] / (apart @ apart))
