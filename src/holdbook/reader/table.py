"""CSV text into written entries: the file is named for its noun, the header names the fields, an empty cell is an absent field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from holdbook.model.nouns import NOUNS
from holdbook.model.plan import plan_of
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.written import RawEntry, Scalar, mapping, scalar

_LARGEST_CELL = 64 * 1024 * 1024


class Row:
    """A row of a CSV file: its cells, and the line in which it begins."""

    def __init__(self, cells: list[str], line: int) -> None:
        self.cells = cells
        self.line = line


def rows_of(file: TextFile, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a file, blank ones left out; quotes that are not closed end it with a problem where they open."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield Row(cells, line)
            line = reader.line_num + 1
    except csv.Error as error:
        found = "quotes that are not closed" if "end of data" in str(error) else str(error)
        problems.append(csv_problem(file, line, found, "comma-separated cells", "close the quotes of this line"))


def column_of(line: str, index: int) -> int:
    """The column, counted from one, at which the text of a cell of a line begins: behind its quote and blanks."""
    cell, quoted, position = 0, False, 0
    while position < len(line) and cell < index:
        quoted ^= line[position] == '"'
        cell += line[position] == "," and not quoted
        position += 1
    while position < len(line) and line[position] in ' "\t':
        position += 1
    return position + 1


def csv_problem(file: TextFile, line: int, found: str, expected: str, way_out: str) -> Problem:
    """A problem with the form of a row."""
    return Problem("csv", Place(file.name, line, 1), found, expected, way_out, file.line(line))


def read_table(file: TextFile) -> tuple[list[RawEntry], list[Problem]]:
    """The entries of a CSV file; one for each row that has an id."""
    problems: list[Problem] = []
    return list(_entries(file, problems)), problems


def _noun_of(name: str) -> str:
    """The noun that a CSV file holds: `marks` of `books/acme/marks-2023.csv`."""
    return name.rsplit("/", 1)[-1].removesuffix(".csv").split("-")[0].split(".")[0]


def _entries(file: TextFile, problems: list[Problem]) -> Iterator[RawEntry]:
    noun = _noun_of(file.name)
    if noun not in NOUNS:
        way_out = nearest(noun, [*NOUNS, "ledger"])
        problems.append(
            Problem("unknown-noun", Place(file.name, 1, 1), f"a file of {noun!r}", "a file named for a noun", way_out, file.line(1))
        )
        return
    rows = rows_of(file, problems)
    head = next(rows, Row([], 1))
    header = [cell.strip() for cell in head.cells]
    if "id" not in header:
        found = f"a header of {', '.join(header) or 'nothing'}"
        problems.append(csv_problem(file, 1, found, "a column `id`", "add a column id with a name for each row"))
        return
    fields = [scalar(field, 1, column_of(file.line(1), index)) for index, field in enumerate(header)]
    known = {index for index, field in enumerate(header) if field == "id" or field in plan_of(NOUNS[noun]).fields}
    problems += [_unknown(file, noun, field) for index, field in enumerate(fields) if index not in known]
    for row in rows:
        if len(row.cells) > len(header):
            found = f"{len(row.cells)} cells"
            problems.append(
                csv_problem(file, row.line, found, f"{len(header)} as in the header", "put a cell that contains a comma in quotes")
            )
        elif any(cell.strip() for cell in row.cells) and not row.cells[0].startswith("#"):
            yield _entry(noun, fields, known, row, file)


def _unknown(file: TextFile, noun: str, field: Scalar) -> Problem:
    names = plan_of(NOUNS[noun]).fields
    place = Place(file.name, 1, field.start_mark.column + 1)
    length = max(len(field.value), 1)
    return Problem(
        "unknown-field",
        place,
        f"{noun} have no field {field.value!r}",
        "fields of this noun",
        nearest(field.value, names),
        file.line(1),
        length,
    )


def _entry(noun: str, fields: list[Scalar], known: set[int], row: Row, file: TextFile) -> RawEntry:
    line = file.line(row.line)
    pairs = []
    identity = scalar("", row.line, 1)
    for index, cell in enumerate(row.cells):
        text = cell.strip()
        if index not in known or not text:
            continue
        written = scalar(text, row.line, column_of(line, index))
        if fields[index].value == "id":
            identity = written
        else:
            pairs.append((fields[index], written))
    return RawEntry(noun, identity, mapping(pairs, row.line), file.name)
