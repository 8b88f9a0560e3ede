from datetime import date
from fractions import Fraction

import pytest

from holdbook.dates import parse_span
from holdbook.quantity.quantity import leaf
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert, implied, rate, rivals
from holdbook.timeline.view import View

DAY = date(2025, 9, 30)


def amount(written):
    return leaf(parse_figure(written), key=written)


def test_the_rate_of_the_book_for_the_day_comes_first(book, near):
    """
    rates: {day: {pair: USD/JPY, rate: JPY 148.88/USD, kind: spot, day: 2025-09-30, source: report}}
    """
    found = rate(View(book), "USD", "JPY")
    near(found, "148.88", "148.875", "148.885")
    assert (found.unit, found.origin.kind) == (UNIT("JPY/USD"), "spot")


def test_a_rate_is_turned_round_where_only_the_other_way_is_stated(book, near):
    """
    rates: {day: {pair: USD/JPY, rate: JPY 150/USD, kind: spot, day: 2025-09-30, source: report}}
    """
    near(rate(View(book), "JPY", "USD"), Fraction(1, 150), Fraction(2, 301), Fraction(2, 299))


def test_the_companys_rate_is_taken_before_that_of_the_press(book, near):
    """
    sources:
      press: {title: Paper, published: 2025-10-01, kind: press}
      issuer: {title: Report, published: 2025-10-01, kind: issuer}
    rates:
      a: {pair: USD/JPY, rate: JPY 150.00/USD, kind: spot, day: 2025-09-30, source: press}
      b: {pair: USD/JPY, rate: JPY 149.00/USD, kind: spot, day: 2025-09-30, source: issuer}
    """
    near(rate(View(book), "USD", "JPY"), 149, "148.995", "149.005")


def test_two_amounts_that_are_printed_as_equal_imply_a_rate(book, near):
    """
    rates: {two: {pair: USD/JPY, of: [JPY 2.5tn, USD 16.2bn], kind: implied, day: 2025-09-30, source: report}}
    """
    near(implied(book.tables["rates"]["two"]), "154.32", "150.77", "157.89")


def test_a_rate_that_gives_neither_says_nothing(book):
    """
    rates: {none: {pair: USD/JPY, kind: implied, day: 2025-09-30, source: report}}
    """
    assert implied(book.tables["rates"]["none"]) is None


@pytest.mark.parametrize("entry", [
    "{pair: USD/JPY, rate: JPY 150.00/USD, kind: average, day: 2025-09-30, source: report}",
    "{pair: USD/JPY, rate: JPY 150.00/USD, kind: spot, day: 2025-09-29, source: report}",
    "{pair: USD/JPY, rate: JPY 150.00/USD, kind: spot, day: 2025-09-30, known: 2026-01-31, source: report}",
    "{pair: EUR/JPY, rate: JPY 174.00/EUR, kind: spot, day: 2025-09-30, source: report}",
])  # fmt: skip
def test_a_rate_of_another_kind_day_or_pair_or_not_yet_known_is_left(reading, entry):
    """The central bank gave 1.1741 dollars and 173.76 yen for a euro on 30 September 2025."""
    view = View(reading(f"rates: {{one: {entry}}}").book)
    found = rate(view, "USD", "JPY")
    assert found.stated.centre == Fraction("173.76") / Fraction("1.1741")
    assert "Central Bank" in found.origin.source


def test_a_day_without_a_rate_takes_that_of_the_last_day_before(book):
    """
    book: {name: Acme, company: acme, currency: USD, day: 2025-09-28, known_on: 2025-12-31}
    """
    found = rate(View(book), "EUR", "USD")
    assert found.stated.centre == Fraction("1.1672")
    assert found.origin.day == "2025-09-26"


def test_over_a_period_the_rate_is_between_the_lowest_and_the_highest_of_its_days(book):
    """
    book: {name: Acme, company: acme, currency: USD, day: 2025-10-31, known_on: 2025-12-31}
    """
    view = View(book)
    found = rate(view, "USD", "JPY", parse_span("2025-10"))
    daily = [rate(view, "USD", "JPY", date(2025, 10, day)).stated.centre for day in range(1, 32) if date(2025, 10, day).weekday() < 5]
    assert found.stated.core[:2] == (min(daily), max(daily))
    assert min(daily) < found.stated.centre < max(daily)
    assert found.origin.kind == "average rate"


def test_an_average_that_the_book_states_for_the_period_comes_first(book, near):
    """
    rates: {q: {pair: USD/JPY, rate: JPY 147.5/USD, kind: average, day: CY2025 Q3, source: report}}
    """
    near(rate(View(book), "USD", "JPY", parse_span("CY2025 Q3")), "147.5", "147.45", "147.55")


def test_nobody_knows_the_rate_of_tomorrow(book, near):
    """
    book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-09-29}
    """
    near(rate(View(book), "USD", "JPY"), None, 0, None)
    near(rate(View(book), "USD", "JPY", parse_span("2025-10")), None, 0, None)


@pytest.mark.parametrize("known_on", ["2025-11-01", "2025-11-02"])
def test_a_month_that_began_on_a_weekend_is_answered_before_its_first_working_day(reading, known_on):
    book = reading(f"book: {{name: Acme, company: acme, currency: USD, day: {known_on}, known_on: {known_on}}}").book
    found = rate(View(book), "USD", "JPY", parse_span("2025-11"))
    assert found.unit is UNIT("JPY/USD")
    assert found.stated.core.low >= 0


@pytest.mark.parametrize(("base", "day"), [("USD", date(1998, 1, 5)), ("USD", date(2090, 1, 5)), ("TWD", DAY)])
def test_a_rate_that_the_bank_does_not_have_is_unknown(reading, near, base, day):
    book = reading(f"book: {{name: Acme, company: acme, currency: EUR, day: {day}, known_on: 2091-01-01}}").book
    near(rate(View(book), base, "EUR"), None, 0, None)


def test_an_amount_in_the_currency_asked_for_stays_as_it_is(book):
    """
    book: {name: Acme, company: acme, currency: USD, day: 2025-09-30}
    """
    view, dollars, shares = View(book), amount("USD 5bn"), amount("32.1m shares")
    assert convert(view, dollars, "USD") is dollars
    assert convert(view, shares, "USD") is shares


def test_a_converted_amount_or_price_keeps_its_original_and_its_rate(book):
    """
    rates: {day: {pair: USD/JPY, rate: JPY 150/USD, kind: spot, day: 2025-09-30, source: report}}
    """
    price = convert(View(book), amount("USD 20/share"), "JPY")
    assert (price.unit, [one.key for one in price.leaves()]) == (UNIT("JPY/share"), ["USD 20/share", "rates.day.rate"])


def test_an_amount_is_converted_at_the_rate_that_is_given_for_it(book, near):
    """
    book: {name: Acme, company: acme, currency: USD, day: 2025-09-30}
    """
    near(convert(View(book), amount("= USD 40bn"), "JPY", at=amount("= JPY 149.52/USD")), "5.981tn", 5_980_800_000_000, 5_980_800_000_000)


def test_other_rates_of_the_day_are_named_as_rivals(book):
    """
    rates:
      issuer: {pair: USD/JPY, rate: JPY 149.52/USD, kind: spot, day: 2025-09-30, source: report}
      bank: {pair: USD/JPY, rate: JPY 148.88/USD, kind: spot, day: 2025-09-30, source: report}
      other_day: {pair: USD/JPY, rate: JPY 148.88/USD, kind: spot, day: 2025-09-29, source: report}
      other_pair: {pair: EUR/JPY, rate: JPY 174.00/EUR, kind: spot, day: 2025-09-30, source: report}
      later: {pair: USD/JPY, rate: JPY 149.00/USD, kind: spot, day: 2025-09-30, known: 2026-01-31, source: report}
      dateless: {pair: USD/JPY, rate: JPY 149.00/USD, kind: spot, source: report}
    """
    view = View(book)
    assert [one.id for one in rivals(view, "rates.issuer.rate")] == ["bank"]
    assert rivals(view, "rates.dateless.rate") == rivals(view, "rates.gone.rate") == rivals(view, "JPY per USD") == []


def test_a_source_of_no_kind_comes_after_one_that_has_a_kind(book, near):
    """
    sources:
      unkind: {title: Page, published: 2025-10-01}
      bank: {title: Bank, published: 2025-10-01, kind: central bank}
    rates:
      a: {pair: USD/JPY, rate: JPY 150.00/USD, kind: spot, day: 2025-09-30, source: unkind}
      b: {pair: USD/JPY, rate: JPY 149.00/USD, kind: spot, day: 2025-09-30, source: bank}
    """
    near(rate(View(book), "USD", "JPY"), 149, "148.995", "149.005")
