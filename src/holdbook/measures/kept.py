"""What a sale let go: the shares that were sold, kept in thought until the day of the view, and what they would be worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from holdbook.model.balance import Balance
from holdbook.model.event import Event
from holdbook.model.mark import Mark
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, add
from holdbook.timeline.splits import traded_since
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price


class Kept(NamedTuple):
    """One sale, undone in thought.

    Fields:
        trade: the sale.
        proceeds: what it brought.
        shares: what was sold, in shares of the view's day; None where nobody said how many.
        mark: the latest price of a share up to the day of the view.
        value: those shares at that price.
        whole: the latest value of the whole company up to the day of the view.
        value_by_part: the part of the company that was sold, of that value; as if no share had been issued or bought back since.
        dividends: what the shares would have paid since the sale.
    """

    trade: Trade
    proceeds: Quantity | None
    shares: Quantity | None
    mark: Mark | None
    value: Quantity | None
    whole: Mark | None
    value_by_part: Quantity | None
    dividends: Quantity | None

    @property
    def forgone(self) -> Quantity | None:
        """What is missed by the shares.

        Formula:  shares sold * splits since * price - proceeds
        """
        return _less(self.value, self.proceeds, f"{self.trade.id}.forgone")

    @property
    def forgone_by_part(self) -> Quantity | None:
        """What is missed by the part of the company.

        Formula:  part sold * value of the whole company - proceeds
        """
        return _less(self.value_by_part, self.proceeds, f"{self.trade.id}.forgone_by_part")


def sales(view: View) -> Iterator[Trade]:
    """The sales done by the day of the view that count: no telling again, no part of a larger sale; whoever of the group sold."""
    for trade in view.counted(Trade):
        done = trade.status in (None, "done") and trade.day is not None and trade.day.last <= view.day
        if trade.side == "sell" and done and view.is_apart(trade):
            yield trade


def kept(view: View, trade: Trade) -> Kept:
    """What was sold, as if it were still there on the day of the view."""
    shares = _shares(view, trade)
    mark = last_price(view, trade.asset)
    whole = _whole(view, trade.asset)
    part = _part(view, trade)
    return Kept(
        trade,
        trade.amount,
        shares,
        mark,
        _value(view, trade, shares, mark),
        whole,
        None if part is None or whole is None or whole.value is None else (part * whole.value).named(f"{trade.id}.kept_value_by_part"),
        _dividends(view, trade),
    )


def sold_shares(view: View, trade: Trade) -> Quantity | None:
    """How many shares went, in shares of the day of the sale: as stated, else the part of the company that went, times its shares.

    Formula:  fraction sold * part held * shares outstanding
    """
    if trade.shares is not None:
        return trade.shares
    part, outstanding = _part(view, trade), _outstanding(view, trade)
    return None if part is None or outstanding is None else (part * outstanding).named(f"{trade.id}.sold_shares")


def _shares(view: View, trade: Trade) -> Quantity | None:
    sold = sold_shares(view, trade)
    assert trade.day is not None
    return None if sold is None else traded_since(view, trade.asset, sold, trade.day.last).named(f"{trade.id}.kept_shares")


def _value(view: View, trade: Trade, shares: Quantity | None, mark: Mark | None) -> Quantity | None:
    """The shares at the price of the latest mark, in the shares of that mark's day."""
    if shares is None or mark is None or mark.price is None or mark.day is None:
        return None
    then = view.on(mark.day.last)
    sold = sold_shares(view, trade)
    assert sold is not None
    assert trade.day is not None
    return (traded_since(then, trade.asset, sold, trade.day.last) * mark.price).named(f"{trade.id}.kept_value")


def _part(view: View, trade: Trade) -> Quantity | None:
    """The part of the company that was sold: the fraction sold of the part that the seller held in the days of the sale."""
    assert trade.day is not None
    held = [
        stake
        for stake in view.counted(Stake)
        if stake.asset == trade.asset and stake.holder == trade.holder and stake.part is not None
        and stake.day is not None and (stake.day.meets(trade.day) or (stake.until is not None and stake.until.meets(trade.day)))
    ]  # fmt: skip
    if len(held) != 1 or held[0].part is None:
        return None
    return held[0].part if trade.fraction is None else trade.fraction * held[0].part


def _outstanding(view: View, trade: Trade) -> Quantity | None:
    assert trade.day is not None
    for balance in view.counted(Balance):
        at = balance.day is not None and balance.day.meets(trade.day)
        if balance.item == "shares_outstanding" and balance.entity == trade.asset and balance.count is not None and at:
            return balance.count
    return None


def _whole(view: View, asset: str) -> Mark | None:
    """The latest value of the whole company; what somebody hopes for is none."""
    found = [
        mark
        for mark in view.actual(Mark)
        if mark.asset == asset and mark.of == "whole" and mark.value is not None and mark.kind not in ("target", "peak")
        and mark.day is not None and mark.day.last <= view.day
    ]  # fmt: skip
    return max(found, key=lambda mark: (mark.day.last, mark.id), default=None)  # type: ignore[union-attr]


def _dividends(view: View, trade: Trade) -> Quantity | None:
    """What the shares would have paid from the sale to the day of the view, of the dividends that the book has.

    Formula:  sum of shares of the day * dividend per share
    """
    sold = sold_shares(view, trade)
    assert trade.day is not None
    if sold is None:
        return None
    paid = [
        traded_since(view.on(event.day.first), trade.asset, sold, trade.day.last) * event.per_share
        for event in view.counted(Event)
        if event.kind == "dividend" and event.entity == trade.asset and event.per_share is not None
        and event.day is not None and trade.day.last < event.day.first <= view.day
    ]  # fmt: skip
    return add(paid).named(f"{trade.id}.dividends") if paid else None


def _less(value: Quantity | None, proceeds: Quantity | None, name: str) -> Quantity | None:
    if value is None or proceeds is None or value.unit is not proceeds.unit:
        return None
    return (value - proceeds).named(name)
