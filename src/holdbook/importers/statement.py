"""A statement of the Beneficial Ownership Data Standard, version 0.4: its shapes, complete, so that what is read is written back whole.

Says so: standard.openownership.org, version 0.4.0. What is not there stays apart from what is there and empty.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

Words = str | UnsetType
Number = int | float | UnsetType


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="camel"):
    """An object of the standard: fields in its own spelling, nothing that it does not know."""


class Publisher(Shape, frozen=True):
    """Who published, or says so."""

    name: Words = UNSET
    url: Words = UNSET
    uri: Words = UNSET


class Publication(Shape, frozen=True, kw_only=True):
    """When, by whom and in which version a statement was published."""

    publication_date: str
    bods_version: str
    license: Words = UNSET
    publisher: Publisher


class Source(Shape, frozen=True):
    """Where the information comes from."""

    type: list[str] | UnsetType = UNSET
    description: Words = UNSET
    url: Words = UNSET
    retrieved_at: Words = UNSET
    asserted_by: list[Publisher] | UnsetType = UNSET


class Annotation(Shape, frozen=True):
    """A remark on a part of a statement."""

    statement_pointer_target: Words = UNSET
    creation_date: Words = UNSET
    created_by: Publisher | UnsetType = UNSET
    motivation: Words = UNSET
    description: Words = UNSET
    transformed_content: Words = UNSET
    url: Words = UNSET


class Place(Shape, frozen=True):
    """A country or a jurisdiction."""

    name: Words = UNSET
    code: Words = UNSET


class Identifier(Shape, frozen=True):
    """A number under which a register knows somebody."""

    id: Words = UNSET
    scheme: Words = UNSET
    scheme_name: Words = UNSET
    uri: Words = UNSET


class Address(Shape, frozen=True):
    """An address and what it is for."""

    type: Words = UNSET
    address: Words = UNSET
    post_code: Words = UNSET
    country: Place | UnsetType = UNSET


class Unspecified(Shape, frozen=True):
    """Why somebody is not named."""

    reason: Words = UNSET
    description: Words = UNSET


class Name(Shape, frozen=True):
    """A name of a person."""

    type: Words = UNSET
    full_name: Words = UNSET
    family_name: Words = UNSET
    given_name: Words = UNSET
    patronymic_name: Words = UNSET


class EntityType(Shape, frozen=True):
    """What sort of entity."""

    type: str
    subtype: Words = UNSET
    details: Words = UNSET


class Listing(Shape, frozen=True):
    """Where an entity is listed; the lists of filings and securities are kept as they are."""

    has_public_listing: bool | UnsetType = UNSET
    company_filings_urls: Any = msgspec.field(default=UNSET, name="companyFilingsURLs")
    securities_listings: Any = UNSET


class EntityRecord(Shape, frozen=True, kw_only=True):
    """What is said of an entity."""

    is_component: bool
    entity_type: EntityType
    unspecified_entity_details: Unspecified | UnsetType = UNSET
    name: Words = UNSET
    alternate_names: list[str] | UnsetType = UNSET
    jurisdiction: Place | UnsetType = UNSET
    identifiers: list[Identifier] | UnsetType = UNSET
    founding_date: Words = UNSET
    dissolution_date: Words = UNSET
    addresses: list[Address] | UnsetType = UNSET
    uri: Words = UNSET
    public_listing: Listing | UnsetType = UNSET
    formed_by_statute: Any = UNSET


class PersonRecord(Shape, frozen=True, kw_only=True):
    """What is said of a person; what is said of political exposure is kept as it is."""

    is_component: bool
    person_type: str
    unspecified_person_details: Unspecified | UnsetType = UNSET
    names: list[Name] | UnsetType = UNSET
    identifiers: list[Identifier] | UnsetType = UNSET
    nationalities: list[Place] | UnsetType = UNSET
    place_of_birth: Address | UnsetType = UNSET
    birth_date: Words = UNSET
    death_date: Words = UNSET
    tax_residencies: list[Place] | UnsetType = UNSET
    addresses: list[Address] | UnsetType = UNSET
    political_exposure: Any = UNSET


class Share(Shape, frozen=True):
    """How much of it, in percent: exactly, or between two ends."""

    exact: Number = UNSET
    minimum: Number = UNSET
    exclusive_minimum: Number = UNSET
    maximum: Number = UNSET
    exclusive_maximum: Number = UNSET


class Interest(Shape, frozen=True):
    """One interest: shares, votes, a seat on the board."""

    type: Words = UNSET
    direct_or_indirect: Words = UNSET
    beneficial_ownership_or_control: bool | UnsetType = UNSET
    details: Words = UNSET
    share: Share | UnsetType = UNSET
    start_date: Words = UNSET
    end_date: Words = UNSET


class RelationshipRecord(Shape, frozen=True, kw_only=True):
    """Who has which interests in whom."""

    is_component: bool
    component_records: list[str] | UnsetType = UNSET
    subject: str | Unspecified
    interested_party: str | Unspecified
    interests: list[Interest] | UnsetType = UNSET


class Statement(Shape, frozen=True, kw_only=True):
    """One statement, as published on a day; `record_details` is an EntityRecord, a PersonRecord or a RelationshipRecord."""

    statement_id: str
    statement_date: Words = UNSET
    annotations: list[Annotation] | UnsetType = UNSET
    publication_details: Publication | UnsetType = UNSET
    source: Source | UnsetType = UNSET
    declaration: Words = UNSET
    declaration_subject: str
    record_id: str
    record_type: str
    record_status: str
    record_details: Any


_RECORDS: dict[str, type[Shape]] = {"entity": EntityRecord, "person": PersonRecord, "relationship": RelationshipRecord}


def read_statements(text: str | bytes) -> list[Statement]:
    """The statements of a JSON document of the standard.

    Raises ValueError, with the place in the document, for what is no JSON or no statement of version 0.4.
    """
    found = msgspec.json.decode(text)  # what is no JSON is a ValueError too
    if not isinstance(found, list):
        raise ValueError("a list of statements is expected")  # noqa: TRY004 - the text is wrong, not a type of the program
    return [_read(number, raw) for number, raw in enumerate(found)]


def _read(number: int, raw: Any) -> Statement:
    """A statement; the type of its record says the shape of what it records."""
    kind = raw.get("recordType") if isinstance(raw, dict) else None
    shape = _RECORDS.get(kind or "")
    if shape is None:
        raise ValueError(f"$[{number}]: recordType {kind!r} is none of {', '.join(_RECORDS)}")
    try:
        details = msgspec.convert(raw.get("recordDetails"), shape)
        return msgspec.structs.replace(msgspec.convert(raw, Statement), record_details=details)
    except msgspec.ValidationError as error:
        raise ValueError(f"$[{number}]: {error}") from None


def write_statements(statements: list[Statement]) -> str:
    """The statements as a JSON document, indented by two."""
    return msgspec.json.format(msgspec.json.encode(statements), indent=2).decode() + "\n"
