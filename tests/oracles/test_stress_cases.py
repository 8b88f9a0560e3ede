"""Methods of stress against published and closed-form figures.

Sources: the shared oracles (first_passage and merton_jump: QuantLib's test suite after Haug 1998; higham_3 and higham_4: Higham 2002;
psd_spectral: QuantLib after Jäckel; reverse_stress: closed form after Studer 1997; margin_tfd: a dictionary's example of a call).
"""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from outside import outside

from holdbook.numerics.correlation import is_correlation, nearest_correlation, spectral_correlation
from holdbook.numerics.first_passage import first_passage
from holdbook.numerics.jump_diffusion import merton_call
from holdbook.numerics.reverse_stress import least_unlikely
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.quantity.unit import UNIT
from holdbook.valuation.margin_loan import call_price, cure_in_cash


@pytest.fixture(scope="module")
def case():
    text = outside("methods", "oracles.json").read_text(encoding="utf-8")
    cases = {one["id"]: one for one in json.loads(text)}
    return lambda name: (cases[name]["inputs"], cases[name]["expected"], cases[name]["tol"])


def test_a_barrier_is_met_as_often_as_published(case):
    given, (hit, worth), tol = case("first_passage")
    found = first_passage(given["S"], given["B"], given["T"], given["b"], given["sigma"])
    assert found == pytest.approx(hit, abs=tol)
    assert given["K"] * math.exp(-given["r"] * given["T"]) * found == pytest.approx(worth, abs=tol)


@pytest.mark.parametrize(("row", "strike", "years", "jumps"), [(0, 80, 0.1, 1), (1, 80, 0.5, 10), (2, 90, 0.5, 5), (3, 100, 0.5, 5)])
def test_calls_on_a_value_that_jumps(case, row, strike, years, jumps):
    given, expected, tol = case("merton_jump")
    found = merton_call(given["S"], strike, years, given["r"], given["v"], jumps, given["gamma"])
    assert found == pytest.approx(expected[row], abs=tol)


def test_the_nearest_correlation_of_three(case):
    given, (near, far, distance), tol = case("higham_3")
    found = nearest_correlation(np.array(given["A"], dtype=float))
    assert (found.matrix[0, 1], found.matrix[0, 2], found.distance) == pytest.approx((near, far, distance), abs=tol)


def test_the_nearest_correlation_of_four(case):
    _, expected, tol = case("higham_4")
    found = nearest_correlation(2 * np.eye(4) - np.eye(4, k=1) - np.eye(4, k=-1))
    seen = (found.matrix[0, 1], found.matrix[0, 2], found.matrix[0, 3], found.matrix[1, 2], found.distance)
    assert seen == pytest.approx(expected, abs=tol)


def test_a_repair_by_the_spectrum(case):
    given, expected, tol = case("psd_spectral")
    found = spectral_correlation(np.array(given["C"])).matrix
    assert (found[0, 1], found[0, 2], found[1, 2]) == pytest.approx(expected, abs=tol)
    assert is_correlation(found)
    assert not is_correlation(np.array(given["C"]))


def test_the_least_unlikely_way_to_a_limit(case):
    given, (first, second, radius), tol = case("reverse_stress")
    found = least_unlikely(np.array(given["Sigma"]), np.array(given["w"]), given["ltv0"], given["ltv"])
    assert (*found.moves, found.radius) == pytest.approx((first, second, radius), abs=tol)


def test_a_margin_call(case):
    given, (equity, part, short, at), tol = case("margin_tfd")
    shares, loan, price = exact(given["shares"], UNIT("share")), exact(given["loan"], UNIT("USD")), exact(given["price"], UNIT("USD/share"))
    lent = exact(7, UNIT("")) / 10  # a requirement of 30% of equity is a loan of at most 70% of the value
    value = shares * price
    assert float(point(value - loan)) == pytest.approx(equity, abs=tol)
    assert float(point((value - loan) / value)) == pytest.approx(part, abs=tol)
    assert float(point(cure_in_cash(loan, value, lent))) == pytest.approx(short, abs=tol)
    assert float(point(call_price(loan, shares, lent))) == pytest.approx(at, abs=tol)
