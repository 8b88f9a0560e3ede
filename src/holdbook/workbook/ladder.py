"""The sheets of the ladder, what falls due by year, and of sources and uses; with charts that Excel draws itself."""

from __future__ import annotations

from fractions import Fraction

from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import Unit
from holdbook.questions.answer import Answer, Table
from holdbook.workbook.answers import add_table
from holdbook.workbook.sheet import Pen, Sheet

_SERIES = (("contractual", "#1F77B4"), ("expected", "#E07B00"))
_LINES = ("sources", "uses", "balance")


def add_ladder(pen: Pen, answer: Answer) -> None:
    """What falls due, line by line and by year: as the contracts say, and as is expected."""
    sheet = pen.sheet("Ladder")
    table = answer.tables.get("maturities")
    if table is None:
        sheet.text(0, f"The book has no debt of {answer.book} that falls due after {answer.day}.")
        sheet.close()
        return
    first = sheet.row + 3
    places = add_table(sheet, table)
    units = {cell.unit for row in table.rows for cell in row if isinstance(cell, Quantity)}
    if len(units) == 1:
        _by_year(sheet, table, places, (first, first + len(table.rows) - 1), units.pop())
    sheet.close()


def _by_year(sheet: Sheet, table: Table, places: dict[str, int], rows: tuple[int, int], unit: Unit) -> None:
    """The sums by year, live, and a chart of them. What is unknown is in no sum, and the row says so."""
    sheet.heading("By year: sums of what is known")
    sheet.head(("year", *(name for name, _ in _SERIES), "unit", "not known of"))
    years = list(dict.fromkeys(str(row[0]) for row in table.rows))
    start = sheet.row
    for year in years:
        sheet.text(0, year)
        lines = [row for row in table.rows if str(row[0]) == year]
        for column, (name, _) in enumerate(_SERIES, 1):
            letter = _letter(places[name])
            span = f"${letter}${rows[0]}:${letter}${rows[1]}"
            found = [sheet.pen.graph.value(cell) for row in lines if isinstance(cell := row[table.columns.index(name)], Quantity)]
            known = sum((value for value in found if value is not None), Fraction(0))
            sheet.formula(column, f"=SUMIF($A${rows[0]}:$A${rows[1]},$A{sheet.row + 1},{span})", known, unit)
        sheet.text(3, str(unit))
        sheet.text(4, ", ".join(dict.fromkeys(str(row[1]) for row in lines if _lacks(sheet, row))))
        sheet.row += 1
    _chart(sheet, table.title, start, len(years), unit)


def _lacks(sheet: Sheet, row: tuple[object, ...]) -> bool:
    return any(isinstance(cell, Quantity) and sheet.pen.graph.value(cell) is None for cell in row)


def _chart(sheet: Sheet, title: str, start: int, count: int, unit: Unit) -> None:
    chart = sheet.pen.workbook.add_chart({"type": "column"})
    last = start + count - 1
    for column, (name, colour) in enumerate(_SERIES, 1):
        series = {"name": name, "fill": {"color": colour}, "gap": 60}
        series |= {"categories": [sheet.name, start, 0, last, 0], "values": [sheet.name, start, column, last, column]}
        chart.add_series(series)
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_y_axis({"name": str(unit), "num_format": "#,##0", "display_units": "billions", "display_units_visible": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 400})
    sheet.page.insert_chart(last + 2, 0, chart, {"description": title})


def _letter(column: int) -> str:
    """The letter of one of the first 26 columns."""
    return chr(ord("A") + column)


def add_sources_and_uses(pen: Pen, answer: Answer) -> None:
    """What pays for what: the sources, the uses, and what is still to be found."""
    sheet = pen.sheet("Sources and uses", (44,))
    sheet.heading(f"How {answer.book} pays, {answer.day}")
    sheet.row += 1
    tables = [answer.tables[name] for name in _LINES if name in answer.tables]
    for table in tables:
        add_table(sheet, table)
    if not tables:
        sheet.text(0, "The book has neither sources nor uses of this day.")
    sheet.close()
