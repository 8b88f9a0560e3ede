"""A line over time or over a fall, with the band in which it lies and the limits that it meets."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.ladder import upright
from holdbook.render.charts.scale import Reading, Scale, reading, scale
from holdbook.render.charts.type_size import cut, width_of

_HIGH = 200.0
_NOW = "now"
_EVERY = (1, 2, 3, 5, 6, 10, 12, 20, 24, 50, 100)


def line(chart: Chart, canvas: Canvas) -> float:
    """Draw the first value of each mark as a line, its bounds as a band; a mark of the group `now` has a dot; returns the height."""
    read = [reading(mark.values[0]) if mark.values else None for mark in chart.marks]
    limits = [(limit, one) for limit in chart.limits if (one := reading(limit.value)) is not None]
    top, bottom = 26.0, 26.0 + _HIGH
    sample = next(value for mark in chart.marks for value in mark.values if value is not None)
    axis = scale([*(one for one in read if one is not None), *(one for _, one in limits)], sample, bottom, top, 44)
    left = max(width_of(axis.label(step), SMALL) for step in axis.steps) + 8
    right = canvas.width - 6
    upright(canvas, axis, left, right)
    wide = (right - left) / max(len(read) - 1, 1)
    places = [left + wide * number for number in range(len(read))]
    _curve(canvas, axis, places, read)
    for limit, one in limits:
        y = axis.at(one.base)
        canvas.line(left, y, right, y, "limit")
        canvas.text(left + 6, y - 5, cut(f"{limit.label} {one.text}", right - left - 12, SMALL), "small halo")
    below(canvas, [mark.label for mark in chart.marks], places, bottom)
    for x, mark, one in zip(places, chart.marks, read, strict=True):
        if mark.group == _NOW and one is not None:
            _pointed(canvas, axis, x, one, left)
    return bottom + 22


def _curve(canvas: Canvas, axis: Scale, places: list[float], read: list[Reading | None]) -> None:
    known = [(x, one) for x, one in zip(places, read, strict=True) if one is not None]
    lows = [(x, axis.at(axis.low if one.low is None else one.low)) for x, one in known]
    highs = [(x, axis.at(axis.high if one.high is None else one.high)) for x, one in known]
    if any(abs(low[1] - high[1]) > 1 for low, high in zip(lows, highs, strict=True)):
        canvas.path([*lows, *reversed(highs)], "band", closed=True)
    if all(one.centre is None for _, one in known):
        canvas.path(lows, "rim")
        canvas.path(highs, "rim")
    else:
        canvas.path([(x, axis.at(one.base)) for x, one in known], "stroke")


def _pointed(canvas: Canvas, axis: Scale, x: float, one: Reading, left: float) -> None:
    """Where one stands: a dot, a plumb line, and the figure."""
    y = axis.at(one.base)
    canvas.line(x, y, x, axis.start, "grid")
    canvas.dot(x, y, 5, "s5")
    wide = width_of(one.text, SIZE)
    at = x - wide - 9 if x + wide + 9 > canvas.width else x + 9
    canvas.text(max(at, left), max(y - 8, 14), one.text, "figure strong halo")


def below(canvas: Canvas, labels: list[str], places: list[float], bottom: float) -> None:
    """Names below their places, as many as fit side by side."""
    names = [cut(label, canvas.width * 0.3, SMALL) for label in labels]
    widest = max(width_of(name, SMALL) for name in names) + 10
    apart = (places[-1] - places[0]) / max(len(places) - 1, 1)
    every = next((one for one in _EVERY if one * apart >= widest), len(places))
    for x, name in list(zip(places, names, strict=True))[::every]:
        half = width_of(name, SMALL) / 2
        canvas.text(min(max(x, half), canvas.width - half), bottom + 16, name, "small", "middle")
