"""Margin loans: how much is lent on the shares, how far they may fall until the lenders call, and what cures a call."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, exact, floored
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.listed import price


class Lending(NamedTuple):
    """A margin loan on a day.

    Fields:
        debt: the loan.
        owed: what is drawn.
        collateral: what the pledged shares and cash are worth; None where the book does not say which are pledged.
        ratio: loan to value of the loan itself.
        room: how far the collateral may fall until the lenders call; None where the terms are not known.
    """

    debt: Debt
    owed: Quantity
    collateral: Quantity | None
    ratio: Quantity | None
    room: Quantity | None


def lending(view: View, debt: Debt, owed: Quantity) -> Lending:
    """A margin loan of the book on the day of the view; `owed` is what is drawn of it, in the currency of the view."""
    pledged = collateral(view, debt)
    if pledged is None:
        return Lending(debt, owed, None, None, None)
    room = None if debt.call_ratio is None else fall_to_call(owed, pledged, debt.call_ratio)
    return Lending(debt, owed, pledged, (owed / pledged).named(f"{debt.id}.loan_to_value"), room)


def limit_of(view: View, debt: Debt) -> Quantity | None:
    """How much may be drawn on the day of the view: the last limit that the entry, or one that tells it again, states up to it."""
    told = [one for one in view.facts(Debt) if debt.id in {one.id, one.restates} and one.limit is not None]
    begun = [one for one in told if one.day is not None and one.day.last <= view.day and one.status in (None, "done", "agreed")]
    last = max(begun, key=lambda one: (one.day.last if one.day is not None else date.min, one.id), default=None)
    return debt.limit if last is None else last.limit


def collateral(view: View, debt: Debt) -> Quantity | None:
    """What is pledged for a loan, in the currency of the view: the pledged shares at the price of the day, with the cash.

    A value that is stated instead is that of the day of the entry alone.

    Formula:  shares * price + cash
    """
    today = None if debt.secured_by is None else price(view, debt.secured_by)
    stated = debt.pledged_value if debt.day is not None and view.span.within(debt.day) else None
    value = debt.pledged * today if debt.pledged is not None and today is not None else stated
    if value is None:
        return None
    value = convert(view, value, view.currency)
    return value if debt.pledged_cash is None else value + convert(view, debt.pledged_cash, view.currency)


def fall_to_call(owed: Quantity, pledged: Quantity, call: Quantity) -> Quantity:
    """How far the collateral may fall until the lenders call; negative when they already may.

    Formula:  1 - owed / (call ratio * collateral)
    """
    return (exact(1) - owed / (call * pledged)).named("fall to the call")


def call_price(owed: Quantity, shares: Quantity, call: Quantity) -> Quantity:
    """The price of a share at which the lenders call.

    Formula:  owed / (shares * call ratio)
    """
    return (owed / (shares * call)).named("price of the call")


def cure_in_cash(owed: Quantity, pledged: Quantity, reset: Quantity) -> Quantity:
    """What must be prepaid to bring the loan down to the ratio that the lenders accept.

    Formula:  max(owed - reset ratio * collateral, 0)
    """
    return floored(owed - reset * pledged).named("cure in cash")


def cure_in_shares(owed: Quantity, pledged: Quantity, reset: Quantity, share_price: Quantity) -> Quantity:
    """How many more shares must be pledged instead.

    Formula:  max(owed / reset ratio - collateral, 0) / price
    """
    return (floored(owed / reset - pledged) / share_price).named("cure in shares")


def cure_by_sale(owed: Quantity, pledged: Quantity, reset: Quantity) -> Quantity:
    """What must be sold of the collateral, and prepaid with, instead: more than in cash, for the collateral shrinks too.

    Formula:  max(owed - reset ratio * collateral, 0) / (1 - reset ratio)
    """
    return (cure_in_cash(owed, pledged, reset) / (exact(1) - reset)).named("cure by sale")
