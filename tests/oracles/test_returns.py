"""Rates of return against published figures: the notes' oracles, and the 60 flows of pyxirr's own tests (public domain).

Where pyxirr reports none or another one of several rates (D1, D4) ours is what counts; its answers are compared where it has one.
"""

import csv
import json
import math
import warnings
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
import pyxirr
from outside import outside

from holdbook.numerics.cash_flows import irr, mirr, npv, running_totals, sign_changes, xirr, xnpv
from holdbook.numerics.linked_returns import Valuation, linked, modified_dietz

SAMPLES = [*(f"30-{number}" for number in range(49)), "unordered", "single_redemption", "random", "random_100", "random_1000", "zeros"]
SAMPLES += ["1938", "minus_0_13", "minus_0_99", "minus_0_993", "minus_0_99999"]
NO_ROOT = {"30-29", "30-31", "30-33", "30-34", "30-38", "30-40", "30-42", "30-44"}
UNSEEN_ROOT = {"30-20": -0.8973538214882213, "30-45": -0.840789040421336}


@pytest.fixture(scope="module")
def oracle():
    cases = {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}
    return lambda name: (cases[name]["inputs"], cases[name]["expected"], cases[name]["tol"])


def dated(name):
    with outside("data", "ledgers", "pyxirr_samples", f"{name}.csv").open(encoding="utf-8") as rows:
        flows = [(date.fromisoformat(day), float(amount)) for day, amount in csv.reader(rows)]
    return [day for day, _ in flows], [amount for _, amount in flows]


def expected(name):
    return json.loads(outside("data", "ledgers", "pyxirr_samples", "expected.json").read_text(encoding="utf-8"))[f"{name}.csv"]


def days_of(inputs):
    return [date.fromisoformat(day) for day in inputs["dates"]]


def test_excel(oracle):
    inputs, rate, tol = oracle("xirr_excel")
    assert xirr(days_of(inputs), inputs["amounts"]).single == pytest.approx(rate, abs=tol)
    inputs, value, tol = oracle("xnpv_excel")
    assert xnpv(inputs["rate"], days_of(inputs), inputs["amounts"]) == pytest.approx(value, abs=tol)


def test_a_project_without_a_rate(oracle):
    """Brealey, Myers and Allen."""
    inputs, (_, value), tol = oracle("irr_none")
    found = irr(inputs["amounts"])
    assert (found.roots, found.chosen, found.why) == ((), None, "no rate makes them worth nothing")
    assert npv(inputs["rate"], inputs["amounts"]) == pytest.approx(value, abs=tol)


@pytest.mark.parametrize("name", ["mwr_twr_cfa", "mwr_twr_analystforum", "mwr_analystforum2"])
def test_money_weighted_and_time_weighted(oracle, name):
    """CFA Institute's readings: the mean of two holding periods in mwr_twr_cfa and mwr_twr_analystforum is geometric, a year."""
    inputs, wanted, tol = oracle(name)
    assert irr(inputs["amounts"]).single == pytest.approx(wanted[0], abs=tol)
    if "hpr" in inputs:
        periods = [rate if isinstance(rate, float) else float(Fraction(rate)) - 1 for rate in inputs["hpr"]]
        assert math.sqrt(1 + linked(periods)) - 1 == pytest.approx(wanted[1], abs=tol)


def test_gross_and_net(oracle):
    inputs, wanted, tol = oracle("gross_net_irr_cfa")
    assert [irr(inputs[which]).single for which in ("gross", "net")] == pytest.approx(wanted, abs=tol)


def test_insead(oracle):
    inputs, (a, b, modified), tol = oracle("irr_mirr_insead")
    assert [irr(inputs["a"]).single, irr(inputs["b"]).single, mirr(inputs["b"], 0.07, 0.12)] == pytest.approx([a, b, modified], abs=tol)


def test_modified_dietz_and_the_rate_of_the_same_flows(oracle):
    inputs, (dietz, rate), tol = oracle("mod_dietz_wiki")
    first, last = Valuation(date(2021, 1, 1), inputs["bmv"]), Valuation(date(2023, 1, 1), inputs["emv"])
    assert modified_dietz(first, last, [(date(2022, 1, 1), inputs["flow"])]).rate == pytest.approx(dietz, abs=tol)
    assert irr([-inputs["bmv"], -inputs["flow"], inputs["emv"]]).single == pytest.approx(rate, abs=tol)


def test_two_roots(oracle):
    inputs, _, _ = oracle("xirr_two_roots")
    found = xirr(*dated("30-22"))
    assert found.roots == pytest.approx(inputs["roots"], rel=1e-9)
    assert found.single is None
    assert "no rule is right" in found.rule


def test_d1_of_two_rates_the_nearest_to_zero_is_named_and_neither_is_the_answer(oracle):
    """D1: with three amounts pyxirr.irr takes the higher one."""
    inputs, (theirs, ours), _ = oracle("pyxirr_bug_3amount")
    found = irr(inputs["amounts"])
    assert found.roots == pytest.approx([ours, theirs])
    assert (found.chosen, found.single) == (pytest.approx(ours), None)
    assert pyxirr.irr(inputs["amounts"]) in (pytest.approx(theirs), pytest.approx(ours))  # the second once it is mended
    assert irr([-1600, 10000, -10000]).roots == pytest.approx([0.25, 4])
    assert irr([-1600, 10000, -10000]).chosen == pytest.approx(0.25)


def test_d4_a_total_loss_is_minus_100_percent_and_one_day_has_no_rate():
    """D4: pyxirr.xirr gives None, and infinity for one day, unless it is mended."""
    first, last = date(2020, 1, 1), date(2021, 1, 1)
    lost = xirr([first, last], [-100, 0])
    assert (lost.single, lost.roots) == (-1.0, ())
    assert pyxirr.xirr([first, last], [-100, 0], silent=True) in (None, -1.0)
    one_day = xirr([first, first], [-100, 110])
    assert (one_day.single, one_day.why) == (None, "all flows are on one day")
    assert pyxirr.xirr([first, first], [-100, 110], silent=True) in (None, math.inf)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name):
    wanted = {root for root in expected(name).values() if root is not None}
    found = xirr(*dated(name))
    for root in wanted:
        assert min(abs(root - one) for one in found.roots) < 1e-8 * (1 + abs(root))
    if not wanted:
        assert found.roots == ((pytest.approx(UNSEEN_ROOT[name]),) if name in UNSEEN_ROOT else ())
        assert name in NO_ROOT | set(UNSEEN_ROOT)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_worth_nothing_just_there(name):
    """In 60 digits the value changes sign at each root, and keeps it from each to the next."""
    days, amounts = dated(name)
    roots = [root for root in xirr(days, amounts).roots if root > -1]
    edges = [sign_of_value(days, amounts, root, side) for root in roots for side in (-1, 1)]
    assert all(left != right for left, right in zip(edges[::2], edges[1::2], strict=True))
    assert edges[1:-1:2] == edges[2::2]


def sign_of_value(days, amounts, root, side):
    """The sign of the value a little to one side of a root; near -100% a float says less of 1 + root."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 60, -(10**9), 10**9
        growth = (1 + Decimal(root)).ln()
        growth += side * ((1 + abs(growth)) * Decimal("1e-9") + Decimal("2e-16") / (1 + Decimal(root)))
        first = min(days)
        return sum(Decimal(amount) * (-growth * (day - first).days / 365).exp() for day, amount in zip(days, amounts, strict=True)) > 0


@pytest.mark.parametrize("name", sorted({*SAMPLES} - {"random_1000", "random"}))
def test_no_change_of_sign_is_missed_on_a_fine_grid(name):
    days, amounts = dated(name)
    roots = [math.log1p(root) for root in xirr(days, amounts).roots if root > -1]
    low, high = min(roots, default=0) - 1, min(max(roots, default=0), 20) + 1
    grid = [low + (high - low) * number / 500 for number in range(501)]
    values = [xnpv(math.expm1(y), days, amounts) > 0 for y in grid if y > -30]
    seen = sum(one != other for one, other in pairwise(values))
    assert seen <= sum(low <= root <= high for root in roots)


def test_present_values_of_samples():
    """pyxirr's tests/test_scheduled.rs, checked there against Excel."""
    for name, value in (("unordered", 2218.42566365675), ("random_100", 6488.0382272781)):
        assert xnpv(0.1, *dated(name)) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("name", ["unordered", "single_redemption", "zeros", "minus_0_99", "minus_0_99999"])
def test_pyxirr_agrees_where_there_is_one_rate(name):
    days, amounts = dated(name)
    found = xirr(days, amounts)
    assert found.conventional
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert pyxirr.xirr(days, amounts) == pytest.approx(found.single, rel=1e-7)


def test_one_change_of_running_totals_is_one_rate_above_zero():
    """Norstrom (1972)."""
    for name in SAMPLES:
        days, amounts = dated(name)
        if sign_changes(running_totals(days, amounts)) == 1 and running_totals(days, amounts)[-1] > 0:
            assert len([root for root in xirr(days, amounts).roots if root > 0]) == 1
