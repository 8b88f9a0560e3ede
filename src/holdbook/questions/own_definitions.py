"""The definitions that a book writes itself, side by side: what each comes to on the day, and who defines it so."""

from __future__ import annotations

from holdbook.measures.defined import definitions, evaluated
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.view import View

_COLUMNS = ("definition", "value", "sum", "whose", "says so")


def put_own_definitions(view: View, answer: Answer) -> None:
    """Put each definition in force as `definitions.ID`, and all of them in one table."""
    rows: list[tuple[Cell, ...]] = []
    for one in definitions(view):
        value = evaluated(view, one)
        answer.put(f"definitions.{one.id}", value, view.span)
        whose = view.book.name_of(one.holder or view.company)
        rows.append((one.text or one.id.replace("_", " "), value, one.formula, whose, one.says_so or one.source or ""))
    if rows:
        answer.tables["definitions"] = Table("Definitions of the book, side by side", _COLUMNS, rows)
