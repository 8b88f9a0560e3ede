"""Both sides of a plan as two columns that come to the same height: sources by how sure they are and what is to be found, uses and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import SMALL, Canvas
from holdbook.render.charts.fan import spread
from holdbook.render.charts.ladder import upright
from holdbook.render.charts.scale import Reading, Scale, reading, scale
from holdbook.render.charts.type_size import width_of

_HIGH, _TOP, _NARROW, _APART, _LEAST = 300.0, 30.0, 480, 27.0, 0.004
SIDES = ("sources", "uses")


class _Column(NamedTuple):
    """A side: its lines from the ground up, how high it surely and how high it possibly reaches, and the number of its first pattern."""

    name: str
    lines: list[tuple[str, Reading]]
    sure: float
    most: float
    series: int


class _Label(NamedTuple):
    """Words and a figure beside a part of a column, at its middle."""

    words: str
    figure: str
    y: float


def balance(chart: Chart, canvas: Canvas) -> float:
    """Draw the two columns with their words beside them; returns the height."""
    columns = [_column(chart, side, number * 3) for number, side in enumerate(SIDES)]
    height = max(column.most for column in columns)
    sample = next(value for mark in chart.marks for value in mark.values if value is not None)
    axis = scale([Reading(0.0, None, height, "")], sample, _TOP + _HIGH, _TOP, 50)
    left = max(width_of(axis.label(step), SMALL) for step in axis.steps) + 10
    upright(canvas, axis, left)
    half = (canvas.width - left) / 2
    wide = half * (0.3 if canvas.width < _NARROW else 0.42)
    gaps = [reading(mark.values[0]) for mark in chart.marks if mark.group == "gap"]
    for number, (column, other) in enumerate(zip(columns, columns[::-1], strict=True)):
        x = left + half * number + 4
        labels = _stacked(canvas, axis, column, x, x + wide)
        labels += _rest(canvas, axis, column, other, x, x + wide, gaps[0] if gaps else None)
        _beside(canvas, labels, x + wide + 6, half - wide - 14)
        canvas.text(x + wide / 2, axis.start + 16, column.name, "strong", "middle")
    return axis.start + 24


def _column(chart: Chart, side: str, series: int) -> _Column:
    read = [(mark.label, one) for mark in chart.marks if mark.group == side and (one := reading(mark.values[0])) is not None]
    sure = sum(one.base for _, one in read)
    return _Column(side, read, sure, max(sure, sum(one.base if one.high is None else one.high for _, one in read)), series)


def _stacked(canvas: Canvas, axis: Scale, column: _Column, x: float, to_x: float) -> list[_Label]:
    """What is sure of each line, one on another, and an open box for what may be there beside."""
    level, labels = 0.0, []
    for number, (words, one) in enumerate(column.lines):
        below, above = axis.at(level), axis.at(level + one.base)
        canvas.filled(x, above, to_x, max(below - above, 0.75), column.series + number)
        labels.append(_Label(words, one.text, (below + above) / 2))
        level += one.base
    if column.most - level > _LEAST * axis.high:
        canvas.box(x, axis.at(column.most), to_x, axis.at(level) - axis.at(column.most), "maybe")
    return labels


def _rest(canvas: Canvas, axis: Scale, column: _Column, other: _Column, x: float, to_x: float, gap: Reading | None) -> list[_Label]:
    """What a side lacks to the height of the other: to be found, or left over."""
    lacking = other.most - column.most
    if lacking <= _LEAST * axis.high:
        return []
    canvas.box(x, axis.at(other.most), to_x, axis.at(column.most) - axis.at(other.most), "rest")
    words = "still to be found" if column.name == SIDES[0] else "left over"
    return [_Label(words, "" if gap is None else _figure(gap, column.name), (axis.at(column.most) + axis.at(other.most)) / 2)]


def _figure(gap: Reading, side: str) -> str:
    """The gap in words; seen from the uses it is what is left over, so its signs fall away."""
    if side == SIDES[0] or "-" not in gap.text:
        return gap.text
    ends = [end.strip().removeprefix("-") for end in gap.text.split(" to ")]
    return " to ".join(reversed(ends)) if (gap.high or 0) <= 0 else f"up to {ends[0]}"


def _beside(canvas: Canvas, labels: Sequence[_Label], x: float, room: float) -> None:
    """The words in order from below, moved apart where they would meet; a figure stands under its words."""
    ranked = sorted(labels, key=lambda label: -label.y)
    for label, y in zip(ranked, spread([label.y for label in ranked], _TOP, _TOP + _HIGH - 8, _APART), strict=True):
        figure = label.figure if width_of(label.figure, SMALL) <= room else label.figure.replace(" to ", "–")
        canvas.text(x, y - 1, label.words, "small halo", room=room)
        canvas.text(x, y + 12, figure, "small figure halo", room=room)
