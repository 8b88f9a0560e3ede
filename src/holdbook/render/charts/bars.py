"""Bars: a figure from nothing to its value; what is uncertain is open, and bounds are whiskers."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import Canvas
from holdbook.render.charts.rows import Frame, Row, framed, height_of
from holdbook.render.charts.scale import Reading

_SEEN = 3.0


def bars(chart: Chart, canvas: Canvas) -> float:
    """Draw a bar for each value of each mark; returns the height."""
    frame = framed(chart, canvas)
    for row in frame.rows:
        for number, one in enumerate(row.readings):
            if one is not None:
                bar(frame, row, number, one)
    return height_of(frame)


def bar(frame: Frame, row: Row, number: int, one: Reading, start: float = 0.0, series: int | None = None) -> None:
    """One bar from `start` in the pattern of its series, its uncertain part and its bounds."""
    canvas, axis = frame.canvas, frame.axis
    y, high = row.y + number * row.bar + 1, row.bar - 2
    if one.base or one.centre is not None:
        canvas.filled(axis.at(start), y, axis.at(start + one.base), high, number if series is None else series)
    if one.centre is None:
        _uncertain(frame, y, high, one, start)
        return
    low, top = (axis.at(start + end) if end is not None else None for end in (one.low, one.high))
    if low is not None and top is not None and top - low > _SEEN:
        canvas.whisker(low, top, y + high / 2)


def _uncertain(frame: Frame, y: float, high: float, one: Reading, start: float) -> None:
    """Where it may end: an open box between what is sure and what is possible, with an arrow where nothing bounds it."""
    canvas, axis = frame.canvas, frame.axis
    for end, edge in ((one.high, axis.high), (one.low, axis.low)):
        if end is None:
            tip = axis.at(edge)
            away = 6 if edge == axis.low else -6
            middle = y + high / 2
            canvas.line(axis.at(start + one.base), middle, tip, middle, "open")
            canvas.path([(tip + away, middle - 4), (tip, middle), (tip + away, middle + 4)], "open")
        elif end != one.base:
            canvas.box(axis.at(start + one.base), y, axis.at(start + end), high, "maybe")
