import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.numerics.regression import DegenerateError, ShortWindowError, dimson, fit, scholes_williams, with_constant


def market(days=250, seed=1):
    return np.random.default_rng(seed).normal(0.0005, 0.01, days)


def test_a_line_is_found_with_its_residuals():
    moves = market()
    line = fit(0.001 + 1.5 * moves, with_constant(moves))
    assert line.coefficients == pytest.approx([0.001, 1.5])
    assert line.residuals == pytest.approx(np.zeros(250), abs=1e-12)
    assert line.degrees == 248


def test_a_predicted_day_varies_as_the_textbook_says():
    """Campbell, Lo and MacKinlay 1997, 4.4: C = 1 + 1/T + (m - mean)^2 / sum of squares."""
    moves, later = market(), np.array([0.03, -0.02])
    line = fit(market(seed=2), with_constant(moves))
    apart = moves - moves.mean()
    assert line.spread(with_constant(later)) == pytest.approx(1 + 1 / 250 + (later - moves.mean()) ** 2 / (apart @ apart))
    window = 2 + 4 / 250 + (later - moves.mean()).sum() ** 2 / (apart @ apart)
    assert line.spread_of_sum(with_constant(later)) == pytest.approx(window)


def test_thirty_days_widen_the_deviation_by_a_sixtieth():
    """On a day on which the market moves as it does on average: sqrt(1 + 1/30)."""
    moves = market(30)
    line = fit(market(30, seed=2), with_constant(moves))
    assert np.sqrt(line.spread(with_constant(moves[:1] * 0 + moves.mean())))[0] == pytest.approx(1.0165, abs=1e-4)


def test_too_few_days_are_refused():
    moves = market(19)
    with pytest.raises(ShortWindowError, match="19 days; it takes 20"):
        fit(moves, with_constant(moves))


def test_a_market_that_does_not_move_explains_nothing():
    with pytest.raises(DegenerateError):
        fit(market(), with_constant(np.full(250, 0.01)))


@given(st.floats(0.2, 2), st.floats(-1, 1), st.integers(0, 1000))
def test_what_a_late_share_catches_up_is_in_the_beta_of_dimson(same, late, seed):
    """R_t = b0 m_t + b1 m_(t-1): Dimson finds b0 + b1 and least squares alone b0."""
    moves = market(2000, seed)
    returns = same * moves + late * np.roll(moves, 1)
    assert dimson(returns[1:], moves[1:], leads=1, lags=1) == pytest.approx(same + late, abs=1e-6)
    alone = fit(returns[1:], with_constant(moves[1:])).coefficients[1]
    assert alone == pytest.approx(same, abs=0.1)


@pytest.mark.parametrize(("leads", "lags"), [(1, 1), (2, 2), (0, 1), (0, 0)])
def test_leads_and_lags_line_up(leads, lags):
    moves = market(500)
    returns = np.convolve(moves, [0.5, 0.3])[:500]
    expected = 0.8 if lags else fit(returns[1:], with_constant(moves[1:])).coefficients[1]
    assert dimson(returns[1:], moves[1:], leads=leads, lags=lags) == pytest.approx(expected, abs=1e-6)


def test_a_market_without_memory_gives_all_three_the_same_beta():
    moves = market(20_000)
    returns = 0.7 * moves + 0.4 * np.roll(moves, 1)
    for found in (dimson(returns, moves, fowler_rorke=True), scholes_williams(returns, moves), dimson(returns, moves)):
        assert found == pytest.approx(1.1, abs=0.03)


def test_weights_of_fowler_and_rorke_follow_the_memory_of_the_market():
    """One lead and lag: (1 + r) / (1 + 2 r)."""
    moves = np.convolve(market(5000), [1, 0.5])[:5000]
    returns = 0.6 * moves + 0.4 * np.roll(moves, 1)
    apart = moves - moves.mean()
    serial = (apart[1:] @ apart[:-1]) / (apart @ apart)
    assert dimson(returns[1:], moves[1:], fowler_rorke=True) == pytest.approx(0.6 + 0.4 * (1 + serial) / (1 + 2 * serial), abs=1e-3)
