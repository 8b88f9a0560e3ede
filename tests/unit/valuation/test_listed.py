from datetime import date

from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price, listed, price


def test_shares_at_the_price_of_the_day(book, near):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10.0m shares, source: report}}
    marks: {beta: {asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report}}
    """
    near(listed(View(book), "beta"), 200_000_000, 198_950_250, 201_050_250)


def test_a_closing_price_comes_before_an_average_and_an_opinion_is_no_price(book, near):
    """
    marks:
      mean: {asset: beta, day: 2025-09-30, price: USD 19.00/share, kind: average, source: report}
      close: {asset: beta, day: 2025-09-30, price: USD 20.00/share, kind: close, source: report}
      target: {asset: gamma, day: 2025-09-30, price: USD 30.00/share, kind: target, source: report}
    """
    near(price(View(book), "beta"), 20, "19.995", "20.005")
    assert price(View(book), "gamma") is None


def test_a_day_without_a_price_has_no_value_and_keeps_the_last_price_beside_it(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10.0m shares, source: report}}
    marks:
      march: {asset: beta, day: 2025-03-31, price: USD 18.00/share, source: report}
      june: {asset: beta, day: 2025-06-30, price: USD 20.00/share, source: report}
      target: {asset: beta, day: 2025-08-30, price: USD 30.00/share, kind: target, source: report}
    """
    view = View(book)
    assert listed(view, "beta") is None
    assert last_price(view, "beta").id == "june"
    assert last_price(view.on(date(2025, 3, 30)), "beta") is None


def test_what_was_never_held_has_no_value(book):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report}}
    """
    assert listed(View(book), "beta") is None


def test_an_unknown_number_of_shares_has_an_unknown_value(book, near):
    """
    stakes: {beta: {asset: beta, day: 2024-12-31, binds: day, shares: 10.0m shares, source: report}}
    marks: {beta: {asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report}}
    """
    near(listed(View(book), "beta"), None, 0, None)


def test_the_value_is_in_the_currency_of_the_book(book, near):
    """
    rates: {day: {pair: EUR/USD, rate: "= USD 1.5/EUR", kind: spot, day: 2025-09-30, source: report}}
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= EUR 20/share", source: report}}
    """
    near(listed(View(book), "beta"), 300_000_000, 300_000_000, 300_000_000)
