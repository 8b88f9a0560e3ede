"""A table of points: for each row the column in which it stands, by place and by sign."""

from __future__ import annotations

from holdbook.questions.chart import Chart
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas
from holdbook.render.charts.scale import reading
from holdbook.render.charts.type_size import cut, lines_of, width_of

_ROW, _NARROW = 22.0, 480


def matrix(chart: Chart, canvas: Canvas) -> float:
    """Draw a dot in the column of each mark, and its figure at the right; returns the height."""
    figures = [one.text if (one := reading(mark.values[0] if mark.values else None)) is not None else "" for mark in chart.marks]
    narrow = canvas.width < _NARROW
    names = min(max(width_of(mark.label, SIZE) for mark in chart.marks) + 10, canvas.width * (0.5 if narrow else 0.34))
    right = canvas.width - (0 if narrow else max(width_of(text, SMALL) for text in figures) + 10)
    wide = (right - names) / len(chart.series)
    for number, name in enumerate(chart.series):
        for row, words in enumerate(lines_of(name, wide - 4, SMALL)):
            canvas.text(names + wide * (number + 0.5), 12 + 13 * row, words, "small", "middle")
    y = 20.0 + 13 * (max(len(lines_of(name, wide - 4, SMALL)) for name in chart.series) - 1)
    for mark, figure in zip(chart.marks, figures, strict=True):
        canvas.line(0, y, canvas.width, y, "grid")
        canvas.text(0, y + 15, cut(mark.label, names - 8, SIZE))
        if mark.group in chart.series:
            place = chart.series.index(mark.group)
            canvas.dot(names + wide * (place + 0.5), y + 11, 5, f"s{place % 6}")
        if not narrow:
            canvas.text(canvas.width, y + 15, figure, "small figure", "end")
        y += _ROW
    return y + 4
