from datetime import date

import pytest

from holdbook.timeline.changes import changes
from holdbook.timeline.positions import position, positions
from holdbook.timeline.view import View

START = "stakes: {start: {asset: beta, day: 2025-03-31, shares: 1000 shares, source: report}}\n"


def held(reading, trade, day="2025-09-30", asset="beta", holder=None, more=""):
    found = reading(START + f"trades: {{one: {{{trade}, source: report}}}}\n" + more)
    assert not found.problems
    return position(View(found.book, date.fromisoformat(day)), asset, holder).shares


def test_a_transfer_leaves_one_entity_and_comes_to_another(reading, near):
    trade = "asset: beta, side: transfer, to: gamma, day: 2025-05-01, shares: 300 shares"
    near(held(reading, trade), 700, 700, 700)
    theirs = "stakes: {start: {asset: beta, day: 2025-03-31, shares: 1000 shares, source: report}, theirs: {asset: beta, holder: gamma, day: 2025-03-31, shares: 5 shares, source: report}}"
    book = reading(theirs, f"trades: {{one: {{{trade}, source: report}}}}").book
    near(position(View(book), "beta", "gamma").shares, 305, 305, 305)


def test_a_spin_off_adds_the_new_shares_and_leaves_the_old(reading, near):
    trade = "asset: beta, side: spin_off, received: gamma, received_shares: 40 shares, day: 2025-05-01"
    near(held(reading, trade), 1000, 1000, 1000)
    more = "marks: {}\n"
    start = "stakes: {start: {asset: beta, day: 2025-03-31, shares: 1000 shares, source: report}, none: {asset: gamma, day: 2025-03-31, shares: 0 shares, source: report}}\n"
    book = reading(start + f"trades: {{one: {{{trade}, source: report}}}}\n" + more).book
    near(position(View(book), "gamma").shares, 40, 40, 40)
    assert {one.asset for one in positions(View(book))} == {"beta", "gamma"}


@pytest.mark.parametrize(("trade", "left"), [
    ("asset: beta, side: write_off, day: 2025-05-01, shares: 300 shares", 700),
    ("asset: beta, side: write_off, day: 2025-05-01", 0),
    ("asset: beta, side: dividend, amount: USD 5m, day: 2025-05-01", 1000),
    ("asset: beta, side: dividend, received: beta, received_shares: 100 shares, day: 2025-05-01", 1100),
])  # fmt: skip
def test_what_is_written_off_is_gone_and_a_dividend_in_kind_comes_in(reading, near, trade, left):
    near(held(reading, trade), left, left, left)
    near(held(reading, trade, "2025-04-30"), 1000, 1000, 1000)


def test_a_part_of_a_holding_of_unknown_size_that_is_written_off_leaves_something_between(reading, near):
    near(held(reading, "asset: beta, side: write_off, day: 2025-05-01, fraction: 30%"), None, 0, 1000)


def test_what_comes_in_by_a_transfer_of_unknown_size_is_named(reading, near):
    shares = held(reading, "asset: beta, side: transfer, holder: gamma, to: acme, day: 2025-05-01")
    near(shares, None, 1000, None)
    assert [leaf.title for leaf in shares.leaves() if leaf.stated.is_unknown] == ["trades.one.shares"]


@pytest.mark.parametrize("field", ["status: planned", "restates: other", "within: other"])
def test_what_is_planned_told_again_or_part_of_another_changes_nothing(reading, field):
    other = "  other: {asset: gamma, side: buy, day: 2025-05-01, shares: 1 shares, source: report}\n"
    book = reading(
        f"trades:\n{other}  one: {{asset: beta, side: transfer, to: gamma, day: 2025-05-01, shares: 3 shares, {field}, source: report}}\n"
    ).book
    assert set(changes(View(book))) == {("acme", "gamma")}
