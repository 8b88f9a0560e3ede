"""The cells behind some answers: every figure once, every named or shared node once, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from holdbook.quantity.formula import Cell, formulas
from holdbook.quantity.point import points
from holdbook.quantity.quantity import LEAF, Quantity
from holdbook.questions.answer import Answer
from holdbook.workbook.naming import CellNames

_LONGEST_FORMULA = 8000
_MOST_ARGUMENTS = 200


class Graph:
    """The cells that compute the quantities of some answers, and where to find each.

    Fields:
        facts: cells of figures that the book states, or lacks, in the order of its files.
        steps: cells of formulas, of solved figures and of plain numbers, each after those that it uses.
    """

    def __init__(self, answers: Iterable[Answer]) -> None:
        roots = [quantity for answer in answers for quantity in quantities_of(answer)]
        cells = list(formulas(roots, CellNames()))
        self._names = {cell.node.digest: cell.name for cell in cells if cell.node is not None}
        self._values: dict[bytes, Fraction | None] = {}
        for root in roots:
            if root.digest not in self._values:
                self._values.update(points(root))
        self.facts = sorted((cell for cell in cells if is_fact(cell)), key=_place)
        self.steps = [cell for cell in cells if not is_fact(cell)]

    def name(self, quantity: Quantity) -> str:
        """The name of the cell that holds a quantity of the answers."""
        return self._names[quantity.digest]

    def value(self, quantity: Quantity | None) -> Fraction | None:
        """What a node comes to, or None where it is not known."""
        return None if quantity is None else self._values.get(quantity.digest)


def quantities_of(answer: Answer) -> Iterator[Quantity]:
    """Every quantity that an answer shows: its figures, then the cells of its tables."""
    yield from (figure.quantity for figure in answer.quantities.values())
    for table in answer.tables.values():
        yield from (cell for row in table.rows for cell in row if isinstance(cell, Quantity))


def is_fact(cell: Cell) -> bool:
    """Whether a cell is a figure of the book, or one that the book lacks; not a plain number, and nothing that was solved."""
    leaf = cell.leaf
    if leaf is None or leaf.stated is None or leaf.op != LEAF or leaf.derived:
        return False
    return bool(leaf.origin.place.file) or leaf.stated.centre is None


def _place(cell: Cell) -> tuple[bool, str, int, int, str]:
    assert cell.leaf is not None
    file, line, column = cell.leaf.origin.place
    return not file, file, line, column, cell.leaf.key


def guarded(cell: Cell) -> str:
    """The formula of a cell that stays empty as long as one of the cells in it is empty: a spreadsheet would take that for nothing.

    >>> from holdbook.quantity.quantity import exact
    >>> from holdbook.quantity.formula import formula
    >>> guarded(formula(exact(6) / exact(7))[-1])
    '=IFERROR(IF(COUNT(n1,n2)=2,(n1/n2),""),"")'
    """
    assert cell.formula is not None
    said = cell.formula.removeprefix("=")
    counted = "+".join(f"COUNT({','.join(group)})" for group in _groups(cell.uses))
    whole = f'IF({counted}={len(cell.uses)},{said},"")'
    whole = f'=IFERROR({whole},"")' if "/" in said else f"={whole}"
    assert len(whole) <= _LONGEST_FORMULA, cell.title
    return whole


def _groups(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(names), _MOST_ARGUMENTS):
        yield names[start : start + _MOST_ARGUMENTS]
