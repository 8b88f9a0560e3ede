"""Claims on one scale: what is claimed and what the sums come to, each divided by what is claimed; the verdict in words."""

from __future__ import annotations

import math
from typing import NamedTuple

from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.ranges import Claimed, Ranges
from holdbook.render.charts.canvas import SMALL, Canvas
from holdbook.render.charts.type_size import lines_of, width_of
from holdbook.render.numbers import with_bounds, words

_LEAST, _MOST = 0.25, 4.0
_STEPS = (0.25, 0.5, 1.0, 2.0, 4.0)
_NARROW, _LANE, _LEAD, _GAP = 480, 17.0, 14.0, 14.0
_SUMS, _SEEN = 4, 3.0


class _Lane(NamedTuple):
    """One interval: its words, its ends and its centre as multiples of what is claimed; whether it is the claim itself."""

    text: str
    low: float | None
    centre: float | None
    high: float | None
    own: bool


class _Sheet(NamedTuple):
    """Where the scale begins and ends, and how wide the words at the left are; none on a narrow sheet."""

    canvas: Canvas
    left: float
    right: float
    names: float

    def at(self, value: float) -> float:
        """The place of a multiple; what lies beyond the scale at its end."""
        part = math.log(min(max(value, _LEAST), _MOST) / _LEAST) / math.log(_MOST / _LEAST)
        return self.left + part * (self.right - self.left)


def ranges(chart: Ranges, canvas: Canvas) -> float:
    """Draw a claim after another, each with its sums below it; returns the height."""
    narrow = canvas.width < _NARROW
    sheet = (
        _Sheet(canvas, 8, canvas.width - 8, 0) if narrow else _Sheet(canvas, canvas.width * 0.36, canvas.width * 0.74, canvas.width * 0.33)
    )
    y = top = _key(canvas) + 6
    for row in chart.rows:
        y = _row(sheet, row, y)
    if not narrow:
        _upright(sheet, top, y)
    for step in _STEPS:
        label = f"{step:g}x" if step != 1 else "as claimed"
        half = width_of(label, SMALL) / 2
        canvas.text(min(max(sheet.at(step), half), canvas.width - half), y + 14, label, "small", "middle")
    return y + 22


def _upright(sheet: _Sheet, top: float, bottom: float) -> None:
    """The lines of the scale; on a narrow sheet they stand in each lane alone, so that they cross no words."""
    for step in _STEPS:
        x = sheet.at(step)
        sheet.canvas.line(x, top, x, bottom, "zero" if step == 1 else "grid")


def _key(canvas: Canvas) -> float:
    x = 0.0
    for own, name in ((True, "what is claimed"), (False, "what the sum comes to")):
        _mark(canvas, x + 6, 8, own=own)
        canvas.text(x + 17, 12, name, "small")
        x += 17 + width_of(name, SMALL) + 18
    return 22.0


def _row(sheet: _Sheet, row: Claimed, y: float) -> float:
    """A claim: its verdict and its sentence, then its intervals; returns where the next begins."""
    canvas, some = sheet.canvas, lanes(row)
    narrow = not sheet.names
    canvas.line(0, y, canvas.width, y, "grid")
    canvas.text(0, y + 14, row.verdict, "strong halo")
    room = canvas.width if narrow else sheet.names
    told = lines_of(row.text, room, SMALL, 2 if narrow else max(2, len(some) - 1))
    for number, line in enumerate(told):
        whole = row.text if number == len(told) - 1 and " ".join(told) != " ".join(row.text.split()) else ""
        canvas.text(0, y + 14 + (number + 1) * _LEAD, line, "small halo", whole=whole)
    beside = y + 14 + len(told) * _LEAD
    place = beside + 4 if narrow else y + 3
    for lane in some:
        if narrow:
            canvas.text(0, place + 11, lane.text, "small figure halo", room=canvas.width)
            place += _LEAD
            _upright(sheet, place + 1, place + _LANE - 1)
        else:
            canvas.text(sheet.right + 16, place + _LANE / 2 + 4, lane.text, "small figure", room=canvas.width - sheet.right - 16)
        _interval(sheet, lane, place + _LANE / 2)
        place += _LANE
    return max(place, beside) + _GAP


def lanes(row: Claimed) -> list[_Lane]:
    """The intervals of a claim: its own, and those of its sums, the first few."""
    found = [_lane(row, row.says, "claimed", own=True)]
    found += [_lane(row, one.value, one.label or "the sum") for one in row.sums[:_SUMS]]
    left = len(row.sums) - _SUMS
    return found if left <= 0 else [*found[:-1], found[-1]._replace(text=f"{found[-1].text}; {left} more sum{'s' if left > 1 else ''}")]


def _lane(row: Claimed, value: Quantity, label: str, *, own: bool = False) -> _Lane:
    """An interval in multiples of what is claimed; one of the other sign runs the other way."""
    interval, by = bounds(value).interval, row.measure
    ends = [None if end is None else float(end / by) for end in interval[:2]]
    low, high = ends if by > 0 else ends[::-1]
    centre = point(value)
    middle = None if centre is None else float(centre / by)
    far = f", {middle:.3g}x" if middle is not None and not own and (0 < middle < _LEAST or middle > _MOST) else ""
    return _Lane(f"{label} {words(value)}{far}", low, middle, high, own)


def _interval(sheet: _Sheet, lane: _Lane, y: float) -> None:
    """A line from end to end with a mark at its centre; an arrow where it goes on beyond the scale."""
    canvas, series = sheet.canvas, 0 if lane.own else 1
    low, high = _LEAST / 2 if lane.low is None else lane.low, _MOST * 2 if lane.high is None else lane.high
    left, right = sheet.at(low), sheet.at(high)
    if right - left > _SEEN:
        canvas.line(left, y, right, y, f"span t{series}")
    for x, end, away, beyond in ((left, low, 7, low < _LEAST), (right, high, -7, high > _MOST)):
        if beyond:
            canvas.path([(x + away, y - 4), (x, y), (x + away, y + 4)], f"edge t{series}")
        elif right - left > _SEEN and _LEAST <= end <= _MOST:
            canvas.line(x, y - 4, x, y + 4, f"edge t{series}")
    if high < _LEAST or low > _MOST:
        x, away = (left, 7) if high < _LEAST else (right, -7)
        canvas.path([(x + away, y - 4), (x, y), (x + away, y + 4)], f"edge t{series}")
    elif lane.centre is not None or right - left <= _SEEN:
        _mark(canvas, (left + right) / 2 if lane.centre is None else sheet.at(lane.centre), y, own=lane.own)


def _mark(canvas: Canvas, x: float, y: float, *, own: bool) -> None:
    """A dot for what is claimed, a lozenge for a sum."""
    if own:
        canvas.dot(x, y, 4.5, "s0")
    else:
        canvas.path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], "s1", closed=True)


def tell(chart: Ranges) -> str:
    """It in words."""
    return "; ".join(f"{row.verdict}: {row.text} ({', '.join(lane.text for lane in lanes(row))})" for row in chart.rows)


def rows_of(chart: Ranges) -> list[list[str]]:
    """The table behind it, its head first."""
    return [
        ["verdict", "claim", "claimed", "the sum", "read as", "which fits"],
        *(
            [row.verdict, row.text, with_bounds(row.says), with_bounds(one.value), one.label, one.verdict]
            for row in chart.rows
            for one in row.sums
        ),
    ]
