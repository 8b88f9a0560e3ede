from datetime import date

import pytest

from holdbook.measures.worth import discount, equity_value_of_holdings, nav, nav_per_share, shares_outstanding
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View


def test_without_a_table_the_parts_are_summed(book, near):
    """
    stakes:
      beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}
      gamma: {asset: gamma, day: 2025-09-30, part: 20%, value: USD 40m, source: report}
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 60m, maturity: 2027-06-30, source: report}}
    balances:
      cash: {item: cash_position, day: 2025-09-30, amount: "= USD 25m", source: report}
      shares: {item: shares_outstanding, day: 2025-09-30, count: 5000000 shares, source: report}
    """
    view = View(book)
    holdings, value, per_share = equity_value_of_holdings(view), nav(view), nav_per_share(view)
    near(holdings.quantity, 240_000_000, 239_500_000, 240_500_000)
    near(value.quantity, 205_000_000, 204_500_000, 205_500_000)
    near(per_share.quantity, 41, "40.9", "41.1")
    assert {one.how for one in (holdings, value, per_share)} == {"parts"}
    assert per_share.quantity.unit is UNIT("USD/share")


def test_what_the_table_states_is_taken_as_published_where_there_are_no_parts(book, near):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 30.35bn, net_debt: USD 2.55bn, nav: USD 27.79bn, nav_per_share: USD 18.96/share, source: report}}
    """
    view = View(book)
    near(equity_value_of_holdings(view).quantity, "30.35bn", "30.345bn", "30.355bn")
    near(nav(view).quantity, "27.79bn", "27.785bn", "27.795bn")
    near(nav_per_share(view).quantity, "18.96", "18.955", "18.965")
    assert [one(view).how for one in (equity_value_of_holdings, nav, nav_per_share)] == ["published"] * 3
    assert nav(view).quantity.derived == "as published"


def test_holdings_follow_from_the_value_and_the_ratio(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 33.3bn, loan_to_value: 16.5%, source: report}}
    """
    found = equity_value_of_holdings(View(book))
    near(found.quantity, "39.88bn", "39.80bn", "39.96bn")
    assert (found.how, found.quantity.derived) == ("derived", "solved from NAV and LTV")


def test_holdings_follow_from_figures_for_one_share(book, near):
    """
    statements: {table: {day: 2025-09-30, holdings_per_share: USD 164.66/share, net_debt_per_share: USD 19.38/share, shares: 1879m shares, source: report}}
    """
    view = View(book)
    near(equity_value_of_holdings(view).quantity, "309.4bn", "309.30bn", "309.49bn")
    near(nav(view).quantity, "272.98bn", "272.89bn", "273.07bn")
    assert nav(view).how == "derived"


@pytest.mark.parametrize("statement", ["", "statements: {table: {day: 2025-09-30, nav: USD 36.2bn, pro_forma: yes, source: report}}"])
def test_what_cannot_be_known_is_unknown_and_says_what_it_needs(reading, near, statement):
    view = View(reading(statement).book)
    found = equity_value_of_holdings(view)
    near(found.quantity, None, None, None)
    assert found.how == "missing"
    assert "Acme on 2025-09-30" in next(found.quantity.leaves()).title


def test_a_value_published_alone_is_still_an_answer(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 36.2bn, source: report}}
    """
    near(nav(View(book)).quantity, "36.2bn", "36.15bn", "36.25bn")


def test_per_share_needs_the_number_of_shares(book):
    """
    statements: {table: {day: 2025-09-30, nav: USD 36.2bn, source: report}}
    """
    found = nav_per_share(View(book))
    assert found.how == "missing"
    assert [one.title for one in found.quantity.leaves() if one.stated.is_unknown] == ["shares in issue of Acme on 2025-09-30"]


def test_per_share_follows_from_a_published_value_and_number_of_shares(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 40.06bn, shares: 5699m shares, source: report}}
    """
    found = nav_per_share(View(book))
    near(found.quantity, "7.0293", "7.0278", "7.0308")
    assert found.how == "derived"


def test_the_number_of_shares_is_that_of_the_table_else_of_a_balance_of_the_day(book, near):
    """
    statements: {table: {day: 2025-06-30, nav: USD 1bn, shares: 100 shares, source: report}}
    balances:
      june: {item: shares_outstanding, day: 2025-06-30, count: 101 shares, source: report}
      september: {item: shares_outstanding, day: 2025-09-30, count: 102 shares, source: report}
    """
    view = View(book)
    near(shares_outstanding(view.on(date(2025, 6, 30))), 100, 100, 100)
    near(shares_outstanding(view), 102, 102, 102)
    assert shares_outstanding(view.on(date(2025, 9, 29))) is None


def test_a_discount_is_how_far_the_price_lies_below_the_value(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 1bn, nav_per_share: "= USD 100/share", source: report}}
    marks: {acme: {asset: acme, day: 2025-09-30, price: "= USD 80/share", source: report}}
    """
    near(discount(View(book)), "20%", "20%", "20%")


def test_a_premium_is_a_negative_discount(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 1bn, nav_per_share: "= USD 100/share", source: report}}
    marks: {acme: {asset: acme, day: 2025-09-30, price: "= USD 125/share", source: report}}
    """
    near(discount(View(book)), "-25%", "-25%", "-25%")


@pytest.mark.parametrize("facts", [
    "marks: {acme: {asset: acme, day: 2025-09-30, price: USD 80/share, source: report}}",
    "statements: {table: {day: 2025-09-30, nav_per_share: USD 100/share, source: report}}",
])  # fmt: skip
def test_without_a_value_or_a_price_there_is_no_discount(reading, facts):
    assert discount(View(reading(facts).book)) is None
