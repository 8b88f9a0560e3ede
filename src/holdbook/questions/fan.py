"""A fan as data: between which values a measure lies on how many of the paths, month by month. Counted, so plain numbers without a derivation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import ClassVar

import msgspec

from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import NUMBER, Unit
from holdbook.questions.chart import Title, Turn, turned_title
from holdbook.simulation.plan import PARTS


class Level(msgspec.Struct, frozen=True):
    """A level that a fan is held against, such as a limit."""

    label: str
    value: float


class Fan(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of the values below which 5, 25, 50, 75 and 95 of 100 paths lie, by month.

    Raises ValueError where a month lacks its five values, they do not rise, or one is no number.

    Fields:
        title: the finding, in words and quantities.
        axis: what is measured.
        unit: of the values and the limits; a plain number is shown in percent.
        months: their names, at most a few dozen. values: five of each, rising.
        limits: levels across the chart. ends: where the axis begins and ends, for one that stays while the values move.
        note: what a reader must know of it. table: the table of the answer that stands behind it; without one it shows its own.

    >>> fan = Fan(title=("Cash lasts",), axis="cash", months=("2026-01",), values=[[1.0, 2.0, 3.0, 4.0, 5.0]])
    >>> fan.values[0][PARTS.index(50)]
    3.0
    """

    kind: ClassVar[str] = "fan"

    title: Title
    axis: str
    months: Sequence[str]
    values: Sequence[Sequence[float]]
    unit: Unit = NUMBER
    limits: Sequence[Level] = ()
    ends: tuple[float, float] | None = None
    note: str = ""
    table: str = ""

    def __post_init__(self) -> None:
        if not self.months or len(self.months) != len(self.values):
            raise ValueError(f"a fan of {len(self.months)} months has {len(self.values)} rows of values")
        for month, row in zip(self.months, self.values, strict=True):
            if len(row) != len(PARTS) or not all(map(isfinite, row)) or any(low > high for low, high in pairwise(row)):
                raise ValueError(f"{month} needs {len(PARTS)} rising numbers, not {list(row)}")

    def quantities(self) -> list[Quantity]:
        """Those of its title; its values have no derivation."""
        return [part for part in self.title if isinstance(part, Quantity)]

    def turned(self, turn: Turn) -> Fan:
        """The same fan in what `turn` makes of its unit; unturned where that is not known."""
        one = turn(exact(1, self.unit))
        rate = point(one)
        title = turned_title(self.title, turn)
        if rate is None or one.unit is self.unit:
            return msgspec.structs.replace(self, title=title)
        by = float(rate)
        return msgspec.structs.replace(
            self, title=title, unit=one.unit, values=[[value * by for value in row] for row in self.values],
            limits=[Level(limit.label, limit.value * by) for limit in self.limits],
            ends=None if self.ends is None else (self.ends[0] * by, self.ends[1] * by),
        )  # fmt: skip
