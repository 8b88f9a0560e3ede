from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.funding.cut_off import window
from holdbook.funding.line import total
from holdbook.funding.sources import rejected, sources
from holdbook.funding.uses import uses
from holdbook.measures.instalments import unpaid_part
from holdbook.quantity.point import point
from holdbook.questions.paid import paid
from holdbook.timeline.view import View

SALES = """
trades:
  before: {asset: beta, side: sell, day: 2025-05-10, amount: = USD 10, source: report}
  after: {asset: beta, side: sell, day: 2025-08-10, amount: = USD 20, source: report}
  ahead: {asset: beta, side: sell, day: 2025-12-10, amount: = USD 40, status: agreed, source: report}
  of_a_fund: {asset: beta, holder: gamma, side: sell, day: 2025-08-10, amount: = USD 80, source: report}
"""
CASH = "balances: {cash: {item: cash_position, day: 2025-06-30, amount: = USD 100, source: report, known: 2025-07-15}}\n"
OWED = """
commitments:
  promise: {to: beta, amount: = USD 90, paid: = USD 30, agreed: 2025-01-01, closing: 2026-03-31, source: report}
debts:
  short: {kind: bond, principal: = USD 50, maturity: 2026-02-28, source: report}
  long: {kind: bond, principal: = USD 500, maturity: 2031-02-28, source: report}
  called: {kind: hybrid, principal: = USD 7, called: 2025-09-15, source: report}
  line: {kind: margin_loan, limit: = USD 60, drawn: = USD 25, secured_by: beta, source: report}
  hoped: {kind: bridge, principal: = USD 5, status: planned, source: report}
  new: {kind: bond, principal: = USD 3, issued: 2025-08-01, maturity: 2035-08-01, source: report}
"""


def seen(reading, *texts, day=None):
    found = reading(*texts)
    assert not found.problems
    return View(found.book, day)


def plan(view):
    found = window(view)
    return sources(view, found, "USD"), uses(view, found, "USD")


def test_a_balance_of_cash_holds_what_came_before_it(reading):
    came, _ = plan(seen(reading, SALES, CASH))
    assert {line.name: (line.standing, point(line.amount)) for line in came} == {
        "cash": ("realised", 100), "after": ("realised", 20), "ahead": ("arranged", 40),
    }  # fmt: skip


def test_without_one_the_plan_begins_with_the_fiscal_year(reading):
    view = seen(reading, SALES, day=date(2025, 9, 30))
    assert window(view).start == date(2024, 12, 31)
    assert {line.name for line in plan(view)[0]} == {"before", "after", "ahead"}


def test_uses_are_what_is_promised_called_and_due_within_the_window(reading):
    _, goes = plan(seen(reading, CASH, OWED))
    assert {line.name: (line.standing, point(line.amount)) for line in goes} == {
        "promise": ("promised", 60), "short": ("due", 50), "called": ("called", 7),
    }  # fmt: skip


def test_what_is_paid_back_on_the_way_is_a_use_and_the_rest_at_maturity(reading):
    _, goes = plan(seen(reading, CASH, """
debts:
  loan: {kind: loan, day: 2024-01-15, principal: = USD 100, maturity: 2026-06-30, repayments: {one: {day: 2025-06-15, amount: = USD 40}, two: {day: 2025-12-15, amount: = USD 25}}, source: report}
  drawn: {kind: loan, day: 2024-01-15, limit: = USD 50, drawn: = USD 5, maturity: 2026-06-30, source: report}
"""))  # fmt: skip
    assert {line.name: point(line.amount) for line in goes} == {"loan.two": 25, "loan": 35, "drawn": 5}


def test_what_is_drawn_of_a_line_is_a_use_when_it_falls_due_but_not_what_is_left_to_lenders(reading):
    _, goes = plan(seen(reading, CASH, """
debts:
  bridge: {kind: bridge, limit: = USD 60, drawn: = USD 45, maturity: 2026-03-31, source: report}
  whole: {kind: bridge, principal: = USD 9, maturity: 2026-03-31, source: report}
  line: {kind: commitment_line, limit: = USD 100, drawn: = USD 10, maturity: 2026-03-31, source: report}
  open: {kind: commitment_line, limit: = USD 100, maturity: 2026-03-31, source: report}
  owed: {kind: margin_loan, secured_by: beta, recourse: yes, drawn: = USD 20, maturity: 2026-03-31, source: report}
  left: {kind: margin_loan, secured_by: beta, recourse: no, drawn: = USD 30, maturity: 2026-03-31, source: report}
  agreed: {kind: bridge, principal: = USD 70, maturity: 2026-03-31, status: agreed, source: report}
"""))  # fmt: skip
    assert {line.name: point(line.amount) for line in goes} == {"bridge": 45, "whole": 9, "line": 10, "owed": 20}


def test_new_debt_and_undrawn_lines_are_sources_by_how_sure_they_are(reading):
    came, _ = plan(seen(reading, CASH, OWED))
    found = {line.name: (line.kind, line.standing, point(line.amount)) for line in came}
    assert found["line"] == ("undrawn line", "arranged", 35)
    assert found["hoped"] == ("undrawn line", "hoped", 5)
    assert found["new"] == ("new debt", "realised", 3)


def test_a_line_of_which_nobody_says_what_is_drawn_gives_none_to_all_of_it(reading, near):
    came, _ = plan(
        seen(reading, "debts: {line: {kind: bridge, principal: = USD 60, status: agreed, issued: 2024-01-01, source: report}}\n")
    )
    (line,) = came
    near(line.amount, None, 0, 60)


def test_a_sale_of_a_period_that_began_before_the_balance_counts_for_none_to_all_of_it(reading, near):
    text = "trades: {sale: {asset: beta, side: sell, day: 2025-06..2025-07, amount: = USD 20, source: report}}\n"
    came, _ = plan(seen(reading, CASH, text))
    near(next(line.amount for line in came if line.name == "sale"), None, 0, 20)


def test_a_sale_from_before_the_last_payment_may_be_spent(reading):
    text = (
        SALES
        + "commitments: {promise: {to: beta, amount: = USD 90, tranches: {one: {own: = USD 30, paid: 2025-06-30}, two: {own: = USD 60}}, source: report}}\n"
    )
    came, goes = plan(seen(reading, text, day=date(2025, 9, 30)))
    assert {line.name: line.spent for line in came} == {"before": True, "after": False, "ahead": False}
    assert point(goes[0].amount) == 60


def test_what_is_to_pay_without_an_amount_is_the_instalments_that_are_not_paid(reading):
    text = "commitments: {promise: {to: beta, tranches: {one: {own: = USD 30, paid: 2025-06-30}, two: {own: = USD 60}}, source: report}}\n"
    (promise,) = seen(reading, text).book.tables["commitments"].values()
    assert point(unpaid_part(promise)) == 60


def test_a_value_that_rose_is_no_source(reading):
    text = "results: {gain: {subject: acme, measure: unrealised_gain, about: beta, day: 2025-07, amount: USD 5, source: report}}\n"
    view = seen(reading, CASH, text)
    (one,) = rejected(view, window(view))
    assert (one.fact.id, one.what) == ("gain", "unrealised gain on Beta")


def test_a_promise_that_was_kept_or_given_up_is_no_use(reading):
    text = "commitments: {kept: {to: beta, amount: = USD 9, status: done, source: report}, off: {to: beta, amount: = USD 9, status: ended, source: report}}\n"
    assert plan(seen(reading, text))[1] == []


def test_of_no_lines_the_sum_is_exactly_nothing():
    assert point(total([], "USD", "sources")) == 0


def test_nothing_to_pay_is_said_so(reading):
    answer = paid(seen(reading, SALES))
    assert "nothing to pay" in answer.headline[0]
    assert "coverage" not in answer.quantities


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=4), st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
@pytest.mark.parametrize("status", ["done", "planned"])
def test_sources_and_gap_come_to_the_uses_exactly(reading, status, came, goes):
    trades = "".join(
        f"  s{n}: {{asset: beta, side: sell, day: 2025-08, amount: USD {one}, status: {status}, source: report}}\n"
        for n, one in enumerate(came)
    )
    promises = "".join(f"  u{n}: {{to: beta, amount: USD {one}, source: report}}\n" for n, one in enumerate(goes))
    sums = {name: point(one.quantity) for name, one in paid(seen(reading, f"trades:\n{trades}commitments:\n{promises}")).quantities.items()}
    assert sums["sources"] == sum(came)
    assert sums["uses"] == sum(goes)
    assert sums["sources"] + sums["gap"] == sums["uses"]
