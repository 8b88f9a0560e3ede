"""A scenario laid over a book: what it changes, and by how much values, rates and interest move."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

import msgspec

from holdbook.quantity.origin import Place
from holdbook.quantity.quantity import Quantity

Driver = Literal["asset", "layer", "all", "pair", "interest"]


class Change(NamedTuple):
    """One thing that a scenario changes: where it says so, what it speaks of, the words after and before, and where those stood.

    `after` is empty where an entry or a field is left out, `before` where one is added.
    """

    place: Place
    what: str
    after: str
    before: str = ""
    instead: Place = Place("")


class Shock(NamedTuple):
    """How far something moves: `target` is an asset, a layer of assets, `all`, a pair of currencies, or `interest`.

    `factor` is what a value is multiplied by; of interest it is what is added. `place` and `says` are where it
    stands and in which words.
    """

    driver: Driver
    target: str
    factor: Quantity
    place: Place
    says: str


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A small file laid over a book; `day` is the first on which its shocks are felt, that of the question where it says none.

    `tables_from` is the day from which a company's own table feels them: that of its last table, where an answer must rest on it.
    """

    key: str
    name: str
    text: str
    place: Place
    source: str = ""
    tags: tuple[str, ...] = ()
    day: date | None = None
    tables_from: date | None = None
    changes: tuple[Change, ...] = ()
    shocks: tuple[Shock, ...] = ()
