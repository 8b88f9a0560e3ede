"""How many shares were held on a day: stakes, moved on by trades, and what the last filing said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import LEAF, Quantity, add, floored, unknown, within
from holdbook.quantity.solved import SOLVED
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT
from holdbook.timeline.changes import Change, changes
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
    changes: list[Change]


def positions(view: View, holder: str | None = None) -> Iterator[Position]:
    """Every asset of which the holder is known to have had shares, once; `holder` defaults to the company."""
    holder = holder or view.company
    found = _moves(view)
    traded = dict.fromkeys(holdings(view))
    for owner, asset in dict.fromkeys((*found, *traded)):
        moves = found.get((owner, asset), _Moves([], []))
        told: list[Stake | Change] = [*moves.stakes, *moves.changes]
        begun = (owner, asset) in traded or any(_tells(one) and _begun(one, view) for one in told)
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
    """The stakes and the changes, by holder and asset; made once for a view."""
    found: dict[tuple[str, str], _Moves] = view.kept.get("moves", {})
    if "moves" not in view.kept:
        for stake in view.actual(Stake):
            if stake.shares is not None:
                found.setdefault((stake.holder or view.company, stake.asset), _Moves([], [])).stakes.append(stake)
        for key, some in changes(view).items():
            found.setdefault(key, _Moves([], [])).changes.extend(some)
        view.kept["moves"] = found
    return found


def _position(view: View, holder: str, asset: str, moves: _Moves) -> Position:
    """The holding, made once for a view."""
    key = f"position {holder} {asset}"
    if key not in view.kept:
        view.kept[key] = _made(view, holder, asset, moves)
    return view.kept[key]  # type: ignore[no-any-return]


def _made(view: View, holder: str, asset: str, moves: _Moves) -> Position:
    stakes, changed = moves
    filings = [s for s in stakes if s.binds == "day" and s.day is not None and s.day.last <= view.day and _is_figure(s.shares)]
    sold = [c.trade for c in changed if c.trade.side == "sell" and c.day is not None and c.day.first <= view.day]
    return Position(
        asset,
        _shares(view, holder, asset, moves),
        next((s for s in reversed(stakes) if _rests_on(s, view)), None),
        max(filings, key=lambda s: s.day.last, default=None),  # type: ignore[union-attr]
        max(sold, key=lambda t: t.day.last, default=None),  # type: ignore[union-attr]
    )


def _is_figure(shares: Quantity | None) -> bool:
    return shares is not None and shares.stated is not None and not shares.stated.is_unknown


def _tells(told: Stake | Change) -> bool:
    """Whether it says that shares were had: what came was had, though nobody said how many."""
    return _is_figure(told.shares) or (isinstance(told, Change) and told.incoming)


def _begun(told: Stake | Change, view: View) -> bool:
    """From its day on; what left a holding was held the day before."""
    eve = timedelta(days=isinstance(told, Change) and not told.incoming)
    return told.day is None or told.day.first - eve <= view.day


def _rests_on(stake: Stake, view: View) -> bool:
    return stake.binds != "day" and view.in_force(stake)


def _shares(view: View, holder: str, asset: str, moves: _Moves) -> Quantity:
    stakes, changed = moves
    today = [s for s in stakes if s.day is not None and s.day.is_day and s.day.first == view.day]
    if today:
        return _one_of([s.shares for s in sorted(today, key=lambda s: s.id) if s.shares is not None], f"{asset} shares on {view.day}")
    anchors = [_Anchor(s.day.last, s.shares) for s in stakes if _rests_on(s, view) and s.day and s.shares is not None]
    anchors += [_Anchor(c.day.last, c.remaining) for c in changed if c.day and c.remaining is not None and c.day.last <= view.day]
    if not anchors:
        return _before_a_trade(view, asset, changed) or _unknown(view, asset)
    found = _moved(view, holder, asset, _latest(anchors, asset), changed)
    begun = [c.day.first for c in changed if c.day is not None and c.day.first <= max(a.day for a in anchors) < c.day.last]
    earlier = [anchor for anchor in anchors if begun and anchor.day < min(begun)]
    return _both(found, _moved(view, holder, asset, _latest(earlier, asset), changed), asset, view) if earlier else found


def _latest(anchors: list[_Anchor], asset: str) -> _Anchor:
    """The last of them; what several entries of one day say together."""
    last = max(anchor.day for anchor in anchors)
    told = sorted((anchor.shares for anchor in anchors if anchor.day == last), key=lambda shares: shares.key)
    return _Anchor(last, _one_of(told, f"{asset} shares after {last}"))


def _both(found: Quantity, other: Quantity, asset: str, view: View) -> Quantity:
    """What two ways of counting allow: from a balance amid the days of a trade, and from the last one before them.

    The first does not know how much of the trade was done by then, the second does not know of the balance. Where they exclude
    each other the balance knows more: something else happened.
    """
    first, second = bounds(found).interval, bounds(other).interval
    common = first.common(second)
    if common.is_empty or common == first:
        return found
    if common == second:
        return other
    key = f"{asset} shares on {view.day}, counted in two ways"
    return Quantity(SOLVED, (found, other), _SHARE, key=key, name=key, stated=Stated(common, common, None, _SHARE, "range"))


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


def _moved(view: View, holder: str, asset: str, anchor: _Anchor, changed: list[Change]) -> Quantity:
    """The anchor, and what changed after it up to the day, each in shares of the day: a split multiplies what was there before.

    A trade whose month holds the day may or may not be done. After a sale of unknown size no less than nothing is left.
    """
    since = [c for c in changed if c.day is not None and c.day.last > anchor.day and c.day.first <= view.day]
    rows = list(moved(view, holder, asset, anchor.day))
    held = split_since(view, asset, anchor.shares, anchor.day)
    if not since and not rows:
        return held
    came = [_size(view, anchor, change) for change in since if change.incoming] + [one.shares() for one in rows if not one.sold]
    left = [_size(view, anchor, change) for change in since if not change.incoming] + [one.shares() for one in rows if one.sold]
    total = add([held, *came])
    total = total - add(left) if left else total
    unsized = any(not _is_figure(change.shares) for change in since if not change.incoming)
    return (floored(total) if unsized else total).named(f"{asset} shares on {view.day}", "from trades")


def _size(view: View, anchor: _Anchor, change: Change) -> Quantity:
    """The shares that a change moved by the day; none to all of them where its days reach past the day or before the anchor."""
    size = change.shares if change.shares is not None else unknown(change.key, _SHARE, floor=0)
    if change.day is None:
        return size
    size = split_since(view, change.asset, size, change.day.last)
    if change.day.last > view.day or change.day.first <= anchor.day:
        return within(0, 1, UNIT(""), key=f"trades.{change.trade.id} done by {view.day}") * size
    return size


def _before_a_trade(view: View, asset: str, changed: list[Change]) -> Quantity | None:
    """What a change says of the day before it, and of its own days: what left and what remained were both there."""
    for change in changed:
        if change.day is None or change.remaining is None or change.shares is None or change.incoming:
            continue
        name = change.trade.id
        before = add((change.remaining, change.shares)).named(f"{asset} shares before {name}", "sold and left")
        if view.day == change.day.first - timedelta(days=1):
            return before
        if change.day.first <= view.day <= change.day.last:
            done = within(0, 1, UNIT(""), key=f"trades.{name} still to do on {view.day}")
            return add((change.remaining, done * change.shares)).named(f"{asset} shares on {view.day}", "within the days of the sale")
    return None


def _unknown(view: View, asset: str) -> Quantity:
    return unknown(f"shares of {view.book.name_of(asset)} held on {view.day}", _SHARE, floor=0)
