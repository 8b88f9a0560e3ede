"""What is owed, and on what terms."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Entity, Flag, NameKind, Part, Principal, Ratio, Text, Worth


class Debt(Fact, frozen=True, kw_only=True):
    """A borrowing.

    `principal` is the amount issued or agreed, `amount` what is outstanding from `day` on, `carrying` its book value.
    `recourse: no` with `secured_by` makes it asset-backed finance: it leaves the company's debt, and its settlement amount
    leaves the asset's value. Dated amounts stand in `balances`. `rate` is the id of the exchange rate at which its source
    converts it, `purpose` what the money is for.
    """

    noun: ClassVar[str] = "debts"

    borrower: Entity | None = None
    kind: Annotated[
        str,
        ChoiceKind(
            (
                "bond",
                "retail_bond",
                "hybrid",
                "commercial_paper",
                "loan",
                "bridge",
                "margin_loan",
                "prepaid_forward",
                "collar",
                "commitment_line",
                "intragroup",
            )
        ),
    ]
    name: Text | None = None
    principal: Principal | None = None
    amount: Principal | None = None
    carrying: Worth | None = None
    limit: Principal | None = None
    drawn: Principal | None = None
    coupon: Ratio | None = None
    issued: Day | None = None
    maturity: Day | None = None
    first_call: Day | None = None
    lender: Text | None = None
    secured_by: Entity | None = None
    recourse: Flag | None = None
    purpose: Text | None = None
    rate: Annotated[str, NameKind("rates")] | None = None
    equity_credit: Part | None = None
    called: Day | None = None
