"""What a scenario's shocks do to the facts of a book: to prices, marks and stated values, to exchange rates, to interest.

A shock is felt from its day on; what was before stays as it was. Of several that meet an asset, its own counts before that of its
layer, and that before `all`.
"""

from __future__ import annotations

from datetime import date

import msgspec

from holdbook.dates import Span
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.fact import Fact
from holdbook.model.mark import Mark
from holdbook.model.rate import Rate
from holdbook.model.scenario import Shock
from holdbook.model.stake import Stake
from holdbook.quantity.quantity import Quantity, exact

_OPINIONS = ("target", "threshold", "peak", "multiple", "carrying")
_MOVED = "moved by the scenario"


def struck(book: Book, day: date, tables_from: date | None = None, *, anew: bool = False) -> Book:
    """The same book, its scenario felt from a day on; where it says itself from when, that counts, unless it is to be felt `anew`."""
    scenario = book.scenario
    if scenario is None or not scenario.shocks or (scenario.day is not None and not anew):
        return book
    return msgspec.structs.replace(book, scenario=msgspec.structs.replace(scenario, day=day, tables_from=tables_from or day))


def unshaken(book: Book) -> Book:
    """The same book without the shocks of its scenario; what that changes otherwise stays."""
    return book if book.scenario is None else msgspec.structs.replace(book, scenario=msgspec.structs.replace(book.scenario, shocks=()))


def felt(book: Book, day: date, *, tables: bool = False) -> tuple[Shock, ...]:
    """The shocks that are felt on a day, by prices and rates; or by `tables` and what is reckoned from them."""
    scenario = book.scenario
    if scenario is None or scenario.day is None:
        return ()
    since = scenario.tables_from if tables and scenario.tables_from is not None else scenario.day
    return scenario.shocks if since <= day else ()


def value_factor(book: Book, asset: str, day: date, *, tables: bool = False) -> Quantity | None:
    """By what the value of an asset is multiplied on a day; None where nothing moves it. The company itself is moved by its name alone."""
    shocks = felt(book, day, tables=tables)
    if not shocks:
        return None
    entity = book.get(Entity, asset)
    layer = entity.layer if entity is not None else None
    found = [one for one in shocks if one.driver == "asset" and one.target == asset]
    if asset != book.head.company:
        found += [one for one in shocks if one.driver == "layer" and one.target == layer]
        found += [one for one in shocks if one.driver == "all"]
    return found[0].factor if found else None


def rate_factor(book: Book, base: str, counter: str, day: date) -> Quantity | None:
    """By what the price of one currency in another is multiplied on a day."""
    for one in felt(book, day):
        if one.driver == "pair" and one.target == f"{base}/{counter}":
            return one.factor
        if one.driver == "pair" and one.target == f"{counter}/{base}":
            return exact(1) / one.factor
    return None


def interest_rise(book: Book, day: date) -> Quantity | None:
    """What is added to the level of every curve on a day."""
    return next((one.factor for one in felt(book, day) if one.driver == "interest"), None)


def moved(book: Book, fact: Fact) -> Fact:
    """A fact as the shocks leave it: a mark, a stake with a value, an exchange rate."""
    day = fact.day
    if day is None or not felt(book, day.first):
        return fact
    if isinstance(fact, Mark):
        return _mark(book, fact, day.first)
    if isinstance(fact, Stake) and fact.value is not None:
        factor = value_factor(book, fact.asset, day.first)
        return fact if factor is None else msgspec.structs.replace(fact, value=_times(fact.value, factor))
    if isinstance(fact, Rate):
        return _rate(book, fact, day)
    return fact


def _mark(book: Book, mark: Mark, day: date) -> Mark:
    """A mark moved; one after asset-backed finance stays, for it is the value before it that moves."""
    factor = value_factor(book, mark.asset, day)
    if factor is None or mark.net or mark.kind in _OPINIONS:
        return mark
    price = None if mark.price is None else _times(mark.price, factor)
    value = None if mark.value is None else _times(mark.value, factor)
    return msgspec.structs.replace(mark, price=price, value=value)


def _rate(book: Book, fact: Rate, day: Span) -> Rate:
    base, _, counter = (fact.pair or "").partition("/")
    factor = rate_factor(book, base, counter, day.first)
    if factor is None:
        return fact
    stated = fact.rate if fact.rate is not None else fact.of[0] / fact.of[1] if fact.of is not None and len(fact.of) == 2 else None
    return fact if stated is None else msgspec.structs.replace(fact, rate=_times(stated, factor), of=None)


def _times(value: Quantity, factor: Quantity) -> Quantity:
    return (value * factor).named(value.title, _MOVED)
