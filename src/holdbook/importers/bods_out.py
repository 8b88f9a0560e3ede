"""`holdbook export bods`: who owns whom in a book on a day, as statements of the Beneficial Ownership Data Standard, version 0.4."""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b

from msgspec import UNSET, UnsetType

from holdbook.importers.statement import (
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
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View

VERSION = "0.4"
_INTERESTS = {"owns": "shareholding", "invested_in": "shareholding", "controls": "votingRights", "manages": "otherInfluenceOrControl"}
_TYPES = {"company": "registeredEntity", "holding": "registeredEntity", "fund": "arrangement", "institution": "legalEntity"}


def statements_of(view: View) -> list[Statement]:
    """The owners and the owned of the day, and the ties between them: entities and people first, each once, by id.

    A part with its bounds is a share with its ends; one that nobody stated is left out, as the standard has it.
    """
    ties = of_types(view, (*OWNED, "manages"))
    parties = sorted({end for tie in ties for end in (tie.start, tie.end)})
    return [_party(view, node) for node in parties] + [_tie(view, tie) for tie in sorted(ties, key=lambda tie: tie.key)]


def _key(view: View, *words: str) -> str:
    """The same for the same book, day and entry, in every run."""
    text = "|".join((view.book.head.name, view.day.isoformat(), view.known_on.isoformat(), *words))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _statement(view: View, kind: str, name: str, details: object, source: str = "") -> Statement:
    return Statement(
        statement_id=_key(view, kind, name),
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


def _party(view: View, node: str) -> Statement:
    entity = view.book.get(Entity, node)
    name = view.book.name_of(node)
    if entity is not None and entity.kind == "person":
        return _statement(
            view, "person", node, PersonRecord(is_component=False, person_type="knownPerson", names=[Name(type="legal", full_name=name)])
        )
    kind = _TYPES.get((entity.kind if entity else None) or "company", "unknownEntity")
    where = Place(name=entity.country) if entity is not None and entity.country else UNSET
    founded = entity.founded if entity is not None else None
    begun = founded.first.isoformat() if founded is not None and founded.is_day else UNSET
    details = EntityRecord(is_component=False, entity_type=EntityType(type=kind), name=name, jurisdiction=where, founding_date=begun)
    return _statement(view, "entity", node, details)


def _tie(view: View, tie: Tie) -> Statement:
    day, until = tie.fact.day, tie.fact.until
    interest = Interest(
        type=_INTERESTS[tie.type],
        direct_or_indirect="direct",
        beneficial_ownership_or_control=False,
        details=tie.role or UNSET,
        share=UNSET if tie.fact.part is None else _share(tie.fact.part),
        start_date=day.first.isoformat() if day is not None and day.is_day else UNSET,
        end_date=until.last.isoformat() if until is not None and until.is_day else UNSET,
    )
    details = RelationshipRecord(is_component=False, subject=tie.end, interested_party=tie.start, interests=[interest])
    return _statement(view, "relationship", tie.key, details, tie.fact.source or "")


def _share(part: Quantity) -> Share | UnsetType:
    """A part as a share in percent: exact where it is a point, else between its ends; nothing where nothing is known of it."""
    if part.stated is None or part.stated.is_unknown:
        return UNSET
    low, high, low_open, high_open = part.stated.core
    if low is not None and low == high:
        return Share(exact=_percent(low))
    least = {"exclusive_minimum" if low_open else "minimum": _percent(low or Fraction(0))}
    most = {"exclusive_maximum" if high_open else "maximum": _percent(Fraction(1) if high is None else high)}
    return Share(**least, **most)


def _percent(part: Fraction) -> int | float:
    percent = part * 100
    return int(percent) if percent.denominator == 1 else float(percent)
