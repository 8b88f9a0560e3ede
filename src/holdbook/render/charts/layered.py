"""A layered layout: boxes in rows, lines between rows that pass no box, and as few crossings as a few sweeps find."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 12
_BOX, _GAP, _LANE = 150.0, 16.0, 16.0
Cell = str | tuple[int, int]
"""A box by its key, or the place where a line passes a row: the number of the line and of the row."""


class Layout(NamedTuple):
    """Where things stand across a sheet: the middle of each cell of each row, and how wide the boxes of a row are."""

    middle: dict[Cell, float]
    wide: list[float]
    chains: list[list[Cell]]


def laid_out(rows: Sequence[Sequence[str]], lines: Sequence[tuple[str, str]], width: float) -> Layout:
    """Place boxes in the given rows; a line is a chain of cells from its upper to its lower end, one in each row.

    >>> laid_out([["a"], ["b", "c"]], [("a", "c")], 400).chains
    [['a', 'c']]
    """
    row_of = {key: number for number, row in enumerate(rows) for key in row}
    chains = [_chain(number, line, row_of) for number, line in enumerate(lines)]
    cells: list[list[Cell]] = [list(row) for row in rows]
    for chain in chains:
        for cell in chain[1:-1]:
            assert isinstance(cell, tuple)
            cells[cell[1]].append(cell)
    near = _next_to(chains)
    middle, wide = _places(_ordered(cells, near), near, width)
    return Layout(middle, wide, chains)


def _chain(number: int, line: tuple[str, str], row_of: dict[str, int]) -> list[Cell]:
    upper, lower = sorted(line, key=lambda key: row_of[key])
    return [upper, *((number, row) for row in range(row_of[upper] + 1, row_of[lower])), lower]


def _next_to(chains: Sequence[Sequence[Cell]]) -> dict[Cell, list[Cell]]:
    found: dict[Cell, list[Cell]] = {}
    for chain in chains:
        for cell, other in pairwise(chain):
            found.setdefault(cell, []).append(other)
            found.setdefault(other, []).append(cell)
    return found


def _ordered(cells: list[list[Cell]], near: dict[Cell, list[Cell]]) -> list[list[Cell]]:
    """Rows in turn put in the order of the middle of what they are tied to above, then below; the order that crosses least."""
    best, fewest = cells, _crossings(cells, near)
    for sweep in range(_SWEEPS):
        cells = [list(row) for row in cells]
        numbers = range(1, len(cells)) if sweep % 2 == 0 else range(len(cells) - 2, -1, -1)
        for number in numbers:
            beside = cells[number - 1 if sweep % 2 == 0 else number + 1]
            at = {cell: place / max(len(beside) - 1, 1) for place, cell in enumerate(beside)}
            own = {cell: place / max(len(cells[number]) - 1, 1) for place, cell in enumerate(cells[number])}
            cells[number] = sorted(cells[number], key=lambda cell: _mean([at[one] for one in near.get(cell, ()) if one in at], own[cell]))
        found = _crossings(cells, near)
        if found < fewest:
            best, fewest = cells, found
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(cells: Sequence[Sequence[Cell]], near: dict[Cell, list[Cell]]) -> int:
    """How many pairs of lines between neighbouring rows cross."""
    count = 0
    for upper, lower in pairwise(cells):
        at = {cell: place for place, cell in enumerate(lower)}
        ends = [(place, at[one]) for place, cell in enumerate(upper) for one in near.get(cell, ()) if one in at]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for number, a in enumerate(ends) for b in ends[:number])
    return count


def _places(cells: Sequence[Sequence[Cell]], near: dict[Cell, list[Cell]], width: float) -> tuple[dict[Cell, float], list[float]]:
    """The middle of each cell, drawn towards what it is tied to, and how wide the boxes of each row are."""
    wide = [_width(row, width) for row in cells]
    middle = {cell: (place + 0.5) * width / len(row) for row in cells for place, cell in enumerate(row)}
    for sweep in range(_SWEEPS):
        for number in range(len(cells)) if sweep % 2 == 0 else range(len(cells) - 1, -1, -1):
            row = cells[number]
            wanted = [_mean([middle[one] for one in near.get(cell, ())], middle[cell]) for cell in row]
            rooms = [wide[number] + _GAP if isinstance(cell, str) else _LANE for cell in row]
            middle |= dict(zip(row, _apart(wanted, rooms, width), strict=True))
    return middle, wide


def _width(row: Sequence[Cell], width: float) -> float:
    boxes = sum(isinstance(cell, str) for cell in row)
    return min(_BOX, (width - (len(row) - boxes) * _LANE) / max(boxes, 1) - _GAP)


def _apart(wanted: Sequence[float], rooms: Sequence[float], width: float) -> list[float]:
    """Places as near to the wanted ones as their order and their rooms allow.

    Formula:  least squares under an order: neighbours out of order take their mean, once the rooms before each are taken off
    """
    before = [sum(rooms[:number]) + rooms[number] / 2 for number in range(len(rooms))]
    blocks: list[tuple[float, int]] = []
    for want, room in zip(wanted, before, strict=True):
        value, count = want - room, 1
        while blocks and blocks[-1][0] >= value:
            last, many = blocks.pop()
            value, count = (value * count + last * many) / (count + many), count + many
        blocks.append((value, count))
    most = max(width - sum(rooms), 0.0)
    free = [min(max(value, 0.0), most) for value, count in blocks for _ in range(count)]
    return [value + room for value, room in zip(free, before, strict=True)]
