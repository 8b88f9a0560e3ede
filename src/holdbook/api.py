"""One door in: read a book, check it, ask it, explain a figure of an answer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from holdbook.model.book import Book
from holdbook.model.outlook import Outlook
from holdbook.problems import Problem, nearest
from holdbook.quantity.explain import Step
from holdbook.quantity.explain import explain as _explain
from holdbook.questions.answer import Answer
from holdbook.questions.beside import beside, told
from holdbook.questions.catalogue import CATALOGUE, Question
from holdbook.questions.convert import in_currency
from holdbook.reader.folder import PRICES, TextFile
from holdbook.reader.memory import recall, remember
from holdbook.reader.read import ReadBook, lay_shocks, read_book
from holdbook.reader.texts import scenario_names, shown
from holdbook.timeline.shocks import struck
from holdbook.timeline.view import View
from holdbook.valuation.value import has_tables, last_table, table_of

if TYPE_CHECKING:
    from holdbook.checks.check import Soundness
    from holdbook.simulation.simulate import Futures

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
    """A book that was read, the problems that reading found, its files, and the key under which it is remembered.

    `folders` are its own and those of the books that it extends, `prices` the other price folders. Where a scenario is laid over it,
    `bare` is the book without.
    """

    book: Book
    problems: list[Problem]
    files: dict[str, TextFile]
    folder: str
    key: str = ""
    folders: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    bare: OpenBook | None = None

    def __repr__(self) -> str:
        head, entries = self.book.head, sum(map(len, self.book.tables.values()))
        faults = f", {len(self.problems)} fault{'s' if len(self.problems) > 1 else ''}" if self.problems else ""
        return f"<Book {head.name}: {entries} entries{faults}, day {head.day}, known on {head.known_on}>"


class Against(NamedTuple):
    """What to set an answer beside: another day, other knowledge, or a scenario, of the same book."""

    day: date | None = None
    known_on: date | None = None
    scenario: str = ""


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


def read(name: str | None = None, prices: Sequence[str] = (), scenario: str = "") -> OpenBook:
    """Read a book by the path of its folder or the name of a shipped one, with its price folders and those of `prices`.

    `scenario` is laid over it: the path of a file, or the stem of one in the folder `scenarios/` of the book.

    Raises NotABookError when there is none, OSError for a scenario or a price folder that cannot be read; faults within a book are in
    `problems`.

    >>> read("tiny").book.head.name
    'Acme Holding'
    """
    opened = _read(find(name), name, prices, "")
    return with_scenario(opened, scenario) if scenario else opened


def with_scenario(opened: OpenBook, scenario: str) -> OpenBook:
    """The same book with a scenario laid over it, instead of the one that it may have already.

    Raises OSError for a scenario that is not there.
    """
    bare = opened.bare or opened
    named = scenarios(bare)
    path = scenario if os.path.isfile(scenario) else named.get(scenario)
    if path is None:
        raise FileNotFoundError(2, f"is no file and no scenario of the book; {nearest(scenario, named)}", scenario)
    laid = lay_shocks(ReadBook(bare.book, bare.problems, bare.files, bare.key, bare.folders), path)
    if laid is None or laid.book is None:
        return _read(bare.folder, None, bare.prices, path)._replace(bare=bare)
    return bare._replace(book=laid.book, problems=laid.problems, files=laid.files, key=laid.key, bare=bare)


def scenarios(opened: OpenBook) -> dict[str, str]:
    """The files of the scenarios of a book, by their names."""
    return scenario_names(opened.folders)


def _read(folder: str, name: str | None, prices: Sequence[str], scenario: str) -> OpenBook:
    found = read_book(folder, SHIPPED, scenario)
    if found.book is None:
        raise NotABookError(name or folder, found.problems)
    opened = OpenBook(found.book, found.problems, found.files, folder, found.key, found.folders, tuple(prices))
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
    return opened._replace(book=book, problems=opened.problems + found.problems, files=opened.files | found.files, key=found.key)


def check(opened: OpenBook) -> Soundness:
    """All faults, claims, contradictions and assertions of a book.

    Of a scenario those faults count that the book has without it, and those that stand in the scenario's own file: a company's table
    asserts nothing about what never happened.
    """
    from holdbook.checks.check import check as run  # a question does not need it

    found = run(opened.book, opened.problems)
    if opened.bare is not None:
        known = {(fault.reason, fault.place, fault.found) for fault in faults(opened.bare)}
        problems = [one for one in found.problems if (one.reason, one.place, one.found) in known or _of_scenario(opened, one)]
        found = msgspec.structs.replace(found, problems=problems)
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


def _of_scenario(opened: OpenBook, problem: Problem) -> bool:
    """Whether a fault, or one side of it, stands in the file of the scenario."""
    over = opened.book.scenario
    own = over.place.file if over is not None else None
    return problem in opened.problems or (
        problem.reason != "published" and own in (problem.place.file, *(side.place.file for side in problem.sides))
    )


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


def scenario_schema() -> str:
    """The JSON Schema of a scenario's file, for an editor."""
    from holdbook.reader.schema import scenario_schema as made  # only who asks for it pays for it

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
    futures: Futures | None = None,
) -> Answer:
    """Ask a book a question.

    `day` and `known_on` default to the book's own. `currency` converts every amount at the rate of its own day or period. `futures`
    says how many paths a question draws that says how likely something is, from which seed and on which outlook.

    >>> ask(read("tiny"), "worth").headline[0]
    'Acme Holding is worth '
    """
    asked = question(name)
    view = View(opened.book, day, known_on)
    since = _table_day(view)
    view = View(struck(view.book, view.day, since), view.day, view.known_on)
    view.scenarios = partial(_under_each, opened, view)
    others = [View(view.book, one.day or view.day, one.known_on or view.known_on) for one in against if not one.scenario]
    if futures is not None and futures.outlook and futures.outlook not in opened.book.tables.get(Outlook.noun, {}):
        raise UnknownQuestionError(f"no outlook {futures.outlook!r}", nearest(futures.outlook, opened.book.tables.get(Outlook.noun, {})))
    how = {"futures": futures} if futures is not None and asked.simulates else {}
    answer = asked.ask(view, others, **how)
    for one in against:
        if one.scenario:
            other = with_scenario(opened, one.scenario)
            there = View(struck(other.book, view.day, since), view.day, view.known_on)
            beside(answer, asked.ask(there, (), **how), other.book)
    answer.caveats[:0] = told(view.book)
    if opened.problems:
        count = len(opened.problems)
        answer.caveats.insert(0, f"The book has {count} fault{'s' if count > 1 else ''}: what could not be read is not in this answer.")
    if opened.book.series:
        answer.caveats += _doubts(opened.book, answer)
    return in_currency(view, answer, currency) if currency else answer


def _table_day(view: View) -> date:
    """The day from which a company's own table feels a scenario: that of the last one, where an answer must rest on it."""
    table = last_table(view) if has_tables(view) and table_of(view) is None else None
    return view.day if table is None or table.day is None else min(view.day, table.day.last)


def _under_each(opened: OpenBook, view: View) -> list[View]:
    """The same view under each scenario that comes with the book."""
    if opened.bare is not None:
        return []
    books = [with_scenario(opened, name).book for name in scenarios(opened)]
    return [View(struck(book, view.day), view.day, view.known_on) for book in books]


def _doubts(book: Book, answer: Answer) -> list[str]:
    """What is not known of the price files behind the figures of an answer."""
    files = {leaf.origin.place.file for figure in answer.quantities.values() for leaf in figure.quantity.leaves()}
    return [f"{series.file}: {series.doubt}." for series in book.series if series.doubt and series.file in files]


def explained(answer: Answer, name: str) -> Iterator[Step]:
    """How a figure of an answer at hand comes about; nothing is asked again.

    Raises UnknownQuestionError for a name that the answer does not have, with the nearest.
    """
    if name not in answer.quantities:
        raise UnknownQuestionError(f"{answer.question} has no figure {name!r}", nearest(name, answer.quantities))
    return _explain(answer.quantities[name].quantity)


def explain(
    opened: OpenBook,
    name: str,
    *,
    day: date | None = None,
    known_on: date | None = None,
    currency: str | None = None,
    futures: Futures | None = None,
) -> Iterator[Step]:
    """How a figure of an answer comes about, down to the lines of the book. The first question that has it is asked.

    Raises UnknownQuestionError for a name that no answer has, with the nearest.
    """
    names: list[str] = []
    for one in CATALOGUE:
        answer = ask(opened, one.name, day=day, known_on=known_on, currency=currency, futures=futures)
        if name in answer.quantities:
            return explained(answer, name)
        names += answer.quantities
    raise UnknownQuestionError(f"no answer has a figure {name!r}", nearest(name, names))
