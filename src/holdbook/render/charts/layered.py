"""A layered layout: boxes in rows, lines between rows that pass no box, and as few crossings as a few sweeps and siftings find."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SWEEPS, _SIFTINGS = 12, 4
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
    """The order of each row that crosses least, of those that sweeps and then sifting come by; the same in every run.

    A sweep puts rows in turn in the order of the middle of what they are tied to above, then below. Sifting takes each cell to where in
    its row it crosses least, its neighbours staying.
    """
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
    for _ in range(_SIFTINGS):
        for number in range(len(best)):
            best = [*best[:number], _sifted(best, number, near), *best[number + 1 :]]
    return best


def _sifted(cells: Sequence[Sequence[Cell]], number: int, near: dict[Cell, list[Cell]]) -> list[Cell]:
    """A row with each of its cells where it crosses least; where that is no better it stays."""
    row = list(cells[number])
    above, below = _places_in(cells, number - 1), _places_in(cells, number + 1)
    sides = {cell: [[at[one] for one in near.get(cell, ()) if one in at] for at in (above, below)] for cell in row}
    cost = {(one, other): sum(map(_inverted, sides[one], sides[other])) for one in row for other in row}
    levels = _levels(row, near)
    down = {cell: len(sides[cell][1]) for cell in row}
    for cell in list(row):
        rest = [one for one in row if one != cell]
        within = sum(cost[cell, one] for one in rest)
        ways = []
        for place in range(len(row)):
            within += cost[rest[place - 1], cell] - cost[cell, rest[place - 1]] if place else 0
            order = [*rest[:place], cell, *rest[place:]]
            ways.append((within + (_hanging(order, levels, down) if levels else 0), order != row, place, order))
        row = min(ways, key=lambda way: way[:3])[3]
    return row


def _places_in(cells: Sequence[Sequence[Cell]], number: int) -> dict[Cell, int]:
    return {cell: place for place, cell in enumerate(cells[number])} if 0 <= number < len(cells) else {}


def _inverted(left: Sequence[int], right: Sequence[int]) -> int:
    """How many lines of a cell cross those of one to the right of it, by where they go."""
    return sum(one > other for one in left for other in right)


def _levels(row: Sequence[Cell], near: dict[Cell, list[Cell]]) -> list[tuple[Cell, Cell]]:
    """The lines within a row, which hang below it."""
    return [(one, other) for number, one in enumerate(row) for other in near.get(one, ()) if other in row[number:]]


def _hanging(row: Sequence[Cell], levels: Sequence[tuple[Cell, Cell]], down: dict[Cell, int]) -> int:
    """How many lines that go down from a row, or hang below it, cross those that hang below it."""
    at = {cell: place for place, cell in enumerate(row)}
    spans = [sorted((at[one], at[other])) for one, other in levels]
    through = sum(down[cell] for first, last in spans for cell in row[first + 1 : last])
    return through + sum(one[0] < other[0] < one[1] < other[1] for one in spans for other in spans)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(cells: Sequence[Sequence[Cell]], near: dict[Cell, list[Cell]]) -> int:
    """How many pairs of lines cross: between neighbouring rows, and where lines within a row hang below it."""
    count = 0
    for number, upper in enumerate(cells):
        at = _places_in(cells, number + 1)
        ends = [(place, at[one]) for place, cell in enumerate(upper) for one in near.get(cell, ()) if one in at]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for number, a in enumerate(ends) for b in ends[:number])
        down = {cell: sum(one in at for one in near.get(cell, ())) for cell in upper}
        count += _hanging(upper, _levels(upper, near), down)
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
