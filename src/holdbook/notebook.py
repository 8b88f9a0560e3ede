"""A book in Python and in a notebook: read, ask, check, explain; what comes back shows itself, and its tables become data frames."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

from holdbook import api
from holdbook.checks.check import Soundness
from holdbook.quantity.explain import Step
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Table
from holdbook.render.answer_text import answer_text
from holdbook.render.cells import is_number, sentence, texts
from holdbook.render.charts.shown import figures
from holdbook.render.check_text import check_text
from holdbook.render.columns import Column, columns_of, figures_of
from holdbook.render.explain_text import explain_text
from holdbook.render.layout import aligned
from holdbook.render.numbers import with_bounds
from holdbook.render.style import Style

_PLAIN = Style()
_DTYPES = {"number": "Float64", "whole": "Int64", "text": "string", "flag": "boolean"}
_RIGHT, _LEFT = ' style="text-align:right"', ' style="text-align:left"'


def read(name: str | None = None, prices: Sequence[str] = ()) -> api.OpenBook:
    """Read a book: the path of its folder, or the name of a shipped one; `prices` are folders of closes.

    Raises holdbook.api.NotABookError when there is none.

    >>> read("tiny")
    <Book Acme Holding: 8 entries, day 2025-09-30, known on 2025-11-14>
    """
    return api.read(name, prices)


def ask(
    book: api.OpenBook,
    question: str,
    *,
    day: date | str | None = None,
    known_on: date | str | None = None,
    currency: str | None = None,
    against: Sequence[date | str] = (),
) -> Answered:
    """Ask a book a question; days may be written as `2025-09-30`, and `against` are days to set beside.

    Raises holdbook.api.UnknownQuestionError, with the nearest question.

    >>> ask(read("tiny"), "worth")["nav"]
    <Quantity nav USD>
    """
    others = [api.Against(day=_day(one)) for one in against]
    return Answered(api.ask(book, question, day=_day(day), known_on=_day(known_on), currency=currency, against=others))


def check(book: api.OpenBook) -> Checked:
    """All faults, claims, contradictions and assertions of a book.

    >>> check(read("tiny"))
    <Check of tiny: 0 faults, 0 claims>
    """
    return Checked(book.book.head.folder, api.check(book))


def explain(
    book: api.OpenBook, figure: str, *, day: date | str | None = None, known_on: date | str | None = None, currency: str | None = None
) -> Derivation:
    """How a figure of an answer comes about, down to the lines of the book.

    Raises holdbook.api.UnknownQuestionError for a name that no answer has.

    >>> explain(read("tiny"), "nav")
    <Derivation of nav: 9 steps>
    """
    return Derivation(figure, list(api.explain(book, figure, day=_day(day), known_on=_day(known_on), currency=currency)))


def _day(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


class Answered:
    """An answer that shows itself. `answer` is all of it; `figures` and `tables` are what most people want."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.tables: dict[str, TableShown] = {
            name: TableShown(table.title, columns_of(table), table) for name, table in answer.tables.items()
        }
        self.figures = TableShown(f"Figures of {answer.question}", figures_of(answer), _figures(answer))

    @property
    def headline(self) -> str:
        """The answer in a sentence or two."""
        return sentence(self.answer.headline)

    def __getitem__(self, name: str) -> Quantity:
        return self.answer.quantities[name].quantity

    def __iter__(self) -> Iterator[str]:
        return iter(self.answer.quantities)

    def __repr__(self) -> str:
        one = self.answer
        return f"<Answer {one.question} of {one.book} on {one.day}: {len(one.quantities)} figures, {len(one.tables)} tables>"

    def __str__(self) -> str:
        return answer_text(self.answer, _PLAIN)

    def _repr_html_(self) -> str:
        one = self.answer
        head = f"<p><small>{escape(f'{one.book} · {one.question} · {one.day}, as known on {one.known_on}')}</small></p>"
        own = TableShown("", [], _figures(one, alone=True))
        parts = [head, f"<p><strong>{escape(self.headline)}</strong></p>"]
        parts += [table._repr_html_() for table in (own, *self.tables.values()) if table.table.rows]
        parts.insert(2, figures(one.charts.values()))
        caveats = dict.fromkeys(sentence(caveat) for caveat in one.caveats)
        parts += [f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in caveats)}</ul>"] if caveats else []
        return "\n".join(parts)


def _figures(answer: Answer, *, alone: bool = False) -> Table:
    """The figures of an answer as a table of words; `alone` leaves out those that belong to a part, a sale or a year."""
    names = [name for name in answer.quantities if not (alone and "." in name)]
    rows: list[tuple[Any, ...]] = [(name, answer.quantities[name].quantity) for name in names]
    return Table("Figures", ("figure", "value"), rows, bounded=("value",))


class TableShown:
    """A table that shows itself as words, and becomes a data frame of plain columns: a figure as value, low, high and unit."""

    def __init__(self, title: str, columns: Sequence[Column], table: Table) -> None:
        self.title = title
        self.table = table
        self._columns = tuple(columns)

    def __len__(self) -> int:
        return len(self.table.rows)

    def columns(self) -> dict[str, list[Any]]:
        """The plain columns by their names; what is unknown is None."""
        return {column.name: list(column.values) for column in self._columns}

    def to_pandas(self) -> Any:
        """A data frame of pandas; what is unknown is `pandas.NA`, never a number.

        Raises ImportError where pandas is not installed.
        """
        pandas = _library("pandas", "to_pandas")
        series = {
            column.name: pandas.Series(
                pandas.to_datetime(list(column.values)) if column.kind == "day" else list(column.values), dtype=dtype
            )
            for column in self._columns
            for dtype in (_DTYPES.get(column.kind),)
        }
        return pandas.DataFrame(series)

    def to_arrow(self) -> Any:
        """A table of Apache Arrow.

        Raises ImportError where pyarrow is not installed.
        """
        arrow = _library("pyarrow", "to_arrow")
        types = {"number": arrow.float64(), "whole": arrow.int64(), "text": arrow.string(), "day": arrow.date32(), "flag": arrow.bool_()}
        return arrow.table({column.name: arrow.array(list(column.values), type=types[column.kind]) for column in self._columns})

    def __repr__(self) -> str:
        return f"<Table {self.title}: {len(self)} row{'' if len(self) == 1 else 's'}>"

    def __str__(self) -> str:
        shown, keep, right = self._shown()
        head = [self.table.columns[at].strip() for at in keep]
        return "\n".join([self.title, *aligned([[row[at] for at in keep] for row in shown], right, _PLAIN, head)])

    def _repr_html_(self) -> str:
        shown, keep, right = self._shown()
        sides = [_RIGHT if number else _LEFT for number in right]
        head = "".join(f"<th{side}>{escape(self.table.columns[at].strip())}</th>" for at, side in zip(keep, sides, strict=True))
        rows = [
            "".join(f"<td{side}{_ends(row[at])}>{escape(words[at])}</td>" for at, side in zip(keep, sides, strict=True))
            for words, row in zip(shown, self.table.rows, strict=True)
        ]
        caption = f'<caption style="text-align:left">{escape(self.title)}</caption>' if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"

    def _shown(self) -> tuple[list[list[str]], list[int], list[bool]]:
        """The words of all rows, the columns that have any, and which of those are numbers."""
        rows = texts(self.table)
        keep = [at for at in range(len(self.table.columns)) if any(row[at] for row in rows)]
        return rows, keep, [any(is_number(row[at]) for row in self.table.rows) for at in keep]


def _ends(value: object) -> str:
    """The bounds of a figure, for whoever points at it."""
    return f' title="{escape(with_bounds(value))}"' if isinstance(value, Quantity) else ""


def _library(name: str, method: str) -> Any:
    """A library that a table goes to; it is no dependency of its own."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise ImportError(f"{method}() needs {name}, which is not installed: {sys.executable} -m pip install {name}", name=name) from None


class Checked:
    """What a check of a book found, that shows itself."""

    def __init__(self, folder: str, found: Soundness) -> None:
        self.folder = folder
        self.found = found

    @property
    def problems(self) -> list[Any]:
        """The faults."""
        return self.found.problems

    def __repr__(self) -> str:
        faults, claims = len(self.found.problems), len(self.found.claims)
        return f"<Check of {self.folder}: {faults} fault{'' if faults == 1 else 's'}, {claims} claim{'' if claims == 1 else 's'}>"

    def __str__(self) -> str:
        return check_text(self.folder, self.found, _PLAIN)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


class Derivation(Sequence[Step]):
    """The steps of a derivation, that show themselves as a tree."""

    def __init__(self, figure: str, steps: Sequence[Step]) -> None:
        self.figure = figure
        self._steps = tuple(steps)

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, index: Any) -> Any:
        return self._steps[index]

    def __repr__(self) -> str:
        return f"<Derivation of {self.figure}: {len(self)} steps>"

    def __str__(self) -> str:
        return explain_text(self._steps, _PLAIN)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
