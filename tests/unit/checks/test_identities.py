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
