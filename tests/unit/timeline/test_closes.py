"""The close of a day: the book's own first, else a price file's; never of another day, never before it was known."""

from datetime import date

import pytest

from holdbook.timeline.closes import close_on, last_close, sessions
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price, listed, price

BOOK = """book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31}
sources: {report: {title: Report, published: 2025-10-15}}
entities: {acme: {name: Acme}, beta: {name: Beta, listings: {XNYS: BETA}}, points: {name: Points, kind: index, listings: {XNYS: ^PTS}}}
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
marks:
  friday: {asset: beta, day: 2025-09-26, price: "= USD 21/share", kind: close, source: report}
  mean: {asset: beta, day: 2025-09-30, price: USD 19.00/share, kind: average, source: report}
"""
CLOSES = "Date,close_as_traded\n2025-09-25,20.50\n2025-09-26,21.00\n2025-09-29,22.00\n2025-09-30,20.00\n"
SPLIT = (
    "calendar: {two: {text: two for one, kind: split, entity: beta, factor: = 2x, day: 2025-09-29, known: 2025-09-01, source: report}}\n"
)


@pytest.fixture
def view(priced):
    return View(priced(BOOK, BETA=CLOSES).book)


def test_a_close_of_the_book_comes_before_one_of_a_file(view, near):
    assert close_on(view, "beta", date(2025, 9, 26)).key == "marks.friday.price"
    near(close_on(view, "beta"), 20, "19.995", "20.005")


def test_a_close_of_a_file_names_its_line(view):
    place = close_on(view, "beta").origin.place
    assert (place.file, place.line) == ("acme/prices/BETA.csv", 5)


def test_a_day_without_a_session_has_no_close_and_the_last_one_says_its_day(view, near):
    assert close_on(view, "beta", date(2025, 9, 28)) is None
    day, last = last_close(view, "beta", date(2025, 9, 28))
    assert day == date(2025, 9, 26)
    near(last, 21, 21, 21)
    assert last_close(view, "beta", date(2025, 9, 24)) is None
    assert last_close(view, "gamma") is None


def test_nothing_is_known_before_its_day(view):
    earlier = View(view.book, date(2025, 9, 30), date(2025, 9, 29))
    assert close_on(earlier, "beta") is None
    assert last_close(earlier, "beta")[0] == date(2025, 9, 29)
    assert sessions(earlier, "beta").days[-1] == date(2025, 9, 29)


def test_a_listed_stake_is_worth_its_shares_at_the_close_of_the_file_before_an_average(view, near):
    near(price(view, "beta"), 20, "19.995", "20.005")
    near(listed(view, "beta"), 200_000_000, 199_950_000, 200_050_000)


def test_an_old_close_values_nothing_and_shows_its_day(view):
    later = view.on(date(2025, 10, 15))
    assert listed(later, "beta") is None
    assert last_price(later, "beta").day.first == date(2025, 9, 30)


def test_sessions_are_on_the_share_basis_of_the_day(priced):
    closes = CLOSES.replace("22.00", "11.00").replace("20.00", "10.00")
    book = priced(BOOK + SPLIT, BETA=closes).book
    assert sessions(View(book), "beta").closes == [10.25, 10.5, 11, 10]
    assert sessions(View(book, date(2025, 9, 26)), "beta").closes == [20.5, 21, 22, 20]


def test_a_split_in_the_days_between_trading_and_taking_effect_changes_no_value(priced, near):
    closes = CLOSES.replace("22.00", "11.00").replace("20.00", "10.00")
    actions = "ticker,ex_date,type,ratio\nBETA,2025-09-29,split,2\n"
    book = priced(BOOK + SPLIT.replace("day: 2025-09-29", "day: 2025-10-01"), BETA=closes, corporate_actions=actions).book
    near(listed(View(book), "beta"), 200_000_000, 199_900_000, 200_100_000)
    near(close_on(View(book, date(2025, 10, 2)), "beta", date(2025, 9, 26)), 21, 21, 21)


def test_an_index_has_points(priced, near):
    book = priced(BOOK, PTS="Date,Close\n2025-09-30,6500.5\n").book
    found = close_on(View(book), "points")
    near(found, "6500.5", "6500.45", "6500.55")
    assert str(found.unit) == ""


def test_an_asset_without_a_file_has_no_sessions(view):
    assert sessions(view, "acme") is None
