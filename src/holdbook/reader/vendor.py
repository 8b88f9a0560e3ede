"""A vendor's price file into closes as it has them: which column holds the day and the close, and what the file says of splits.

No file is recognised by its vendor: the header says what a column is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from holdbook.model.series import ONE, Split
from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.session import day_reader
from holdbook.reader.table import Row, column_of, csv_problem

_DAYS = ("date", "day", "timestamp", "time", "price")
_TRADED = ("close_as_traded", "as_traded", "unadjusted_close", "close_unadjusted")
_ADJUSTED = ("close_split_adj", "close_split_adjusted", "split_adjusted_close", "adjustmentclose")
_PLAIN = ("close", "close_last", "last", "price", "closing_price")
_BOTH = ("adj_close", "adjclose", "adjusted_close")
_FACTORS = ("split_factor", "splitfactor_cumulative")
_SPLITS = ("stock_splits", "split_coefficient", "splitfactor", "splits")
_NONE = frozenset(("", "-", "null", "nan", "none", "n/a"))
_NUMBER = re.compile(r"(-?)\$?(\d[\d,]{0,18})(?:\.(\d{0,30}))?(?:[eE]([-+]?\d{1,2}))?", re.ASCII)
_LARGEST = 10**18
_MOST = 20
_PLACES = 6
_FINEST = 10_000


class Layout(NamedTuple):
    """Where a file has what: columns counted from zero, and how its header names the closes."""

    day: int
    close: int
    said: str
    factor: int | None
    splits: int | None


class Closes:
    """The closes of a file, in the order of their days; whole millionths.

    `said` is what the header says of them: `traded`, `adjusted` for splits, `dividends` for those too, or nothing. `factors` are those
    between the two, where the file has them; `splits` are those that it records, as such or by a change of its factors; `empty` counts sessions without a close, `long` those whose
    close has more digits than a price, so that it came out of a sum or a float.
    """

    def __init__(self, said: str) -> None:
        self.said = said
        self.days: list[date] = []
        self.lines: list[int] = []
        self.values: list[int] = []
        self.steps: list[int] = []
        self.factors: list[Fraction] = []
        self.splits: list[Split] = []
        self.empty = 0
        self.long = 0


def closes_of(file: TextFile, rows: Iterable[Row], problems: list[Problem], *, signed: bool = False) -> Closes | None:
    """The closes of a file, or None where no column holds them; every cell that is no price is noted and left out.

    `signed` allows what a price cannot be: nothing, or less (a rate of interest).
    """
    found = [row for row in rows if row.cells and not row.cells[0].startswith("#")]
    header = [_plain(cell) for cell in found[0].cells] if found else []
    layout = _layout(header)
    if layout is None:
        expected = "a column Date and a column Close, as the vendors name them"
        problems.append(csv_problem(file, 1, f"a header of {', '.join(header) or 'nothing'}", expected, "name the two columns so"))
        return None
    body = found[3:] if header[0] == "price" and len(found) > 2 and _plain(found[2].cells[0]) == "date" else found[1:]
    return _Reading(file, layout, problems, signed).read(body)


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", cell.strip().lower()).strip("_")


def _layout(header: list[str]) -> Layout | None:
    day = next((header.index(name) for name in _DAYS if name in header), None)
    said, close = next(
        (
            (said, header.index(name))
            for said, names in (("traded", _TRADED), ("adjusted", _ADJUSTED), ("", _PLAIN), ("dividends", _BOTH))
            for name in names
            if name in header and header.index(name) != day
        ),
        ("", None),
    )
    if day is None or close is None:
        return None
    factor = next((index for index, name in enumerate(header) if name.startswith(_FACTORS)), None)
    splits = next((header.index(name) for name in _SPLITS if name in header), None)
    return Layout(day, close, said, factor if said in ("adjusted", "traded") else None, splits)


class _Reading:
    """Reads the rows of one file, noting what is wrong with each."""

    def __init__(self, file: TextFile, layout: Layout, problems: list[Problem], signed: bool) -> None:
        self._file, self._layout, self._problems, self._signed = file, layout, problems, signed
        self._bad = 0

    def read(self, rows: list[Row]) -> Closes:
        """All rows, in the order of their days; a file that runs backwards is turned round."""
        closes = Closes(self._layout.said)
        day_of = day_reader([row.cells[self._layout.day].strip() for row in rows if len(row.cells) > self._layout.day])
        taken = [row for row in rows if len(row.cells) > max(self._layout[:2])]
        dated = [(day, row) for row in taken if (day := self._day(row, day_of(row.cells[self._layout.day].strip()))) is not None]
        if len(dated) > 1 and dated[0][0] > dated[-1][0]:
            dated.reverse()
        for day, row in self._in_order(dated):
            self._take(closes, day, row)
        for (before, after), day in zip(pairwise(closes.factors), closes.days[1:], strict=False):
            if before != after:
                closes.splits.append(Split(day, (before / after).limit_denominator(_FINEST)))
        return closes

    def _day(self, row: Row, day: date | None) -> date | None:
        if day is None:
            self._note(row, self._layout.day, "bad-day", "is no day", "a day such as 2025-09-30", "write the day so, in every row")
        return day

    def _in_order(self, dated: list[tuple[date, Row]]) -> Iterator[tuple[date, Row]]:
        last = date.min
        kept: list[tuple[date, Row]] = []
        seen: set[date] = set()
        for day, row in dated:
            if day in seen:
                self._note(row, self._layout.day, "price-days", "stands twice", "one close for a day", "remove one of the two rows")
                continue
            if day < last:
                found = f"comes after {last}"
                self._note(row, self._layout.day, "price-days", found, "days in their order", "sort the rows by their days")
            seen.add(day)
            last = max(last, day)
            kept.append((day, row))
        return iter(sorted(kept, key=lambda pair: pair[0]))

    def _take(self, closes: Closes, day: date, row: Row) -> None:
        cell = row.cells[self._layout.close].strip()
        self._split(closes, day, row)
        if cell.lower() in _NONE:
            closes.empty += 1
            return
        number = price_of(cell)
        if number is None:
            way_out = "leave the cell empty if there was no session; else write the close"
            self._note(row, self._layout.close, "bad-price", "is no price", "a number", way_out)
        elif number[0] <= 0 and not self._signed:
            self._note(row, self._layout.close, "bad-price", "is no price of a share", "more than nothing", "correct it, or leave it empty")
        else:
            factor = self._factor(row)
            if factor is not None:
                closes.factors.append(factor)
            closes.long += len(cell.partition(".")[2]) > _PLACES
            closes.days.append(day)
            closes.lines.append(row.line)
            closes.values.append(number[0])
            closes.steps.append(number[1])

    def _factor(self, row: Row) -> Fraction | None:
        if self._layout.factor is None:
            return None
        number = price_of(row.cells[self._layout.factor].strip()) if len(row.cells) > self._layout.factor else None
        if number is None or number[0] <= 0:
            self._note(row, self._layout.factor, "bad-price", "is no factor", "a number above nothing", "write how many shares one became")
            return Fraction(1)
        return Fraction(number[0], ONE)

    def _split(self, closes: Closes, day: date, row: Row) -> None:
        if self._layout.splits is None or len(row.cells) <= self._layout.splits:
            return
        ratio = ratio_of(row.cells[self._layout.splits].strip())
        if ratio is not None and ratio != 1:
            closes.splits.append(Split(day, ratio))

    def _note(self, row: Row, index: int, reason: str, what: str, expected: str, way_out: str) -> None:
        self._bad += 1
        if self._bad > _MOST:
            return
        line, cell = self._file.line(row.line), row.cells[index] if len(row.cells) > index else ""
        place = Place(self._file.name, row.line, column_of(line, index))
        self._problems.append(Problem(reason, place, f"{cell!r} {what}", expected, way_out, line, max(len(cell), 1)))


def price_of(text: str) -> tuple[int, int] | None:
    """A number in whole millionths, and half its step; None if it is no number.

    >>> price_of("$1,186.58")
    (1186580000, 5000)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, power = match[1], match[2].replace(",", ""), match[3] or "", int(match[4] or 0)
    places = len(decimals) - power
    digits = int(whole + decimals)
    finer = places - _PLACES
    value = (digits + 10**finer // 2) // 10**finer if finer > 0 else digits * 10**-finer
    step = ONE // 2 // 10**places if 0 <= places < _PLACES else 1
    if value > _LARGEST:
        return None
    return (-value if sign else value), step


def ratio_of(text: str) -> Fraction | None:
    """The ratio of a split: `4.0`, `0.025`, `4:1`; None where there is none."""
    above, _, below = text.partition(":")
    first, second = price_of(above.strip()), price_of(below.strip() or "1")
    if first is None or second is None or first[0] <= 0 or second[0] <= 0:
        return None
    return Fraction(first[0], second[0]).limit_denominator(_FINEST)
