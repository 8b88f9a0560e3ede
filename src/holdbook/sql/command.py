"""What `holdbook sql` does: read the words of its command line, fill the tables, answer or export."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from holdbook import api
from holdbook.render.style import Style
from holdbook.sql.database import Database, export
from holdbook.sql.prompt import as_json, as_text, run_prompt, run_query
from holdbook.sql.tables import tables_for


def asked(words: Sequence[str]) -> tuple[str | None, str | None] | None:
    """The book and the query among the words of a command line; a single word is a query if it has blanks. None when there are too many.

    >>> asked(["tiny"]), asked(["FROM stakes"]), asked(["tiny", "FROM stakes"])
    (('tiny', None), (None, 'FROM stakes'), ('tiny', 'FROM stakes'))
    """
    if len(words) > 2:
        return None
    if len(words) == 2:
        return words[0], words[1]
    if not words:
        return None, None
    only = words[0]
    is_query = any(sign.isspace() for sign in only) and not os.path.isdir(only)
    return (None, only) if is_query else (only, None)


def run_sql(
    opened: api.OpenBook, query: str | None, view: Mapping[str, Any], style: Style, *, export_to: str | None = None, json: bool = False
) -> int:
    """Answer a query over a book, or whatever is typed where there is none; the exit code is 2 for what is no query.

    `view` are the day, the knowledge and the currency of the answers. With `export_to` every table is written there first.
    """
    tables = tables_for(None if export_to is not None else query, opened, **view)
    if export_to is not None:
        names = export(tables, export_to)
        print(f"Wrote {len(names)} files into {export_to}")
        if query is None:
            return 0
    database = Database(tables)
    show = as_json if json else (lambda result: as_text(result, style))
    try:
        return run_prompt(database, show) if query is None else run_query(database, query, show)
    finally:
        database.close()
