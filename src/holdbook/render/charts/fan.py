"""A fan: the middle path, the half of the paths around it, nine of ten around those, and the limits that they meet."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import exact
from holdbook.questions.fan import Fan, Level
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.ladder import upright
from holdbook.render.charts.line import below
from holdbook.render.charts.scale import Reading, Scale, scale
from holdbook.render.charts.type_size import width_of
from holdbook.render.numbers import figure
from holdbook.simulation.plan import PARTS

_HIGH, _LOW, _NARROW = 330.0, 260.0, 480
_APART = 13.0
_KEYS = (("outer", "9 of 10 paths"), ("inner", "half of them"), ("stroke", "the middle one"))


class _Frame(NamedTuple):
    """The sheet, the axis, where it begins and ends at the side, and where each month stands."""

    canvas: Canvas
    axis: Scale
    left: float
    right: float
    places: list[float]


def fan(chart: Fan, canvas: Canvas) -> float:
    """Draw the bands, the middle and the limits, with the last month's figures at their right; returns the height."""
    top = _key(canvas) + 24
    bottom = top + (_LOW if canvas.width < _NARROW else _HIGH)
    axis = _axis(chart, bottom, top)
    left = max(width_of(axis.label(step), SMALL) for step in axis.steps) + 10
    last = [_short(chart, axis, value) for value in chart.values[-1]]
    right = canvas.width - max(width_of(text, SIZE) for text in (*last, *(_short(chart, axis, end) for end in axis[:2]))) - 14
    wide = (right - left) / max(len(chart.months) - 1, 1)
    frame = _Frame(canvas, axis, left, right, [left + wide * number for number in range(len(chart.months))])
    upright(canvas, axis, left, right)
    _bands(chart, frame)
    beyond = _limits(chart, frame, top)
    _figures(frame, chart.values[-1], last, top)
    below(canvas, list(chart.months), frame.places, bottom)
    for number, words in enumerate(beyond):
        canvas.text(0, bottom + 34 + 15 * number, words, "small", room=canvas.width)
    return bottom + 22 + 15 * len(beyond)


def _figures(frame: _Frame, values: Sequence[float], texts: list[str], top: float) -> None:
    """The figures of the last month at the right; those that read alike stand once."""
    middle = PARTS.index(50)
    shown = [part for part, text in enumerate(texts) if part == middle or text not in (texts[middle], *texts[:part])]
    heights = spread([frame.axis.at(values[part]) for part in shown], top, frame.axis.start)
    for part, y in zip(shown, heights, strict=True):
        frame.canvas.text(frame.right + 8, y + 4, texts[part], "figure strong" if part == middle else "small figure")


def _short(chart: Fan, axis: Scale, value: float) -> str:
    """A value in the scale of its axis."""
    return told(chart, value) if axis.unit in ("%", "x") else axis.rounded(value)


def told(chart: Fan, value: float) -> str:
    """A value in words, without the currency that the axis names."""
    text = figure(Fraction(value), chart.unit)
    return text.removeprefix(f"{chart.unit.currency} ") if chart.unit.currency else text


def tell(chart: Fan) -> str:
    """It in words: where the paths end."""
    ends = "; ".join(f"{part} of 100 paths below {told(chart, value)}" for part, value in zip(PARTS, chart.values[-1], strict=True))
    return f"From {chart.months[0]} to {chart.months[-1]}. At the end {ends}"


def rows_of(chart: Fan) -> list[list[str]]:
    """The table behind it, its head first."""
    rows = [[month, *(told(chart, value) for value in row)] for month, row in zip(chart.months, chart.values, strict=True)]
    limits = [[limit.label, told(chart, limit.value)] for limit in chart.limits]
    return [["month", *(f"{part} of 100 below" for part in PARTS)], *rows, *limits]


def _axis(chart: Fan, start: float, end: float) -> Scale:
    """The axis between its given ends, else one that holds all values and limits."""
    values = [value for row in chart.values for value in row] + [limit.value for limit in chart.limits]
    ends = chart.ends or (min(values), max(values))
    floor = ends[0] if chart.ends is not None and ends[0] > 0 else 0.0
    return scale([Reading(*ends, ends[1], "")], exact(1, chart.unit), start, end, 44, floor=floor)


def _key(canvas: Canvas) -> float:
    x = 0.0
    for look, name in _KEYS:
        if look == "stroke":
            canvas.line(x, 7.5, x + 16, 7.5, look)
        else:
            canvas.box(x, 2, x + 16, 11, look)
        canvas.text(x + 21, 11.5, name, "small")
        x += 21 + width_of(name, SMALL) + 14
    return 20.0


def _bands(chart: Fan, frame: _Frame) -> None:
    """Areas with their edges; a single month is a column as wide as the sheet."""
    places, rows = (frame.places, chart.values) if len(chart.months) > 1 else ([frame.left, frame.right], [*chart.values] * 2)
    lines = [[(x, frame.axis.at(row[part])) for x, row in zip(places, rows, strict=True)] for part in range(len(PARTS))]
    for low, high, look in ((0, 4, "outer"), (1, 3, "inner")):
        frame.canvas.path([*lines[low], *reversed(lines[high])], look, closed=True)
    frame.canvas.path(lines[2], "stroke")


def _limits(chart: Fan, frame: _Frame, top: float) -> list[str]:
    """Broken lines with their names; what the axis does not reach is told in words instead."""
    canvas, axis = frame.canvas, frame.axis
    shown = sorted((one for one in chart.limits if axis.low <= one.value <= axis.high), key=lambda one: -one.value)
    heights = spread([axis.at(one.value) - 9 for one in shown][::-1], top - 12, axis.start)[::-1]
    for limit, y in zip(shown, heights, strict=True):
        at = axis.at(limit.value)
        canvas.line(frame.left, at, frame.right, at, "limit")
        canvas.text(frame.left + 6, y + 4, _named(limit, chart), "small figure halo", room=frame.right - frame.left - 12)
    return [
        f"{'Above' if limit.value > axis.high else 'Below'} what is drawn: {_named(limit, chart)}"
        for limit in chart.limits
        if limit not in shown
    ]


def _named(limit: Level, chart: Fan) -> str:
    return f"{limit.label} {told(chart, limit.value)}"


def spread(heights: Sequence[float], top: float, bottom: float, apart: float = _APART) -> list[float]:
    """Heights from the lowest on a sheet to the highest, moved apart so that their texts do not meet.

    >>> spread([100.0, 99.0, 40.0], 0, 100)
    [100.0, 87.0, 40.0]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, bottom if not placed else placed[-1] - apart))
    for number in range(len(placed) - 1, -1, -1):
        above = top if number == len(placed) - 1 else placed[number + 1] + apart
        placed[number] = max(placed[number], above)
    return placed
