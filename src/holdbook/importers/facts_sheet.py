"""The sheet of facts in a workbook, read back: which figures a person has changed. The workbook is written by the same columns."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

from holdbook.problems import Problem
from holdbook.quantity.origin import Place

FACTS, FRONT = "Facts", "Read me"
DIGEST = "Digest of the book"
COLUMNS = (
    "name",
    "value",
    "unit",
    "as long as it is empty",
    "low",
    "high",
    "as written",
    "source",
    "day",
    "known",
    "place",
    "identity",
    "value in the book",
)
_NAME, _VALUE, _PLACE, _KEY, _BEFORE = 0, 1, 10, 11, 12
_LARGEST = 64 * 1024 * 1024
_LARGEST_INSIDE = 512 * 1024 * 1024
_MOST_ROWS = 1_000_000


class FactRow(NamedTuple):
    """A row whose value is no longer the one that was written: where in the workbook, which figure, and what stands there now."""

    place: Place
    name: str
    stands: str
    now: float | str | None


class FactsSheet(NamedTuple):
    """What a workbook says: the state of the book that it was made from, and the rows that were changed."""

    digest: str
    changed: list[FactRow]


def read_facts(path: str, problems: list[Problem]) -> FactsSheet | None:
    """The changed figures of a workbook, or None after noting why it cannot be read.

    A formula that a person has put in place of a figure counts by the value that the spreadsheet saved for it.
    """
    found = _opened(path, problems)
    if found is None:
        return None
    with found:
        missing = [name for name in (FRONT, FACTS) if name not in found.sheetnames]
        digest = "" if missing else _digest(found[FRONT])
        rows = iter(()) if missing else found[FACTS].iter_rows(max_row=_MOST_ROWS, max_col=len(COLUMNS), values_only=True)
        head = tuple(next(rows, ()))
        if not digest or head != COLUMNS:
            problems.append(_problem(path, "a workbook without the sheets that holdbook writes"))
            return None
        return FactsSheet(digest, list(_changed(path, rows)))


def _opened(path: str, problems: list[Problem]) -> Any:
    """The workbook, if it is one and of a bearable size."""
    from openpyxl import load_workbook  # only who imports a workbook pays for it

    try:
        with zipfile.ZipFile(path) as parts:
            inside = sum(part.file_size for part in parts.infolist())
        if os.path.getsize(path) > _LARGEST or inside > _LARGEST_INSIDE:
            problems.append(
                Problem("file-too-large", Place(path), f"{inside} bytes", f"at most {_LARGEST_INSIDE}", "take a smaller workbook")
            )
            return None
        return _Closing(load_workbook(path, read_only=True, data_only=True))
    except FileNotFoundError as error:
        problems.append(
            Problem("book-missing", Place(path), error.strerror or "not there", "a workbook", "check that it is there and yours to read")
        )
    except OSError as error:
        problems.append(_problem(path, error.strerror or "a file that cannot be read"))
    except Exception as error:  # noqa: BLE001 - a damaged workbook can fail in any of a dozen ways inside the library
        problems.append(_problem(path, f"no workbook ({type(error).__name__})"))
    return None


class _Closing:
    """A workbook that is closed when one is done with it."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self.sheetnames: list[str] = workbook.sheetnames

    def __getitem__(self, name: str) -> Any:
        return self._workbook[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._workbook.close()


def _digest(front: Any) -> str:
    for row in front.iter_rows(max_row=100, max_col=2, values_only=True):
        if len(row) == 2 and row[0] == DIGEST:
            return str(row[1])
    return ""


def _changed(path: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[FactRow]:
    for number, row in enumerate(rows, 2):
        cells = [*row, *[None] * (len(COLUMNS) - len(row))]
        now, before = cells[_VALUE], cells[_BEFORE]
        if cells[_KEY] is None or now == before:
            continue
        known = float(now) if isinstance(now, int | float) and not isinstance(now, bool) else None if now is None else str(now)
        yield FactRow(Place(f"{path}, {FACTS}", number, _VALUE + 1), str(cells[_NAME]), str(cells[_PLACE] or ""), known)


def _problem(path: str, found: str) -> Problem:
    return Problem(
        "wrong-shape", Place(path), found, "a workbook that holdbook wrote", "write one: holdbook workbook BOOK --output FILE.xlsx"
    )
