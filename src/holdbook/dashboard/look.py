"""How a page is looked at: the day, the knowledge, the day beside it, the currency, the scenario; it stands in the address, so it can be linked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from holdbook import api
from holdbook.dates import REACH, DayError, in_reach, parse_span
from holdbook.quantity.unit import CURRENCIES


class LookError(ValueError):
    """A part of an address that cannot be read; its text says what was found and what to write."""


class Look(NamedTuple):
    """What a reader chose; nothing chosen is the book's own."""

    day: date | None = None
    known_on: date | None = None
    against: date | None = None
    currency: str = ""
    scenario: str = ""

    def query(self) -> str:
        """The look as the part of an address behind the question mark, with it."""
        chosen = {name: str(value) for name, value in self._asdict().items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def others(self) -> list[api.Against]:
        """The days beside which answers are set."""
        return [api.Against(day=self.against)] if self.against else []


def look_of(parameters: Mapping[str, str]) -> Look:
    """The look that an address names.

    Raises LookError for a day or a currency that is none.

    >>> look_of({"day": "2025-09-30"}).query()
    '?day=2025-09-30'
    """
    currency = parameters.get("currency", "").strip().upper()
    if currency and currency not in CURRENCIES:
        raise LookError(f"{currency[:20]!r} is no currency; write its three letters")
    day, known_on, against = (_day(parameters.get(name, "")) for name in ("day", "known_on", "against"))
    return Look(day, known_on, against, currency, parameters.get("scenario", "").strip()[:100])


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        span = parse_span(text.strip()[:40])
    except DayError as error:
        raise LookError(f"{text[:40]!r} is no day: {error.way_out}") from None
    if not span.is_day:
        raise LookError(f"{text[:40]!r} is a period; write a day such as {span.last}")
    if not in_reach(span.first):
        raise LookError(f"{text[:40]!r} is out of reach; write {REACH}")
    return span.first
