"""What is promised: an investment, a purchase, a loan, in tranches and on conditions."""

from typing import Annotated, ClassVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Entity, Factor, FigureKind, Flag, ListKind, NameKind, Principal, TableKind, Text, Worth
from holdbook.quantity.quantity import Quantity


class Tranche(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment: `gross` in all, `own` the company's share, `syndicated` what others take.

    `day` may be a window; `early: yes` says that it may be paid before.
    """

    gross: Principal | None = None
    own: Principal | None = None
    syndicated: Principal | None = None
    day: Day | None = None
    early: Flag | None = None
    paid: Day | None = None
    by: Entity | None = None
    note: Text | None = None


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What must hold for the promise: by when, and what the amount becomes if it fails.

    `basis` says whether `otherwise` is the own part or the whole. What became of it is an event of the calendar that names it; where
    none does, an `outcome` of the one word met, waived, lapsed or failed says it.
    """

    text: Text
    deadline: Day | None = None
    outcome: Text | None = None
    otherwise: Principal | None = None
    basis: Annotated[str, ChoiceKind(("own", "gross"))] | None = None
    note: Text | None = None


class Pacing(msgspec.Struct, frozen=True, kw_only=True):
    """How a fund is assumed to call and to pay back.

    `calls` is the part of what is not called yet that each year calls, the last one repeats, until the year `investing`; `bow` is how late
    it pays back over its `life` (above 1 the later); `least_yield` the least part of its value that it pays back a year.
    """

    calls: Annotated[tuple[Quantity, ...], ListKind(FigureKind("ratio", floor=0, ceiling=1, contract=True))] | None = None
    life: Annotated[Quantity, FigureKind("time", floor=0, contract=True)] | None = None
    investing: Annotated[Quantity, FigureKind("time", floor=0, contract=True)] | None = None
    bow: Factor | None = None
    growth: Annotated[Quantity, FigureKind("ratio", contract=True)] | None = None
    least_yield: Annotated[Quantity, FigureKind("ratio", floor=0, ceiling=1, contract=True)] | None = None


class Commitment(Fact, frozen=True, kw_only=True):
    """A promise to pay.

    `amount` is the whole of it on its `basis`; `paid` what has been paid of it. `price_basis` is the value of the whole at which it was
    agreed: until it closes such a promise gains or loses with the value, unless it will be a business combination (`combination`;
    a purchase is one unless it says no). `pacing` are assumptions, by a name of yours, of how a fund calls what is promised to it.
    """

    noun: ClassVar[str] = "commitments"

    by: Entity | None = None
    to: Entity
    kind: Annotated[str, ChoiceKind(("investment", "purchase", "loan", "other"))] | None = None
    amount: Principal | None = None
    paid: Principal | None = None
    agreed: Day | None = None
    closing: Day | None = None
    price_basis: Worth | None = None
    combination: Flag | None = None
    sellers: Annotated[dict[str, Quantity], TableKind(FigureKind("ratio", floor=0, ceiling=1), key=NameKind("entities"))] | None = None
    tranches: Annotated[dict[str, Tranche], TableKind(record=Tranche)] | None = None
    conditions: Annotated[dict[str, Condition], TableKind(record=Condition)] | None = None
    pacing: Annotated[dict[str, Pacing], TableKind(record=Pacing)] | None = None
