"""What part of a year lies between two days, by the conventions under which interest is paid; and days on which banks are open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

Convention = Literal["30/360", "30E/360", "act/365", "act/360", "act/act"]
Roll = Literal["unadjusted", "following", "modified following", "preceding"]
CONVENTIONS: tuple[Convention, ...] = ("30/360", "30E/360", "act/365", "act/360", "act/act")
ROLLS: tuple[Roll, ...] = ("unadjusted", "following", "modified following", "preceding")
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_ACTUAL = {"act/365": 365, "act/360": 360}


def year_fraction(convention: Convention, start: date, end: date, period: tuple[date, date] | None = None, per_year: int = 1) -> Fraction:
    """The part of a year from `start` to `end`.

    `period` is the regular interest period that holds both, of which `per_year` make a year; act/act alone asks for it, and takes
    the two days themselves where there is none.

    Formula:  30/360 = (360 years + 30 months + days) / 360; act/n = days / n; act/act = days / (days of the period * periods a year)
    Says so:  ISDA definitions of 2006, section 4.16; ICMA rule 251 for act/act

    >>> year_fraction("30/360", date(2025, 1, 31), date(2025, 7, 31))
    Fraction(1, 2)
    >>> year_fraction("act/act", date(2003, 11, 1), date(2004, 5, 1), per_year=2)
    Fraction(1, 2)
    """
    if convention in _ACTUAL:
        return Fraction((end - start).days, _ACTUAL[convention])
    if convention == "act/act":
        first, last = period or (start, end)
        return Fraction((end - start).days, (last - first).days * per_year)
    return Fraction(_days_of_thirty(start, end, european=convention == "30E/360"), 360)


def _days_of_thirty(start: date, end: date, *, european: bool) -> int:
    """Days between two days when every month has thirty."""
    first, last = min(start.day, 30), end.day
    if last == 31 and (european or first == 30):
        last = 30
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def business_day(day: date, roll: Roll, closed: Collection[date] = ()) -> date:
    """The day on which a payment is made that falls on `day`; Saturdays, Sundays and the days of `closed` are no business days.

    Modified following goes on to the next business day, but back where that lies in another month.

    Says so:  ISDA definitions of 2006, section 4.12

    >>> business_day(date(2026, 1, 31), "modified following")
    datetime.date(2026, 1, 30)
    """
    if roll == "unadjusted" or _is_open(day, closed):
        return day
    later = _open(day, _ONE_DAY, closed)
    if roll == "preceding" or (roll == "modified following" and later.month != day.month):
        return _open(day, -_ONE_DAY, closed)
    return later


def _open(day: date, step: timedelta, closed: Collection[date]) -> date:
    while not _is_open(day, closed):
        day += step
    return day


def _is_open(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in closed
