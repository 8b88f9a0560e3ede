"""The `book:` entry of a book: its name, company, currency and days."""

from __future__ import annotations

from datetime import date

from holdbook.dates import DayError, parse_span
from holdbook.model.book import Head
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.quantity.unit import CURRENCIES
from holdbook.reader.folder import TextFile
from holdbook.reader.written import Mapping, Scalar, Written, length, scalar, spot

FIELDS = ("name", "company", "currency", "day", "known_on", "fiscal_year_starts", "extends")


def read_head(file: TextFile, key: Scalar, body: Written, problems: list[Problem], shown: str) -> Head | None:
    """The head that an entry means, or None after noting why not; `shown` is what the folder is called."""
    if not isinstance(body, Mapping):
        problems.append(
            problem_at(file, body, "book-head", "a single value or a list", "name, company, currency, day", "write them below it, indented")
        )
        return None
    fields = {name.value: value for name, value in body.value if isinstance(value, Scalar)}
    for name, value in body.value:
        if name.value not in FIELDS:
            problems.append(
                problem_at(
                    file,
                    name,
                    "unknown-field",
                    f"book has a field {name.value!r}",
                    ", ".join(FIELDS),
                    nearest(name.value, FIELDS),
                )
            )
        elif not isinstance(value, Scalar):
            problems.append(problem_at(file, value, "wrong-shape", "a list or a mapping", "a single value", f"write {name.value}: VALUE"))
    missing = [name for name in ("name", "company", "currency", "day") if name not in fields or not fields[name].value]
    if missing:
        problems.append(
            problem_at(file, key, "book-head", f"no {', '.join(missing)}", "name, company, currency, day", "add what is missing")
        )
        return None
    return _head_of(file, fields, problems, shown)


def _head_of(file: TextFile, fields: dict[str, Scalar], problems: list[Problem], shown: str) -> Head | None:
    currency = fields["currency"]
    if currency.value not in CURRENCIES:
        problems.append(
            problem_at(
                file,
                currency,
                "book-head",
                f"the currency {currency.value!r}",
                "three letters of ISO 4217",
                nearest(currency.value.upper(), CURRENCIES),
            )
        )
        return None
    day = _day(file, fields["day"], problems)
    known_on = _day(file, fields["known_on"], problems) if "known_on" in fields else day
    start = fields.get("fiscal_year_starts", scalar("01-01", 1, 1))
    try:
        fiscal_start = parse_span(f"2001-{start.value}").first
    except DayError:
        problems.append(
            problem_at(
                file, start, "book-head", f"{start.value!r}", "the month and day on which fiscal years start, such as 04-01", "write MM-DD"
            )
        )
        return None
    if day is None or known_on is None:
        return None
    extends = fields["extends"].value if "extends" in fields else None
    return Head(
        name=fields["name"].value, company=fields["company"].value, currency=currency.value, day=day, known_on=known_on,
        fiscal_start=(fiscal_start.month, fiscal_start.day), folder=shown, extends=extends,
    )  # fmt: skip


def _day(file: TextFile, written: Scalar, problems: list[Problem]) -> date | None:
    try:
        span = parse_span(written.value)
    except DayError as error:
        problems.append(problem_at(file, written, "bad-day", f"{written.value!r} is no day", "a day", error.way_out))
        return None
    if not span.is_day:
        problems.append(problem_at(file, written, "book-head", f"{written.value!r} is a period", "a day", "write its last day"))
        return None
    return span.first


def problem_at(file: TextFile, written: Written, reason: str, found: str, expected: str, way_out: str) -> Problem:
    """A problem at a place of a file, with its line."""
    line, column = spot(written)
    return Problem(reason, Place(file.name, line, column), found, expected, way_out, file.line(line), length(written))
