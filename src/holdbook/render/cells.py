"""A cell of an answer's table, as text: one way for every face."""

from __future__ import annotations

from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Cell, Sentence, Table
from holdbook.render.numbers import with_bounds, words


def cell(value: Cell) -> str:
    """The text of a cell; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, Quantity):
        return words(value)
    return str(value)


def texts(table: Table) -> list[list[str]]:
    """The texts of all rows; the columns that need them carry their bounds."""
    bounded = [name in table.bounded for name in table.columns]
    return [
        [with_bounds(value) if ends and isinstance(value, Quantity) else cell(value) for value, ends in zip(row, bounded, strict=True)]
        for row in table.rows
    ]


def is_number(value: Cell) -> bool:
    """Whether a cell stands to the right in its column."""
    return isinstance(value, (Quantity, int))


def sentence(parts: Sentence | str) -> str:
    """Words and quantities as one text."""
    if isinstance(parts, str):
        return parts
    return "".join(words(part) if isinstance(part, Quantity) else part for part in parts)
