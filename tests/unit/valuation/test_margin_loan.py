from datetime import date

from holdbook.model.debt import Debt
from holdbook.quantity.quantity import exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View
from holdbook.valuation.margin_loan import cure_in_cash, lending, limit_of

OWED = exact(40, UNIT("USD"))


def test_pledged_shares_at_the_price_of_the_day_and_the_way_to_the_call(book, near):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-03-31, pledged: 4 shares, pledged_cash: "= USD 20", call_ratio: 50%, source: report}}
    """
    found = lending(View(book), book.get(Debt, "loan"), OWED)
    near(found.collateral, 100, 100, 100)
    near(found.ratio, "40%", "40%", "40%")
    near(found.room, "20%", "20%", "20%")


def test_without_terms_or_collateral_nothing_is_said(book):
    """
    debts:
      bare: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-03-31, source: report}
      stated: {kind: margin_loan, recourse: no, day: 2025-09-30, pledged_value: "= USD 100", source: report}
    """
    bare, stated = (lending(View(book), book.get(Debt, name), OWED) for name in ("bare", "stated"))
    assert (bare.collateral, bare.ratio, bare.room) == (None, None, None)
    assert stated.ratio is not None
    assert stated.room is None


def test_a_stated_value_of_the_collateral_is_that_of_its_day(book):
    """
    debts: {loan: {kind: margin_loan, recourse: no, day: 2025-03-31, pledged_value: "= USD 100", source: report}}
    """
    view = View(book)
    assert lending(view, book.get(Debt, "loan"), OWED).ratio is None
    assert lending(view.on(date(2025, 3, 31)), book.get(Debt, "loan"), OWED).ratio is not None


def test_a_loan_below_its_ratio_needs_no_cure(near):
    near(cure_in_cash(OWED, exact(200, UNIT("USD")), exact(1) / exact(4)), 0, 0, 0)


def test_the_limit_is_the_last_one_told(book, near):
    """
    debts:
      loan: {kind: margin_loan, day: 2025-03-31, limit: USD 10m, source: report}
      raised: {kind: margin_loan, day: 2025-06-30, limit: USD 20m, restates: loan, source: report}
      planned: {kind: margin_loan, day: 2025-07-31, limit: USD 30m, restates: loan, status: planned, source: report}
      later: {kind: margin_loan, day: 2025-12-31, limit: USD 40m, restates: loan, source: report}
      bare: {kind: margin_loan, day: 2025-03-31, source: report}
    """
    view = View(book)
    near(limit_of(view, book.get(Debt, "loan")), 20_000_000, 20_000_000, 20_000_000)
    near(limit_of(view.on(date(2025, 4, 1)), book.get(Debt, "loan")), 10_000_000, 10_000_000, 10_000_000)
    assert limit_of(view, book.get(Debt, "bare")) is None
