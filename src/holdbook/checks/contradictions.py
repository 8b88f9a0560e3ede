"""Who contradicts whom: entries on the same subject, measure, basis and period, found without being asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import msgspec

from holdbook.checks.compare import agree
from holdbook.dates import Span
from holdbook.model.balance import Balance
from holdbook.model.book import Book
from holdbook.model.claim import Claim
from holdbook.model.fact import Fact
from holdbook.model.mark import Mark
from holdbook.model.move import Move
from holdbook.model.nouns import NOUNS
from holdbook.model.result import Result
from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade
from holdbook.problems import Problem, Side
from holdbook.quantity.quantity import Quantity

Said = Quantity | Span | str
_FIGURES = (
    "amount",
    "shares",
    "price",
    "value",
    "part",
    "holdings",
    "net_debt",
    "nav",
    "loan_to_value",
    "nav_per_share",
    "change",
    "count",
    "ratio",
    "principal",
    "settlement",
)


class Telling(msgspec.Struct, frozen=True):
    """What one entry says of a measure."""

    fact: Fact
    field: str
    said: Said
    denied: bool = False


class Contradiction(msgspec.Struct, frozen=True):
    """Two entries that cannot both be true, and what they are about."""

    subject: str
    measure: str
    left: Telling
    right: Telling
    explained: str = ""


def contradictions(book: Book) -> list[Contradiction]:
    """All pairs of entries that exclude each other: of one subject, measure, basis and period, or one telling the other again."""
    found = [*_paired(book), *_retold(book)]
    unique = {(one.left.fact.place, one.right.fact.place, one.left.field): one for one in found}
    return list(unique.values())


def unexplained(found: list[Contradiction]) -> list[Problem]:
    """Those between two facts of the book, neither of which says why they differ: faults. Claims may contradict as they like."""
    return [
        _problem(one)
        for one in found
        if not one.explained and not isinstance(one.left.fact, Claim) and not isinstance(one.right.fact, Claim)
    ]


def _problem(one: Contradiction) -> Problem:
    sides = (Side(one.right.fact.place, f"{one.right.fact.noun}.{one.right.fact.id} says {_words(one.right)}"),)
    return Problem(
        "contradiction", one.left.fact.place, f"{one.left.fact.noun}.{one.left.fact.id} says {_words(one.left)} for {one.measure} of {one.subject}",
        "what the other entry says", "let one supersede the other, make one a claim, or say why in known_difference", sides=sides,
    )  # fmt: skip


def _words(telling: Telling) -> str:
    said = telling.said
    return (said.origin.words or said.title) if isinstance(said, Quantity) else str(said)


def _paired(book: Book) -> Iterator[Contradiction]:
    groups: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for key, telling in _tellings(book):
        groups[key].append(telling)
    for key, tellings in groups.items():
        for left, right in combinations(tellings, 2):
            if _linked(book, left.fact, right.fact) or not _exclude(left, right):
                continue
            yield Contradiction(key[0], key[1], left, right, left.fact.known_difference or right.fact.known_difference or "")


def _linked(book: Book, left: Fact, right: Fact) -> bool:
    """Whether one of the two corrects the other or tells it again, directly or through others."""
    return left.noun == right.noun and bool(_chain(book, left) & _chain(book, right))


def _chain(book: Book, fact: Fact) -> set[str]:
    """An entry and those that it corrects or restates, by id."""
    found, rest = set(), [fact.id]
    while rest:
        name = rest.pop()
        entry = book.tables.get(fact.noun, {}).get(name)
        if name not in found and entry is not None:
            found.add(name)
            rest += [link for link in (entry.restates, entry.supersedes) if link is not None]
    return found


def _exclude(left: Telling, right: Telling) -> bool:
    """Whether the two cannot both hold; figures in different units are not compared."""
    a, b = left.said, right.said
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return a.unit is b.unit and agree(a, b) == "inconsistent"
    if isinstance(a, Span) and isinstance(b, Span):
        if left.denied and right.denied:
            return False
        if left.denied or right.denied:
            return a.within(b) if right.denied else b.within(a)
        return not a.meets(b)
    if isinstance(a, str) and isinstance(b, str):
        return a.casefold() != b.casefold()
    return False


def _tellings(book: Book) -> Iterator[tuple[tuple[str, ...], Telling]]:
    for claim in book.all(Claim):
        yield from _claimed(claim)
    for fact in _keyed(book):
        key = _key(book, fact)
        for field in _FIGURES:
            said = getattr(fact, field, None)
            if isinstance(said, Quantity):
                yield (*key, field), Telling(fact, field, said)


def _claimed(claim: Claim) -> Iterator[tuple[tuple[str, ...], Telling]]:
    subject, measure = claim.subject, claim.measure
    if subject is None or measure is None:
        return
    key = (subject, measure, claim.basis or "", str(claim.period[:2] if claim.period else ""))
    for field in ("says", "says_day", "says_text"):
        said = getattr(claim, field)
        if said is not None:
            yield key, Telling(claim, field, said)
    if claim.says_not_day is not None:
        yield key, Telling(claim, "says_day", claim.says_not_day, denied=True)


def _keyed(book: Book) -> Iterator[Fact]:
    for noun in (Balance, Mark, Move, Result, Stake, Statement):
        yield from (fact for fact in book.all(noun) if fact.day is not None)


def _key(book: Book, fact: Fact) -> tuple[str, ...]:
    """Subject, measure, basis, period: what makes two entries speak of the same thing."""
    parts = [getattr(fact, name, None) for name in ("asset", "subject", "debt")]
    owner = next((getattr(fact, name) or book.head.company for name in ("holder", "entity", "company") if hasattr(fact, name)), None)
    parts += [owner] if owner != book.head.company or not any(parts) else []
    subject = " ".join(str(part) for part in parts if part)
    words = [getattr(fact, name, None) for name in ("item", "by", "measure", "kind", "about", "of", "net", "binds", "pro_forma")]
    measure = " ".join(str(word) for word in words if word)
    assert fact.day is not None
    return subject, f"{fact.noun} {measure}".strip(), fact.basis or "", str(fact.day[:2])


def _retold(book: Book) -> Iterator[Contradiction]:
    """Entries that tell another one again, field by field against it."""
    for noun in NOUNS.values():
        for fact in book.all(noun):
            first = book.get(noun, fact.restates) if fact.restates else None
            if first is not None:
                yield from _differences(first, fact)


def _differences(first: Fact, again: Fact) -> Iterator[Contradiction]:
    for field in (*_FIGURES, *(("day", "holder") if isinstance(first, Trade) else ())):
        a, b = getattr(first, field, None), getattr(again, field, None)
        left, right = Telling(first, field, a), Telling(again, field, b)  # type: ignore[arg-type]
        if a is not None and b is not None and _exclude(left, right):
            yield Contradiction(f"{first.noun}.{first.id}", field, left, right, again.known_difference or first.known_difference or "")
