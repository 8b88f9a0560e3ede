"""Each investment of a group: what went in, what came out, what it was worth on the way and is worth at the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.measures.group import group_funds
from holdbook.measures.instalments import tranches
from holdbook.measures.returns import Flow
from holdbook.model.commitment import Commitment
from holdbook.model.mark import Mark
from holdbook.model.relation import Relation
from holdbook.model.result import Result
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, add, exact, within
from holdbook.timeline.positions import position
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price

_VALUES = ("valuation", "carrying", "close", None)
_IN_KIND = ("dividend", "spin_off")
_LOSSES = ("cumulative_loss", "loss")


class Valued(NamedTuple):
    """What a holding was worth at a time, and the mark that says so, of the position, of the whole, or of one share; or the stake."""

    day: Span
    value: Quantity
    mark: Mark | Stake


class Investment(NamedTuple):
    """One asset of one holder.

    Fields:
        holder, asset: the ids.
        flows: money in and out by the day of the view, in the order of its days.
        values: what it was worth along the way, in the order of their days.
        peak: the greatest value that somebody put on the whole of it.
        closed: whether nothing is left.
        lost: losses that were stated about it, added.
    """

    holder: str
    asset: str
    flows: list[Flow]
    values: list[Valued]
    peak: Mark | None
    closed: bool
    lost: Quantity | None


def investments(view: View) -> Iterator[Investment]:
    """Every asset that the company or one of its funds is known to have put money into, or sold.

    A fund whose own investments are in the book is seen through; one of which only calls and distributions are is itself an investment.
    """
    group = {view.company, *group_funds(view)}
    pairs = sorted(set(_pairs(view, group)))
    seen_through = group & {holder for holder, _ in pairs}
    found = [_investment(view, holder, asset) for holder, asset in pairs if asset not in seen_through]
    found = [one for one in found if one.asset not in group or one.flows]
    with_money = {one.asset for one in found if one.flows or one.lost is not None}
    yield from (one for one in found if one.flows or one.lost is not None or one.asset not in with_money)


def _pairs(view: View, group: set[str]) -> Iterator[tuple[str, str]]:
    for trade in view.counted(Trade):
        if trade.status in (None, "done") and _by(trade.day, view.day):
            yield trade.holder or view.company, trade.asset
            if trade.side in _IN_KIND and trade.received is not None and trade.amount is not None:
                yield trade.holder or view.company, trade.received
    for tie in view.counted(Relation):
        if tie.type == "invested_in" and tie.from_ in group:
            yield tie.from_, tie.to
    for result in view.counted(Result):
        if result.about is not None and result.measure in _LOSSES and result.subject in group:
            yield result.subject, result.about
    for promise in view.counted(Commitment):
        if promise.paid is not None and (promise.by or view.company) in group:
            yield promise.by or view.company, promise.to


def _by(day: Span | None, last: date) -> bool:
    return day is None or day.first <= last


def _investment(view: View, holder: str, asset: str) -> Investment:
    trades = [
        trade
        for trade in view.counted(Trade)
        if (trade.holder or view.company, trade.asset) == (holder, asset) and trade.status in (None, "done")
        and view.is_apart(trade) and _by(trade.day, view.day)
    ]  # fmt: skip
    in_kind = [one for one in view.counted(Trade) if _brought(view, one, holder, asset)]
    flows = sorted(
        [*_traded(view, trades), *_received(in_kind), *_promised(view, holder, asset)],
        key=lambda flow: (flow.day.last, not flow.paid, flow.said),
    )
    closed = _is_closed(trades)
    end = flows[-1].day.last if closed and flows else view.day
    values = [one for one in _values(view, holder, asset) if one.day.last <= end]
    if not closed:
        values += _at_price(view, holder, asset)
    return Investment(holder, asset, flows, values, _peak(view, asset, end), closed, _lost(view, holder, asset))


def _traded(view: View, trades: list[Trade]) -> Iterator[Flow]:
    """What was paid with its fees, and what came of sales after theirs and of dividends, in cash or in kind."""
    for trade in trades:
        if trade.amount is not None and trade.side in ("buy", "sell", *_IN_KIND):
            fees, amount = trade.fees, trade.amount
            if fees is not None and fees.unit is amount.unit:
                amount = (amount + fees if trade.side == "buy" else amount - fees).named(f"trades.{trade.id} with fees")
            yield Flow(trade.day or Span(date.min, view.day, "no day said"), amount, trade.side == "buy", trade.id)


def _brought(view: View, trade: Trade, holder: str, asset: str) -> bool:
    """Whether a dividend in kind or a spin-off brought shares of an asset to a holder."""
    ends = (trade.holder or view.company, trade.received)
    return trade.side in _IN_KIND and ends == (holder, asset) and trade.status in (None, "done") and _by(trade.day, view.day)


def _received(trades: list[Trade]) -> Iterator[Flow]:
    """What came in as a dividend in kind or by a spin-off cost what it was worth."""
    for trade in trades:
        if trade.amount is not None and trade.day is not None:
            yield Flow(trade.day, trade.amount, True, trade.id)


def _promised(view: View, holder: str, asset: str) -> Iterator[Flow]:
    """What was paid of a commitment: its instalments with a day of payment."""
    for promise in view.counted(Commitment):
        if (promise.by or view.company, promise.to) != (holder, asset):
            continue
        for name, part in tranches(promise).items():
            if part.paid is not None and part.own is not None and part.paid.first <= view.day:
                yield Flow(part.paid, part.own, True, f"{promise.id}.{name}")


def _values(view: View, holder: str, asset: str) -> list[Valued]:
    """What the position was worth: as stated of the position, by a mark or its stake; else no more than the whole, or the part of it that was held."""
    marks = [mark for mark in view.actual(Mark) if mark.asset == asset and mark.kind in _VALUES]
    dated = [
        (mark.day, mark.value, mark) for mark in marks if mark.value is not None and mark.day is not None and mark.day.last <= view.day
    ]
    own = [Valued(*one) for one in dated if one[2].of == "position" and _is_own(view, one[2], holder)]
    own += [one for one in _staked(view, holder, asset) if one.day not in {each.day for each in own}]
    whole = [Valued(day, _share_of(view, holder, mark), mark) for day, _, mark in dated if mark.of == "whole"]
    return sorted(own or whole, key=lambda one: (one.day.last, one.mark.id))


def _staked(view: View, holder: str, asset: str) -> Iterator[Valued]:
    """What the stakes themselves say that the position was worth."""
    for stake in view.actual(Stake):
        mine = (stake.holder or view.company, stake.asset) == (holder, asset)
        if mine and stake.value is not None and stake.day is not None and stake.day.last <= view.day:
            yield Valued(stake.day, stake.value, stake)


def _at_price(view: View, holder: str, asset: str) -> list[Valued]:
    """The shares that are left at the last price, where both are known."""
    held = position(view, asset, holder).shares
    mark = last_price(view, asset)
    if known(held) == "no" or mark is None or mark.price is None or mark.day is None:
        return []
    return [Valued(mark.day, (held * mark.price).named(f"{asset}, shares at price"), mark)]


def unvalued_spin_offs(view: View) -> Iterator[Trade]:
    """Spin-offs of which nobody says what came was worth: it is in no multiple of what it came from."""
    for trade in view.counted(Trade):
        if trade.side == "spin_off" and trade.amount is None and trade.status in (None, "done") and _by(trade.day, view.day):
            yield trade


def last_value(one: Investment) -> Valued | None:
    """The value of what is left: the latest, unless something was sold after it."""
    if one.closed or not one.values:
        return None
    latest = one.values[-1]
    sold = [flow.day.last for flow in one.flows if not flow.paid]
    return latest if not sold or latest.day.last >= max(sold) else None


def _is_own(view: View, mark: Mark, holder: str) -> bool:
    return mark.holder == holder or (mark.holder is None and holder == view.company)


def _share_of(view: View, holder: str, mark: Mark) -> Quantity:
    """The holder's part of the whole company's value; where no part is known, anything between none and all of it."""
    assert mark.value is not None
    parts = [
        stake.part
        for stake in view.counted(Stake)
        if (stake.holder or view.company, stake.asset) == (holder, mark.asset)
        and stake.part is not None
        and view.on(mark.day.last).in_force(stake)  # type: ignore[union-attr]
    ]
    part = parts[-1] if parts else within(0, 1, exact(1).unit, key=f"part of {mark.asset} held by {holder}")
    return (part * mark.value).named(f"{holder}'s part of {mark.id}")


def _peak(view: View, asset: str, end: date) -> Mark | None:
    found = [
        mark
        for mark in view.counted(Mark)
        if mark.asset == asset and mark.of == "whole" and mark.value is not None and mark.kind in ("peak", "valuation", "post_money")
        and mark.day is not None and mark.day.first <= end
    ]  # fmt: skip
    return max(found, key=lambda mark: bounds(mark.value).interval.high or Fraction(0), default=None)  # type: ignore[arg-type]


def _is_closed(trades: list[Trade]) -> bool:
    """Whether the last move sold everything."""
    kept = [trade for trade in trades if trade.side not in _IN_KIND]
    if not kept:
        return False
    last = max(kept, key=lambda trade: (trade.day.last if trade.day else date.min, trade.side == "sell"))
    left = last.remaining
    whole = last.fraction is not None and bounds(last.fraction).interval.low == 1
    none_left = left is not None and bounds(left).interval.high == 0
    return last.side == "write_off" or (last.side == "sell" and (whole or none_left))


def _lost(view: View, holder: str, asset: str) -> Quantity | None:
    stated = [
        result.amount
        for result in view.counted(Result)
        if result.about == asset and result.subject == holder and result.measure in _LOSSES and result.amount is not None
    ]
    if not stated or any(one.unit is not stated[0].unit for one in stated):
        return None
    return add(stated).named(f"{asset}.lost")


def money_in(view: View, one: Investment, until: date | None = None) -> Quantity | None:
    """What went in by a day, in the currency of the first payment, each payment at the rate of its own day."""
    return _sum(view, one, paid=True, until=until)


def money_out(view: View, one: Investment, until: date | None = None) -> Quantity | None:
    """What came out by a day, in the currency of the first payment."""
    return _sum(view, one, paid=False, until=until)


def currency_of(view: View, one: Investment) -> str:
    """The currency in which an investment is reckoned: that of the first money in, else of the first flow or value."""
    first = next((flow.amount for flow in one.flows if flow.paid), None)
    rest = [flow.amount for flow in one.flows] + [valued.value for valued in one.values]
    found = first if first is not None else next(iter(rest), None)
    return (found.unit.currency if found is not None else None) or view.currency


def _sum(view: View, one: Investment, *, paid: bool, until: date | None) -> Quantity | None:
    currency = currency_of(view, one)
    flows = [flow for flow in one.flows if flow.paid is paid and (until is None or flow.day.first <= until)]
    if not flows:
        return None
    return add([convert(view, flow.amount, currency, flow.day) for flow in flows]).named(f"{one.asset}.{'paid' if paid else 'received'}")
