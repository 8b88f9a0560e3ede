"""What is owed, and on what terms."""

from typing import Annotated, ClassVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import (
    ChoiceKind,
    Day,
    Duration,
    Entity,
    FigureKind,
    Flag,
    NameKind,
    Part,
    Principal,
    Ratio,
    TableKind,
    Text,
    Worth,
)
from holdbook.quantity.quantity import Quantity

AgreedRatio = Annotated[Quantity, FigureKind("ratio", contract=True)]
AgreedPart = Annotated[Quantity, FigureKind("ratio", floor=0, ceiling=1, contract=True)]
AgreedPrice = Annotated[Quantity, FigureKind("price", floor=0, contract=True)]
AgreedShares = Annotated[Quantity, FigureKind("shares", floor=0, contract=True)]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What interest is from a day on: a `coupon`, or a `margin` over a `curve`; `rise` is what a margin has risen by in all."""

    from_: Day
    coupon: AgreedRatio | None = None
    curve: Text | None = None
    margin: AgreedRatio | None = None
    rise: AgreedRatio | None = None


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a hybrid that an agency counts as equity, from a day, until another."""

    agency: Entity
    part: AgreedPart
    from_: Day | None = None
    until: Day | None = None


class Repayment(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the principal that is paid back before the maturity."""

    day: Day
    amount: Principal


class Debt(Fact, frozen=True, kw_only=True):
    """A borrowing.

    `principal` is the amount issued or agreed, `amount` what is outstanding from `day` on, `carrying` its book value.
    `recourse: no` with `secured_by` makes it asset-backed finance: it leaves the company's debt, and its settlement amount
    leaves the asset's value. Dated amounts stand in `balances`. `rate` is the id of the exchange rate at which its source
    converts it, `purpose` what the money is for.

    Interest: `coupon` until the first of the `steps`, or `margin` over a `curve` of `rates`; `day_count`, `payments` a year,
    `business_day` say how it is reckoned and paid, `repayments` what is paid back on the way.
    A hybrid: `first_call` is its first window, `called` the day of the notice, `call_day` the day that the notice names;
    `equity_credit` is the company's own reckoning, `equity_credits` those of the agencies.
    A margin loan: a call at `call_ratio` of loan to collateral, to be cured to `reset_ratio` within `cure`, else sold at
    `sale_ratio`; the collateral is `pledged` shares, or `pledged_value`, and `pledged_cash`.
    A prepaid forward or collar: on `shares`, with a `floor` and a `cap`.
    A guarantee: `guarantor` pays if the borrower does not. A line or a bridge: `conditions` of drawing, `repaid_from` what.
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
    call_day: Day | None = None
    equity_credits: Annotated[dict[str, Credit], TableKind(record=Credit)] | None = None
    curve: Text | None = None
    margin: AgreedRatio | None = None
    steps: Annotated[dict[str, Step], TableKind(record=Step)] | None = None
    day_count: Annotated[str, ChoiceKind(("30/360", "30E/360", "act/365", "act/360", "act/act"))] | None = None
    payments: Annotated[str, ChoiceKind(("1", "2", "4", "12"))] | None = None
    business_day: Annotated[str, ChoiceKind(("unadjusted", "following", "modified following", "preceding"))] | None = None
    repayments: Annotated[dict[str, Repayment], TableKind(record=Repayment)] | None = None
    deferrable: Flag | None = None
    pledged: AgreedShares | None = None
    pledged_value: Worth | None = None
    pledged_cash: Worth | None = None
    call_ratio: AgreedPart | None = None
    reset_ratio: AgreedPart | None = None
    sale_ratio: AgreedPart | None = None
    cure: Duration | None = None
    shares: AgreedShares | None = None
    floor: AgreedPrice | None = None
    cap: AgreedPrice | None = None
    guarantor: Entity | None = None
    conditions: Text | None = None
    repaid_from: Text | None = None
