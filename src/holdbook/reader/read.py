"""A folder of text into a book and its problems. The good part of a bad book stays usable."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.model.book import Book
from holdbook.problems import Problem
from holdbook.reader.folder import TextFile
from holdbook.reader.memory import fingerprint, recall, remember
from holdbook.reader.texts import scenario_text, shown, texts


class ReadBook(NamedTuple):
    """A book, what is wrong with it, its files, the key of their text, and the folders in which they stand, its own first.

    The book is None if it has no readable head.
    """

    book: Book | None
    problems: list[Problem]
    files: dict[str, TextFile]
    key: str = ""
    folders: tuple[str, ...] = ()


def read_book(folder: str, shipped: str, scenario: str = "") -> ReadBook:
    """Read the book in a folder. `shipped` is the folder of the shipped books, which a book can extend by name.

    `scenario` is the path of a file that is laid over it. Every fault of every file is in `problems`; nothing is raised for what a
    file says.
    """
    known = texts(folder, shipped)
    over, faults = scenario_text(scenario, list(known), [shown(one) for one in known]) if scenario else (None, [])
    files = {file.name: file for text in known.values() for file in text.files} | ({} if over is None else {over.name: over})
    seen = "|".join(f"{where} {[(fault.reason, fault.place) for fault in text.problems]}" for where, text in known.items())
    seen += "" if over is None else f"|scenario {over.name}"
    key = fingerprint(files.values(), seen)
    remembered = recall(key)
    if remembered is not None:
        book, problems = remembered
        return ReadBook(book, problems + faults, files, key, tuple(known))
    from holdbook.reader.shaping import shape_book  # with the library for YAML, which a remembered book does not need

    book, problems, files = shape_book(folder, shipped, known, over)
    if book is None:
        return ReadBook(None, problems, files)
    if fingerprint(files.values(), seen) == key:
        remember(key, (book, problems))
    return ReadBook(book, problems + faults, files, key, tuple(known))


def lay_shocks(found: ReadBook, scenario: str) -> ReadBook | None:
    """A book that was read, under a scenario of nothing but shocks; None for one that alters entries, which must be shaped anew."""
    over, _ = scenario_text(scenario, found.folders, [shown(one) for one in found.folders])
    if over is None or found.book is None:
        return None
    from holdbook.reader.shaping import under_shocks  # as above

    shocked = under_shocks(found.book, over)
    if shocked is None:
        return None
    book, problems = shocked
    key = fingerprint([over], f"{found.key}|scenario {over.name}")
    return ReadBook(book, problems + found.problems, found.files | {over.name: over}, key, found.folders)
