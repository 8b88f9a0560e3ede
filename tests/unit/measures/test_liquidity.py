from datetime import date

from holdbook.measures.liquidity import maturities, redemption
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
