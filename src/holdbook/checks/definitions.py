"""Can every definition of the book be read, on the day of each table and on the book's own day?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from holdbook.measures.defined import measures, reckoned
from holdbook.measures.leverage import loan_to_value
from holdbook.model.book import Book
from holdbook.model.definition import Definition
from holdbook.model.statement import Statement
from holdbook.problems import Problem, Side, nearest
from holdbook.quantity.definition import DefinitionError
from holdbook.quantity.quantity import UnitError
from holdbook.timeline.names import UnknownNameError
from holdbook.timeline.view import View


def unreadable(book: Book) -> Iterator[Problem]:
    """Definitions that cannot be read, that add what cannot be added, or that stand in for no measure: one problem each."""
    assert loan_to_value.__name__ in measures()  # every measure has its name once the uppermost file of measures is read
    for one in book.all(Definition):
        if one.measure is not None and one.measure not in measures():
            yield _problem(one, f"no measure {one.measure!r}", nearest(one.measure, measures()))
        found = next((problem for day in _days(book) if (problem := _read(book, one, day)) is not None), None)
        if found is not None:
            yield found


def _days(book: Book) -> list[date]:
    """The days of the company's tables, and the book's own."""
    tables = (one for one in book.all(Statement) if (one.company or book.head.company) == book.head.company)
    return [*(one.day.first for one in tables if one.day is not None and one.day.is_day), book.head.day]


def _read(book: Book, one: Definition, day: date) -> Problem | None:
    view = View(book, day, date.max)
    if not view.in_force(one):
        return None
    try:
        reckoned(view, one)
    except DefinitionError as error:
        return _problem(one, str(error), error.way_out)
    except UnknownNameError as error:
        return _problem(one, f"no {error.part!r} in a definition", nearest(error.part, error.possible))
    except UnitError as error:
        leaves = [leaf for leaf in (error.left, error.right) if leaf.origin.place.file]
        sides = tuple(Side(leaf.origin.place, f"{leaf.title} in {str(leaf.unit) or 'plain numbers'}") for leaf in leaves)
        return msgspec.structs.replace(_problem(one, str(error), "name figures of one kind"), sides=sides)
    return None


def _problem(one: Definition, found: str, way_out: str) -> Problem:
    return Problem(
        "bad-definition",
        one.place,
        f"definition {one.id}: {found}",
        "a sum over figures of the day, measures and facts of the book",
        way_out,
    )
