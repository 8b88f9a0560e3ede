"""Where the accounts show a gain: by the class of the holding, and what it stood at when the period began."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from holdbook.dates import fiscal_quarter, parse_span
from holdbook.measures.cost import cost, taken_by
from holdbook.model.mark import Mark
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.lots import Lot, shares_of, total
from holdbook.timeline.rates import rate
from holdbook.timeline.splits import split_since
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price

_OLDEST = 7


class Shown(NamedTuple):
    """Where a gain is shown: `key` names the gain of the period, `words` say it, `at_market` is whether the holding is carried at its price."""

    key: str
    words: str
    at_market: bool


SHOWN = {
    "fvtpl": Shown("profit_of_period", "profit or loss, each period as the value moves", True),
    "fvtoci": Shown("comprehensive_income_of_period", "other comprehensive income, never moved to profit or loss", True),
    "associate": Shown("profit_of_period", "profit or loss, beside the share of results; carried by the equity method", False),
    "subsidiary": Shown("equity_of_period", "equity (capital surplus), for control stays; no profit or loss", False),
    "subsidiary_lost_control": Shown("profit_of_period", "profit or loss, with what is kept valued anew, for control is lost", False),
    "derivative": Shown("profit_of_period", "profit or loss, each period as the value moves", True),
}
DEFAULT = "fvtpl"


def accounted_as(view: View, trade: Trade) -> str | None:
    """The class of the holding that a trade changes: what the trade says, else the latest stake that says it; None if nothing does.

    Says so:  IFRS 9 4.1.4 and 5.7.5 (fvtpl, fvtoci), IAS 28 (associate), IFRS 10 23 and 25 (subsidiary)
    """
    if trade.measured is not None:
        return trade.measured
    holder, before = trade.holder or view.company, trade.day.last if trade.day is not None else view.day
    told = [
        (stake.day.last if stake.day is not None else date.min, stake.measured)
        for stake in view.actual(Stake)
        if stake.measured is not None and stake.asset == trade.asset and (stake.holder or view.company) == holder
        and (stake.day is None or stake.day.first <= before)
    ]  # fmt: skip
    return max(told)[1] if told else None


def balance_day(view: View, trade: Trade) -> date | None:
    """The last day of the fiscal quarter before that of the trade; None where its days lie in more than one quarter."""
    start = view.book.head.fiscal_start
    quarter = None if trade.day is None else fiscal_quarter(trade.day, start)
    return None if quarter is None else parse_span(quarter, start).first - timedelta(days=1)


class Carried(NamedTuple):
    """What the shares that were sold stood at in the accounts: at the balance day, or at cost if bought since.

    Fields:
        amount: in the currency of the price.
        before_rate: what one unit of that currency was in the book's then.
        mark: the price or the carrying amount that it rests on; None if all was bought since.
        age: the days from the mark to the balance day.
    """

    amount: Quantity
    before_rate: Quantity
    mark: Mark | None
    age: int


def carried_before(view: View, trade: Trade) -> Carried | None:
    """What was sold, as it stood in the accounts at the balance day before the sale; None where no mark of that day is known.

    Formula:  shares * price of the balance day, or the part of a stated carrying amount that was sold; + cost of what was bought since
    Says so:  IFRS 13 76 for a quoted price (level 1); a price of up to a week before stands for a balance day without trading
    """
    day = balance_day(view, trade)
    lots = taken_by(view, trade, "specific") or []
    if day is None or any(lot.acquired.day is not None and lot.acquired.day.first <= day < lot.acquired.day.last for lot in lots):
        return None
    since = [lot for lot in lots if lot.acquired.day is not None and lot.acquired.day.first > day]
    if since:
        return _with_new(view, trade, day, since, [lot for lot in lots if lot not in since])
    shown = SHOWN[accounted_as(view, trade) or DEFAULT]
    found = (_at_price(view, trade, day) if shown.at_market else None) or _as_stated(view, trade, day)
    if found is None:
        return None
    amount, mark = found
    return Carried(amount.named(f"{trade.id}.carrying_before"), _rate(view, amount, day), mark, _age(mark, day))


def _with_new(view: View, trade: Trade, day: date, since: list[Lot], old: list[Lot]) -> Carried | None:
    """Where some of it was bought since the balance day: that at cost, the others at the price of the day."""
    mark = _last(view, trade, day) if old else None
    if old and (mark is None or mark.price is None):
        return None
    currency = (mark.price.unit.currency if mark is not None and mark.price is not None else since[0].acquired.cost.unit.currency) or ""
    parts, reported = [cost(view, since, currency, "bought since")], [cost(view, since, view.currency, "bought since")]
    if mark is not None and mark.price is not None and mark.day is not None:
        then = split_since(view, trade.asset, exact(1, UNIT("share")), mark.day.last) / exact(1, UNIT("share"))
        parts.append(shares_of(total(lot.shares for lot in old)) / then * mark.price)
        reported.append(parts[-1] * _rate(view, parts[-1], day))
    amount = add(parts).named(f"{trade.id}.carrying_before", "with what was bought since at cost")
    at = exact(1) if currency == view.currency else add(reported) / amount
    return Carried(amount, at, mark, 0 if mark is None else _age(mark, day))


def _rate(view: View, amount: Quantity, day: date) -> Quantity:
    base = amount.unit.currency or view.currency
    return exact(1) if base == view.currency else rate(view, base, view.currency, day)


def _age(mark: Mark, day: date) -> int:
    return 0 if mark.day is None else (day - mark.day.last).days


def _last(view: View, trade: Trade, day: date) -> Mark | None:
    """The last price of the asset at a balance day, unless it is too old to stand for it."""
    mark = last_price(view.on(day), trade.asset)
    fits = mark is not None and mark.day is not None and mark.day.is_day and _age(mark, day) <= _OLDEST
    return mark if fits else None


def _at_price(view: View, trade: Trade, day: date) -> tuple[Quantity, Mark] | None:
    mark = _last(view, trade, day)
    if mark is None or mark.price is None or mark.day is None or trade.shares is None or trade.day is None:
        return None
    one = exact(1, UNIT("share"))
    since, until = (split_since(view, trade.asset, one, of_day) for of_day in (mark.day.last, trade.day.last))
    shares = trade.shares if since == until else trade.shares * until / since
    return shares * mark.price, mark


def _as_stated(view: View, trade: Trade, day: date) -> tuple[Quantity, Mark] | None:
    holder = trade.holder or view.company
    for mark in view.actual(Mark):
        fits = mark.asset == trade.asset and mark.kind == "carrying" and (mark.holder or view.company) == holder
        if fits and mark.value is not None and mark.day is not None and mark.day.is_day and mark.day.last == day:
            part = _part_sold(trade)
            return None if part is None else (mark.value * part, mark)
    return None


def _part_sold(trade: Trade) -> Quantity | None:
    if trade.fraction is not None:
        return trade.fraction
    if trade.shares is None or trade.remaining is None:
        return None
    return trade.shares / add((trade.shares, trade.remaining))


def level(mark: Mark) -> str:
    """The level of a mark in the hierarchy of fair values: as stated, else 1 for a closing price.

    Says so:  IFRS 13 72 to 90: 1 a quoted price, 2 observable inputs, 3 others
    """
    if mark.level is not None:
        return f"level {mark.level}"
    return "level 1, a closing price" if mark.kind == "close" else "level not stated"
