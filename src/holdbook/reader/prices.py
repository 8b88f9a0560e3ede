"""The price folders of a book: files found by ticker, read as they are, one sound series for each asset."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.event import Event
from holdbook.model.exchange import EXCHANGES, bare, spellings
from holdbook.model.mark import Mark
from holdbook.model.series import Note, Series, Split
from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.quantity.unit import UNIT
from holdbook.reader.basis import Stated, as_traded, joined
from holdbook.reader.choice import chosen
from holdbook.reader.folder import TextFile, stays_inside, text_of
from holdbook.reader.memory import fingerprint, recall, remember
from holdbook.reader.parquet import parquet_of
from holdbook.reader.session import day_reader
from holdbook.reader.table import Row, rows_of
from holdbook.reader.vendor import closes_of, ratio_of

ACTIONS = "corporate_actions.csv"
_ENDINGS = (".csv", ".parquet")


class PriceFolder(NamedTuple):
    """A folder of price files, the name by which messages call it, and whether it is a book's own, out of which no link leads."""

    path: str
    shown: str
    own: bool


class ReadPrices(NamedTuple):
    """The series of a book's price folders, what is wrong with their files, what to know of them, and the key of their text."""

    series: tuple[Series, ...]
    problems: list[Problem]
    notes: tuple[Note, ...]
    files: dict[str, TextFile]
    key: str


class _File(NamedTuple):
    """A price file of an entity: its text and rows, and the currency of its closes (empty for an index, None if nobody knows)."""

    asset: str
    text: TextFile
    rows: list[Row]
    currency: str | None


def read_prices(book: Book, folders: Sequence[PriceFolder], key: str) -> ReadPrices:
    """The closes in some folders. `key` stands for the text of the book.

    Files of entities that the book does not have are not opened. What was read before is remembered by its text.
    """
    problems: list[Problem] = []
    actions: list[TextFile] = []
    files: list[tuple[str, TextFile, list[Row], str]] = []
    for folder in folders:
        _gather(book, folder, actions, files, problems)
    texts = [*actions, *(text for _, text, _, _ in files)]
    own = fingerprint(texts, f"prices {key} {[(fault.reason, fault.place) for fault in problems]}")
    known = {text.name: text for text in texts}
    remembered = recall(own) if key else None
    if remembered is None:
        remembered = _read(book, actions, files, problems)
        if key:
            remember(own, remembered)
    series, faults, notes = remembered
    return ReadPrices(series, faults, notes, known, own if key else "")


def _gather(
    book: Book, folder: PriceFolder, actions: list[TextFile], files: list[tuple[str, TextFile, list[Row], str]], problems: list[Problem]
) -> None:
    """The files of one folder that belong to entities of the book, with the exchange by which each was found."""
    names = names_of(book)
    for name in sorted(os.listdir(folder.path)):
        path, called = os.path.join(folder.path, name), f"{folder.shown}/{name}"
        if name.startswith(".") or not name.endswith(_ENDINGS) or not os.path.isfile(path):
            continue
        found = named(names, name)
        if name != ACTIONS and found is None:
            continue
        if folder.own and os.path.islink(path) and not stays_inside(path, os.path.realpath(folder.path)):
            expected, way_out = "files inside the folder", "copy the file into the book"
            problems.append(Problem("file-outside", Place(called), "a link that leads out of the book", expected, way_out))
            continue
        if name.endswith(".parquet"):
            whole = parquet_of(path, called, problems)
        else:
            text = text_of(path, called, problems)
            whole = None if text is None else (TextFile(called, text), [])
        if whole is not None and name == ACTIONS:
            actions.append(whole[0])
        elif whole is not None and found is not None:
            files.append((found[0], *whole, found[1]))


def named(names: Mapping[str, tuple[str, str]], path: str) -> tuple[str, str] | None:
    """The entity that a file's name means, and the exchange by whose ticker; None if the book has none of them."""
    stem = os.path.basename(path).rpartition(".")[0]
    first = stem.partition("_")[0]
    return names.get(stem) or names.get(bare(first)) or names.get(first)


def names_of(book: Book) -> dict[str, tuple[str, str]]:
    """The entity and the exchange that a file name can mean: by ticker, else by the entity's own id."""
    names = {entity.id: (entity.id, "") for entity in book.all(Entity)}
    for entity in book.all(Entity):
        for ticker, code in spellings(entity):
            names[ticker] = (entity.id, code)
    return names


def _read(
    book: Book, actions: list[TextFile], files: list[tuple[str, TextFile, list[Row], str]], problems: list[Problem]
) -> tuple[tuple[Series, ...], list[Problem], tuple[Note, ...]]:
    recorded = actions_of(book, actions, problems)
    by_asset: dict[str, list[_File]] = defaultdict(list)
    for asset, text, rows, code in files:
        by_asset[asset].append(_File(asset, text, rows or list(rows_of(text, problems)), _currency(book, asset, code)))
    series: list[Series] = []
    notes: list[Note] = []
    for asset, some in by_asset.items():
        found = [_series(book, one, recorded.get(asset, []), problems) for one in some]
        sound = [one for one in found if isinstance(one, Series)]
        choice = chosen(book.name_of(asset), sound, [one for one in found if isinstance(one, Note) and one.says])
        series += [choice.series] if choice.series is not None else []
        notes += choice.notes
        problems += choice.problems
    return tuple(series), problems, tuple(notes)


def _currency(book: Book, asset: str, code: str) -> str | None:
    """In what a price file quotes: by its exchange, else as the book's own closes of it; an index counts points."""
    entity = book.get(Entity, asset)
    if entity is not None and entity.kind == "index":
        return ""
    if code in EXCHANGES and EXCHANGES[code].currency:
        return EXCHANGES[code].currency
    quoted = {mark.price.unit.currency for mark in _closes(book, asset) if mark.price is not None}
    return quoted.pop() if len(quoted) == 1 else None


def _closes(book: Book, asset: str) -> list[Mark]:
    return [mark for mark in book.all(Mark) if mark.asset == asset and mark.kind == "close" and mark.price is not None]


def _stated(book: Book, asset: str, currency: str) -> list[Stated]:
    unit = UNIT(f"{currency}/share")
    return [
        Stated(mark.day.first, mark.price)
        for mark in _closes(book, asset)
        if mark.day is not None and mark.day.is_day and mark.price is not None and mark.price.unit is unit
    ]


def series_of_file(
    book: Book, who: tuple[str, str], text: TextFile, rows: list[Row], recorded: list[Split], problems: list[Problem]
) -> Series | Note:
    """The closes of one file by itself, as traded, or why they cannot be used; `who` is the entity and its exchange."""
    return _series(book, _File(who[0], text, rows, _currency(book, *who)), recorded, problems)


def _series(book: Book, file: _File, recorded: list[Split], problems: list[Problem]) -> Series | Note:
    """One file as a series, or why it cannot be used."""
    name = file.text.name
    if file.currency is None:
        expected = "an entity with a listing on an exchange that quotes in one currency, or a close that the book states"
        way_out = f"give {file.asset} listings: {{XNAS: TICKER}}"
        problems.append(Problem("bad-price", Place(name, 1, 1), "prices in an unknown currency", expected, way_out, file.text.line(1)))
        return Note(Place(name, 1), "")
    found = closes_of(file.text, file.rows, problems, signed=not file.currency)
    if found is None or not found.days:
        return Note(Place(name, 1), "")
    splits = joined((recorded, found.splits, _events(book, file.asset)))
    basis = as_traded(found, splits, _stated(book, file.asset, file.currency), is_index=not file.currency)
    if basis.aside:
        return Note(Place(name, 1, 1), basis.aside)
    series = Series(file.asset, name, file.currency, name.rsplit("/", 1)[-1])
    series.days, series.lines, series.closes, series.steps = found.days, found.lines, basis.values, basis.steps
    series.splits, series.doubt = basis.splits, basis.doubt
    return series


def _events(book: Book, asset: str) -> list[Split]:
    """The splits that the book records."""
    return [
        Split(event.day.first, event.factor.stated.centre)
        for event in book.all(Event)
        if event.kind == "split" and event.entity == asset and event.day is not None and event.status in (None, "done")
        and event.factor is not None and event.factor.stated is not None and event.factor.stated.centre
    ]  # fmt: skip


def actions_of(book: Book, files: list[TextFile], problems: list[Problem]) -> dict[str, list[Split]]:
    """The splits that the folders' lists of corporate actions record, by entity."""
    names = names_of(book)
    found: dict[str, list[Split]] = defaultdict(list)
    for file in files:
        rows = list(rows_of(file, problems))
        header = [cell.strip() for cell in rows[0].cells] if rows else []
        places = [header.index(name) for name in ("ticker", "ex_date", "type", "ratio") if name in header]
        if len(places) < 4:
            expected = "the columns ticker, ex_date, type, ratio"
            problems.append(Problem("csv", Place(file.name, 1, 1), "other columns", expected, "name the columns so", file.line(1)))
            continue
        for row in rows[1:]:
            _action(file, row, places, names, found, problems)
    return found


def _action(
    file: TextFile, row: Row, places: list[int], names: dict[str, tuple[str, str]], found: dict[str, list[Split]], problems: list[Problem]
) -> None:
    cells = [row.cells[index].strip() if len(row.cells) > index else "" for index in places]
    entity = names.get(bare(cells[0]))
    if entity is None or "split" not in cells[2].lower():
        return
    ratio, day = ratio_of(cells[3]), day_reader([cells[1]])(cells[1])
    if ratio is None or day is None:
        expected = "an ex_date such as 2024-06-10 and a ratio such as 10 or 0.025"
        place, found_there = Place(file.name, row.line, 1), f"a split of {cells[3]!r} on {cells[1]!r}"
        problems.append(Problem("bad-price", place, found_there, expected, "correct the row", file.line(row.line)))
        return
    found[entity[0]].append(Split(day, ratio))
