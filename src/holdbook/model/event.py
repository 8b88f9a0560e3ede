"""What happened, or will: results days, splits, announcements."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Entity, Figure, PerShare, Text


class Event(Fact, frozen=True, kw_only=True):
    """An event of the calendar.

    A split carries `factor`: shares after for one before; `first_traded` is the first session at the price of after, where that is not
    `day`. A dividend carries `per_share`, in shares of its day, the first session without it.
    """

    noun: ClassVar[str] = "calendar"

    text: Text
    kind: Annotated[str, ChoiceKind(("results", "split", "announcement", "meeting", "deadline", "listing", "dividend", "other"))] | None = (
        None
    )
    entity: Entity | None = None
    factor: Figure | None = None
    first_traded: Day | None = None
    per_share: PerShare | None = None
