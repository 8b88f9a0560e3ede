"""A chart as data: what it finds, what it measures, its marks as quantities. Nothing here is rounded, placed or coloured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from holdbook.dates import Span
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity

Kind = Literal["bars", "bridge", "sources_and_uses", "ladder", "timeline", "range_plot", "matrix", "line", "balance"]
Title = Sequence[Quantity | str]
Turn = Callable[[Quantity], Quantity]
"""Makes a quantity another, such as one in another currency."""


class Mark(msgspec.Struct, frozen=True):
    """One row, column or event of a chart.

    Fields:
        label: what it is.
        values: a quantity for each series; None where there is none.
        group: the side, the lane or the column in which it stands; `total` for a sum.
        when: of an event, its day or period.
    """

    label: str
    values: tuple[Quantity | None, ...] = ()
    group: str = ""
    when: Span | None = None


class Limit(msgspec.Struct, frozen=True):
    """A line across a chart that something is held against."""

    label: str
    value: Quantity


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of an answer, to be drawn by any face.

    Fields:
        kind: which drawing shows it.
        title: the finding, in words and quantities.
        axis: what is measured; its unit is that of the quantities.
        series: the names of the values of a mark; of a matrix or a timeline, the columns or lanes.
        marks: what is drawn.
        limits: lines that the marks are held against.
        table: the table of the answer that stands behind it.
        ratio_scale: equal distances are equal ratios, for values of many sizes.
        note: what a reader must know of it.
    """

    kind: Kind
    title: Title
    axis: str
    series: tuple[str, ...]
    marks: list[Mark]
    limits: list[Limit] = []
    table: str = ""
    ratio_scale: bool = False
    note: str = ""

    def quantities(self) -> list[Quantity]:
        """Every quantity in it: of the title, the marks and the limits."""
        drawn = [value for mark in self.marks for value in mark.values if value is not None]
        return [*(part for part in self.title if isinstance(part, Quantity)), *drawn, *(limit.value for limit in self.limits)]

    def turned(self, turn: Turn) -> Chart:
        """The same chart with every quantity turned into another."""
        return msgspec.structs.replace(
            self,
            title=turned_title(self.title, turn),
            marks=[
                msgspec.structs.replace(mark, values=tuple(None if value is None else turn(value) for value in mark.values))
                for mark in self.marks
            ],
            limits=[msgspec.structs.replace(limit, value=turn(limit.value)) for limit in self.limits],
        )


def turned_title(title: Title, turn: Turn) -> Title:
    """A title with its quantities turned into others."""
    return tuple(part if isinstance(part, str) else turn(part) for part in title)


def drawable(quantity: Quantity | None) -> bool:
    """Whether there is anything to draw: an end at least that is not nothing."""
    if quantity is None:
        return False
    low, high = bounds(quantity).interval[:2]
    return high is not None or bool(low)


def size(quantity: Quantity | None) -> float:
    """How large a quantity is, to put marks in order: its value, else the end that is known."""
    if quantity is None:
        return 0.0
    ends = [end for end in (point(quantity), *bounds(quantity).interval[:2]) if end is not None]
    return float(ends[0]) if ends else 0.0


def alike(marks: Sequence[Mark]) -> tuple[list[Mark], str]:
    """The marks of the unit that most of them have, and a note that says which were left out: no axis has two units."""
    shown = [mark for mark in marks if any(drawable(value) for value in mark.values)]
    units = Counter(value.unit for mark in shown for value in mark.values if value is not None)
    if not units:
        return [], ""
    unit = units.most_common(1)[0][0]
    kept = [mark for mark in shown if all(value is None or value.unit is unit for value in mark.values)]
    left = [mark.label for mark in marks if mark not in kept]
    lacking = f"a figure in {unit}" if str(unit) else "a figure"
    return kept, f"Not drawn, for want of {lacking}: {', '.join(dict.fromkeys(left))}." if left else ""
