"""How a price moved."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Ratio


class Move(Fact, frozen=True, kw_only=True):
    """A change of a price: `change` is signed, a fall is negative."""

    noun: ClassVar[str] = "moves"

    asset: Entity
    change: Ratio | None = None
    kind: Annotated[str, ChoiceKind(("close", "intraday", "pre_market", "after_hours", "year_to_date", "multi_year"))]
    benchmark: Entity | None = None
