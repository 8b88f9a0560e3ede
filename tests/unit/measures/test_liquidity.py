from datetime import date

from holdbook.measures.liquidity import expected_redemption, ladder, maturities, redemption, wider_redemption
from holdbook.timeline.view import View


def test_bonds_due_within_two_years_stand_against_the_cash_of_the_same_day(book, near):
    """
    debts:
      soon: {kind: bond, day: 2025-06-30, amount: USD 30m, maturity: 2026-09-11, source: report}
      last: {kind: retail_bond, day: 2025-06-30, amount: USD 20m, maturity: 2027-09-30, source: report}
      late: {kind: bond, day: 2025-06-30, amount: USD 40m, maturity: 2027-10-01, source: report}
      hybrid: {kind: hybrid, day: 2025-06-30, amount: USD 40m, maturity: 2026-06-30, source: report}
      paper: {kind: commercial_paper, day: 2025-06-30, amount: USD 40m, maturity: 2026-06-30, source: report}
      theirs: {borrower: gamma, kind: bond, day: 2025-06-30, amount: USD 40m, maturity: 2026-06-30, source: report}
      gone: {kind: bond, day: 2020-06-30, amount: USD 40m, maturity: 2025-09-30, source: report}
      planned: {kind: bond, day: 2025-06-30, amount: USD 40m, maturity: 2026-06-30, status: planned, source: report}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 200m", source: report}}
    """
    test = redemption(View(book), 24)
    assert [one.debt.id for one in test.due] == ["soon", "last"]
    near(test.total, 50_000_000, 50_000_000, 50_000_000)
    near(test.cover, 4, 4, 4)


def test_the_test_is_of_the_last_day_for_which_cash_is_known(book, near):
    """
    debts: {soon: {kind: bond, day: 2025-06-30, amount: USD 30m, maturity: 2026-09-11, source: report}}
    balances:
      march: {item: cash_position, day: 2025-03-31, amount: USD 50m, source: report}
      june: {item: cash_position, day: 2025-06-30, amount: "= USD 60m", source: report}
      later: {item: cash_position, day: 2025-12-31, known: 2025-12-31, amount: USD 70m, source: report}
    """
    test = redemption(View(book, date(2025, 11, 12)), 24)
    assert test.view.day == date(2025, 6, 30)
    near(test.cover, 2, 2, 2)


def test_without_cash_or_bonds_there_is_no_cover(reading):
    bond = "debts: {soon: {kind: bond, day: 2025-06-30, amount: USD 30m, maturity: 2026-09-11, source: report}}"
    cash = "balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 200m, source: report}}"
    without_cash, without_bonds = (redemption(View(reading(text).book), 24) for text in (bond, cash))
    assert (without_cash.cash, without_cash.cover) == (None, None)
    assert (without_bonds.total, without_bonds.cover) == (None, None)


def test_maturities_come_in_order_and_by_kind(book):
    """
    debts:
      b: {kind: bond, day: 2025-06-30, amount: USD 1m, maturity: 2029, source: report}
      a: {kind: bond, day: 2025-06-30, amount: USD 1m, maturity: 2028-07-06, source: report}
      loan: {kind: bridge, day: 2025-06-30, amount: USD 1m, maturity: 2026-03, source: report}
      undated: {kind: bond, day: 2025-06-30, amount: USD 1m, source: report}
    """
    assert [one.debt.id for one in maturities(View(book))] == ["a", "b"]
    assert [one.debt.id for one in maturities(View(book), ("bridge",))] == ["loan"]


def test_a_bond_that_may_fall_due_within_the_horizon_counts_perhaps(book, near):
    """
    debts: {vague: {kind: bond, day: 2025-06-30, amount: USD 1m, maturity: 2027-09..2027-12, source: report}}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 200m, source: report}}
    """
    test = redemption(View(book), 24)
    assert [one.debt.id for one in test.due] == ["vague"]
    near(test.total, None, 0, 1_000_000)
    assert redemption(View(book), 22).due == []


def test_a_bond_of_which_nobody_says_when_it_falls_due_counts_perhaps(book, near):
    """
    debts:
      silent: {kind: bond, day: 2025-06-30, amount: USD 1m, source: report}
      soon: {kind: bond, day: 2025-06-30, amount: USD 3m, maturity: 2026-09-11, source: report}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 200m, source: report}}
    """
    near(redemption(View(book), 24).total, None, 3_000_000, 4_000_000)


WIDER = """
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 30m, maturity: 2026-09-11, source: report}
  soon: {kind: hybrid, day: 2025-06-30, amount: USD 20m, first_call: 2026-06-30, maturity: 2056-06-30, source: report}
  late: {kind: hybrid, day: 2025-06-30, amount: USD 40m, first_call: 2029-06-30, maturity: 2056-06-30, source: report}
  passed: {kind: hybrid, day: 2025-06-30, amount: USD 40m, first_call: 2024-06-30, maturity: 2056-06-30, source: report}
  window: {kind: hybrid, day: 2025-06-30, amount: USD 10m, first_call: 2027-07-01..2027-12-31, maturity: 2056, source: report}
  called: {kind: hybrid, day: 2025-06-30, amount: USD 5m, first_call: 2029-06-30, called: 2025-09-01, call_day: 2025-11-01, source: report}
  paper: {kind: commercial_paper, day: 2025-06-30, amount: USD 10m, source: report}
  bridge: {kind: bridge, day: 2025-06-30, principal: USD 40m, maturity: 2026-03, status: agreed, source: report}
  drawn: {kind: bridge, day: 2025-06-30, principal: USD 40m, drawn: USD 15m, maturity: 2026-03, status: agreed, source: report}
  term: {kind: loan, day: 2025-06-30, amount: USD 7m, maturity: 2026-12-31, source: report}
  line: {kind: commitment_line, day: 2025-06-30, limit: USD 99m, maturity: 2026-12-31, source: report}
  secured: {kind: loan, day: 2025-06-30, secured_by: beta, recourse: yes, amount: USD 99m, maturity: 2026-12-31, source: report}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 120m", source: report}}
commitments:
  in_time: {to: beta, status: agreed, amount: USD 8m, closing: 2025-12, known: 2025-09-01, source: report}
  too_late: {to: beta, status: agreed, amount: USD 99m, closing: 2029-12, known: 2025-09-01, source: report}
"""


def test_hybrids_are_expected_at_their_call_in_their_window_or_by_their_notice(reading, near):
    test = expected_redemption(View(reading(WIDER).book), 24)
    assert [one.debt.id for one in test.due] == ["bond", "called", "soon", "window"]
    near(test.total, None, 55_000_000, 65_000_000)


def test_commercial_paper_without_a_maturity_counts_whole(reading, near):
    test = expected_redemption(View(reading(WIDER).book), 24, paper=True)
    near(test.total, None, 65_000_000, 75_000_000)


def test_the_wider_test_adds_loans_as_drawn_and_promises(reading, near):
    found = wider_redemption(View(reading(WIDER).book), 24)
    assert [one.debt.id for one in found.loans] == ["bridge", "drawn", "term"]
    assert [one.promise.id for one in found.promises] == ["in_time"]
    near(found.total, None, 95_000_000, 145_000_000)
    near(found.cover, None, "0.83x", "1.26x")


def test_the_last_drawing_known_is_what_is_drawn(reading, near):
    drawing = WIDER.replace("balances: {", 'balances: {one: {debt: bridge, day: 2025-08-01, amount: "= USD 11m", source: report}, ')
    loans = wider_redemption(View(reading(drawing).book), 24).loans
    near(loans[0].amount, 11_000_000, 11_000_000, 11_000_000)


def test_the_ladder_has_every_debt_of_the_company_with_both_ends(reading):
    found = {one.debt.id: (str(one.contractual), str(one.expected), one.currency) for one in ladder(View(reading(WIDER).book))}
    assert found["soon"] == ("2056-06-30", "2026-06-30", "USD")
    assert found["called"] == ("None", "2025-11-01", "USD")
    assert found["bridge"] == ("2026-03", "2026-03", "USD")
    assert {"line", "loan"}.isdisjoint(found)


def test_a_company_with_tables_and_no_bond_in_the_book_has_no_expected_test(reading):
    text = WIDER.replace("  bond: {kind: bond, day: 2025-06-30", "  bond: {kind: bond, day: 2025-10-31")
    text += "statements: {table: {day: 2025-09-30, nav: USD 80m, source: report}}\n"
    view = View(reading(text).book)
    assert expected_redemption(view, 24).cover is None
    assert wider_redemption(view, 24).cover is None


def test_what_is_paid_back_on_the_way_falls_due_in_its_own_year(book, near):
    """
    debts: {loan: {kind: loan, day: 2024-01-15, principal: USD 100m, maturity: 2028-06-30, repayments: {one: {day: 2025-06-30, amount: USD 30m}, two: {day: 2026-06-30, amount: USD 20m}}, source: report}}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 10m", source: report}}
    """
    view = View(book)
    found = [(str(one.contractual), str(one.expected), one.amount) for one in ladder(view)]
    assert [days for *days, _ in found] == [["2026-06-30", "2026-06-30"], ["2028-06-30", "2028-06-30"]]
    near(found[0][2], 20_000_000, 20_000_000, 20_000_000)
    near(found[1][2], 50_000_000, 50_000_000, 50_000_000)
    near(wider_redemption(view, 24).total, 20_000_000, 20_000_000, 20_000_000)
