"""What a sale says: average price, lag between trade and disclosure, fiscal period, implied cost."""

from __future__ import annotations

from fractions import Fraction

from holdbook.dates import fiscal_quarter
from holdbook.model.rate import Rate
from holdbook.model.trade import Trade
from holdbook.quantity.origin import Origin
from holdbook.quantity.quantity import Quantity, exact, within
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert, implied
from holdbook.timeline.view import View


def average_price(trade: Trade) -> Quantity | None:
    """What one share went for.

    Formula:  amount / shares
    """
    if trade.amount is None or trade.shares is None:
        return trade.price
    return (trade.amount / trade.shares).named(f"{trade.id}.average_price")


def disclosure_lag(trade: Trade) -> Quantity | None:
    """Days from the trade to the day the world learnt it; an interval where only the month of the trade is known.

    Where nobody stated when it became known, the day of the source is the latest that it can have been.

    Formula:  known - day
    """
    if trade.day is None:
        return None
    longest, shortest = ((trade.learnt - day).days for day in trade.day[:2])
    if longest < 0:
        return None
    shortest = max(shortest, 0) if trade.learnt_from == "stated" else 0
    key = f"{trade.id}.disclosure_lag"
    if longest == shortest:
        return exact(Fraction(longest), UNIT("day"), key)
    return within(shortest, longest, UNIT("day"), key=key, origin=_origin(trade))


def fiscal_period(view: View, trade: Trade) -> str | None:
    """The fiscal quarter in which it fell, if all its possible days lie in one."""
    return None if trade.day is None else fiscal_quarter(trade.day, view.book.head.fiscal_start)


def gain_in_currency_of_sale(view: View, trade: Trade) -> Quantity | None:
    """The gain that was stated for a sale, in the currency of its proceeds, at the rate that the trade names or the period's own."""
    if trade.gain is None or trade.amount is None:
        return None
    currency = trade.amount.unit.currency or view.currency
    if trade.gain.unit is trade.amount.unit:
        return trade.gain
    named = next((fact for fact in view.facts(Rate) if fact.id == trade.gain_rate), None)
    at = implied(named) if named is not None else None
    if at is None:
        return convert(view, trade.gain, currency, trade.day)
    ratio = trade.gain / at if at.unit is UNIT(f"{trade.gain.unit.currency}/{currency}") else trade.gain * at
    return ratio.named(f"{trade.id}.gain in {currency}")


def implied_basis(view: View, trade: Trade) -> Quantity | None:
    """What the shares would have cost if the stated gain were the whole gain against cost.

    Formula:  amount - gain
    """
    gain = gain_in_currency_of_sale(view, trade)
    if gain is None or trade.amount is None:
        return None
    return (trade.amount - gain).named(f"{trade.id}.implied_basis", "if the stated gain is the whole gain against cost")


def return_on_basis(view: View, trade: Trade) -> Quantity | None:
    """The stated gain over the cost that it implies.

    Formula:  gain / (amount - gain)
    """
    gain, basis = gain_in_currency_of_sale(view, trade), implied_basis(view, trade)
    return None if gain is None or basis is None else (gain / basis).named(f"{trade.id}.return_on_basis")


def _origin(trade: Trade) -> Origin:
    """Where a trade stands, as the origin of what is read off its days."""
    first = trade.amount or trade.shares
    return first.origin._replace(words="", place=trade.place) if first is not None else Origin(trade.place)
