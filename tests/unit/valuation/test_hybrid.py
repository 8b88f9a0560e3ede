from datetime import date

from holdbook.model.debt import Debt
from holdbook.quantity.needs import needs
from holdbook.timeline.view import View
from holdbook.valuation.coupon import coupon_rate, rise
from holdbook.valuation.hybrid import equity_credit, expected_end, is_called

HYBRID = """
entities: {acme: {name: Acme}, rater: {name: Rater}, other: {name: Other}}
rates:
  old: {curve: swap, level: "= 2%", kind: fixing, day: 2025-03-31, source: report}
  new: {curve: swap, level: "= 3%", kind: fixing, day: 2025-09-30, source: report}
  forward: {curve: swap, level: "= 4%", kind: fixing, day: 2029-01-01, known: 2025-10-15, source: report}
debts:
  hybrid:
    kind: hybrid
    day: 2024-03-31
    amount: USD 100m
    coupon: "= 5%"
    first_call: 2029-01-29..2029-04-29
    maturity: 2060-04-29
    called: 2026-02
    call_day: 2026-05-31
    equity_credit: "= 50%"
    equity_credits: {half: {agency: rater, part: 50%, from: 2024-03-31, until: 2025-12-31}}
    margin: 2%
    curve: swap
    steps: {one: {from: 2025-09-30}, two: {from: 2027-01-01, rise: 0.25%}, three: {from: 2029-02-01, margin: 3%}, four: {from: 2031-01-01, coupon: 9%}}
    source: report
"""


def test_the_coupon_steps_from_fixed_to_floating_and_knows_no_future_level(reading, near):
    book = reading(HYBRID).book
    view, debt = View(book), book.get(Debt, "hybrid")
    near(coupon_rate(view, debt, date(2025, 9, 29)), "5%", "5%", "5%")
    near(coupon_rate(view, debt, date(2025, 9, 30)), "5%", "5%", "5%")
    assert needs(coupon_rate(view, debt, date(2027, 1, 1))) == ["swap on 2027-01-01"]
    near(coupon_rate(view, debt, date(2029, 2, 1)), "7%", "7%", "7%")
    near(coupon_rate(view, debt, date(2031, 1, 1)), "9%", "9%", "9%")
    near(rise(debt, date(2027, 1, 1)), "0.25%", "0.25%", "0.25%")
    near(rise(debt, date(2029, 2, 1)), "1%", "1%", "1%")


def test_a_level_of_the_past_holds_until_the_next_one(reading, near):
    book = reading(HYBRID.replace("from: 2025-09-30", "from: 2025-03-31")).book
    view, debt = View(book), book.get(Debt, "hybrid")
    near(coupon_rate(view, debt, date(2025, 9, 29)), "4%", "4%", "4%")
    near(coupon_rate(view, debt, date(2025, 10, 1)), "5%", "5%", "5%")


def test_interest_of_which_nobody_says_anything_is_unknown(book):
    """
    debts:
      bond: {name: Bond, kind: bond, day: 2024-03-31, amount: USD 1m, source: report}
      margin: {name: Loan, kind: loan, day: 2024-03-31, amount: USD 1m, curve: swap, source: report}
    rates: {level: {curve: swap, level: "= 2%", kind: fixing, day: 2025-03-31, source: report}}
    """
    bond, loan = (needs(coupon_rate(View(book), book.get(Debt, name), date(2025, 9, 30))) for name in ("bond", "margin"))
    assert bond == ["interest on Bond from 2025-09-30"]
    assert loan == ["margin of Loan on 2025-09-30"]


def test_equity_credit_is_by_whom_and_when(reading, near):
    book = reading(HYBRID).book
    view, debt = View(book), book.get(Debt, "hybrid")
    near(equity_credit(view, debt), "50%", "50%", "50%")
    near(equity_credit(view, debt, "rater"), "50%", "50%", "50%")
    near(equity_credit(view.on(date(2026, 1, 1)), debt, "rater"), None, 0, 1)
    assert needs(equity_credit(view, debt, "other")) == ["equity credit that Other gives hybrid on 2025-09-30"]


def test_a_notified_call_ends_the_credit_and_names_the_day(reading, near):
    book = reading(HYBRID).book
    debt = book.get(Debt, "hybrid")
    before, after = View(book), View(book, date(2026, 2, 1))
    assert (is_called(debt, before.day), is_called(debt, after.day)) == (False, True)
    near(equity_credit(after, debt, "rater"), 0, 0, 0)
    near(equity_credit(after, debt), 0, 0, 0)
    assert expected_end(before, debt) == debt.first_call
    assert expected_end(after, debt) == debt.call_day
    assert expected_end(View(book, date(2030, 1, 1)), debt) == debt.call_day
    later = reading(HYBRID.replace("    called: 2026-02\n", "")).book
    assert expected_end(View(later, date(2030, 1, 1)), later.get(Debt, "hybrid")) == debt.maturity
