"""A matrix of standings: a row for each entity, a column for each day, and signs that differ by their shape as well as their colour."""

from __future__ import annotations

from collections.abc import Callable

from holdbook.questions.standings import STANDINGS, Row, Standings
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.type_size import lines_of, width_of

_ROW, _HEAD, _SIGN, _DAY = 20.0, 22.0, 16.0, 68.0
_NARROW = 480


def standings(chart: Standings, canvas: Canvas) -> float:
    """Draw the signs of each entity, group by group; returns the height."""
    y = _key(canvas) + 6
    names = _names(chart, canvas)
    wide = (canvas.width - names) / len(chart.columns)
    heads = [lines_of(column, wide - 6, SMALL) for column in chart.columns]
    for number, (column, head) in enumerate(zip(chart.columns, heads, strict=True)):
        for place, line in enumerate(head):
            canvas.text(names + wide * number, y + 12 + 13 * place, line, "small", whole=column if " ".join(head) != column else "")
    y += 5 + 13 * max(map(len, heads))
    group = None
    for row in chart.rows:
        if row.group != group:
            canvas.line(0, y, canvas.width, y, "zero")
            canvas.text(0, y + 15, row.group, "strong small", room=canvas.width * 0.9)
            group, y = row.group, y + _HEAD
        _row(canvas, row, y, names, wide)
        y += _ROW
    canvas.line(0, y + 2, canvas.width, y + 2, "zero")
    return y + 6


def _names(chart: Standings, canvas: Canvas) -> float:
    """How wide the column of names is."""
    longest = max(width_of(row.label, SIZE) for row in chart.rows) + 26
    most = min(canvas.width * (0.52 if canvas.width < _NARROW else 0.4), canvas.width - _DAY * len(chart.columns))
    return min(longest, max(most, canvas.width * 0.25))


def _key(canvas: Canvas) -> float:
    x, y = 8.0, 8.0
    for name in STANDINGS:
        room = 14 + width_of(name, SMALL) + 18
        if x > 8 and x + room > canvas.width:
            x, y = 8.0, y + 18
        _SIGNS[name](canvas, x, y)
        canvas.text(x + 12, y + 4, name, "small")
        x += room
    return y + 10


def _row(canvas: Canvas, row: Row, y: float, names: float, wide: float) -> None:
    canvas.text(10, y + 12, row.label, "", room=names - 20)
    for number, cell in enumerate(row.cells):
        x = names + wide * number
        for place, word in enumerate(cell):
            _SIGNS[word](canvas, x + 7 + place * _SIGN, y + 8)
        words = ", ".join(cell)
        at = 16 + (len(cell) - 1) * _SIGN + 2
        if cell and width_of(words, SMALL) <= wide - at - 6:
            canvas.text(x + at, y + 12, words, "small")


def _disc(canvas: Canvas, x: float, y: float) -> None:
    canvas.dot(x, y, 5.5, "s0")


def _square(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 5, y - 5, x + 5, 10, "s2")


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.dot(x, y, 5, "sign coming t0")


def _cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.path([(x - 5, y - 5), (x + 5, y + 5)], "sign t5")
    canvas.path([(x - 5, y + 5), (x + 5, y - 5)], "sign t5")


def _triangle(canvas: Canvas, x: float, y: float) -> None:
    canvas.path([(x, y - 5.5), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)], "sign t1", closed=True)


_SIGNS: dict[str, Callable[[Canvas, float, float], None]] = dict(zip(STANDINGS, (_disc, _square, _ring, _cross, _triangle), strict=True))


def rows_of(chart: Standings) -> list[list[str]]:
    """The table behind it, its head first."""
    return [["layer", "who", *chart.columns], *([row.group, row.label, *(", ".join(cell) for cell in row.cells)] for row in chart.rows)]


def tell(chart: Standings) -> str:
    """It in words."""
    return "; ".join(
        f"{row.label} ({row.group}): {', then '.join(' and '.join(cell) or 'nothing' for cell in row.cells)}" for row in chart.rows
    )
