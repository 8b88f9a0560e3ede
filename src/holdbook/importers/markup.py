"""XML into rows of text, safely: no document type, no entities, no depth without end; names without their namespaces."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat

_DEEPEST = 32


class MarkupError(ValueError):
    """XML that cannot be read, or that is refused; `line` is where."""

    def __init__(self, found: str, line: int) -> None:
        super().__init__(found)
        self.line = line


class Element(NamedTuple):
    """An element that was asked for: the line at which it opens, and the text of each element within it, by name, in small letters."""

    name: str
    line: int
    texts: dict[str, str]


def elements(text: str, wanted: frozenset[str], offset: int = 0) -> list[Element]:
    """The elements of some names, wherever they stand; `offset` is the number of lines before the text.

    Raises MarkupError for what is not well formed, and for a document type: that is how entities that explode or reach out come in.
    """
    reading = _Reading(wanted, offset)
    try:
        reading.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise MarkupError(expat.ErrorString(error.code), error.lineno + offset) from None
    return reading.found


class _Reading:
    def __init__(self, wanted: frozenset[str], offset: int) -> None:
        self.found: list[Element] = []
        self._wanted, self._offset = wanted, offset
        self._path: list[str] = []
        self._open: Element | None = None
        self._words: list[str] = []
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words.append

    def _line(self) -> int:
        return self.parser.CurrentLineNumber + self._offset

    def _refuse(self, *_: object) -> None:
        raise MarkupError("a document type, which no filing has", self._line())

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self._path.append(local)
        if len(self._path) > _DEEPEST:
            raise MarkupError(f"elements more than {_DEEPEST} deep", self._line())
        if local in self._wanted and self._open is None:
            self._open = Element(local, self._line(), {})
        self._words.clear()

    def _end(self, _: str) -> None:
        local = self._path.pop()
        text = "".join(self._words).strip()
        self._words.clear()
        if self._open is None:
            return
        if text:
            self._open.texts.setdefault(local, text)
        if local == self._open.name:
            self.found.append(self._open)
            self._open = None
