"""Limits and identities of first passage, jumps, correlation and reverse stress."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.numerics.correlation import is_correlation, nearest_correlation, shrinkage_intensity, shrunk, spectral_correlation
from holdbook.numerics.first_passage import first_passage, watched_at_steps
from holdbook.numerics.jump_diffusion import black_scholes_call, merton_call
from holdbook.numerics.reverse_stress import least_unlikely

PARTS = st.floats(-1, 1, allow_nan=False)


def symmetric(entries: list[float]) -> np.ndarray:
    found = np.eye(3)
    found[np.triu_indices(3, 1)] = entries
    return found + np.triu(found, 1).T


def test_a_barrier_at_the_value_is_met_and_one_far_away_is_not():
    assert first_passage(100, 100, 1, 0, 0.2) == 1
    assert first_passage(100, 1, 0.1, 0, 0.1) == pytest.approx(0, abs=1e-12)
    assert first_passage(100, 90, 0, 0, 0.2) == 0


def test_without_volatility_the_drift_alone_decides():
    assert (first_passage(100, 90, 1, -0.2, 0), first_passage(100, 90, 1, 0.2, 0), first_passage(100, 110, 1, 0.2, 0)) == (1, 0, 1)


def test_driftless_the_reflection_principle_holds():
    """Of a motion whose logarithm has no drift, twice the chance to end below."""
    sigma, h = 0.3, math.log(0.8)
    ends_below = math.erfc(-h / sigma / math.sqrt(2)) / 2
    assert first_passage(100, 80, 1, sigma**2 / 2, sigma) == pytest.approx(2 * ends_below, rel=1e-12)


@given(st.floats(0.05, 0.99), st.floats(0.1, 5), st.floats(-0.5, 0.5), st.floats(0.05, 1))
def test_a_chance_is_one_and_grows_with_time(part, years, drift, volatility):
    first, later = (first_passage(100, 100 * part, time, drift, volatility) for time in (years, 2 * years))
    assert 0 <= first <= later + 1e-12 <= 1 + 1e-11


def test_watched_less_often_a_barrier_is_met_less_often():
    moved = watched_at_steps(100, 80, 0.3, 1 / 12)
    assert moved < 80
    assert first_passage(100, moved, 1, 0, 0.3) < first_passage(100, 80, 1, 0, 0.3)


def test_without_a_part_for_jumps_nothing_jumps():
    assert merton_call(100, 95, 0.5, 0.03, 0.3, 4, 0) == pytest.approx(black_scholes_call(100, 95, 0.5, 0.03, 0.3), rel=1e-12)


@given(st.lists(PARTS, min_size=3, max_size=3))
def test_a_repair_is_a_correlation_and_the_nearest_is_nearest(entries):
    matrix = symmetric(entries)
    nearest, quick = nearest_correlation(matrix), spectral_correlation(matrix)
    assert is_correlation(nearest.matrix, 1e-6)
    assert is_correlation(quick.matrix, 1e-8)
    assert nearest.distance <= quick.distance + 1e-6


def test_a_correlation_is_its_own_repair():
    matrix = symmetric([0.5, 0.2, 0.1])
    assert nearest_correlation(matrix).distance == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("matrix", [np.ones((2, 3)), np.array([[1.0, 0.2], [0.3, 1.0]]), np.array([[1.0, np.nan], [np.nan, 1.0]])])
def test_what_cannot_be_repaired_is_refused(matrix):
    with pytest.raises(ValueError, match="square, finite and symmetric"):
        nearest_correlation(matrix)


def test_shrinkage_keeps_the_whole_variance_and_loses_correlation():
    sample = np.array([[4.0, 1.5], [1.5, 2.0]])
    found = shrunk(sample, 0.5)
    assert np.trace(found) == pytest.approx(6)
    assert found[0, 1] == pytest.approx(0.75)
    with pytest.raises(ValueError, match="within 0 and 1"):
        shrunk(sample, 1.5)


def test_few_days_shrink_more_than_many():
    draws = np.random.default_rng(1).normal(size=(2000, 5)) * np.arange(1, 6)
    few, many = shrinkage_intensity(draws[:20]), shrinkage_intensity(draws)
    assert 0 < many < few <= 1


def test_the_least_unlikely_moves_meet_the_limit_and_no_other_is_likelier():
    covariance, weights = np.array([[0.09, 0.01], [0.01, 0.04]]), np.array([0.6, 0.4])
    found = least_unlikely(covariance, weights, 0.165, 0.25)
    assert 0.165 / (1 + weights @ found.moves) == pytest.approx(0.25)
    inverse = np.linalg.inv(covariance)
    along = np.array([weights[1], -weights[0]])
    for step in (-0.1, 0.1):
        other = found.moves + step * along
        assert other @ inverse @ other > found.radius**2


@pytest.mark.parametrize(("ratio", "weights"), [(0.3, (0.5, 0.5)), (0.2, (0.0, 0.0))])
def test_no_way_to_a_limit(ratio, weights):
    with pytest.raises(ValueError, match=r"met already|nothing that carries"):
        least_unlikely(np.eye(2), np.array(weights), ratio, 0.25)
