"""Gains: against cost, of the period of the sale, and the one booked before that the sale turns into cash; taken apart by cause."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.accounting import Carried
from holdbook.measures.any_lots import cost_of_any_lots
from holdbook.measures.cost import METHODS, cost, taken_by
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert, rate
from holdbook.timeline.view import View

_SALES = ("sell", "write_off")


class Gain(NamedTuple):
    """A gain of one disposal by one method: its cost, the gain, and what makes up the gain in the book's currency."""

    method: str
    cost: Quantity
    gain: Quantity
    effects: Effects | None


class Effects(NamedTuple):
    """A gain in the book's currency, and its three causes, which add up to it without a rest."""

    total: Quantity
    price: Quantity
    rate: Quantity
    cross: Quantity


def net_proceeds(view: View, trade: Trade) -> Quantity | None:
    """What a disposal brought after its fees; nothing for what was written off, None where the book does not say.

    Formula:  amount, else price * shares; - fees
    """
    if trade.side == "write_off":
        return exact(0, UNIT(_currency(view, trade)), f"{trade.id}.proceeds")
    paid = trade.amount
    if paid is None and trade.price is not None and trade.shares is not None:
        paid = (trade.price * trade.shares).named(f"{trade.id}.proceeds", "price times shares")
    if paid is None or trade.fees is None:
        return paid
    return (paid - convert(view, trade.fees, paid.unit.currency or view.currency, trade.day)).named(f"{trade.id}.proceeds", "after fees")


def _currency(view: View, trade: Trade) -> str:
    """The currency of a disposal without proceeds: that in which the lots were paid."""
    lots = taken_by(view, trade, "fifo") or []
    units = {lot.acquired.cost.unit.currency for lot in lots} - {None}
    return min(units) or view.currency if len(units) == 1 else view.currency  # type: ignore[type-var]


def gains(view: View, trade: Trade) -> list[Gain]:
    """The gain of a disposal against its cost, by each method; nothing where no purchase of it is in the book.

    Formula:  proceeds - fees - cost, cost by method
    """
    proceeds = net_proceeds(view, trade)
    if proceeds is None or trade.side not in _SALES or not _has_purchases(view, trade):
        return []
    return [found for method in METHODS if (found := _gain(view, trade, proceeds, method)) is not None]


def gain_of_any_lots(view: View, trade: Trade) -> Gain | None:
    """The least and the greatest gain of a disposal, whichever lots it took."""
    proceeds = net_proceeds(view, trade)
    if proceeds is None or trade.side not in _SALES or not _has_purchases(view, trade):
        return None
    currency = proceeds.unit.currency or view.currency
    paid = cost_of_any_lots(view, trade, currency)
    return None if paid is None else Gain("any_lots", paid, (proceeds - paid).named(f"{trade.id}.economic_gain.any_lots"), None)


def cost_by(view: View, trade: Trade, method: str, currency: str) -> Quantity | None:
    """What a disposal had cost by a method, in a currency; None for what takes no lots."""
    lots = taken_by(view, trade, method)
    return None if lots is None else cost(view, lots, currency, f"{trade.id}.cost.{method}")


def _has_purchases(view: View, trade: Trade) -> bool:
    """Whether the book knows a cost of some of what is sold."""
    lots = taken_by(view, trade, "moving_average") or []
    return any(lot.acquired.cost.stated is None or not lot.acquired.cost.stated.is_unknown for lot in lots)


def _gain(view: View, trade: Trade, proceeds: Quantity, method: str) -> Gain | None:
    if method == "specific" and not trade.lots:
        return None
    currency = proceeds.unit.currency or view.currency
    name = f"{trade.id}.economic_gain.{method}"
    paid = cost_by(view, trade, method, currency)
    if paid is None:
        return None
    gain = (proceeds - paid).named(name)
    if currency == view.currency:
        return Gain(method, paid, gain, None)
    reported = cost_by(view, trade, method, view.currency)
    assert reported is not None
    at, before = rate(view, currency, view.currency, trade.day), _one_rate(view, trade, method, currency)
    if before is not None:
        return Gain(method, paid, gain, effects(proceeds, paid, before, at, name))
    return Gain(method, paid, gain, effects(proceeds, paid, reported / paid, at, name, reported))


def _one_rate(view: View, trade: Trade, method: str, currency: str) -> Quantity | None:
    """The rate at which all lots of a disposal were bought, if it is one; a quotient of two costs has wider bounds."""
    lots = taken_by(view, trade, method) or []
    if any(lot.acquired.cost.unit.currency != currency or lot.acquired.day is None for lot in lots):
        return None
    rates = {rate(view, currency, view.currency, lot.acquired.day) for lot in lots}
    return rates.pop() if len(rates) == 1 else None


def effects(
    proceeds: Quantity, before: Quantity, before_rate: Quantity, after_rate: Quantity, name: str, reported: Quantity | None = None
) -> Effects:
    """A gain in another currency, taken apart: p0 is what it cost or stood at, at the rate f0; p1 what it brought, at the rate f1.

    Formula:  total = p1 f1 - p0 f0;  price = (p1 - p0) f0;  rate = p0 (f1 - f0);  cross = (p1 - p0)(f1 - f0)
    Says so:  holdbook. The cross effect stands alone. "Rate last" gives it to the rate; ASC 946-830-45 gives it to the price
        ((p1 - p0) f1 and p0 (f1 - f0)); the symmetric convention halves it.

    `reported` is p0 f0 where it is known better than by the two.
    """
    change, moved = proceeds - before, after_rate - before_rate
    start = before * before_rate if reported is None else reported
    return Effects(
        (proceeds * after_rate - start).named(f"{name}.total"),
        (change * before_rate).named(f"{name}.price_effect"),
        (before * moved).named(f"{name}.rate_effect"),
        (change * moved).named(f"{name}.cross_effect"),
    )


def gain_of_period(view: View, trade: Trade, carried: Carried, key: str) -> tuple[Quantity, Effects | None] | None:
    """What the period of the sale shows: proceeds against what the shares stood at when it began, not against cost.

    Formula:  proceeds - fees - carrying amount at the balance day before
    Says so:  IFRS 9 5.7.1: what moved in earlier periods was shown in those
    """
    proceeds = net_proceeds(view, trade)
    if proceeds is None or proceeds.unit is not carried.amount.unit:
        return None
    name = f"{trade.id}.{key}"
    gain = (proceeds - carried.amount).named(name)
    currency = proceeds.unit.currency or view.currency
    if currency == view.currency:
        return gain, None
    at = rate(view, currency, view.currency, trade.day)
    return gain, effects(proceeds, carried.amount, carried.before_rate, at, name)


def transferred_to_realised(view: View, trade: Trade, carried: Carried, method: str) -> Quantity | None:
    """The gain that was booked in earlier periods and that the sale turns into cash; unknown where the cost is.

    Formula:  carrying amount at the balance day before - cost = economic gain - gain of the period
    """
    paid = cost_by(view, trade, method, carried.amount.unit.currency or view.currency)
    if paid is None:
        return None
    return (carried.amount - paid).named(f"{trade.id}.transferred_to_realised", f"cost by {METHODS[method]}")
