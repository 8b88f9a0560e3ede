"""The files of a book's folder, read as text: nothing outside the folder, nothing too large, nothing that is not UTF-8."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property

from holdbook.problems import Problem
from holdbook.quantity.origin import Place

_LARGEST_FILE = 64 * 1024 * 1024
_MOST_FILES = 2000
_LONGEST_LINE = 400
_SHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ENDINGS = (".yaml", ".yml", ".csv")
PRICES, SCENARIOS = "prices", "scenarios"


class TextFile:
    """A file of a book: the name by which messages call it, and its text."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.replace("\r\n", "\n").split("\n")

    def line(self, number: int) -> str:
        """One line of it, counted from one; empty past the end."""
        line = self._lines[number - 1] if 0 < number <= len(self._lines) else ""
        return _SHOWABLE.sub("\N{REPLACEMENT CHARACTER}", line[:_LONGEST_LINE])


def text_files(folder: str, shown: str) -> tuple[list[TextFile], list[Problem]]:
    """The book files in a folder and its subfolders, by name.

    `shown` is the name of the folder in messages.
    """
    problems: list[Problem] = []
    files: list[TextFile] = []
    for path in sorted(_paths(folder, shown, problems)):
        name = f"{shown}/{os.path.relpath(path, folder).replace(os.sep, '/')}".encode(errors="backslashreplace").decode()
        if len(files) == _MOST_FILES:
            problems.append(
                Problem("file-too-large", Place(shown), f"more than {_MOST_FILES} files", "a book has fewer", "join files of one noun")
            )
            break
        text = text_of(path, name, problems)
        if text is not None:
            files.append(TextFile(name, text))
    return files, problems


def _paths(folder: str, shown: str, problems: list[Problem]) -> Iterator[str]:
    root = os.path.realpath(folder)
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(
            name for name in folders if not name.startswith((".", "_")) and not (parent == folder and name in (PRICES, SCENARIOS))
        )
        for name in [*folders, *sorted(names)]:
            path = os.path.join(parent, name)
            if os.path.islink(path) and not stays_inside(path, root):
                place = Place(f"{shown}/{os.path.relpath(path, folder)}")
                problems.append(
                    Problem(
                        "file-outside",
                        place,
                        "a link that leads out of the book, or nowhere",
                        "files inside the folder",
                        "copy the file into the book",
                    )
                )
            elif name in names and name.endswith(_ENDINGS) and not name.startswith("."):
                if os.path.isfile(path):
                    yield path
                else:
                    place = Place(f"{shown}/{os.path.relpath(path, folder)}")
                    problems.append(Problem("file-outside", place, "no plain file", "files of text", "remove it from the book"))


def stays_inside(path: str, root: str) -> bool:
    """Whether a link ends at a file within the folder; links to folders are not followed, so they could only go in circles."""
    target = os.path.realpath(path)
    return os.path.isfile(target) and os.path.commonpath([root, target]) == root


def text_of(path: str, name: str, problems: list[Problem]) -> str | None:
    """The text of a file that messages call `name`, or None after noting why it cannot be read."""
    try:
        if os.path.getsize(path) > _LARGEST_FILE:
            problems.append(
                Problem("file-too-large", Place(name), f"{os.path.getsize(path)} bytes", f"at most {_LARGEST_FILE}", "split the file")
            )
            return None
        with open(path, "rb") as file:
            data = file.read()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        place = Place(name, line, column)
        shown = TextFile(name, data.decode(errors="replace")).line(line)
        problems.append(
            Problem("file-not-utf8", place, f"the byte {data[error.start]:#04x}", "UTF-8 text", "save the file as UTF-8", shown)
        )
    except OSError as error:
        problems.append(
            Problem(
                "book-missing",
                Place(name),
                error.strerror or "cannot be read",
                "a file that can be read",
                "check that it is there and yours to read",
            )
        )
    return None
