"""A matrix of words as data: what each of some entities is to the company, on one day or on several, grouped."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from holdbook.quantity.quantity import Quantity
from holdbook.questions.chart import Title, Turn, turned_title

STANDINGS = ("held", "in partnership", "to be held", "held no more", "depended on")
"""What an entity can be to the company, the closest first."""


class Row(msgspec.Struct, frozen=True):
    """An entity: its group, and for each day what it is to the company, of `STANDINGS`; nothing where it is nothing."""

    label: str
    group: str
    cells: tuple[tuple[str, ...], ...]


class Standings(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of standings.

    Fields:
        title: the finding, in words and quantities.
        axis: what is shown. columns: the days. rows: entities, those of a group together.
        note: what a reader must know of it. table: the table of the answer that stands behind it.
    """

    kind: ClassVar[str] = "standings"

    title: Title
    axis: str
    columns: tuple[str, ...]
    rows: list[Row]
    note: str = ""
    table: str = ""

    def quantities(self) -> list[Quantity]:
        """Those of its title."""
        return [part for part in self.title if isinstance(part, Quantity)]

    def turned(self, turn: Turn) -> Standings:
        """The same chart with every quantity turned into another."""
        return msgspec.structs.replace(self, title=turned_title(self.title, turn))
