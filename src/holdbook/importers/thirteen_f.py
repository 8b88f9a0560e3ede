"""`holdbook import 13f`: filings on Form 13F into stakes of a book."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from holdbook.importers.filing import Filing, ReadFiling
from holdbook.importers.filing_table import read_json, read_tsv
from holdbook.importers.filing_xml import read_xml
from holdbook.importers.generated import Change, changed, made
from holdbook.importers.stakes import told
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile, text_of


class Imported(NamedTuple):
    """What an import would write, what it has to tell, and what is wrong with the files; with a problem nothing should be written."""

    changes: list[Change]
    remarks: list[str]
    problems: list[Problem]
    contradicted: bool = False


class Wanted(NamedTuple):
    """What a command line adds to the files: whose filings, of which quarter, filed when, which of several."""

    holder: str = ""
    period: date | None = None
    filed: date | None = None
    accession: str = ""


def import_13f(book: Book, folder: str, paths: Sequence[str], wanted: Wanted, progress: Callable[[str], None] = lambda _: None) -> Imported:
    """The stakes of some filings that a book does not state yet, a file for each filing, in the order of their quarters."""
    holder = wanted.holder or book.head.company
    if book.get(Entity, holder) is None:
        names = [entity.id for entity in book.all(Entity)]
        found = f"no entity {holder!r}"
        return Imported([], [], [Problem("unknown-name", Place(folder), found, "the id of an entity of the book", nearest(holder, names))])
    filings, problems = _filings(paths, wanted, progress)
    changes: list[Change] = []
    remarks: list[str] = []
    held: list[str] = []
    contradicted = False
    problems += _twice(filings)
    for filing in sorted(filings, key=lambda one: (one.period or date.min, one.filed or date.min)):
        own = "" if holder == book.head.company else f"{holder}-"
        name = f"13f-{own}{filing.period}-filed-{filing.filed}.yaml"
        shown = f"{book.head.folder}/{name}"
        what = told(book, holder, filing, shown, held)
        held = [*held, *what.assets]
        contradicted |= what.contradicted
        remarks += [f"{filing.file}: {remark}" for remark in what.remarks]
        path = os.path.join(folder, name)
        if what.body or os.path.lexists(path):
            sources = os.path.basename(filing.file) + (f" ({filing.accession})" if filing.accession else "")
            change = changed(path, shown, made("13f", sources, what.body or "# Nothing that the book does not state elsewhere.\n"))
            (changes if isinstance(change, Change) else problems).append(change)  # type: ignore[arg-type]
    return Imported(changes, remarks, problems, contradicted)


def _twice(filings: list[Filing]) -> Iterator[Problem]:
    """Filings of one quarter and day: they would be one file."""
    seen: dict[tuple[date | None, date | None], str] = {}
    for one in filings:
        first = seen.setdefault((one.period, one.filed), one.file)
        if first != one.file:
            found, expected = f"a second filing of {one.period} that was filed on {one.filed}, beside {first}", "one of a holder"
            yield Problem("duplicate-id", Place(one.file, 1, 1), found, expected, "import them apart, each with its --holder")


def _filings(paths: Sequence[str], wanted: Wanted, progress: Callable[[str], None]) -> tuple[list[Filing], list[Problem]]:
    """The filings in some files; a cover that comes by itself belongs to the one table that lacks its day."""
    problems: list[Problem] = []
    found: list[Filing] = []
    for number, path in enumerate(paths, 1):
        progress(f"{number} of {len(paths)}: {path}")
        text = text_of(path, path, problems)
        if text is not None:
            read = _read(TextFile(path, text), wanted)
            problems += read.problems
            found += [read.filing] if read.filing is not None else []
    covers = [one for one in found if not one.lines and one.file.lower().endswith(".xml")]
    tables = [one for one in found if one not in covers]
    lacking = [one for one in tables if one.period is None]
    if len(covers) == len(lacking) == 1:
        tables[tables.index(lacking[0])] = lacking[0]._replace(period=covers[0].period, total=covers[0].total)
        covers = []
    problems += [_lacks(one, "information table", "give the table beside its cover, and no other") for one in covers]
    tables = [one._replace(period=one.period or wanted.period, filed=one.filed or wanted.filed) for one in tables]
    for one in tables:
        if one.period is None:
            problems.append(_lacks(one, "end of the quarter", "give it: --period 2024-12-31, or the cover beside it"))
        elif one.filed is None:
            problems.append(_lacks(one, "day of filing", "give it: --filed 2025-02-14"))
        elif one.filed < one.period:
            problems.append(_lacks(one, f"day of filing after {one.period}", "correct one of the two"))
    return ([] if problems else tables), problems


def _read(file: TextFile, wanted: Wanted) -> ReadFiling:
    name = file.name.lower()
    if name.endswith(".json"):
        return read_json(file)
    return read_tsv(file, wanted.accession) if name.endswith(".tsv") else read_xml(file)


def _lacks(filing: Filing, what: str, way_out: str) -> Problem:
    return Problem("missing-field", Place(filing.file, 1, 1), f"no {what}", f"a filing with its {what}", way_out)
