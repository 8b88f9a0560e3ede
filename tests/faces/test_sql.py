"""`holdbook sql`: every fact and every figure as a table, to be read and nothing else."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from pathlib import Path
from unittest import mock

import duckdb
import pytest
from prompt import BOOKS, HEAD, QUESTIONS, SOUND, Terminal, book, holdbook

from holdbook import api
from holdbook.model.nouns import NOUNS
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.sql.database import Database, QueryError
from holdbook.sql.prompt import run_prompt
from holdbook.sql.tables import tables_for


def asked(folder: Path, *words: str) -> list[list[object]]:
    done = holdbook("sql", *words, "--json", folder=folder)
    assert (done.code, done.err) == (0, ""), done.err
    rows: list[list[object]] = json.loads(done.out)["rows"]
    return rows


def test_facts_have_value_low_high_unit_days_source_and_place(tmp_path: Path) -> None:
    book(tmp_path / "acme")
    query = "SELECT shares, shares_low, shares_high, shares_unit, day_first, day_last, source, learnt, file, line FROM stakes"
    row = [10e6, 9.95e6, 10.05e6, "share", "2025-09-30", "2025-09-30", "report p. 4", "2025-11-14", "acme/book.yaml", 8]
    assert asked(tmp_path, "acme", query) == [row]


def test_an_unknown_figure_is_null_and_never_nothing(tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND.replace("10.0m shares", "unknown"))
    assert asked(tmp_path, "acme", "SELECT shares, shares_low, shares_high, shares_unit FROM stakes") == [[None, 0, None, "share"]]
    assert asked(tmp_path, "acme", "SELECT value FROM answer_worth WHERE name = 'nav'") == [[None]]


@pytest.mark.parametrize("name", BOOKS)
def test_every_noun_and_every_table_of_every_answer_is_there_row_by_row(name: str) -> None:
    opened = api.read(name)
    tables = tables_for(None, opened)
    assert set(NOUNS) <= set(tables)
    for noun in NOUNS:
        assert len(tables[noun][0].values) == len(opened.book.tables.get(noun, {}))
    for question in QUESTIONS:
        answer = api.ask(opened, question)
        figures = {column.name: column.values for column in tables[f"answer_{question}"]}
        assert list(figures["name"]) == list(answer.quantities)
        for value, low, figure in zip(figures["value"], figures["value_low"], answer.quantities.values(), strict=True):
            centre, known = point(figure.quantity), bounds(figure.quantity)
            assert value == (None if centre is None or known.blame else float(centre))
            assert low == (None if known.blame or known.interval.low is None else float(known.interval.low))
        for key, table in answer.tables.items():
            found = tables[f"answer_{question}_{key}"]
            assert {len(column.values) for column in found} == {len(table.rows)}
            quantities = sum(isinstance(cell, Quantity) for row in table.rows for cell in row)
            units = sum(value is not None for column in found if column.name.endswith("_unit") for value in column.values)
            assert units >= quantities


def test_fields_that_hold_many_are_tables_of_their_own(tmp_path: Path) -> None:
    rows = asked(tmp_path, "softbank", "SELECT key FROM entities_listings JOIN entities USING (id) WHERE name = 'Nvidia'")
    assert ["XNAS"] in rows


def test_one_word_is_a_book_or_a_query(tmp_path: Path) -> None:
    book(tmp_path / "acme")
    assert asked(tmp_path / "acme", "SELECT count(*) FROM stakes") == [[1]]
    assert holdbook("sql", "acme", "SELECT 1", "SELECT 2", folder=tmp_path).code == 2
    assert holdbook("sql", "nowhere", "SELECT 1", folder=tmp_path).code == 3


def test_the_list_of_tables_says_their_columns(tmp_path: Path) -> None:
    rows = asked(tmp_path, "tiny", "SELECT columns FROM tables WHERE name = 'answer_worth_parts'")
    assert "value, value_low, value_high, value_unit" in str(rows[0][0])


def test_a_day_and_a_currency_are_those_of_the_answers(tmp_path: Path) -> None:
    query = "SELECT value_unit FROM answer_worth WHERE name = 'nav'"
    done = holdbook("sql", "tiny", query, "--currency", "JPY", "--json", folder=tmp_path)
    assert json.loads(done.out)["rows"] == [["JPY"]]


@pytest.mark.parametrize(
    "query",
    [
        "SELEC 1",
        "SELECT nope FROM stakes",
        "SELECT * FROM nowhere",
        "DROP TABLE stakes",
        "INSERT INTO stakes (id) VALUES ('x')",
        "CREATE TABLE mine (a INT)",
        "EXPLAIN ANALYZE DELETE FROM stakes",
        "COPY stakes TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "ATTACH 'out.db'",
        "SELECT * FROM read_csv('book.yaml')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM 'book.yaml'",
        "SELECT * FROM glob('*')",
        "SELECT * FROM opened",
        "SET enable_external_access = true",
        "PRAGMA version",
        "INSTALL httpfs",
        "LOAD httpfs",
        "BEGIN; DROP TABLE stakes; COMMIT",
        "SELECT 'a\x1b[31m'::INT",
        'SELECT "a\nb" FROM stakes',
    ],
)
def test_what_is_no_query_is_one_clean_line_and_code_2(query: str, tmp_path: Path) -> None:
    book(tmp_path / "acme")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = holdbook("sql", "acme", query, folder=tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done.err
    assert done.err.startswith("holdbook: ")
    assert "\x1b" not in done.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_nothing_that_was_tried_changes_what_is_there() -> None:
    database = Database(tables_for("stakes", api.read("tiny")))
    for query in ("DELETE FROM stakes", "PREPARE x AS DELETE FROM stakes", "EXECUTE x", "COMMIT"):
        with pytest.raises(QueryError):
            database.query(query)
    assert database.query("SELECT count(*) FROM stakes")[0].rows == [(1,)]


def typed(text: str, *, person: bool) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    stdin = (Terminal if person else io.StringIO)(text)
    database = Database(tables_for("stakes", api.read("tiny")))
    with mock.patch.object(sys, "stdin", stdin), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_prompt(database, lambda result: f"<{result.rows}>")
    return code, out.getvalue(), err.getvalue()


def test_a_person_may_mistype_and_go_on() -> None:
    code, out, err = typed("SELECT\n 1;\nnope;\nSELECT 2;\nexit\nSELECT 3;\n", person=True)
    assert (code, "<[(1,)]>" in out, "<[(2,)]>" in out, "<[(3,)]>" in out) == (0, True, True, False)
    assert "nope" in err


def test_a_script_stops_at_its_first_fault() -> None:
    code, out, err = typed("SELECT 1;\nnope;\nSELECT 2;\n", person=False)
    assert (code, out, err.count("\n")) == (2, "<[(1,)]>\n", 1)
    assert typed("SELECT 4", person=False)[1] == "<[(4,)]>\n"


def test_numbers_that_are_none_are_null_in_json(tmp_path: Path) -> None:
    assert asked(tmp_path, "tiny", "SELECT 1/0, 'nan'::DOUBLE, NULL, 1.5::DECIMAL(4,1), DATE '2025-01-01'") == [
        [None, None, None, "1.5", "2025-01-01"]
    ]


HOSTILE = ("<script>alert(1)</script>", "=cmd|'/c calc'!A1", "\u202eevil\u202c \u05d0\u05d1\u05d2", "W" * 300, "'; DROP TABLE stakes; --")


@pytest.mark.parametrize("name", HOSTILE, ids=["markup", "command", "right to left", "long", "injection"])
def test_a_hostile_name_stays_whole(name: str, tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND.replace("Beta Motors", f'"{name}"'))
    assert asked(tmp_path, "acme", "SELECT name FROM entities WHERE id = 'beta'") == [[name]]
    assert asked(tmp_path, "acme", "SELECT holding FROM answer_worth_parts") == [[name]]
    shown = holdbook("sql", "acme", "SELECT name FROM entities WHERE id = 'beta'", folder=tmp_path)
    assert "".join(name.split()) in "".join(shown.out.split())
    assert holdbook("sql", "acme", "--export", "out", folder=tmp_path).code == 0
    with (tmp_path / "out" / "entities.csv").open(encoding="utf-8", newline="") as file:
        assert name in {row["name"] for row in csv.DictReader(file)}


def test_every_table_is_exported_as_parquet_and_csv(tmp_path: Path) -> None:
    tables = tables_for(None, api.read("tiny"))
    assert holdbook("sql", "tiny", "--export", "out", folder=tmp_path).code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.{form}" for name in tables for form in ("csv", "parquet")}
    found = duckdb.read_parquet(str(tmp_path / "out" / "stakes.parquet")).project("shares, day_first").fetchall()
    assert [(shares, str(day)) for shares, day in found] == [(10e6, "2025-09-30")]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_is_the_same_twice_and_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    holdbook("sql", "tiny", "--export", "out", folder=tmp_path)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    holdbook("sql", "tiny", "--export", "out", folder=tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
    assert first["mine.txt"] == b"mine"


def test_an_export_that_cannot_be_written_is_code_3(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    done = holdbook("sql", "tiny", "--export", "out", folder=tmp_path)
    assert (done.code, "Traceback" in done.err, (tmp_path / "out").read_text(encoding="utf-8")) == (3, False, "mine")
    assert holdbook("sql", "tiny", "--export", "no/where", folder=tmp_path).code == 3


def test_closes_of_price_files_are_a_table(tmp_path: Path) -> None:
    book(
        tmp_path / "acme",
        HEAD.replace("2025-11-14", "2025-12-31")
        + SOUND.partition("\n")[2].replace("{name: Beta Motors}", "{name: Beta Motors, listings: {XNYS: BETA}}"),
    )
    (tmp_path / "acme" / "prices").mkdir()
    (tmp_path / "acme" / "prices" / "BETA.csv").write_text("Date,close_as_traded\n2025-09-29,20.10\n2025-09-30,20.00\n", encoding="utf-8")
    rows = asked(tmp_path, "acme", "SELECT asset, day, close, close_unit, file, line FROM closes")
    assert rows[0] == ["beta", "2025-09-29", 20.1, "USD/share", "acme/prices/BETA.csv", 2]
    assert len(rows) == 2


def test_the_book_of_a_fault_answers_and_says_so(tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND.replace("10.0m shares", "ten million shares"))
    done = holdbook("sql", "acme", "SELECT count(*) AS n FROM marks", folder=tmp_path)
    assert (done.code, done.out.split()[:2], "the book has 1 fault" in done.err) == (1, ["n", "1"], True)
