"""A folder of text into a book and its problems. The good part of a bad book stays usable."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from holdbook.model.book import Book, Head
from holdbook.model.fact import Fact
from holdbook.model.ledger import Ledger
from holdbook.model.nouns import NOUNS
from holdbook.model.source import Source
from holdbook.problems import Problem, Side, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile, text_files
from holdbook.reader.head import problem_at, read_head
from holdbook.reader.ledger import is_ledger, read_ledger
from holdbook.reader.memory import fingerprint, recall, remember
from holdbook.reader.shape import Mention, Setting, Shaper
from holdbook.reader.table import noun_of, read_table
from holdbook.reader.written import Mapping, RawEntry, Scalar, Written
from holdbook.reader.yaml import read_yaml

_EXTENDS = re.compile(r"(?:^|[\s{,])extends:\s*[\"']?([a-z0-9_-]+)")
_IDENTIFIER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class ReadBook(NamedTuple):
    """A book, what is wrong with it, and its files; the book is None if it has no readable head."""

    book: Book | None
    problems: list[Problem]
    files: dict[str, TextFile]


class _Raw(NamedTuple):
    """The entries of a book and of those that it extends, and the heads of all of them, its own last."""

    heads: list[Head]
    entries: list[RawEntry]
    problems: list[Problem]
    files: list[TextFile]


def read_book(folder: str, shipped: str) -> ReadBook:
    """Read the book in a folder. `shipped` is the folder of the shipped books, which a book can extend by name.

    Every fault of every file is in `problems`; nothing is raised for what a file says.
    """
    texts = _texts(folder, shipped)
    files = {file.name: file for text in texts.values() for file in text.files}
    key = fingerprint(files.values(), "|".join(texts))
    remembered = recall(key)
    if remembered is not None:
        book, problems = remembered
        return ReadBook(book, problems, files)
    raw = _with_extended(folder, shipped, (), texts)
    files = {file.name: file for file in raw.files}
    if not raw.heads or raw.heads[-1].folder != _shown(folder):
        return ReadBook(None, raw.problems, files)
    book, problems = _shaped(raw.heads, raw.entries, files)
    problems = raw.problems + problems
    if fingerprint(files.values(), "|".join(texts)) == key:
        remember(key, (book, problems))
    return ReadBook(book, problems, files)


class _Text(NamedTuple):
    """The files of one folder, and what was wrong with reading them."""

    files: list[TextFile]
    problems: list[Problem]


def _texts(folder: str, shipped: str) -> dict[str, _Text]:
    """The files of a book and, as far as a glance at its head tells, of those that it extends."""
    found: dict[str, _Text] = {}
    current: str | None = folder
    while current is not None and os.path.realpath(current) not in found and os.path.isfile(os.path.join(current, "book.yaml")):
        text = _Text(*text_files(current, _shown(current)))
        found[os.path.realpath(current)] = text
        head = next((file.text for file in text.files if file.name == f"{_shown(current)}/book.yaml"), "")
        glance = _EXTENDS.search(head)
        current = _extended(glance[1], current, shipped) if glance is not None else None
    return found


def _with_extended(folder: str, shipped: str, chain: tuple[str, ...], texts: dict[str, _Text]) -> _Raw:
    """The raw entries of a book after those of the book that it extends."""
    raw = _raw(folder, texts)
    if not raw.heads or raw.heads[-1].extends is None:
        return raw
    name = raw.heads[-1].extends
    target = _extended(name, folder, shipped)
    place = Place(f"{raw.heads[-1].folder}/book.yaml")
    if target is None:
        raw.problems.append(
            Problem(
                "book-missing", place, f"extends {name!r}, which is no book", "a shipped book or a folder beside this one", "check the name"
            )
        )
        return raw
    if os.path.realpath(target) in (*chain, os.path.realpath(folder)):
        raw.problems.append(
            Problem("extends-circle", place, f"{name!r} extends this book in turn", "books that end somewhere", "remove one `extends`")
        )
        return raw
    first = _with_extended(target, shipped, (*chain, os.path.realpath(folder)), texts)
    return _Raw(first.heads + raw.heads, first.entries + raw.entries, first.problems + raw.problems, first.files + raw.files)


def _extended(name: str, folder: str, shipped: str) -> str | None:
    if not name or not set(name) <= _IDENTIFIER | {"-"}:
        return None
    for parent in (os.path.dirname(os.path.abspath(folder)), shipped):
        if os.path.isfile(os.path.join(parent, name, "book.yaml")):
            return os.path.join(parent, name)
    return None


def _shown(folder: str) -> str:
    """What a folder is called in messages: its own name, without the way to it."""
    return os.path.basename(os.path.abspath(folder))


def _raw(folder: str, texts: dict[str, _Text]) -> _Raw:
    shown = _shown(folder)
    if not os.path.isfile(os.path.join(folder, "book.yaml")):
        found = "no such folder" if not os.path.isdir(folder) else "no book.yaml in it"
        problem = Problem("book-missing", Place(shown), found, "a folder with book.yaml", "make one with: holdbook new DIR")
        return _Raw([], [], [problem], [])
    text = texts.get(os.path.realpath(folder)) or _Text(*text_files(folder, shown))
    files, problems = text.files, list(text.problems)
    head: Head | None = None
    entries: list[RawEntry] = []
    for file in files:
        if is_ledger(file.name):
            continue
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
        problems.append(
            Problem(
                "book-head",
                Place(f"{shown}/book.yaml", 1, 1),
                "no `book:` that can be read",
                "name, company, currency, day",
                "write them as docs/book.md shows",
            )
        )
    return _Raw([head] if head is not None else [], entries, problems, files)


def _sections(file: TextFile, written: Written | None, problems: list[Problem], shown: str) -> tuple[Head | None, list[RawEntry]]:
    if written is None:
        return None, []
    if not isinstance(written, Mapping):
        problems.append(
            problem_at(
                file,
                written,
                "wrong-shape",
                "a single value or a list",
                "nouns such as trades:",
                "begin with the name of a noun and a colon",
            )
        )
        return None, []
    head: Head | None = None
    entries: list[RawEntry] = []
    seen: set[str] = set()
    for key, body in written.value:
        if key.value in seen:
            problems.append(problem_at(file, key, "duplicate-key", f"{key.value!r} stands twice", "once in a file", "join the two"))
        seen.add(key.value)
        if key.value == "book":
            head = read_head(file, key, body, problems, shown)
        elif key.value not in NOUNS:
            problems.append(
                problem_at(file, key, "unknown-noun", f"{key.value!r}", "a noun of books", nearest(key.value, ["book", *NOUNS]))
            )
        elif isinstance(body, Mapping):
            entries += [RawEntry(key.value, name, value, file.name) for name, value in body.value]
        elif not (isinstance(body, Scalar) and not body.value):
            problems.append(
                problem_at(
                    file, body, "wrong-shape", "a single value or a list", f"entries of {key.value}", "write ID: and its fields below it"
                )
            )
    return head, entries


def _shaped(heads: list[Head], entries: Iterable[RawEntry], files: dict[str, TextFile]) -> tuple[Book, list[Problem]]:
    head = heads[-1]

    def excerpt(file: str, line: int) -> str:
        return files[file].line(line)

    ordered = sorted(entries, key=lambda raw: raw.noun != "sources")
    sources: dict[str, Source] = {}
    settings = {one.folder: Setting(one.currency, one.fiscal_start) for one in heads}
    shaper = Shaper(settings, sources, excerpt)
    tables: dict[str, dict[str, Fact]] = {noun: {} for noun in NOUNS}
    for raw in ordered:
        _take(raw, shaper, tables, sources, files)
    ledgers = _ledgers(files, settings, sources, frozenset(tables["entities"]), shaper.problems)
    mentions = [*shaper.mentions, Mention("entities", head.company, Place(f"{head.folder}/book.yaml", 1, 1)), *_links(tables)]
    problems = shaper.problems + _unknown_names(mentions, tables, excerpt)
    digest = blake2b("".join(f"{name}\0{file.text}\0" for name, file in sorted(files.items())).encode(), digest_size=16)
    return Book(head, tables, digest.hexdigest(), ledgers), problems


def _ledgers(
    files: dict[str, TextFile], settings: dict[str, Setting], sources: dict[str, Source], entities: frozenset[str], problems: list[Problem]
) -> tuple[Ledger, ...]:
    """The ledgers among the files."""
    found = []
    for file in files.values():
        if is_ledger(file.name):
            ledger, faults = read_ledger(file, sources, entities, settings[file.name.partition("/")[0]].fiscal_start)
            found.append(ledger)
            problems += faults
    return tuple(found)


def _take(
    raw: RawEntry, shaper: Shaper, tables: dict[str, dict[str, Fact]], sources: dict[str, Source], files: dict[str, TextFile]
) -> None:
    """Shape one entry into its table."""
    file = files[raw.file]
    noun = NOUNS.get(raw.noun)
    if noun is None:
        shaper.problems.append(
            problem_at(file, raw.name, "unknown-noun", f"{noun_of(raw.file)!r}", "a noun of books", nearest(raw.noun, NOUNS))
        )
        return
    if not raw.name.value or not set(raw.name.value) <= _IDENTIFIER:
        shaper.problems.append(problem_at(file, raw.name, "bad-id", f"{raw.name.value!r}", "small letters, digits and _", "rename it"))
        return
    first = tables[raw.noun].get(raw.name.value)
    if first is not None:
        problem = problem_at(
            file, raw.name, "duplicate-id", f"{raw.noun} has two entries {raw.name.value!r}", "one", "rename one of the two"
        )
        shaper.problems.append(msgspec.structs.replace(problem, sides=(Side(first.place, f"the first {raw.name.value}"),)))
        return
    fact = shaper.entry(raw, noun)
    if fact is not None:
        tables[raw.noun][raw.name.value] = fact
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
            problems.append(
                Problem(
                    "unknown-name",
                    place,
                    f"no {noun} entry {name!r}",
                    f"the id of an entry of {noun}",
                    nearest(name, tables[noun]),
                    line,
                    len(name),
                )
            )
    return problems
