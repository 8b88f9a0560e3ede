"""Read a quantity as the cells of a spreadsheet: a value for each figure, a live formula for each named or shared node.

Nothing here knows a spreadsheet library; a face places the cells. No formula is longer than a spreadsheet allows.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import Quantity, in_order

_LONGEST = 4000
_SUMMANDS = 200


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
    cells: list[Cell] = []
    for node in nodes:
        if node.stated is not None:
            name = f"{prefix}{len(cells) + 1}"
            cells.append(Cell(name, node.title, str(node.unit), node.stated.centre, None, node))
            texts[node.digest] = name
            continue
        text = _text(node.op, [texts[arg.digest] for arg in node.args])
        if node is quantity or node.name or uses[node.digest] > 1 or len(text) > _LONGEST:
            name = f"{prefix}{len(cells) + 1}"
            cells.append(Cell(name, node.title, str(node.unit), None, f"={text}", None))
            text = name
        texts[node.digest] = text
    return cells


def _text(op: str, args: list[str]) -> str:
    if op in ("min", "max"):
        return f"{op.upper()}({','.join(args)})"
    if op == "+" and len(args) > 2:
        groups = [args[i : i + _SUMMANDS] for i in range(0, len(args), _SUMMANDS)]
        return "+".join(f"SUM({','.join(group)})" for group in groups)
    return args[0] if len(args) == 1 else f"({args[0]}{op}{args[1]})"
