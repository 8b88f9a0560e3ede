from datetime import date

import pytest

from holdbook.checks.check import check
from holdbook.timeline.positions import position
from holdbook.timeline.splits import split_days
from holdbook.timeline.view import View

SPLIT = (
    'calendar: {split: {text: Four for one, kind: split, entity: beta, factor: "= 4x", day: 2025-07-01, known: 2025-06-01, source: report}}'
)


def held(book, day, known_on="2025-12-31"):
    return position(View(book, date.fromisoformat(day), date.fromisoformat(known_on)), "beta").shares


@pytest.mark.parametrize(("facts", "day", "shares"), [
    ("stakes: {a: {asset: beta, day: 2025-07-01, shares: 10000000 shares, source: report}}", "2025-09-30", 10_000_000),
    ("stakes: {a: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}", "2025-07-01", 40_000_000),
    ("trades: {a: {asset: beta, side: sell, day: 2025-05-01, shares: 1 shares, remaining: 10000000 shares, source: report}}", "2025-09-30", 40_000_000),
    ("stakes: {a: {asset: gamma, day: 2025-06-30, shares: 10000000 shares, source: report}}", "2025-09-30", None),
])  # fmt: skip
def test_what_was_counted_before_a_split_is_counted_anew(reading, near, facts, day, shares):
    book = reading(SPLIT, facts).book
    near(held(book, day), shares, shares or 0, shares)


def test_a_trade_before_a_split_counts_in_shares_of_before_one_after_it_in_shares_of_after(reading, near):
    book = reading(
        SPLIT,
        """
stakes: {a: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
trades:
  before: {asset: beta, side: sell, day: 2025-05-15, shares: 1000000 shares, source: report}
  after: {asset: beta, side: sell, day: 2025-08-15, shares: 6000000 shares, source: report}
""",
    ).book
    near(held(book, "2025-06-30"), 9_000_000, 9_000_000, 9_000_000)
    near(held(book, "2025-09-30"), 30_000_000, 30_000_000, 30_000_000)


def test_a_split_that_was_not_yet_known_changes_nothing(reading, near):
    book = reading(SPLIT, "stakes: {a: {asset: beta, day: 2025-03-31, known: 2025-04-30, shares: 10000000 shares, source: report}}").book
    near(held(book, "2025-09-30", "2025-05-31"), 10_000_000, 10_000_000, 10_000_000)


def test_two_splits_multiply(book, near):
    """
    calendar:
      one: {text: Two for one, kind: split, entity: beta, factor: "= 2x", day: 2025-05-01, source: report}
      two: {text: Three for one, kind: split, entity: beta, factor: "= 3x", day: 2025-07-01, source: report}
      other: {text: Results, kind: results, entity: beta, day: 2025-07-01, source: report}
    stakes: {a: {asset: beta, day: 2025-03-31, shares: 1000 shares, source: report}}
    """
    near(held(book, "2025-09-30"), 6000, 6000, 6000)
    assert split_days(View(book), "beta") == [date(2025, 5, 1), date(2025, 7, 1)]


def test_selling_what_a_split_brought_is_not_selling_more_than_was_held(reading):
    found = reading(
        SPLIT,
        """
stakes: {a: {asset: beta, day: 2025-03-31, shares: 10000000 shares, source: report}}
trades: {after: {asset: beta, side: sell, day: 2025-08-15, shares: 30000000 shares, source: report}}
""",
    )
    assert check(found.book, found.problems).problems == []


@pytest.mark.parametrize("factor", ["", "factor: unknown, "])
def test_a_split_of_a_factor_that_nobody_stated_is_no_split_of_one(reading, near, factor):
    opened = reading(
        SPLIT.replace('factor: "= 4x", ', factor),
        """
trades:
  bought: {asset: beta, side: buy, day: 2025-06-01, shares: 10 shares, amount: USD 100.00, source: report}
  sold: {asset: beta, side: sell, day: 2025-08-01, shares: 40 shares, amount: USD 110.00, source: report}
stakes: {gamma: {asset: beta, holder: gamma, day: 2025-06-30, shares: 10 shares, source: report}}
""",
    )
    assert not check(opened.book, opened.problems).problems
    near(position(View(opened.book), "beta", "gamma").shares, None, 0, None)
