"""The sheets of cells: Facts, where a person changes a figure, and Calculation, which follows."""

from __future__ import annotations

from holdbook.importers.facts_sheet import COLUMNS, FACTS
from holdbook.quantity.formula import Cell
from holdbook.quantity.quantity import LEAF
from holdbook.render.numbers import UNKNOWN, words
from holdbook.workbook.graph import guarded
from holdbook.workbook.sheet import Pen, Sheet

_WIDTHS = (44, 16, 12, 22, 16, 16, 20, 50, 22, 12, 34, 34)
_INPUT = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#BBBBBB"}
_SOLVED = "stands as a value: {}; it does not follow a changed fact"


def add_facts(pen: Pen) -> None:
    """Every figure that is used: its value, which may be changed, and beside it what the book says."""
    sheet = pen.sheet(FACTS, _WIDTHS)
    sheet.head(COLUMNS)
    sheet.page.freeze_panes(1, 2)
    for cell in pen.graph.facts:
        _fact(sheet, cell)
    sheet.page.autofilter(0, 0, max(sheet.row - 1, 1), len(COLUMNS) - 1)
    sheet.close()
    hidden = len(COLUMNS) - 1
    sheet.page.set_column(hidden, hidden, 16, None, {"hidden": True})


def _fact(sheet: Sheet, cell: Cell) -> None:
    leaf = cell.leaf
    assert leaf is not None
    assert leaf.stated is not None
    origin, core = leaf.origin, leaf.stated.core
    known = cell.value is not None
    sheet.text(0, cell.title)
    sheet.value(1, cell.value, leaf.unit, **_INPUT)
    sheet.text(2, str(leaf.unit))
    state = "" if known else UNKNOWN if leaf.stated.is_unknown else words(leaf)
    sheet.beside(3, cell.name, "", state or UNKNOWN, known=known)
    sheet.value(4, core.low, leaf.unit)
    sheet.value(5, core.high, leaf.unit)
    for column, text in enumerate((origin.words, origin.source, origin.day, origin.known, str(origin.place), leaf.key), 6):
        sheet.text(column, text)
    sheet.value(12, cell.value, leaf.unit)
    _name(sheet, cell)
    sheet.row += 1


def add_calculation(pen: Pen) -> None:
    """A cell for each node: a live formula, or a value that says why it is one."""
    sheet = pen.sheet("Calculation", (52, 18, 14, 60))
    sheet.head(("name", "value", "unit, or what is known", "how"))
    sheet.page.freeze_panes(1, 1)
    for cell in pen.graph.steps:
        _step(sheet, cell)
    sheet.close()


def _step(sheet: Sheet, cell: Cell) -> None:
    node = cell.leaf or cell.node
    value = cell.value if cell.leaf is not None else sheet.pen.graph.value(cell.node)
    sheet.text(0, cell.title if node is not None and node.name else cell.name)
    if cell.formula is None:
        assert node is not None
        sheet.value(1, cell.value, node.unit)
        how = "a plain number" if node.op == LEAF and not node.derived else _SOLVED.format(node.derived or "solved")
        sheet.text(3, how)
    else:
        sheet.formula(1, guarded(cell), value, *(() if node is None else (node.unit,)))
        sheet.text(3, node.derived if node is not None else "")
    otherwise = UNKNOWN if value is not None or node is None else words(node)
    sheet.beside(2, cell.name, cell.unit, otherwise, known=value is not None or node is None)
    _name(sheet, cell)
    sheet.row += 1


def _name(sheet: Sheet, cell: Cell) -> None:
    sheet.pen.workbook.define_name(cell.name, f"='{sheet.name}'!$B${sheet.row + 1}")
