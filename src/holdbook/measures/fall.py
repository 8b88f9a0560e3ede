"""What becomes of net asset value and loan to value when all holdings fall by a part, debt staying as it is."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.view import View


class Fallen(NamedTuple):
    """The holdings after a fall, and what they leave."""

    holdings: Quantity
    nav: Quantity
    loan_to_value: Quantity | None


def all_fall(view: View, fall: Quantity) -> Fallen | None:
    """Holdings, net asset value and loan to value after all holdings fell by a part; None where the day has no holdings or no debt.

    Where a book states the ratio and not the amounts, only what follows from it is known. At a fall of the whole there is no ratio.

    Formula:  holdings * (1 - fall); holdings * (1 - fall) - adjusted_net_debt; loan_to_value / (1 - fall)
    Says so:  algebra of the company's definition
    """
    held, debt, ratio = equity_value_of_holdings(view), adjusted_net_debt(view), loan_to_value(view)
    if "missing" in (held.how, debt.how, ratio.how):
        return None
    left = exact(1) - fall
    after = (held.quantity * left).named("holdings after the fall")
    whole = fall.stated is not None and fall.stated.centre == 1
    return Fallen(
        after,
        (after - debt.quantity).named("net asset value after the fall"),
        None if whole else (ratio.quantity / left).named("loan to value after the fall"),
    )
