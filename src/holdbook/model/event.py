"""What happened, or will: results days, splits, announcements."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Figure, Text


class Event(Fact, frozen=True, kw_only=True):
    """An event of the calendar. A split carries `factor`: shares after for one before."""

    noun: ClassVar[str] = "calendar"

    text: Text
    kind: Annotated[str, ChoiceKind(("results", "split", "announcement", "meeting", "deadline", "listing", "other"))] | None = None
    entity: Entity | None = None
    factor: Figure | None = None
