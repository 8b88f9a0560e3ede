"""What the proceeds of a sale would have become elsewhere: as cash, in the company's own shares, in an index, in debt repaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.model.debt import Debt
from holdbook.model.entity import Entity
from holdbook.model.mark import Mark
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact, unknown, within
from holdbook.quantity.solved import solved
from holdbook.timeline.rates import convert
from holdbook.timeline.splits import traded_since
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price

_YEAR = 365


class Instead(NamedTuple):
    """One use of the proceeds: its name, what it rests on in words, and what it comes to on the day of the view."""

    name: str
    what: str
    value: Quantity


def instead(view: View, trade: Trade) -> Iterator[Instead]:
    """Every other use that the book can reckon, each in the currency of the proceeds; which of them was taken nobody says here."""
    if trade.amount is None or trade.day is None:
        return
    yield Instead("cash", "kept as cash, without interest", trade.amount.named(f"{trade.id}.as_cash"))
    for entity in _shares_to_buy(view):
        grown = _in_shares(view, trade, entity)
        if grown is not None:
            own = " of its own" if entity.id == view.company else ""
            yield Instead(entity.id, f"in shares{own}: {entity.name}" if entity.kind != "index" else f"in the index {entity.name}", grown)
    for debt in _repayable(view, trade):
        yield Instead(debt.id, f"debt repaid: {debt.name or debt.id}, which costs its coupon", _repaid(view, trade, debt))


def _shares_to_buy(view: View) -> list[Entity]:
    """The company itself, and the indices of the book."""
    entities = view.book.all(Entity)
    return [entity for entity in entities if entity.id == view.company or entity.kind == "index"]


def _in_shares(view: View, trade: Trade, entity: Entity) -> Quantity | None:
    """The proceeds, put into shares at a price of the days of the sale, at the latest price.

    Formula:  proceeds at the rate of the sale / price then * splits since * price now, at the rate of the price's day
    """
    assert trade.amount is not None
    assert trade.day is not None
    now = last_price(view, entity.id)
    if now is None or now.price is None or now.day is None or now.day.last < trade.day.first:
        return None
    then = _price_over(view.on(now.day.last), entity.id, trade.day)
    if then is None or then.unit is not now.price.unit:
        return None
    currency = then.unit.currency
    home = trade.amount.unit.currency
    assert home is not None
    paid = trade.amount if currency is None else convert(view, trade.amount, currency, trade.day)
    grown = paid * (now.price / then)
    return (grown if currency is None else convert(view, grown, home, now.day)).named(f"{trade.id}.in_{entity.id}")


def _price_over(view: View, asset: str, span: Span) -> Quantity | None:
    """What a share of the view's day cost in a period: from the lowest to the highest close of it that the book has, and the one before it."""
    known = [pair for pair in closes(view, asset) if pair[0] <= span.last]
    before = [pair for pair in known if pair[0] < span.first][-1:]
    inside = [pair for pair in known if pair[0] >= span.first]
    prices = [price for _, price in (inside if span.is_day else before + inside)]
    if not inside or (not span.is_day and not before):
        return None
    if span.is_day:
        return prices[0]
    ends = [bounds(price).interval for price in prices]
    lows, highs = [end.low for end in ends if end.low is not None], [end.high for end in ends if end.high is not None]
    key = f"{asset} in {span}, {len(prices)} closes"
    if len(lows) + len(highs) < 2 * len(ends):
        return unknown(key, prices[0].unit, floor=0)
    return within(min(lows), max(highs), prices[0].unit, key=key, origin=prices[0].first_leaf().origin)


def _is_close(mark: Mark, asset: str) -> bool:
    return mark.asset == asset and mark.kind == "close" and mark.price is not None and mark.day is not None and mark.day.is_day


def _on_basis(view: View, mark: Mark) -> Quantity:
    """A close in shares of the view's day."""
    assert mark.price is not None
    assert mark.day is not None
    one = exact(1)
    factor = traded_since(view, mark.asset, one, mark.day.last)
    return mark.price if factor is one else (mark.price / factor).named(f"{mark.asset} on {mark.day}, in shares of {view.day}")


def _repayable(view: View, trade: Trade) -> Iterator[Debt]:
    """Debts of the company in the currency of the proceeds that were out in the days of the sale and still are; each has a coupon."""
    assert trade.amount is not None
    assert trade.day is not None
    for debt in view.counted(Debt):
        size = debt.principal if debt.principal is not None else debt.amount
        if (debt.borrower or view.company) != view.company or debt.coupon is None or size is None or size.unit is not trade.amount.unit:
            continue
        out = debt.issued is not None and debt.issued.last <= trade.day.first
        if out and not any(end is not None and end.first <= view.day for end in (debt.maturity, debt.called)):
            yield debt


def _repaid(view: View, trade: Trade, debt: Debt) -> Quantity:
    """What the proceeds would have saved with the debt: they grow at its coupon.

    Formula:  proceeds * (1 + coupon) ^ (days / 365)
    """
    assert trade.amount is not None
    assert trade.day is not None
    assert debt.coupon is not None
    ends, centre = bounds(debt.coupon).interval, point(debt.coupon)
    longest, shortest = ((view.day - day).days for day in trade.day[:2])
    low, high = (None if rate is None else _grown(rate, days) for rate, days in ((ends.low, shortest), (ends.high, longest)))
    middle = None if centre is None or not trade.day.is_day else _grown(centre, shortest)
    how = f"solved: (1 + coupon) ^ (days / {_YEAR}), {shortest} to {longest} days"
    factor = solved(f"{trade.id} growth at {debt.id}", [debt.coupon], middle, low, high, how=how)
    return (trade.amount * factor).named(f"{trade.id}.in_{debt.id}")


def _grown(rate: Fraction, days: int) -> float:
    return float((1.0 + float(rate)) ** (days / _YEAR))


def closes(view: View, asset: str) -> list[tuple[date, Quantity]]:
    """The closes of an asset up to the day of the view, in shares of that day, in the order of their days."""
    found = [mark for mark in view.actual(Mark) if _is_close(mark, asset) and mark.day is not None and mark.day.last <= view.day]
    return [(mark.day.last, _on_basis(view, mark)) for mark in sorted(found, key=lambda mark: mark.day or view.span)]  # type: ignore[union-attr]
