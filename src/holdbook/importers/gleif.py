"""`holdbook import gleif`: records of the Global Legal Entity Identifier Foundation into a book, and as statements of ownership.

Says so: gleif.org, Level 1 data (who is who) and Level 2 data (who owns whom, and why somebody does not say) in their JSON and XML forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import md5
from typing import Any
from uuid import UUID

import msgspec

from holdbook.importers.gleif_xml import records_of_xml
from holdbook.importers.register import Edge, Form, Party, Publication, Register, slug

Record = dict[str, Any]
_CHILD_FIRST = ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY", "IS_FUND-MANAGED_BY", "IS_SUBFUND_OF")
# how the end of a record holds its start; a feeder holds its master, so it is the other way round
_TYPES = {
    "IS_DIRECTLY_CONSOLIDATED_BY": ("controls", "parent that consolidates it"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": ("controls", "ultimate parent that consolidates it"),
    "IS_FUND-MANAGED_BY": ("manages", "manager of the fund"),
    "IS_SUBFUND_OF": ("manages", "umbrella of the fund"),
    "IS_INTERNATIONAL_BRANCH_OF": ("controls", "head office of the branch"),
}
_LEVELS = {"IS_ULTIMATELY_CONSOLIDATED_BY": "indirect"}


def read_records(text: str) -> list[Record]:
    """The records of a file in JSON or XML: of entities, of relationships, of reasons why none is reported.

    Raises ValueError for what is none of these.
    """
    found = records_of_xml(text) if text.lstrip("\ufeff \r\n\t").startswith("<") else msgspec.json.decode(text)
    if not isinstance(found, list):
        raise ValueError("a list of records is expected")  # noqa: TRY004 - the text is wrong, not a type of the program
    for number, record in enumerate(found):
        wanted = _wanted(record)
        missing = [path for path in wanted if not isinstance(_at(record, path), str)]
        if not wanted or missing:
            raise ValueError(f"$[{number}]: no {missing[0] if missing else 'Relationship, Entity or ExceptionReason'}")
    return found


def _wanted(record: Any) -> tuple[str, ...]:
    """What a record of its sort must say."""
    if not isinstance(record, dict):
        return ()
    if "Relationship" in record:
        ends = ("Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID")
        return (*ends, "Relationship.RelationshipType", "Registration.LastUpdateDate")
    if "Entity" in record:
        return ("LEI", "Entity.LegalName", "Registration.LastUpdateDate")
    return ("LEI", "ExceptionReason", "ExceptionCategory") if "ExceptionReason" in record else ()


def _at(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _read(text: str, name: str) -> Register:
    return register_of(read_records(text), name)


GLEIF = Form("gleif", _read, "records of the GLEIF, in JSON or XML")


def register_of(records: Sequence[Record], name: str) -> Register:
    """Who there is and who consolidates or manages whom; an ultimate parent is an edge only where no direct one is named."""
    found = Register({}, [], {}, [])
    for record in records:
        if "Entity" in record:
            found.parties[record["LEI"]] = _party(record)
            _source(record, found, name)
    ties = [record for record in records if "Relationship" in record]
    latest: dict[str, Edge] = {}
    direct = {_at(one, "Relationship.StartNode.NodeID") for one in ties if one["Relationship"]["RelationshipType"] == _CHILD_FIRST[0]}
    for one in ties:
        start = one["Relationship"]["StartNode"]["NodeID"]
        if one["Relationship"]["RelationshipType"] == _CHILD_FIRST[1] and start in direct:
            found.remarks.append(f"not written: the ultimate parent of {start}, which has a direct one")
            continue
        edge = _edge(one, found, name)
        before = latest.get(edge.id)
        if before is not None and edge[1:8] == before[1:8]:
            continue
        latest[edge.id] = edge if before is None else edge._replace(id=f"{before.id}_again", before=before.id)
        found.edges.append(latest[edge.id])
    silent = [record for record in records if "ExceptionReason" in record]
    if silent:
        reasons = sorted({record["ExceptionReason"] for record in silent})
        found.remarks.append(f"{len(silent)} entities report no parent: {', '.join(reasons)}")
    return found


def _party(record: Record) -> Party:
    entity = record["Entity"]
    fund = entity.get("EntityCategory") == "FUND"
    note = f"LEI {record['LEI']}"
    return Party(
        record["LEI"], entity["LegalName"], "fund" if fund else "company", str(entity.get("LegalJurisdiction") or ""),
        str(entity.get("EntityCreationDate") or "")[:10], note, _id(record["LEI"]),
    )  # fmt: skip


def _id(lei: str) -> str:
    """The id of an entity: the same in every file, since the number is the same everywhere."""
    return slug(f"lei {lei}")


def _edge(record: Record, found: Register, name: str) -> Edge:
    tie = record["Relationship"]
    child, parent, kind = tie["StartNode"]["NodeID"], tie["EndNode"]["NodeID"], tie["RelationshipType"]
    for lei in (child, parent):
        found.parties.setdefault(lei, Party(lei, lei, "company", note="its name stands in no record that was read", id=_id(lei)))
    day = record["Registration"]["LastUpdateDate"][:10]
    source = _source(record, found, name)
    type_, role = _TYPES.get(kind, ("invested_in", kind))
    start, end = (parent, child) if kind in _TYPES else (child, parent)
    begun, ended = _period(tie)
    return Edge(slug(f"gleif {child} {kind} {parent}"), start, type_, end, "", begun[:10], ended[:10], day, source, role)


def _source(record: Record, found: Register, name: str) -> str:
    """The day of a record's last update as a source of the book."""
    day = record["Registration"]["LastUpdateDate"][:10]
    source = slug(f"{name} {day}")
    found.publications.setdefault(source, Publication(source, "Global Legal Entity Identifier Foundation: records of entities", day))
    return source


def _period(tie: Record) -> tuple[str, str]:
    """From when to when a relationship holds, as far as it says."""
    told = [one for one in tie.get("RelationshipPeriods") or [] if one.get("PeriodType") == "RELATIONSHIP_PERIOD"]
    return (str(told[0].get("StartDate") or ""), str(told[0].get("EndDate") or "")) if told else ("", "")


def statements(
    records: Sequence[Record],
    published: date,
    *,
    described: Mapping[str, str] | None = None,
    countries: Mapping[str, str] | None = None,
    annotated: bool = False,
) -> list[dict[str, Any]]:
    """Records of entities and relationships as the Open Ownership register publishes them: statements of the standard, version 0.2.

    `described` names the statement that describes an entity, by its identifier, where it is not the one without a day. `countries`
    gives the names of jurisdictions by their codes; without a name the code stands. `annotated` is the later form of that register: it
    says which relationship it was, and leaves open whether it is direct.
    """
    return [
        _entity_statement(one, published, countries or {})
        if "Entity" in one
        else _tie_statement(one, published, described or {}, annotated=annotated)
        for one in records
        if "Entity" in one or "Relationship" in one
    ]


def statement_id(*words: str) -> str:
    """The id that the register of Open Ownership gives: a digest of who, when and what, written as a UUID.

    >>> statement_id("5493001Z012YSB2A0K51", "entityStatement")
    '97e2090a-9a29-3d48-3229-6cf390a8cf55'
    """
    return str(UUID(md5("-".join(words).encode(), usedforsecurity=False).hexdigest()))


def _publication(record: Record, published: date) -> dict[str, Any]:
    home = "https://register.openownership.org"
    verified = ["verified"] if record["Registration"].get("ValidationSources") == "FULLY_CORROBORATED" else []
    return {
        "publicationDetails": {
            "publicationDate": published.isoformat(),
            "bodsVersion": "0.2",
            "license": f"{home}/terms-and-conditions",
            "publisher": {"name": "OpenOwnership Register", "url": home},
        },
        "source": {"type": ["officialRegister", *verified], "description": "GLEIF"},
    }


def _entity_statement(record: Record, published: date, countries: Mapping[str, str]) -> dict[str, Any]:
    entity, lei, updated = record["Entity"], record["LEI"], record["Registration"]["LastUpdateDate"]
    place = str(entity.get("LegalJurisdiction") or "")
    found = {
        "statementID": statement_id(f"{lei}_{updated}", "entityStatement"),
        "statementType": "entityStatement",
        "statementDate": updated[:10],
        "entityType": "registeredEntity",
        "name": entity["LegalName"],
        "incorporatedInJurisdiction": {"name": countries.get(place, place), "code": place},
        "identifiers": [{"id": lei, "scheme": "XI-LEI", "schemeName": "Global Legal Entity Identifier Index"}, *_registered(entity)],
        "addresses": [
            _address(kind, entity[field]) for kind, field in (("registered", "LegalAddress"), ("business", "HeadquartersAddress")) if field in entity
        ],
        **_publication(record, published),
    }  # fmt: skip
    return found | ({"foundingDate": entity["EntityCreationDate"]} if "EntityCreationDate" in entity else {})


def _registered(entity: Record) -> list[dict[str, str]]:
    authority = entity.get("RegistrationAuthority") or {}
    number = {"id": authority["RegistrationAuthorityEntityID"]} if "RegistrationAuthorityEntityID" in authority else {}
    return [number | {"schemeName": authority["RegistrationAuthorityID"]}] if "RegistrationAuthorityID" in authority else []


def _address(kind: str, told: Record) -> dict[str, str]:
    found = {"type": kind, "address": f"{told['FirstAddressLine']}, {told['City']}", "country": told["Country"]}
    return found | ({"postCode": told["PostalCode"]} if "PostalCode" in told else {})


def _tie_statement(record: Record, published: date, described: Mapping[str, str], *, annotated: bool) -> dict[str, Any]:
    tie, updated = record["Relationship"], record["Registration"]["LastUpdateDate"]
    child, parent, kind = tie["StartNode"]["NodeID"], tie["EndNode"]["NodeID"], tie["RelationshipType"]
    begun, ended = _period(tie)
    interest = {
        "type": "other-influence-or-control",
        "interestLevel": "unknown" if annotated else _LEVELS.get(kind, "direct"),
        "beneficialOwnershipOrControl": False,
        **({"startDate": begun} if begun else {}),
        **({"endDate": ended} if ended else {}),
        **({"details": f"LEI RelationshipType: {kind}"} if annotated else {}),
    }
    ends = ({"describedByEntityStatement": described.get(lei) or statement_id(lei, "entityStatement")} for lei in (child, parent))
    return {
        "statementID": statement_id(f"{child}_{parent}_{kind}_{updated}", "ownershipOrControlStatement"),
        "statementType": "ownershipOrControlStatement",
        "statementDate": updated[:10],
        "subject": next(ends),
        "interestedParty": next(ends),
        "interests": [interest],
        **({"annotations": [_annotation(child, parent, published)]} if annotated else {}),
        **_publication(record, published),
    }


def _annotation(child: str, parent: str, published: date) -> dict[str, Any]:
    return {
        "motivation": "commenting",
        "description": f"Describes GLEIF relationship: {child} is subject, {parent} is interested party",
        "statementPointerTarget": "/",
        "creationDate": published.isoformat(),
        "createdBy": {"name": "Open Ownership", "uri": "https://www.openownership.org"},
    }
