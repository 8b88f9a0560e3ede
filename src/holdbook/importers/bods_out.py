"""`holdbook export bods`: who owns whom in a book on a day, as statements of the Beneficial Ownership Data Standard, version 0.4.

What a register stated comes back as its statement, under the id that it had there; a remark on it names what no book keeps.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b
from typing import Any, NamedTuple

from msgspec import UNSET, UnsetType

from holdbook.importers.statement import (
    Annotation,
    EntityRecord,
    EntityType,
    Interest,
    Name,
    PersonRecord,
    Place,
    Publication,
    Publisher,
    RelationshipRecord,
    Share,
    Source,
    Statement,
)
from holdbook.measures.ownership import OWNED
from holdbook.measures.ties import Tie, of_types
from holdbook.model.entity import Entity
from holdbook.model.fact import Fact
from holdbook.model.registered import Registered
from holdbook.model.relation import Relation
from holdbook.model.source import Source as Publishing
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View

VERSION = "0.4"
_INTERESTS = {"owns": "shareholding", "invested_in": "shareholding", "controls": "votingRights", "manages": "otherInfluenceOrControl"}
_TYPES = {"company": "registeredEntity", "holding": "registeredEntity", "fund": "arrangement", "institution": "legalEntity"}
_NOT_KEPT = "not kept by the book from which this was written: "


class _Told(NamedTuple):
    """The statement of a register that an entry was made of: its id there, what it said, how it was published."""

    id: str
    said: Registered
    published: Publishing | None


def statements_of(view: View) -> list[Statement]:
    """The owners and the owned of the day, and the ties between them: entities and people first, each once, by id.

    A part with its bounds is a share with its ends; one that nobody stated is left out, as the standard has it. The interests of one
    record of a register are one statement again, the latest of them, with those that it ended.
    """
    records: dict[tuple[str, ...], list[Tie]] = {}
    for tie in sorted(of_types(view, (*OWNED, "manages", "holds_through", "leads"), ("now", "former")), key=lambda tie: tie.fact.place):
        told = _told(view, tie.fact)
        if told is not None or tie.type in _INTERESTS:
            records.setdefault((tie.key,) if told is None else (told.said.record, tie.start, tie.end), []).append(tie)
    ties = sorted((now for some in records.values() if (now := _of_day(view, some))), key=lambda some: some[-1].key)
    parties = sorted({end for some in ties for end in (some[0].start, some[0].end)})
    return [_party(view, node) for node in parties] + [_record(view, some) for some in ties]


def left_out(statements: list[Statement]) -> list[str]:
    """What statements of a register said there and do not say here, each once."""
    remarks = [remark.description for one in statements if one.annotations is not UNSET for remark in one.annotations]
    return sorted({name for text in remarks if isinstance(text, str) for name in text.removeprefix(_NOT_KEPT).split(", ")})


def _told(view: View, fact: Fact | None) -> _Told | None:
    """What a register said of an entry, if it came from one and was known."""
    if not isinstance(fact, (Relation, Entity)) or not fact.statement or fact.learnt > view.known_on:
        return None
    name, said = next(iter(fact.statement.items()))
    return _Told(name, said, view.book.get(Publishing, (fact.source or "").partition(" ")[0]))


def _of_day(view: View, ties: list[Tie]) -> list[Tie]:
    """The ties of a record that are of the day, and those that its latest statement ended; none of a record of which none is."""
    days = [told.said.dated or "" if (told := _told(view, tie.fact)) else "" for tie in ties]
    kept = [tie for tie, day in zip(ties, days, strict=True) if tie.when == "now" or day == max(days)]
    return kept if any(tie.when == "now" for tie in kept) else []


def _statement(view: View, kind: str, name: str, details: object, told: _Told | None, source: str = "") -> Statement:
    """A statement as the register made it, as far as the book keeps it, or one of our own."""
    if told is None:
        text = f"{view.book.head.name}|{view.day.isoformat()}|{view.known_on.isoformat()}|{kind}|{name}"
        return Statement(
            statement_id=blake2b(text.encode(), digest_size=16).hexdigest(),  # the same for the same book, day and entry, in every run
            statement_date=view.day.isoformat(),
            publication_details=Publication(
                publication_date=view.known_on.isoformat(), bods_version=VERSION, publisher=Publisher(name=view.book.head.name)
            ),
            source=Source(description=source) if source else UNSET,
            declaration_subject=view.company,
            record_id=name,
            record_type=kind,
            record_status="new",
            record_details=details,
        )
    return Statement(
        statement_id=told.id,
        statement_date=told.said.dated or UNSET,
        annotations=_remark(view, told.said),
        publication_details=_publication(told.published),
        source=_source(told.published),
        declaration=told.said.declaration or UNSET,
        declaration_subject=told.said.about,
        record_id=told.said.record,
        record_type=kind,
        record_status=told.said.status or "new",
        record_details=details,
    )


def _remark(view: View, said: Registered) -> list[Annotation] | UnsetType:
    if not said.left_out:
        return UNSET
    return [
        Annotation(
            statement_pointer_target="/",
            creation_date=view.known_on.isoformat(),
            created_by=Publisher(name=view.book.head.name),
            motivation="commenting",
            description=f"{_NOT_KEPT}{', '.join(said.left_out)}",
        )
    ]


def _publication(published: Publishing | None) -> Publication | UnsetType:
    if published is None or published.publisher is None or published.published is None:
        return UNSET
    return Publication(
        publication_date=published.published.first.isoformat(),
        bods_version=VERSION,
        license=published.licence or UNSET,
        publisher=Publisher(name=published.publisher),
    )


def _source(published: Publishing | None) -> Source | UnsetType:
    if published is None:
        return UNSET
    found = Source(
        type=list(published.tags) if published.tags else UNSET,
        description=published.note or UNSET,
        url=published.url or UNSET,
        asserted_by=[Publisher(name=name) for name in published.author.split("; ")] if published.author else UNSET,
    )
    return UNSET if found == Source() else found


def _party(view: View, node: str) -> Statement:
    entity = view.book.get(Entity, node)
    name, told = view.book.name_of(node), _told(view, entity)
    sort, component = (told.said.sort, bool(told.said.component)) if told else (None, False)
    if entity is not None and entity.kind == "person":
        names = [Name(full_name=name) if told else Name(type="legal", full_name=name)]
        person = PersonRecord(is_component=component, person_type=sort or "knownPerson", names=names)
        return _statement(view, "person", node, person, told)
    kind = sort or _TYPES.get((entity.kind if entity else None) or "company", "unknownEntity")
    where = Place(name=entity.country) if entity is not None and entity.country else UNSET
    founded = entity.founded if entity is not None else None
    begun = founded.first.isoformat() if founded is not None and founded.is_day else UNSET
    details = EntityRecord(is_component=component, entity_type=EntityType(type=kind), name=name, jurisdiction=where, founding_date=begun)
    return _statement(view, "entity", node, details, told)


def _record(view: View, ties: list[Tie]) -> Statement:
    """One relationship and its interests, under the latest of their statements."""
    told = max((one for tie in ties if (one := _told(view, tie.fact))), key=lambda one: one.said.dated or "", default=None)
    first = ties[0]
    details = RelationshipRecord(
        is_component=bool(told and told.said.component),
        component_records=list(told.said.components) if told and told.said.components else UNSET,
        subject=_record_id(view, first.end),
        interested_party=_record_id(view, first.start),
        interests=[_interest(view, tie) for tie in ties],
    )
    return _statement(view, "relationship", first.key, details, told, first.fact.source or "")


def _record_id(view: View, node: str) -> str:
    told = _told(view, view.book.get(Entity, node))
    return node if told is None else told.said.record


def _interest(view: View, tie: Tie) -> Interest:
    told, part = _told(view, tie.fact), tie.fact.part
    if told is not None:
        said = told.said
        return Interest(
            type=UNSET if tie.role == "unknown" else tie.role or _INTERESTS.get(tie.type, UNSET),
            direct_or_indirect=said.reach or UNSET,
            beneficial_ownership_or_control=UNSET if said.beneficial is None else said.beneficial,
            share=UNSET if part is None else _share(part, said.ends),
            start_date=said.began or UNSET,
            end_date=said.ended or UNSET,
        )
    day, until = tie.fact.day, tie.fact.until
    return Interest(
        type=_INTERESTS[tie.type],
        direct_or_indirect="direct",
        details=tie.role or UNSET,
        share=UNSET if part is None else _share(part),
        start_date=day.first.isoformat() if day is not None and day.is_day else UNSET,
        end_date=until.last.isoformat() if until is not None and until.is_day else UNSET,
    )


def _share(part: Quantity, ends: tuple[str, ...] | None = None) -> Share | UnsetType:
    """A part as a share in percent: exact where it is a point, else between its ends, those alone that a register named in `ends`."""
    if part.stated is None or part.stated.is_unknown:
        return UNSET
    low, high, low_open, high_open = part.stated.core
    least, most = _percent(low or Fraction(0)), _percent(Fraction(1) if high is None else high)
    if ends:
        told: dict[str, Any] = {name: most if name in ("maximum", "exclusiveMaximum") else least for name in ends}
        return Share(**{_SPELT[name]: value for name, value in told.items()})
    if low is not None and low == high:
        return Share(exact=least)
    return Share(**{"exclusive_minimum" if low_open else "minimum": least}, **{"exclusive_maximum" if high_open else "maximum": most})


def _percent(part: Fraction) -> int | float:
    percent = part * 100
    return int(percent) if percent.denominator == 1 else float(percent)


_SPELT = dict(zip(Share.__struct_encode_fields__, Share.__struct_fields__, strict=True))
