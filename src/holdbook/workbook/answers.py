"""Answers as sheets: the statement of what it is worth, and a sheet for the tables of each question."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import EVERYTHING, Interval
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.render.cells import sentence
from holdbook.workbook.sheet import Pen, Sheet

_BEHIND = ("published", "last_published")
_BASIS = {"parts": "from its parts", "published": "as published", "defined": "by its own definition", "missing": ""}


def add_statement(pen: Pen, answer: Answer) -> None:
    """Net asset value, loan to value, per share, the discount: each with the bounds that it had when the workbook was made."""
    sheet = pen.sheet("Statement", (38, 18, 24, 18, 18, 26))
    sheet.heading(f"{answer.book}: what it is worth on {answer.day}, as known on {answer.known_on}")
    sheet.text(0, sentence(answer.headline), italic=True, font_color="#555555")
    sheet.row += 2
    _figures(sheet, answer, [name for name in answer.quantities if "." not in name or name.partition(".")[0] in _BEHIND])
    sheet.close()


def add_answer(pen: Pen, title: str, asks: str, answer: Answer) -> None:
    """A question: its headline, the figures that stand for themselves, its tables, what to beware of."""
    sheet = pen.sheet(title, (38,))
    sheet.heading(asks)
    sheet.text(0, sentence(answer.headline), italic=True, font_color="#555555")
    sheet.row += 2
    _figures(sheet, answer, [name for name in answer.quantities if "." not in name])
    for table in answer.tables.values():
        add_table(sheet, table)
    for caveat in dict.fromkeys(sentence(one) for one in answer.caveats):
        sheet.text(0, caveat, font_color="#555555")
        sheet.row += 1
    sheet.close()


def _figures(sheet: Sheet, answer: Answer, names: Sequence[str]) -> None:
    if not names:
        return
    sheet.head(("figure", "value", "unit, or what is known", "low, as written", "high, as written", "how"))
    for name in names:
        quantity = answer.quantities[name].quantity
        known = bounds(quantity)
        ends: Interval = EVERYTHING if known.blame else known.interval
        sheet.text(0, name.replace("_", " ").replace(".", ": "))
        sheet.quantity(1, quantity)
        sheet.value(3, ends.low, quantity.unit)
        sheet.value(4, ends.high, quantity.unit)
        basis = answer.labels.get(f"{name}.basis", "")
        sheet.text(5, _BASIS.get(basis, basis))
        sheet.row += 1
    sheet.row += 1


def add_table(sheet: Sheet, table: Table) -> dict[str, int]:
    """A table with its title; a column of quantities becomes two, the second for the unit. The columns by the heads of the table."""
    wide = [any(isinstance(row[at], Quantity) for row in table.rows) for at in range(len(table.columns))]
    places = [sum(1 + more for more in wide[:at]) for at in range(len(wide))]
    sheet.heading(table.title)
    for place, name in zip(places, table.columns, strict=True):
        sheet.text(place, name.strip(), bold=True, bottom=1)
    sheet.row += 1
    for row in table.rows:
        for place, value in zip(places, row, strict=True):
            _cell(sheet, place, value)
        sheet.row += 1
    sheet.row += 1
    return dict(zip(table.columns, places, strict=True))


def _cell(sheet: Sheet, column: int, value: Cell) -> None:
    if isinstance(value, Quantity):
        sheet.quantity(column, value)
    elif isinstance(value, int):
        sheet.page.write_number(sheet.row, column, value)
    elif value is not None:
        sheet.text(column, str(value))
