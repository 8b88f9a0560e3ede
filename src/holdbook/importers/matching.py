"""The lines of a filing to the entities of a book: by ticker, by CUSIP, by the issuer's name; never by a likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from holdbook.importers.filing import Line
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.exchange import bare, spellings

_FORMS = re.compile(
    r"INC|INCORPORATED|CORP|CORPORATION|CO|COMPANY|LTD|LIMITED|PLC|LLC|LP|NV|SA|AG|SE|SPA|AB|HLDGS?|HOLDINGS?|THE|NEW|DEL|COM"
)
_ISSUERS = (None, "company", "holding", "fund")


class Matched(NamedTuple):
    """The lines of shares of each entity, by id; those of no entity; and those that count no shares."""

    by_asset: dict[str, list[Line]]
    unknown: list[Line]
    others: list[Line]


def matched(book: Book, lines: list[Line]) -> Matched:
    """Whose shares the lines count. A CUSIP is found where an entity has it among its `aka`."""
    words = _words(book)
    by_asset: dict[str, list[Line]] = defaultdict(list)
    unknown: list[Line] = []
    for line in lines:
        if not line.is_shares:
            continue
        asset = _asset(words, line)
        if asset is None:
            unknown.append(line)
        else:
            by_asset[asset].append(line)
    return Matched(dict(by_asset), unknown, [line for line in lines if not line.is_shares])


def plain_name(name: str) -> str:
    """A company's name without its legal form and signs.

    >>> plain_name("T-Mobile US, Inc."), plain_name("NVIDIA CORPORATION")
    ('T MOBILE US', 'NVIDIA')
    """
    words = re.sub(r"[^A-Z0-9&]+", " ", name.upper()).split()
    return " ".join(word for word in words if not _FORMS.fullmatch(word)) or " ".join(words)


def _words(book: Book) -> dict[str, set[str]]:
    """What a line can call an entity, each word with its kind before it."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in (one for one in book.all(Entity) if one.kind in _ISSUERS):
        for ticker, _ in spellings(entity):
            found[f"ticker {ticker}"].add(entity.id)
        for name in (entity.name, *(entity.aka or ())):
            found[f"name {plain_name(name)}"].add(entity.id)
            found[f"cusip {name.upper()}"].add(entity.id)
    return found


def _asset(words: dict[str, set[str]], line: Line) -> str | None:
    """The one entity that a line means; None where none does, or several."""
    for word in (f"cusip {line.cusip}", f"ticker {bare(line.ticker)}", f"name {plain_name(line.issuer)}"):
        found = words.get(word, set()) if not word.endswith(" ") else set()
        if len(found) == 1:
            return next(iter(found))
    return None
