"""What the dated flows of an investment would have become in an index: public market equivalents.

The index keeps its dividends, and the book says so; to one that leaves them out nothing is compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from holdbook.dates import day_span
from holdbook.measures.returns import Flow, in_currency, money_weighted
from holdbook.model.entity import Entity
from holdbook.model.exchange import EXCHANGES
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.timeline.closes import last_close
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_STALE = timedelta(days=7)


class Market(NamedTuple):
    """An investment beside an index; what is undefined is None, and `why` says the reason.

    Fields:
        against: the id of the index.
        ratio: receipts and value over payments, each grown with the index (Kaplan and Schoar 2005); above one beats it.
        rate: the index's rate on the same flows (Long and Nickels 1996).
        scaled: the same with receipts scaled so that the index leaves the investment's own value (PME+, Rouvinez 2003).
        modified: the same where of the account in the index is taken out the part that was received of the investment (mPME, Cambridge Associates).
        alpha: the rate of the flows once each is grown with the index (direct alpha; Gredil, Griffiths and Stucke 2014).
    """

    against: str
    ratio: Quantity | None = None
    rate: Quantity | None = None
    scaled: Quantity | None = None
    modified: Quantity | None = None
    alpha: Quantity | None = None
    why: str = ""


Values = Mapping[date, Quantity]


def markets(view: View, asset: str, flows: Sequence[Flow], last: Flow | None, name: str, values: Values) -> list[Market]:
    """Flows, and the value still held, beside every index that is a benchmark of the asset.

    `values` are those of evenings on the way, after the money of the day has moved.
    """
    found = [one for one in view.facts(Entity) if one.kind == "index" and asset in (one.benchmark_of or ())]
    return [_beside(view, one, flows, last, f"{name}.{one.id}", values) for one in found]


def _beside(view: View, index: Entity, flows: Sequence[Flow], last: Flow | None, name: str, values: Values) -> Market:
    every = [*flows, *([last] if last is not None else [])]
    if not index.total_return:
        left = "leaves dividends out" if index.total_return is False else "is not said to keep its dividends (total_return: yes)"
        return Market(index.id, why=f"{index.name} {left}: the market would look worse than it was")
    if any(not flow.day.is_day for flow in every):
        return Market(index.id, why="money moved in a period: its day is not known")
    currency = next((EXCHANGES[place].currency for place in index.listings or {} if place in EXCHANGES), "")
    if currency:
        every = in_currency(view, every, currency)
        values = {day: convert(view, value, currency, day_span(day)) for day, value in values.items()}
    if len({str(flow.amount.unit) for flow in every}) != 1 or not any(flow.paid for flow in every):
        return Market(index.id, why="nothing was paid, or in several currencies")
    levels = {flow.day.first: _level(view, index.id, flow.day.first) for flow in every}
    missing = [day for day, level in levels.items() if level is None]
    if missing:
        return Market(index.id, why=f"no level of {index.name} on {missing[0]} or in the week before")
    end = max(levels)
    growth = {day: levels[end] / level for day, level in levels.items()}  # type: ignore[operator]
    grown = [flow._replace(amount=flow.amount * growth[flow.day.first]) for flow in every]
    market = _reckoned(index.id, every, grown, last is not None, name)
    own, value = (every[:-1], every[-1].amount) if last is not None else (every, exact(0, every[0].amount.unit))
    modified, lacks = _modified(own, growth, {**values, end: value}, end, name)
    return market._replace(modified=modified, why="; ".join(filter(None, (market.why, lacks))))


def _level(view: View, index: str, day: date) -> Quantity | None:
    found = last_close(view, index, day)
    return found[1] if found is not None and day - found[0] <= _STALE else None


def _reckoned(index: str, flows: list[Flow], grown: list[Flow], held: bool, name: str) -> Market:
    """Formula:  ratio = FV(received and value) / FV(paid); left = FV(paid) - FV(received); factor = (FV(paid) - value) / FV(received)."""
    nothing = exact(0, grown[0].amount.unit)
    own, grown_out = (flows[:-1], grown[:-1]) if held else (flows, grown)
    value = flows[-1].amount if held else nothing
    paid = add([flow.amount for flow in grown if flow.paid])
    back = add([nothing, *(flow.amount for flow in grown_out if not flow.paid)])
    ratio = ((back + value) / paid).named(f"{name}.kaplan_schoar")
    alpha = money_weighted(grown, f"{name}.direct_alpha")
    left = paid - back
    rate = scaled = None
    why = alpha.why
    day = day_span(max(flow.day.last for flow in flows))
    if _ever_below(own, grown_out):
        why = why or "the receipts are more than the index would have left: its account falls below zero"
    else:
        rate = money_weighted(own, f"{name}.long_nickels", Flow(day, left, paid=False)).rate
    factor = (paid - value) / back if point(back) else None
    if factor is not None and (bounds(factor).interval.low or 0) >= 0:
        turned = [flow if flow.paid else flow._replace(amount=flow.amount * factor) for flow in own]
        scaled = money_weighted(turned, f"{name}.pme_plus", Flow(day, value, paid=False) if held else None).rate
    return Market(index, ratio, rate, scaled, None, alpha.rate, why)


def _modified(flows: list[Flow], growth: Mapping[date, Quantity], values: Values, end: date, name: str) -> tuple[Quantity | None, str]:
    """mPME, or what it lacks: the value on each day on which something was received.

    Formula:  part = received / (received + value); account = FV(account) + paid; taken = part * account, and the rest goes on
    Says so:  Cambridge Associates, mPME
    """
    account, turned = exact(0, flows[0].amount.unit), []  # the account as it will have grown by the end
    for day, some in groupby(sorted(flows, key=_first), _first):
        moved = list(some)
        paid, back = ([flow for flow in moved if flow.paid is way] for way in (True, False))
        turned += paid
        account = add([account, *(flow.amount * growth[day] for flow in paid)])
        if back and day not in values:
            return None, f"mPME lacks what it was worth on {day}"
        if back:
            received = add([flow.amount for flow in back])
            part = received / (received + values[day])
            turned.append(back[0]._replace(amount=account * part / growth[day]))
            account = account * (exact(1) - part)
    return money_weighted(turned, f"{name}.m_pme", Flow(day_span(end), account, paid=False)).rate, ""


def _first(flow: Flow) -> date:
    return flow.day.first


def _ever_below(flows: Sequence[Flow], grown: Sequence[Flow]) -> bool:
    """Whether the account in the index is below nothing on some day; grown to the last day it has the sign that it has on its own."""
    account: Quantity | None = None
    for _, flow in sorted(zip(flows, grown, strict=True), key=lambda pair: (pair[0].day.first, not pair[0].paid)):
        turned = flow.amount if flow.paid else exact(0, flow.amount.unit) - flow.amount
        account = turned if account is None else account + turned
        if (point(account) or 0) < 0:
            return True
    return False
