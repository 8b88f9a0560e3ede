"""What somebody says: an opinion, a forecast, a figure that can be checked."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Figure, Formula, FormulaKind, TableKind, Text


class Claim(Fact, frozen=True, kw_only=True):
    """A statement by an article, an analyst, the company.

    `about` names the fact that it speaks of, or `subject` and `measure` say it in words; `says` is its figure, `says_day` its
    day or period, `says_text` its word. `equals`, `above`, `below`, `within` give the sum that it should agree with;
    `readings` gives several sums where the wording allows several; `repairs` names readings that would make it fit.
    `cause` and `effect` name two facts: a cause that comes after its effect is a contradiction.
    Two claims on the same subject, measure, basis and period that exclude each other are found without being asked.
    """

    noun: ClassVar[str] = "claims"

    text: Text
    kind: Annotated[str, ChoiceKind(("fact", "opinion", "forecast", "quote", "rating", "framing", "risk", "question"))] | None = None
    about: Formula | None = None
    subject: Text | None = None
    measure: Text | None = None
    period: Day | None = None
    says: Figure | None = None
    says_day: Day | None = None
    says_not_day: Day | None = None
    says_text: Text | None = None
    equals: Formula | None = None
    above: Formula | None = None
    below: Formula | None = None
    within: Formula | None = None
    cause: Formula | None = None
    effect: Formula | None = None
    readings: Annotated[dict[str, str], TableKind(FormulaKind())] | None = None
    repairs: Annotated[dict[str, str], TableKind(FormulaKind())] | None = None
