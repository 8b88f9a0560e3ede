"""Names of facts in definitions: `trades.nvidia_2025.amount` into the quantity, the day or the word that stands there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from holdbook.dates import Span
from holdbook.model.book import Book
from holdbook.model.fact import Fact
from holdbook.model.kind import FigureKind, Kind, TableKind, unit_of
from holdbook.model.nouns import NOUNS
from holdbook.model.plan import plan_of
from holdbook.model.rate import Rate
from holdbook.quantity.quantity import Quantity, exact, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import implied

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class UnknownNameError(LookupError):
    """A name that no fact of the book has, and the names that were possible."""

    def __init__(self, name: str, part: str, possible: list[str]) -> None:
        super().__init__(f"{name}: no {part!r}")
        self.part = part
        self.possible = possible


def lookup(book: Book, name: str) -> Quantity | Span | str | None:
    """What stands under a dotted name; None where the entry is there and does not say.

    Raises UnknownNameError for a noun, an entry or a field that does not exist.
    """
    noun, *path = name.split(".")
    if noun not in NOUNS:
        raise UnknownNameError(name, noun, list(NOUNS))
    fact = _fact(book, noun, path[0] if path else "")
    if fact is None:
        raise UnknownNameError(name, path[0] if path else "", list(book.tables.get(noun, {})))
    if noun == "rates" and path[1:] == ["rate"] and isinstance(fact, Rate):
        return implied(fact)
    value: Any = fact
    for part in path[1:]:
        value = _step(name, value, part)
    return _plain(name, value)


def _fact(book: Book, noun: str, name: str) -> Fact | None:
    """The entry of a noun; a trade may also be a row of a ledger."""
    found = book.tables.get(noun, {}).get(name)
    if found is None and noun == "trades":
        return next((trade for ledger in book.ledgers if (trade := ledger.trade(name)) is not None), None)
    return found


def quantity(book: Book, name: str) -> Quantity:
    """The quantity under a name; unknown, with the name as its need, where the entry does not say.

    Raises UnknownNameError also for what is no figure.
    """
    value = lookup(book, name)
    if isinstance(value, Quantity):
        return value
    if value is None:
        return _nothing(book, name)
    raise UnknownNameError(name, name.rsplit(".", 1)[-1], ["a field that holds a figure"])


def entry(book: Book, name: str) -> Fact:
    """The entry that a name begins with."""
    noun, _, rest = name.partition(".")
    fact = book.tables.get(noun, {}).get(rest.split(".")[0])
    if fact is None:
        raise UnknownNameError(name, rest or noun, list(book.tables.get(noun, NOUNS)))
    return fact


def _step(name: str, value: Any, part: str) -> Any:
    if isinstance(value, Span):
        return _of_span(name, value, part)
    if isinstance(value, Mapping):
        if part not in value:
            raise UnknownNameError(name, part, list(value))
        return value[part]
    if isinstance(value, tuple) and part.isdigit() and 0 < int(part) <= len(value):
        return value[int(part) - 1]
    if isinstance(value, msgspec.Struct):
        fields = type(value).__struct_fields__
        attribute = f"{part}_" if f"{part}_" in fields else part
        if attribute in fields:
            return getattr(value, attribute)
        raise UnknownNameError(name, part, list(fields))
    if value is None:
        return None
    raise UnknownNameError(name, part, [])


def _of_span(name: str, span: Span, part: str) -> Quantity | str | Span:
    if part == "weekday" and span.is_day:
        return _WEEKDAYS[span.first.weekday()]
    if part == "days":
        return exact(Fraction(span.days), UNIT("day"), name)
    if part == "months" and span.months is not None:
        return exact(Fraction(span.months), UNIT("month"), name)
    raise UnknownNameError(name, part, ["days", "months", "weekday"])


def _plain(name: str, value: Any) -> Quantity | Span | str | None:
    if value is None or isinstance(value, (Quantity, Span, str)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fact):
        return value.day
    if hasattr(value, "isoformat"):
        return Span(value, value)
    raise UnknownNameError(name, name.rsplit(".", 1)[-1], ["a field that holds a figure, a day or a word"])


def _nothing(book: Book, name: str) -> Quantity:
    """A figure that an entry does not state: as wide as the kind of its field allows, in its unit."""
    noun, _, *path = name.split(".")
    kind: Kind | None = None
    record: type[msgspec.Struct] | None = NOUNS[noun]
    for part in path:
        if record is not None:
            found = plan_of(record).fields.get(part)
            kind, record = (None if found is None else found.kind), None
        elif isinstance(kind, TableKind):
            record = kind.record
            kind = kind.of
    if not isinstance(kind, FigureKind):
        return unknown(name)
    return unknown(name, unit_of(kind.family, book.head.currency), floor=kind.floor, ceiling=kind.ceiling)
