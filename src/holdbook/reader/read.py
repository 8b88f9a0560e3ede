"""A folder of text into a book and its problems. The good part of a bad book stays usable."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from holdbook.dates import DayError, parse_span
from holdbook.model.book import Book, Head
from holdbook.model.fact import Fact
from holdbook.model.nouns import NOUNS
from holdbook.model.source import Source
from holdbook.problems import Problem, Side, nearest
from holdbook.quantity.origin import Place
from holdbook.quantity.unit import CURRENCIES
from holdbook.reader.folder import TextFile, text_files
from holdbook.reader.shape import Mention, Setting, Shaper
from holdbook.reader.table import noun_of, read_table
from holdbook.reader.written import Mapping, RawEntry, Scalar, Written
from holdbook.reader.yaml import read_yaml

_HEAD_FIELDS = ("name", "company", "currency", "day", "known_on", "fiscal_year_starts", "extends")
_IDENTIFIER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class ReadBook(NamedTuple):
    """A book, what is wrong with it, and its files; the book is None if it has no readable head."""

    book: Book | None
    problems: list[Problem]
    files: dict[str, TextFile]


class _Raw(NamedTuple):
    head: Head | None
    entries: list[RawEntry]
    problems: list[Problem]
    files: list[TextFile]


def read_book(folder: str, shipped: str) -> ReadBook:
    """Read the book in a folder. `shipped` is the folder of the shipped books, which a book can extend by name.

    Every fault of every file is in `problems`; nothing is raised for what a file says.
    """
    raw = _with_extended(folder, shipped, ())
    files = {file.name: file for file in raw.files}
    if raw.head is None:
        return ReadBook(None, raw.problems, files)
    book, problems = _shaped(raw.head, raw.entries, files)
    return ReadBook(book, raw.problems + problems, files)


def _with_extended(folder: str, shipped: str, chain: tuple[str, ...]) -> _Raw:
    """The raw entries of a book after those of the book that it extends."""
    raw = _raw(folder, chain)
    if raw.head is None or raw.head.extends is None:
        return raw
    name = raw.head.extends
    target = _extended(name, folder, shipped)
    place = Place(f"{raw.head.folder}/book.yaml")
    if target is None:
        raw.problems.append(Problem("book-missing", place, f"extends {name!r}, which is no book", "a shipped book or a folder beside this one", "check the name"))
        return raw
    if os.path.realpath(target) in (*chain, os.path.realpath(folder)):
        raw.problems.append(Problem("extends-circle", place, f"{name!r} extends this book in turn", "books that end somewhere", "remove one `extends`"))
        return raw
    first = _with_extended(target, shipped, (*chain, os.path.realpath(folder)))
    return _Raw(raw.head, first.entries + raw.entries, first.problems + raw.problems, first.files + raw.files)


def _extended(name: str, folder: str, shipped: str) -> str | None:
    if not name or not set(name) <= _IDENTIFIER | {"-"}:
        return None
    for parent in (os.path.dirname(os.path.abspath(folder)), shipped):
        if os.path.isfile(os.path.join(parent, name, "book.yaml")):
            return os.path.join(parent, name)
    return None


def _raw(folder: str, chain: tuple[str, ...]) -> _Raw:
    shown = os.path.basename(os.path.abspath(folder))
    if not os.path.isfile(os.path.join(folder, "book.yaml")):
        found = "no such folder" if not os.path.isdir(folder) else "no book.yaml in it"
        problem = Problem("book-missing", Place(shown), found, "a folder with book.yaml", "make one with: holdbook new DIR")
        return _Raw(None, [], [problem], [])
    files, problems = text_files(folder, shown)
    head: Head | None = None
    entries: list[RawEntry] = []
    for file in files:
        if file.name.endswith(".csv"):
            more, faults = read_table(file)
            entries += more
            problems += faults
            continue
        written, faults = read_yaml(file)
        problems += faults
        found_head, more = _sections(file, written, problems, shown)
        entries += more
        head = head or found_head
    if head is None:
        problems.append(Problem("book-head", Place(f"{shown}/book.yaml", 1, 1), "no `book:` that can be read", "name, company, currency, day", "write them as docs/book.md shows"))
    return _Raw(head, entries, problems, files)


def _sections(file: TextFile, written: Written | None, problems: list[Problem], shown: str) -> tuple[Head | None, list[RawEntry]]:
    if written is None:
        return None, []
    if not isinstance(written, Mapping):
        problems.append(_at(file, written, "wrong-shape", "a single value or a list", "nouns such as trades:", "begin with the name of a noun and a colon"))
        return None, []
    head: Head | None = None
    entries: list[RawEntry] = []
    seen: set[str] = set()
    for key, body in written.pairs:
        if key.text in seen:
            problems.append(_at(file, key, "duplicate-key", f"{key.text!r} stands twice", "once in a file", "join the two"))
        seen.add(key.text)
        if key.text == "book":
            head = _head(file, key, body, problems, shown)
        elif key.text not in NOUNS:
            problems.append(_at(file, key, "unknown-noun", f"{key.text!r}", "a noun of books", nearest(key.text, ["book", *NOUNS])))
        elif isinstance(body, Mapping):
            entries += [RawEntry(key.text, name, value, file.name) for name, value in body.pairs]
        elif not (isinstance(body, Scalar) and not body.text):
            problems.append(_at(file, body, "wrong-shape", "a single value or a list", f"entries of {key.text}", "write ID: and its fields below it"))
    return head, entries


def _at(file: TextFile, written: Written, reason: str, found: str, expected: str, way_out: str) -> Problem:
    length = len(written.text) if isinstance(written, Scalar) else 1
    return Problem(reason, Place(file.name, *written.spot), found, expected, way_out, file.line(written.spot.line), max(length, 1))


def _head(file: TextFile, key: Scalar, body: Written, problems: list[Problem], shown: str) -> Head | None:
    if not isinstance(body, Mapping):
        problems.append(_at(file, body, "book-head", "a single value or a list", "name, company, currency, day", "write them below it, indented"))
        return None
    fields = {name.text: value for name, value in body.pairs if isinstance(value, Scalar)}
    for name, value in body.pairs:
        if name.text not in _HEAD_FIELDS:
            problems.append(_at(file, name, "unknown-field", f"book has a field {name.text!r}", ", ".join(_HEAD_FIELDS), nearest(name.text, _HEAD_FIELDS)))
        elif not isinstance(value, Scalar):
            problems.append(_at(file, value, "wrong-shape", "a list or a mapping", "a single value", f"write {name.text}: VALUE"))
    missing = [name for name in ("name", "company", "currency", "day") if not fields.get(name, Scalar("", key.spot)).text]
    if missing:
        problems.append(_at(file, key, "book-head", f"no {', '.join(missing)}", "name, company, currency, day", "add what is missing"))
        return None
    return _head_of(file, fields, problems, shown)


def _head_of(file: TextFile, fields: dict[str, Scalar], problems: list[Problem], shown: str) -> Head | None:
    currency = fields["currency"]
    if currency.text not in CURRENCIES:
        problems.append(_at(file, currency, "book-head", f"the currency {currency.text!r}", "three letters of ISO 4217", nearest(currency.text.upper(), CURRENCIES)))
        return None
    day = _day(file, fields["day"], problems)
    known_on = _day(file, fields["known_on"], problems) if "known_on" in fields else day
    start = fields.get("fiscal_year_starts", Scalar("01-01", currency.spot))
    try:
        fiscal_start = parse_span(f"2001-{start.text}").first
    except DayError:
        problems.append(_at(file, start, "book-head", f"{start.text!r}", "the month and day on which fiscal years start, such as 04-01", "write MM-DD"))
        return None
    if day is None or known_on is None:
        return None
    extends = fields["extends"].text if "extends" in fields else None
    return Head(
        name=fields["name"].text, company=fields["company"].text, currency=currency.text, day=day, known_on=known_on,
        fiscal_start=(fiscal_start.month, fiscal_start.day), folder=shown, extends=extends,
    )  # fmt: skip


def _day(file: TextFile, written: Scalar, problems: list[Problem]) -> date | None:
    try:
        span = parse_span(written.text)
    except DayError as error:
        problems.append(_at(file, written, "bad-day", f"{written.text!r} is no day", "a day", error.way_out))
        return None
    if not span.is_day:
        problems.append(_at(file, written, "book-head", f"{written.text!r} is a period", "a day", "write its last day"))
        return None
    return span.first


def _shaped(head: Head, entries: Iterable[RawEntry], files: dict[str, TextFile]) -> tuple[Book, list[Problem]]:
    def excerpt(file: str, line: int) -> str:
        return files[file].line(line)

    ordered = sorted(entries, key=lambda raw: raw.noun != "sources")
    sources: dict[str, Source] = {}
    shaper = Shaper(Setting(head.currency, head.fiscal_start, sources), excerpt)
    tables: dict[str, dict[str, Fact]] = {noun: {} for noun in NOUNS}
    for raw in ordered:
        _take(raw, shaper, tables, sources, files)
    mentions = [*shaper.mentions, Mention("entities", head.company, Place(f"{head.folder}/book.yaml", 1, 1)), *_links(tables)]
    problems = shaper.problems + _unknown_names(mentions, tables, excerpt)
    digest = blake2b("".join(f"{name}\0{file.text}\0" for name, file in sorted(files.items())).encode(), digest_size=16)
    return Book(head, tables, digest.hexdigest()), problems


def _take(raw: RawEntry, shaper: Shaper, tables: dict[str, dict[str, Fact]], sources: dict[str, Source], files: dict[str, TextFile]) -> None:
    """Shape one entry into its table."""
    file = files[raw.file]
    noun = NOUNS.get(raw.noun)
    if noun is None:
        shaper.problems.append(_at(file, raw.name, "unknown-noun", f"{noun_of(raw.file)!r}", "a noun of books", nearest(raw.noun, NOUNS)))
        return
    if not raw.name.text or not set(raw.name.text) <= _IDENTIFIER:
        shaper.problems.append(_at(file, raw.name, "bad-id", f"{raw.name.text!r}", "small letters, digits and _", "rename it"))
        return
    first = tables[raw.noun].get(raw.name.text)
    if first is not None:
        problem = _at(file, raw.name, "duplicate-id", f"{raw.noun} has two entries {raw.name.text!r}", "one", "rename one of the two")
        shaper.problems.append(msgspec.structs.replace(problem, sides=(Side(first.place, f"the first {raw.name.text}"),)))
        return
    fact = shaper.entry(raw, noun)
    if fact is not None:
        tables[raw.noun][raw.name.text] = fact
        if isinstance(fact, Source):
            sources[fact.id] = fact


def _links(tables: dict[str, dict[str, Fact]]) -> list[Mention]:
    """The ids that entries give of others of their own noun."""
    return [
        Mention(noun, name, fact.place)
        for noun, table in tables.items()
        for fact in table.values()
        for name in (fact.restates, fact.supersedes)
        if name is not None
    ]


def _unknown_names(mentions: Iterable[Mention], tables: dict[str, dict[str, Fact]], excerpt: Callable[[str, int], str]) -> list[Problem]:
    problems = []
    for noun, name, place in mentions:
        if name not in tables[noun]:
            line = excerpt(place.file, place.line)
            problems.append(Problem("unknown-name", place, f"no {noun} entry {name!r}", f"the id of an entry of {noun}", nearest(name, tables[noun]), line, len(name)))
    return problems
