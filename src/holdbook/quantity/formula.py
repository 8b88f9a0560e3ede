"""Read quantities as the cells of a spreadsheet: a value for each figure, a live formula for each named or shared node.

Nothing here knows a spreadsheet library; a face places the cells. No formula is longer or deeper than a spreadsheet allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import Quantity, in_order

_LONGEST = 3500
_SUMMANDS = 200
_DEEPEST = 30
_FEW = 2

Called = Callable[[Quantity, int], str]


class Cell(NamedTuple):
    """A cell: its name, what it says, and either a value (None when unknown) or a formula over other cells' names.

    `uses` are the names in its formula, each once; `node` is what it computes, None where it gathers only some of a long sum.
    """

    name: str
    title: str
    unit: str
    value: Fraction | None
    formula: str | None
    leaf: Quantity | None
    uses: tuple[str, ...] = ()
    node: Quantity | None = None


def formula(quantity: Quantity, prefix: str = "n") -> list[Cell]:
    """The cells that compute the quantity, each after those that it uses; the last is the quantity itself.

    A node gets a cell of its own when it has a name, is used twice, or would make a formula too long.
    """
    return list(formulas((quantity,), lambda _, number: f"{prefix}{number}"))


def formulas(quantities: Iterable[Quantity], called: Called) -> Iterator[Cell]:
    """The cells that compute some quantities together, each after those that it uses; what they share stands once.

    `called` names the cell of a node; its second argument counts the cells from one, and no name may come twice.
    """
    roots = {root.digest: root for root in quantities}
    nodes = {node.digest: node for root in roots.values() for node in in_order(root)}
    uses = Counter(arg.digest for node in nodes.values() for arg in node.args)
    texts: dict[bytes, _Text] = {}
    sheet = _Sheet(called)
    for digest, node in nodes.items():
        if node.stated is not None:
            texts[digest] = sheet.add(node, node.stated.centre, None)
            continue
        text = _text(node, [texts[arg.digest] for arg in node.args], sheet)
        own = digest in roots or node.name or uses[digest] > 1 or len(text.words) > _LONGEST or text.depth > _DEEPEST
        texts[digest] = sheet.add(node, None, text) if own else text
    yield from sheet.cells


class _Text(NamedTuple):
    """A part of a formula, the names in it, and how many brackets stand around the innermost."""

    words: str
    uses: tuple[str, ...]
    depth: int = 0


class _Sheet:
    """The cells so far, and their names."""

    def __init__(self, called: Called) -> None:
        self.cells: list[Cell] = []
        self._called = called

    def add(self, node: Quantity, value: Fraction | None, text: _Text | None, *, whole: bool = True) -> _Text:
        """A new cell for a node, or for a part of it; the text that stands for it."""
        name = self._called(node, len(self.cells) + 1)
        leaf = node if node.stated is not None else None
        said, uses = (None, ()) if text is None else (f"={text.words}", text.uses)
        self.cells.append(Cell(name, node.title, str(node.unit), value, said, leaf, uses, node if whole else None))
        return _Text(name, (name,))


def _text(node: Quantity, args: list[_Text], sheet: _Sheet) -> _Text:
    """What a node says over the texts of its arguments; too many of them are first gathered in cells of their own."""
    while len(args) > _SUMMANDS or (len(args) > _FEW and sum(len(arg.words) for arg in args) > _LONGEST):
        args = [group[0] if len(group) == 1 else sheet.add(node, None, _call(node.op, group), whole=False) for group in _groups(args)]
    return args[0] if len(args) == 1 else _call(node.op, args)


def _groups(args: list[_Text]) -> list[list[_Text]]:
    groups: list[list[_Text]] = [[]]
    size = 0
    for arg in args:
        if len(groups[-1]) == _SUMMANDS or (groups[-1] and size + len(arg.words) > _LONGEST):
            groups.append([])
            size = 0
        groups[-1].append(arg)
        size += len(arg.words)
    return groups


def _call(op: str, args: list[_Text]) -> _Text:
    words = [arg.words for arg in args]
    uses = tuple(dict.fromkeys(name for arg in args for name in arg.uses))
    depth = 1 + max(arg.depth for arg in args)
    if op in ("min", "max"):
        return _Text(f"{op.upper()}({','.join(words)})", uses, depth)
    return _Text(f"SUM({','.join(words)})" if op == "+" and len(args) > _FEW else f"({words[0]}{op}{words[1]})", uses, depth)
