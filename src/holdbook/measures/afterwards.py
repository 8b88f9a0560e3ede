"""What happened after the day that is asked about, as far as it was known: the ratio, promises kept, conditions, trades, new debts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from holdbook.dates import Span, day_span
from holdbook.measures.conditions import standings
from holdbook.measures.group import group_funds
from holdbook.measures.instalments import tranches
from holdbook.measures.leverage import loan_to_value
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View


class Later(NamedTuple):
    """Something of a later day.

    Fields:
        day: when.
        what: what it was, in words.
        figure: how much, where the book says so.
        known: the day on which the world learnt it.
        key: its name in answers.
    """

    day: Span
    what: str
    figure: Quantity | None
    known: Span
    key: str


def afterwards(view: View) -> list[Later]:
    """All of it in the order of its days; nothing where nothing of a later day was known."""
    found = [*_ratios(view), *_promises(view), *_conditions(view), *_trades(view), *_debts(view)]
    return sorted(found, key=lambda one: (one.day.first, one.day.last, one.key))


def _ratios(view: View) -> Iterator[Later]:
    """The loan to value of each later table of the company."""
    days: dict[str, Statement] = {}
    for one in view.counted(Statement):
        later = one.day is not None and one.day.is_day and one.day.first > view.day
        if later and one.company in (None, view.company) and not one.pro_forma:
            days.setdefault(str(one.day), one)
    for day, one in days.items():
        assert one.day is not None
        ratio = loan_to_value(view.on(one.day.first)).quantity
        yield Later(one.day, "loan to value", ratio, day_span(one.learnt), f"loan_to_value.{day}")


def _promises(view: View) -> Iterator[Later]:
    """Instalments that were paid later, and promises that were then kept as a whole."""
    group = {view.company, *group_funds(view)}
    for promise in (one for one in view.counted(Commitment) if (one.by or view.company) in group):
        to = view.book.name_of(promise.to)
        paid = [(name, part) for name, part in tranches(promise).items() if part.paid is not None and part.paid.first > view.day]
        for name, part in paid:
            assert part.paid is not None
            if part.paid.first <= view.known_on:
                yield Later(
                    part.paid,
                    f"{name.replace('_', ' ')} instalment to {to} paid",
                    part.own,
                    day_span(promise.learnt),
                    f"{promise.id}.{name}",
                )
        closing = promise.closing
        kept = not promise.tranches and promise.status == "done" and promise.learnt > view.day
        if kept and closing is not None and closing.last > view.day and closing.first <= view.known_on:
            yield Later(closing, f"{promise.kind or 'promise'} closed: {to}", promise.amount, day_span(promise.learnt), promise.id)


def _conditions(view: View) -> Iterator[Later]:
    """What became of a condition, where the world learnt it later."""
    for promise in view.counted(Commitment):
        for one in standings(view, promise, ahead=True):
            event = one.event
            if event is not None and event.day is not None and event.learnt > view.day:
                what = f"condition of {view.book.name_of(promise.to)} {one.state}: {event.text}"
                yield Later(event.day, what, one.otherwise, day_span(event.learnt), f"{promise.id}.{one.name}")


def _trades(view: View) -> Iterator[Later]:
    sides = {"buy": "bought", "sell": "sold"}
    for one in view.actual(Trade):
        if one.side in sides and one.day is not None and view.day < one.day.first <= view.known_on and view.is_apart(one):
            yield Later(one.day, f"{sides[one.side]}: {view.book.name_of(one.asset)}", one.amount, day_span(one.learnt), f"trades.{one.id}")


def _debts(view: View) -> Iterator[Later]:
    for one in view.counted(Debt):
        day = one.issued or one.day
        own = (one.borrower or view.company) == view.company and one.kind != "intragroup"
        if own and day is not None and view.day < day.first <= view.known_on and one.status not in ("planned", "rumoured"):
            amount = one.drawn or one.amount or one.principal or one.limit
            yield Later(day, f"{one.kind.replace('_', ' ')}: {one.name or one.id}", amount, day_span(one.learnt), f"debts.{one.id}")
