"""CSV text into written entries: the file is named for its noun, the header names the fields, an empty cell is an absent field."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.written import RawEntry, Scalar, mapping, scalar


def read_table(file: TextFile) -> tuple[list[RawEntry], list[Problem]]:
    """The entries of a CSV file; one for each row that has an id."""
    problems: list[Problem] = []
    return list(_entries(file, problems)), problems


def noun_of(name: str) -> str:
    """The noun that a CSV file holds: `marks` of `books/acme/marks-2023.csv`."""
    return name.rsplit("/", 1)[-1].removesuffix(".csv").split("-")[0].split(".")[0]


def _entries(file: TextFile, problems: list[Problem]) -> Iterator[RawEntry]:
    noun = noun_of(file.name)
    rows = csv.reader(file.text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if "id" not in header:
            problems.append(
                _problem(
                    file, 1, f"a header of {', '.join(header) or 'nothing'}", "a column `id`", "add a column id with a name for each row"
                )
            )
            return
        where = header.index("id")
        fields = [scalar(field, 1, 1) for field in header]
        for row in rows:
            line = rows.line_num
            if len(row) > len(header):
                problems.append(
                    _problem(
                        file, line, f"{len(row)} cells", f"{len(header)} as in the header", "put a cell that contains a comma in quotes"
                    )
                )
            elif any(cell.strip() for cell in row) and not row[0].startswith("#"):
                yield _entry(noun, fields, where, row, line, file.name)
    except csv.Error as error:
        problems.append(_problem(file, rows.line_num, str(error), "comma-separated cells", "close the quotes of this line"))


def _entry(noun: str, fields: list[Scalar], where: int, row: list[str], line: int, name: str) -> RawEntry:
    pairs = []
    column = 1
    identity: Scalar | None = None
    for index, cell in enumerate(row):
        text = cell.strip()
        if index == where:
            identity = scalar(text, line, column)
        elif text:
            pairs.append((fields[index], scalar(text, line, column)))
        column += len(cell) + 1
    return RawEntry(noun, identity or scalar("", line, 1), mapping(pairs, line), name)


def _problem(file: TextFile, line: int, found: str, expected: str, way_out: str) -> Problem:
    return Problem("csv", Place(file.name, line, 1), found, expected, way_out, file.line(line))
