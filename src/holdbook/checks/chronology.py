"""Can it have been known then? Nothing is learnt before it happens, or ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from holdbook.model.balance import Balance
from holdbook.model.book import Book
from holdbook.model.fact import Fact
from holdbook.model.mark import Mark
from holdbook.model.move import Move
from holdbook.model.nouns import NOUNS
from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade
from holdbook.problems import Problem

_PAST: tuple[type[Fact], ...] = (Trade, Mark, Balance, Statement, Stake, Move)


def chronology(book: Book) -> Iterator[Problem]:
    """Facts of the past that were known before their first possible day, and facts that end before they begin."""
    for noun in _PAST:
        for fact in book.all(noun):
            happened = fact.status in (None, "done")
            if happened and fact.day is not None and date.min < fact.learnt < fact.day.first:
                yield Problem(
                    "learnt-too-early", fact.place, f"{fact.noun}.{fact.id} was known on {fact.learnt} and is of {fact.day}",
                    "known on its day or later", "correct `known` or `day`, or give it the status planned or agreed",
                )  # fmt: skip
    for noun in NOUNS.values():
        for fact in book.all(noun):
            if fact.until is not None and fact.day is not None and fact.until.last < fact.day.first:
                yield Problem(
                    "until-before-day",
                    fact.place,
                    f"{fact.noun}.{fact.id} ends {fact.until}, before {fact.day}",
                    "an end after the beginning",
                    "correct one of the two",
                )


def circles(book: Book) -> Iterator[Problem]:
    """Entries that restate or supersede themselves, directly or through others."""
    for noun, table in book.tables.items():
        for link in ("restates", "supersedes"):
            for fact in table.values():
                seen, current = {fact.id}, getattr(fact, link)
                while current is not None and current not in seen and current in table:
                    seen.add(current)
                    current = getattr(table[current], link)
                if current == fact.id:
                    yield Problem("circle", fact.place, f"{noun}.{fact.id} {link} itself", "a first telling", f"remove one `{link}`")
