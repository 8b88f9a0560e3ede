"""A register of owners as one long table, read into columns: `owner,owned,part`, a million rows in seconds.

A book tells few ties, each with its line and its source. A national register is a matrix; it is asked for one owner, and what matters of
that goes into a book.
"""

from __future__ import annotations

import csv
import os
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from holdbook.numerics.ownership import OwnershipError, direct_parts, integrated, without_treasury

_COLUMNS = ("owner", "owned", "part")


class OwnerTable(NamedTuple):
    """The names by number, the numbers by name, and the matrix of direct parts, shares held by their own company left out."""

    names: list[str]
    numbers: dict[str, int]
    parts: csr_array


def read_owner_table(path: str | os.PathLike[str]) -> OwnerTable:
    """The register in a CSV file with the columns owner, owned and part, in any order, among others; a part is 0.25 or 25%.

    Raises ValueError, with the line, for a file without these columns, a row without a name, and a part that is none.
    """
    numbers: dict[str, int] = {}
    owners: list[int] = []
    owned: list[int] = []
    parts: list[float] = []
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = next(rows, [])
        missing = [name for name in _COLUMNS if name not in head]
        if missing:
            raise ValueError(f"line 1: no column {missing[0]}")
        first, second, third = (head.index(name) for name in _COLUMNS)
        for row in rows:
            try:
                holder, asset, part = row[first], row[second], row[third]
                parts.append(float(part[:-1]) / 100 if part.endswith("%") else float(part))
            except (IndexError, ValueError):
                raise ValueError(f"line {rows.line_num}: {','.join(row)[:80]!r} is no owner, owned and part") from None
            if not holder or not asset:
                raise ValueError(f"line {rows.line_num}: a row without a name")
            owners.append(numbers.setdefault(holder, len(numbers)))
            owned.append(numbers.setdefault(asset, len(numbers)))
    return OwnerTable(list(numbers), numbers, _matrix(list(numbers), owners, owned, parts))


def _matrix(names: list[str], owners: list[int], owned: list[int], parts: list[float]) -> csr_array:
    try:
        return without_treasury(direct_parts(len(names), owners, owned, parts))
    except OwnershipError as error:
        raise ValueError(f"{error}: {', '.join(names[one] for one in error.members[:3])}") from error


def owned_by(table: OwnerTable, owner: str) -> dict[str, float]:
    """What an owner has of everyone that it reaches, directly and through others, the largest first.

    Raises KeyError for a name that is not in the table, ValueError where the register cannot be solved there, with the names.
    """
    try:
        rights = integrated(table.parts, table.numbers[owner])
    except OwnershipError as error:
        raise ValueError(f"{error}: {', '.join(table.names[one] for one in error.members[:3])}") from error
    reached = np.flatnonzero(rights)
    ranked = reached[np.argsort(-rights[reached], kind="stable")]
    return {table.names[one]: float(rights[one]) for one in ranked}
