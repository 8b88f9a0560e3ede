"""Can what a simulation takes for granted be so? Names that there are, figures with a centre, numbers that fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

import msgspec

from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.outlook import FARTHEST, OTHERS, Factor, Outlook
from holdbook.problems import Problem, nearest
from holdbook.quantity.duration import in_months
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity

Range = tuple[Callable[[Fraction], bool], str]
_RANGES: dict[str, Range] = {
    "horizon": (lambda months: 0 <= months <= 600 and months == int(months), "whole months, none to 50 years"),
    "paths": (lambda paths: 1 <= paths <= 10**10 and paths == int(paths), "a whole number from 1 to ten thousand million"),
    "seed": (lambda seed: 0 <= seed < 2**64 and seed == int(seed), "a whole number from 0 to 2^64 - 1"),
    "degrees": (lambda degrees: (degrees == 0 or 3 <= degrees <= 60) and degrees == int(degrees), "0 (normal returns), or 3 to 60"),
    "haircut": (lambda part: part < 1, "less than the whole"),
    "blocks": (lambda months: 1 <= months <= 600 and months == int(months), "whole months, 1 to 600"),
    "measured_over": (lambda months: 6 <= months <= 1200 and months == int(months), "whole months, 6 months to 100 years"),
    "marked_every": (lambda months: 1 <= months <= 120 and months == int(months), "whole months, 1 to 120"),
    "a_year": (lambda times: times <= 12, "0 to 12 times a year"),
    "correlation": (lambda part: -1 <= part <= 1, "-100% to 100%"),
}
_ANY: Range = (lambda value: abs(value) <= FARTHEST, f"-{FARTHEST:,} to {FARTHEST:,}")
_CENTRED = "one figure, such as 40% or about 40%"
_LENGTHS = ("horizon", "marked_every", "blocks", "measured_over")
Named = tuple[str, Quantity]


def outlooks(book: Book) -> Iterator[Problem]:
    """Outlooks that cannot be: one problem for each name and each figure."""
    for one in book.all(Outlook):
        for field, figure in _figures(one):
            yield from _figure(one, field, figure)
        yield from _names(book, one)
        yield from _reduced(one)
        yield from _measured(one)


def _figures(record: msgspec.Struct) -> Iterator[Named]:
    """Every figure of an outlook, or of a record within one, by its field."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        found: Iterable[object] = value.values() if isinstance(value, dict) else (value,)
        for one in found:
            if isinstance(one, Quantity):
                yield field, one
            elif isinstance(one, msgspec.Struct):
                yield from _figures(one)


def _figure(outlook: Outlook, field: str, figure: Quantity) -> Iterator[Problem]:
    value = in_months(figure) if field in _LENGTHS else point(figure)
    holds, expected = _RANGES.get(field, _ANY)
    if value is None:
        yield _problem(
            outlook,
            field,
            figure,
            _CENTRED if field not in _LENGTHS else "a length such as 36 months or 3 years",
            "write the one that the simulation shall take",
        )
    elif not holds(value):
        yield _problem(outlook, field, figure, expected, "correct it")


def _names(book: Book, one: Outlook) -> Iterator[Problem]:
    factors = one.factors or {}
    known = [OTHERS, *(entity.id for entity in book.all(Entity))]
    for name, moves in (one.holdings or {}).items():
        if name not in known:
            yield _unknown(one, next(_figures(moves), None), f"no entity {name!r} to say how it moves", nearest(name, known))
        for factor, part in (moves.follows or {}).items():
            if factor not in factors:
                yield _unknown(one, (factor, part), f"{name} follows {factor!r}, which is no factor", nearest(factor, factors))
    for name, factor_of in factors.items():
        for other, part in (factor_of.correlation or {}).items():
            if other not in factors or other == name:
                found = f"{name} goes together with {other!r}, which is no other factor"
                yield _unknown(one, (other, part), found, nearest(other, set(factors) - {name}))
    yield from _twice(one, factors)
    yield from _parts(one, known)


def _parts(one: Outlook, known: list[str]) -> Iterator[Problem]:
    for name, jump in (one.jumps or {}).items():
        for holding, part in (jump.parts or {}).items():
            if holding not in known:
                yield _unknown(one, (holding, part), f"no entity {holding!r} to take a part of {name}", nearest(holding, known))


def _twice(one: Outlook, factors: dict[str, Factor]) -> Iterator[Problem]:
    """A correlation is stated on either of its factors; on both only if they agree."""
    for name, factor in factors.items():
        for other, part in (factor.correlation or {}).items():
            back = (factors[other].correlation or {}).get(name) if other in factors else None
            if back is not None and point(back) != point(part) and name < other:
                yield _problem(one, "correlation", back, f"{part.origin.words}, as {name} says at {part.origin.place}", "write it once")


def _reduced(one: Outlook) -> Iterator[Problem]:
    above, to = one.reduced_above, one.reduced_to
    high, low = None if above is None else point(above), None if to is None else point(to)
    if above is not None and to is not None and high is not None and low is not None and low >= min(high, Fraction(1)):
        yield _problem(one, "reduced_to", to, f"below {above.origin.words}, above which it sells", "correct one of the two")


def _measured(one: Outlook) -> Iterator[Problem]:
    """What is to be measured can be; months that are drawn again bring their own tails and correlations."""
    factors, blocks = one.factors or {}, one.blocks
    for name, factor in factors.items():
        if factor.volatility is None and factor.closes is None:
            found, way_out = f"outlooks.{one.id}: factor {name} says nothing of how far it moves", "add volatility, or closes: ENTITY"
            yield Problem("outlook", one.place, found, "a volatility, or an entity whose closes measure it", way_out)
    if blocks is None:
        return
    bare = [name for name, factor in factors.items() if factor.closes is None]
    one_way = "leave one of the two out"
    beside = f"beside blocks ({blocks.origin.place}): months of the past bring their own"
    if bare or not factors:
        expected = f"closes for every factor; without: {', '.join(bare)}" if bare else "factors, with closes for every one"
        yield _problem(one, "blocks", blocks, expected, "name an entity whose closes are drawn again, or leave blocks out")
    if one.degrees is not None and point(one.degrees) != 0:
        yield _problem(one, "degrees", one.degrees, f"0 or nothing {beside} tails", one_way)
    for factor in factors.values():
        for part in (factor.correlation or {}).values():
            yield _problem(one, "correlation", part, f"nothing {beside}", one_way)


def _problem(one: Outlook, field: str, figure: Quantity, expected: str, way_out: str) -> Problem:
    return Problem("outlook", figure.origin.place, f"{field} of outlooks.{one.id} is {figure.origin.words}", expected, way_out)


def _unknown(one: Outlook, beside: Named | None, found: str, way_out: str) -> Problem:
    """At the figure beside the name, for a name within an entry has no place of its own; else at the entry."""
    place = one.place if beside is None else beside[1].origin.place
    return Problem("outlook", place, f"outlooks.{one.id}: {found}", "a name that there is", way_out)
