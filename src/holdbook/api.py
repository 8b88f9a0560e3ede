"""One door in: read a book, check it, ask it, explain a figure of an answer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from holdbook.model.book import Book
from holdbook.problems import Problem, nearest
from holdbook.quantity.explain import Step
from holdbook.quantity.explain import explain as _explain
from holdbook.questions.answer import Answer
from holdbook.questions.catalogue import CATALOGUE, Question
from holdbook.questions.convert import in_currency
from holdbook.reader.folder import PRICES, TextFile
from holdbook.reader.memory import recall, remember
from holdbook.reader.raw import shown
from holdbook.reader.read import read_book
from holdbook.timeline.view import View

if TYPE_CHECKING:
    from holdbook.checks.check import Soundness

DEFAULT = "softbank"
_CULPRIT = re.compile(r"\w+(?=:)|\"[^\"]*\"|'[^']*'|[^,}#]*[^,}#\s]")
SHIPPED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "books")


class NotABookError(LookupError):
    """Nothing that can be read as a book; `problems` says why."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        super().__init__(f"{name} is not a book that can be read")
        self.problems = problems


class UnknownQuestionError(LookupError):
    """A question, or a figure, that there is not; `way_out` names the nearest."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.way_out = way_out


class OpenBook(NamedTuple):
    """A book that was read, the problems that reading found, its files, the key under which it is remembered, and every folder that it reads."""

    book: Book
    problems: list[Problem]
    files: dict[str, TextFile]
    folder: str
    key: str = ""
    folders: tuple[str, ...] = ()


class Against(NamedTuple):
    """What to set an answer beside: another day, or other knowledge, of the same book."""

    day: date | None = None
    known_on: date | None = None


def shipped() -> list[str]:
    """The names of the books that come with the program."""
    return sorted(name for name in os.listdir(SHIPPED) if os.path.isfile(os.path.join(SHIPPED, name, "book.yaml")))


def find(name: str | None) -> str:
    """The folder of a book: a folder of that name, else a shipped book; without a name the folder one stands in, else `softbank`."""
    if name is None:
        return "." if os.path.isfile("book.yaml") else os.path.join(SHIPPED, DEFAULT)
    if not os.path.isdir(name) and name in shipped():
        return os.path.join(SHIPPED, name)
    return name


def read(name: str | None = None, prices: Sequence[str] = ()) -> OpenBook:
    """Read a book by the path of its folder or the name of a shipped one, with its price folders and those of `prices`.

    Raises NotABookError when there is none, OSError for a price folder that cannot be read; faults within a book are in `problems`.

    >>> read("tiny").book.head.name
    'Acme Holding'
    """
    folder = find(name)
    found = read_book(folder, SHIPPED)
    if found.book is None:
        raise NotABookError(name or folder, found.problems)
    opened = OpenBook(found.book, found.problems, found.files, folder, found.key, (*found.folders, *prices))
    own = [path for one in found.folders if os.path.isdir(path := os.path.join(one, PRICES))]
    return _with_prices(opened, own, prices) if own or prices else opened


def _with_prices(opened: OpenBook, own: Sequence[str], others: Sequence[str]) -> OpenBook:
    """The same book with the closes of its own price folders and of others."""
    from holdbook.reader.prices import PriceFolder, read_prices  # a book without prices does not need it

    folders = [PriceFolder(path, f"{shown(os.path.dirname(path))}/{PRICES}", own=True) for path in own]
    for path in others:
        name = shown(path)
        folders.append(PriceFolder(path, path if name in {folder.shown for folder in folders} else name, own=False))
    found = read_prices(opened.book, folders, opened.key)
    book = msgspec.structs.replace(opened.book, series=found.series, notes=found.notes)
    return OpenBook(book, opened.problems + found.problems, opened.files | found.files, opened.folder, found.key, opened.folders)


def check(opened: OpenBook) -> Soundness:
    """All faults, claims, contradictions and assertions of a book."""
    from holdbook.checks.check import check as run  # a question does not need it

    found = run(opened.book, opened.problems)
    return msgspec.structs.replace(found, problems=[_with_excerpt(opened, problem) for problem in found.problems])


def faults(opened: OpenBook) -> list[Problem]:
    """Every fault of a book, those that only a whole check finds among them; those of an unchanged book are remembered.

    >>> faults(read("tiny"))
    []
    """
    key = f"{opened.key}-faults"
    found: list[Problem] | None = recall(key) if opened.key else None
    if found is None:
        found = check(opened).problems
        if opened.key:
            remember(key, found)
    return found


def _with_excerpt(opened: OpenBook, problem: Problem) -> Problem:
    """A problem with the line at which it points, and the word or the value there underlined."""
    file = opened.files.get(problem.place.file)
    if problem.excerpt or file is None or not problem.place.line:
        return problem
    line = file.line(problem.place.line)
    rest = line[max(problem.place.column - 1, 0) :]
    culprit = _CULPRIT.match(rest)
    return msgspec.structs.replace(problem, excerpt=line, length=len(culprit[0]) if culprit else 1)


def book_schema() -> str:
    """The JSON Schema of a book's YAML files, for an editor."""
    from holdbook.reader.schema import book_schema as made  # only who asks for it pays for it

    return made()


def question(name: str) -> Question:
    """The question of that name.

    Raises UnknownQuestionError, with the nearest one.
    """
    found = next((one for one in CATALOGUE if one.name == name), None)
    if found is None:
        raise UnknownQuestionError(f"no question {name!r}", nearest(name, [one.name for one in CATALOGUE]))
    return found


def ask(
    opened: OpenBook,
    name: str,
    *,
    day: date | None = None,
    known_on: date | None = None,
    currency: str | None = None,
    against: Sequence[Against] = (),
) -> Answer:
    """Ask a book a question.

    `day` and `known_on` default to the book's own. `currency` converts every amount at the rate of its own day or period.

    >>> ask(read("tiny"), "worth").headline[0]
    'Acme Holding is worth '
    """
    view = View(opened.book, day, known_on)
    others = [View(opened.book, one.day or view.day, one.known_on or view.known_on) for one in against]
    answer = question(name).ask(view, others)
    if opened.problems:
        answer.caveats.insert(0, f"The book has {len(opened.problems)} faults: what could not be read is not in this answer.")
    if opened.book.series:
        answer.caveats += _doubts(opened.book, answer)
    return in_currency(view, answer, currency) if currency else answer


def _doubts(book: Book, answer: Answer) -> list[str]:
    """What is not known of the price files behind the figures of an answer."""
    files = {leaf.origin.place.file for figure in answer.quantities.values() for leaf in figure.quantity.leaves()}
    return [f"{series.file}: {series.doubt}." for series in book.series if series.doubt and series.file in files]


def explain(
    opened: OpenBook, name: str, *, day: date | None = None, known_on: date | None = None, currency: str | None = None
) -> Iterator[Step]:
    """How a figure of an answer comes about, down to the lines of the book. The first question that has it is asked.

    Raises UnknownQuestionError for a name that no answer has, with the nearest.
    """
    names: list[str] = []
    for one in CATALOGUE:
        answer = ask(opened, one.name, day=day, known_on=known_on, currency=currency)
        if name in answer.quantities:
            return _explain(answer.quantities[name].quantity)
        names += answer.quantities
    raise UnknownQuestionError(f"no answer has a figure {name!r}", nearest(name, names))
