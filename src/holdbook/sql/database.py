"""Tables in DuckDB, to be read and nothing else: no file, no setting and no variable of the program can be reached from a query."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import duckdb

from holdbook.render.columns import Column

_TYPES = {"number": "DOUBLE", "whole": "BIGINT", "text": "VARCHAR", "day": "DATE", "flag": "BOOLEAN"}
_READS = frozenset(("SELECT", "EXPLAIN", "MULTI"))
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
}
_FORMATS = ("parquet", "csv")


class QueryError(ValueError):
    """A query that cannot be answered, in one line."""


class Result(NamedTuple):
    """What a query found."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]


class Database:
    """The tables of a book and of its answers, by name."""

    def __init__(self, tables: Mapping[str, Sequence[Column]]) -> None:
        self._connection = duckdb.connect(":memory:", config=_CLOSED)
        _fill(self._connection, tables)
        self._connection.execute("SET lock_configuration = true")

    def query(self, text: str) -> list[Result]:
        """The results of the statements of a text.

        Raises QueryError for what is no SQL, what cannot be answered, and whatever does more than read.
        """
        try:
            statements = self._connection.extract_statements(text)
            for statement in statements:
                if statement.type.name not in _READS:
                    raise QueryError(f"only queries: {statement.type.name} is not one")
            return [self._result(statement) for statement in statements]
        except duckdb.Error as error:
            raise QueryError(_one_line(error)) from None

    def _result(self, statement: Any) -> Result:
        self._connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            found = self._connection.execute(statement)
            heads = found.description or []
            return Result([head[0] for head in heads], [str(head[1]) for head in heads], found.fetchall())
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()


def export(tables: Mapping[str, Sequence[Column]], folder: str) -> list[str]:
    """Write each table as Parquet and as CSV into a folder; each file is there whole or not at all. Their names.

    Raises OSError when they cannot be written; what stood there before then still stands.
    """
    parent = os.path.dirname(os.path.realpath(folder))
    beside = tempfile.mkdtemp(dir=parent, prefix=".holdbook-")
    try:
        with duckdb.connect(":memory:") as connection:
            _fill(connection, tables)
            names = [f"{name}.{form}" for name in tables for form in _FORMATS]
            for name in names:
                table, _, form = name.rpartition(".")
                target = os.path.join(beside, name).replace("'", "''")
                connection.execute(f"COPY {_quoted(table)} TO '{target}' (FORMAT {form})")
        os.makedirs(folder, exist_ok=True)
        for name in names:
            os.chmod(os.path.join(beside, name), 0o644)
            os.replace(os.path.join(beside, name), os.path.join(folder, name))
    except duckdb.Error as error:
        raise OSError(None, _one_line(error), folder) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return names


def _fill(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[Column]]) -> None:
    for name, columns in tables.items():
        kinds = [_TYPES[column.kind] for column in columns]
        heads = ", ".join(f"{_quoted(column.name)} {kind}" for column, kind in zip(columns, kinds, strict=True))
        connection.execute(f"CREATE TABLE {_quoted(name)} ({heads})")
        if columns and columns[0].values:
            values = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
            connection.execute(f"INSERT INTO {_quoted(name)} SELECT {values}", [list(column.values) for column in columns])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _one_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
