from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.measures.instead import closes, instead
from holdbook.measures.kept import kept, sales, sold_shares
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.timeline.splits import traded_since
from holdbook.timeline.view import View

SALE = """
trades:
  sale: {asset: beta, side: sell, day: 2020-06-30, shares: 100 shares, amount: = USD 1000, source: report}
"""
PRICES = """
marks:
  before: {asset: beta, day: 2020-06-30, price: = USD 10/share, kind: close, source: report}
  after: {asset: beta, day: 2025-09-29, price: = USD 4/share, kind: close, source: report}
"""
SPLIT = """
calendar:
  split: {text: One becomes four., kind: split, entity: beta, factor: = 4x, day: 2022-01-10, first_traded: 2022-01-07, known: 2022-01-01, source: report}
"""


def one(reading, *texts, day=None):
    found = reading(*texts)
    assert not found.problems
    view = View(found.book, day)
    (trade,) = sales(view)
    return view, trade


def test_what_was_sold_is_worth_its_shares_through_the_splits_at_the_last_price(reading, near):
    view, trade = one(reading, SALE, PRICES, SPLIT)
    found = kept(view, trade)
    near(found.shares, 400, 400, 400)
    near(found.value, 1600, 1600, 1600)
    near(found.forgone, 600, 600, 600)
    assert str(found.mark.day) == "2025-09-29"


def test_without_a_price_or_a_number_of_shares_nothing_is_made_up(reading):
    view, trade = one(reading, SALE)
    assert kept(view, trade).value is None
    view, trade = one(reading, SALE.replace("shares: 100 shares, ", ""), PRICES)
    found = kept(view, trade)
    assert (found.shares, found.value, found.forgone) == (None, None, None)


PART = """
trades:
  sale: {asset: beta, holder: gamma, side: sell, day: 2020, fraction: = 50%, amount: = USD 3bn, source: report}
stakes:
  held: {asset: beta, holder: gamma, day: 2019, until: 2020, part: = 10%, source: report}
balances:
  shares: {entity: beta, item: shares_outstanding, day: 2020-03, count: 200m ± 2m shares, source: report}
marks:
  whole: {asset: beta, day: 2025-08, value: = USD 80bn, of: whole, kind: valuation, source: report}
  price: {asset: beta, day: 2025-09-30, price: = USD 500/share, kind: close, source: report}
"""


def test_a_part_of_a_company_counts_by_its_shares_then_and_by_the_whole_now(reading, near):
    view, trade = one(reading, PART)
    near(sold_shares(view, trade), 10_000_000, 9_900_000, 10_100_000)
    found = kept(view, trade)
    near(found.value, 5_000_000_000, 4_950_000_000, 5_050_000_000)
    near(found.value_by_part, 4_000_000_000, 4_000_000_000, 4_000_000_000)
    near(found.forgone_by_part, 1_000_000_000, 1_000_000_000, 1_000_000_000)


def test_dividends_are_those_after_the_sale_on_the_shares_of_their_day(reading, near):
    paid = """
calendar:
  old: {text: Paid., kind: dividend, entity: beta, per_share: = USD 1/share, day: 2020-06-01, source: report, known: 2020-06-01}
  first: {text: Paid., kind: dividend, entity: beta, per_share: = USD 1/share, day: 2021-06-01, source: report, known: 2021-06-01}
  second: {text: Paid., kind: dividend, entity: beta, per_share: = USD 0.5/share, day: 2023-06-01, source: report, known: 2023-06-01}
  split: {text: One becomes four., kind: split, entity: beta, factor: = 4x, day: 2022-01-10, known: 2022-01-01, source: report}
"""
    view, trade = one(reading, SALE, PRICES, paid)
    near(kept(view, trade).dividends, 300, 300, 300)


@pytest.mark.parametrize(("day", "shares"), [(date(2022, 1, 6), 100), (date(2022, 1, 7), 400), (date(2022, 1, 10), 400)])
def test_trading_changes_over_on_the_first_session_at_the_new_price(reading, near, day, shares):
    view, trade = one(reading, SALE, SPLIT, day=day)
    near(traded_since(view, "beta", trade.shares, trade.day.last), shares, shares, shares)


@given(st.integers(2, 20), st.integers(1, 10_000), st.integers(1, 500))
def test_a_split_changes_no_value(reading, factor, shares, price):
    text = SALE.replace("100 shares", f"{shares} shares")
    split = f"calendar: {{split: {{text: Split., kind: split, entity: beta, factor: = {factor}x, day: 2022-01-10, known: 2022-01-01, source: report}}}}"
    values = []
    for more, per_share in (("", price * factor), (split, price)):
        after = f"marks: {{after: {{asset: beta, day: 2025-09-29, price: = USD {per_share}/share, kind: close, source: report}}}}"
        view, trade = one(reading, text, after, *([more] if more else []))
        values.append(point(kept(view, trade).value))
    assert values[0] == values[1] == shares * factor * price


OWN = """
marks:
  then: {asset: acme, day: 2020-06-30, price: = USD 20/share, kind: close, source: report}
  now: {asset: acme, day: 2025-09-30, price: = USD 50/share, kind: close, source: report}
"""


def test_the_proceeds_could_have_bought_own_shares_or_repaid_debt(reading):
    debt = "debts:\n  bond: {kind: bond, principal: USD 5000, coupon: = 10%, issued: 2019-06-30, maturity: 2030-06-30, source: report}\n"
    view, trade = one(reading, SALE, OWN, debt, day=date(2022, 6, 30))
    found = {other.name: other.value for other in instead(view, trade)}
    assert point(found["cash"]) == 1000
    assert set(found) == {"cash", "acme", "bond"}
    assert float(point(found["bond"])) == pytest.approx(1000 * 1.1**2, rel=1e-3)
    view, trade = one(reading, SALE, OWN, debt)
    assert point({other.name: other.value for other in instead(view, trade)}["acme"]) == 2500


def test_a_period_has_a_price_between_its_closes_and_the_one_before(reading, near):
    sale = SALE.replace("2020-06-30", "2020-06")
    marks = """
marks:
  may: {asset: acme, day: 2020-05-29, price: = USD 25/share, kind: close, source: report}
  june: {asset: acme, day: 2020-06-30, price: = USD 20/share, kind: close, source: report}
  now: {asset: acme, day: 2025-09-30, price: = USD 50/share, kind: close, source: report}
"""
    view, trade = one(reading, sale, marks)
    near({other.name: other.value for other in instead(view, trade)}["acme"], None, 2000, 2500)
    view, trade = one(reading, sale, marks.replace("2020-05-29", "2020-07-31"))
    assert "acme" not in {other.name for other in instead(view, trade)}


def test_a_close_that_nobody_can_count_in_shares_of_today_leaves_the_price_of_its_period_open(reading):
    marks = """
marks:
  may: {asset: acme, day: 2020-05-29, price: = USD 25/share, kind: close, source: report}
  june: {asset: acme, day: 2020-06-30, price: = USD 20/share, kind: close, source: report}
  now: {asset: acme, day: 2025-09-30, price: = USD 50/share, kind: close, source: report}
calendar: {split: {text: A split, kind: split, entity: acme, day: 2020-06-15, known: 2020-06-01, source: report}}
"""
    view, trade = one(reading, SALE.replace("2020-06-30", "2020-06"), marks)
    found = {other.name: other.value for other in instead(view, trade)}["acme"]
    assert bounds(found).interval.high is None


def test_closes_are_told_in_shares_of_the_day_of_the_view(reading):
    view, _ = one(reading, SALE, PRICES, SPLIT)
    assert [(str(day), point(price)) for day, price in closes(view, "beta")] == [("2020-06-30", Fraction(5, 2)), ("2025-09-29", 4)]


def test_a_plan_a_telling_again_and_a_part_are_no_sales_of_their_own(reading):
    more = """
trades:
  again: {asset: beta, side: sell, day: 2020-06-30, amount: USD 900, restates: sale, known_difference: told so, source: report}
  part: {asset: beta, side: sell, day: 2020-06-30, shares: 10 shares, within: sale, source: report}
  plan: {asset: beta, side: sell, day: 2020-06-30, shares: 10 shares, status: planned, source: report}
  buy: {asset: beta, side: buy, day: 2020-06-30, shares: 10 shares, source: report}
"""
    view, trade = one(reading, SALE, more)
    assert trade.id == "sale"
    assert bounds(trade.shares).interval.is_point
    assert view.company == "acme"
