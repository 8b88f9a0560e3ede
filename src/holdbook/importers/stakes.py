"""A filing on Form 13F into stakes of a book, as a file that a person reviews."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.importers.filing import Filing, Line
from holdbook.importers.matching import Matched, matched
from holdbook.model.book import Book
from holdbook.model.source import Source
from holdbook.model.stake import Stake
from holdbook.timeline.closes import close_on
from holdbook.timeline.view import View

_FORM = "13F"
_OFF = Fraction(1, 50)
_SMALL = "Not in the table; fewer than 10,000 shares worth less than USD 200,000 may be left out."


class Told(NamedTuple):
    """What became of a filing: the text of a book file, or nothing; what to tell; and whether the book says otherwise."""

    body: str
    remarks: list[str]
    contradicted: bool
    assets: list[str]


class _Entry(NamedTuple):
    asset: str
    shares: int
    value: str
    source: str
    note: str


def told(book: Book, holder: str, filing: Filing, target: str, held: list[str]) -> Told:
    """The stakes of a filing that the book does not state yet; `target` is the book file that they go to.

    `held` are assets of earlier filings: one that is no longer in the table is a stake of nothing.
    """
    found = matched(book, filing.lines)
    before = [*dict.fromkeys([*held, *_filed(book, holder, filing)])]
    entries = [_entry(filing, asset, lines) for asset, lines in found.by_asset.items()]
    entries += [_Entry(asset, 0, "", "table", _SMALL) for asset in before if asset not in found.by_asset]
    remarks: list[str] = []
    new: list[_Entry] = []
    contradicted = False
    for entry in entries:
        stated = _stated(book, holder, filing, entry.asset, target)
        if stated is None:
            new.append(entry)
        elif _says(stated, entry.shares):
            remarks.append(f"stated already: {entry.asset}, {entry.shares} shares ({stated.place})")
        else:
            words = stated.shares.origin.words if stated.shares is not None else ""
            remarks.append(
                f"not written: {entry.asset}, {entry.shares} shares in the filing and {words} in the book ({stated.place}); correct one"
            )
            contradicted = True
    remarks += _mispriced(book, filing, found)
    left_out = list(_left_out(filing, found))
    body = "".join(_text(book, holder, filing, new, left_out, target)) if new else ""
    return Told(body, [*remarks, *left_out], contradicted, list(found.by_asset))


def _filed(book: Book, holder: str, filing: Filing) -> Iterator[str]:
    """The assets that an earlier filing on this form had, as the book states it."""
    for stake in book.all(Stake):
        source = book.get(Source, (stake.source or "").partition(" ")[0])
        if (
            stake.binds == "day" and (stake.holder or book.head.company) == holder and source is not None and _FORM in source.title
            and stake.day is not None and filing.period is not None and stake.day.last < filing.period and not _says(stake, 0)
        ):  # fmt: skip
            yield stake.asset


def _stated(book: Book, holder: str, filing: Filing, asset: str, target: str) -> Stake | None:
    """What another file of the book states for the same day already."""
    for stake in book.all(Stake):
        same = stake.asset == asset and (stake.holder or book.head.company) == holder and stake.shares is not None
        if same and stake.place.file != target and stake.day is not None and stake.day.is_day and stake.day.first == filing.period:
            return stake
    return None


def _says(stake: Stake, shares: int) -> bool:
    return stake.shares is not None and stake.shares.stated is not None and shares in stake.shares.stated.core


def _entry(filing: Filing, asset: str, lines: list[Line]) -> _Entry:
    """The lines of one issuer as one stake."""
    value = sum(line.value for line in lines)
    scale = {1: "", 1000: "k"}.get(filing.scale or 0)
    classes = dict.fromkeys(line.title for line in lines if line.title)
    note = f"{len(lines)} lines together: {', '.join(classes)}" if len(lines) > 1 else ""
    where = " and ".join(line.where for line in lines[:6]) + (" and more" if len(lines) > 6 else "")
    return _Entry(asset, sum(line.amount for line in lines), f"USD {value}{scale}" if value and scale is not None else "", where, note)


def _left_out(filing: Filing, found: Matched) -> Iterator[str]:
    """What of a filing is not in the file, and how much it is."""
    if found.unknown:
        value = sum(line.value for line in found.unknown) * (filing.scale or 1)
        names = ", ".join(line.ticker or line.issuer for line in sorted(found.unknown, key=lambda line: -line.value)[:12])
        more = " and more" if len(found.unknown) > 12 else ""
        yield f"not in the book: {len(found.unknown)} of {len(filing.lines)} lines, USD {value:,}: {names}{more}"
    if found.others:
        options = sum(bool(line.option) for line in found.others)
        yield f"no shares: {options} lines of options, {len(found.others) - options} of principal or another unit"
    total = sum(line.value for line in filing.lines)
    if filing.total is not None and abs(filing.total - total) > len(filing.lines):
        yield f"the cover says that the values come to {filing.total:,}, and they come to {total:,}"


def _mispriced(book: Book, filing: Filing, found: Matched) -> Iterator[str]:
    """Values that are not shares at the close of the day, where the book or its prices know the close."""
    view = View(book, filing.period, date.max)
    for asset, lines in found.by_asset.items():
        close, shares = close_on(view, asset), sum(line.amount for line in lines)
        paid = sum(line.value for line in lines) * (filing.scale or 0)
        if close is None or close.unit.currency != "USD" or close.stated is None or not close.stated.centre or not (shares and paid):
            continue
        ratio = Fraction(paid, shares) / close.stated.centre
        if abs(ratio - 1) > _OFF:
            yield f"beware: the value of {asset} is {float(ratio):.3g} times its shares at the close of {filing.period}"


def _text(book: Book, holder: str, filing: Filing, entries: list[_Entry], left_out: list[str], target: str) -> Iterator[str]:
    assert filing.period is not None
    assert filing.filed is not None
    day = f"{filing.period:%Y_%m_%d}"
    own = "" if holder == book.head.company else f"{holder}_"
    source = _free(book, "sources", f"sec_13f_{own}{day}", target)
    publisher = "Securities and Exchange Commission" + (f", accession {filing.accession}" if filing.accession else "")
    title = f"Form 13F of {book.name_of(holder)} for {filing.period.day} {filing.period:%B %Y}"
    yield from (f"# {line}\n" for line in left_out)
    yield f"sources:\n  {source}:\n    title: {json.dumps(title, ensure_ascii=False)}\n    publisher: {json.dumps(publisher)}\n"
    yield f"    published: {filing.filed}\n    kind: regulator\nstakes:\n"
    for entry in entries:
        yield f"  {_free(book, 'stakes', f'{own}{entry.asset}_13f_{day}', target)}:\n    holder: {holder}\n    asset: {entry.asset}\n"
        yield f"    day: {filing.period}\n    known: {filing.filed}\n    shares: {entry.shares} shares\n"
        yield f"    value: {entry.value}\n" if entry.value else ""
        yield f"    binds: day\n    source: {source} {entry.source}\n"
        yield f"    note: {json.dumps(entry.note, ensure_ascii=False)}\n" if entry.note else ""


def _free(book: Book, noun: str, name: str, target: str) -> str:
    """An id that no other file of the book has."""
    table, number, free = book.tables.get(noun, {}), 1, name
    while free in table and table[free].place.file != target:
        number += 1
        free = f"{name}_{number}"
    return free
