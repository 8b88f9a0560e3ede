"""The first sheet: what the workbook is, what follows a changed fact, and what does not."""

from __future__ import annotations

from holdbook.importers.facts_sheet import DIGEST, FRONT
from holdbook.model.book import Book
from holdbook.questions.answer import Answer
from holdbook.workbook.sheet import Pen

_SAYS = (
    "Change a figure in the column `value` of the sheet Facts: Calculation, Statement, Bridge, Ladder and every table follow.",
    "An empty cell is unknown, and what rests on it is unknown too; the cell beside it says so. Write a figure and it counts.",
    "Every cell of Facts and Calculation has a name, such as nav or loan_to_value; formulas are written in these names.",
    "What does not follow: figures that were solved (returns, regressions, the projection of cash), which Calculation names as values;",
    "which facts are in force on the day; sentences, verdicts and the order of rows; low and high, which are those of the book.",
    "Figures stand at their printed centre. `USD 5.83bn` means 5.825bn to 5.835bn: the book keeps that, a cell does not.",
    "To bring changed facts back into the book:  holdbook import workbook FILE --into BOOK --dry-run",
)


def add_front(pen: Pen, book: Book, answer: Answer, currency: str) -> None:
    """What the workbook was made from, and how to use it."""
    sheet = pen.sheet(FRONT, (24, 110))
    sheet.heading(answer.book)
    rows = (
        ("Day", answer.day),
        ("As known on", answer.known_on),
        ("Currency", currency or f"as each figure has it; the book counts in {book.head.currency}"),
        ("Book", book.head.folder),
        (DIGEST, book.digest),
    )
    for label, text in rows:
        sheet.text(0, label, bold=True)
        sheet.text(1, text)
        sheet.row += 1
    sheet.row += 1
    for text in _SAYS:
        sheet.text(1, text)
        sheet.row += 1
    sheet.close()
