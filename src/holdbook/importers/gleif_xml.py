"""Records of the Global Legal Entity Identifier Foundation in XML, as the same records that its JSON has.

Says so: gleif.org, common data file formats of entities, of relationships and of reporting exceptions
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdbook.importers.markup import walk

Record = dict[str, Any]
_RECORDS = ("LEIRecord", "RelationshipRecord", "Exception")
_LISTS = {
    "RelationshipPeriods": "RelationshipPeriod",
    "RelationshipQualifiers": "RelationshipQualifier",
    "RelationshipQuantifiers": "RelationshipQuantifier",
    "OtherEntityNames": "OtherEntityName",
    "TransliteratedOtherEntityNames": "TransliteratedOtherEntityName",
    "OtherAddresses": "OtherAddress",
    "TransliteratedOtherAddresses": "TransliteratedOtherAddress",
    "OtherValidationAuthorities": "OtherValidationAuthority",
    "LegalEntityEvents": "LegalEntityEvent",
}
_APART = "Extension"


def records_of_xml(text: str) -> list[Record]:
    """The records of a file of the foundation; of an element that stands several times the last counts.

    Raises MarkupError for what is not well formed, is too deep, or has a document type.
    """
    reading = _Reading()
    walk(text, reading.opened, reading.closed)
    return reading.found


class _Reading:
    def __init__(self) -> None:
        self.found: list[Record] = []
        self._open: list[tuple[str, Any, str]] = []  # the elements within a record: name, what it holds, its kind

    def opened(self, name: str, attributes: Mapping[str, str], _: int) -> None:
        if self._open or name in _RECORDS:
            self._open.append((name, [] if name in _LISTS else {}, attributes.get("type", "")))

    def closed(self, name: str, text: str) -> None:
        if not self._open:
            return
        _, held, kind = self._open.pop()
        if not self._open:
            self.found.append(held)
            return
        parent, into, _ = self._open[-1]
        if isinstance(into, list):
            if name == _LISTS[parent]:
                into.append(({"type": kind} if kind else {}) | (held or {name: text}))
        elif name != _APART and (held or text):
            into[name] = held or text
