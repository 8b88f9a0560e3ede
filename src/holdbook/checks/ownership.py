"""Is nobody owned by more than all, by itself, or in a circle from which nobody outside can get anything?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.measures.ties import strongly_connected
from holdbook.model.book import Book
from holdbook.model.relation import Relation
from holdbook.model.stake import Stake
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity

_OWNED = ("owns", "controls", "invested_in")


class _Part(NamedTuple):
    """What one entry says that a holder owns of an asset: at least, and as printed."""

    holder: str
    asset: str
    fact: Relation | Stake
    part: Quantity
    least: Fraction
    printed: Fraction

    @property
    def side(self) -> Side:
        return Side(self.fact.place, f"{self.fact.noun}.{self.fact.id} {self.part.origin.words}")


def to_itself(book: Book) -> Iterator[Problem]:
    """Edges from an entity to itself."""
    for relation in book.all(Relation):
        if relation.from_ == relation.to:
            found = f"relations.{relation.id} runs from {relation.to} to itself"
            yield Problem("ownership", relation.place, found, "two entities", "correct one end")


def beyond_all(book: Book) -> Iterator[Problem]:
    """Entities of which more than all is owned, by what is said for one day; a holder told twice counts once."""
    owned: dict[tuple[str, str], dict[str, _Part]] = defaultdict(dict)
    for one in _parts(book):
        group = owned[one.asset, str(one.fact.day[:2] if one.fact.day else "")]
        if one.holder not in group or group[one.holder].least < one.least:
            group[one.holder] = one
    for (asset, _), holders in owned.items():
        least = sum(one.least for one in holders.values())
        if least > 1:
            sides = tuple(one.side for one in holders.values())
            found = f"{float(least):.1%} of {asset} at least is owned"
            yield Problem("ownership", min(side.place for side in sides), found, "at most 100%", "correct a part", sides=sides)


def closed_circles(book: Book) -> Iterator[Problem]:
    """Entities that together own all of each other on a day, as printed: no right of anyone else in them can be computed."""
    some = [one for one in _parts(book) if one.printed > 0]
    for members in strongly_connected((one.holder, one.asset) for one in some):
        inner = [one for one in some if one.holder in members and one.asset in members and one.holder != one.asset]
        for day in sorted({_begin(one) for one in inner}):
            then = list({(one.holder, one.asset): one for one in sorted(inner, key=_begin) if _holds(one, day)}.values())
            wholly = _wholly(members, then)
            if wholly:
                sides = tuple(one.side for one in then if one.holder in wholly)
                found = f"{', '.join(wholly)} own all of each other"
                yield Problem(
                    "ownership", min(side.place for side in sides), found, "somebody outside who owns a part", "correct a part", sides=sides
                )
                break


def _wholly(members: Iterable[str], parts: list[_Part]) -> list[str]:
    """Those members that own all of each other: whoever is not wholly owned by the rest leaves, until none does."""
    left = sorted(members)
    while True:
        keep = [one for one in left if sum(p.printed for p in parts if p.asset == one and p.holder in left) >= 1]
        if keep == left:
            return left
        left = keep


def _begin(one: _Part) -> date:
    return one.fact.day.last if one.fact.day else date.min


def _holds(one: _Part, day: date) -> bool:
    return _begin(one) <= day and (one.fact.until is None or one.fact.until.last >= day)


def _parts(book: Book) -> Iterator[_Part]:
    """Every part that an entry states; not those that are corrected, told again, to come, or of another basis."""
    told: list[Relation | Stake] = [*book.all(Stake), *book.all(Relation)]
    corrected = {(fact.noun, fact.supersedes) for fact in told}
    for fact in told:
        so = fact.status in (None, "done") or (fact.status == "ended" and fact.until is not None)
        counts = so and fact.restates is None and fact.basis is None and (fact.noun, fact.id) not in corrected
        if fact.part is None or not counts:
            continue
        if isinstance(fact, Stake):
            holder, asset = fact.holder or book.head.company, fact.asset
        elif fact.type in _OWNED and not fact.prospective:
            holder, asset = fact.from_, fact.to
        else:
            continue
        least = bounds(fact.part).interval.low or Fraction(0)
        yield _Part(holder, asset, fact, fact.part, least, point(fact.part) or least)
