"""A chart as SVG: one way for report, page, notebook and print."""

from __future__ import annotations

from collections.abc import Callable

from holdbook.quantity.unit import NUMBER
from holdbook.questions.chart import Chart
from holdbook.questions.fan import PARTS, Fan
from holdbook.render.cells import sentence
from holdbook.render.charts.bars import bars
from holdbook.render.charts.canvas import Canvas
from holdbook.render.charts.fan import fan, told
from holdbook.render.charts.ladder import ladder
from holdbook.render.charts.line import line
from holdbook.render.charts.matrix import matrix
from holdbook.render.charts.range_plot import range_plot
from holdbook.render.charts.scale import reading, unit_of
from holdbook.render.charts.steps import bridge, sources_and_uses
from holdbook.render.charts.timeline import timeline

WIDE, NARROW, BROAD = 640.0, 340.0, 1100.0
BROAD_KINDS = ("timeline", "fan")
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
}
_TOLD = 12


def svg(chart: Chart | Fan, name: str, width: float = WIDE) -> str:
    """The chart drawn on a sheet of a width; `name` makes its ids its own on a page.

    Every text is escaped. Colours are classes, which the page's style sets for light, dark and print.
    """
    canvas = Canvas(name, width)
    height = fan(chart, canvas) if isinstance(chart, Fan) else _DRAWN[chart.kind](chart, canvas)
    return canvas.closed(height, sentence(chart.title), description(chart))


def description(chart: Chart | Fan) -> str:
    """What the chart shows, in words, for who cannot see it: the axis and the largest marks with their figures."""
    measured = ", ".join(part for part in (chart.axis, unit(chart)) if part)
    if isinstance(chart, Fan):
        ends = "; ".join(f"{part} of 100 paths below {told(chart, value)}" for part, value in zip(PARTS, chart.values[-1], strict=True))
        return f"{measured}, from {chart.months[0]} to {chart.months[-1]}. At the end {ends}."
    lines = []
    for mark in chart.marks[:_TOLD]:
        figures = [one.text for one in map(reading, mark.values) if one is not None]
        lines.append(f"{mark.label}{': ' + ', '.join(figures) if figures else ''}")
    more = f"; and {len(chart.marks) - _TOLD} more" if len(chart.marks) > _TOLD else ""
    return f"{measured}. {'; '.join(lines)}{more}."


def behind(chart: Chart | Fan) -> list[list[str]]:
    """The table of a chart that no table of the answer stands behind, its head first; nothing where the answer has one."""
    if not isinstance(chart, Fan) or chart.table:
        return []
    rows = [[month, *(told(chart, value) for value in row)] for month, row in zip(chart.months, chart.values, strict=True)]
    return [
        ["month", *(f"{part} of 100 below" for part in PARTS)],
        *rows,
        *([limit.label, told(chart, limit.value)] for limit in chart.limits),
    ]


def unit(chart: Chart | Fan) -> str:
    """What the figures of a chart count, in words."""
    if isinstance(chart, Fan):
        return "percent" if chart.unit is NUMBER else str(chart.unit)
    sample = next((value for mark in chart.marks for value in mark.values if value is not None), None)
    found = "" if sample is None or chart.kind in _NO_AXIS else unit_of(sample)
    return {"%": "percent", "x": "times"}.get(found, found)
