"""Read a quantity as the cells of a spreadsheet: a value for each figure, a live formula for each named or shared node.

Nothing here knows a spreadsheet library; a face places the cells. No formula is longer than a spreadsheet allows.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import Quantity, in_order

_LONGEST = 3500
_SUMMANDS = 200
_FEW = 2


class Cell(NamedTuple):
    """A cell: its name, what it says, and either a value (None when unknown) or a formula over other cells' names."""

    name: str
    title: str
    unit: str
    value: Fraction | None
    formula: str | None
    leaf: Quantity | None


def formula(quantity: Quantity, prefix: str = "n") -> list[Cell]:
    """The cells that compute the quantity, each after those that it uses; the last is the quantity itself.

    A node gets a cell of its own when it has a name, is used twice, or would make a formula too long.
    """
    nodes = list(in_order(quantity))
    uses = Counter(arg.digest for node in nodes for arg in node.args)
    texts: dict[bytes, str] = {}
    sheet = _Sheet(prefix)
    for node in nodes:
        if node.stated is not None:
            texts[node.digest] = sheet.add(node, node.stated.centre, None)
            continue
        text = _text(node, [texts[arg.digest] for arg in node.args], sheet)
        own = node is quantity or node.name or uses[node.digest] > 1 or len(text) > _LONGEST
        texts[node.digest] = sheet.add(node, None, f"={text}") if own else text
    return sheet.cells


class _Sheet:
    """The cells so far, and their names."""

    def __init__(self, prefix: str) -> None:
        self.cells: list[Cell] = []
        self._prefix = prefix

    def add(self, node: Quantity, value: Fraction | None, text: str | None) -> str:
        """A new cell for a node, or for a part of it; its name."""
        name = f"{self._prefix}{len(self.cells) + 1}"
        leaf = node if node.stated is not None else None
        self.cells.append(Cell(name, node.title, str(node.unit), value, text, leaf))
        return name


def _text(node: Quantity, args: list[str], sheet: _Sheet) -> str:
    """What a node says over the texts of its arguments; too many of them are first gathered in cells of their own."""
    while len(args) > _SUMMANDS or (len(args) > _FEW and sum(map(len, args)) > _LONGEST):
        args = [group[0] if len(group) == 1 else sheet.add(node, None, f"={_call(node.op, group)}") for group in _groups(args)]
    return args[0] if len(args) == 1 else _call(node.op, args)


def _groups(args: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for arg in args:
        if len(groups[-1]) == _SUMMANDS or (groups[-1] and sum(map(len, groups[-1])) + len(arg) > _LONGEST):
            groups.append([])
        groups[-1].append(arg)
    return groups


def _call(op: str, args: list[str]) -> str:
    if op in ("min", "max"):
        return f"{op.upper()}({','.join(args)})"
    return f"SUM({','.join(args)})" if op == "+" and len(args) > _FEW else f"({args[0]}{op}{args[1]})"
