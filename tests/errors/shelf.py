"""The faulty books: a folder for each reason, and what is made beside it where a repository cannot hold it.

A folder holds the book, `mend.txt` (the lines that a mended copy changes) and `expected.txt` (what `holdbook check` prints of its faults).
To write the messages anew after a change of wording, and then read the difference:  PYTHONPATH=tests python tests/errors/shelf.py
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from prompt import holdbook

from holdbook import api
from holdbook.problems import REASONS, Problem

BOOKS = Path(__file__).resolve().parent / "books"
SOUND = """book: {name: Acme Holding, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-11-14}
entities:
  acme: {name: Acme Holding}
  beta: {name: Beta Motors}
sources:
  report: {title: Acme interim report, published: 2025-11-14}
"""
_MANY_BYTES = 64 * 1024 * 1024 + 1


def forgetful() -> contextlib.AbstractContextManager[object]:
    """Without the memory of books that were read before: each is read from its text."""
    return mock.patch.dict(os.environ, {"HOLDBOOK_CACHE": "off"})


class Hunk(NamedTuple):
    """Some lines of a file, and what they become; or the new name of the file."""

    file: str
    old: list[str]
    new: list[str]
    renamed: str = ""


def book(folder: Path, **files: str | bytes) -> Path:
    """A sound book, and more files beside its `book.yaml`: `stakes_csv="id,..."` is stakes.csv."""
    folder.mkdir(parents=True)
    for name, text in {"book_yaml": SOUND, **files}.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def faults(folder: Path) -> list[Problem]:
    """All that is wrong with a book, whether it can be read or not."""
    try:
        with forgetful():
            return api.check(api.read(str(folder))).problems
    except api.NotABookError as error:
        return error.problems


def placed(folder: Path) -> list[str]:
    """The reason and the place of each fault: `bad-day acme/stakes.csv:2:14`."""
    return [f"{fault.reason} {fault.place}" for fault in faults(folder)]


def faulty(reason: str, shelf: Path) -> Path:
    """A copy of the faulty book of a reason, with what a repository cannot hold."""
    folder = shelf / reason
    shutil.copytree(BOOKS / reason, folder)
    if reason in _MADE:
        _MADE[reason].make(folder)
    return folder


def mended(reason: str, shelf: Path) -> Path:
    """The same copy after following the way out of each fault."""
    folder = faulty(reason, shelf)
    if reason in _MADE:
        _MADE[reason].mend(folder)
    for hunk in hunks(reason):
        path = folder / hunk.file
        if hunk.renamed:
            path.rename(folder / hunk.renamed)
            continue
        text, old = path.read_text(encoding="utf-8"), _joined(hunk.old)
        assert text.count(old) == 1, f"{reason}: {old!r} stands {text.count(old)} times in {hunk.file}"
        path.write_text(text.replace(old, _joined(hunk.new)), encoding="utf-8")
    return folder


def hunks(reason: str) -> list[Hunk]:
    """The changed lines of `mend.txt`: a file, then its lines, led by a blank, - or +, as in a diff; > is a new name."""
    path = BOOKS / reason / "mend.txt"
    if not path.exists():
        return []
    return [_hunk(part.splitlines()) for part in path.read_text(encoding="utf-8").strip("\n").split("\n\n")]


def _hunk(lines: list[str]) -> Hunk:
    file, *rest = lines
    old = [line[1:] for line in rest if line[:1] in " -"]
    new = [line[1:] for line in rest if line[:1] in " +"]
    return Hunk(file, old, new, next((line[1:] for line in rest if line.startswith(">")), ""))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def message(reason: str, shelf: Path) -> str:
    """What `holdbook check` prints of the faults of the book of a reason."""
    faulty(reason, shelf)
    done = holdbook("check", reason, folder=shelf)
    return (done.out.partition(f"\n\n{reason}: ")[0] if done.out else done.err).rstrip("\n") + "\n"


class _Making(NamedTuple):
    make: Callable[[Path], object]
    mend: Callable[[Path], object]


def _link_out(folder: Path) -> None:
    (folder.parent / "elsewhere.yaml").write_text("moves:\n", encoding="utf-8")
    (folder / "moves.yaml").symlink_to("../elsewhere.yaml")


def _copy_in(folder: Path) -> None:
    (folder / "moves.yaml").unlink()
    shutil.copy(folder.parent / "elsewhere.yaml", folder / "moves.yaml")


def _long_file(folder: Path) -> None:
    with open(folder / "moves.csv", "wb") as file:
        file.truncate(_MANY_BYTES)


def _split_file(folder: Path) -> None:
    (folder / "moves.csv").unlink()
    for number in (1, 2):
        (folder / f"moves-{number}.csv").write_text("id,asset,kind,source\n", encoding="utf-8")


def _latin(folder: Path) -> None:
    (folder / "names.yaml").write_bytes("entities:\n  gamma: {name: Café Zürich}\n".encode("latin-1"))


def _unicode(folder: Path) -> None:
    (folder / "names.yaml").write_text("entities:\n  gamma: {name: Café Zürich}\n", encoding="utf-8")


def _new_book(folder: Path) -> None:
    shutil.rmtree(folder)
    holdbook("new", folder.name, folder=folder.parent)


_MADE = {
    "book-missing": _Making(lambda _: None, _new_book),
    "file-outside": _Making(_link_out, _copy_in),
    "file-too-large": _Making(_long_file, _split_file),
    "file-not-utf8": _Making(_latin, _unicode),
}


if __name__ == "__main__":
    for name in REASONS:
        with tempfile.TemporaryDirectory() as empty:
            (BOOKS / name / "expected.txt").write_text(message(name, Path(empty)), encoding="utf-8")
    sys.stdout.write(f"wrote {len(REASONS)} messages below {os.path.relpath(BOOKS)}\n")
