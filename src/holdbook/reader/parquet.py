"""A Parquet file of closes as rows of text, like those of a CSV. DuckDB is imported only when there is such a file."""

from __future__ import annotations

from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.table import Row


def parquet_of(path: str, name: str, problems: list[Problem]) -> tuple[TextFile, list[Row]] | None:
    """The header and the rows of a Parquet file, and the same as text, so that a message can show a line of it."""
    import duckdb  # only who keeps closes as Parquet pays for it

    try:
        table = duckdb.connect(":memory:").read_parquet(path)
        records = [table.columns, *table.fetchall()]
    except duckdb.Error as error:
        found = str(error).splitlines()[0][:120]
        problems.append(Problem("csv", Place(name), found, "a Parquet file", "write it anew, or as CSV"))
        return None
    cells = [["" if value is None else str(value) for value in record] for record in records]
    text = "".join(",".join(row) + "\n" for row in cells)
    return TextFile(name, text), [Row(row, line) for line, row in enumerate(cells, 1)]
