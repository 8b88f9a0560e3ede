"""Drawings of rows: a name, a bar or an interval, and the figure itself at the right. On a narrow sheet the name stands above."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from holdbook.questions.chart import Chart, Mark
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.scale import Reading, Scale, reading, scale
from holdbook.render.charts.type_size import cut, lines_of, width_of

_NARROW = 480
_BAR, _GAP, _LEAD = 13.0, 11.0, 14.0
Swatch = Callable[[Canvas, float, float, int], None]


class Row(NamedTuple):
    """A mark, what can be drawn of each of its values, and the top of its bars."""

    mark: Mark
    readings: list[Reading | None]
    y: float
    bar: float


class Frame(NamedTuple):
    """The sheet, the axis, the rows, and where the axis ends below."""

    canvas: Canvas
    axis: Scale
    rows: list[Row]
    bottom: float


def framed(chart: Chart, canvas: Canvas, extra: list[Reading] | None = None, draw: Swatch | None = None, floor: float = 0.0) -> Frame:
    """Names, figures and axis of a chart of rows; what stands in a row is drawn by who asked."""
    read = [[reading(value) for value in mark.values] for mark in chart.marks]
    known = [one for row in read for one in row if one is not None]
    limits = [one for one in (reading(limit.value) for limit in chart.limits) if one is not None]
    narrow = canvas.width < _NARROW
    figures = max([width_of(one.text, SIZE) for one in known] or [0])
    figures = min(figures, canvas.width * 0.42)
    names = 0.0 if narrow else min(max(width_of(mark.label, SIZE) for mark in chart.marks), canvas.width * 0.34) + 12
    several = any(len(row) > 1 for row in read)
    right = canvas.width - 8 if narrow and not several else canvas.width - figures - 12
    sample = next(value for mark in chart.marks for value in mark.values if value is not None)
    axis = scale([*known, *limits, *(extra or [])], sample, names + 2, right, is_ratio=chart.ratio_scale, floor=floor)
    y = (key(canvas, chart.series, draw) if several else 0.0) + (30.0 if limits else 4.0)
    top, rows = y, []
    for mark, row in zip(chart.marks, read, strict=True):
        placed, y = _row(canvas, mark, row, y, names, figures)
        rows.append(placed)
    _axis(canvas, axis, top, y)
    _limits(chart, canvas, axis, top, y)
    return Frame(canvas, axis, rows, y)


def _row(canvas: Canvas, mark: Mark, read: list[Reading | None], y: float, names: float, figures: float) -> tuple[Row, float]:
    look = " ".join(["strong"] * (mark.group == "total") + ["halo"] * (not names))
    several = len(read) > 1
    bar = _BAR if several else _BAR + 3
    if not names:
        only = read[0].text if not several and read[0] is not None else ""
        room = canvas.width - width_of(only, SIZE) - 16
        lines = lines_of(mark.label, room, SIZE)
        for number, line in enumerate(lines):
            canvas.text(0, y + SIZE + number * _LEAD, line, look)
        canvas.text(canvas.width, y + SIZE, only, f"figure {look}".strip(), "end")
        start = y + len(lines) * _LEAD + 4
    else:
        lines = lines_of(mark.label, names - 12, SIZE)
        start = y + max(0.0, len(lines) * _LEAD - bar * len(read)) / 2
        middle = start + bar * len(read) / 2 + SIZE * 0.36 - (len(lines) - 1) * _LEAD / 2
        for number, line in enumerate(lines):
            canvas.text(names - 8, middle + number * _LEAD, line, look, "end")
    if names or several:
        for number, one in enumerate(read):
            words = "" if one is None else cut(one.text, figures if names else canvas.width, SIZE)
            place = start + bar * number + bar / 2 + SIZE * 0.36
            canvas.text(canvas.width, place, words, f"figure {look}".strip(), "end")
    high = max(bar * len(read), len(lines) * _LEAD if names else 0)
    return Row(mark, read, start, bar), (y if names else start) + high + _GAP


def key(canvas: Canvas, names: tuple[str, ...], draw: Swatch | None = None) -> float:
    """Names beside their patterns, in as many lines as they need; the height that they take."""
    x, y = 0.0, 2.0
    for number, name in enumerate(names):
        wide = 20 + width_of(name, SMALL) + 14
        if x and x + wide > canvas.width:
            x, y = 0.0, y + 16
        if draw is None:
            canvas.filled(x, y, x + 14, 11, number)
        else:
            draw(canvas, x + 7, y + 5.5, number)
        canvas.text(x + 19, y + 9.5, cut(name, canvas.width - 24, SMALL), "small")
        x += wide
    return y + 20


def _axis(canvas: Canvas, axis: Scale, top: float, bottom: float) -> None:
    """Upright lines at the steps with their figures below, and the unit."""
    for step in axis.steps:
        x = axis.at(step)
        canvas.line(x, top - 4, x, bottom, "zero" if not step else "grid")
    shown = _apart(axis)
    for step in shown:
        words = axis.label(step)
        half = width_of(words, SMALL) / 2
        canvas.text(min(max(axis.at(step), half), canvas.width - half), bottom + 14, words, "small", "middle")
    if axis.caption:
        cut_off = "; the axis does not begin at nothing" if axis.low > 0 and not axis.is_ratio else ""
        canvas.text(axis.start, bottom + 29, f"{axis.caption}{cut_off}", "small")


def _apart(axis: Scale) -> list[float]:
    """The steps whose figures do not run into each other."""
    shown: list[float] = []
    edge = float("-inf")
    for step in axis.steps:
        half = width_of(axis.label(step), SMALL) / 2
        if axis.at(step) - half >= edge:
            shown.append(step)
            edge = axis.at(step) + half + 8
    return shown


def _limits(chart: Chart, canvas: Canvas, axis: Scale, top: float, bottom: float) -> None:
    """Broken lines with their names above; names that would meet stand on two levels."""
    edges = [float("-inf"), float("-inf")]
    for limit in sorted(chart.limits, key=lambda one: found.base if (found := reading(one.value)) is not None else 0.0):
        found = reading(limit.value)
        if found is None:
            continue
        x = axis.at(found.base)
        words = cut(f"{limit.label} {found.text}", canvas.width * 0.7, SMALL)
        wide = width_of(words, SMALL)
        left = min(max(x - wide / 2, 0), canvas.width - wide)
        level = 0 if left > edges[0] + 6 else 1
        edges[level] = left + wide
        y = top - 8 - 14 * level
        canvas.line(x, y + 3, x, bottom, "limit")
        canvas.text(left, y, words, "small")


def height_of(frame: Frame) -> float:
    """How high the sheet is, with the axis below the rows."""
    return frame.bottom + (36 if frame.axis.caption else 20)
