"""`holdbook import workbook`: the facts that a person changed in Excel, back into the files of the book. Only the figure changes there."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Files
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec

from holdbook.importers.changed_figure import rewritten
from holdbook.importers.facts_sheet import FactRow, read_facts
from holdbook.importers.generated import Change
from holdbook.importers.thirteen_f import Imported
from holdbook.model.book import Book
from holdbook.model.kind import FigureKind, Kind, ListKind, TableKind
from holdbook.model.nouns import NOUNS
from holdbook.model.plan import plan_of
from holdbook.problems import Problem
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.stated import FigureError, parse_figure
from holdbook.reader.figures import UnfitError, figure_leaf
from holdbook.reader.folder import TextFile
from holdbook.reader.table import read_table
from holdbook.reader.texts import shown
from holdbook.reader.written import Listing, Mapping, Scalar, Written
from holdbook.reader.yaml import read_yaml

_BOM = "\ufeff"
_FEW = 200


class _Field(NamedTuple):
    """A figure of the book and what its field may hold."""

    leaf: Quantity
    kind: FigureKind


class _Edit(NamedTuple):
    """A figure of a file that gets another text."""

    line: int
    column: int
    old: str
    new: str


def import_workbook(book: Book, files: Files[str, TextFile], folder: str, path: str) -> Imported:
    """What the changed facts of a workbook would change in the files of a book.

    `files` are the files of the book as they were read. A workbook made from another state of the book is refused, and so is a change of
    what is not one figure in one place: a rate of a library, a close of a price file, a sum of many rows.
    """
    problems: list[Problem] = []
    found = read_facts(path, problems)
    if found is None:
        return Imported([], [], problems)
    if found.digest != book.digest:
        says, way_out = "a workbook of another book, or of an earlier state of this one", "write the workbook anew, and change it there"
        problem = Problem("contradiction", Place(path), says, f"one that was made from {book.head.folder} as it stands", way_out)
        return Imported([], [], [problem])
    fields = {str(field.leaf.origin.place): field for field in _fields(book)}
    edits: dict[str, list[_Edit]] = defaultdict(list)
    remarks: list[str] = []
    for row in found.changed:
        edit = _edit(book, folder, fields.get(row.stands), row)
        if isinstance(edit, Problem):
            problems.append(edit)
        elif edit.old != edit.new:
            edits[fields[row.stands].leaf.origin.place.file].append(edit)
            remarks.append(f"{row.stands}: {row.name}: {edit.old} becomes {edit.new}")
    changes = [_change(folder, files[name], some, problems) for name, some in sorted(edits.items())]
    return Imported([change for change in changes if change is not None], remarks, problems)


def _fields(book: Book) -> Iterator[_Field]:
    """Every figure that stands in a file of the book."""
    for noun, table in book.tables.items():
        for fact in table.values():
            yield from _of_record(fact, NOUNS[noun])


def _of_record(record: msgspec.Struct, shape: type[msgspec.Struct]) -> Iterator[_Field]:
    for expected in plan_of(shape).fields.values():
        yield from _of_value(getattr(record, expected.attribute), expected.kind)


def _of_value(value: Any, kind: Kind | None) -> Iterator[_Field]:
    if isinstance(value, Quantity) and isinstance(kind, FigureKind):
        yield _Field(value, kind)
    elif isinstance(value, tuple) and isinstance(kind, ListKind):
        for one in value:
            yield from _of_value(one, kind.of)
    elif isinstance(value, dict) and isinstance(kind, TableKind):
        for one in value.values():
            if kind.record is not None:
                yield from _of_record(one, kind.record)
            else:
                yield from _of_value(one, kind.of)


def _edit(book: Book, folder: str, field: _Field | None, row: FactRow) -> _Edit | Problem:
    """What a changed row does to the file of its figure."""
    if row.now is None:
        return _refused(row, "an empty cell", "a figure, or the word unknown", "write what it is")
    if field is None:
        found = f"a change of {row.name}, which is not one figure in one place ({row.stands or 'no place'})"
        return _refused(row, found, "a figure that stands in a file of the book", "write the fact into the book")
    place = field.leaf.origin.place
    if place.file.partition("/")[0] != shown(folder):
        return _refused(row, f"a change at {place}, in a book that this one extends", "a file of this book", "import it into that book")
    old = field.leaf.origin.words
    try:
        new = " ".join(row.now.split())[:_FEW] if isinstance(row.now, str) else rewritten(field.leaf, Fraction(repr(row.now)))
        figure_leaf(new, field.kind, book.head.currency, truncated=False, key=field.leaf.key, origin=Origin(place))
        if parse_figure(new).unit not in (None, field.leaf.unit):
            return _refused(row, f"{new} in another unit than {old}", "the unit of the book", "change the book by hand")
    except (FigureError, UnfitError) as error:
        return _refused(row, str(error), f"a figure in place of {old}", error.way_out)
    except ValueError:
        return _refused(row, f"{row.now!r}", f"a figure in place of {old}", "write a number")
    return _Edit(place.line, place.column, old, new)


def _refused(row: FactRow, found: str, expected: str, way_out: str) -> Problem:
    return Problem("bad-figure", row.place, found, expected, way_out)


def _change(folder: str, file: TextFile, edits: list[_Edit], problems: list[Problem]) -> Change | None:
    """A file with some figures in other words; everything else stays, byte for byte."""
    path = os.path.join(folder, file.name.partition("/")[2])
    with open(path, encoding="utf-8", newline="") as stream:
        before = stream.read()
    if before.removeprefix(_BOM) != file.text:
        found, way_out = "a file that changed while the workbook was read", "import again"
        problems.append(Problem("contradiction", Place(file.name), found, "the file as it was read", way_out))
        return None
    lines = file.text.split("\n")
    some = sorted(set(edits))
    for edit in reversed(some):
        line = lines[edit.line - 1] if edit.line <= len(lines) else ""
        start = next((at for at in (edit.column - 1, edit.column) if line.startswith(edit.old, at)), len(line))
        lines[min(edit.line, len(lines)) - 1] = f"{line[:start]}{edit.new}{line[start + len(edit.old) :]}"
    after = TextFile(file.name, "\n".join(lines))
    if _differences(file, after) != [(edit.old, edit.new) for edit in some]:
        found, expected = "a figure that is written over several lines, or with escapes", "figures that stand on one line"
        places = ", ".join(f"{edit.line}:{edit.column}" for edit in some)
        problems.append(Problem("bad-figure", Place(file.name), f"{found} (one of {places})", expected, "change them by hand"))
        return None
    return Change(path, file.name, before, f"{_BOM if before.startswith(_BOM) else ''}{after.text}")


def _differences(before: TextFile, after: TextFile) -> list[tuple[str, str]] | None:
    """The values of a file that are others now, in their order; None where it has not as many as it had."""
    old, new = _values(before), _values(after)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] if len(old) == len(new) else None


def _values(file: TextFile) -> list[str]:
    """Every single value that a file of a book holds, in the order in which they stand."""
    if file.name.endswith(".csv"):
        roots: list[Written | None] = [entry.body for entry in read_table(file)[0]]
    else:
        roots = [read_yaml(file)[0]]
    return [value for root in roots if root is not None for value in _within(root)]


def _within(written: Written) -> Iterator[str]:
    if isinstance(written, Scalar):
        yield written.value
    elif isinstance(written, Listing):
        for item in written.value:
            yield from _within(item)
    elif isinstance(written, Mapping):
        for key, value in written.value:
            yield from _within(key)
            yield from _within(value)
