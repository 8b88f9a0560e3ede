from datetime import date

import pytest

from holdbook import api
from holdbook.measures.accounting import accounted_as, balance_day, carried_before, level
from holdbook.measures.gains import gain_of_any_lots, gain_of_period, gains, net_proceeds, transferred_to_realised
from holdbook.quantity.point import point
from holdbook.timeline.view import View

HEAD = "book: {name: Acme, company: acme, currency: %s, day: 2025-12-31, known_on: 2025-12-31, fiscal_year_starts: 04-01}\n"
BOUGHT = 'trades:\n  bought: {asset: beta, side: buy, day: 2024-01-10, shares: 100 shares, amount: "= USD 1000", fees: "= USD 50", source: report}\n'
SALE = '  sale: {asset: beta, side: sell, day: 2025-11-10, shares: 40 shares, amount: "= USD 900", fees: "= USD 10", source: report%s}\n'
CLOSE = 'marks: {close: {asset: beta, day: %s, price: "= USD 20/share", kind: close, source: report}}\n'


def read(reading, text, currency="USD"):
    found = reading(HEAD % currency + text)
    assert not found.problems
    view = View(found.book)
    return view, found.book.tables["trades"]["sale"]


def of_period(view, sale):
    carried = carried_before(view, sale)
    return carried, gain_of_period(view, sale, carried, "profit_of_period")[0]


def test_the_gain_of_the_period_and_the_one_booked_before_make_the_gain_against_cost(reading, near):
    view, sale = read(reading, CLOSE % "2025-09-30" + BOUGHT + SALE % "")
    carried, period = of_period(view, sale)
    transferred = transferred_to_realised(view, sale, carried, "fifo")
    near(carried.amount, 800, 800, 800)
    near(period, 90, 90, 90)
    near(transferred, 380, 380, 380)
    (fifo,) = [gain for gain in gains(view, sale) if gain.method == "fifo"]
    assert point(fifo.gain) == point(period) + point(transferred) == 890 - 420


def test_without_a_cost_the_earlier_gain_is_unknown_and_the_one_of_the_period_is_not(reading, near):
    view, sale = read(reading, CLOSE % "2025-09-30" + "trades:\n" + SALE % "")
    carried, period = of_period(view, sale)
    near(period, 90, 90, 90)
    near(transferred_to_realised(view, sale, carried, "fifo"), None, None, 800)
    assert gains(view, sale) == []
    assert gain_of_any_lots(view, sale) is None


def test_what_was_bought_in_the_period_stands_at_cost(reading, near):
    more = '  later: {asset: beta, side: buy, day: 2025-10-10, shares: 30 shares, amount: "= USD 690", source: report}\n'
    lots = ", lots: {later: 30 shares, bought: 10 shares}"
    view, sale = read(reading, CLOSE % "2025-09-30" + BOUGHT + more + SALE % lots)
    carried, period = of_period(view, sale)
    near(carried.amount, 890, 890, 890)
    near(period, 0, 0, 0)
    everything = SALE.replace("40 shares", "30 shares") % ", lots: {later: 30 shares}"
    view, sale = read(reading, "marks: {}\n" + BOUGHT + more + everything)
    carried = carried_before(view, sale)
    near(carried.amount, 690, 690, 690)
    assert carried.mark is None


def test_a_split_since_the_balance_day_changes_the_shares_and_not_the_value(reading, near):
    split = 'calendar: {s: {text: Ten for one, kind: split, entity: beta, factor: "= 10x", day: 2025-10-15, source: report}}\n'
    bought = BOUGHT.replace("100 shares", "10 shares")
    view, sale = read(reading, CLOSE.replace("= USD 20", "= USD 200") % "2025-09-30" + split + bought + SALE % "")
    near(carried_before(view, sale).amount, 800, 800, 800)


@pytest.mark.parametrize(("day", "age"), [("2025-09-30", 0), ("2025-09-26", 4), ("2025-09-20", None), ("2025-10-01", None)])
def test_a_price_may_be_a_week_older_than_the_balance_day_and_no_more(reading, day, age):
    view, sale = read(reading, CLOSE % day + BOUGHT + SALE % "")
    carried = carried_before(view, sale)
    assert (None if carried is None else carried.age) == age
    if carried is not None:
        assert level(carried.mark) == "level 1, a closing price"


def test_a_stated_carrying_amount_serves_where_there_is_no_price(reading, near):
    mark = 'marks: {one: {asset: beta, day: 2025-09-30, value: "= USD 1500", of: position, kind: carrying, level: "3", source: report}}\n'
    view, sale = read(reading, mark + BOUGHT + SALE % ", remaining: 60 shares")
    carried = carried_before(view, sale)
    near(carried.amount, 600, 600, 600)
    assert level(carried.mark) == "level 3"


def test_the_day_of_the_balance_before_a_sale_is_that_of_its_fiscal_quarter(reading):
    view, sale = read(reading, BOUGHT + SALE % "")
    assert balance_day(view, sale) == date(2025, 9, 30)
    view, sale = read(reading, BOUGHT + (SALE % "").replace("2025-11-10", "2025-09..2025-10"))
    assert balance_day(view, sale) is None


CLASSES = {
    "fvtpl": ("profit_of_period", "profit or loss", True),
    "fvtoci": ("comprehensive_income_of_period", "other comprehensive income, never moved to profit or loss", True),
    "associate": ("profit_of_period", "profit or loss", False),
    "subsidiary": ("equity_of_period", "equity (capital surplus)", False),
    "subsidiary_lost_control": ("profit_of_period", "profit or loss", False),
    "derivative": ("profit_of_period", "profit or loss", True),
}


@pytest.mark.parametrize("measured", CLASSES)
def test_the_class_of_a_holding_decides_where_a_gain_is_shown_and_what_it_stood_at(reading, measured):
    stake = f"stakes: {{class: {{asset: beta, day: 2025-03-31, measured: {measured}, source: report}}}}\n"
    found = reading(HEAD % "USD" + CLOSE % "2025-09-30" + stake + BOUGHT + SALE % "")
    answer = api.ask(found, "sold")
    key, words, at_market = CLASSES[measured]
    assert answer.labels["sale.measured"] == measured
    assert answer.labels["sale.shown_in"].startswith(words)
    assert (f"sale.{key}" in answer.quantities) is at_market
    shown = {name for name in answer.quantities if name.endswith("_of_period")}
    assert shown == ({f"sale.{key}"} if at_market else set())


def test_a_sale_may_change_the_class_and_a_later_stake_does_not(reading):
    stakes = "stakes: {class: {asset: beta, day: 2025-03-31, measured: subsidiary, source: report}, after: {asset: beta, day: 2025-12-01, measured: fvtpl, source: report}}\n"
    assert accounted_as(*read(reading, stakes + BOUGHT + SALE % "")) == "subsidiary"
    assert accounted_as(*read(reading, stakes + BOUGHT + SALE % ", measured: subsidiary_lost_control")) == "subsidiary_lost_control"
    assert accounted_as(*read(reading, BOUGHT + SALE % "")) is None


def test_a_stated_gain_that_the_sale_did_not_add_is_named_and_one_that_it_did_is_not(reading):
    result = "results: {rise: {subject: acme, measure: unrealised_gain, about: beta, day: FY2025 H1, amount: USD 300, source: report}}\n"
    found = reading(HEAD % "USD" + CLOSE % "2025-09-30" + result + BOUGHT + SALE % ", gain: USD 470")
    answer = api.ask(found, "sold")
    assert "sale.stated_gain" in answer.labels
    told = ["".join(part if isinstance(part, str) else "*" for part in one) for one in answer.caveats if not isinstance(one, str)]
    assert (
        "sale: the stated gain of * is not the gain of the sale. The shares stood in the accounts at their value of 2025-09-30 already; FY2025 Q3, in which they were sold, shows * in profit or loss."
        in told
    )
    assert (
        "sale: the unrealised gain of * that is reported for FY2025 H1 (report) came before the sale: a revaluation, which the sale turns into cash."
        in told
    )
    found = reading(HEAD % "USD" + CLOSE % "2025-09-30" + result + BOUGHT + SALE % ", gain: USD 90")
    assert "sale.stated_gain" not in api.ask(found, "sold").labels


RATES = """
rates:
  a: {pair: USD/JPY, rate: "= JPY 100/USD", kind: spot, day: 2024-01-10, source: report}
  b: {pair: USD/JPY, rate: "= JPY 140/USD", kind: spot, day: 2025-09-30, source: report}
  c: {pair: USD/JPY, rate: "= JPY 150/USD", kind: spot, day: 2025-11-10, source: report}
"""


def test_gains_in_the_currency_of_the_book_at_the_rates_of_each_day(reading, near):
    view, sale = read(reading, CLOSE % "2025-09-30" + RATES + BOUGHT + SALE % "", "JPY")
    (fifo,) = [gain for gain in gains(view, sale) if gain.method == "fifo"]
    for part, value in zip(fifo.effects, (890 * 150 - 420 * 100, 470 * 100, 420 * 50, 470 * 50), strict=True):
        near(part, value, value, value)
    carried = carried_before(view, sale)
    _, apart = gain_of_period(view, sale, carried, "profit_of_period")
    for part, value in zip(apart, (890 * 150 - 800 * 140, 90 * 140, 800 * 10, 90 * 10), strict=True):
        near(part, value, value, value)


def test_lots_of_two_rates_add_up_too(reading):
    more = '  second: {asset: beta, side: buy, day: 2025-09-30, shares: 100 shares, amount: "= USD 3000", source: report}\n'
    view, sale = read(reading, RATES + BOUGHT + more + (SALE % "").replace("40 shares", "120 shares"), "JPY")
    for gain in gains(view, sale):
        total, *causes = (point(part) for part in gain.effects)
        assert total == sum(causes)


def test_what_is_written_off_brings_nothing_and_loses_its_cost(reading, near):
    view, sale = read(reading, BOUGHT + "  sale: {asset: beta, side: write_off, day: 2025-11-10, source: report}\n")
    near(net_proceeds(view, sale), 0, 0, 0)
    assert {point(gain.gain) for gain in gains(view, sale)} == {-1050}
    found = reading(HEAD % "USD" + BOUGHT + "  sale: {asset: beta, side: write_off, day: 2025-11-10, source: report}\n")
    assert api.ask(found, "sold").tables["methods"].rows[0][:2] == ("sale", "every method")


def test_methods_that_differ_have_a_line_each_and_any_lots_the_ends(reading):
    more = '  second: {asset: beta, side: buy, day: 2025-09-30, shares: 100 shares, amount: "= USD 3000", source: report}\n'
    rows = api.ask(reading(HEAD % "USD" + BOUGHT + more + SALE % ""), "sold").tables["methods"].rows
    assert [row[1] for row in rows] == [
        "first in, first out",
        "moving average, total average of the fiscal year",
        "last in, first out, dearest first",
        "any lots",
    ]
    assert [point(row[2]) for row in rows] == [420, 810, 1200, None]
