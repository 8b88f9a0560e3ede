"""Did many firms move on the days of their events? Tests by sign and by rank, which ask nothing of the shape of returns."""

from __future__ import annotations

import numpy as np

from holdbook.numerics.event_study import Panel
from holdbook.numerics.event_tests import Convention
from holdbook.numerics.regression import Array
from holdbook.numerics.single_event import Outcome, chance_of_z


def _normal(values: Array) -> Outcome:
    return Outcome(values, chance_of_z(values))


def sign(study: Panel) -> Outcome:
    """More rises than one in two?

    Formula:  (w - N/2) / sqrt(N/4),  w the number of positive abnormal returns
    Says so:  Brown and Warner 1980.
    """
    return _more_than(study, 0.5)


def generalised_sign(study: Panel, convention: Convention = "textbook") -> Outcome:
    """More rises than before the event?

    Formula:  (w - N p) / sqrt(N p (1 - p)),  p the mean over firms of the share of positive days before;
        in `estudy2` that share over all days of all firms
    Says so:  Cowan 1992.
    """
    return _more_than(study, positive_share(study, convention))


def positive_share(study: Panel, convention: Convention = "textbook") -> float:
    """How often an abnormal return was positive in the estimation window."""
    there, positive = ~np.isnan(study.estimation), study.estimation > 0
    if convention == "estudy2":
        return float(positive.sum() / there.sum())
    return float((positive.sum(axis=0) / there.sum(axis=0)).mean())


def _more_than(study: Panel, share: float) -> Outcome:
    firms = len(study.firms)
    positive = (study.event > 0).sum(axis=1)
    return _normal((positive - firms * share) / np.sqrt(firms * share * (1 - share)))


def corrado_sign(study: Panel, convention: Convention = "textbook") -> Outcome:
    """More returns above each firm's own median than on other days?

    Formula:  U_t = sum_i G_it / sqrt(N_t),  G = sign(AR - median);  U / sqrt(mean U^2)
    Says so:  Corrado and Zivney 1992.
    """
    series = np.concatenate([study.estimation, study.event])
    return _against_itself(np.sign(series - np.nanmedian(series, axis=0)), 0.5, convention, len(study.event))


def corrado_rank(study: Panel, convention: Convention = "textbook") -> Outcome:
    """How high the event days stand among all days of each firm.

    Formula:  U_t = mean_i (rank_it - (M_i + 1) / 2);  U / sqrt(mean U^2),  M the days of the firm, event days among them
    Says so:  Corrado 1989.
    """
    ranked, days = _ranks(study)
    return _against_itself(ranked - (days + 1) / 2, 1.0, convention, len(study.event))


def modified_rank(study: Panel, convention: Convention = "textbook") -> Outcome:
    """The same with ranks as shares of a firm's days, so that firms with few days count alike.

    Formula:  U_t = sum_i (K_it - 1/2) / sqrt(N_t),  K = rank / (1 + M_i);  U / sqrt(mean U^2)
    Says so:  Corrado and Zivney 1992.
    """
    ranked, days = _ranks(study)
    return _against_itself(ranked / (1 + days) - 0.5, 0.5, convention, len(study.event))


def window_rank(study: Panel, convention: Convention = "textbook") -> Outcome:
    """How high the event days together stand among all days.

    Formula:  sum over event days of U_t / sqrt(L mean U^2),  U as of `corrado_rank`; `estudy2` takes one middle rank for all firms
    Says so:  Cowan 1992.
    """
    ranked, days = _ranks(study)
    middle = (days.mean() + 1) / 2 if convention == "estudy2" else (days + 1) / 2
    daily = np.nanmean(ranked - middle, axis=1)
    typical = np.sqrt((daily @ daily) / (days.mean() if convention == "estudy2" else len(daily)))
    event = daily[len(study.estimation) :]
    return _normal(np.asarray(event.sum() / (np.sqrt(len(event)) * typical)))


def wilcoxon(study: Panel) -> Outcome:
    """Do the larger moves point up? The sum of the ranks of the positive abnormal returns; p is exact for few firms.

    Says so:  Wilcoxon 1945.
    """
    from scipy import stats  # a second of imports, for this test alone

    ranked = np.array([ranks(abs(day)) for day in study.event])
    sums = np.where(study.event > 0, ranked, 0.0).sum(axis=1)
    return Outcome(sums, np.array([float(stats.wilcoxon(day).pvalue) for day in study.event]))


def _ranks(study: Panel) -> tuple[Array, Array]:
    """The rank of each day among the days of its firm (T + L x N), nan where it has none, and the days of each firm (N)."""
    series = np.concatenate([study.estimation, study.event])
    found, there = np.full_like(series, np.nan), ~np.isnan(series)
    for firm in range(series.shape[1]):
        found[there[:, firm], firm] = ranks(series[there[:, firm], firm])
    return found, there.sum(axis=0).astype(np.float64)


def ranks(values: Array) -> Array:
    """The rank of each value from below; equal values share the mean of theirs.

    >>> [float(rank) for rank in ranks(np.array([0.3, 0.1, 0.3]))]
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((counts.cumsum() - (counts - 1) / 2)[place])


def _against_itself(scores: Array, power: float, convention: Convention, event_days: int) -> Outcome:
    """A day's score over all firms, against the same score on all days; a day's sum is divided by its firms to the power."""
    there = ~np.isnan(scores)
    firms = there.sum(axis=1)
    daily = np.nansum(scores, axis=1) / firms**power
    weighed = daily * scores.shape[1] / firms if convention == "estudy2" else daily
    days = float(there.sum(axis=0).mean()) if convention == "estudy2" else float(len(scores))
    return _normal(daily[-event_days:] / np.sqrt((weighed @ weighed) / days))
