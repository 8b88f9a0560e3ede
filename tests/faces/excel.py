"""A workbook as Excel would see it: its cells read back, and its formulas computed over changed facts."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

_GUARDED = re.compile(r'=(?:IFERROR\()?IF\((COUNT\([^)]*\)(?:\+COUNT\([^)]*\))*)=(\d+),(.*?),""\)(?:,""\))?')
_FUNCTIONS = {"SUM": lambda *args: sum(args), "MIN": min, "MAX": max, "__builtins__": {}}
Row = tuple[Any, ...]


def opened(path: Path, *, computed: bool = False) -> Any:
    """A workbook, to be looked at only: formulas as they are written, or what they came to when it was saved."""
    return _opened(path, path.stat().st_mtime_ns, computed)


@lru_cache(maxsize=12)
def _opened(path: Path, _changed: int, computed: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path, data_only=computed)


def rows(path: Path, sheet: str, *, computed: bool = False) -> list[Row]:
    """The rows of a sheet, formulas or what they came to."""
    return list(opened(path, computed=computed)[sheet].iter_rows(values_only=True))


def cells(path: Path) -> Iterator[tuple[str, Any]]:
    """Every cell of every sheet that is not empty, by its sheet."""
    for sheet in opened(path):
        yield from ((sheet.title, cell) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def names(path: Path) -> dict[str, tuple[str, int]]:
    """The defined names, each with its sheet and row; all of them stand in column B."""
    found: dict[str, tuple[str, int]] = {}
    for name, defined in opened(path).defined_names.items():
        sheet, _, cell = defined.attr_text.rpartition("!")
        if cell.startswith("$B$"):
            found[name] = (sheet.strip("'"), int(cell.removeprefix("$B$")))
    return found


def recalculated(path: Path, changes: Mapping[str, float | None]) -> dict[str, Fraction | None]:
    """What every named cell comes to after some facts, by the name of the cell, have become others; None for an empty one."""
    by_place = {place: name for name, place in names(path).items()}
    values: dict[str, Fraction | None] = {}
    for sheet in ("Facts", "Calculation"):
        for number, row in enumerate(rows(path, sheet), 1):
            name = by_place.get((sheet, number))
            if name is not None:
                values[name] = _value(changes.get(name, row[1]) if sheet == "Facts" else row[1], values)
    assert set(changes) <= set(values)
    return values


def _value(content: object, values: Mapping[str, Fraction | None]) -> Fraction | None:
    if not isinstance(content, str):
        return None if content is None else Fraction(repr(content))
    guarded = _GUARDED.fullmatch(content)
    assert guarded is not None, content
    used = [name for group in re.findall(r"COUNT\(([^)]*)\)", guarded[1]) for name in group.split(",")]
    assert len(used) == int(guarded[2])
    if any(values[name] is None for name in used):
        return None
    try:
        return eval(guarded[3], _FUNCTIONS, {name: values[name] for name in used})  # noqa: S307 - a formula that this project wrote
    except ZeroDivisionError:
        return None


def parts(path: Path) -> dict[str, bytes]:
    """The files within a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
