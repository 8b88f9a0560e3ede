"""What was bought or sold."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, ListKind, Money, NameKind, Part, Price, Shares, Worth


class Trade(Fact, frozen=True, kw_only=True):
    """A purchase or a sale.

    `remaining` is the number of shares left just after it; `fraction` the part of the holding that was sold.
    `gain` is a gain that somebody stated for it, `gain_rate` the id of the exchange rate at which to compare the two.
    `within` names a larger trade that already counts this one. `paid_for` are the commitments that a sale is said to pay.
    """

    noun: ClassVar[str] = "trades"

    holder: Entity | None = None
    asset: Entity
    side: Annotated[str, ChoiceKind(("buy", "sell"))]
    shares: Shares | None = None
    amount: Worth | None = None
    price: Price | None = None
    fees: Worth | None = None
    fraction: Part | None = None
    remaining: Shares | None = None
    gain: Money | None = None
    gain_rate: Annotated[str, NameKind("rates")] | None = None
    within: Annotated[str, NameKind("trades")] | None = None
    counterparty: Entity | None = None
    paid_for: Annotated[tuple[str, ...], ListKind(NameKind("commitments"))] | None = None
