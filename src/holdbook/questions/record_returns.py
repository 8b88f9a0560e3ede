"""The returns of each investment side by side: what came back of the money, every rate that fits, and the market on the same days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.measures.investments import Investment, currency_of
from holdbook.measures.linked import linked
from holdbook.measures.market import Market, markets
from holdbook.measures.returns import Flow, in_currency, money_weighted, multiples
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_RETURNS = (
    "investment",
    "paid back (DPI)",
    "still held (RVPI)",
    "both (TVPI)",
    "modified Dietz",
    "time-weighted",
    "rates that fit",
    "lacks",
)
_MARKETS = ("investment", "index", "Kaplan-Schoar", "index's rate (LN)", "PME+", "mPME", "direct alpha", "why not")


class Reckoned(NamedTuple):
    """An investment, what it is called and named in answers, and the value of what is left, with its day."""

    one: Investment
    name: str
    key: str
    left: Quantity | None
    day: Span | None


def put_returns(view: View, reckoned: Iterable[Reckoned], answer: Answer) -> None:
    """Both tables, of what money went into and came out of or is still worth something."""
    rows: list[tuple[Cell, ...]] = []
    beside: list[tuple[Cell, ...]] = []
    for item in reckoned:
        currency = currency_of(view, item.one)
        last = Flow(item.day, item.left, paid=False) if item.left is not None and item.day is not None else None
        until = last.day.last if last is not None else view.day
        flows = in_currency(view, [flow for flow in item.one.flows if flow.day.first <= until], currency)
        if any(flow.paid for flow in flows) and (last is not None or item.one.closed):
            values = {one.day.first: convert(view, one.value, currency, one.day) for one in item.one.values if one.day.is_day}
            rows.append(_row(item, flows, last, values, answer))
            beside += [_market_row(view, item, one, answer) for one in markets(view, item.one.asset, flows, last, item.key, values)]
    if rows:
        answer.tables["returns"] = Table("What came back of the money, and returns of the whole time held", _RETURNS, rows)
    if beside:
        answer.tables["markets"] = Table("The same money on the same days in an index", _MARKETS, beside)


def _row(item: Reckoned, flows: list[Flow], last: Flow | None, values: dict[date, Quantity], answer: Answer) -> tuple[Cell, ...]:
    many = multiples(flows, item.key, last)
    rate = money_weighted(flows, f"{item.key}.rate", last)
    whole = linked(flows, last, values, item.key)
    for name, quantity in (("dpi", many.dpi), ("rvpi", many.rvpi), ("tvpi", many.tvpi)):
        answer.put(f"{item.key}.{name}", quantity)
    answer.put(f"{item.key}.modified_dietz", whole.dietz)
    answer.put(f"{item.key}.time_weighted", whole.time_weighted)
    roots = ", ".join(f"{root:.4%}" for root in rate.roots)
    answer.labels[f"{item.key}.roots"] = roots or "none"
    lacks = "; ".join(dict.fromkeys(word for word in (whole.why, rate.why) if word))
    return item.name, many.dpi, many.rvpi, many.tvpi, whole.dietz, whole.time_weighted, roots, lacks


def _market_row(view: View, item: Reckoned, one: Market, answer: Answer) -> tuple[Cell, ...]:
    names = ("kaplan_schoar", "long_nickels", "pme_plus", "m_pme", "direct_alpha")
    found = (one.ratio, one.rate, one.scaled, one.modified, one.alpha)
    for name, quantity in zip(names, found, strict=True):
        answer.put(f"{item.key}.{one.against}.{name}", quantity)
    return item.name, view.book.name_of(one.against), *found, one.why
