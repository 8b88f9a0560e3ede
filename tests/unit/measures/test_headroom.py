from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.measures.headroom import LEFT, REPAID, fall_of, fall_to, for_a_share, headroom, loan_to_value_at, sensitivity
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.timeline.view import View

BOOK = """
stakes:
  beta: {asset: beta, day: 2025-06-30, shares: 10 shares, source: report}
  gamma: {asset: gamma, day: 2025-06-30, shares: 10 shares, source: report}
marks:
  beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}
  gamma: {asset: gamma, day: 2025-09-30, price: "= USD 10/share", source: report}
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 60, maturity: 2027-06-30, source: report}
  loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, amount: USD 50, source: report}
balances:
  cash: {item: cash_position, day: 2025-09-30, amount: "= USD 10", source: report}
  shares: {item: shares_outstanding, day: 2025-09-30, count: 5 shares, source: report}
policies:
  normal: {measure: loan_to_value, at_most: "= 25%", day: 2024-01-01, source: report}
  least: {measure: loan_to_value, at_least: "= 1%", day: 2024-01-01, source: report}
"""


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book)


def part(over, under=100):
    return exact(Fraction(over, under))


def test_all_holdings_may_fall_until_the_ratio_meets_the_limit(view, near):
    (one,) = headroom(view)
    near(one.fall, "20%", "20%", "20%")
    near(one.holdings, 200, 200, 200)


def test_a_price_moves_the_whole_stake_and_not_the_loan_on_it(view, near):
    found = sensitivity(view, "beta", part(1)).quantity
    near(found, 2, 2, 2)
    near(for_a_share(view, found), "0.4", "0.4", "0.4")


def test_left_to_the_lenders_a_holding_is_worth_nothing_at_worst(view, near):
    near(loan_to_value_at(view, "beta", part(0), LEFT).quantity, "20%", "20%", "20%")
    near(loan_to_value_at(view, "beta", part(75), LEFT).quantity, "50%", "50%", "50%")
    near(loan_to_value_at(view, "beta", part(100), LEFT).quantity, "50%", "50%", "50%")
    near(loan_to_value_at(view, "beta", part(100), REPAID).quantity, 1, 1, 1)
    near(loan_to_value_at(view, "gamma", part(100), REPAID).quantity, Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))


def test_how_far_one_holding_may_fall(view, near):
    left, repaid = fall_of(view, "beta", part(25)), fall_of(view, "beta", part(25), REPAID)
    near(left.fall, "25%", "25%", "25%")
    near(repaid.fall, "-50%", "-50%", "-50%")
    assert (left.reached, repaid.reached) == ("yes", "yes")
    assert fall_of(view, "beta", part(60)).reached == "no"


def test_what_is_owed_within_the_group_leaves_the_value_either_way(reading, near):
    """Beta 200 less 50 to its lenders and 30 within the group."""
    text = BOOK.replace(
        "balances:", "  inner: {kind: intragroup, secured_by: beta, day: 2024-03-31, amount: USD 30, source: report}\nbalances:"
    )
    view = View(reading(text).book)
    near(loan_to_value_at(view, "beta", part(0), LEFT).quantity, "22.73%", "22.73%", "22.73%")
    near(loan_to_value_at(view, "beta", part(0), REPAID).quantity, "37.04%", "37.04%", "37.04%")
    left, repaid = fall_of(view, "beta", part(40)), fall_of(view, "beta", part(40), REPAID)
    near(left.fall, "47.5%", "47.5%", "47.5%")
    near(repaid.fall, "10%", "10%", "10%")
    assert point(loan_to_value_at(view, "beta", exact(point(repaid.fall)), REPAID).quantity) == Fraction(40, 100)


def test_what_the_book_does_not_hold_has_no_headroom(view):
    assert fall_of(view, "acme", part(25)) is None
    assert sensitivity(view, "acme", part(1)).how == "missing"
    assert loan_to_value_at(view, "acme", part(1), LEFT).how == "missing"


@given(st.integers(1, 60), st.sampled_from((LEFT, REPAID)))
def test_the_fall_to_a_limit_brings_the_ratio_to_the_limit(view, limit, cure):
    found = fall_of(view, "beta", part(limit), cure)
    if found.reached == "yes":
        after = loan_to_value_at(view, "beta", exact(point(found.fall)), cure)
        assert point(after.quantity) == Fraction(limit, 100)


@given(st.integers(1, 99), st.integers(1, 99))
def test_the_closed_form_of_all_holdings(ratio, limit):
    assert (1 - point(fall_to(part(ratio), part(limit)))) * limit == ratio
