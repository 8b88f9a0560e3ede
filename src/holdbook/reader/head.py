"""The `book:` entry of a book: its name, company, currency and days. All of its faults are told in one run."""

from __future__ import annotations

from datetime import date

from holdbook.dates import REACH, DayError, in_reach, parse_span
from holdbook.model.book import Head
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.quantity.unit import CURRENCIES
from holdbook.reader.folder import TextFile
from holdbook.reader.written import Mapping, Scalar, Written, length, spot

FIELDS = ("name", "company", "currency", "day", "known_on", "fiscal_year_starts", "extends")
_NEEDED = ("name", "company", "currency", "day")


def problem_at(file: TextFile, written: Written, reason: str, found: str, expected: str, way_out: str) -> Problem:
    """A problem at a place of a file, with its line."""
    line, column = spot(written)
    return Problem(reason, Place(file.name, line, column), found, expected, way_out, file.line(line), length(written))


def read_head(file: TextFile, key: Scalar, body: Written, problems: list[Problem], shown: str) -> Head | None:
    """The head that an entry means, or None after noting why not; `shown` is what the folder is called."""
    if not isinstance(body, Mapping):
        way_out = "write them below it, indented"
        problems.append(problem_at(file, body, "book-head", "a single value or a list", ", ".join(_NEEDED), way_out))
        return None
    return _Head(file, problems).read(key, body, shown)


class _Head:
    """Reads the fields of a head one by one, noting what is wrong with each."""

    def __init__(self, file: TextFile, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems

    def _note(self, written: Written, reason: str, found: str, expected: str, way_out: str) -> None:
        self._problems.append(problem_at(self._file, written, reason, found, expected, way_out))

    def read(self, key: Scalar, body: Mapping, shown: str) -> Head | None:
        fields = self._fields(body)
        missing = [name for name in _NEEDED if name not in fields or not fields[name].value]
        if missing:
            self._note(key, "book-head", f"no {', '.join(missing)}", ", ".join(_NEEDED), "add what is missing")
        currency = self._currency(fields.get("currency"))
        day = self._day(fields.get("day"))
        if day is not None and not in_reach(day):
            self._note(fields["day"], "bad-day", f"{day} is out of reach", REACH, f"write {REACH}")
            day = None
        known_on = self._day(fields.get("known_on")) if "known_on" in fields else day
        start = self._start(fields.get("fiscal_year_starts"))
        if missing or currency is None or day is None or known_on is None or start is None:
            return None
        extends = fields.get("extends")
        return Head(
            name=fields["name"].value, company=fields["company"].value, currency=currency, day=day, known_on=known_on, fiscal_start=start,
            folder=shown, extends=None if extends is None else str(extends.value),
            places={name: Place(self._file.name, *spot(value)) for name, value in fields.items()},
        )  # fmt: skip

    def _fields(self, body: Mapping) -> dict[str, Scalar]:
        fields: dict[str, Scalar] = {}
        for name, value in body.value:
            if not isinstance(name, Scalar) or name.value not in FIELDS:
                found = f"book has a field {name.value!r}" if isinstance(name, Scalar) else "a key that is not a word"
                self._note(name, "unknown-field", found, ", ".join(FIELDS), nearest(str(name.value), FIELDS))
            elif name.value in fields:
                self._note(name, "duplicate-key", f"{name.value!r} stands twice", "once", "remove one of the two")
            elif not isinstance(value, Scalar):
                self._note(value, "wrong-shape", "a list or a mapping", "a single value", f"write {name.value}: VALUE")
            else:
                fields[name.value] = value
        return fields

    def _currency(self, written: Scalar | None) -> str | None:
        if written is None or not written.value or written.value in CURRENCIES:
            return None if written is None else str(written.value)
        self._note(
            written, "book-head", f"the currency {written.value!r}", "three letters of ISO 4217", "write its three letters, such as USD"
        )
        return None

    def _day(self, written: Scalar | None) -> date | None:
        if written is None or not written.value:
            return None
        try:
            span = parse_span(written.value)
        except DayError as error:
            self._note(written, "bad-day", f"{written.value!r} is no day", "a day", error.way_out)
            return None
        if not span.is_day:
            self._note(written, "book-head", f"{written.value!r} is a period", "a day", "write its last day")
            return None
        return span.first

    def _start(self, written: Scalar | None) -> tuple[int, int] | None:
        if written is None:
            return (1, 1)
        try:
            first = parse_span(f"2001-{written.value}").first
        except DayError:
            expected = "the month and day on which fiscal years start, such as 04-01"
            self._note(written, "book-head", f"{written.value!r}", expected, "write MM-DD")
            return None
        return (first.month, first.day)
