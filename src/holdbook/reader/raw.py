"""A book's folder, and those that it extends, into entries that nobody has shaped yet."""

from __future__ import annotations

import os
from typing import NamedTuple

from holdbook.model.book import Head
from holdbook.model.nouns import NOUNS
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile, text_files
from holdbook.reader.head import problem_at, read_head
from holdbook.reader.ledger import is_ledger
from holdbook.reader.table import read_table
from holdbook.reader.texts import Text, extended, shown
from holdbook.reader.written import Mapping, RawEntry, Scalar, Written
from holdbook.reader.yaml import read_yaml


class Raw(NamedTuple):
    """The entries of a book and of those that it extends, and the heads of all of them, its own last."""

    heads: list[Head]
    entries: list[RawEntry]
    problems: list[Problem]
    files: list[TextFile]


def read_raw(folder: str, shipped: str, chain: tuple[str, ...], known: dict[str, Text]) -> Raw:
    """The raw entries of a book after those of the book that it extends; `known` are texts that were read already."""
    raw = _one(folder, known)
    if not raw.heads or raw.heads[-1].extends is None:
        return raw
    head = raw.heads[-1]
    name = head.extends or ""
    target = extended(name, folder, shipped)
    if target is None:
        expected = "a shipped book or a folder beside this one"
        raw.problems.append(_about(head, raw.files, "book-missing", f"extends {name!r}, which is no book", expected, "check the name"))
        return raw
    if os.path.realpath(target) in (*chain, os.path.realpath(folder)):
        found = f"{name!r} extends this book in turn"
        raw.problems.append(_about(head, raw.files, "extends-circle", found, "books that end somewhere", "remove one `extends`"))
        return raw
    if shown(target) in {shown(where) for where in (*chain, folder)}:
        found, expected = f"extends {name!r}, which has the same name as this folder", "folders that messages can tell apart"
        raw.problems.append(_about(head, raw.files, "book-missing", found, expected, "rename this folder"))
        return raw
    first = read_raw(target, shipped, (*chain, os.path.realpath(folder)), known)
    return Raw(first.heads + raw.heads, first.entries + raw.entries, first.problems + raw.problems, first.files + raw.files)


def _about(head: Head, files: list[TextFile], reason: str, found: str, expected: str, way_out: str) -> Problem:
    """A problem with what a head extends."""
    place = head.places["extends"]
    line = next((file.line(place.line) for file in files if file.name == place.file), "")
    return Problem(reason, place, found, expected, way_out, line, max(len(head.extends or ""), 1))


def _one(folder: str, known: dict[str, Text]) -> Raw:
    name = shown(folder)
    if not os.path.isfile(os.path.join(folder, "book.yaml")):
        found = "no such folder" if not os.path.isdir(folder) else "no book.yaml in it"
        problem = Problem("book-missing", Place(name), found, "a folder with book.yaml", "make one with: holdbook new DIR")
        return Raw([], [], [problem], [])
    text = known.get(os.path.realpath(folder)) or Text(*text_files(folder, name))
    sections = _Sections(name, list(text.problems))
    for file in sorted(text.files, key=lambda file: file.name != f"{name}/book.yaml"):
        if not is_ledger(file.name):
            sections.read(file)
    if not sections.heads and not sections.tried:
        way_out = "write them as docs/book.md shows"
        sections.problems.append(
            Problem("book-head", Place(f"{name}/book.yaml", 1, 1), "no `book:`", "name, company, currency, day", way_out)
        )
    return Raw(sections.heads[:1], sections.entries, sections.problems, text.files)


class _Sections:
    """Gathers the head and the entries of one folder's files; `tried` says that a head was there, readable or not."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.heads: list[Head] = []
        self.entries: list[RawEntry] = []
        self.problems = problems
        self.tried = False
        self._name = name

    def read(self, file: TextFile) -> None:
        """Take up one file."""
        if file.name.endswith(".csv"):
            entries, faults = read_table(file)
            self.entries += entries
            self.problems += faults
            return
        written, faults = read_yaml(file)
        self.problems += faults
        is_head = file.name == f"{self._name}/book.yaml"
        if written is None:
            self.tried |= bool(faults) and is_head
        elif not isinstance(written, Mapping):
            self.tried |= is_head
            expected, way_out = "nouns such as trades:", "begin with the name of a noun and a colon"
            self.problems.append(problem_at(file, written, "wrong-shape", "a single value or a list", expected, way_out))
        else:
            self._sections(file, written)

    def _sections(self, file: TextFile, written: Mapping) -> None:
        seen: set[str] = set()
        for key, body in written.value:
            if not isinstance(key, Scalar):
                self.problems.append(
                    problem_at(file, key, "wrong-shape", "a list or a mapping for a key", "the name of a noun", "write a word")
                )
                continue
            if key.value in seen:
                self.problems.append(
                    problem_at(file, key, "duplicate-key", f"{key.value!r} stands twice", "once in a file", "join the two")
                )
            seen.add(key.value)
            self._section(file, key, body)

    def _section(self, file: TextFile, key: Scalar, body: Written) -> None:
        if key.value == "book":
            self._head(file, key, body)
        elif key.value not in NOUNS:
            way_out = nearest(key.value, ["book", *NOUNS])
            self.problems.append(problem_at(file, key, "unknown-noun", f"{key.value!r}", "a noun of books", way_out))
        elif isinstance(body, Mapping):
            self.entries += [RawEntry(key.value, name, value, file.name) for name, value in body.value]
        elif not (isinstance(body, Scalar) and not body.value):
            way_out = "write ID: and its fields below it"
            self.problems.append(problem_at(file, body, "wrong-shape", "a single value or a list", f"entries of {key.value}", way_out))

    def _head(self, file: TextFile, key: Scalar, body: Written) -> None:
        if self.tried:
            self.problems.append(problem_at(file, key, "duplicate-key", "a second `book:`", "one, in book.yaml", "remove one of the two"))
            return
        self.tried = True
        head = read_head(file, key, body, self.problems, self._name)
        self.heads += [head] if head is not None else []
