"""`holdbook import prices`: vendors' files of closes into the price folder of a book, as traded."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.importers.generated import Change, changed, made
from holdbook.importers.thirteen_f import Imported
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.exchange import bare
from holdbook.model.series import ONE, Note, Series, Split
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.choice import chosen
from holdbook.reader.folder import PRICES, TextFile, text_of
from holdbook.reader.parquet import parquet_of
from holdbook.reader.prices import ACTIONS, actions_of, named, names_of, series_of_file
from holdbook.reader.table import Row, rows_of
from holdbook.reader.vendor import closes_of

_PLACES = 6
_ALIKE = Fraction(1, 2000)
_TRADED, _DOUBTFUL = "close_as_traded", "close"
Rows = dict[date, tuple[str, str]]


class _Found(NamedTuple):
    """A file that was given: whose closes it has, by which exchange, its text and rows."""

    asset: str
    exchange: str
    text: TextFile
    rows: list[Row]


class _Made(NamedTuple):
    """What an earlier import made: from which files, its rows, and whether it was sure of them."""

    sources: list[str]
    rows: Rows
    sure: bool


def import_prices(
    book: Book, folder: str, paths: Sequence[str], asset: str = "", progress: Callable[[str], None] = lambda _: None
) -> Imported:
    """The closes of some files, a file for each asset below `prices/`; what an earlier import put there stays and must agree.

    Among the files may be a `corporate_actions.csv`; files of no entity of the book are told and left out.
    """
    problems: list[Problem] = []
    remarks: list[str] = []
    actions, files = _texts(book, folder, paths, asset, progress, remarks, problems)
    recorded = actions_of(book, actions, problems)
    by_asset: dict[str, list[Series | Note]] = defaultdict(list)
    for file in files:
        series = series_of_file(book, (file.asset, file.exchange), file.text, file.rows, recorded.get(file.asset, []), problems)
        by_asset[file.asset].append(series)
    changes: list[Change] = []
    for name, some in by_asset.items():
        sound = [one for one in some if isinstance(one, Series)]
        aside = [one for one in some if isinstance(one, Note) and one.says]
        problems += [] if sound else chosen(book.name_of(name), [], aside).problems
        remarks += [f"{one.place.file}: not used: {one.says}" for one in aside if sound]
        remarks += [f"{one.file}: {one.doubt}" for one in sound if one.doubt]
        changes += _change(book, folder, name, sound, problems) if sound else []
    return Imported(changes, remarks, problems)


def _texts(
    book: Book,
    folder: str,
    paths: Sequence[str],
    asset: str,
    progress: Callable[[str], None],
    remarks: list[str],
    problems: list[Problem],
) -> tuple[list[TextFile], list[_Found]]:
    """The files that were given: records of splits, the book's own among them, and closes of its entities."""
    own = os.path.join(folder, PRICES, ACTIONS)
    actions, files = ([_text(own, problems)] if os.path.isfile(own) else []), []
    names = {stem: who for stem, who in names_of(book).items() if not asset or who[0] == asset}
    if not names:
        ids = [entity.id for entity in book.all(Entity)]
        problems.append(
            Problem("unknown-name", Place(folder), f"no entity {asset!r}", "the id of an entity of the book", nearest(asset, ids))
        )
        return [], []
    strange: list[str] = []
    for number, path in enumerate(paths, 1):
        progress(f"{number} of {len(paths)}: {path}")
        who = named(names, path) or (next(iter(sorted(names.values(), key=lambda one: not one[1]))) if asset else None)
        if os.path.basename(path) == ACTIONS:
            actions.append(_text(path, problems))
        elif who is None:
            strange.append(path)
        elif path.endswith(".parquet"):
            whole = parquet_of(path, path, problems)
            files += [] if whole is None else [_Found(*who, *whole)]
        else:
            text = _text(path, problems)
            files.append(_Found(*who, text, list(rows_of(text, problems))))
    if strange and files:
        remarks.append(f"left out, of no entity of the book: {', '.join(os.path.basename(path) for path in strange)}")
    elif strange:
        expected, way_out = "a file named for a ticker of the book's listings", "name it so, NVDA_2025.csv, or say whose it is: --asset ID"
        problems += [Problem("unknown-name", Place(path), "a file of no entity of the book", expected, way_out) for path in strange]
    return actions, files


def _text(path: str, problems: list[Problem]) -> TextFile:
    return TextFile(path, text_of(path, path, problems) or "")


def _change(book: Book, folder: str, asset: str, some: list[Series], problems: list[Problem]) -> Iterator[Change]:
    """What is to become of the price file of an asset."""
    entity = book.get(Entity, asset)
    tickers = [bare(ticker) for ticker in ((entity.listings if entity is not None else None) or {}).values()]
    name = f"{tickers[0] if tickers else asset}.csv"
    path, shown = os.path.join(folder, PRICES, name), f"{book.head.folder}/{PRICES}/{name}"
    before = _before(path, shown, problems)
    rows = dict(before.rows)
    for series in some:
        _join(rows, _rows(series), Place(series.file, 1, 1), problems)
    sources = sorted({os.path.basename(series.file) for series in some} | set(before.sources))
    sure = before.sure and not any(series.doubt for series in some)
    body = f"Date,{_TRADED if sure else _DOUBTFUL},splits\n"
    body += "".join(f"{day},{close},{split}\n" for day, (close, split) in sorted(rows.items()))
    change = changed(path, shown, made("prices", " and ".join(sources), body))
    if isinstance(change, Change):
        yield change
    else:
        problems.append(change)


def _before(path: str, shown: str, problems: list[Problem]) -> _Made:
    """What an earlier import put into a file; nothing where there is none."""
    text = text_of(path, shown, problems) if os.path.isfile(path) else None
    if text is None:
        return _Made([], {}, True)
    file = TextFile(shown, text)
    closes = closes_of(file, rows_of(file, problems), problems, signed=True)
    sources = text.partition(" from ")[2].partition(". To change it")[0].split(" and ")
    if closes is None:
        return _Made(sources, {}, True)
    return _Made(sources, _written(closes.days, closes.values, closes.steps, closes.splits), closes.said == "traded")


def _join(rows: Rows, more: Mapping[date, tuple[str, str]], place: Place, problems: list[Problem]) -> None:
    """Add the rows of another file; where both have a day they must have one close."""
    for day, row in more.items():
        one, other = Fraction(rows.get(day, row)[0]), Fraction(row[0])
        if abs(one - other) > _ALIKE * max(abs(one), abs(other)):
            found, way_out = f"{row[0]} on {day}, where another file has {rows[day][0]}", "import only the file that is right"
            problems.append(Problem("contradiction", place, found, "files of one asset that agree", way_out))
            return
        rows[day] = (rows.get(day, row)[0], row[1] or rows.get(day, row)[1])


def _rows(series: Series) -> Rows:
    return _written(series.days, series.closes, series.steps, series.splits)


def _written(days: list[date], values: list[int], steps: list[int], splits: Sequence[Split]) -> Rows:
    """Close and split of each session as they are to be written: no more digits than are known."""
    factors = {split.day: split.factor for split in splits}
    rows: Rows = {}
    for day, value, step in zip(days, values, steps, strict=True):
        places = _PLACES if step == 1 else max(_PLACES - len(str(2 * step - 1)), 0)
        factor = factors.get(day)
        ratio = "" if factor is None else f"{factor.numerator}:{factor.denominator}" if factor.denominator > 1 else str(factor)
        rows[day] = (f"{value / ONE:.{places}f}", ratio)
    return rows
