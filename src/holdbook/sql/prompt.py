"""`holdbook sql`: one query, or a prompt that answers one after another."""

from __future__ import annotations

import math
import sys
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from holdbook.exit_code import ANSWERED, WRONG_COMMAND
from holdbook.render.layout import aligned
from holdbook.render.style import Style
from holdbook.sql.database import Database, QueryError, Result

_PROMPT, _MORE = "sql> ", "...> "
_LEAVE = ("exit", "quit", "\\q", ".quit", ".exit")
_WHOLE = 10**15
_HELP = "Every query ends with ;  FROM tables; lists what can be asked, DESCRIBE name; a table. Leave with: exit"


def run_query(database: Database, query: str, show: Callable[[Result], str]) -> int:
    """Answer the queries of a text; a fault is one line on the error stream, and exit code 2."""
    try:
        for result in database.query(query):
            print(show(result))
    except QueryError as error:
        print(f"holdbook: {_clean(str(error))}", file=sys.stderr)
        return WRONG_COMMAND
    return ANSWERED


def run_prompt(database: Database, show: Callable[[Result], str]) -> int:
    """Answer what is typed, or piped in, query by query. A person may mistype and go on; a script stops at its first fault."""
    person = sys.stdin.isatty()
    if person:
        print(_HELP)
    for query in _queries(person):
        code = run_query(database, query, show)
        if code != ANSWERED and not person:
            return code
    return ANSWERED


def _queries(person: bool) -> Iterator[str]:
    """What stands before each semicolon at the end of a line; what is left at the end counts too."""
    held: list[str] = []
    while True:
        try:
            line = input((_MORE if held else _PROMPT) if person else "")
        except EOFError:
            break
        if not held and line.strip().rstrip(";").lower() in _LEAVE:
            return
        held.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(held)
            held = []
    if any(line.strip() for line in held):
        yield "\n".join(held)


def as_text(result: Result, style: Style) -> str:
    """A result in columns, numbers to the right."""
    rows = [[_shown(value) for value in row] for row in result.rows]
    right = [any(isinstance(row[at], int | float) for row in result.rows) for at in range(len(result.columns))]
    head = [_clean(name) for name in result.columns]
    lines = list(aligned(rows, right, style, head)) or [style.dim("  " + "  ".join(head))]
    return "\n".join([*lines, style.dim(f"  ({len(rows)} row{'' if len(rows) == 1 else 's'})")])


def as_json(result: Result) -> str:
    """A result as JSON: columns, types and rows; what is nothing, or no number, is null."""
    rows = [[None if isinstance(value, float) and not math.isfinite(value) else value for value in row] for row in result.rows]
    shape = {"columns": result.columns, "types": result.types, "rows": rows}
    return msgspec.json.format(msgspec.json.encode(shape, enc_hook=str, order="deterministic"), indent=2).decode()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    return _clean(str(value))


def _clean(text: str) -> str:
    """A text that does to a terminal nothing but be shown."""
    return "".join(sign if sign.isprintable() or unicodedata.category(sign) == "Cf" else " " for sign in text)
