from datetime import UTC, date, datetime

import pytest

from holdbook.dates import DayError, clock_time, moment
from holdbook.timeline.clock import closes_between, day_zero, listings
from holdbook.timeline.view import View


@pytest.mark.parametrize(("exchange", "day", "time", "expected"), [
    ("XTKS", "2025-11-11", "15:41 Asia/Tokyo", "2025-11-12"),
    ("XTKS", "2025-11-11", "15:30 Asia/Tokyo", "2025-11-12"),  # the close itself is not after the news
    ("XTKS", "2025-11-11", "15:29 Asia/Tokyo", "2025-11-11"),
    ("XNAS", "2025-11-11", "15:41 Asia/Tokyo", "2025-11-11"),  # 01:41 in New York
    ("XTKS", "2024-11-01", "15:10 Asia/Tokyo", "2024-11-05"),  # Tokyo closed at 15:00 until 2024-11-05; the 4th was a holiday
    ("XTKS", "2024-11-05", "15:10 Asia/Tokyo", "2024-11-05"),
    ("XNAS", "2025-11-28", "13:30 America/New_York", "2025-12-01"),  # half a session after Thanksgiving
    ("XTKS", "2025-11-11", "20:00 America/New_York", "2025-11-12"),  # already the 12th in Tokyo, before its close
])  # fmt: skip
def test_day_zero_is_the_first_session_that_closes_after_the_news(exchange, day, time, expected):
    assert str(day_zero(exchange, date.fromisoformat(day), time)) == expected


def test_without_a_time_it_may_be_the_next_session_too():
    found = day_zero("XTKS", date(2025, 11, 11))
    assert (found.is_decided, str(found)) == (False, "2025-11-11 or 2025-11-12")


def test_news_of_a_day_without_a_session_has_one_day_zero():
    assert str(day_zero("XTKS", date(2025, 11, 8))) == "2025-11-10"


def test_an_exchange_without_a_calendar_has_none():
    assert day_zero("OTCM", date(2025, 11, 11)) is None


@pytest.mark.parametrize("day", [date.min, date(1990, 5, 1), date(2150, 1, 1), date.max])
def test_a_day_without_calendars_has_none(day):
    assert day_zero("XNAS", day) is None
    assert day_zero("XNAS", day, "15:30 UTC") is None


def test_a_session_closes_by_the_clock_of_its_own_exchange():
    tokyo, new_york = (closes_between(exchange, date(2025, 11, 11), date(2025, 11, 11)) for exchange in ("XTKS", "XNAS"))
    assert list(tokyo.values()) == [datetime(2025, 11, 11, 6, 30, tzinfo=UTC)]
    assert list(new_york.values()) == [datetime(2025, 11, 11, 21, 0, tzinfo=UTC)]


@pytest.mark.parametrize("text", ["15:30", "25:00 UTC", "15:60 UTC", "15:30 Mars/Olympus", "noon UTC", "15:30 ../UTC", "٣:30 UTC", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(DayError):
        clock_time(text)


def test_one_moment_has_two_times():
    assert moment(date(2025, 11, 11), "15:30 Asia/Tokyo") == moment(date(2025, 11, 11), "01:30 America/New_York")


def test_an_entity_is_listed_where_the_book_says(book):
    """
    entities:
      acme: {name: Acme}
      beta: {name: Beta, listings: {XNYS: BETA, XHKG: "0099"}}
      gamma: {name: Gamma}
    """
    assert [one[1:] for one in listings(View(book), "beta")] == [("XNYS", "BETA"), ("XHKG", "0099")]
    assert listings(View(book), "gamma") == []
