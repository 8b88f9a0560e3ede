"""A CSV of plain trades into columns: `ledger.csv`, read ten times as fast as entries because nothing in it may be special."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from holdbook.dates import DayError, Span, parse_span
from holdbook.model.fact import Fact
from holdbook.model.ledger import ONE, PLACES, Ledger
from holdbook.model.source import Source
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.quantity.unit import CURRENCIES
from holdbook.reader.folder import TextFile
from holdbook.reader.table import Row, column_of, csv_problem, rows_of

_NEEDED = ("id", "asset", "side", "day", "shares", "amount", "source")
_ALLOWED = (*_NEEDED, "holder", "known")
_IDENTIFIER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_SHARES = re.compile(r"(\d{1,15})(?:\.(\d{1,6}))? shares?", re.ASCII)
_AMOUNT = re.compile(r"([A-Z]{3}) (\d{1,15})(?:\.(\d{1,6}))?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HALF = ONE // 2
_QUOTES = "put a cell that contains a comma in quotes"


def is_ledger(name: str) -> bool:
    """Whether a file of a book is a ledger: `ledger.csv`, `ledger-2024.csv`."""
    base = name.rsplit("/", 1)[-1]
    return base.endswith(".csv") and base.removesuffix(".csv").split("-")[0] == "ledger"


def read_ledger(
    file: TextFile, sources: dict[str, Source], entities: frozenset[str], fiscal_start: tuple[int, int], trades: Mapping[str, Fact]
) -> tuple[Ledger, list[Problem]]:
    """The columns of a ledger, and every row that cannot be read; those are left out. `trades` are the ids that are taken."""
    ledger = Ledger(file.name)
    problems: list[Problem] = []
    rows = rows_of(file, problems)
    header = [cell.strip() for cell in next(rows, Row([], 1)).cells]
    if not set(_NEEDED) <= set(header) <= set(_ALLOWED):
        expected = f"the columns {', '.join(_NEEDED)}, and at most holder, known"
        problems.append(csv_problem(file, 1, f"a header of {', '.join(header)}", expected, "name the columns so"))
        return ledger, problems
    _Filler(ledger, file, sources, entities, fiscal_start, problems).fill(header, rows)
    ledger.titles = {name: source.title for name, source in sources.items()}
    problems += _twice(ledger, file, trades)
    return ledger, problems


def _twice(ledger: Ledger, file: TextFile, trades: Mapping[str, Fact]) -> Iterator[Problem]:
    if len(set(ledger.ids)) == len(ledger.ids) and not (trades and trades.keys() & set(ledger.ids)):
        return
    seen = {name: str(fact.place) for name, fact in trades.items()}
    for name, line in zip(ledger.ids, ledger.lines, strict=True):
        if name in seen:
            found = f"two trades {name!r}, the first at {seen[name]}"
            yield Problem("duplicate-id", Place(file.name, line, 1), found, "one", "rename one of the two", file.line(line), len(name))
        seen.setdefault(name, f"line {line}")


class _RefusedError(ValueError):
    """A cell that a ledger cannot hold: the reason, the field, what is expected, the way out."""

    def __init__(self, reason: str, field: str, found: str, expected: str, way_out: str) -> None:
        super().__init__(found)
        self.reason, self.field, self.expected, self.way_out = reason, field, expected, way_out


class _Filler:
    """Fills a ledger row by row; what recurs (days, names, sources) is looked up once."""

    def __init__(
        self,
        ledger: Ledger,
        file: TextFile,
        sources: dict[str, Source],
        entities: frozenset[str],
        fiscal_start: tuple[int, int],
        problems: list[Problem],
    ) -> None:
        self._ledger, self._file, self._problems = ledger, file, problems
        self._sources, self._entities, self._fiscal_start = sources, entities, fiscal_start
        self._days: dict[str, Span] = {}
        self._learnt: dict[str, date] = {}
        self._names: set[str] = set()

    def fill(self, header: list[str], rows: Iterator[Row]) -> None:
        """Read all rows."""
        places = {name: header.index(name) for name in header}
        take = self._taker(places)
        width = len(header)
        for row in rows:
            try:
                if len(row.cells) != width:
                    found, expected = f"{len(row.cells)} cells", f"{width} as in the header"
                    self._problems.append(csv_problem(self._file, row.line, found, expected, _QUOTES))
                    continue
                take(row.cells, row.line)
            except _RefusedError as refused:
                self._note(row, places[refused.field], refused)

    def _note(self, row: Row, index: int, refused: _RefusedError) -> None:
        line = self._file.line(row.line)
        place = Place(self._file.name, row.line, column_of(line, index))
        self._problems.append(
            Problem(refused.reason, place, str(refused), refused.expected, refused.way_out, line, max(len(row.cells[index]), 1))
        )

    def _taker(self, places: dict[str, int]) -> Callable[[list[str], int], None]:
        ledger = self._ledger
        name, asset, side, day, shares, amount, source = (places[field] for field in _NEEDED)
        holder, known = places.get("holder"), places.get("known")

        def take(row: list[str], line: int) -> None:
            held, half = _shares(row[shares])
            currency, paid, step = _amount(row[amount])
            span = self._days.get(row[day]) or self._day(row[day])
            learnt = self._learnt.get(row[source].partition(" ")[0]) or self._source(row[source])
            if known is not None and row[known]:
                learnt = self._day(row[known], "known").last
                if learnt < span.first:
                    raise _RefusedError(
                        "learnt-too-early",
                        "known",
                        f"known on {learnt}, and of {span}",
                        "known on its day or later",
                        "correct one of the two",
                    )
            if not row[name] or not _IDENTIFIER.issuperset(row[name]):
                raise _RefusedError("bad-id", "id", f"{row[name]!r}", "small letters, digits and _", "rename it")
            if row[asset] not in self._names:
                self._name(row[asset], "asset")
            if holder is not None and row[holder] and row[holder] not in self._names:
                self._name(row[holder], "holder")
            if not span.is_day:
                raise _RefusedError("bad-day", "day", f"the period {span}", "a day", "write the day, or put the trade into trades.yaml")
            if row[side] not in ("buy", "sell"):
                raise _RefusedError("bad-choice", "side", f"{row[side]!r}", "buy or sell", "write buy or sell")
            ledger.ids.append(row[name])
            ledger.lines.append(line)
            ledger.assets.append(row[asset])
            ledger.holders.append(row[holder] if holder is not None else "")
            ledger.sells.append(row[side] == "sell")
            ledger.days.append(span)
            ledger.learnt.append(learnt)
            ledger.shares.append(held)
            ledger.share_steps.append(half)
            ledger.amounts.append(paid)
            ledger.amount_steps.append(step)
            ledger.currencies.append(currency)
            ledger.sources.append(row[source])

        return take

    def _day(self, text: str, field: str = "day") -> Span:
        if text not in self._days:
            try:
                self._days[text] = _plain_day(text) or parse_span(text, self._fiscal_start)
            except DayError as error:
                raise _RefusedError("bad-day", field, f"{text!r} is no day or period", "a day or a period", error.way_out) from None
        return self._days[text]

    def _source(self, text: str) -> date:
        name = text.partition(" ")[0]
        if not name:
            raise _RefusedError("source-missing", "source", "no source", "every fact says where it was read", "write ID LOCATOR")
        if name not in self._learnt:
            source = self._sources.get(name)
            if source is None:
                raise _RefusedError(
                    "unknown-source",
                    "source",
                    f"no source {name!r}",
                    "a source that the book lists",
                    nearest(name, self._sources),
                )
            day = source.published or source.retrieved
            if day is None:
                raise _RefusedError(
                    "source-undated",
                    "source",
                    f"source {name} has no day",
                    "published or retrieved",
                    f"give {name} a day, or the row a `known`",
                )
            self._learnt[name] = day.last
        return self._learnt[name]

    def _name(self, name: str, field: str) -> None:
        if name not in self._entities:
            raise _RefusedError(
                "unknown-name", field, f"no entities entry {name!r}", "the id of an entry of entities", nearest(name, self._entities)
            )
        self._names.add(name)


def _plain_day(text: str) -> Span | None:
    """The commonest spelling of a day, read in a fraction of the time."""
    if _DAY.fullmatch(text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Span(day, day, text)


def _shares(text: str) -> tuple[int, int]:
    """A number of shares in millionths, and half its step; a whole number is exact."""
    match = _SHARES.fullmatch(text)
    if match is None:
        raise _RefusedError(
            "bad-figure",
            "shares",
            f"{text!r} is no plain number of shares",
            "such as 1200 shares",
            "write it so, or put the trade into trades.yaml",
        )
    decimals = match[2]
    if decimals is None:
        return int(match[1]) * ONE, 0
    return int(match[1]) * ONE + int(decimals.ljust(PLACES, "0")), _HALF // 10 ** len(decimals)


def _amount(text: str) -> tuple[str, int, int]:
    """A currency, an amount in millionths, and half its step."""
    match = _AMOUNT.fullmatch(text)
    if match is None or match[1] not in CURRENCIES:
        raise _RefusedError(
            "bad-figure", "amount", f"{text!r} is no plain amount", "such as USD 1200.50", "write it so, or put the trade into trades.yaml"
        )
    decimals = match[3] or ""
    return match[1], int(match[2]) * ONE + int(decimals.ljust(PLACES, "0")), _HALF // 10 ** len(decimals)
