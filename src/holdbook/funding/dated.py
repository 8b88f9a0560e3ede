"""The lines of a plan by month: a use on the first day that it can fall due, a source on the last day by which it must have come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from holdbook.dates import add_months
from holdbook.funding.line import Line

_LINES = "undrawn line"


class Month(NamedTuple):
    """One month of a plan: its first day, what comes in it and what goes."""

    first: date
    comes: list[Line]
    goes: list[Line]

    @property
    def name(self) -> str:
        """The month as it is written: 2025-12."""
        return f"{self.first:%Y-%m}"


def months(start: date, until: date, today: date, sources: list[Line], uses: list[Line]) -> list[Month]:
    """The months after the start up to the last one of the plan, each with its lines.

    What is due without a day is due in the month of `today`, and no use falls before it; money that is only hoped for, and lines that can be
    drawn, come in none of them.
    """
    first = add_months(start.replace(day=1), 0 if start.day < _last_day(start) else 1)
    found = [Month(month, [], []) for month in _firsts(first, until)]
    for line in sources:
        if line.standing in ("realised", "arranged") and line.kind not in ("cash", _LINES):
            _place(found, line.day.last if line.day is not None else until).comes.append(line)
    for line in uses:
        due = today if line.day is None else max(line.day.first, today)
        _place(found, due).goes.append(line)
    return found


def _firsts(first: date, until: date) -> Iterator[date]:
    while first <= until:
        yield first
        first = add_months(first, 1)


def _last_day(day: date) -> int:
    return (add_months(day.replace(day=1), 1) - date.resolution).day


def _place(found: list[Month], day: date) -> Month:
    """The month that holds a day; the first or the last for days outside."""
    return next((month for month in reversed(found) if month.first <= day), found[0])
