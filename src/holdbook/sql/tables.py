"""All tables that a query can ask: those of the book, and of every answer."""

from __future__ import annotations

from datetime import date

from holdbook import api
from holdbook.questions.catalogue import CATALOGUE
from holdbook.render.book_columns import Tables, book_tables
from holdbook.render.columns import Column, columns_of, figures_of, slugs

_LISTS = ("tables", "show", "duckdb_", "information_schema", "pragma", "query")


def tables_for(
    query: str | None, opened: api.OpenBook, *, day: date | None = None, known_on: date | None = None, currency: str | None = None
) -> Tables:
    """The tables that a query can name, or all of them; only the questions whose answers it names are asked.

    The nouns of a book by their names, `answer_QUESTION_TABLE` of every answer, and `answer_QUESTION`, its figures.

    `tables` lists them all. A name that SQL keeps for itself stands between double quotes in a query: `"when"`.
    """
    found = book_tables(opened.book)
    for question in CATALOGUE:
        if not _named(query, f"answer_{question.name}"):
            continue
        answer = api.ask(opened, question.name, day=day, known_on=known_on, currency=currency)
        found[f"answer_{question.name}"] = figures_of(answer)
        for name, table in zip(slugs(list(answer.tables)), answer.tables.values(), strict=True):
            found[f"answer_{question.name}_{name}"] = columns_of(table)
    found["tables"] = [
        Column("name", "text", list(found)),
        Column("rows", "whole", [len(columns[0].values) if columns else 0 for columns in found.values()]),
        Column("columns", "text", [", ".join(column.name for column in columns) for columns in found.values()]),
    ]
    return found


def _named(query: str | None, table: str) -> bool:
    """Whether a query may need a table: it is named, or the query asks which tables there are."""
    if query is None:
        return True
    text = query.lower()
    return table in text or any(word in text for word in _LISTS)
