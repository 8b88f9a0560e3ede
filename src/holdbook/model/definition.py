"""A measure as somebody defines it: a company's own leverage, discount or net asset value, an agency's ratio."""

from typing import ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import Entity, Formula, Text


class Definition(Fact, frozen=True, kw_only=True):
    """A named sum over the figures of a day.

    A name in `formula` may be a figure of the day's table (`net_debt`, `cash`, a line of it), the account of a balance
    (`balances.gross_debt`), a measure (`measures.nav`), another definition (`definitions.ID`) or a fact as in claims. The company's
    own definition stands in for the measure `measure`, else for the one that is called like it; that of another `holder` stands beside.
    """

    noun: ClassVar[str] = "definitions"

    text: Text | None = None
    formula: Formula
    measure: Text | None = None
    holder: Entity | None = None
    says_so: Text | None = None
