"""A limit, or a rule, that the company or the reader has set."""

from typing import ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import Duration, Entity, Ratio, Text


class Policy(Fact, frozen=True, kw_only=True):
    """A limit on a measure, in force from `day`.

    `at_most`, `at_least` bound `measure`; `horizon` is how far a redemption test looks.
    """

    noun: ClassVar[str] = "policies"

    measure: Text
    at_most: Ratio | None = None
    at_least: Ratio | None = None
    horizon: Duration | None = None
    when: Text | None = None
    holder: Entity | None = None
