"""Public market equivalents against Wikipedia, the Direct Alpha paper, INSEAD and pypme, as ../shared's oracles carry them.

pyxirr 0.10.8 loses what falls on the last day (D2), knows no dates (D3) and prints a factor upside down (D5); ours is what counts.
"""

import json
import math
from datetime import date

import pytest
import pyxirr
from outside import outside

from holdbook.numerics.cash_flows import xirr
from holdbook.numerics.market_equivalent import direct_alpha, fund, kaplan_schoar, long_nickels, modified, pme_plus, values_of_units

DAYS = [date(2015, 1, 15), date(2016, 6, 30), date(2017, 3, 31), date(2019, 9, 30), date(2020, 12, 31)]
INDEX = [100, 105, 115, 117, 120]


@pytest.fixture(scope="module")
def oracle():
    cases = {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}
    return lambda name: (cases[name]["inputs"], cases[name]["expected"], cases[name]["tol"])


@pytest.fixture(scope="module")
def cases():
    return json.loads(outside("data", "pme", "expected_cases.json").read_text(encoding="utf-8"))


def yearly(flows, index, worth):
    return fund(range(len(flows)), flows, index, worth, total_return=True)


def of(inputs):
    return yearly(inputs.get("cf") or inputs["flows"], inputs["index"], inputs.get("nav", 0))


def test_long_nickels_of_wikipedia(oracle):
    inputs, (own, worth, rate), tol = oracle("pme_wiki_ln")
    found = long_nickels(of(inputs))
    assert [found.fund, found.rate] == pytest.approx([own, rate], abs=tol)
    assert found.worth == pytest.approx([100, 155, 109.76, 101.67, worth], abs=tol)
    assert found.alpha == found.fund - found.rate


def test_kaplan_schoar_and_direct_alpha_of_wikipedia(oracle):
    inputs, _, _ = oracle("pme_wiki_ln")
    _, (ratio,), tol = oracle("pme_wiki_ks")
    assert kaplan_schoar(of(inputs)).value == pytest.approx(ratio, abs=tol)
    assert direct_alpha(of(inputs)).annual == pytest.approx(0.0109, abs=5e-5)


def test_pme_plus_of_wikipedia(oracle):
    """D5: the factor is (FV of payments - value) / FV of receipts; pyxirr's page prints it upside down."""
    inputs, (factor, rate), tol = oracle("pme_wiki_plus")
    found = pme_plus(of(inputs))
    assert [found.factor, found.rate] == pytest.approx([factor, rate], abs=tol)
    assert found.fund == pytest.approx(0.0777, abs=5e-5)


def test_d5_the_case_of_pyxirr_has_another_index_and_does_not_give_its_answer(cases):
    """The index is 110 there and 100 at Wikipedia; a tolerance of 0.1 hides it in pyxirr's test."""
    (case,) = cases["pme_plus"]
    typo, mended = of(case), of({**case, "index": [100 if level == 110 else level for level in case["index"]]})
    assert [pme_plus(mended).factor, pme_plus(mended).rate] == pytest.approx([case["lambda"], case["irr"]], abs=0.001)
    assert abs(pme_plus(typo).factor - case["lambda"]) > 0.05


def test_the_paper_of_direct_alpha(oracle, cases):
    inputs, (alpha,), tol = oracle("pme_direct_alpha_paper")
    found = direct_alpha(of(inputs))
    assert found.annual == pytest.approx(alpha, abs=tol)
    assert found.log == math.log1p(found.annual)
    assert kaplan_schoar(of(inputs)).value == pytest.approx(1.9254, abs=5e-5)
    assert pme_plus(of(inputs)).factor == pytest.approx(0.4205, abs=5e-5)
    assert long_nickels(of(inputs)).fund == pytest.approx(0.1753, abs=5e-5)
    for case in cases["direct_alpha"]:
        assert direct_alpha(of(case)).annual == pytest.approx(case["alpha"], abs=1e-3)


def test_long_nickels_is_undefined_where_its_account_falls_below_zero(oracle):
    inputs, _, _ = oracle("pme_direct_alpha_paper")
    _, (worth,), tol = oracle("pme_direct_alpha_ln_negative")
    found = long_nickels(of(inputs))
    assert found.worth[-1] == pytest.approx(worth, abs=tol)
    assert (found.rate, found.alpha, found.why.split(":")[0]) == (None, None, "undefined")


def test_kaplan_schoar_of_insead(cases):
    (case,) = cases["ks_pme"]
    assert kaplan_schoar(of(case)).value == pytest.approx(case["ks_pme"], rel=1e-12)


def test_modified_of_wikipedia(cases):
    (case,) = cases["m_pme"]
    assert modified(of({**case, "nav": case["nav"][-1]}), case["nav"]).rate == pytest.approx(case["irr"], abs=5e-5)


def test_modified_of_pypme_on_days(oracle):
    """pypme gives the price of a unit, not the value of what is held, and leaves the flow of the last day out."""
    inputs, (market, own), tol = oracle("pypme_readme")
    flows = [*inputs["cashflows"], 0]
    worth = values_of_units(flows, inputs["prices"])
    held = fund([date.fromisoformat(day) for day in inputs["dates"]], flows, inputs["pme_prices"], worth[-1], total_return=True)
    found = modified(held, worth)
    assert [found.rate, found.fund] == pytest.approx([market, own], abs=tol)


def test_d2_a_receipt_on_the_last_day_counts():
    """D2: pyxirr's own is 4.280% and 4.313%, unless it is mended."""
    flows = [-100, -50, 60, 10, 5]
    market = long_nickels(yearly(flows, INDEX, 0)).rate
    plus = pme_plus(yearly(flows, INDEX, 105)).rate
    assert [market, plus] == pytest.approx([0.05302, 0.05241], abs=5e-6)
    assert pyxirr.pe.ln_pme(flows, INDEX) in (pytest.approx(0.04280, abs=5e-6), pytest.approx(market))
    assert pyxirr.pe.pme_plus(flows, INDEX, nav=105) in (pytest.approx(0.04313, abs=5e-6), pytest.approx(plus))


def test_d3_years_are_years_not_periods():
    """D3: pyxirr gives 1.09% a period whatever the days. Over six years it is less a year, and what the grown flows say by themselves."""
    flows = [-100, -50, 60, 10, 0]
    assert pyxirr.pe.direct_alpha(flows, INDEX, nav=110) == pytest.approx(0.0109, abs=5e-5)
    found = direct_alpha(fund(DAYS, flows, INDEX, 110, total_return=True)).annual
    assert found == pytest.approx(
        pyxirr.xirr(DAYS, [flow * INDEX[-1] / level for flow, level in zip([*flows[:-1], 110], INDEX, strict=True)])
    )
    assert found < 0.009


def test_pyxirr_agrees_where_nothing_falls_on_the_last_day():
    flows, worth = [-100, -50, 60, 10, 0], 110
    held = yearly(flows, INDEX, worth)
    assert kaplan_schoar(held).value == pytest.approx(pyxirr.pe.ks_pme(flows, INDEX, nav=worth), rel=1e-12)
    assert long_nickels(held).rate == pytest.approx(pyxirr.pe.ln_pme(flows, INDEX), rel=1e-9)
    assert pme_plus(held).rate == pytest.approx(pyxirr.pe.pme_plus(flows, INDEX, nav=worth), rel=1e-9)


def test_the_fund_s_own_rate_is_that_of_its_dated_flows():
    held = fund(DAYS, [-100, -50, 60, 10, 0], INDEX, 110, total_return=True)
    assert long_nickels(held).fund == xirr(DAYS, [-100, -50, 60, 10, 110]).single
