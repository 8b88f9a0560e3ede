import pytest

from holdbook import api
from holdbook.measures.ledger_gains import ledger_gain
from holdbook.timeline.view import View

HEADER = "id,asset,side,day,shares,amount,source,known\n"
ROWS = """\
a1,beta,buy,2025-03-03,100 shares,USD 1000.00,report,2025-03-03
a2,beta,buy,2025-04-01,100 shares,USD 3000.00,report,2025-04-01
a3,beta,sell,2025-06-02,150 shares,USD 4000.00,report,2025-06-02
"""


def gain(reading, rows=ROWS, more=""):
    found = reading(more, ledger=HEADER + rows)
    assert not found.problems
    return ledger_gain(View(found.book), "acme", "beta")


def test_the_sales_of_a_ledger_by_two_methods(reading, near):
    found = gain(reading)
    near(found.costs["fifo"], 2500, "2499.9925", "2500.0075")
    near(found.gains["fifo"], 1500, "1499.9875", "1500.0125")
    near(found.gains["moving_average"], 1000, "1000", "1000")
    assert "3 rows of lines 2 to 4" in found.costs["fifo"].origin.source


def test_a_split_multiplies_the_shares_and_leaves_the_cost(reading, near):
    split = 'calendar: {s: {text: Three for two, kind: split, entity: beta, factor: "= 1.5x", day: 2025-05-01, source: report}}'
    found = gain(reading, ROWS.replace("150 shares", "225 shares"), split)
    near(found.costs["fifo"], 2500, "2500", "2500")


@pytest.mark.parametrize(("rows", "more"), [
    (ROWS.replace("150 shares", "250 shares"), ""),
    (ROWS, "stakes: {start: {asset: beta, day: 2025-02-28, shares: 5 shares, source: report}}"),
])  # fmt: skip
def test_shares_of_unknown_cost_make_the_gain_unknown(reading, near, rows, more):
    found = gain(reading, rows, more)
    near(found.gains["fifo"], None, None, "4000")
    assert [leaf.title for leaf in found.gains["fifo"].leaves() if leaf.stated.is_unknown] == ["cost of beta held before a1"]


def test_a_stake_of_nothing_before_the_rows_changes_nothing(reading, near):
    near(
        gain(reading, ROWS, "stakes: {start: {asset: beta, day: 2025-02-28, shares: 0 shares, source: report}}").gains["fifo"],
        1500,
        "1500",
        "1500",
    )


@pytest.mark.parametrize(("rows", "more"), [
    (ROWS.replace("USD 3000.00", "EUR 3000.00"), ""),
    (ROWS.replace("sell", "buy"), ""),
    (ROWS, "trades: {one: {asset: beta, side: buy, day: 2025-05-01, shares: 5 shares, source: report}}"),
    (ROWS, "calendar: {s: {text: Split, kind: split, entity: beta, factor: about 2x, day: 2025-05-01, source: report}}"),
])  # fmt: skip
def test_two_currencies_no_sale_entries_or_a_split_that_is_not_exact_have_no_figure(reading, rows, more):
    assert gain(reading, rows, more) is None


def test_shares_that_are_rounded_widen_the_cost(reading, near):
    found = gain(reading, ROWS.replace("150 shares", "150.0 shares"))
    near(found.costs["fifo"], 2500, "2498.4925", "2501.5075")
    low, high = 2500 - 2, 2500 + 2
    assert low < found.costs["moving_average"].stated.core.low < found.costs["moving_average"].stated.core.high
    assert found.costs["fifo"].stated.core.high < high


def test_the_question_shows_each_holding_by_both_methods(reading):
    answer = api.ask(reading(ledger=HEADER + ROWS), "sold")
    assert [row[:3] for row in answer.tables["ledger_gains"].rows] == [
        ("Beta", "Acme", "first in, first out"),
        ("Beta", "Acme", "moving average"),
    ]
    assert "ledger.beta.economic_gain.fifo" in answer.quantities


def test_the_record_says_that_a_ledger_is_not_in_it(reading):
    caveats = api.ask(reading("", ledger=HEADER + ROWS), "record").caveats
    assert "Trades of a ledger are in no figure here; `sold` has what they brought and gained." in caveats
    assert not [one for one in caveats if "no investment" in one]
