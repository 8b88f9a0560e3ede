"""The history of all holdings, step by step: what came in at which cost, what left, and what no entry explains.

Of one day, what came in stands before what left, and a stake is what was there in the evening. A period counts from its first day
for what came in and to its last for what left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import Place
from holdbook.quantity.quantity import Quantity, add, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.changes import Change, changes, changes_of
from holdbook.timeline.lots import Acquired, Number, ends, less, number, shares_of, total, unexplained
from holdbook.timeline.rates import convert
from holdbook.timeline.splits import split_since
from holdbook.timeline.view import View

_SHARE = UNIT("share")
Key = tuple[str, str]


class Step(NamedTuple):
    """One thing that changes lots.

    Fields:
        day: when it counts.
        leaves: whether shares leave a holding by it; a spin-off takes cost from one.
        place: where it stands.
        key: the holder and the asset that it is about.
        trade: the entry, or None for what no entry explains.
        acquired: what comes in.
        shares: how many leave; None where that is not known.
    """

    day: date
    leaves: bool
    place: Place
    key: Key
    trade: Trade | None
    acquired: Acquired | None
    shares: Number | None

    @property
    def order(self) -> tuple[date, bool, Place]:
        """Sorts by day, what comes in first, then as in the file."""
        return self.day, self.leaves, self.place


def steps(view: View) -> list[Step]:
    """All steps up to the day of the view, in order; made once for a view."""
    if "steps" not in view.kept:
        trades = list(_trades(view))
        found = [step for trade in trades if (step := _step(view, trade)) is not None]
        found += _unexplained(view, trades)
        view.kept["steps"] = sorted(found, key=lambda step: step.order)
    return view.kept["steps"]  # type: ignore[no-any-return]


def cost_of(view: View, trade: Trade) -> Quantity:
    """What came in by a trade cost, in the currency that was paid; unknown where the book does not say.

    Formula:  amount, else price * shares; + fees
    """
    paid = trade.amount
    if paid is None and trade.price is not None and trade.shares is not None:
        paid = (trade.price * trade.shares).named(f"trades.{trade.id}.amount", "price times shares")
    if paid is None:
        return unknown(f"trades.{trade.id}.amount", UNIT(view.currency), floor=0)
    if trade.fees is None or trade.side != "buy":
        return paid
    return add((paid, convert(view, trade.fees, paid.unit.currency or view.currency, trade.day))).named(f"cost of {trade.id}", "with fees")


def counted(view: View, trade: Trade, shares: Quantity | None) -> Number | None:
    """Shares of a trade in shares of the view's day; None where the book does not say how many."""
    if shares is None or (shares.stated is not None and shares.stated.is_unknown):
        return None
    asset = trade.received if shares is trade.received_shares and trade.received else trade.asset
    return number(split_since(view, asset, shares, trade.day.last if trade.day else date.min))


def _trades(view: View) -> Iterator[Trade]:
    """The trades that change holdings by the day of the view; the rows of ledgers only for holdings that entries change too."""
    found = changes(view)
    seen: dict[str, Trade] = {change.trade.id: change.trade for some in found.values() for change in some}
    yield from (trade for trade in seen.values() if trade.day is None or trade.day.first <= view.day)
    for ledger in view.book.ledgers:
        for (holder, asset), rows in ledger.by_holding.items():
            if (holder or view.company, asset) in found:
                known = (row for row in rows if ledger.days[row].last <= view.day and ledger.learnt[row] <= view.known_on)
                yield from (trade for row in known if (trade := ledger.trade(ledger.ids[row])) is not None)


def _step(view: View, trade: Trade) -> Step | None:
    holder = trade.holder or view.company
    first, last = trade.day[:2] if trade.day is not None else (date.min, date.min)
    if trade.side == "buy" or (trade.side == "dividend" and trade.received is not None):
        asset, shares = (trade.asset, trade.shares) if trade.side == "buy" else (trade.received or "", trade.received_shares)
        return Step(first, False, trade.place, (holder, asset), trade, acquired(view, trade, shares), None)
    if trade.side == "dividend":
        return None
    return Step(last, True, trade.place, (holder, trade.asset), trade, None, counted(view, trade, trade.shares))


def acquired(view: View, trade: Trade, shares: Quantity | None) -> Acquired:
    """What came in by a trade."""
    paid = cost_of(view, trade)
    many = counted(view, trade, shares)
    many = unknown(f"trades.{trade.id}.shares", _SHARE, floor=0) if many is None else many
    return Acquired(trade.id, trade.day, trade.place, many, paid, convert(view, paid, view.currency, trade.day))


def _unexplained(view: View, trades: list[Trade]) -> Iterator[Step]:
    """What the numbers of shares show beside the trades: held before the first of them, come in or gone without an entry."""
    told: dict[Key, list[Stake | Change]] = defaultdict(list)
    for trade in trades:
        for change in changes_of(trade, view.company):
            told[change.holder, change.asset].append(change)
    for stake in view.actual(Stake):
        key = (stake.holder or view.company, stake.asset)
        if key in told and stake.shares is not None and stake.binds != "day" and _tells(stake, told[key], view):
            told[key].append(stake)
    for key, some in told.items():
        yield from _gaps(view, key, sorted(some, key=_order))


def _tells(stake: Stake, told: list[Stake | Change], view: View) -> bool:
    """Whether a stake can be held against the trades: not if it stands amid the days of one, which may be done by then or not."""
    day = stake.day
    if day is None or day.last > view.day:
        return False
    return not any(one.day is not None and one.day.first <= day.last < one.day.last for one in told if isinstance(one, Change))


def _order(told: Stake | Change) -> tuple[date, int, Place]:
    if isinstance(told, Stake):
        return (told.day.last if told.day else date.min, 2, told.place)
    day = told.day.first if told.day and told.incoming else told.day.last if told.day else date.min
    return day, 0 if told.incoming else 1, told.trade.place


def _gaps(view: View, key: Key, told: list[Stake | Change]) -> Iterator[Step]:
    held: Number | None = total([])
    for one in told:
        if isinstance(one, Stake):
            there = _of_day(view, key[1], one.shares, one.day.last if one.day else date.min)
            yield from _gap(key, held, there, one)
            held = there
            continue
        size = counted(view, one.trade, one.shares)
        there = None if one.remaining is None else _of_day(view, key[1], one.remaining, one.day.last if one.day else date.min)
        if not one.incoming and size is not None and there is not None:
            yield from _gap(key, held, total((size, there)), one)
        held = there if there is not None else _after(held, size, one.incoming)


def _of_day(view: View, asset: str, shares: Quantity | None, since: date) -> Number | None:
    return (
        None
        if shares is None or (shares.stated is not None and shares.stated.is_unknown)
        else number(split_since(view, asset, shares, since))
    )


def _after(held: Number | None, size: Number | None, incoming: bool) -> Number | None:
    if held is None or size is None:
        return None
    if incoming:
        return number(shares_of(total((held, size))))
    rest = less(held, size)
    return rest if (ends(rest)[0] or -1) >= 0 else None


def _gap(key: Key, held: Number | None, there: Number | None, one: Stake | Change) -> Iterator[Step]:
    """The difference between what the trades leave and what an entry says is there, where it is certain."""
    if held is None or there is None:
        return
    more, fewer = less(there, held), less(held, there)
    fact = one if isinstance(one, Stake) else one.trade
    name = f"{fact.noun}.{fact.id}"
    if (ends(more)[0] or 0) > 0:
        day = fact.day.last if isinstance(one, Stake) and fact.day is not None else date.min
        found = unexplained(more, f"{key[1]} held by {name}")._replace(day=fact.day if ends(held)[1] else None, place=fact.place)
        yield Step(day, False, fact.place, key, None, found, None)
    elif (ends(fewer)[0] or 0) > 0 and fact.day is not None:
        yield Step(fact.day.last, True, fact.place, key, None, None, fewer)


def opening(view: View, holder: str, asset: str, first: date) -> bool:
    """Whether a stake says that some shares may have been held before the first row of a ledger."""
    before = [
        stake
        for stake in view.actual(Stake)
        if stake.asset == asset and (stake.holder or view.company) == holder and stake.binds != "day" and stake.shares is not None
        and stake.day is not None and stake.day.last < first
    ]  # fmt: skip
    last = max(before, key=lambda stake: stake.day.last, default=None)  # type: ignore[union-attr]
    return last is not None and last.shares is not None and bounds(last.shares).interval.high != 0
