"""A book: who it is about, and its entries by noun and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.ledger import Ledger
from holdbook.model.scenario import Scenario
from holdbook.model.series import Note, Series
from holdbook.quantity.origin import Place

FactType = TypeVar("FactType", bound=Fact)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The `book:` entry: what an answer takes for granted unless it is told otherwise; `places` is where each field stands."""

    name: str
    company: str
    currency: str
    day: date
    known_on: date
    fiscal_start: tuple[int, int] = (1, 1)
    folder: str = ""
    extends: str | None = None
    places: dict[str, Place] = {}


class Book(msgspec.Struct, frozen=True):
    """All entries of a folder of facts, and of the book that it extends; `ledgers` are its bulk of plain trades.

    `digest` stands for the text of all its files. `series` are the closes of its price folders, one of an asset; `notes` say what
    a reader of those should know. `scenario` is what was laid over it.
    """

    head: Head
    tables: Mapping[str, Mapping[str, Fact]]
    digest: str
    ledgers: tuple[Ledger, ...] = ()
    series: tuple[Series, ...] = ()
    notes: tuple[Note, ...] = ()
    scenario: Scenario | None = None

    def all(self, noun: type[FactType]) -> Iterator[FactType]:
        """The entries of a noun, in the order of the book."""
        return iter(self.tables.get(noun.noun, {}).values())  # type: ignore[arg-type]

    def get(self, noun: type[FactType], name: str) -> FactType | None:
        """The entry of that id, if there is one."""
        return self.tables.get(noun.noun, {}).get(name)  # type: ignore[return-value]

    def name_of(self, entity: str | None) -> str:
        """What an entity is called; its id if it has no entry."""
        fact = self.tables.get("entities", {}).get(entity or "")
        return getattr(fact, "name", entity or "")
