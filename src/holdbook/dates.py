"""Days and periods: `2025-10-31`, `2025-10`, `FY2025 Q3`, `2025-06..2025-09`.

A period says that something lies within it, not when. Fiscal years are named for the calendar year in which they start.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

_PIECE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})(-(?P<day>\d{2}))?"
    r"|(?P<label>FY|CY)(?P<labelled>\d{4})(\s*(?P<part>Q[1-4]|H[12]))?"
    r"|(?P<plain>\d{4})",
    re.ASCII,
)
_TURNED = re.compile(r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2}) +(\S+)", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
REACH = f"a day of the years {_FIRST_YEAR} to {_LAST_YEAR}"
_ONE_DAY = timedelta(days=1)


class DayError(ValueError):
    """A day or period that cannot be read; `way_out` says how to write it."""

    def __init__(self, found: str, way_out: str) -> None:
        super().__init__(found)
        self.way_out = way_out


class Span(NamedTuple):
    """The days from `first` to `last`, both included; a single day when they are equal."""

    first: date
    last: date
    text: str = ""

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int | None:
        """How many calendar months it holds, or None if it does not start and end with one."""
        after = self.last + _ONE_DAY
        if self.first.day != 1 or after.day != 1:
            return None
        return (after.year - self.first.year) * 12 + after.month - self.first.month

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Span) -> bool:
        """Whether every day of this one is a day of the other."""
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        if self.text:
            return self.text
        return self.first.isoformat() if self.is_day else f"{self.first.isoformat()}..{self.last.isoformat()}"


def parse_span(text: str, fiscal_start: tuple[int, int] = (1, 1)) -> Span:
    """Read a day or a period.

    `fiscal_start` is the month and day on which a fiscal year begins.

    Raises DayError for a day that does not exist, or a quarter that does not say whose.

    >>> parse_span("2025-10").last
    datetime.date(2025, 10, 31)
    >>> parse_span("FY2025 Q3", (4, 1)).first
    datetime.date(2025, 10, 1)
    """
    text = text.strip()
    first, dots, last = text.partition("..")
    opening = _piece(first.strip(), fiscal_start)
    if not dots:
        return opening._replace(text=text)
    closing = _piece(last.strip(), fiscal_start)
    if closing.last < opening.first:
        raise DayError(text, "write the earlier end first")
    return Span(opening.first, closing.last, text)


def day_span(day: date) -> Span:
    """The span that is one day."""
    return Span(day, day, day.isoformat())


def in_reach(day: date) -> bool:
    """Whether a question may be asked of a day: its years before and after must be in the calendar too.

    >>> in_reach(date(2025, 9, 30)), in_reach(date(9999, 12, 31))
    (True, False)
    """
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def fiscal_quarter(span: Span, fiscal_start: tuple[int, int]) -> str | None:
    """The fiscal quarter that holds the whole span, or None if it lies in more than one.

    >>> fiscal_quarter(parse_span("2025-10"), (4, 1))
    'FY2025 Q3'
    """
    first, last = (_quarter(day, fiscal_start) for day in span[:2])
    return first if first == last else None


def add_months(day: date, months: int) -> date:
    """The same day of the month some months later, or that month's last day.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _last_of_month(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def _piece(text: str, fiscal_start: tuple[int, int]) -> Span:
    match = _PIECE.fullmatch(text)
    if match is None:
        if re.fullmatch(r"\d{4}\s*(Q[1-4]|H[12])", text):
            raise DayError(text, f"say whose: CY{text} for the calendar year, FY{text} for the fiscal year")
        meant = " or ".join(_turned(text)) or "2025-10-31, 2025-10, 2025, CY2025 Q3, FY2025 Q3 or two of these with .. between"
        raise DayError(text, f"write {meant}")
    try:
        return _matched(match, fiscal_start)
    except (ValueError, OverflowError):
        raise DayError(text, "that day is not in the calendar") from None


def _turned(text: str) -> list[str]:
    """The days that a day written in another order can mean; with points between it is the day that comes first."""
    match = _TURNED.fullmatch(text)
    if match is None:
        return []
    one, sign, other, year = match.groups()[3:]
    read = [(match["year"], match["month"], match["day"])] if match["year"] else [(year, other, one)]
    read += [(year, one, other)] if sign in ("/", "-") else []
    found = []
    for parts in read:
        with suppress(ValueError):
            found.append(date(*map(int, parts)).isoformat())
    return list(dict.fromkeys(found))


def _matched(match: re.Match[str], fiscal_start: tuple[int, int]) -> Span:
    if match["day"]:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        return Span(day, day)
    if match["month"]:
        return _months(date(int(match["year"]), int(match["month"]), 1), 1)
    if match["plain"]:
        return _months(date(int(match["plain"]), 1, 1), 12)
    start = fiscal_start if match["label"] == "FY" else (1, 1)
    part = match["part"] or ""
    length = {"Q": 3, "H": 6, "": 12}[part[:1]]
    offset = (int(part[1]) - 1) * length if part else 0
    return _months(add_months(date(int(match["labelled"]), *start), offset), length)


def _months(first: date, count: int) -> Span:
    last = add_months(first, count - 1)
    return Span(first, min(_last_of_month(last.year, last.month), date.max) if first.day == 1 else add_months(first, count) - _ONE_DAY)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _quarter(day: date, fiscal_start: tuple[int, int]) -> str:
    month, first = fiscal_start
    since = (day.year * 12 + day.month) - month - (1 if day.day < first else 0)
    year, months = divmod(since, 12)
    label = "CY" if fiscal_start == (1, 1) else "FY"
    return f"{label}{year} Q{months // 3 + 1}"


def clock_time(text: str) -> tuple[time, tzinfo]:
    """Read a time of day and its zone: `15:30 Asia/Tokyo`, `06:30 UTC`.

    Raises DayError for a time that does not exist, or one that does not say where it is that late.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # few books tell the time

    match = _CLOCK.fullmatch(text)
    if match is None:
        raise DayError(f"no time in {text!r}", "write 15:30 Asia/Tokyo or 06:30 UTC: hours and minutes, then the zone's name")
    try:
        found = time(int(match[1]), int(match[2]))
    except ValueError:
        raise DayError(f"no time in {text!r}", "hours go from 0 to 23, minutes from 00 to 59") from None
    try:
        return found, ZoneInfo(match[3])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DayError(f"no zone in {text!r}", "name the zone as Continent/City or UTC: Asia/Tokyo, America/New_York") from None


def moment(day: date, text: str) -> datetime:
    """The moment of a day at a time of a place.

    >>> moment(date(2025, 11, 11), "15:30 Asia/Tokyo") == moment(date(2025, 11, 11), "06:30 UTC")
    True
    """
    found, zone = clock_time(text)
    return datetime.combine(day, found, zone)
