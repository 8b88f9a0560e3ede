"""A limit, or a rule, that the company or the reader has set."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import Duration, Entity, ListKind, NameKind, Part, Ratio, Text, Worth


class Policy(Fact, frozen=True, kw_only=True):
    """A limit on a measure, in force from `day`.

    `at_most`, `at_least` bound `measure`: `loan_to_value`, `loan_to_value_with_asset_backed`, `redemption_cover`, `unlisted_ratio`,
    `derivative_ratio`, a ratio that the book defines, or an agency's own; `horizon` is how far a redemption test looks. `amount` is the least that `minimum_cash` may be;
    `order` what is sold first when cash is short (`disposals`), `haircut` what a sale brings less than the value.
    """

    noun: ClassVar[str] = "policies"

    measure: Text
    at_most: Ratio | None = None
    at_least: Ratio | None = None
    horizon: Duration | None = None
    amount: Worth | None = None
    order: Annotated[tuple[str, ...], ListKind(NameKind("entities"))] | None = None
    haircut: Part | None = None
    when: Text | None = None
    holder: Entity | None = None
