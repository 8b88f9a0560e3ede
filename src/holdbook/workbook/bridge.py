"""The sheet of the bridge: from each holding, less net debt and deductions, to net asset value; with a chart that Excel draws itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer
from holdbook.workbook.sheet import Pen, Sheet

_HOLDINGS, _DEBT, _DEDUCTIONS, _NAV = "equity_value_of_holdings", "adjusted_net_debt", "deductions", "nav"
_UP, _DOWN = "#1F77B4", "#E07B00"


class _Bar(NamedTuple):
    """A bar: its label, what it shows, and whether it adds, takes off or is a sum that stands on the floor."""

    label: str
    quantity: Quantity
    kind: str


def add_bridge(pen: Pen, answer: Answer) -> None:
    """The bridge as live rows, where each bar begins and ends, and as a chart of floating bars."""
    sheet = pen.sheet("Bridge", (38, 18, 24, 18, 18))
    sheet.heading(f"From the holdings of {answer.book} to its net asset value, {answer.day}")
    bars = list(_bars(answer))
    currency = str(bars[0].quantity.unit) if bars else ""
    sheet.text(0, f"Blue adds or is a sum, orange takes off; in {currency}. Where a figure is unknown, so is every sum after it.")
    sheet.row += 2
    sheet.head(("line", "amount", "unit, or what is known", "begins at", "ends at"))
    first = sheet.row
    ends: Fraction | None = Fraction(0)
    for number, bar in enumerate(bars):
        ends = _row(sheet, bar, ends, number == 0)
    if bars:
        _chart(sheet, first, len(bars), f"Net asset value of {answer.book}, {answer.day}", currency)
    sheet.close()


def _bars(answer: Answer) -> Iterator[_Bar]:
    """The parts, where there are some, their sum, net debt, deductions and what is left; all in one currency."""
    found = answer.quantities
    table = answer.tables.get("parts")
    whole = found[_HOLDINGS].quantity
    if table is not None and answer.labels.get("parts") != "partial":
        place = table.columns.index("value")
        for row in table.rows:
            value = row[place]
            if isinstance(value, Quantity) and value.unit is whole.unit:
                yield _Bar(str(row[0]), value, "adds")
    yield _Bar("equity value of holdings", whole, "sum")
    yield _Bar("adjusted net debt", found[_DEBT].quantity, "takes")
    if _DEDUCTIONS in found:
        yield _Bar(_DEDUCTIONS, found[_DEDUCTIONS].quantity, "takes")
    yield _Bar("net asset value", found[_NAV].quantity, "sum")


def _row(sheet: Sheet, bar: _Bar, before: Fraction | None, is_first: bool) -> Fraction | None:
    """Write a bar; where it ends, or None where that is not known."""
    value = sheet.pen.graph.value(bar.quantity)
    row = sheet.row + 1
    sign = "-" if bar.kind == "takes" else "+"
    start = Fraction(0) if bar.kind == "sum" or is_first else before
    end = None if value is None or start is None else start - value if sign == "-" else start + value
    sheet.text(0, bar.label)
    sheet.quantity(1, bar.quantity)
    unit = bar.quantity.unit
    if bar.kind == "sum" or is_first:
        sheet.value(3, 0, unit)
    else:
        sheet.formula(3, f"=E{row - 1}", start, unit)
    sheet.formula(4, f'=IF(COUNT(B{row},D{row})=2,D{row}{sign}B{row},"")', end, unit)
    sheet.row += 1
    return end


def _chart(sheet: Sheet, first: int, count: int, title: str, currency: str) -> None:
    """Floating bars: between a line of beginnings and a line of ends, neither of them drawn."""
    chart = sheet.pen.workbook.add_chart({"type": "line"})
    last = first + count - 1
    for column, name in ((3, "begins at"), (4, "ends at")):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "line": {"none": True},
            }
        )
    look = {"up": {"fill": {"color": _UP}}, "down": {"fill": {"color": _DOWN}}}
    chart.set_up_down_bars(look)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"name": currency, "num_format": "#,##0", "display_units": "billions", "display_units_visible": True})
    chart.set_size({"width": 860, "height": 400})
    sheet.page.insert_chart(last + 2, 0, chart, {"description": title})
