"""What is promised: an investment, a purchase, a loan, in tranches and on conditions."""

from typing import Annotated, ClassVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Entity, FigureKind, NameKind, Principal, TableKind, Text
from holdbook.quantity.quantity import Quantity


class Tranche(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment: `gross` in all, `own` the company's share, `syndicated` what others take."""

    gross: Principal | None = None
    own: Principal | None = None
    syndicated: Principal | None = None
    day: Day | None = None
    paid: Day | None = None
    by: Entity | None = None
    note: Text | None = None


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What must hold for the promise: by when, and what the amount becomes if it fails."""

    text: Text
    deadline: Day | None = None
    outcome: Text | None = None
    otherwise: Principal | None = None
    note: Text | None = None


class Commitment(Fact, frozen=True, kw_only=True):
    """A promise to pay.

    `amount` is the whole of it on its `basis`; `paid` what has been paid of it.
    """

    noun: ClassVar[str] = "commitments"

    by: Entity | None = None
    to: Entity
    kind: Annotated[str, ChoiceKind(("investment", "purchase", "loan", "other"))] | None = None
    amount: Principal | None = None
    paid: Principal | None = None
    agreed: Day | None = None
    closing: Day | None = None
    sellers: Annotated[dict[str, Quantity], TableKind(FigureKind("ratio", floor=0, ceiling=1), key=NameKind("entities"))] | None = None
    tranches: Annotated[dict[str, Tranche], TableKind(record=Tranche)] | None = None
    conditions: Annotated[dict[str, Condition], TableKind(record=Condition)] | None = None
