"""A book as an Excel file whose formulas live: change a fact there, and net asset value and loan to value follow."""

from __future__ import annotations

import errno
import os
from datetime import UTC, date, datetime
from io import BytesIO

from xlsxwriter.workbook import Workbook

from holdbook import api
from holdbook.files import write_whole
from holdbook.questions.answer import Answer
from holdbook.questions.catalogue import CATALOGUE
from holdbook.workbook.answers import add_answer, add_statement
from holdbook.workbook.bridge import add_bridge
from holdbook.workbook.facts import add_calculation, add_facts
from holdbook.workbook.front import add_front
from holdbook.workbook.graph import Graph
from holdbook.workbook.ladder import add_ladder, add_sources_and_uses
from holdbook.workbook.sheet import Pen

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WORTH, _OWES, _PAID = "worth", "owes", "paid"


def write_workbook(
    opened: api.OpenBook, path: str, *, day: date | None = None, known_on: date | None = None, currency: str | None = None
) -> None:
    """Write every answer as an Excel file: figures as formulas over the facts of the book, charts that Excel draws, no macro.

    The same book gives the same bytes. Raises OSError when it cannot be written; what stood there before then still stands.
    """
    own = {os.path.realpath(os.path.join(opened.folder, name.partition("/")[2])) for name in opened.files}
    if os.path.realpath(path) in own:
        raise OSError(errno.EEXIST, "is a file of the book; choose another name", path)
    answers = {one.name: api.ask(opened, one.name, day=day, known_on=known_on, currency=currency) for one in CATALOGUE}
    write_whole(path, workbook(opened, answers, currency or ""))


def workbook(opened: api.OpenBook, answers: dict[str, Answer], currency: str = "") -> bytes:
    """The bytes of the Excel file of some answers, by the names of their questions."""
    stream = BytesIO()
    made = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    made.set_properties({"title": opened.book.head.name, "created": _MADE, "comments": "Made by holdbook"})
    made.set_calc_mode("auto")
    worth = answers[_WORTH]
    pen = Pen(made, Graph([worth, *(answer for name, answer in answers.items() if name != _WORTH)]))
    add_front(pen, opened.book, worth, currency)
    add_statement(pen, worth)
    add_bridge(pen, worth)
    add_ladder(pen, answers[_OWES])
    add_sources_and_uses(pen, answers[_PAID])
    for one in CATALOGUE:
        add_answer(pen, one.name.capitalize(), one.asks, answers[one.name])
    add_calculation(pen)
    add_facts(pen)
    made.close()
    return stream.getvalue()
