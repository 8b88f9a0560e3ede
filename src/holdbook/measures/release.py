"""A release of news: which events there were, whose prices could answer, and what else the world learnt that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from holdbook.model.balance import Balance
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.entity import Entity
from holdbook.model.event import Event
from holdbook.model.fact import Fact
from holdbook.model.result import Result
from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade
from holdbook.timeline.view import View

_NEWS = ("results", "announcement")
_OTHER_NEWS: tuple[type[Fact], ...] = (Event, Trade, Result, Commitment, Statement, Stake, Balance, Debt)


def releases(view: View) -> list[Event]:
    """Results days and announcements up to the day of the view whose day is known, in order."""
    found = [event for event in view.actual(Event) if event.kind in _NEWS and told_on(view, event) is not None]
    return sorted((one for one in found if (told_on(view, one) or date.max) <= view.day), key=lambda one: (told_on(view, one), one.id))


def told_on(view: View, event: Event) -> date | None:
    """The day on which the world learnt of an event: as stated, else its own day."""
    if event.learnt_from == "stated":
        return view.first_learnt(event)
    return event.day.first if event.day is not None and event.day.is_day else None


def concerned(view: View, event: Event) -> list[str]:
    """The listed entities whose prices may answer: the company, whom the event is about, and what trades told that day are about."""
    day = told_on(view, event)
    traded = [trade.asset for trade in view.counted(Trade) if _stated_on(view, trade, day)]
    named = dict.fromkeys([event.entity or view.company, view.company, *traded])
    return [one for one in named if _is_listed(view, one)]


def _is_listed(view: View, name: str) -> bool:
    entity = view.book.get(Entity, name)
    return entity is not None and bool(entity.listings) and entity.kind != "index"


def same_day(view: View, event: Event) -> Iterator[Fact]:
    """What else the world learnt on the day of an event, so that no price can tell which of it moved it."""
    day = told_on(view, event)
    for noun in _OTHER_NEWS:
        yield from (fact for fact in view.counted(noun) if fact.id != event.id and _stated_on(view, fact, day))


def _stated_on(view: View, fact: Fact, day: date | None) -> bool:
    return fact.learnt_from == "stated" and view.first_learnt(fact) == day
