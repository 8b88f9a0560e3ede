"""What a sale may have cost if nobody said which lots it took: the least and the most over all choices that the numbers allow."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.quantity import LEAF, Quantity
from holdbook.quantity.solved import SOLVED
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT
from holdbook.timeline.lots import Number
from holdbook.timeline.rates import convert
from holdbook.timeline.steps import Key, Step, counted, steps
from holdbook.timeline.view import View

_NOT_NEGATIVE = Interval(Fraction(0), None)
_HOW = "the least and the most over all choices of lots"


class _Bought(NamedTuple):
    shares: Fraction | None
    cost: Interval
    said: Quantity


class _Pool:
    """What came in and left, in order: `left` are pairs of how many purchases there were, and how many shares remained."""

    def __init__(self) -> None:
        self.bought: list[_Bought] = []
        self.left: list[tuple[int, Fraction]] = []
        self.held: Fraction | None = Fraction(0)


def cost_of_any_lots(view: View, trade: Trade, currency: str) -> Quantity | None:
    """The cost of a disposal, whichever lots it took, as an interval; None for what is no disposal.

    An earlier sale needs lots that were there by then: of the lots bought up to it, no more can be left for this one than were
    held after it. Under such nested limits taking the cheapest lots first gives the least cost, and the dearest first the most.
    After a transfer or a spin-off the ends are wider: each share may have been of the cheapest lot, or of the dearest.

    Formula:  [least, most] of sum over lots of shares taken * cost / shares
    """
    kept = f"any lots {currency}"
    if kept not in view.kept:
        view.kept[kept] = _all(view, currency)
    found: dict[str, Quantity] = view.kept[kept]
    return found.get(trade.id, found.get(trade.restates or ""))


def _all(view: View, currency: str) -> dict[str, Quantity]:
    pools: dict[Key, _Pool] = defaultdict(_Pool)
    found: dict[str, Quantity] = {}
    for step in steps(view):
        if step.acquired is not None:
            _come(pools[step.key], step.acquired.shares, _in(view, step, currency))
        elif step.trade is not None and step.trade.side == "spin_off":
            _spin_off(view, pools, step, step.trade, currency)
        else:
            cost = _leave(pools[step.key], step, currency)
            if step.trade is not None:
                found[step.trade.id] = cost
                if step.trade.side == "transfer" and step.trade.to is not None:
                    _come(pools[step.trade.to, step.trade.asset], step.shares, _mixed(pools[step.key], step.shares, cost))
    return found


def _in(view: View, step: Step, currency: str) -> Quantity:
    assert step.acquired is not None
    one = step.acquired
    if currency == view.currency:
        return one.reported
    return convert(view, one.cost, currency, one.day) if one.day else one.cost


def _come(pool: _Pool, shares: Number | None, cost: Quantity) -> None:
    """Shares come in. What is not exact, in number or in currency, makes all that follows unknown within its widest limits."""
    many = shares if isinstance(shares, Fraction) else None
    unknown = cost.stated is not None and cost.stated.is_unknown
    pool.bought.append(_Bought(many, _NOT_NEGATIVE if unknown else bounds(cost).interval, cost))
    pool.held = None if pool.held is None or many is None else pool.held + many


def _leave(pool: _Pool, step: Step, currency: str) -> Quantity:
    name = f"{step.trade.id if step.trade else step.day}.cost of any lots"
    shares = pool.held if step.trade is not None and step.shares is None and step.trade.side == "write_off" else step.shares
    if isinstance(shares, Fraction) and pool.held is not None and shares <= pool.held:
        low, high = _least(pool, shares), _most(pool, shares)
        pool.held -= shares
        pool.left.append((len(pool.bought), pool.held))
    else:
        short = pool.held is not None and isinstance(shares, Fraction)
        low, high = Fraction(0), None if short or not pool.bought else _all_high(pool.bought)
        pool.held = None
    core = Interval(low, high)
    args = tuple(one.said for one in pool.bought)
    stated = Stated(core, core, low if core.is_point else None, UNIT(currency), "range" if high is not None else "unknown")
    return Quantity(SOLVED if args else LEAF, args, UNIT(currency), key=name, name=name, stated=stated, derived=_HOW)


def _all_high(bought: Sequence[_Bought]) -> Fraction | None:
    highs = [one.cost.high for one in bought if one.cost.high is not None]
    return sum(highs, Fraction(0)) if len(highs) == len(bought) else None


def _least(pool: _Pool, shares: Fraction) -> Fraction:
    prices = [(one.cost.low or Fraction(0)) / one.shares if one.shares else Fraction(0) for one in pool.bought]
    return sum((taken * prices[at] for at, taken in _greedy(pool, shares, sorted(range(len(prices)), key=prices.__getitem__))), Fraction(0))


def _most(pool: _Pool, shares: Fraction) -> Fraction | None:
    prices = [None if one.cost.high is None else one.cost.high / one.shares if one.shares else Fraction(0) for one in pool.bought]
    order = sorted(range(len(prices)), key=lambda at: (prices[at] is None, prices[at] or 0), reverse=True)
    most = Fraction(0)
    for at, taken in _greedy(pool, shares, order):
        price = prices[at]
        if price is None and taken:
            return None
        most += taken * (price or 0)
    return most


def _greedy(pool: _Pool, shares: Fraction, order: Sequence[int]) -> list[tuple[int, Fraction]]:
    """How much is taken of each lot, in that order, within what earlier sales can have left of the lots bought up to them."""
    counts, room = [count for count, _ in pool.left], [left for _, left in pool.left]
    found = []
    for at in order:
        if not shares:
            break
        first = bisect_right(counts, at)  # the earlier sales that could have taken this lot too
        taken = min([shares, pool.bought[at].shares or Fraction(0), *room[first:]])
        if taken:
            room[first:] = [left - taken for left in room[first:]]
            shares -= taken
            found.append((at, taken))
    return found


def _spin_off(view: View, pools: dict[Key, _Pool], step: Step, trade: Trade, currency: str) -> None:
    """The new shares carry some part of what the old ones cost: anything from nothing to all of it where no part is said."""
    if trade.received is None:
        return
    pool, new = pools[step.key], pools[step.key[0], trade.received]
    part = Interval(Fraction(0), Fraction(1)) if trade.cost_part is None else bounds(trade.cost_part).interval
    prices = _prices(pool, pool.held)
    moved = Interval(
        prices.low * (part.low or 0) if prices.low else Fraction(0), None if prices.high is None else prices.high * (part.high or 0)
    )
    stated = Stated(moved, moved, None, UNIT(currency), "range")
    name = f"cost of {trade.id}"
    _come(new, counted(view, trade, trade.received_shares), Quantity(LEAF, (), UNIT(currency), key=name, name=name, stated=stated))
    pool.bought = [one._replace(cost=one.cost * (Interval.point(1) - part)) for one in pool.bought]


def _mixed(pool: _Pool, shares: Number | None, cost: Quantity) -> Quantity:
    """The cost of shares of which some may be sold again: any of them may have been the cheapest, or the dearest."""
    found = _prices(pool, shares if isinstance(shares, Fraction) else None)
    stated = Stated(found, found, None, cost.unit, "range" if found.high is not None else "unknown")
    return Quantity(SOLVED if cost.args else LEAF, cost.args, cost.unit, key=cost.key, name=cost.name, stated=stated, derived=_HOW)


def _prices(pool: _Pool, shares: Fraction | None) -> Interval:
    """What a number of shares cost if each were the cheapest, and if each were the dearest, of those that were ever there."""
    if shares is None or any(one.shares is None for one in pool.bought):
        return _NOT_NEGATIVE
    sized = [one for one in pool.bought if one.shares]
    lows = [(one.cost.low or Fraction(0)) / one.shares for one in sized if one.shares]
    highs = [one.cost.high / one.shares for one in sized if one.cost.high is not None and one.shares]
    whole = len(highs) == len(sized) and bool(sized)
    return Interval(min(lows, default=Fraction(0)) * shares, max(highs) * shares if whole else None)
