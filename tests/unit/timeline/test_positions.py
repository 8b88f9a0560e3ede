from datetime import date

import pytest

from holdbook.timeline.positions import position, positions
from holdbook.timeline.view import View


def held(book, day, known_on=None, asset="beta", holder=None):
    return position(View(book, date.fromisoformat(day), known_on and date.fromisoformat(known_on)), asset, holder).shares


def test_a_stake_holds_until_a_later_one(book, near):
    """
    stakes:
      march: {asset: beta, day: 2025-03-31, shares: 10.0m shares, source: report}
      june: {asset: beta, day: 2025-06-30, shares: 12.0m shares, source: report}
    """
    near(held(book, "2025-03-31"), 10_000_000, 9_950_000, 10_050_000)
    near(held(book, "2025-06-29"), 10_000_000, 9_950_000, 10_050_000)
    near(held(book, "2025-12-31"), 12_000_000, 11_950_000, 12_050_000)


def test_before_the_first_stake_the_number_is_unknown_and_not_below_nothing(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10.0m shares, source: report}}
    """
    shares = held(book, "2025-03-30")
    near(shares, None, 0, None)
    assert "Beta" in shares.title
    assert "2025-03-30" in shares.title


def test_trades_move_a_stake_on(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
    trades:
      bought: {asset: beta, side: buy, day: 2025-05-02, shares: 3000000 shares, source: report}
      sold: {asset: beta, side: sell, day: 2025-08, shares: 4000000 shares, source: report}
    """
    near(held(book, "2025-05-01"), 10_000_000, 10_000_000, 10_000_000)
    near(held(book, "2025-05-02"), 13_000_000, 13_000_000, 13_000_000)
    near(held(book, "2025-07-31"), 13_000_000, 13_000_000, 13_000_000)
    near(held(book, "2025-09-01"), 9_000_000, 9_000_000, 9_000_000)


def test_within_the_month_of_a_sale_it_may_or_may_not_be_done(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
    trades: {sold: {asset: beta, side: sell, day: 2025-08, shares: 4000000 shares, source: report}}
    """
    near(held(book, "2025-08-15"), None, 6_000_000, 10_000_000)
    near(held(book, "2025-08-31"), 6_000_000, 6_000_000, 6_000_000)


def test_a_stake_within_the_month_of_a_sale_may_come_before_or_after_it(book, near):
    """
    stakes: {august: {asset: beta, day: 2025-08-10, shares: 10000000 shares, source: report}}
    trades: {sold: {asset: beta, side: sell, day: 2025-08, shares: 4000000 shares, source: report}}
    """
    near(held(book, "2025-08-10"), 10_000_000, 10_000_000, 10_000_000)
    near(held(book, "2025-09-30"), None, 6_000_000, 10_000_000)


@pytest.mark.parametrize(("august", "day", "low", "high"), [
    ("7000000", "2025-09-30", 6_000_000, 6_000_000),  # three of the four were done by then
    ("7000000", "2025-08-15", 6_000_000, 7_000_000),
    ("10000000", "2025-08-15", 6_000_000, 10_000_000),
    ("5000000", "2025-09-30", 1_000_000, 5_000_000),  # something else happened: the balance knows more
])  # fmt: skip
def test_a_balance_amid_the_days_of_a_sale_tells_how_much_was_done_by_then(reading, near, august, day, low, high):
    book = reading(f"""
stakes:
  march: {{asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
  august: {{asset: beta, day: 2025-08-10, shares: {august} shares, source: report}}
trades: {{sold: {{asset: beta, side: sell, day: 2025-08, shares: 4000000 shares, source: report}}}}
""").book
    near(held(book, day), low if low == high else None, low, high)


def test_what_a_sale_left_is_where_counting_starts_again(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
    trades: {sold: {asset: beta, side: sell, day: 2025-08, shares: 4.1m shares, remaining: 5900000 shares, source: report}}
    """
    near(held(book, "2025-09-30"), 5_900_000, 5_900_000, 5_900_000)


def test_after_a_sale_of_unknown_size_something_between_nothing_and_all_is_left(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
    trades: {sold: {asset: beta, side: sell, day: 2025-08, amount: USD 50m, source: report}}
    """
    shares = held(book, "2025-09-30")
    near(shares, None, 0, 10_000_000)
    assert [leaf.title for leaf in shares.leaves() if leaf.stated.is_unknown] == ["trades.sold.shares"]


def test_the_eve_of_a_sale_is_known_from_what_was_sold_and_left(book, near):
    """
    trades: {sold: {asset: beta, side: sell, day: 2025-10, shares: 32.1m shares, remaining: 0 shares, source: report}}
    """
    near(held(book, "2025-09-30"), 32_100_000, 32_050_000, 32_150_000)
    near(held(book, "2025-10-15"), None, 0, 32_150_000)
    near(held(book, "2025-11-01"), 0, 0, 0)
    near(held(book, "2025-09-29"), None, 0, None)


def test_the_sale_of_tomorrow_is_not_known_today(book, near):
    """
    trades: {sold: {asset: beta, side: sell, day: 2025-10, known: 2025-11-11, shares: 32.1m shares, remaining: 0 shares, source: report}}
    """
    near(held(book, "2025-10-31", "2025-11-10"), None, 0, None)
    near(held(book, "2025-10-31", "2025-11-11"), 0, 0, 0)


@pytest.mark.parametrize("field", ["status: planned", "status: rumoured", "within: all", "restates: all", "holder: gamma"])
def test_a_trade_that_is_not_done_or_counted_elsewhere_moves_nothing(reading, near, field):
    book = reading(f"""
stakes: {{march: {{asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}}}
trades:
  all: {{asset: beta, side: sell, day: 2025-08-01, shares: 4000000 shares, source: report}}
  other: {{asset: beta, side: sell, day: 2025-08-01, shares: 4000000 shares, {field}, source: report}}
""").book
    near(held(book, "2025-09-30"), 6_000_000, 6_000_000, 6_000_000)


def test_a_filing_binds_on_its_own_day_alone(book, near):
    """
    stakes:
      filing: {asset: beta, day: 2024-12-31, binds: day, shares: 10512320 shares, source: report}
    """
    near(held(book, "2024-12-31"), 10_512_320, 10_512_320, 10_512_320)
    later = position(View(book, date(2025, 6, 30)), "beta")
    near(later.shares, None, 0, None)
    assert later.stake is None
    assert later.filing.id == "filing"


def test_the_last_filing_and_the_last_sale_stand_beside(book):
    """
    stakes:
      old: {asset: beta, day: 2024-09-30, binds: day, shares: 9000000 shares, source: report}
      last: {asset: beta, day: 2024-12-31, binds: day, shares: 10000000 shares, source: report}
      silent: {asset: beta, day: 2025-03-31, binds: day, shares: unknown, source: report}
      march: {asset: beta, day: 2025-03-31, shares: 10.0m shares, source: report}
    trades:
      sold: {asset: beta, side: sell, day: 2025-05, shares: 1.0m shares, source: report}
      later: {asset: beta, side: sell, day: 2025-08, shares: 1.0m shares, source: report}
    """
    found = position(View(book, date(2025, 6, 30)), "beta")
    assert (found.stake.id, found.filing.id, found.sold.id) == ("march", "last", "sold")


def test_every_asset_of_which_shares_were_held_by_then_is_listed_once(book):
    """
    stakes:
      one: {asset: beta, day: 2025-03-31, shares: 10.0m shares, source: report}
      two: {asset: beta, day: 2025-06-30, shares: 12.0m shares, source: report}
      later: {asset: acme, day: 2025-12-31, known: 2025-12-31, shares: 1.0m shares, source: report}
      theirs: {asset: gamma, holder: beta, day: 2025-03-31, shares: 1.0m shares, source: report}
      silent: {asset: gamma, day: 2025-03-31, shares: unknown, source: report}
    """
    view = View(book)
    assert [one.asset for one in positions(view)] == ["beta"]
    assert [one.asset for one in positions(view, "beta")] == ["gamma"]
    assert [one.asset for one in positions(view.on(date(2025, 12, 31)))] == ["acme", "beta"]


def test_a_company_may_be_named_as_the_holder_or_left_out(book, near):
    """
    stakes: {march: {asset: beta, holder: acme, day: 2025-03-31, shares: 10000000 shares, source: report}}
    trades: {sold: {asset: beta, side: sell, day: 2025-08-01, shares: 4000000 shares, source: report}}
    """
    near(held(book, "2025-09-30"), 6_000_000, 6_000_000, 6_000_000)
    near(held(book, "2025-09-30", holder="acme"), 6_000_000, 6_000_000, 6_000_000)


def test_of_two_sales_in_one_month_the_order_of_the_book_does_not_say_which_was_last(reading):
    first = "one: {asset: beta, side: sell, day: 2025-08, shares: 1000000 shares, remaining: 8000000 shares, source: report}"
    second = "two: {asset: beta, side: sell, day: 2025-08, shares: 2000000 shares, remaining: 6000000 shares, source: report}"
    books = [reading("trades:\n  " + "\n  ".join(order)).book for order in ((first, second), (second, first))]
    assert held(books[0], "2025-09-30") == held(books[1], "2025-09-30")


def test_a_split_multiplies_the_shares_that_were_held(book, near):
    """
    stakes: {march: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
    calendar: {split: {text: Four for one, kind: split, entity: beta, factor: "= 4x", day: 2025-07-01, source: report}}
    """
    near(held(book, "2025-06-30"), 10_000_000, 10_000_000, 10_000_000)
    near(held(book, "2025-09-30"), 40_000_000, 40_000_000, 40_000_000)


def test_of_two_numbers_of_one_day_that_agree_what_both_allow_is_held(book, near):
    """
    stakes:
      coarse: {asset: beta, day: 2025-09-30, shares: 10m shares, source: report}
      fine: {asset: beta, day: 2025-09-30, shares: 10.2m shares, source: report}
    """
    near(held(book, "2025-09-30"), 10_200_000, 10_150_000, 10_250_000)
    near(held(book, "2025-12-31"), 10_200_000, 10_150_000, 10_250_000)


def test_an_unknown_number_beside_a_known_one_takes_nothing_away(book, near):
    """
    stakes:
      silent: {asset: beta, day: 2025-09-30, shares: unknown, value: USD 5m, source: report}
      spoken: {asset: beta, day: 2025-09-30, shares: 10.2m shares, source: report}
    """
    near(held(book, "2025-09-30"), 10_200_000, 10_150_000, 10_250_000)
    near(held(book, "2025-12-31"), 10_200_000, 10_150_000, 10_250_000)


def test_of_two_numbers_of_one_day_that_exclude_each_other_either_may_be_true(book, near):
    """
    stakes:
      one: {asset: beta, day: 2025-09-30, shares: 10 shares, source: report}
      other: {asset: beta, day: 2025-09-30, shares: 12 shares, known_difference: The press counts options., source: report}
    """
    near(held(book, "2025-09-30"), None, 10, 12)
