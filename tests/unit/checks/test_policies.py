import pytest

from holdbook.checks.policies import policies
from holdbook.measures import limit
from holdbook.timeline.view import View

BOOK = """
entities: {{acme: {{name: Acme, kind: holding}}, beta: {{name: Beta}}, rater: {{name: Rater, kind: agency}}}}
stakes: {{beta: {{asset: beta, day: 2025-09-30, shares: "= 10m shares", source: report p. 4}}}}
marks: {{beta: {{asset: beta, kind: close, day: 2025-09-30, price: "= USD 20/share", source: report p. 4}}}}
debts: {{bond: {{kind: bond, principal: USD 60m, issued: 2025-01-01, maturity: 2027-01-01, source: report p. 9}}}}
definitions:
  gearing: {{formula: debts.bond.principal / equity_value_of_holdings, source: report p. 2}}
  burden: {{formula: debts.bond.principal, source: report p. 2}}
policies:
  one: {{{fields}, day: 2025-01-01, source: report p. 2}}
"""


@pytest.mark.parametrize(("fields", "way_out"), [
    ("measure: loan_to_value, at_most: 25%", None),
    ("measure: gearing, at_most: 25%", None),
    ("measure: net_worth", None),
    ("measure: own_loan_to_value, at_most: 25%, holder: rater", None),
    ("measure: minimum_cash, amount: USD 1m", None),
    ("measure: disposals, order: [beta], haircut: 10%", None),
    ("measure: ltv, at_most: 25%", "did you mean loan_to_value?"),
    ("measure: unlisted_share, at_least: 25%", "did you mean unlisted_ratio?"),
    ("measure: gearings, at_most: 25%", "did you mean gearing?"),
    ("measure: cash, amount: USD 1m", "did you mean minimum_cash?"),
    ("measure: sales, order: [beta]", "did you mean disposals?"),
])  # fmt: skip
def test_a_policy_is_on_a_measure_that_is_reckoned_or_says_what_it_may_have_meant(reading, fields, way_out):
    read = reading(BOOK.format(fields=fields))
    assert not read.problems
    assert [problem.way_out for problem in policies(read.book)] == ([] if way_out is None else [way_out])


def test_a_ratio_is_wanted_and_an_amount_is_defined(reading):
    (problem,) = policies(reading(BOOK.format(fields="measure: burden, at_most: 25%")).book)
    assert problem.found == "policies.one is on 'burden'"
    assert "gearing" in problem.expected
    assert "burden" not in problem.expected


@pytest.mark.parametrize(("measure", "seen", "standing"), [
    ("gearing", ("0.3", "0.3", "0.3"), "beyond"),
    ("loan_to_value_with_asset_backed", (None, None, "0.3"), "undecided"),  # what cash there is nobody says
])  # fmt: skip
def test_a_limit_is_held_against_its_measure_or_definition(reading, near, measure, seen, standing):
    (one,) = limit.tested(View(reading(BOOK.format(fields=f"measure: {measure}, at_most: 25%")).book))
    near(one.value, *seen)
    assert one.standing == standing
