"""The files of a book, of those that it extends and of a scenario, as they are read before anybody knows what they say."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import SCENARIOS, TextFile, stays_inside, text_files, text_of

_EXTENDS = re.compile(r"(?:^|[\s{,])extends:\s*[\"']?([a-z0-9_-]+)")
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
_ENDINGS = (".yaml", ".yml")


class Text(NamedTuple):
    """The files of one folder, and what was wrong with reading them."""

    files: list[TextFile]
    problems: list[Problem]


def shown(folder: str) -> str:
    """What a folder is called in messages: its own name, without the way to it."""
    return os.path.basename(os.path.abspath(folder)).encode(errors="backslashreplace").decode()


def texts(folder: str, shipped: str) -> dict[str, Text]:
    """The files of a book and, as far as a glance at its head tells, of those that it extends, by the folders' real paths."""
    found: dict[str, Text] = {}
    current: str | None = folder
    while current is not None and os.path.realpath(current) not in found and os.path.isfile(os.path.join(current, "book.yaml")):
        text = Text(*text_files(current, shown(current)))
        found[os.path.realpath(current)] = text
        head = next((file.text for file in text.files if file.name == f"{shown(current)}/book.yaml"), "")
        glance = _EXTENDS.search(head)
        current = extended(glance[1], current, shipped) if glance is not None else None
    return found


def extended(name: str, folder: str, shipped: str) -> str | None:
    """The folder of the book that a book in a folder extends by name: one beside it, else a shipped one; None if there is none."""
    if not name or not set(name) <= _NAME:
        return None
    for parent in (os.path.dirname(os.path.abspath(folder)), shipped):
        if os.path.isfile(os.path.join(parent, name, "book.yaml")):
            return os.path.join(parent, name)
    return None


def scenario_names(folders: Sequence[str]) -> dict[str, str]:
    """The scenarios of a book, by the stem of their files: those of its own folder first, then of the books that it extends."""
    found: dict[str, str] = {}
    for folder in folders:
        place = os.path.join(folder, SCENARIOS)
        for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
            stem, ending = os.path.splitext(name)
            if ending in _ENDINGS and not name.startswith("."):
                found.setdefault(stem, os.path.join(place, name))
    return found


def scenario_text(path: str, folders: Sequence[str], shown: Sequence[str]) -> tuple[TextFile | None, list[Problem]]:
    """The text of a scenario's file; in one of a book's folders no link may lead out of it. `shown` is what messages call the folders."""
    real, problems = os.path.realpath(path), list[Problem]()
    name = os.path.basename(path)
    for folder, called in zip(folders, shown, strict=True):
        root, beside = os.path.realpath(folder), os.path.realpath(os.path.dirname(path) or ".")
        if os.path.commonpath([root, beside]) == root:
            name = f"{called}/{os.path.relpath(os.path.join(beside, name), root).replace(os.sep, '/')}"
            if os.path.islink(path) and not stays_inside(path, root):
                expected = "a scenario inside the folder"
                return None, [
                    Problem("file-outside", Place(name), "a link that leads out of the book", expected, "copy the file into the book")
                ]
            break
    text = text_of(real, name, problems)
    return (None if text is None else TextFile(name, text)), problems
