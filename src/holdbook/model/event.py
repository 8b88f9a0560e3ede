"""What happened, or will: results days, splits, announcements."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Figure, Text, Time


class Event(Fact, frozen=True, kw_only=True):
    """An event of the calendar. A split carries `factor`: shares after for one before.

    `time` is when the world learnt it on the day `known` (else `day`): `15:30 Asia/Tokyo`, a day and a time of that zone. It says
    which session of an exchange was the first to answer.
    """

    noun: ClassVar[str] = "calendar"

    text: Text
    kind: Annotated[str, ChoiceKind(("results", "split", "announcement", "meeting", "deadline", "listing", "other"))] | None = None
    entity: Entity | None = None
    factor: Figure | None = None
    time: Time | None = None
