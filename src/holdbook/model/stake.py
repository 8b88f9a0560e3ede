"""What is held: shares of, or a part in, an entity."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Part, Shares, Worth

MEASURED = ("fvtpl", "fvtoci", "associate", "subsidiary", "subsidiary_lost_control", "derivative")


class Stake(Fact, frozen=True, kw_only=True):
    """A position on a day.

    It holds from `day` until a later stake or trade changes it; `binds: day` says that it is evidence for that day alone
    (a regulator's filing). `within` names the part of an issuer's table that already contains it, so that it is not counted twice.
    `measured` is its class in the accounts, and decides where a gain is shown: at fair value through profit or loss (`fvtpl`) or through
    other comprehensive income (`fvtoci`), an `associate`, a `subsidiary` (`subsidiary_lost_control` when a sale gave up control), a `derivative`.
    """

    noun: ClassVar[str] = "stakes"

    holder: Entity | None = None
    asset: Entity
    shares: Shares | None = None
    part: Part | None = None
    value: Worth | None = None
    within: Entity | None = None
    binds: Annotated[str, ChoiceKind(("onwards", "day"))] | None = None
    pledged: Shares | None = None
    measured: Annotated[str, ChoiceKind(MEASURED)] | None = None
