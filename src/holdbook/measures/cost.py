"""What was sold had cost: one history of lots, read by several methods of accounting.

The methods differ in which lots a sale takes from. None of them is the true one: a law or a policy says which counts.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact, unknown
from holdbook.quantity.solved import SOLVED
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.lots import (
    Acquired,
    Lot,
    Number,
    Taken,
    in_order,
    less,
    number,
    over,
    take,
    take_of_each,
    take_part,
    take_unknown,
    times,
    total,
)
from holdbook.timeline.lots import (
    ends as ends_of,
)
from holdbook.timeline.rates import convert
from holdbook.timeline.splits import split_since
from holdbook.timeline.steps import Key, Step, counted, steps
from holdbook.timeline.view import View

METHODS: dict[str, str] = {
    "fifo": "first in, first out",
    "moving_average": "moving average",
    "total_average": "total average of the fiscal year",
    "specific": "the lots that the sale names",
    "lifo": "last in, first out",
    "hifo": "dearest first",
}

_FEW = 8


class Costs:
    """All disposals of a view by one method: `taken` by the id of the disposal, `left` by holder and asset."""

    def __init__(self) -> None:
        self.taken: dict[str, list[Lot]] = {}
        self.left: dict[Key, list[Lot]] = defaultdict(list)


def costs(view: View, method: str) -> Costs:
    """Which lots each disposal up to the day of the view takes, and what is left; made once for a view.

    - fifo: in the order of purchase (26 CFR 1.1012-1(c), where no lot is identified)
    - moving_average: the same part of every lot held at that moment (Japan's 移動平均法; a pool under TCGA 1992 s.104)
    - total_average: the same, with all purchases of the fiscal year before its sales (総平均法)
    - specific: the lots that the sale names in `lots`; where it names none, first in, first out
    - lifo, hifo: the latest first; the dearest a share first, by printed cost

    Of one day, purchases come before sales. Splits multiply shares and leave cost. A transfer within the group carries
    lots with their days; a spin-off moves the same part of the cost of every lot.
    """
    kept = f"costs {method}"
    if kept not in view.kept:
        found = Costs()
        for step in _ordered(view, method):
            _apply(view, found, step, method)
        view.kept[kept] = found
    return view.kept[kept]  # type: ignore[no-any-return]


def taken_by(view: View, trade: Trade, method: str) -> list[Lot] | None:
    """The lots that a disposal takes by a method; a sale told again takes those of the first telling. None if it takes none."""
    found = costs(view, method).taken
    return found.get(trade.id, found.get(trade.restates or ""))


def cost(view: View, lots: Sequence[Lot], currency: str, name: str) -> Quantity:
    """What some lots cost, in a currency; each lot at the rate of the day on which it was bought.

    Formula:  sum over lots of cost * part * rate of the day of purchase
    """
    if not lots:
        return exact(0, UNIT(currency), name)
    if len(lots) > _FEW and all(isinstance(lot.part, Fraction) for lot in lots):
        return _many(view, lots, currency, name)
    return add([_in(view, lot, currency) for lot in lots]).named(name)


def _many(view: View, lots: Sequence[Lot], currency: str, name: str) -> Quantity:
    """The same as one node that is reckoned here and names the cost of each lot: at an average every sale takes from all of them."""
    costs = [_in(view, lot._replace(part=Fraction(1)), currency) for lot in lots]
    parts = [lot.part for lot in lots if isinstance(lot.part, Fraction)]
    ends = [bounds(paid).interval for paid in costs]
    core = Interval(_weighted([one.low for one in ends], parts), _weighted([one.high for one in ends], parts))
    value = _weighted(list(map(point, costs)), parts)
    stated = Stated(core, core, value, UNIT(currency), "" if value is not None else "unknown" if core.high is None else "range")
    return Quantity(SOLVED, tuple(costs), UNIT(currency), key=name, name=name, stated=stated, derived=f"parts of {len(lots)} lots")


def _weighted(numbers: Sequence[Fraction | None], parts: Sequence[Fraction]) -> Fraction | None:
    """The sum of some parts of numbers; None if one is not known."""
    known = [(number, part) for number, part in zip(numbers, parts, strict=True) if number is not None]
    return sum((number * part for number, part in known), Fraction(0)) if len(known) == len(parts) else None


def _in(view: View, lot: Lot, currency: str) -> Quantity:
    if currency == view.currency and lot.acquired.cost.unit.currency != currency:
        return _known_or(lot, lot.reported, currency)
    return _known_or(lot, convert(view, lot.cost, currency, lot.acquired.day) if lot.acquired.day else lot.cost, currency)


def _known_or(lot: Lot, found: Quantity, currency: str) -> Quantity:
    """The cost, or an unknown one in that currency: what nobody stated has no currency of its own."""
    stated = lot.acquired.cost.stated
    if (stated is not None and stated.is_unknown) or found.unit.currency != currency:
        return unknown(lot.acquired.cost.title, UNIT(currency), floor=0)
    return found


def _ordered(view: View, method: str) -> list[Step]:
    """The steps in the order in which a method takes them: a total average knows all purchases of the fiscal year at its sales."""
    if method != "total_average":
        return steps(view)
    start = view.book.head.fiscal_start
    return sorted(steps(view), key=lambda step: (_year(step.day, start), step.leaves, step.day, step.place))


def _year(day: date, start: tuple[int, int]) -> int:
    return day.year if (day.month, day.day) >= start else day.year - 1


def _apply(view: View, found: Costs, step: Step, method: str) -> None:
    if step.acquired is not None:
        _put(found.left[step.key], [Lot(step.acquired)])
        return
    trade = step.trade
    if trade is not None and trade.side == "spin_off":
        _spin_off(view, found, step, trade)
        return
    done = _take(view, found.left[step.key], step, method)
    found.left[step.key] = done.left
    if trade is not None:
        found.taken[trade.id] = done.taken
        if trade.side == "transfer" and trade.to is not None:
            _put(found.left[trade.to, trade.asset], done.taken)


def _put(pool: list[Lot], lots: Sequence[Lot]) -> None:
    for lot in lots:
        insort(pool, lot, key=lambda one: one.acquired.order)


def _take(view: View, pool: list[Lot], step: Step, method: str) -> Taken:
    """What a disposal takes from a pool: all, a part, a number of shares, or nobody knows how many."""
    trade = step.trade
    what = f"trades.{trade.id}" if trade is not None else f"what is missing on {step.day}"
    if trade is not None and _takes_all(trade):
        return Taken(list(pool) or [Lot(_nowhere(step, what))], [])
    shares = step.shares
    if shares is None and trade is not None and trade.fraction is not None:
        held = total(lot.shares for lot in pool)
        if len(pool) == 1 or method.endswith("average") or not isinstance(held, Fraction):
            return take_part(pool, trade.fraction) if pool else Taken([Lot(_nowhere(step, what))], [])
        shares = times(held, trade.fraction)
    if shares is None:
        return take_unknown(pool, what) if pool else Taken([Lot(_nowhere(step, what))], [])
    if trade is not None and trade.lots and method == "specific":
        return _named(view, pool, trade, shares, what)
    if method.endswith("average"):
        return take_of_each(pool, shares, what)
    done = take(_ORDERS.get(method, list)(pool), shares, what)
    return done._replace(left=in_order(done.left)) if method in _ORDERS else done


def _takes_all(trade: Trade) -> bool:
    """Whether nothing is left after it, by what it says."""
    if trade.side == "write_off" and trade.shares is None and trade.fraction is None:
        return True
    return any(one is not None and point(one) == whole for one, whole in ((trade.remaining, 0), (trade.fraction, 1)))


def _nowhere(step: Step, what: str) -> Acquired:
    shares = step.shares if step.shares is not None else unknown(f"{what}.shares", UNIT("share"), floor=0)
    nothing = unknown(f"cost of {what}", floor=0)
    return Acquired(f"shares sold in {what}", None, step.place, shares, nothing, nothing)


def _named(view: View, pool: Sequence[Lot], trade: Trade, shares: Number, what: str) -> Taken:
    """The lots that a sale names; what it names less than it sells comes from the others, first in, first out."""
    taken: list[Lot] = []
    rest = list(pool)
    last = trade.day.last if trade.day is not None else view.day
    for name, some in (trade.lots or {}).items():
        these = number(split_since(view, trade.asset, some, last))
        done = take([lot for lot in rest if lot.acquired.name == name], these, what)
        taken += done.taken
        rest = [*(lot for lot in rest if lot.acquired.name != name), *done.left]
        shares = less(shares, these)
    others = take(in_order(rest), shares, what) if (ends_of(shares)[0] or 0) > 0 else Taken([], in_order(rest))
    return Taken([*taken, *others.taken], others.left)


def _last_first(pool: Sequence[Lot]) -> list[Lot]:
    return list(reversed(pool))


def _dearest_first(pool: Sequence[Lot]) -> list[Lot]:
    """By printed cost a share; of what has none printed by the most that it may be, and what may be anything stands first."""
    return sorted(pool, key=lambda lot: _price(lot) or (True, Fraction(0)), reverse=True)


def _price(lot: Lot) -> tuple[bool, Fraction] | None:
    shares, paid = lot.acquired.shares, point(lot.acquired.reported)
    many = shares if isinstance(shares, Fraction) else point(shares)
    if paid is None or not many:
        paid, many = bounds(lot.acquired.reported).interval.high, ends_of(shares)[0]
    return (False, paid / many) if paid is not None and many else None


_ORDERS: dict[str, Callable[[Sequence[Lot]], list[Lot]]] = {"lifo": _last_first, "hifo": _dearest_first}


def _spin_off(view: View, found: Costs, step: Step, trade: Trade) -> None:
    """A part of the cost of every lot goes over to the new shares, which keep its day."""
    if trade.received is None:
        return
    pool, key = found.left[step.key], (step.key[0], trade.received)
    part = trade.cost_part or unknown(f"trades.{trade.id}.cost_part", NUMBER, floor=0, ceiling=1)
    many = counted(view, trade, trade.received_shares)
    many = unknown(f"trades.{trade.id}.received_shares", UNIT("share"), floor=0) if many is None else many
    if not pool:
        _put(found.left[key], [Lot(_nowhere(step, f"trades.{trade.id}")._replace(shares=many))])
        return
    held = total(lot.shares for lot in pool)
    _put(found.left[key], [_whole(lot, part, many if len(pool) == 1 else times(many, over(lot.shares, held))) for lot in pool])
    found.left[step.key] = [_whole(lot, exact(1) - part, lot.shares) for lot in pool]


def _whole(lot: Lot, part: Quantity, shares: Number) -> Lot:
    """A lot with a part of its cost, and other shares."""
    return Lot(lot.acquired._replace(shares=shares, cost=lot.cost * part, reported=lot.reported * part))
