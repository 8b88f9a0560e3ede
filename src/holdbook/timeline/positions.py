"""How many shares were held on a day: stakes, moved on by trades, and what the last filing said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import LEAF, Quantity, add, floored, unknown, within
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT
from holdbook.timeline.ledgers import holdings, moved
from holdbook.timeline.splits import split_since
from holdbook.timeline.view import View

_SHARE = UNIT("share")


class Position(NamedTuple):
    """A holding on a day.

    Fields:
        asset: the id of what is held.
        shares: how many, as far as it was known; unknown where nobody had said.
        stake: the stake that it rests on, if one does.
        filing: the last evidence that binds on its own day alone, on or before the day of the view.
        sold: the last sale known, on or before the day.
    """

    asset: str
    shares: Quantity
    stake: Stake | None
    filing: Stake | None
    sold: Trade | None


class _Anchor(NamedTuple):
    day: date
    shares: Quantity


class _Moves(NamedTuple):
    """What the book says of one holder's shares in one asset."""

    stakes: list[Stake]
    trades: list[Trade]


def positions(view: View, holder: str | None = None) -> Iterator[Position]:
    """Every asset of which the holder is known to have had shares, once; `holder` defaults to the company."""
    holder = holder or view.company
    found = _moves(view)
    traded = dict.fromkeys(holdings(view))
    for owner, asset in dict.fromkeys((*found, *traded)):
        moves = found.get((owner, asset), _Moves([], []))
        facts: list[Stake | Trade] = [*moves.stakes, *moves.trades]
        begun = (owner, asset) in traded or any(_is_figure(fact.shares) and _begun(fact, view) for fact in facts)
        if owner == holder and begun:
            yield _position(view, owner, asset, moves)


def position(view: View, asset: str, holder: str | None = None) -> Position:
    """The holding of one asset on the day of the view.

    It rests on the latest stake, or on what the latest trade left, and the trades since. Without either it is unknown, but for
    the day before a trade that says what it left, and the days of that trade.
    """
    holder = holder or view.company
    return _position(view, holder, asset, _moves(view).get((holder, asset), _Moves([], [])))


def _moves(view: View) -> dict[tuple[str, str], _Moves]:
    """The stakes and the trades that move shares, by holder and asset; made once for a view."""
    found: dict[tuple[str, str], _Moves] = view.kept.get("moves", {})
    if "moves" not in view.kept:
        for stake in view.actual(Stake):
            if stake.shares is not None:
                found.setdefault((stake.holder or view.company, stake.asset), _Moves([], [])).stakes.append(stake)
        for trade in view.counted(Trade):
            if view.is_apart(trade) and trade.status in (None, "done"):
                found.setdefault((trade.holder or view.company, trade.asset), _Moves([], [])).trades.append(trade)
        view.kept["moves"] = found
    return found


def _position(view: View, holder: str, asset: str, moves: _Moves) -> Position:
    """The holding, made once for a view."""
    key = f"position {holder} {asset}"
    if key not in view.kept:
        view.kept[key] = _made(view, holder, asset, moves)
    return view.kept[key]  # type: ignore[no-any-return]


def _made(view: View, holder: str, asset: str, moves: _Moves) -> Position:
    stakes, trades = moves
    filings = [s for s in stakes if s.binds == "day" and s.day is not None and s.day.last <= view.day and _is_figure(s.shares)]
    sold = [t for t in trades if t.side == "sell" and t.day is not None and t.day.first <= view.day]
    return Position(
        asset,
        _shares(view, holder, asset, moves),
        next((s for s in reversed(stakes) if _rests_on(s, view)), None),
        max(filings, key=lambda s: s.day.last, default=None),  # type: ignore[union-attr]
        max(sold, key=lambda t: t.day.last, default=None),  # type: ignore[union-attr]
    )


def _is_figure(shares: Quantity | None) -> bool:
    return shares is not None and shares.stated is not None and not shares.stated.is_unknown


def _begun(fact: Stake | Trade, view: View) -> bool:
    """From its day on; what was sold was held the day before."""
    if isinstance(fact, Trade) and fact.status not in (None, "done"):
        return False
    eve = timedelta(days=isinstance(fact, Trade) and fact.side == "sell")
    return fact.day is None or fact.day.first - eve <= view.day


def _rests_on(stake: Stake, view: View) -> bool:
    return stake.binds != "day" and view.in_force(stake)


def _shares(view: View, holder: str, asset: str, moves: _Moves) -> Quantity:
    stakes, trades = moves
    today = [s for s in stakes if s.day is not None and s.day.is_day and s.day.first == view.day]
    if today:
        return _one_of([s.shares for s in sorted(today, key=lambda s: s.id) if s.shares is not None], f"{asset} shares on {view.day}")
    anchors = [_Anchor(s.day.last, s.shares) for s in stakes if _rests_on(s, view) and s.day and s.shares is not None]
    anchors += [_Anchor(t.day.last, t.remaining) for t in trades if t.day and t.remaining is not None and t.day.last <= view.day]
    if not anchors:
        return _before_a_trade(view, asset, trades) or _unknown(view, asset)
    last = max(anchor.day for anchor in anchors)
    latest = sorted((anchor.shares for anchor in anchors if anchor.day == last), key=lambda shares: shares.key)
    return _moved(view, holder, asset, _Anchor(last, _one_of(latest, f"{asset} shares after {last}")), trades)


def _one_of(told: list[Quantity], key: str) -> Quantity:
    """What several entries say of one number: what all of them allow, else anything between them."""
    told = [one for one in told if _is_figure(one)] or told
    cores = [one.stated.core for one in told if one.stated is not None]
    if len(set(cores)) == 1:
        return told[0]
    both, whole = cores[0], cores[0]
    for core in cores[1:]:
        both, whole = both.common(core), whole.hull(core)
    exactly = next((one for one in told if one.stated is not None and one.stated.core == both), None)
    if exactly is not None:
        return exactly
    found = whole if both.is_empty else both
    return Quantity(LEAF, (), _SHARE, key=key, name=key, stated=Stated(found, found, None, _SHARE, "range"), origin=told[0].origin)


def _moved(view: View, holder: str, asset: str, anchor: _Anchor, trades: list[Trade]) -> Quantity:
    """The anchor, and the trades after it up to the day, each in shares of the day: a split multiplies what was there before.

    A trade whose month holds the day may or may not be done. After a sale of unknown size no less than nothing is left.
    """
    since = sorted((t for t in trades if t.day is not None and t.day.last > anchor.day and t.day.first <= view.day), key=lambda t: t.id)
    rows = list(moved(view, holder, asset, anchor.day))
    held = split_since(view, asset, anchor.shares, anchor.day)
    if not since and not rows:
        return held
    bought = [_size(view, anchor, trade) for trade in since if trade.side == "buy"] + [one.shares() for one in rows if not one.sold]
    sold = [_size(view, anchor, trade) for trade in since if trade.side == "sell"] + [one.shares() for one in rows if one.sold]
    total = add([held, *bought])
    total = total - add(sold) if sold else total
    unsized = any(not _is_figure(trade.shares) for trade in since if trade.side == "sell")
    return (floored(total) if unsized else total).named(f"{asset} shares on {view.day}", "from trades")


def _size(view: View, anchor: _Anchor, trade: Trade) -> Quantity:
    """The shares that a trade moved by the day; none to all of them where its days reach past the day or before the anchor."""
    size = trade.shares if trade.shares is not None else unknown(f"trades.{trade.id}.shares", _SHARE, floor=0)
    if trade.day is None:
        return size
    size = split_since(view, trade.asset, size, trade.day.last)
    if trade.day.last > view.day or trade.day.first <= anchor.day:
        return within(0, 1, UNIT(""), key=f"trades.{trade.id} done by {view.day}") * size
    return size


def _before_a_trade(view: View, asset: str, trades: list[Trade]) -> Quantity | None:
    """What a trade says of the day before it, and of its own days: what was sold and what was left were both there."""
    for trade in trades:
        if trade.day is None or trade.remaining is None or trade.shares is None or trade.side != "sell":
            continue
        before = add((trade.remaining, trade.shares)).named(f"{asset} shares before {trade.id}", "sold and left")
        if view.day == trade.day.first - timedelta(days=1):
            return before
        if trade.day.first <= view.day <= trade.day.last:
            done = within(0, 1, UNIT(""), key=f"trades.{trade.id} still to do on {view.day}")
            return add((trade.remaining, done * trade.shares)).named(f"{asset} shares on {view.day}", "within the days of the sale")
    return None


def _unknown(view: View, asset: str) -> Quantity:
    return unknown(f"shares of {view.book.name_of(asset)} held on {view.day}", _SHARE, floor=0)
