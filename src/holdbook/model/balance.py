"""What an account, or a debt, stood at on a day."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Money, NameKind, Shares, Worth


class Balance(Fact, frozen=True, kw_only=True):
    """A dated amount, of a debt or of an entity.

    Of a debt: `debt` names it, `amount` is its carrying amount, `settlement` what would settle it that day.
    Of an entity, the company unless `entity` says otherwise: `item` says which account. `cash` is that of the entity alone,
    `consolidated_cash` that of its group. `agency_debt` and `agency_portfolio` are what a rating agency reckons, `by` which one.
    `own_assets` are those apart from parts of, and claims on, other entities of the book; `outside_debt` is owed to none of them;
    below `least_value` an entity fails, which costs it `cost_of_failure`: `links` carries a scenario's shock through these.
    """

    noun: ClassVar[str] = "balances"

    debt: Annotated[str, NameKind("debts")] | None = None
    entity: Entity | None = None
    item: (
        Annotated[
            str,
            ChoiceKind(
                (
                    "cash_position",
                    "cash",
                    "undrawn_lines",
                    "gross_debt",
                    "net_debt",
                    "consolidated_net_debt",
                    "self_financing_net_debt",
                    "hybrid_adjustment",
                    "asset_backed_finance",
                    "other_adjustments",
                    "carrying",
                    "shares_outstanding",
                    "consolidated_cash",
                    "tax_on_disposals",
                    "minorities_share",
                    "managements_share",
                    "agency_debt",
                    "agency_portfolio",
                    "own_assets",
                    "outside_debt",
                    "least_value",
                    "cost_of_failure",
                )
            ),
        ]
        | None
    ) = None
    amount: Money | None = None
    count: Shares | None = None
    settlement: Worth | None = None
    by: Entity | None = None
