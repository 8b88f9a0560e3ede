"""Tables as plain columns, for data frames and for SQL: a figure as value, low, high and unit, a day as first and last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from holdbook.dates import Span
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Table

Kind = Literal["number", "whole", "text", "day", "flag"]
Plain = float | int | str | date | bool | None
_SLUG = re.compile(r"[^a-z0-9]+")


class Column(NamedTuple):
    """A column of plain values of one kind; None is unknown, or nothing."""

    name: str
    kind: Kind
    values: Sequence[Plain]


def figure_columns(name: str, values: Iterable[Quantity | None]) -> list[Column]:
    """A column of figures as four: the value, where all behind it print one, the two ends, the unit."""
    points: list[Plain] = []
    lows: list[Plain] = []
    highs: list[Plain] = []
    units: list[Plain] = []
    for value in values:
        known = None if value is None else bounds(value)
        centre = None if value is None or known is None or known.blame else point(value)
        low, high = (None, None) if known is None or known.blame else known.interval[:2]
        points.append(None if centre is None else float(centre))
        lows.append(None if low is None else float(low))
        highs.append(None if high is None else float(high))
        units.append(None if value is None else str(value.unit))
    return [
        Column(name, "number", points),
        Column(f"{name}_low", "number", lows),
        Column(f"{name}_high", "number", highs),
        Column(f"{name}_unit", "text", units),
    ]


def day_columns(name: str, values: Sequence[Span | None]) -> list[Column]:
    """A column of days or periods as two: the first day and the last."""
    firsts = [None if value is None else value.first for value in values]
    return [
        Column(f"{name}_first", "day", firsts),
        Column(f"{name}_last", "day", [None if value is None else value.last for value in values]),
    ]


def columns_of(table: Table) -> list[Column]:
    """The plain columns of a table of an answer. What is text in a column of figures or days has a column of its own, `..._text`."""
    found: list[Column] = []
    for name, values in zip(slugs(table.columns), zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns), strict=True):
        found += _plain(name, values)
    return distinct(found)


def _plain(name: str, values: Sequence[Cell]) -> list[Column]:
    figures = [value if isinstance(value, Quantity) else None for value in values]
    days = [value if isinstance(value, Span) else None for value in values]
    rest = [value for value in values if value is not None and not isinstance(value, Quantity | Span)]
    found = figure_columns(name, figures) if any(value is not None for value in figures) else []
    found += day_columns(name, days) if any(value is not None for value in days) else []
    if rest and not found and all(isinstance(value, int) for value in rest):
        return [Column(name, "whole", [value if isinstance(value, int) else None for value in values])]
    if rest or not found:
        texts = [None if value is None or isinstance(value, Quantity | Span) else str(value) for value in values]
        found.append(Column(f"{name}_text" if found else name, "text", texts))
    return found


def figures_of(answer: Answer) -> list[Column]:
    """The figures of an answer, one a row: its name, its value and ends, and the day or period it is of."""
    figures = answer.quantities.values()
    return [
        Column("name", "text", list(answer.quantities)),
        *figure_columns("value", [figure.quantity for figure in figures]),
        *day_columns("of", [figure.when for figure in figures]),
    ]


def slugs(names: Sequence[str]) -> list[str]:
    """Names of small letters, digits and underscores, none twice.

    >>> slugs(("of total", "of", "of ", ""))
    ['of_total', 'of', 'of_2', 'column']
    """
    taken: set[str] = set()
    return [_once(_SLUG.sub("_", name.lower()).strip("_") or "column", taken) for name in names]


def distinct(columns: Sequence[Column]) -> list[Column]:
    """The same columns, the second of one name under another."""
    taken: set[str] = set()
    return [column._replace(name=_once(column.name, taken)) for column in columns]


def _once(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
