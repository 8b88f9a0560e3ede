"""One sheet of a workbook, written from the top down; and the pen that all sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import NUMBER, Unit
from holdbook.render.numbers import UNKNOWN, number, words
from holdbook.workbook.graph import Graph
from holdbook.workbook.naming import FORMULA_STARTS, SheetNames, clean

_SCALES = ((10**12, '#,##0.00,,,,"tn"'), (10**9, '#,##0.00,,,"bn"'), (10**6, '#,##0.00,,"m"'), (1000, "#,##0"))
_MULTIPLE = 5
_WIDEST, _NARROWEST = 60, 9
_LONGEST_WORDS = 200


class Pen:
    """What all sheets write with: the book of sheets, its formats, and the cells of the answers."""

    def __init__(self, workbook: Workbook, graph: Graph) -> None:
        self.workbook = workbook
        self.graph = graph
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._named = SheetNames()

    def format(self, **settings: Any) -> Format:
        """A format; one of each kind."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(settings)
        return self._formats[key]

    def sheet(self, title: str, widths: Sequence[int] = ()) -> Sheet:
        """A new sheet behind the others; `widths` of its first columns, the rest become as wide as their texts."""
        return Sheet(self, self.workbook.add_worksheet(self._named(title)), widths)


class Sheet:
    """A sheet and the row at which it is written next."""

    def __init__(self, pen: Pen, page: Worksheet, widths: Sequence[int]) -> None:
        self.pen = pen
        self.page = page
        self.row = 0
        self._widths = dict(enumerate(widths))
        self._grown: dict[int, int] = {}

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return str(self.page.get_name())

    def text(self, column: int, text: str, **settings: Any) -> None:
        """A text, which stays one however it begins."""
        shown = clean(text)
        if shown.lstrip().startswith(FORMULA_STARTS):
            settings["quote_prefix"] = True
        self.page.write_string(self.row, column, shown, self.pen.format(**settings) if settings else None)
        self._grown[column] = max(self._grown.get(column, 0), min(len(shown), _WIDEST))

    def value(self, column: int, value: Fraction | int | None, unit: Unit = NUMBER, **settings: Any) -> None:
        """A number, or an empty cell for what is not known."""
        pen = self.pen.format(num_format=number_format(value, unit), **settings)
        if value is None:
            self.page.write_blank(self.row, column, None, pen)
        else:
            self.page.write_number(self.row, column, float(value), pen)

    def formula(self, column: int, formula: str, value: Fraction | str | None, unit: Unit = NUMBER, **settings: Any) -> None:
        """A live formula, and what it comes to now."""
        known = None if isinstance(value, str) else value
        shown = value if isinstance(value, str) else number(value)
        pen = self.pen.format(num_format=number_format(known, unit), **settings)
        self.page.write_formula(self.row, column, formula, pen, "" if shown is None else shown)

    def quantity(self, column: int, quantity: Quantity) -> None:
        """A quantity of the answers as a formula, and beside it its unit, or what is known of it where it has no value."""
        name, value = self.pen.graph.name(quantity), self.pen.graph.value(quantity)
        self.formula(column, f'=IF(COUNT({name})=1,{name},"")', value, quantity.unit)
        self.beside(column + 1, name, str(quantity.unit), words(quantity) if value is None else UNKNOWN, known=value is not None)

    def beside(self, column: int, name: str, unit: str, otherwise: str, *, known: bool) -> None:
        """The unit of a cell, or another word as long as it is empty."""
        otherwise = clean(otherwise)[:_LONGEST_WORDS]
        formula = f"=IF(COUNT({name})=1,{_quoted(unit)},{_quoted(otherwise)})"
        self.formula(column, formula, unit if known else otherwise, font_color="#555555")
        self._grown[column] = max(self._grown.get(column, 0), len(unit if known else otherwise))

    def heading(self, text: str) -> None:
        """A heading, on a row of its own."""
        self.page.write_string(self.row, 0, clean(text), self.pen.format(bold=True, font_size=13))
        self.row += 1

    def head(self, columns: Sequence[str]) -> None:
        """The heads of columns."""
        for column, text in enumerate(columns):
            self.text(column, text, bold=True, bottom=1)
        self.row += 1

    def close(self) -> None:
        """Make the columns as wide as what stands in them."""
        for column in sorted(self._grown.keys() | self._widths.keys()):
            width = self._widths.get(column, max(self._grown.get(column, 0) + 2, _NARROWEST))
            self.page.set_column(column, column, width)


def number_format(value: Fraction | int | None, unit: Unit) -> str:
    """How Excel shows a number of a unit; the number in the cell stays whole."""
    size = Fraction(0) if value is None else abs(Fraction(value))
    if unit is NUMBER:
        return "0.0%" if size < _MULTIPLE else '0.0"x"'
    return next((form for least, form in _SCALES if size >= least), "#,##0.00##")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
