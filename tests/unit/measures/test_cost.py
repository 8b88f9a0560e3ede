from fractions import Fraction

import pytest

from holdbook.measures.any_lots import cost_of_any_lots
from holdbook.measures.cost import METHODS, cost, costs, taken_by
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.timeline.view import View

TWO = """
trades:
  cheap: {asset: beta, side: buy, day: 2020-01-10, shares: 100 shares, amount: "= USD 1000", source: report}
  dear: {asset: beta, side: buy, day: 2020-02-10, shares: 100 shares, amount: "= USD 3000", source: report}
"""


def trade(book, name="sale"):
    return book.tables["trades"][name]


def cost_of(book, method, name="sale", currency="USD"):
    view = View(book)
    return cost(view, taken_by(view, trade(book, name), method), currency, "cost")


def read(reading, more, *others):
    found = reading(TWO + more, *others)
    assert not found.problems
    return found.book


@pytest.mark.parametrize(("method", "paid"), [
    ("fifo", 1000 + 600), ("lifo", 3000 + 200), ("hifo", 3000 + 200), ("moving_average", 2400), ("total_average", 2400), ("specific", 1000 + 600),
])  # fmt: skip
def test_the_methods_differ_in_which_lots_are_taken(reading, near, method, paid):
    book = read(reading, '  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 120 shares, amount: "= USD 5000", source: report}\n')
    near(cost_of(book, method), paid, paid, paid)


def test_the_total_average_knows_the_purchases_after_the_sale_and_the_moving_one_does_not(reading, near):
    more = """
  sale: {asset: beta, side: sell, day: 2020-01-20, shares: 50 shares, amount: "= USD 900", source: report}
"""
    book = read(reading, more)
    near(cost_of(book, "moving_average"), 500, 500, 500)
    near(cost_of(book, "total_average"), 1000, 1000, 1000)


def test_a_sale_takes_the_lots_that_it_names_and_the_oldest_for_the_rest(reading, near):
    book = read(
        reading, "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 120 shares, lots: {dear: 90 shares}, source: report}\n"
    )
    near(cost_of(book, "specific"), 2700 + 300, 3000, 3000)


def test_of_one_day_purchases_come_before_sales(reading, near):
    more = """
  sale: {asset: beta, side: sell, day: 2020-04-01, shares: 210 shares, source: report}
  same: {asset: beta, side: buy, day: 2020-04-01, shares: 20 shares, amount: "= USD 1000", source: report}
"""
    near(cost_of(read(reading, more), "fifo"), 4500, 4500, 4500)


def test_fees_of_a_purchase_are_cost_and_a_price_times_shares_stands_for_an_amount(reading, near):
    more = """
  third: {asset: beta, side: buy, day: 2020-02-20, shares: 10 shares, price: "= USD 7/share", fees: "= USD 5", source: report}
  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 210 shares, source: report}
"""
    near(cost_of(read(reading, more), "fifo"), 4075, 4075, 4075)


def test_a_purchase_without_a_cost_makes_the_cost_of_what_it_touches_unknown_and_never_nothing(reading, near):
    more = """
  gift: {asset: beta, side: buy, day: 2020-01-01, shares: 30 shares, source: report}
  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 80 shares, source: report}
"""
    book = read(reading, more)
    near(cost_of(book, "fifo"), None, 500, None)
    near(cost_of(book, "lifo"), 2400, 2400, 2400)
    assert [one.title for one in cost_of(book, "fifo").leaves() if one.stated.is_unknown] == ["trades.gift.amount"]


def test_more_sold_than_the_book_bought_has_an_unknown_cost(reading, near):
    book = read(reading, "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 250 shares, source: report}\n")
    for method in METHODS:
        near(cost_of(book, method), None, 4000, None)


def test_what_a_stake_shows_beside_the_trades_has_an_unknown_cost(reading, near):
    stake = "stakes: {start: {asset: beta, day: 2019-12-31, shares: 40 shares, source: report}}"
    sale = "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 100 shares, source: report}\n"
    book = read(reading, sale, stake)
    near(cost_of(book, "fifo"), None, 600, None)
    near(cost_of(book, "lifo"), 3000, 3000, 3000)


def test_what_a_later_stake_shows_to_be_gone_left_without_an_entry(reading, near):
    stake = "stakes: {later: {asset: beta, day: 2020-03-01, shares: 60 shares, source: report}}"
    book = read(reading, "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 60 shares, source: report}\n", stake)
    near(cost_of(book, "fifo"), 1800, 1800, 1800)
    assert costs(View(book), "fifo").left["acme", "beta"] == []


def test_a_stake_amid_the_days_of_a_sale_explains_nothing_beside_it(reading, near):
    stake = "stakes: {amid: {asset: beta, day: 2020-03-10, shares: 150 shares, source: report}}"
    book = read(reading, "  sale: {asset: beta, side: sell, day: 2020-03, shares: 120 shares, source: report}\n", stake)
    near(cost_of(book, "fifo"), 1600, 1600, 1600)
    assert [lot.shares for lot in costs(View(book), "fifo").left["acme", "beta"]] == [80]


def test_rounded_numbers_of_shares_keep_their_bounds(reading, near):
    more = "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 0.10k shares, source: report}\n"
    near(cost_of(read(reading, more), "fifo"), 1000, 950, 1150)


def test_a_lot_of_unknown_size_may_hold_none_or_all_of_a_sale(reading):
    more = """
  some: {asset: beta, side: buy, day: 2019-01-01, amount: "= USD 500", source: report}
  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 100 shares, source: report}
"""
    low, high = bounds(cost_of(read(reading, more), "fifo")).interval[:2]
    assert (low, high) == (0, 1500)


def test_a_transfer_carries_cost_and_day_to_another_entity(reading, near):
    more = """
  move: {asset: beta, side: transfer, to: gamma, day: 2020-03-10, shares: 120 shares, source: report}
  sale: {asset: beta, side: sell, holder: gamma, day: 2020-04-10, shares: 110 shares, amount: "= USD 5000", source: report}
"""
    book = read(reading, more)
    near(cost_of(book, "fifo"), 1300, 1300, 1300)
    view = View(book)
    assert [(lot.acquired.day.text or str(lot.acquired.day), lot.shares) for lot in taken_by(view, trade(book), "fifo")] == [
        ("2020-01-10", 100),
        ("2020-02-10", 10),
    ]
    near(cost_of_any_lots(view, trade(book), "USD"), None, 1100, 3300)


def test_a_spin_off_takes_a_part_of_the_cost_of_every_lot(reading, near):
    more = """
  spin: {asset: beta, side: spin_off, received: gamma, received_shares: 50 shares, cost_part: "= 20%", day: 2020-03-10, source: report}
  sale: {asset: gamma, side: sell, day: 2020-04-10, shares: 25 shares, amount: "= USD 500", source: report}
  rest: {asset: beta, side: sell, day: 2020-04-10, shares: 100 shares, amount: "= USD 500", source: report}
"""
    book = read(reading, more)
    near(cost_of(book, "fifo"), 200, 200, 200)
    near(cost_of(book, "lifo"), 600, 600, 600)
    near(cost_of(book, "fifo", "rest"), 800, 800, 800)
    near(cost_of(book, "moving_average", "rest"), 1600, 1600, 1600)


def test_a_spin_off_without_a_part_leaves_the_cost_of_both_open(reading, near):
    more = """
  spin: {asset: beta, side: spin_off, received: gamma, received_shares: 50 shares, day: 2020-03-10, source: report}
  sale: {asset: gamma, side: sell, day: 2020-04-10, shares: 50 shares, amount: "= USD 500", source: report}
"""
    near(cost_of(read(reading, more), "fifo"), None, 0, 4000)


def test_a_dividend_in_kind_costs_what_it_was_worth(reading, near):
    more = """
  kind: {asset: beta, side: dividend, received: gamma, received_shares: 10 shares, amount: "= USD 70", day: 2020-03-10, source: report}
  cash: {asset: beta, side: dividend, amount: "= USD 5", day: 2020-03-11, source: report}
  sale: {asset: gamma, side: sell, day: 2020-04-10, shares: 4 shares, amount: "= USD 50", source: report}
"""
    near(cost_of(read(reading, more), "fifo"), 28, 28, 28)


def test_what_is_written_off_takes_its_cost_with_it(reading, near):
    more = "  sale: {asset: beta, side: write_off, day: 2020-03-10, source: report}\n"
    book = read(reading, more)
    near(cost_of(book, "fifo"), 4000, 4000, 4000)
    assert costs(View(book), "lifo").left["acme", "beta"] == []


def test_rows_of_a_ledger_are_lots_of_the_trades_of_the_same_holding(reading):
    header = "id,asset,side,day,shares,amount,source\n"
    more = "trades: {sale: {asset: beta, side: sell, day: 2020-03-10, shares: 15 shares, source: report}}"
    found = reading(
        more, ledger=header + "a,beta,buy,2020-01-02,10 shares,USD 100.00,report\nb,beta,buy,2020-01-03,10 shares,USD 300.00,report\n"
    )
    assert point(cost_of(found.book, "fifo")) == 250


def test_costs_in_another_currency_are_at_the_rate_of_the_day_of_purchase(reading, near):
    rates = """
rates:
  one: {pair: USD/JPY, rate: "= JPY 100/USD", kind: spot, day: 2020-01-10, source: report}
  two: {pair: USD/JPY, rate: "= JPY 110/USD", kind: spot, day: 2020-02-10, source: report}
"""
    head = "book: {name: Acme, company: acme, currency: JPY, day: 2025-12-31}"
    book = read(reading, "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 150 shares, source: report}\n", rates, head)
    near(cost_of(book, "fifo", currency="JPY"), 265_000, 265_000, 265_000)
    near(cost_of(book, "moving_average", currency="JPY"), 322_500, 322_500, 322_500)


def test_any_lots_that_an_earlier_sale_did_not_need(reading, near):
    """The earlier sale can only have taken the cheap lot, so no more than half of it is left."""
    more = """
  first: {asset: beta, side: sell, day: 2020-01-20, shares: 50 shares, source: report}
  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 100 shares, source: report}
"""
    book = read(reading, more)
    near(cost_of_any_lots(View(book), trade(book), "USD"), None, 500 + 1500, 3000)
    near(cost_of_any_lots(View(book), trade(book, "first"), "USD"), 500, 500, 500)


def test_any_lots_after_a_spin_off_hold_the_dearest_and_the_cheapest(reading, near):
    more = """
  spin: {asset: beta, side: spin_off, received: gamma, received_shares: 50 shares, cost_part: "= 20%", day: 2020-03-10, source: report}
  sale: {asset: gamma, side: sell, day: 2020-04-10, shares: 25 shares, amount: "= USD 500", source: report}
"""
    book = read(reading, more)
    near(cost_of_any_lots(View(book), trade(book), "USD"), None, 200, 600)


def test_any_lots_of_unknown_numbers_lie_between_nothing_and_all(reading, near):
    book = read(reading, "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 0.15k shares, source: report}\n")
    near(cost_of_any_lots(View(book), trade(book), "USD"), None, 0, 4000)


def test_many_lots_at_an_average_are_one_node_with_the_same_ends(reading):
    """Nine lots, so that the cost is one figure; bounds and value are those of the sum that it stands for."""
    rows = "".join(
        f"  b{at}: {{asset: beta, side: buy, day: 2020-01-0{at + 1}, shares: 10 shares, amount: USD {100 * (at + 1)}, source: report}}\n"
        for at in range(9)
    )
    book = reading("trades:\n" + rows + "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 30 shares, source: report}\n").book
    found = cost_of(book, "moving_average")
    assert (point(found), *bounds(found).interval[:2]) == (1500, 1500 - Fraction(9, 6), 1500 + Fraction(9, 6))
    assert len(list(found.leaves())) == 9
    unsaid = book_without(reading, rows.replace("USD 500", "USD unknown"))
    assert (point(unsaid), *bounds(unsaid).interval[:2]) == (None, Fraction(4000 - 4, 3), None)


def book_without(reading, rows):
    book = reading("trades:\n" + rows + "  sale: {asset: beta, side: sell, day: 2020-03-10, shares: 30 shares, source: report}\n").book
    return cost_of(book, "moving_average")


@pytest.mark.parametrize(("method", "first", "second"), [
    ("fifo", 500, 500 + 1800), ("lifo", 1000, 1000 + 1800), ("hifo", 1500, 1500 + 1200),
])  # fmt: skip
def test_a_second_sale_takes_its_lots_in_the_same_order_as_the_first(reading, near, method, first, second):
    more = """
  last: {asset: beta, side: buy, day: 2020-03-01, shares: 100 shares, amount: "= USD 2000", source: report}
  early: {asset: beta, side: sell, day: 2020-03-10, shares: 50 shares, source: report}
  sale: {asset: beta, side: sell, day: 2020-04-10, shares: 110 shares, source: report}
"""
    book = read(reading, more)
    near(cost_of(book, method, "early"), first, first, first)
    near(cost_of(book, method), second, second, second)


def test_a_rounded_sale_leaves_lots_whose_number_is_a_number_of_shares(reading):
    more = """
  early: {asset: beta, side: sell, day: 2020-03-10, shares: ~ 50 shares, source: report}
  sale: {asset: beta, side: sell, day: 2020-04-10, shares: 10 shares, source: report}
"""
    found = cost_of(read(reading, more), "moving_average")
    assert point(found) == 200
    assert 198 < bounds(found).interval.low < 200 < bounds(found).interval.high < 202


def test_what_surely_cost_less_is_not_taken_for_the_dearest(book, near):
    """
    trades:
      range: {asset: beta, side: buy, day: 2020-01-02, shares: 100 shares, amount: USD 100..150, source: report}
      dear: {asset: beta, side: buy, day: 2021-01-02, shares: 100 shares, amount: = USD 400, source: report}
      sold: {asset: beta, side: sell, day: 2022-01-02, shares: 100 shares, amount: = USD 500, source: report}
    """
    near(cost_of(book, "hifo", "sold"), 400, 400, 400)
