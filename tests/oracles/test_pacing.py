"""The pacing model of Takahashi and Alexander against github.com/jzhang1223/CBA, Tests/FundModelTest.py, to its cent.

Its quarterly case is none: it grows the value by 12.4% a quarter at 13% a year, and pays back a year's share each quarter.
"""

import json
from fractions import Fraction

import pytest
from outside import outside

from holdbook import api
from holdbook.numerics.pacing import Plan, calls_of_parts, pacing
from holdbook.quantity.point import point

PAID_BACK = {
    "ta_1": [0, 11212.65, 65417.73, 210433.45, 444156.04, 746685.24, 1053297.05, 1252423.86, 1225447.34, 924200.61, 485155.42, 133219.26],
    "ta_2": [0, 197750, 718859.98, 1154560.36, 1231293.86, 925276.76, 461779.55, 115719.74],
}


@pytest.fixture(scope="module")
def cases():
    return {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", PAID_BACK)
def test_years(cases, name):
    case, worth = cases[f"{name}_contrib"], cases[f"{name}_nav"]
    given = case["inputs"]
    calls = tuple(float(Fraction(rate)) for rate in given["RC"])
    found = pacing(Plan(given["CC"], calls, given["L"], given["B"], given["G"], given["Y"], given["last_invest_year"]))
    assert [one.called for one in found] == pytest.approx(case["expected"], abs=case["tol"])
    assert [one.worth for one in found] == pytest.approx(worth["expected"], abs=worth["tol"])
    assert [one.paid_back for one in found] == pytest.approx(PAID_BACK[name], abs=0.011)


def test_the_case_of_the_data_folder():
    (case,) = json.loads(outside("data", "pme", "expected_cases.json").read_text(encoding="utf-8"))["takahashi_alexander"]
    calls = tuple(float(Fraction(rate)) for rate in case["rate_of_contribution"])
    plan = Plan(case["commitment"], calls, case["life"], case["bow"], case["growth"], case["yield"], case["last_rate_repeats_through_year"])
    found = pacing(plan)
    for field, column in (("called", "contributions"), ("paid_back", "distributions"), ("worth", "nav")):
        assert [0, *(getattr(one, field) for one in found)] == pytest.approx(case[column], abs=0.011)


@pytest.mark.parametrize(("calls", "parts", "expected"), [
    ((0.5, 0.7), 2, [0.29289, 0.29289, 0.45227, 0.45227]),  # test_3
    ((0.4, 0.5), 4, [0.11989] * 4 + [0.1591] * 4),  # test_4
    ((0.25, 0.5), 3, [0.09144] * 3 + [0.2063] * 3),  # test_4_2; its last rate, of 1, is all at once and not 98.4%
    ((0.2, 0.5, 0.9, 1), 1, [0.2, 0.5, 0.9, 1]),  # test_4_1
])  # fmt: skip
def test_rates_of_parts_of_a_year(calls, parts, expected):
    assert calls_of_parts(calls, parts) == pytest.approx(expected, abs=2e-5)


@pytest.mark.parametrize(("name", "calls", "rest"), [
    ("ta_1", "[25%, 33.333333333333%, 50%]", "life: 12 years, investing: 8 years, bow: 2.5, growth: 13%"),
    ("ta_2", "[40%, 66%, 67%, 40%, 100%]", "life: 8 years, investing: 4 years, bow: 1.5, growth: 13%, least_yield: 6%"),
])  # fmt: skip
def test_a_promise_to_a_fund_is_paced_by_what_the_book_assumes(cases, reading, name, calls, rest):
    book = reading(
        f"commitments: {{fund: {{to: beta, kind: investment, amount: USD 3.5m, pacing: {{base: {{calls: {calls}, {rest}}}}}, source: report}}}}"
    )
    assert not book.problems
    answer = api.ask(book, "promised")
    for field, expected in (("called", cases[f"{name}_contrib"]), ("worth", cases[f"{name}_nav"])):
        found = [answer.quantities[f"fund.pacing.base.year_{year}.{field}"].quantity for year in range(1, len(expected["expected"]) + 1)]
        assert [float(point(one)) for one in found] == pytest.approx(expected["expected"], abs=expected["tol"])
    assert any("assumed" in str(caveat) for caveat in answer.caveats)


def test_a_fund_that_has_called_already_goes_on_from_its_value_or_says_what_it_lacks(reading):
    """Half paid after a year, worth 60: by hand a call of 50 of the 50 left, 60 * 1.1 grown, (2/2) of it paid back in its last year."""
    text = """
commitments: {fund: {to: beta, kind: investment, amount: USD 100, paid: USD 50, agreed: 2024-09-30, pacing: {base: {calls: [100%], life: 2 years, growth: 10%}}, source: report}}
"""
    lacking = api.ask(reading(text), "promised")
    assert "pacing" not in lacking.tables
    assert any("a value of the position" in str(caveat) for caveat in lacking.caveats)
    mark = "marks: {v: {asset: beta, value: = USD 60, of: position, kind: valuation, day: 2025-09-30, source: report}}"
    (row,) = api.ask(reading(text, mark), "promised").tables["pacing"].rows
    assert [float(point(cell)) for cell in row[3:]] == pytest.approx([50, 66, 50], abs=0.1)
