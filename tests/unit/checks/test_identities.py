import pytest

from holdbook.checks.identities import oversold, price_times_shares


def test_price_times_shares_must_come_to_the_amount(book):
    """
    trades:
      wrong: {asset: beta, side: sell, day: 2025-08, shares: 32.1m shares, price: USD 160/share, amount: USD 5.83bn, source: report}
      right: {asset: beta, side: sell, day: 2025-08, shares: 32.1m shares, price: USD 181.6/share, amount: USD 5.83bn, source: report}
      explained: {asset: beta, side: sell, day: 2025-08, shares: 32m shares, price: USD 160/share, amount: USD 5.83bn, known_difference: Fees., source: report}
      abroad: {asset: beta, side: sell, day: 2025-08, shares: 32.1m shares, price: EUR 160/share, amount: USD 5.83bn, source: report}
      short: {asset: beta, side: sell, day: 2025-08, shares: 32.1m shares, amount: USD 5.83bn, source: report}
    """
    (problem,) = price_times_shares(book)
    assert (problem.reason, problem.found) == ("identity", "USD 5.83bn for trades.wrong")
    assert [side.says for side in problem.sides] == ["32.1m shares", "USD 160/share"]


def test_no_more_is_sold_than_was_held(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    trades:
      some: {asset: beta, side: sell, day: 2025-07-15, shares: 6000000 shares, source: report}
      more: {asset: beta, side: sell, day: 2025-08-15, shares: 4100000 shares, source: report}
    """
    (problem,) = oversold(book)
    assert problem.reason == "oversold"
    assert "trades.more" in problem.found
    assert "-100,000 shares of beta" in problem.found
    assert problem.sides[0].says == "stakes.beta"


@pytest.mark.parametrize("fields", [
    "day: 2025-07-15, shares: 10000000 shares",
    "day: 2025-07-15, shares: 10.1m shares",
    "day: 2025-07-15, shares: 11000000 shares, status: planned",
    "day: 2025-07-15, shares: 11000000 shares, restates: sale",
    "day: 2025-05-15, shares: 11000000 shares",
    "shares: 11000000 shares",
])  # fmt: skip
def test_what_may_have_been_held_is_not_oversold(reading, fields):
    book = reading(f"""
stakes: {{beta: {{asset: beta, day: 2025-06-30, shares: 10.0m shares, source: report}}}}
trades: {{sale: {{asset: beta, side: sell, {fields}, source: report}}}}
""").book
    assert list(oversold(book)) == []


def test_a_sale_of_what_was_bought_after_the_last_stake_is_not_oversold(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    trades:
      more: {asset: beta, side: buy, day: 2025-07-10, shares: 5000000 shares, source: report}
      sale: {asset: beta, side: sell, day: 2025-07-15, shares: 15000000 shares, source: report}
    """
    assert list(oversold(book)) == []


def test_a_corrected_sale_does_not_count_beside_its_correction(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    trades:
      first: {asset: beta, side: sell, day: 2025-07-15, shares: 6000000 shares, source: report}
      corrected: {asset: beta, side: sell, day: 2025-07-15, shares: 5000000 shares, supersedes: first, source: report}
    """
    assert list(oversold(book)) == []


def test_an_oversold_trade_names_where_the_shares_came_from(book):
    """
    stakes: {start: {asset: beta, day: 2025-03-31, shares: 10 shares, source: report}}
    trades:
      more: {asset: beta, side: buy, day: 2025-05-01, shares: 5 shares, source: report}
      gone: {asset: beta, side: transfer, to: gamma, day: 2025-06-01, shares: 12 shares, source: report}
      sale: {asset: beta, side: write_off, day: 2025-07-01, shares: 4 shares, source: report}
    """
    (problem,) = oversold(book)
    assert problem.found == "trades.sale leaves at most -1 shares of beta"
    assert [side.says for side in problem.sides] == ["stakes.start", "trades.more"]


@pytest.mark.parametrize("fields", [
    "day: 2025-06, shares: 15 shares",  # it may have been done before the stake
    "day: 2025-06-10, shares: 15 shares",  # the stake is what was there in the evening
])  # fmt: skip
def test_a_sale_that_may_be_in_the_stake_already_is_not_oversold(reading, fields):
    book = reading(f"""
stakes: {{start: {{asset: beta, day: 2025-06-10, shares: 10 shares, source: report}}}}
trades: {{sale: {{asset: beta, side: sell, {fields}, source: report}}}}
""").book
    assert list(oversold(book)) == []


def test_of_one_day_what_came_in_counts_before_what_left(book):
    """
    stakes: {start: {asset: beta, day: 2025-03-31, shares: 0 shares, source: report}}
    trades:
      a_sale: {asset: beta, side: sell, day: 2025-05-01, shares: 5 shares, source: report}
      b_purchase: {asset: beta, side: buy, day: 2025-05-01, shares: 5 shares, source: report}
    """
    assert list(oversold(book)) == []


BOUGHT = "first: {asset: beta, side: buy, day: 2025-05-01, shares: 100 shares, source: report}"
SOLD = "sale: {asset: beta, side: sell, day: 2025-06-02, shares: 150 shares, source: report}"


def test_where_a_purchase_is_the_first_word_of_a_holding_no_more_than_that_is_there(reading):
    (problem,) = oversold(reading(f"trades: {{{BOUGHT}, {SOLD}}}").book)
    assert problem.found == "trades.sale leaves at most -50 shares of beta"
    assert [side.says for side in problem.sides] == ["trades.first"]


@pytest.mark.parametrize("more", [
    "relations: {old: {from: acme, type: owns, to: beta, source: report}}",
    "stakes: {part: {asset: beta, day: 2025-03-31, part: 3%, source: report}}",
    "stakes: {filing: {asset: beta, day: 2025-03-31, shares: 900 shares, binds: day, source: report}}",
])  # fmt: skip
def test_of_a_holding_that_is_told_otherwise_the_first_purchase_need_not_be_the_first(reading, more):
    assert list(oversold(reading(f"trades: {{{BOUGHT}, {SOLD}}}", more).book)) == []
