"""XML into rows of text, safely: no document type, no entities, no depth without end; names without their namespaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def walk(text: str, opened: Callable[[str, Mapping[str, str], int], object], closed: Callable[[str, str], object], offset: int = 0) -> None:
    """Go through XML from its first element to its last: `opened` is told name, attributes and line, `closed` name and text.

    `offset` is the number of lines before the text. Raises MarkupError for what is not well formed or too deep, and for a document type:
    that is how entities that explode or reach out come in.
    """
    parser = expat.ParserCreate(encoding="utf-8")
    path: list[str] = []
    words: list[str] = []

    def refused(found: str) -> MarkupError:
        return MarkupError(found, parser.CurrentLineNumber + offset)

    def refuse(*_: object) -> None:
        raise refused("a document type, which no filing and no register has")

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        if len(path) > _DEEPEST:
            raise refused(f"elements more than {_DEEPEST} deep")
        words.clear()
        opened(path[-1], attributes, parser.CurrentLineNumber + offset)

    def end(_: str) -> None:
        told = "".join(words).strip()
        words.clear()
        closed(path.pop(), told)

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words.append
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise MarkupError(expat.ErrorString(error.code), error.lineno + offset) from None


def elements(text: str, wanted: frozenset[str], offset: int = 0) -> list[Element]:
    """The elements of some names, wherever they stand; `offset` is the number of lines before the text.

    Raises MarkupError as `walk` does.
    """
    found: list[Element] = []
    inner: list[Element] = []  # the one that is open, if one is

    def opened(name: str, _: Mapping[str, str], line: int) -> None:
        if name.lower() in wanted and not inner:
            inner.append(Element(name.lower(), line, {}))

    def closed(name: str, told: str) -> None:
        if inner and told:
            inner[0].texts.setdefault(name.lower(), told)
        if inner and name.lower() == inner[0].name:
            found.append(inner.pop())

    walk(text, opened, closed, offset)
    return found
