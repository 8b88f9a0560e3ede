import pytest

from holdbook.funding.indicators import indicators, verdict_of
from holdbook.timeline.view import View

SHEET = """
statements: {{table: {{day: 2025-06-30, holdings: = USD 100, net_debt: = USD {debt}, nav: = USD {nav}, loan_to_value: = {debt}%, source: report, known: 2025-07-15}}}}
policies: {{limit: {{measure: loan_to_value, at_most: = 25%, holder: acme, day: 2020-01-01, source: report}}}}
balances: {{cash: {{item: cash_position, day: 2025-06-30, amount: = USD {cash}, source: report, known: 2025-07-15}}}}
debts: {{bond: {{kind: bond, principal: = USD 10, maturity: 2026-06-30, source: report, day: 2020-01-01}}{more}}}
"""


def decided(reading, debt, cash, more=""):
    found = reading(SHEET.format(debt=debt, nav=100 - debt, cash=cash, more=more))
    assert not found.problems
    return verdict_of(indicators(View(found.book)))


@pytest.mark.parametrize(("debt", "cash", "more", "expected"), [
    (30, 50, "", "distress"),
    (10, 50, "", "strategy"),
    (10, 4, "", "distress"),
    (10, 4, ", line: {kind: bridge, limit: = USD 20, drawn: = USD 0, status: agreed, source: report}", "funding dependence"),
])  # fmt: skip
def test_the_rule(reading, debt, cash, more, expected):
    assert decided(reading, debt, cash, more)[0] == expected


def test_without_the_deciding_figures_it_is_undetermined(reading):
    found = reading("commitments: {promise: {to: beta, amount: = USD 9, source: report}}\n")
    assert verdict_of(indicators(View(found.book)))[0] == "undetermined"


def test_every_indicator_has_a_formula_and_a_reason(reading):
    found = indicators(View(reading("").book))
    assert len({one.name for one in found}) == 18
    assert all(one.formula and one.why for one in found)
