from datetime import date

import pytest

from holdbook.checks.check import check
from holdbook.timeline.ledgers import holdings, moved
from holdbook.timeline.names import UnknownNameError, quantity
from holdbook.timeline.positions import position, positions
from holdbook.timeline.view import View

HEADER = "id,asset,side,day,shares,amount,source,holder,known\n"
LEDGER = (
    HEADER
    + """\
a1,beta,buy,2025-03-03,1200 shares,USD 1200.50,report line 1,,2025-03-03
a2,beta,buy,2025-04-01,0.5 shares,USD 7,report line 2,,2025-04-01
a3,beta,sell,2025-06-02,200 shares,USD 250.00,report line 3,acme,2025-06-02
a4,gamma,buy,2025-06-02,10 shares,EUR 90,report line 4,,2025-06-02
a5,beta,buy,2025-06-03,77 shares,USD 70,report line 5,gamma,2025-06-03
"""
)
STAKE = "stakes: {start: {asset: beta, day: 2025-03-31, known: 2025-04-01, shares: 5000 shares, source: report}}"


@pytest.fixture(scope="module")
def facts(reading):
    found = reading(STAKE, ledger=LEDGER)
    assert not found.problems
    return found.book


def held(book, day, asset="beta", holder=None, known_on=None):
    return position(View(book, date.fromisoformat(day), known_on and date.fromisoformat(known_on)), asset, holder).shares


def test_rows_after_a_stake_move_it_on(facts, near):
    near(held(facts, "2025-03-31"), 5000, 5000, 5000)
    near(held(facts, "2025-04-01"), "5000.5", "5000.45", "5000.55")
    near(held(facts, "2025-06-02"), "4800.5", "4800.45", "4800.55")


def test_rows_of_others_and_of_other_assets_stand_apart(facts):
    assert {(one.asset, str(one.shares.unit)) for one in positions(View(facts))} == {("beta", "share"), ("gamma", "share")}
    assert set(holdings(View(facts, date(2025, 6, 2)))) == {("acme", "beta"), ("acme", "gamma")}
    assert set(holdings(View(facts))) == {("acme", "beta"), ("acme", "gamma"), ("gamma", "beta")}


def test_a_row_that_was_not_yet_known_is_not_there(facts, near):
    near(held(facts, "2025-06-02", known_on="2025-06-01"), "5000.5", "5000.45", "5000.55")


def test_rows_together_are_one_figure_that_names_its_lines(facts, near):
    bought, sold = moved(View(facts), "acme", "beta")
    near(bought.shares(), "1200.5", "1200.45", "1200.55")
    ((shares, amount),) = bought.by_currency()
    near(shares, "1200.5", "1200.45", "1200.55")
    near(amount, "1207.5", "1206.995", "1208.005")
    assert (bought.sold, sold.sold, sold.rows) == (False, True, [2])
    assert "2 rows of lines 2 to 3" in bought.shares().origin.source
    assert bought.shares().origin.place.file == "acme/ledger.csv"


def test_a_row_is_a_fact_with_a_name(facts, near):
    near(quantity(facts, "trades.a1.amount"), "1200.5", "1200.495", "1200.505")
    near(quantity(facts, "trades.a3.shares"), 200, 200, 200)
    with pytest.raises(UnknownNameError):
        quantity(facts, "trades.a9.amount")


def test_amounts_of_two_currencies_are_two_sums(reading):
    rows = "b1,beta,sell,2025-06-02,2 shares,USD 5,report,,\nb2,beta,sell,2025-06-03,3 shares,EUR 5,report,,\n"
    (sold,) = moved(View(reading(ledger=HEADER + rows).book), "acme", "beta")
    assert sorted((str(amount.unit), int(shares.stated.centre)) for shares, amount in sold.by_currency()) == [("EUR", 3), ("USD", 2)]


def test_a_split_between_two_rows_counts_the_first_anew(reading, near):
    split = 'calendar: {split: {text: Four for one, kind: split, entity: beta, factor: "= 4x", day: 2025-05-01, source: report}}'
    rows = "b1,beta,buy,2025-04-02,100 shares,USD 5,report,,\nb2,beta,sell,2025-06-03,50 shares,USD 5,report,,\n"
    book = reading(split, STAKE, ledger=HEADER + rows).book
    near(held(book, "2025-04-30"), 5100, 5100, 5100)
    near(held(book, "2025-06-30"), 20_350, 20_350, 20_350)


def test_a_row_of_a_month_is_refused_since_a_ledger_knows_its_days(reading):
    (problem,) = reading(STAKE, ledger=HEADER + "b1,beta,sell,2025-08,200 shares,USD 5,report,,\n").problems
    assert problem.reason == "bad-day"


def test_no_more_is_sold_than_was_held(reading):
    rows = "b1,beta,sell,2025-06-02,4000 shares,USD 5,report,,\nb2,beta,sell,2025-06-03,1001 shares,USD 5,report,,\n"
    found = reading(STAKE, ledger=HEADER + rows)
    (problem,) = check(found.book, found.problems).problems
    assert (problem.reason, problem.place.line) == ("oversold", 3)
    assert "b2" in problem.found


@pytest.mark.parametrize("more", [
    "stakes: {later: {asset: beta, day: 2025-06-30, shares: 50000 shares, source: report}}",
    'calendar: {split: {text: Nine for one, kind: split, entity: beta, factor: "= 9x", day: 2025-06-15, source: report}}',
    "trades: {bought: {asset: beta, side: buy, day: 2025-06-15, shares: 40000 shares, source: report}}",
])  # fmt: skip
def test_what_a_later_stake_a_split_or_a_purchase_brought_may_be_sold(reading, more):
    rows = "b1,beta,sell,2025-06-02,5 shares,USD 5,report,,\nb2,beta,sell,2025-07-03,40000 shares,USD 5,report,,\n"
    found = reading(STAKE, more, ledger=HEADER + rows)
    assert check(found.book, found.problems).problems == []


def test_what_rounding_leaves_open_is_not_oversold_and_trades_of_others_do_not_hide_it(reading):
    rows = "b1,beta,sell,2025-06-02,2500.4 shares,USD 5,report,,\nb2,beta,sell,2025-06-03,2499.7 shares,USD 5,report,,\n"
    others = "trades: {theirs: {asset: beta, holder: gamma, side: buy, day: 2025-06-01, shares: 9000 shares, source: report}}"
    assert check(reading(STAKE, others, ledger=HEADER + rows).book, []).problems == []
    more = rows.replace("2499.7", "2499.8")
    assert [one.reason for one in check(reading(STAKE, others, ledger=HEADER + more).book, []).problems] == ["oversold"]


def test_rows_without_a_word_of_what_was_there_before_are_not_oversold(reading):
    rows = "b1,beta,sell,2025-06-02,4000 shares,USD 5,report,,\n"
    assert check(reading(ledger=HEADER + rows).book, []).problems == []


def test_rows_that_begin_with_a_purchase_sell_no_more_than_was_bought(reading):
    rows = "b0,beta,buy,2025-06-01,100 shares,USD 5,report,,\nb1,beta,sell,2025-06-02,150 shares,USD 5,report,,\n"
    (problem,) = check(reading(ledger=HEADER + rows).book, []).problems
    assert (problem.reason, problem.place.line, problem.sides[0].place.line) == ("oversold", 3, 2)


def test_an_oversold_row_names_the_last_purchase_or_the_stake(reading):
    rows = "b1,beta,sell,2025-06-03,5001 shares,USD 5,report,,\n"
    (problem,) = check(reading(STAKE, ledger=HEADER + rows).book, []).problems
    assert [(side.says, side.place.file) for side in problem.sides] == [("stakes.start", "acme/facts1.yaml")]
    rows = "b0,beta,buy,2025-06-02,1 shares,USD 5,report,acme,\nb1,beta,sell,2025-06-03,5002 shares,USD 5,report,,\n"
    (problem,) = check(reading(STAKE, ledger=HEADER + rows).book, []).problems
    assert [(side.says, side.place.line) for side in problem.sides] == [("the last purchase, b0", 2)]


def test_two_ledgers_of_one_holding_go_on_from_each_other(reading):
    first = HEADER + "a1,beta,buy,2025-05-02,100 shares,USD 5,report,,\n"
    second = HEADER + "b1,beta,sell,2025-06-03,5100 shares,USD 5,report,acme,\n"
    assert check(reading(STAKE, **{"ledger-1": first, "ledger-2": second}).book, []).problems == []
    more = second.replace("5100", "5101")
    assert [one.reason for one in check(reading(STAKE, **{"ledger-1": first, "ledger-2": more}).book, []).problems] == ["oversold"]


def test_of_one_day_the_purchases_of_a_ledger_come_before_its_sales(reading, near):
    none = "stakes: {start: {asset: beta, day: 2025-03-31, shares: 0 shares, source: report}}"
    rows = "b1,beta,sell,2025-06-03,5 shares,USD 5,report,,\nb2,beta,buy,2025-06-03,5 shares,USD 5,report,,\n"
    found = reading(none, ledger=HEADER + rows)
    assert check(found.book, found.problems).problems == []
    near(held(found.book, "2025-06-03"), 0, 0, 0)
