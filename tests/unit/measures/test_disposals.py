from fractions import Fraction

import pytest

from holdbook.measures.disposals import (
    average_price,
    disclosure_lag,
    fiscal_period,
    gain_in_currency_of_sale,
    implied_basis,
    return_on_basis,
)
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View


def sale(reading, fields, more=""):
    found = reading(f"trades: {{sale: {{asset: beta, side: sell, {fields}, source: report}}}}\n{more}")
    assert not found.problems
    return View(found.book), found.book.tables["trades"]["sale"]


def test_the_average_price_is_the_amount_over_the_shares(reading, near):
    _, trade = sale(reading, "amount: USD 5.83bn, shares: 32.1m shares")
    near(average_price(trade), "181.62", "181.18", "182.06")
    assert average_price(trade).unit is UNIT("USD/share")


def test_a_price_that_is_stated_stands_where_amount_or_shares_do_not(reading, near):
    near(average_price(sale(reading, "price: USD 181.62/share, amount: USD 5.83bn")[1]), "181.62", "181.615", "181.625")
    assert average_price(sale(reading, "amount: USD 5.83bn")[1]) is None


@pytest.mark.parametrize(("days", "value", "low", "high"), [
    ("day: 2025-10-15, known: 2025-11-11", 27, 27, 27),
    ("day: 2025-10, known: 2025-11-11", None, 11, 41),
    ("day: 2025-10-15, known: 2025-10-15", 0, 0, 0),
    ("day: 2025-10, known: 2025-10-20", None, 0, 19),
])  # fmt: skip
def test_the_lag_runs_from_the_days_of_the_sale_to_the_day_it_was_known(reading, near, days, value, low, high):
    lag = disclosure_lag(sale(reading, days)[1])
    near(lag, value, low, high)
    assert lag.unit is UNIT("day")


def test_what_is_dated_by_its_source_may_have_been_known_before(reading, near):
    near(disclosure_lag(sale(reading, "day: 2025-09-30")[1]), None, 0, 15)


def test_a_sale_of_tomorrow_or_of_no_day_has_no_lag(reading):
    assert disclosure_lag(sale(reading, "day: 2025-12, known: 2025-11-11, status: planned")[1]) is None
    assert disclosure_lag(sale(reading, "amount: USD 1m")[1]) is None


@pytest.mark.parametrize(("day", "period"), [("2025-10", "FY2025 Q3"), ("2025-09..2025-10", None)])
def test_a_sale_falls_in_a_fiscal_quarter_if_all_its_days_do(reading, day, period):
    head = "book: {name: Acme, company: acme, currency: USD, day: 2025-12-31, fiscal_year_starts: 04-01}"
    assert fiscal_period(*sale(reading, f"day: {day}", head)) == period


def test_the_gain_is_turned_into_the_currency_of_the_sale_at_the_rate_that_it_names(reading, near):
    rates = 'rates: {named: {pair: USD/JPY, rate: "= JPY 150/USD", kind: implied, day: 2025-11, source: report}}'
    view, trade = sale(reading, 'day: 2025-10, amount: "= USD 5bn", gain: "= JPY 150bn", gain_rate: named', rates)
    near(gain_in_currency_of_sale(view, trade), 1_000_000_000, 1_000_000_000, 1_000_000_000)
    near(implied_basis(view, trade), 4_000_000_000, 4_000_000_000, 4_000_000_000)
    near(return_on_basis(view, trade), Fraction(1, 4), Fraction(1, 4), Fraction(1, 4))


def test_a_rate_may_be_written_the_other_way_round(reading, near):
    rates = 'rates: {named: {pair: JPY/USD, rate: "= USD 0.01/JPY", kind: implied, day: 2025-11, source: report}}'
    view, trade = sale(reading, 'day: 2025-10, amount: "= USD 5bn", gain: "= JPY 150bn", gain_rate: named', rates)
    near(gain_in_currency_of_sale(view, trade), 1_500_000_000, 1_500_000_000, 1_500_000_000)


def test_without_a_named_rate_the_mean_of_the_days_of_the_sale_is_taken(reading, near):
    view, trade = sale(reading, 'day: 2025-10, amount: USD 5bn, gain: "= JPY 150bn"')
    near(gain_in_currency_of_sale(view, trade), "0.990bn", "0.971bn", "1.022bn")


def test_a_gain_in_the_currency_of_the_sale_needs_no_rate(reading, near):
    view, trade = sale(reading, "day: 2025-10, amount: USD 5bn, gain: USD 1.0bn")
    near(gain_in_currency_of_sale(view, trade), "1.0bn", "0.95bn", "1.05bn")


@pytest.mark.parametrize("fields", ["amount: USD 5bn", "gain: USD 1bn"])
def test_without_a_gain_and_an_amount_nothing_is_implied(reading, fields):
    view, trade = sale(reading, f"day: 2025-10, {fields}")
    assert (implied_basis(view, trade), return_on_basis(view, trade)) == (None, None)


def test_the_basis_moves_with_the_amount_from_which_the_gain_is_taken(reading, near):
    view, trade = sale(reading, 'day: 2025-10, amount: USD 5bn, gain: "= USD 1bn"')
    near(return_on_basis(view, trade), Fraction(1, 4), Fraction(2, 9), Fraction(2, 7))
