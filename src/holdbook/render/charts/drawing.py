"""A chart as SVG: one way for report, page, notebook and print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from holdbook.quantity.unit import NUMBER
from holdbook.questions.answer import Picture
from holdbook.questions.chart import Chart
from holdbook.questions.fan import Fan
from holdbook.questions.ranges import Ranges
from holdbook.render.cells import sentence
from holdbook.render.charts import fan, network, ranges, standings
from holdbook.render.charts.balance import balance
from holdbook.render.charts.bars import bars
from holdbook.render.charts.canvas import Canvas
from holdbook.render.charts.ladder import ladder
from holdbook.render.charts.line import line
from holdbook.render.charts.matrix import matrix
from holdbook.render.charts.range_plot import range_plot
from holdbook.render.charts.scale import reading, unit_of
from holdbook.render.charts.steps import bridge, sources_and_uses
from holdbook.render.charts.timeline import timeline

WIDE, NARROW, BROAD = 640.0, 340.0, 1100.0
BROAD_KINDS = ("timeline", "fan", "network", "ranges")
_NO_AXIS = ("timeline", "matrix")
_DRAWN: dict[str, Callable[[Chart, Canvas], float]] = {
    "bars": bars,
    "bridge": bridge,
    "sources_and_uses": sources_and_uses,
    "ladder": ladder,
    "timeline": timeline,
    "range_plot": range_plot,
    "matrix": matrix,
    "line": line,
    "balance": balance,
}
_TOLD = 12


class Way(NamedTuple):
    """How a chart of its own kind is shown: drawn, told in words, and as the rows of the table behind it."""

    draw: Callable[[Any, Canvas], float]
    tell: Callable[[Any], str]
    rows: Callable[[Any], list[list[str]]]


_OWN = {
    "fan": Way(fan.fan, fan.tell, fan.rows_of),
    "network": Way(network.network, network.tell, network.rows_of),
    "ranges": Way(ranges.ranges, ranges.tell, ranges.rows_of),
    "standings": Way(standings.standings, standings.tell, standings.rows_of),
}


def svg(chart: Picture | Ranges, name: str, width: float = WIDE, table: str = "") -> str:
    """The chart drawn on a sheet of a width; `name` makes its ids its own on a page, `table` is the id of the table behind it there.

    Every text is escaped. Colours are classes, which the page's style sets for light, dark and print.
    """
    canvas = Canvas(name, width, table)
    height = _DRAWN[chart.kind](chart, canvas) if isinstance(chart, Chart) else _OWN[chart.kind].draw(chart, canvas)
    return canvas.closed(height, sentence(chart.title), description(chart))


def description(chart: Picture | Ranges) -> str:
    """What the chart shows, in words, for who cannot see it: the axis and the largest marks with their figures."""
    measured = ", ".join(part for part in (chart.axis, unit(chart)) if part)
    return f"{measured}. {_marks(chart) if isinstance(chart, Chart) else _OWN[chart.kind].tell(chart)}."


def _marks(chart: Chart) -> str:
    lines = []
    for mark in chart.marks[:_TOLD]:
        figures = [one.text for one in map(reading, mark.values) if one is not None]
        lines.append(f"{mark.label}{': ' + ', '.join(figures) if figures else ''}")
    more = f"; and {len(chart.marks) - _TOLD} more" if len(chart.marks) > _TOLD else ""
    return f"{'; '.join(lines)}{more}"


def behind(chart: Picture | Ranges) -> list[list[str]]:
    """The table of a chart behind which no table of the answer stands, its head first; nothing where one does."""
    return [] if isinstance(chart, Chart) or chart.table else _OWN[chart.kind].rows(chart)


def unit(chart: Picture | Ranges) -> str:
    """What the figures of a chart count, in words."""
    if isinstance(chart, Fan):
        return "percent" if chart.unit is NUMBER else str(chart.unit)
    if not isinstance(chart, Chart) or chart.kind in _NO_AXIS:
        return ""
    sample = next((value for mark in chart.marks for value in mark.values if value is not None), None)
    found = "" if sample is None else unit_of(sample)
    return {"%": "percent", "x": "times"}.get(found, found)
