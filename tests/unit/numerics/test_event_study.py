import numpy as np
import pytest

from holdbook.numerics import event_tests, rank_tests
from holdbook.numerics.event_study import Window, abnormal, panel
from holdbook.numerics.regression import DegenerateError, ShortWindowError
from holdbook.numerics.single_event import minimum_detectable, placebo, power, recent_deviation, sample_quantile, t_test


def noise(days, seed=1, firms=None):
    return np.random.default_rng(seed).normal(0, 0.01, days if firms is None else (days, firms))


def one_firm(effect, days=120, length=1, model="factors"):
    market, later = noise(days, 2), noise(length, 3)
    event = Window(1.2 * later + effect, later.reshape(-1, 1))
    return abnormal(model, Window(1.2 * market + noise(days), market.reshape(-1, 1)), event)


def many(firms=6, seed=4, effect=0.0):
    market, later = noise(200, seed), noise(3, seed + 1)
    before = market[:, None] + noise(200, seed + 2, firms)
    return panel(before, market, later[:, None] + noise(3, seed + 3, firms) + effect, later)


def test_each_model_takes_off_what_it_expects():
    market, later = noise(60, 2), np.array([0.02])
    estimation, event = Window(0.001 + market, market.reshape(-1, 1)), Window(np.array([0.05]), later.reshape(-1, 1))
    found = {model: abnormal(model, estimation, event) for model in ("raw", "market adjusted", "constant mean", "factors")}
    assert found["raw"].cumulated == 0.05
    assert found["market adjusted"].cumulated == pytest.approx(0.03)
    assert found["constant mean"].cumulated == pytest.approx(0.05 - 0.001 - market.mean())
    assert found["factors"].cumulated == pytest.approx(0.029)
    assert [one.fit.degrees for one in found.values()] == [60, 60, 59, 58]


def test_a_large_effect_is_found_by_all_three_tests_and_none_by_none():
    hit, miss = one_firm(0.06), one_firm(0.001)
    assert float(t_test(hit).p) < 0.001
    assert sample_quantile(hit) == pytest.approx(2 / 121)
    assert placebo(hit) == (pytest.approx(1 / 121), 120)
    assert float(t_test(miss).p) > 0.3
    assert sample_quantile(miss) > 0.3
    assert placebo(miss)[0] > 0.3


def test_windows_of_a_placebo_do_not_overlap():
    assert placebo(one_firm(0.0, days=121, length=5))[1] == 24


def test_the_smallest_effect_that_can_be_seen_follows_the_quantiles_of_t():
    """118 degrees: 1.9803 + 0.8447, times the deviation of the event day."""
    found = one_firm(0.0)
    assert minimum_detectable(found) == pytest.approx((1.9803 + 0.8447) * found.cumulated_deviation, rel=1e-4)


def test_power_without_an_effect_is_the_size_of_the_test():
    assert power(0.0, 0.02, 7) == pytest.approx(0.05)


def test_recent_days_count_most():
    calm, wild = np.full(100, 0.01), np.r_[np.full(90, 0.01), np.full(10, 0.05)]
    assert recent_deviation(calm) == pytest.approx(0.01)
    assert recent_deviation(wild) > wild.std()


def test_returns_without_spread_have_no_test():
    flat = Window(np.zeros(30), np.zeros((30, 0)))
    with pytest.raises(DegenerateError):
        t_test(abnormal("raw", flat, Window(np.array([0.01]), np.zeros((1, 0)))))


def test_a_short_window_is_refused():
    with pytest.raises(ShortWindowError):
        one_firm(0.0, days=19)


def test_a_firm_must_have_its_event_days():
    with pytest.raises(ValueError, match="event day"):
        panel(noise(30, 1, 2), noise(30), np.array([[0.01, np.nan]]), np.array([0.0]))


def test_one_firm_alone_has_no_test_over_firms():
    alone = many(firms=1)
    for test in (event_tests.cross_sectional, event_tests.boehmer, event_tests.kolari_pynnonen):
        with pytest.raises(DegenerateError, match="one firm alone"):
            test(alone)


@pytest.mark.parametrize("test", [
    rank_tests.corrado_sign, rank_tests.corrado_rank, rank_tests.modified_rank, rank_tests.window_rank,
    rank_tests.generalised_sign, event_tests.lamb,
])  # fmt: skip
def test_where_every_firm_has_every_day_both_conventions_are_one(test):
    study = many()
    assert test(study).statistic == pytest.approx(test(study, "estudy2").statistic)


def test_shared_residuals_make_the_test_smaller():
    """Kolari and Pynnönen: with r > 0 the statistic shrinks by sqrt((1 - r) / (1 + (N - 1) r))."""
    common = noise(200, 9)[:, None]
    market = noise(200, 10)
    study = panel(market[:, None] + common + noise(200, 11, 6), market, noise(2, 12, 6) + 0.02, noise(2, 13))
    shared = event_tests.mean_correlation(study.estimation)
    assert shared == pytest.approx(0.5, abs=0.1)
    ratio = event_tests.kolari_pynnonen(study).statistic / event_tests.boehmer(study).statistic
    assert ratio == pytest.approx(np.full(2, np.sqrt((1 - shared) / (1 + 5 * shared))))


def test_a_shift_of_all_firms_is_seen_by_every_test():
    quiet, moved = many(), many(effect=0.05)
    tests = [
        event_tests.brown_warner_1980, event_tests.brown_warner_1985, event_tests.cross_sectional, event_tests.patell,
        event_tests.boehmer, event_tests.lamb, rank_tests.sign, rank_tests.generalised_sign, rank_tests.corrado_rank,
        rank_tests.modified_rank, rank_tests.wilcoxon,
    ]  # fmt: skip
    for test in tests:
        assert test(moved).p.max() < 0.05, test.__name__
        assert test(quiet).p.max() > 0.05, test.__name__


def test_cumulated_averages_are_sums_of_averages():
    study = many()
    assert study.cumulated_average == pytest.approx(np.cumsum(study.event.mean(axis=1)))


def test_firms_without_spread_or_that_move_alike_have_no_test():
    market = noise(60, 2)
    with pytest.raises(DegenerateError, match="no spread"):
        panel(np.column_stack([market, market]), market, np.zeros((1, 2)), np.zeros(1))
    alike = noise(60, 3)[:, None] * np.ones((1, 2))
    with pytest.raises(DegenerateError, match="alike"):
        event_tests.cross_sectional(panel(alike, market, np.full((1, 2), 0.02), np.zeros(1)))


def test_firms_that_share_no_days_have_no_correlation():
    residuals = np.full((60, 2), np.nan)
    residuals[:30, 0], residuals[30:, 1] = noise(30), noise(30)
    with pytest.raises(DegenerateError, match="in common"):
        event_tests.mean_correlation(residuals)


def test_ranks_share_the_mean_of_equal_values():
    assert list(rank_tests.ranks(np.array([3.0, 1.0, 3.0, 2.0]))) == [3.5, 1.0, 3.5, 2.0]
