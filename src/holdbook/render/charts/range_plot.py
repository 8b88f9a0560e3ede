"""Intervals: where each figure lies, and beside it what it is held against."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import Canvas
from holdbook.render.charts.rows import Frame, framed, height_of
from holdbook.render.charts.scale import Reading

_SEEN = 3.0


def range_plot(chart: Chart, canvas: Canvas) -> float:
    """Draw an interval with a dot at its centre for each value of each mark; returns the height."""
    frame = framed(chart, canvas, draw=_point)
    for row in frame.rows:
        for number, one in enumerate(row.readings):
            if one is not None:
                _interval(frame, row.y + number * row.bar + row.bar / 2, one, number)
    return height_of(frame)


def _interval(frame: Frame, y: float, one: Reading, number: int) -> None:
    canvas, axis = frame.canvas, frame.axis
    low, high = axis.at(axis.low if one.low is None else one.low), axis.at(axis.high if one.high is None else one.high)
    if high - low > _SEEN or one.centre is None:
        canvas.line(low, y, high, y, f"span t{number}")
        for x, end, away in ((low, one.low, 6), (high, one.high, -6)):
            if end is None:
                canvas.path([(x + away, y - 4), (x, y), (x + away, y + 4)], f"edge t{number}")
            else:
                canvas.line(x, y - 4, x, y + 4, f"edge t{number}")
    if one.centre is not None:
        _point(canvas, axis.at(one.centre), y, number)


def _point(canvas: Canvas, x: float, y: float, number: int) -> None:
    """A dot for the first series, a lozenge for the others."""
    if number:
        canvas.path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], f"s{number}", closed=True)
    else:
        canvas.dot(x, y, 4.5, "s0")
