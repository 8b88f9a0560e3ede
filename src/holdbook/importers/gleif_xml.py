"""Records of the Global Legal Entity Identifier Foundation in XML, as the same records that its JSON has.

Says so: gleif.org, common data file formats of entities, of relationships and of reporting exceptions
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from holdbook.importers.markup import MarkupError

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
_DEEPEST = 32


def records_of_xml(text: str) -> list[Record]:
    """The records of a file of the foundation; of an element that stands several times the last counts.

    Raises MarkupError for what is not well formed, is too deep, or has a document type.
    """
    reading = _Reading()
    try:
        reading.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise MarkupError(expat.ErrorString(error.code), error.lineno) from None
    return reading.found


class _Reading:
    def __init__(self) -> None:
        self.found: list[Record] = []
        self._open: list[tuple[str, Any, str]] = []  # the elements within a record: name, what it holds, its kind
        self._depth = 0
        self._words: list[str] = []
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words.append

    def _refuse(self, *_: object) -> None:
        raise MarkupError("a document type, which no file of records has", self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise MarkupError(f"elements more than {_DEEPEST} deep", self.parser.CurrentLineNumber)
        self._words.clear()
        if self._open or local in _RECORDS:
            self._open.append((local, [] if local in _LISTS else {}, attributes.get("type", "")))

    def _end(self, _: str) -> None:
        self._depth -= 1
        text = "".join(self._words).strip()
        self._words.clear()
        if not self._open:
            return
        name, held, kind = self._open.pop()
        if not self._open:
            self.found.append(held)
            return
        parent, into, _ = self._open[-1]
        if isinstance(into, list):
            if name == _LISTS[parent]:
                into.append(({"type": kind} if kind else {}) | (held or {name: text}))
        elif name != _APART and (held or text):
            into[name] = held or text
