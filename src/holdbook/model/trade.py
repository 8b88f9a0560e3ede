"""What was bought, sold, moved within the group, received or written off: all that changes how many shares are held, and their cost."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, FigureKind, ListKind, Money, NameKind, Part, Price, Shares, TableKind, Worth
from holdbook.model.stake import MEASURED
from holdbook.quantity.quantity import Quantity


class Trade(Fact, frozen=True, kw_only=True):
    """Something that changes a holding. `holder` is the company unless it says otherwise.

    - `side: buy`, `side: sell`: `fees` add to the cost of a purchase and come off the proceeds of a sale.
    - `side: transfer`: from `holder` to another entity of the group, `to`; cost and day of purchase go with the shares.
    - `side: dividend`: of `asset`. In cash it has an `amount`; in kind it has `received` and `received_shares`, and `amount` is their value.
    - `side: spin_off`: from `asset` come `received_shares` of `received`; `cost_part` is the part of the cost that goes with them, `amount` their value.
    - `side: write_off`: `shares` of it, or all without, are gone for nothing.

    `lots` names the purchases that a sale takes from: `{first: 100 shares, second: 20 shares}`.
    `remaining` is the number of shares left just after it; `fraction` the part of the holding that was sold.
    `gain` is a gain that somebody stated for it, `gain_rate` the id of the exchange rate at which to compare the two.
    `measured` is the class of the holding in the accounts, where the sale itself changes it.
    `within` names a larger trade that already counts this one. `paid_for` are the commitments that a sale is said to pay.
    """

    noun: ClassVar[str] = "trades"

    holder: Entity | None = None
    asset: Entity
    side: Annotated[str, ChoiceKind(("buy", "sell", "transfer", "dividend", "spin_off", "write_off"))]
    shares: Shares | None = None
    amount: Worth | None = None
    price: Price | None = None
    fees: Worth | None = None
    fraction: Part | None = None
    remaining: Shares | None = None
    to: Entity | None = None
    received: Entity | None = None
    received_shares: Shares | None = None
    cost_part: Part | None = None
    lots: Annotated[dict[str, Quantity], TableKind(FigureKind("shares", floor=0), key=NameKind("trades"))] | None = None
    gain: Money | None = None
    gain_rate: Annotated[str, NameKind("rates")] | None = None
    measured: Annotated[str, ChoiceKind(MEASURED)] | None = None
    within: Annotated[str, NameKind("trades")] | None = None
    counterparty: Entity | None = None
    paid_for: Annotated[tuple[str, ...], ListKind(NameKind("commitments"))] | None = None
