"""Did many firms move on the days of their events? Tests that take abnormal returns as normal, one figure an event day.

Where firms lack estimation days, a published program departs from the textbooks; `convention` says which way is taken.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from holdbook.numerics.event_study import Panel
from holdbook.numerics.regression import FEWEST, LEAST, Array, DegenerateError
from holdbook.numerics.single_event import Outcome, chance_of_t, chance_of_z

Convention = Literal["textbook", "estudy2"]
"""`estudy2` 0.10 takes s over T - 1, the market's moments over the whole window also for firms that came later,
all estimation days for one sample of signs, and a day with n of N firms N/n times."""


def _normal(values: Array) -> Outcome:
    return Outcome(values, chance_of_z(values))


def _student(values: Array, degrees: float) -> Outcome:
    return Outcome(values, chance_of_t(values, degrees))


def effect_test(effect: Array, error: Array) -> Outcome:
    """An average effect in its standard errors.

    Formula:  theta1 = CAAR / sqrt(Var(CAAR))
    Says so:  MacKinlay 1997.
    """
    return _normal(np.asarray(effect / error))


def brown_warner_1980(study: Panel, convention: Convention = "textbook") -> Outcome:
    """The average abnormal return, the firms taken as independent.

    Formula:  AAR / (sqrt(sum s_i^2) / N)
    Says so:  Brown and Warner 1980.
    """
    squares = study.deviations**2
    if convention == "estudy2":
        squares = squares * np.array([one.fit.degrees for one in study.firms]) / (study.days - 1)
    return effect_test(study.average, np.sqrt(squares.sum()) / len(study.firms))


def brown_warner_1985(study: Panel) -> Outcome:
    """The average abnormal return against how that average varied before: what firms have in common is in it.

    Formula:  AAR / s(AAR),  s over T - 1
    Says so:  Brown and Warner 1985, "crude dependence adjustment".
    """
    before = np.nanmean(study.estimation, axis=1)
    return _student(study.average / _deviation(before), len(before) - 1)


def cross_sectional(study: Panel) -> Outcome:
    """The average abnormal return against how the firms differ on that very day: an event that also stirs up prices is allowed for.

    Formula:  sqrt(N) AAR / s(AR_i)
    Says so:  Boehmer, Musumeci and Poulsen 1991, "ordinary cross-sectional method".
    """
    return _across(study.event)


def patell(study: Panel, convention: Convention = "textbook") -> Outcome:
    """Each abnormal return in its own standard deviations, then summed.

    Formula:  sum_i SAR_i / sqrt(sum_i (T_i - 2) / (T_i - 4)),  SAR = AR / (s sqrt(C))
    Says so:  Patell 1976.
    """
    days = study.days
    return _normal(standardised(study, convention).sum(axis=1) / np.sqrt(((days - 2) / (days - 4)).sum()))


def boehmer(study: Panel, convention: Convention = "textbook") -> Outcome:
    """Standardised abnormal returns, against how they differ on that day.

    Formula:  sqrt(N) mean(SAR) / s(SAR)
    Says so:  Boehmer, Musumeci and Poulsen 1991.
    """
    return _across(standardised(study, convention))


def kolari_pynnonen(study: Panel, convention: Convention = "textbook") -> Outcome:
    """The same where firms share their event day, and their residuals go together.

    Formula:  t_BMP sqrt((1 - r) / (1 + (N - 1) r)),  r the mean correlation of the residuals of two firms
    Says so:  Kolari and Pynnönen 2010.
    """
    firms, plain = len(study.firms), boehmer(study, convention).statistic
    shared = mean_correlation(study.estimation)
    if 1 + (firms - 1) * shared <= 0:
        raise DegenerateError("residuals that move against one another more than such a number of firms can")
    return _student(plain * np.sqrt((1 - shared) / (1 + (firms - 1) * shared)), firms - 1)


def lamb(study: Panel, convention: Convention = "textbook") -> Outcome:
    """The average abnormal return as that of one portfolio, the error of its own estimate counted.

    Formula:  AAR / (s(AAR) sqrt(1 + 1/T + (m - mean m)^2 / sum (m_s - mean m)^2))
    Says so:  Lamb 1995.
    """
    before = np.nanmean(study.estimation, axis=1)
    market, later = study.market.mean(axis=1), study.event_market.mean(axis=1)
    days = float(study.days.mean()) if convention == "estudy2" else float(len(before))
    apart = market - market.mean()
    spread = 1 + 1 / days + (later - market.mean()) ** 2 / (apart @ apart)
    return _student(study.average / (_deviation(before) * np.sqrt(spread)), len(before) - 2)


def over_window(daily: Outcome) -> Outcome:
    """The statistics of the event days as one for the whole window, the days taken as independent.

    Formula:  sum_t z_t / sqrt(L)
    """
    return _normal(np.asarray(daily.statistic.sum() / np.sqrt(len(daily.statistic))))


def standardised(study: Panel, convention: Convention = "textbook") -> Array:
    """Abnormal returns in their own standard deviations (L x N)."""
    if convention == "textbook":
        return np.asarray(study.event / np.column_stack([one.deviations for one in study.firms]))
    apart = study.market - study.market.mean(axis=0)
    spread = 1 + 1 / study.days + (study.event_market - study.market.mean(axis=0)) ** 2 / (apart**2).sum(axis=0)
    scale = np.sqrt(np.array([one.fit.degrees for one in study.firms]) / (study.days - 1))
    return np.asarray(study.event / (study.deviations * scale * np.sqrt(spread)))


def mean_correlation(residuals: Array) -> float:
    """The mean correlation of two firms, each pair over the days that both have."""
    there, firms = ~np.isnan(residuals), residuals.shape[1]
    pairs = [(one, other) for one in range(firms) for other in range(one)]
    found = []
    for one, other in pairs:
        both = there[:, one] & there[:, other]
        if both.sum() >= FEWEST:
            found.append(np.corrcoef(residuals[both, one], residuals[both, other])[0, 1])
    if not found:
        raise DegenerateError("no two firms with 20 days in common: no test over firms exists")
    return float(np.mean(found))


def _across(values: Array) -> Outcome:
    firms = values.shape[1]
    if firms < 2:
        raise DegenerateError("one firm alone: no test over firms exists")
    apart = values.std(axis=1, ddof=1)
    if (apart < LEAST).any():
        raise DegenerateError("firms that all moved alike")
    return _student(np.sqrt(firms) * values.mean(axis=1) / apart, firms - 1)


def _deviation(series: Array) -> float:
    return float(series.std(ddof=1))
