"""One firm and one event: no average over firms helps, so three tests that ask differently, and what could have been seen at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from holdbook.numerics.event_study import Abnormal
from holdbook.numerics.regression import LEAST, Array, DegenerateError

_DECAY = 0.94


class Outcome(NamedTuple):
    """A test statistic and its two-sided p-value; arrays where there are several days."""

    statistic: Array
    p: Array


def chance_of_t(statistic: Array | float, degrees: float) -> Array:
    """The two-sided p-value of a t statistic."""
    return np.asarray(2 * stdtr(degrees, -np.abs(statistic)))


def chance_of_z(statistic: Array | float) -> Array:
    """The two-sided p-value of a normal statistic."""
    return np.asarray(2 * ndtr(-np.abs(statistic)))


def t_test(found: Abnormal) -> Outcome:
    """The cumulative abnormal return in its standard deviations, the error of the estimate counted.

    Formula:  t = CAR / (s sqrt(L + (sum x)' (X'X)^-1 (sum x))), with T - k degrees of freedom
    Raises DegenerateError where the residuals have no spread.
    Says so:  MacKinlay 1997; Campbell, Lo and MacKinlay 1997.
    """
    if found.fit.deviation < LEAST:
        raise DegenerateError("returns without any spread")
    value = found.cumulated / found.cumulated_deviation
    return Outcome(np.array(value), np.array(chance_of_t(value, found.fit.degrees)))


def sample_quantile(found: Abnormal, value: float | None = None) -> float:
    """The two-sided p-value of a one-day abnormal return by its place among the residuals: no shape is assumed.

    `value` stands in for the abnormal return that was found.

    Formula:  2 min(1 + #{e <= AR}, 1 + #{e >= AR}) / (1 + T), at most 1
    Says so:  Gelbach, Helland and Klick 2013, the SQ test.
    """
    residuals, value = found.fit.residuals, found.cumulated if value is None else value
    tail = 1 + min(int((residuals <= value).sum()), int((residuals >= value).sum()))
    return min(1.0, 2 * tail / (1 + len(residuals)))


def placebo(found: Abnormal, value: float | None = None) -> tuple[float, int]:
    """The share of windows without the event that moved as much, and how many such windows there are.

    The estimation window is cut, from its end, into windows of the event's length that do not overlap. `value` stands in for the
    cumulative abnormal return that was found.

    Formula:  (1 + #{|CAR_placebo| >= |CAR|}) / (1 + n)
    """
    length = len(found.returns)
    count = len(found.fit.residuals) // length
    sums = found.fit.residuals[len(found.fit.residuals) - count * length :].reshape(count, length).sum(axis=1)
    value = found.cumulated if value is None else value
    return (1 + int((abs(sums) >= abs(value)).sum())) / (1 + count), count


def minimum_detectable(found: Abnormal, *, size: float = 0.05, chance: float = 0.8) -> float:
    """The smallest effect that the t-test would find with that chance.

    Formula:  (t_(1 - size/2) + t_chance) * standard deviation of the CAR
    Says so:  Bloom 1995.
    """
    degrees = found.fit.degrees
    return float((stdtrit(degrees, 1 - size / 2) + stdtrit(degrees, chance)) * found.cumulated_deviation)


def recent_deviation(residuals: Array, decay: float = _DECAY) -> float:
    """The standard deviation with the last days counting most: how a test would read if the share had just become wilder.

    Formula:  sqrt(sum decay^age e^2 / sum decay^age)
    Says so:  RiskMetrics 1996, daily decay 0.94.
    """
    weights = decay ** np.arange(len(residuals) - 1, -1, -1)
    return float(np.sqrt(weights @ residuals**2 / weights.sum()))


def power(effect: float, deviation: float, firms: int, size: float = 0.05) -> float:
    """The chance that a two-sided test over some firms finds an effect.

    Formula:  1 - F(z - d sqrt(N) / s) + F(-z - d sqrt(N) / s)
    Says so:  MacKinlay 1997.

    >>> round(power(0.01, 0.02, 20), 3)
    0.609
    """
    z, apart = ndtri(1 - size / 2), effect * np.sqrt(firms) / deviation
    return float(ndtr(apart - z) + ndtr(-z - apart))
