"""Events on a line of time, a lane for each kind: a dot for a day, a bar where only the period is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from holdbook.questions.chart import Chart, Mark, size
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.type_size import cut, width_of

_LANE, _NARROW, _NAMED = 40.0, 480, 4
_LONGEST = 190.0
_DECEMBER = 12


def timeline(chart: Chart, canvas: Canvas) -> float:
    """Draw each lane with its events; the largest of a lane are named where there is room; returns the height."""
    narrow = canvas.width < _NARROW
    left = 4.0 if narrow else max(width_of(lane, SIZE) for lane in chart.series) + 16
    days = [day for mark in chart.marks if mark.when is not None for day in (mark.when.first, mark.when.last)]
    first, last = date(min(mark.when.last for mark in chart.marks if mark.when is not None).year, 1, 1), max(days)
    right = canvas.width - 8

    def at(day: date) -> float:
        return left + (max(day, first) - first).days / max((last - first).days, 1) * (right - left)

    lane = _LANE + (12 if narrow else 0)
    bottom = lane * len(chart.series) + 6
    _years(canvas, first, last, at, bottom)
    for number, name in enumerate(chart.series):
        y = lane * number + lane - 8
        if narrow:
            canvas.text(0, y - 26, name, "strong small")
        else:
            canvas.text(left - 12, y + 4, name, "", "end")
        canvas.line(left, y, right, y, "grid")
        _lane(canvas, [mark for mark in chart.marks if mark.group == name], at, y, left)
    return bottom + 20


def _years(canvas: Canvas, first: date, last: date, at: Callable[[date], float], bottom: float) -> None:
    for year in range(first.year, last.year + 1):
        x = at(date(year, 1, 1))
        canvas.line(x, 0, x, bottom, "grid")
        room = at(min(date(year, _DECEMBER, 31), last)) - x
        if room > width_of(str(year), SMALL) + 4:
            canvas.text(x + 3, bottom + 14, str(year), "small")


def _lane(canvas: Canvas, marks: list[Mark], at: Callable[[date], float], y: float, left: float) -> None:
    for mark in marks:
        assert mark.when is not None
        if mark.when.is_day:
            canvas.dot(at(mark.when.first), y, 4, "event")
        else:
            canvas.box(at(mark.when.first), y - 3, max(at(mark.when.last), at(mark.when.first) + 4), 6, "event")
    taken: list[tuple[float, float]] = []
    ranked = sorted(marks, key=lambda mark: -abs(size(mark.values[0] if mark.values else None)))
    for mark in list({mark.label: mark for mark in reversed(ranked)}.values())[::-1][:_NAMED]:
        assert mark.when is not None
        words = cut(mark.label, _LONGEST, SMALL)
        wide = width_of(words, SMALL)
        x = min(max(at(mark.when.first) - 4, left), canvas.width - wide)
        if all(x > to + 8 or x + wide < start - 8 for start, to in taken):
            canvas.text(x, y - 9, words, "small")
            taken.append((x, x + wide))
