"""Columns that stand on each other, one for each year: what falls due, kind by kind."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import SMALL, Canvas
from holdbook.render.charts.rows import key
from holdbook.render.charts.scale import Reading, Scale, reading, scale
from holdbook.render.charts.type_size import width_of

_HIGH = 210.0
_SHORT = 2


def ladder(chart: Chart, canvas: Canvas) -> float:
    """Draw a column for each mark; what is possible but not sure is an open box on top; returns the height."""
    read = [[reading(value) for value in mark.values] for mark in chart.marks]
    sums = [_sum(row) for row in read]
    top = key(canvas, chart.series) + 18
    bottom = top + _HIGH
    sample = next(value for mark in chart.marks for value in mark.values if value is not None)
    axis = scale(sums, sample, bottom, top, 44)
    left = max(width_of(axis.label(step), SMALL) for step in axis.steps) + 8
    upright(canvas, axis, left)
    wide = (canvas.width - left) / len(chart.marks)
    for number, (mark, row, whole) in enumerate(zip(chart.marks, read, sums, strict=True)):
        x = left + wide * number
        _column(canvas, axis, row, whole, x + wide * 0.16, x + wide * 0.84)
        label = mark.label if width_of(mark.label, SMALL) < wide - 2 else _shortened(mark.label, wide)
        canvas.text(x + wide / 2, bottom + 15, label, "small", "middle")
    return bottom + 22


def _shortened(label: str, room: float) -> str:
    """A year as its last two digits where four do not fit."""
    first, _, rest = label.partition(" ")
    short = f"’{first[-_SHORT:]}{'+' if rest else ''}" if first.isdigit() else label
    return short if width_of(short, SMALL) <= room + 4 else ""


def _sum(row: list[Reading | None]) -> Reading:
    """What is sure of a column, and how high it may be."""
    known = [one for one in row if one is not None]
    sure = sum(one.base for one in known)
    most = sum(one.high if one.high is not None else one.base for one in known)
    return Reading(sure, None, max(most, sure), "")


def _column(canvas: Canvas, axis: Scale, row: list[Reading | None], whole: Reading, x: float, to_x: float) -> None:
    level = 0.0
    for series, one in enumerate(row):
        if one is None or not one.base:
            continue
        above, below = axis.at(level + one.base), axis.at(level)
        canvas.filled(x, above, to_x, max(below - above - 0.75, 0.75), series)
        level += one.base
    assert whole.high is not None
    if whole.high > level * 1.005:
        canvas.box(x, axis.at(whole.high), to_x, axis.at(level) - axis.at(whole.high), "maybe")
    words = axis.rounded(level) if level else ""
    more = "+" if whole.high > level * 1.005 else ""
    text = f"{words}{more}" if words else ("?" if more else "")
    if text and width_of(text, SMALL) <= (to_x - x) / 0.68 + 2:
        canvas.text((x + to_x) / 2, axis.at(whole.high) - 4, text, "small figure", "middle")


def upright(canvas: Canvas, axis: Scale, left: float, right: float | None = None) -> None:
    """Level lines at the steps with their figures at the left; the unit stands on the highest."""
    for step in axis.steps:
        y = axis.at(step)
        canvas.line(left, y, canvas.width if right is None else right, y, "zero" if not step else "grid")
        canvas.text(left - 6, y + 4, axis.label(step), "small", "end")
    if axis.caption:
        canvas.text(0, axis.end - 11, axis.caption, "small")
