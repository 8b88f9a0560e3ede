"""The clock of an exchange: when its sessions close, and which session was the first that could answer to a piece of news."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from holdbook.dates import moment
from holdbook.model.entity import Entity
from holdbook.model.exchange import EXCHANGES
from holdbook.timeline.closes import series_of
from holdbook.timeline.view import View

_REACH = timedelta(days=14)
EARLIEST, LATEST = date(1997, 2, 1), date(2099, 11, 30)


class DayZero(NamedTuple):
    """The session whose close was the first to know. `last` is later than `first` where the hour of the news is not known."""

    first: date
    last: date

    @property
    def is_decided(self) -> bool:
        """Whether there is only one session that it can be."""
        return self.first == self.last

    def __str__(self) -> str:
        return f"{self.first}" if self.is_decided else f"{self.first} or {self.last}"


class Listing(NamedTuple):
    """An entity on one exchange, by the exchange's code of ISO 10383."""

    asset: str
    exchange: str
    ticker: str


def day_zero(exchange: str, day: date, time: str | None = None) -> DayZero | None:
    """The first session that closes after the news of a day; None where the exchange's calendar is not known.

    Without a time the news may have come before or after the close: then it is the session of that day or the next one.

    Formula:  first session with close > moment of the news
    Says so:  MacKinlay 1997; the exchange's own hours.

    >>> str(day_zero("XTKS", date(2025, 11, 11), "15:30 Asia/Tokyo")), str(day_zero("XNAS", date(2025, 11, 11), "06:30 UTC"))
    ('2025-11-12', '2025-11-11')
    >>> str(day_zero("XTKS", date(2025, 11, 11)))
    '2025-11-11 or 2025-11-12'
    """
    if not EARLIEST <= day <= LATEST:
        return None
    closes = closes_between(exchange, day - _REACH, day + _REACH)
    if closes is None:
        return None
    if time is not None:
        told = moment(day, time)
        later = [session for session, close in closes.items() if close > told]
        return DayZero(later[0], later[0]) if later else None
    later = [session for session in closes if session >= day]
    if not later:
        return None
    return DayZero(later[0], later[1] if later[0] == day and len(later) > 1 else later[0])


def closes_between(exchange: str, first: date, last: date) -> dict[date, datetime] | None:
    """The moment at which each session of some days closed, in their order; None for an exchange without a known calendar.

    Calendars are asked for 1997 to 2099; other days have no sessions.
    """
    known = _calendar(exchange, min(last, LATEST).year // 10 + 1)
    return None if known is None else {day: close for day, close in known.items() if first <= day <= last}


@cache
def _calendar(exchange: str, decades: int) -> dict[date, datetime] | None:
    """The closes of all sessions up to the end of a decade; the end is set, so that the day of asking changes nothing."""
    import exchange_calendars  # brings pandas, which only an event study needs
    from exchange_calendars.errors import InvalidCalendarName

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library will have to change is no matter of a reader of answers
        try:
            calendar = exchange_calendars.get_calendar(exchange, start=f"{EARLIEST.year}-01-01", end=f"{decades * 10}-12-31")
        except (InvalidCalendarName, ValueError):
            return None
    return {day.date(): close.to_pydatetime() for day, close in calendar.closes.items()}


def listings(view: View, asset: str) -> list[Listing]:
    """The listings of an entity; the one whose prices the book's price folder holds comes first."""
    entity = view.book.get(Entity, asset)
    found = [Listing(asset, code, ticker) for code, ticker in ((entity.listings if entity else None) or {}).items()]
    series = series_of(view, asset)
    return sorted(found, key=lambda one: series is not None and _currency(one.exchange) not in (series.currency, ""))


def _currency(exchange: str) -> str:
    return EXCHANGES[exchange].currency if exchange in EXCHANGES else ""
