"""`holdbook import bods` and `holdbook export bods`: statements of beneficial ownership into a book, and out of it.

Says so: Beneficial Ownership Data Standard, version 0.4
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from msgspec import UNSET

from holdbook.importers.kept import SIZED, left_out, of_interest, of_party, of_source
from holdbook.importers.register import Edge, Form, Party, Publication, Register, slug
from holdbook.importers.statement import (
    EntityRecord,
    Interest,
    PersonRecord,
    RelationshipRecord,
    Share,
    Statement,
    read_statements,
)

# what an interest is as a tie of a book; all others are an investment of unknown size
_TYPES = {
    **dict.fromkeys(("shareholding", "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome"), "owns"),
    **dict.fromkeys(("votingRights", "appointmentOfBoard", "otherInfluenceOrControl", "trustee", "nominator"), "controls"),
    **dict.fromkeys(("controlViaCompanyRulesOrArticles", "controlByLegalFramework"), "controls"),
    **dict.fromkeys(("boardMember", "boardChair", "seniorManagingOfficial"), "leads"),
}
_KINDS = {"registeredEntity": "company", "legalEntity": "company", "state": "institution", "stateBody": "institution"}


class _Version(NamedTuple):
    """The latest edge of one interest of a record, and the edge as it would be written again."""

    edge: Edge
    number: int


def _read(text: str, name: str) -> Register:
    return register_of(read_statements(text), name)


BODS = Form("bods", _read, "statements of the Beneficial Ownership Data Standard 0.4")


def register_of(statements: Sequence[Statement], name: str) -> Register:
    """What statements say: who there is, and who has what in whom, each version of a record known from its publication.

    A later version corrects the one before; where its part is another, the earlier one ends on the eve. An indirect interest is
    an edge that counts in no sum: the direct ones tell it again, or nobody does.
    """
    found = Register({}, [], {}, [])
    latest: dict[tuple[str, str], _Version] = {}
    for one in sorted(statements, key=lambda one: (_day(one.statement_date), _published(one))):
        details = one.record_details
        source = _source(one, found, name)
        if isinstance(details, (EntityRecord, PersonRecord)):
            party = _entity(one, details) if isinstance(details, EntityRecord) else _person(one, details)
            found.parties[one.record_id] = party._replace(source=source)
        else:
            for edge in _edges(one, details, source, latest, found.remarks):
                found.edges.append(edge)
    known = set(found.parties)
    lost = [edge for edge in found.edges if {edge.start, edge.end} - known]
    missed = Counter(path for one in statements for path in set(left_out(one)))
    if missed:
        found.remarks.append(f"not kept, for want of a field: {', '.join(f'{path} ({times})' for path, times in sorted(missed.items()))}")
    found.remarks.extend(f"not written: {edge.id}, one end of which no statement describes" for edge in lost)
    return found._replace(edges=[edge for edge in found.edges if not {edge.start, edge.end} - known])


def _day(text: str | object) -> str:
    return text[:10] if isinstance(text, str) else ""


def _published(one: Statement) -> str:
    details = one.publication_details
    return "" if details is UNSET else _day(details.publication_date)


def _source(one: Statement, found: Register, name: str) -> str:
    """The publication of a statement as a source of the book."""
    more = of_source(one)
    day = _published(one) or _day(one.statement_date)
    title = f"{more.get('publisher', 'A register of owners')}: statements of beneficial ownership"
    for number in count(1):
        key = slug(f"{name} {day} {number if number > 1 else ''}")
        if found.publications.setdefault(key, Publication(key, title, day, more))[1:] == (title, day, more):
            return key
    raise AssertionError  # numbers do not end


def _entity(one: Statement, details: EntityRecord) -> Party:
    name = details.name if isinstance(details.name, str) else f"entity {one.record_id}"
    country = "" if details.jurisdiction is UNSET else details.jurisdiction.name or details.jurisdiction.code
    numbers = (
        [] if details.identifiers is UNSET else [f"{_plain(n.scheme) or _plain(n.scheme_name)} {_plain(n.id)}" for n in details.identifiers]
    )
    return Party(
        one.record_id,
        name,
        _KINDS.get(details.entity_type.type, "institution"),
        _plain(country),
        _day(details.founding_date),
        ", ".join(numbers),
        statement=of_party(one, details),
    )


def _person(one: Statement, details: PersonRecord) -> Party:
    names = [] if details.names is UNSET else [_plain(name.full_name) for name in details.names]
    return Party(one.record_id, next(filter(None, names), f"person {one.record_id}"), "person", statement=of_party(one, details))


def _plain(text: object) -> str:
    return text if isinstance(text, str) else ""


def _edges(
    one: Statement, details: RelationshipRecord, source: str, latest: dict[tuple[str, str], _Version], remarks: list[str]
) -> Iterator[Edge]:
    """The edges of one version of a relationship, and what they end of the version before."""
    if not isinstance(details.subject, str) or not isinstance(details.interested_party, str):
        remarks.append(f"not written: {one.record_id}, one end of which is not specified")
        return
    interests: list[Interest] = [] if details.interests is UNSET else list(details.interests)
    seen: Counter[str] = Counter()
    for interest in interests:
        kind = _plain(interest.type) or "unknown"
        seen[kind] += 1
        through = interest.direct_or_indirect == "indirect"
        name = f"{kind} no {seen[kind]}" if seen[kind] > 1 else kind
        key = (one.record_id, name)
        closed = _day(interest.end_date) or (_day(one.statement_date) if one.record_status == "closed" else "")
        edge = Edge(
            slug(f"bods {one.record_id} {name}"), details.interested_party,
            "holds_through" if through else _TYPES.get(kind, "invested_in"), details.subject,
            _part(interest.share) if kind in SIZED else "", _day(interest.start_date), closed,
            _published(one) or _day(one.statement_date), source, kind, statement=of_interest(one, details, interest),
        )  # fmt: skip
        yield from _versions(edge, key, latest, _day(one.statement_date))


def _versions(edge: Edge, key: tuple[str, str], latest: dict[tuple[str, str], _Version], said: str) -> Iterator[Edge]:
    """An edge as the next version of an interest: nothing where it says the same; else it corrects, or follows, the one before.

    The day of an interest is that on which it began, however large it was: another part holds from the day of the statement, `said`.
    """
    before = latest.get(key)
    if before is None:
        latest[key] = _Version(edge, 1)
        yield edge
        return
    old, number = before
    if edge.part == old.part and old.day > edge.day:
        edge = edge._replace(day=old.day)
    if (old.part, old.day, old.until) == (edge.part, edge.day, edge.until):
        return
    begun = edge.day if edge.day > old.day else said
    if begun > old.day and not old.until and not edge.until and edge.part != old.part:
        number += 1
        eve = (date.fromisoformat(begun) - timedelta(days=1)).isoformat()
        yield old._replace(id=f"{edge.id}_{number}", until=eve, known=edge.known, source=edge.source, before=old.id, statement=None)
        old, edge = edge._replace(id=""), edge._replace(day=begun)
    number += 1
    new = edge._replace(id=f"{edge.id}_{number}", before=old.id)
    latest[key] = _Version(new, number)
    yield new


def _part(share: Share | object) -> str:
    """A share in percent, as a book writes it."""
    if not isinstance(share, Share):
        return ""
    if share.exact is not UNSET:
        return f"= {share.exact}%"
    low = share.minimum if share.minimum is not UNSET else share.exclusive_minimum
    high = share.maximum if share.maximum is not UNSET else share.exclusive_maximum
    if low is UNSET and high is UNSET:
        return ""
    return f"{0 if low is UNSET else low}%..{100 if high is UNSET else high}%"
