"""A book as it looked for one day, with what the world knew by another: the only way to look at a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from holdbook.dates import Span, day_span
from holdbook.model.book import Book
from holdbook.model.fact import Fact
from holdbook.model.trade import Trade
from holdbook.timeline.shocks import felt, moved, struck, unshaken

FactType = TypeVar("FactType", bound=Fact)


class View:
    """The facts about `day` that were known on `known_on`; `kept` holds what others derive from them once.

    `scenarios` makes the same view under each scenario that comes with the book.
    What was learnt later is not there; what a correction known by then replaces is not there either. Asked with a later
    `known_on` a view holds everything that it held before, but for what was corrected.
    """

    def __init__(self, book: Book, day: date | None = None, known_on: date | None = None) -> None:
        self.book = book
        self.day = day or book.head.day
        self.known_on = known_on or book.head.known_on
        self.kept: dict[str, Any] = {}
        self.scenarios: Callable[[], Sequence[View]] = tuple

    @cached_property
    def span(self) -> Span:
        """The day, as a span."""
        return day_span(self.day)

    @property
    def company(self) -> str:
        """The id of the entity whose book it is."""
        return self.book.head.company

    @property
    def currency(self) -> str:
        """The currency in which the book answers."""
        return self.book.head.currency

    def felt_on(self, day: date) -> View:
        """The view of another day on which the shocks of its scenario are felt, whenever they were felt before."""
        return View(struck(self.book, day, anew=True), day, self.known_on)

    @cached_property
    def shaken(self) -> bool:
        """Whether a scenario's shocks are felt on the day of the view."""
        return bool(felt(self.book, self.day, tables=True))

    @cached_property
    def bare(self) -> View:
        """The same day with the same knowledge, without the shocks of a scenario."""
        return View(unshaken(self.book), self.day, self.known_on) if self.shaken else self

    @cached_property
    def _facts(self) -> dict[str, list[Fact]]:
        return {}

    def facts(self, noun: type[FactType]) -> list[FactType]:
        """The entries of a noun that were known and not yet corrected, by id: where they stand in the book changes no answer."""
        if noun.noun not in self._facts:
            known = sorted((fact for fact in self.book.all(noun) if fact.learnt <= self.known_on), key=lambda fact: fact.id)
            corrected = {fact.supersedes for fact in known if fact.supersedes}
            kept: list[Fact] = [fact for fact in known if fact.id not in corrected]
            self._facts[noun.noun] = [moved(self.book, fact) for fact in kept] if self.shaken else kept
        return self._facts[noun.noun]  # type: ignore[return-value]

    @cached_property
    def _counted(self) -> dict[str, list[Fact]]:
        return {}

    def counted(self, noun: type[FactType]) -> list[FactType]:
        """The known entries without those that only tell another known one again."""
        if noun.noun not in self._counted:
            self._counted[noun.noun] = [fact for fact in self.facts(noun) if not self.retells(fact)]
        return self._counted[noun.noun]  # type: ignore[return-value]

    @cached_property
    def _actual(self) -> dict[str, list[Fact]]:
        return {}

    def actual(self, noun: type[FactType]) -> list[FactType]:
        """The entries that count and are so: what is planned, agreed or rumoured has no place in a sum of today."""
        if noun.noun not in self._actual:
            self._actual[noun.noun] = [fact for fact in self.counted(noun) if fact.status in (None, "done")]
        return self._actual[noun.noun]  # type: ignore[return-value]

    def retells(self, fact: Fact) -> bool:
        """Whether an entry only tells again another one that was known."""
        first = self.book.tables.get(fact.noun, {}).get(fact.restates or "")
        return first is not None and first.learnt <= self.known_on

    def is_apart(self, trade: Trade) -> bool:
        """Whether a trade counts by itself: it is no part of a larger one that was known."""
        whole = self.book.get(Trade, trade.within or "")
        return whole is None or whole.learnt > self.known_on

    def first_learnt(self, fact: Fact) -> date:
        """When the world first learnt it: a correction tells again what was known before."""
        return min(one.learnt for one in self.corrects(fact))

    def corrects(self, fact: Fact) -> list[Fact]:
        """The entry and those that it corrects, one by way of another, the latest first."""
        table = self.book.tables.get(fact.noun, {})
        found = {fact.id: fact}
        while fact.supersedes is not None and fact.supersedes in table and fact.supersedes not in found:
            fact = table[fact.supersedes]
            found[fact.id] = fact
        return list(found.values())

    def on(self, day: date) -> View:
        """The same knowledge, another day."""
        return View(self.book, day, self.known_on)

    def in_force(self, fact: Fact) -> bool:
        """Whether something that holds from its day on holds on the day of the view, as far as its dates say."""
        begun = fact.day is None or fact.day.last <= self.day
        return begun and (fact.until is None or fact.until.last >= self.day)
