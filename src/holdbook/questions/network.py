"""A network as data: who is tied to whom, in tiers from the company down to what it depends on. Nothing here is placed or coloured."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from holdbook.quantity.quantity import Quantity
from holdbook.questions.chart import Title, Turn, turned_title

Family = Literal["holding", "dependency", "finance", "rivalry"]


class Box(msgspec.Struct, frozen=True):
    """One entity of a network.

    Fields:
        key: its name in ties. label: its name for a reader.
        tier: how far down it stands, the company at nought.
        standing: what it is to the company, in words. part: what of it is held, where that is known.
        figure: what stands behind it, for whoever asks.
    """

    key: str
    label: str
    tier: int
    standing: str
    part: Quantity | None = None
    figure: Quantity | None = None


class Edge(msgspec.Struct, frozen=True):
    """The ties of one family between two entities: `start` does to `end` what the words say.

    Fields:
        to_come: none of them is of today. closes: a circle through the company and the entity that the network is about runs along it.
    """

    start: str
    end: str
    family: Family
    words: str
    to_come: bool = False
    closes: bool = False


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of ties.

    Fields:
        title: the finding, in words and quantities.
        axis: what is drawn. boxes: the company first. edges: between boxes that are here.
        note: what a reader must know of it: what is left out, for one. table: the table of the answer that stands behind its boxes.
    """

    kind: ClassVar[str] = "network"

    title: Title
    axis: str
    boxes: list[Box]
    edges: list[Edge]
    note: str = ""
    table: str = ""

    def quantities(self) -> list[Quantity]:
        """Every quantity in it: of the title and the boxes."""
        behind = (one for box in self.boxes for one in (box.part, box.figure))
        return [one for source in (self.title, behind) for one in source if isinstance(one, Quantity)]

    def turned(self, turn: Turn) -> Network:
        """The same network with every quantity turned into another."""

        def each(one: Quantity | None) -> Quantity | None:
            return None if one is None else turn(one)

        boxes = [msgspec.structs.replace(box, part=each(box.part), figure=each(box.figure)) for box in self.boxes]
        return msgspec.structs.replace(self, title=turned_title(self.title, turn), boxes=boxes)
