import pytest

from holdbook.checks.check import check
from holdbook.checks.trades import incomplete, named_lots


@pytest.mark.parametrize(("fields", "missing"), [
    ("side: transfer, shares: 3 shares", ["to"]),
    ("side: transfer, shares: 3 shares, to: gamma", []),
    ("side: spin_off, received_shares: 3 shares", ["received"]),
    ("side: spin_off, received: gamma", []),
    ("side: dividend", ["amount"]),
    ("side: dividend, amount: USD 5m", []),
    ("side: dividend, received: gamma", []),
    ("side: write_off", []),
])  # fmt: skip
def test_each_kind_of_trade_says_what_it_cannot_be_without(reading, fields, missing):
    found = reading(f"trades: {{one: {{asset: beta, {fields}, day: 2025-05-01, source: report}}}}")
    problems = list(incomplete(found.book))
    assert [(one.reason, one.expected.split()[0]) for one in problems] == [("missing-field", field) for field in missing]
    assert check(found.book, found.problems).problems == problems


LOTS = """
trades:
  bought: {asset: beta, side: buy, day: 2020-01-01, shares: 100 shares, source: report}
  other: {asset: gamma, side: buy, day: 2020-01-01, shares: 100 shares, source: report}
  sale: {asset: beta, side: sell, day: 2020-02-01, shares: 50 shares, lots: {%s}, source: report}
"""


@pytest.mark.parametrize(("lots", "found"), [
    ("bought: 50 shares", None),
    ("bought: 51 shares", "the lots of trades.sale come to 51 shares"),
    ("other: 5 shares", "trades.sale takes from other, which brought no shares of beta"),
])  # fmt: skip
def test_a_sale_names_lots_of_its_own_and_no_more_than_it_sold(reading, lots, found):
    assert [one.found for one in named_lots(reading(LOTS % lots).book)] == ([] if found is None else [found])


def test_a_lot_that_no_entry_has_is_an_unknown_name(reading):
    found = reading(LOTS % "nobody: 5 shares")
    assert [one.reason for one in check(found.book, found.problems).problems] == ["unknown-name"]


def test_shares_of_a_spin_off_are_named_by_the_purchase_of_their_parent(reading):
    spin = "  spin: {asset: other_beta, side: spin_off, received: beta, received_shares: 50 shares, day: 2020-01-15, source: report}\n"
    entities = "entities: {acme: {name: Acme, kind: holding}, beta: {name: Beta}, gamma: {name: Gamma}, other_beta: {name: Other}}\n"
    text = (
        (LOTS % "parent: 5 shares") + "  parent: {asset: other_beta, side: buy, day: 2020-01-01, shares: 9 shares, source: report}\n" + spin
    )
    assert list(named_lots(reading(entities + text).book)) == []
