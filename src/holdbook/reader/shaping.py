"""The texts of a book into the book: every entry shaped into a fact, every name known, a scenario laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from holdbook.model.book import Book, Head
from holdbook.model.fact import Fact
from holdbook.model.ledger import Ledger
from holdbook.model.nouns import NOUNS
from holdbook.model.source import Source
from holdbook.problems import Problem, Side, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.head import problem_at
from holdbook.reader.ledger import is_ledger, read_ledger
from holdbook.reader.overlay import Layer
from holdbook.reader.raw import read_raw
from holdbook.reader.shape import Mention, Setting, Shaper
from holdbook.reader.texts import Text, shown
from holdbook.reader.written import RawEntry, Scalar, Written, spot

_IDENTIFIER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class ShapedBook(NamedTuple):
    """A book as its texts say it, what is wrong with it, and its files; the book is None if it has no readable head."""

    book: Book | None
    problems: list[Problem]
    files: dict[str, TextFile]


def shape_book(folder: str, shipped: str, known: dict[str, Text], over: TextFile | None) -> ShapedBook:
    """Shape the book in a folder; `known` are its texts and those that it extends, `over` is the file of a scenario."""
    raw = read_raw(folder, shipped, (), known)
    files = {file.name: file for file in raw.files} | ({} if over is None else {over.name: over})
    headless = not raw.heads or raw.heads[-1].folder != shown(folder)
    heads = [*raw.heads, _stand_in(shown(folder))] if headless else raw.heads
    book, problems = _shaped(heads, raw.entries, files, over)
    if headless:
        return ShapedBook(None, raw.problems + [fault for fault in problems if fault.place.line], files)
    return ShapedBook(book, raw.problems + problems, files)


def under_shocks(book: Book, over: TextFile) -> tuple[Book, list[Problem]] | None:
    """A book that was shaped, under a scenario of nothing but shocks; None for one that alters entries, which must be shaped anew."""
    layer = Layer(over, ())
    if layer.alters or layer.scenario is None:
        return None
    digest = blake2b(f"{book.digest}{over.name}\0{over.text}".encode(), digest_size=16).hexdigest()
    return msgspec.structs.replace(_under(book, layer), digest=digest), layer.problems


def _stand_in(folder: str) -> Head:
    """A head for a book without a readable one, so that the faults of its entries are told all the same."""
    return Head(name=folder, company="", currency="USD", day=date.min, known_on=date.min, folder=folder)


def _shaped(
    heads: list[Head], entries: Sequence[RawEntry], files: dict[str, TextFile], over: TextFile | None
) -> tuple[Book, list[Problem]]:
    head = heads[-1]
    layer = None if over is None else Layer(over, entries)

    def excerpt(file: str, line: int) -> str:
        return files[file].line(line) if file in files else ""

    ordered = sorted(entries if layer is None else layer.entries, key=lambda raw: raw.noun != "sources")
    sources: dict[str, Source] = {}
    settings = {one.folder: Setting(one.currency, one.fiscal_start) for one in heads}
    if over is not None:
        settings.setdefault(over.name.partition("/")[0], settings[head.folder])
    shaper = Shaper(settings, sources, excerpt)
    tables: dict[str, dict[str, Fact]] = {noun: {} for noun in NOUNS}
    firsts: dict[tuple[str, str], Place] = {}
    for raw in ordered:
        _take(raw, shaper, tables, sources, files, firsts)
    ledgers = _ledgers(files, settings, sources, frozenset(tables["entities"]), tables["trades"], shaper.problems)
    company = Mention("entities", head.company, head.places.get("company", Place(f"{head.folder}/book.yaml")))
    mentions = [*shaper.mentions, company]
    problems = shaper.problems + _unknown_names(mentions, tables, excerpt, frozenset() if layer is None else layer.left_out)
    digest = blake2b("".join(f"{name}\0{file.text}\0" for name, file in sorted(files.items())).encode(), digest_size=16)
    book = Book(head, tables, digest.hexdigest(), ledgers)
    if layer is None:
        return book, problems
    return _under(book, layer), layer.problems + problems


def _under(book: Book, layer: Layer) -> Book:
    """The book of a scenario says whose it is."""
    scenario = layer.laid(book.tables["entities"])
    if scenario is None:
        return book
    head = msgspec.structs.replace(book.head, name=f"{book.head.name}, scenario {scenario.name}")
    return msgspec.structs.replace(book, head=head, scenario=scenario)


def _ledgers(
    files: dict[str, TextFile],
    settings: dict[str, Setting],
    sources: dict[str, Source],
    entities: frozenset[str],
    trades: dict[str, Fact],
    problems: list[Problem],
) -> tuple[Ledger, ...]:
    """The ledgers among the files."""
    found = []
    for file in files.values():
        if is_ledger(file.name):
            ledger, faults = read_ledger(file, sources, entities, settings[file.name.partition("/")[0]].fiscal_start, trades)
            found.append(ledger)
            problems += faults
    return tuple(found)


def _take(
    raw: RawEntry,
    shaper: Shaper,
    tables: dict[str, dict[str, Fact]],
    sources: dict[str, Source],
    files: dict[str, TextFile],
    firsts: dict[tuple[str, str], Place],
) -> None:
    """Shape one entry into its table; `firsts` says where each id stood first, in an entry that could be shaped or not."""
    file = files[raw.file]
    noun = NOUNS[raw.noun]
    if not isinstance(raw.name, Scalar) or not raw.name.value or not set(raw.name.value) <= _IDENTIFIER:
        shaper.problems.append(problem_at(file, raw.name, "bad-id", _named(raw.name), "small letters, digits and _", "rename it"))
        return
    here = Place(raw.file, *spot(raw.name))
    first = firsts.setdefault((raw.noun, raw.name.value), here)
    if first is not here:
        found = f"{raw.noun} has two entries {raw.name.value!r}"
        problem = problem_at(file, raw.name, "duplicate-id", found, "one", "rename one of the two")
        shaper.problems.append(msgspec.structs.replace(problem, sides=(Side(first, f"the first {raw.name.value}"),)))
        if raw.name.value in tables[raw.noun]:
            return
    fact = shaper.entry(raw, noun)
    if fact is not None:
        tables[raw.noun][raw.name.value] = fact
        if isinstance(fact, Source):
            sources[fact.id] = fact


def _named(name: Written) -> str:
    return repr(name.value) if isinstance(name, Scalar) else "a list or a mapping for an id"


def _unknown_names(
    mentions: Iterable[Mention],
    tables: dict[str, dict[str, Fact]],
    excerpt: Callable[[str, int], str],
    left_out: AbstractSet[tuple[str, str]],
) -> list[Problem]:
    """The names that no entry has; one that a scenario left out is no fault of those who speak of it."""
    problems = []
    for noun, name, place in mentions:
        if name not in tables[noun] and (noun, name) not in left_out:
            line = excerpt(place.file, place.line)
            problems.append(
                Problem(
                    "unknown-name",
                    place,
                    f"no {noun} entry {name!r}",
                    f"the id of an entry of {noun}",
                    nearest(name, tables[noun]),
                    line,
                    len(name),
                )
            )
    return problems
