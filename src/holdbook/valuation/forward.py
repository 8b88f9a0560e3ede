"""Prepaid forwards and collars: what settles them at a price. The carrying amount is another figure and never follows from it."""

from __future__ import annotations

from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, floored, least
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.listed import price


def settlement_value(shares: Quantity, share_price: Quantity, floor: Quantity | None = None, cap: Quantity | None = None) -> Quantity:
    """What settles a contract on some shares at a price.

    Below the floor the shares themselves do; between floor and cap their value at the floor; above the cap what lies over it comes
    on top. Without a cap nothing does, without a floor it is a plain forward: all the shares.

    Formula:  shares * (min(price, floor) + max(price - cap, 0))
    Says so:  standard terms of a variable prepaid forward; issuer, appendix on asset-backed finance (the amount falls below the floor)

    Raises UnitError when price, floor and cap are not of one unit.
    """
    each = share_price if floor is None else least((share_price, floor))
    if floor is not None and cap is not None:
        each = each + floored(share_price - cap)
    return (shares * each).named("settlement value")


def shares_to_deliver(shares: Quantity, share_price: Quantity, floor: Quantity | None = None, cap: Quantity | None = None) -> Quantity:
    """How many shares settle the contract at a price: never more than it is on.

    Formula:  settlement value / price
    """
    return (settlement_value(shares, share_price, floor, cap) / share_price).named("shares to deliver")


def settled_by_terms(view: View, debt: Debt) -> Quantity | None:
    """What would settle a contract of the book at the price of the day; None where the book lacks its terms or the price."""
    if debt.kind not in ("prepaid_forward", "collar") or debt.shares is None or debt.secured_by is None:
        return None
    today = price(view, debt.secured_by)
    if today is None or (debt.floor is None and debt.cap is not None):
        return None
    if debt.floor is not None and debt.floor.unit.currency is not None:
        today = convert(view, today, debt.floor.unit.currency)
    return settlement_value(debt.shares, today, debt.floor, debt.cap).named(f"{debt.id} at the price of the day")
