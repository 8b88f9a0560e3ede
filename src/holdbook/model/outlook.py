"""What may happen, how likely it is held to be, and how the company would behave: what a simulation takes for granted."""

from typing import Annotated, ClassVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import Duration, Entity, FigureKind, ListKind, NameKind, Part, TableKind, Text
from holdbook.quantity.quantity import Quantity

Upwards = Annotated[Quantity, FigureKind("ratio", floor=0)]
Follows = Annotated[dict[str, Quantity], TableKind(FigureKind("ratio"))]
OTHERS = "others"
"""Stands for every holding that is not named."""
FARTHEST = 1_000
"""No volatility, growth, jump or part is larger: beyond it numbers of 32 bits would no longer hold what follows."""


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """Something that moves many holdings: `volatility` of a year, and how it goes together with others (`correlation`).

    What is not stated is measured from the `closes` of an entity.
    """

    volatility: Upwards | None = None
    closes: Entity | None = None
    correlation: Follows | None = None
    because: Text | None = None


class Moves(msgspec.Struct, frozen=True, kw_only=True):
    """How a holding moves: how much of each factor it `follows`, what is its `own` volatility, how often it is marked.

    What it follows and its own, if not stated, are measured from the `closes` of an entity: its own, or one that stands for it.
    """

    closes: Entity | None = None
    follows: Follows | None = None
    own: Upwards | None = None
    growth: Annotated[Quantity, FigureKind("ratio")] | None = None
    marked_every: Duration | None = None
    income: Part | None = None
    because: Text | None = None


class Jump(msgspec.Struct, frozen=True, kw_only=True):
    """A crash or a leap: how many `a_year`, `mean` and `deviation` as log returns, and how much of it each holding takes."""

    a_year: Upwards
    mean: Annotated[Quantity, FigureKind("ratio")]
    deviation: Upwards | None = None
    parts: Follows | None = None
    because: Text | None = None


class Outlook(Fact, frozen=True, kw_only=True):
    """What a simulation takes for granted, from `day` on; each figure is read at its centre.

    `factors` move many holdings; `holdings` says by id how each moves, `others` is every other one. `degrees` of freedom of the
    Student-t that all returns of a month share: 3 to 60, or 0 for normal ones. `chances` says how likely a promise falls due.
    The company sells in `order` at a `haircut`, `most` of a holding in a month, each sale with its `impact` on the rest; it borrows
    `refinanced` of a debt anew while loan to value is at most `refinanced_up_to`; above `reduced_above` it sells down to `reduced_to`.
    `measured_over` is how far back closes are looked at (3 years); with `blocks` whole months of them are drawn again, in runs of that mean length.
    """

    noun: ClassVar[str] = "outlooks"

    horizon: Duration | None = None
    paths: Upwards | None = None
    seed: Upwards | None = None
    degrees: Upwards | None = None
    measured_over: Duration | None = None
    blocks: Duration | None = None
    factors: Annotated[dict[str, Factor], TableKind(record=Factor)] | None = None
    holdings: Annotated[dict[str, Moves], TableKind(record=Moves)] | None = None
    jumps: Annotated[dict[str, Jump], TableKind(record=Jump)] | None = None
    chances: Annotated[dict[str, Quantity], TableKind(FigureKind("ratio", floor=0, ceiling=1), key=NameKind("commitments"))] | None = None
    order: Annotated[tuple[Entity, ...], ListKind(NameKind("entities"))] | None = None
    haircut: Part | None = None
    most: Part | None = None
    impact: Upwards | None = None
    refinanced: Part | None = None
    refinanced_up_to: Upwards | None = None
    reduced_above: Upwards | None = None
    reduced_to: Upwards | None = None
    because: Text | None = None
