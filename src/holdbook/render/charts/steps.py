"""Bars that stand on each other's ends: a bridge from one total to another, sources against uses."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.bars import bar
from holdbook.render.charts.canvas import Canvas
from holdbook.render.charts.rows import Frame, Row, framed, height_of
from holdbook.render.charts.scale import Reading, reading

_SOURCE, _FALL, _RISE = 0, 1, 2
_SMALL = 0.3


def bridge(chart: Chart, canvas: Canvas) -> float:
    """Draw totals from nothing and each change from where the one before it ended; returns the height."""
    levels = _reach(chart)
    frame = framed(chart, canvas, levels, floor=_floor(levels))
    level = 0.0
    for row in frame.rows:
        one = row.readings[0]
        if one is None:
            continue
        total = row.mark.group == "total"
        start = 0.0 if total else level
        _step(frame, row, one, start, _SOURCE if total else _RISE if one.base >= 0 else _FALL)
        if total and frame.axis.low > 0:
            _broken(frame, row)
        level = start + one.base
        x = frame.axis.at(level)
        if row is not frame.rows[-1]:
            frame.canvas.line(x, row.y + row.bar - 1, x, row.y + row.bar + 12, "joint")
    return height_of(frame)


def sources_and_uses(chart: Chart, canvas: Canvas) -> float:
    """Draw each side as a total and its lines one after another on one scale, with a line where the uses end; returns the height."""
    frame = framed(chart, canvas, _reach(chart))
    level, uses = 0.0, None
    for row in frame.rows:
        one = row.readings[0]
        if one is None:
            continue
        total = row.mark.group == "total"
        if total:
            level, uses = 0.0, one.base if uses is None else uses
        side = _SOURCE if row.mark.group == "sources" or (total and row is not frame.rows[0]) else _FALL
        _step(frame, row, one, level, side)
        level += 0.0 if total else one.base
    if uses is not None:
        x = frame.axis.at(uses)
        frame.canvas.line(x, frame.rows[0].y - 2, x, frame.bottom, "limit")
    return height_of(frame)


def _step(frame: Frame, row: Row, one: Reading, start: float, series: int) -> None:
    """A box from where the last one ended; patterns tell a rise from a fall without their colours."""
    if one.centre is None:
        bar(frame, row, 0, one, start, series)
        return
    axis = frame.axis
    frame.canvas.filled(axis.at(start), row.y + 1, axis.at(start + one.base), row.bar - 2, series)


def _floor(levels: list[Reading]) -> float:
    """Where the axis begins: at nothing, or nearer where the changes would be too small to see beside the totals."""
    low, high = min(one.ends[0] for one in levels), max(one.ends[-1] for one in levels)
    return low - (high - low) if low > 0 and high - low < _SMALL * high else 0.0


def _broken(frame: Frame, row: Row) -> None:
    """The mark that a bar is cut: two strokes across it."""
    x = frame.axis.start + 10
    for shift in (0, 5):
        frame.canvas.line(x + shift - 2, row.y + row.bar + 1, x + shift + 3, row.y - 1, "break")


def _reach(chart: Chart) -> list[Reading]:
    """The levels that the steps reach on their way."""
    level, found = 0.0, []
    for mark in chart.marks:
        one = reading(mark.values[0]) if mark.values else None
        if one is None:
            continue
        start = 0.0 if mark.group == "total" else level
        ends = [start + end for end in (one.base, *one.ends)]
        found.append(Reading(min(ends), None, max(ends), ""))
        level = start + one.base if mark.group != "total" or chart.kind == "bridge" else 0.0
    return found
