"""What a book keeps of a statement of beneficial ownership beyond its own nouns, and the names of what it does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import UNSET

from holdbook.importers.register import Fields
from holdbook.importers.statement import EntityRecord, Interest, PersonRecord, RelationshipRecord, Share, Statement

# the interests that have a size
SIZED = ("shareholding", "votingRights", "rightsToProfitOrIncome", "rightsToSurplusAssetsOnDissolution")
_TAKEN = {
    "": (
        "statementId",
        "statementDate",
        "declaration",
        "declarationSubject",
        "recordId",
        "recordType",
        "recordStatus",
        "isComponent",
        "componentRecords",
        "subject",
        "interestedParty",
        "personType",
        "name",
        "foundingDate",
    ),
    "publicationDetails": ("publicationDate", "bodsVersion", "license"),
    "publicationDetails.publisher": ("name",),
    "source": ("type", "description", "url"),
    "source.assertedBy": ("name",),
    "entityType": ("type",),
    "jurisdiction": ("name",),
    "names": ("fullName",),
    "interests": ("type", "directOrIndirect", "beneficialOwnershipOrControl", "startDate", "endDate"),
    "interests.share": ("exact", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"),
}
_DAYS = ("publicationDetails.publicationDate", "foundingDate")
_DAY = 10


def of_party(one: Statement, details: EntityRecord | PersonRecord) -> Fields:
    """What a book keeps of a statement on an entity or a person."""
    sort = details.entity_type.type if isinstance(details, EntityRecord) else details.person_type
    return {one.statement_id: {**_of_statement(one), "sort": sort, "component": _flag(details.is_component)}}


def of_interest(one: Statement, details: RelationshipRecord, interest: Interest) -> Fields:
    """What a book keeps of one interest of a statement on a relationship."""
    told = {
        "component": _flag(details.is_component),
        "components": [] if details.component_records is UNSET else details.component_records,
        "reach": _word(interest.direct_or_indirect),
        "beneficial": _flag(interest.beneficial_ownership_or_control),
        "began": _word(interest.start_date),
        "ended": _word(interest.end_date),
        "ends": _ends(interest.share),
    }
    return {one.statement_id: {**_of_statement(one), **told}}


def of_source(one: Statement) -> dict[str, str | tuple[str, ...]]:
    """What a book keeps of who published a statement and where it comes from, as fields of a source."""
    details, source = one.publication_details, one.source
    found: dict[str, str | tuple[str, ...]] = {}
    if details is not UNSET:
        found |= {"publisher": _word(details.publisher.name), "licence": _word(details.license)}
    if source is not UNSET:
        asserted = [] if source.asserted_by is UNSET else source.asserted_by
        types = [] if source.type is UNSET else source.type
        found |= {"author": "; ".join(_word(who.name) for who in asserted), "url": _word(source.url), "note": _word(source.description)}
        found["tags"] = tuple(types)
    return {name: value for name, value in found.items() if value}


def _of_statement(one: Statement) -> dict[str, Any]:
    words = {"dated": _word(one.statement_date), "status": one.record_status, "declaration": _word(one.declaration)}
    return {"record": one.record_id, "about": one.declaration_subject, **words, "left_out": sorted(set(left_out(one)))}


def left_out(one: Statement) -> Iterator[str]:
    """The fields of a statement that no book keeps, or not whole: `addresses`, `names.givenName`."""
    raw = msgspec.to_builtins(one)
    details = raw.pop("recordDetails")
    yield from _untaken(details | raw, "")
    for interest in details.get("interests", ()):
        if "share" in interest and interest.get("type") not in SIZED:
            yield "interests.share"


def _untaken(found: Any, path: str) -> Iterator[str]:
    if isinstance(found, list):
        if path == "names" and len(found) > 1:
            yield path
        for item in found:
            yield from _untaken(item, path)
    elif isinstance(found, dict):
        for name, value in found.items():
            inner = f"{path}.{name}".lstrip(".")
            if inner in _TAKEN:
                yield from _untaken(value, inner)
            elif name not in _TAKEN[path] or (inner in _DAYS and len(value) > _DAY):
                yield inner


def _ends(share: Share | object) -> list[str]:
    """Which ends of a share a statement gives, in the words of the standard."""
    return [] if not isinstance(share, Share) else [name for name in share.__struct_encode_fields__ if name in msgspec.to_builtins(share)]


def _flag(told: bool | object) -> str:
    return "" if told is UNSET else "yes" if told else "no"


def _word(text: object) -> str:
    return text if isinstance(text, str) else ""
