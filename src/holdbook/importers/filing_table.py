"""Form 13F as tables: columns in JSON, as trackers keep it, or the SEC's own data sets of tab-separated values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from holdbook.importers.filing import Filing, Line, ReadFiling, one_line
from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile

_NEEDED = ("name", "value", "shares")
_WASHINGTON = timezone(timedelta(hours=-5))
_TSV = ("ACCESSION_NUMBER", "NAMEOFISSUER", "CUSIP", "VALUE", "SSHPRNAMT", "SSHPRNAMTTYPE")
_WAY_OUT = "check which file it is"


def read_json(file: TextFile) -> ReadFiling:
    """The filing in columns of JSON: `data.cols` names them, each is a list below `data`."""
    try:
        whole = json.loads(file.text)
        data = whole["data"]
        columns = {name: data[name] for name in data["cols"]}
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return _refused(file, 1, f"{type(error).__name__}: {error}"[:120], "a table of Form 13F in columns")
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        return _refused(file, 1, f"no column {', '.join(missing)}", "the columns name, value and shares")
    problems: list[Problem] = []
    lines = [line for number, row in enumerate(rows, 1) for line in _row(file, number, row, problems)]
    pages = whole.get("pages", 1)
    if isinstance(pages, int) and pages > 1:
        problems += _refused(file, 1, f"page {whole.get('page', 0)} of {pages}", "the whole table in one file").problems
    if problems:
        return ReadFiling(None, problems)
    meta: Mapping[str, Any] = whole["meta"] if isinstance(whole.get("meta"), dict) else {}
    parts = [part for part in (meta.get(f"value_{name}_usd") for name in ("long", "options", "prn")) if isinstance(part, int)]
    in_dollars = len(parts) == 3 and sum(parts) == sum(line.value for line in lines)
    accession = next(iter(meta.get("accessions") or []), "")
    return ReadFiling(Filing(file.name, _day(whole.get("period")), _accepted(whole), one_line(accession), lines, None, in_dollars), [])


def _row(file: TextFile, number: int, row: Mapping[str, Any], problems: list[Problem]) -> Iterator[Line]:
    value, amount = row["value"], row["shares"]
    for name, cell in (("value", value), ("shares", amount)):
        if not isinstance(cell, int) or isinstance(cell, bool) or cell < 0:
            problems += _refused(file, 1, f"{name} of row {number} is {cell!r}", "a whole number", "bad-figure").problems
            return
    yield Line(
        one_line(row["name"]), one_line(row.get("cls")), one_line(row.get("cusip")).upper(), one_line(row.get("ticker")), value, amount,
        str(row.get("unit") or "SH").upper(), str(row.get("type") or "").upper(), f"row {number}",
    )  # fmt: skip


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _accepted(whole: Mapping[str, Any]) -> date | None:
    """The day in Washington on which the filing was accepted."""
    try:
        moment = datetime.fromisoformat(str(whole.get("acceptedAt")))
    except ValueError:
        return None
    return moment.astimezone(_WASHINGTON).date() if moment.tzinfo is not None else moment.date()


def read_tsv(file: TextFile, accession: str) -> ReadFiling:
    """One filing of the SEC's INFOTABLE.tsv, by its accession number; it may be left out where the file has just one."""
    rows = list(csv.DictReader(io.StringIO(file.text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not set(_TSV) <= set(rows[0]):
        return _refused(file, 1, "other columns", ", ".join(_TSV))
    numbers = dict.fromkeys(row["ACCESSION_NUMBER"] for row in rows)
    accession = accession or (next(iter(numbers)) if len(numbers) == 1 else "")
    if accession not in numbers:
        found = f"{len(numbers)} filings and no accession number" if not accession else f"no filing {accession}"
        return _refused(file, 1, found, "the accession number of one of them", way_out="give it: --accession 0001062993-25-002489")
    problems: list[Problem] = []
    lines = [
        line for number, row in enumerate(rows, 2) if row["ACCESSION_NUMBER"] == accession for line in _tabbed(file, number, row, problems)
    ]
    return ReadFiling(None, problems) if problems else ReadFiling(Filing(file.name, None, None, one_line(accession), lines), [])


def _tabbed(file: TextFile, number: int, row: Mapping[str, str | None], problems: list[Problem]) -> Iterator[Line]:
    value, amount = row["VALUE"] or "", row["SSHPRNAMT"] or ""
    if not (value.isascii() and value.isdigit() and amount.isascii() and amount.isdigit()):
        problems += _refused(file, number, f"a value of {value!r} for {amount!r}", "whole numbers", "bad-figure").problems
        return
    yield Line(
        one_line(row["NAMEOFISSUER"]), one_line(row.get("TITLEOFCLASS")), one_line(row["CUSIP"]).upper(), "", int(value), int(amount),
        (row["SSHPRNAMTTYPE"] or "").upper(), (row.get("PUTCALL") or "").upper(), f"line {number}",
    )  # fmt: skip


def _refused(file: TextFile, line: int, found: str, expected: str, reason: str = "wrong-shape", way_out: str = _WAY_OUT) -> ReadFiling:
    return ReadFiling(None, [Problem(reason, Place(file.name, line, 1), found, expected, way_out, file.line(line))])
