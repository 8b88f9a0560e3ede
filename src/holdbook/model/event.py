"""What happened, or will: results days, splits, announcements."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Entity, Factor, PerShare, Principal, Text, Time


class Event(Fact, frozen=True, kw_only=True):
    """An event of the calendar.

    A split carries `factor`: shares after for one before; `first_traded` is the first session at the price of after, where that is not
    `day`. A dividend carries `per_share`, in shares of its day, the first session without it.
    `time` is when the world learnt it on the day `known` (else `day`): `15:30 Asia/Tokyo`, a day and a time of that zone. It says
    which session of an exchange was the first to answer. What became of a condition of a commitment is said by `condition`
    (`openai.approval`) and `state`; an amended one may have a new `deadline`, and a new amount `otherwise`.
    """

    noun: ClassVar[str] = "calendar"

    text: Text
    kind: Annotated[str, ChoiceKind(("results", "split", "announcement", "meeting", "deadline", "listing", "dividend", "other"))] | None = (
        None
    )
    entity: Entity | None = None
    factor: Factor | None = None
    first_traded: Day | None = None
    per_share: PerShare | None = None
    time: Time | None = None
    condition: Text | None = None
    state: Annotated[str, ChoiceKind(("met", "waived", "lapsed", "amended"))] | None = None
    deadline: Day | None = None
    otherwise: Principal | None = None
