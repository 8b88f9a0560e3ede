"""A chart as JSON: every kind in one shape."""

from __future__ import annotations

from typing import Literal

import msgspec

from holdbook.questions.answer import Picture
from holdbook.questions.chart import Kind
from holdbook.questions.fan import Fan
from holdbook.questions.network import Family, Network
from holdbook.questions.standings import Standings
from holdbook.render.cells import sentence
from holdbook.render.figure_json import FigureOut, figure_json
from holdbook.simulation.plan import PARTS


class MarkOut(msgspec.Struct, frozen=True):
    """One row, column or event of a chart; `group` is its side, lane or column, `when` its day or period, `stands` what it is on each day."""

    label: str
    values: list[FigureOut | None]
    group: str
    when: str | None
    stands: list[list[str]] = []


class LimitOut(msgspec.Struct, frozen=True):
    """A line across a chart."""

    label: str
    value: FigureOut


class TieOut(msgspec.Struct, frozen=True):
    """A tie between two marks of a network; `closes` says that a circle runs along it."""

    who: str
    does: str
    to: str
    family: Family
    to_come: bool
    closes: bool


class ChartOut(msgspec.Struct, frozen=True):
    """A chart as data: the finding, what is measured, the series, the marks with a value for each, and the table behind it."""

    kind: Kind | Literal["fan", "network", "standings"]
    title: str
    axis: str
    series: list[str]
    marks: list[MarkOut]
    limits: list[LimitOut]
    table: str
    ratio_scale: bool
    note: str
    ties: list[TieOut] = []


def chart_json(chart: Picture) -> ChartOut:
    """A chart in the shape of the contract."""
    if isinstance(chart, Fan):
        return _fan(chart)
    if isinstance(chart, Network):
        return _network(chart)
    if isinstance(chart, Standings):
        return _standings(chart)
    marks = [
        MarkOut(
            mark.label,
            [None if value is None else figure_json(value) for value in mark.values],
            mark.group,
            str(mark.when) if mark.when else None,
        )
        for mark in chart.marks
    ]
    limits = [LimitOut(limit.label, figure_json(limit.value)) for limit in chart.limits]
    return ChartOut(
        chart.kind, sentence(chart.title), chart.axis, list(chart.series), marks, limits, chart.table, chart.ratio_scale, chart.note
    )


def _fan(fan: Fan) -> ChartOut:
    """A fan as a chart whose marks are its months, with a counted value for each part of the paths."""
    unit = str(fan.unit) or "ratio"

    def out(value: float) -> FigureOut:
        return FigureOut(value, value, value, low_open=False, high_open=False, unit=unit, known="yes", needs=[])

    marks = [MarkOut(month, [out(value) for value in row], "", None) for month, row in zip(fan.months, fan.values, strict=True)]
    limits = [LimitOut(limit.label, out(limit.value)) for limit in fan.limits]
    series = [f"{part} of 100 below" for part in PARTS]
    return ChartOut("fan", sentence(fan.title), fan.axis, series, marks, limits, fan.table, ratio_scale=False, note=fan.note)


def _network(chart: Network) -> ChartOut:
    """A network as a chart whose marks are its boxes, with the part that is held of each, and with its ties."""
    marks = [MarkOut(box.label, [None if box.part is None else figure_json(box.part)], box.standing, None) for box in chart.boxes]
    names = {box.key: box.label for box in chart.boxes}
    ties = [TieOut(names[one.start], one.words, names[one.end], one.family, one.to_come, one.closes) for one in chart.edges]
    title = sentence(chart.title)
    return ChartOut("network", title, chart.axis, ["part"], marks, [], chart.table, ratio_scale=False, note=chart.note, ties=ties)


def _standings(chart: Standings) -> ChartOut:
    """A matrix of standings as a chart whose marks are its rows."""
    marks = [MarkOut(row.label, [], row.group, None, [list(cell) for cell in row.cells]) for row in chart.rows]
    title = sentence(chart.title)
    return ChartOut("standings", title, chart.axis, list(chart.columns), marks, [], chart.table, ratio_scale=False, note=chart.note)
