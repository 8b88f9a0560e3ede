"""`import holdbook as hb`: four functions; what they return shows itself, escaped, and its tables become data frames."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from prompt import FAULTY, QUESTIONS, SOUND, book, holdbook

import holdbook as hb
from holdbook import api
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.render.cells import cell

DRAWN = {
    "div",
    "style",
    "figure",
    "figcaption",
    "details",
    "summary",
    "svg",
    "title",
    "desc",
    "defs",
    "pattern",
    "rect",
    "path",
    "circle",
    "text",
}
HOSTILE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "& \u202eevil\u202c \u05d0", "W" * 300)


def test_importing_the_package_loads_nothing_until_it_is_used() -> None:
    code = "import sys, holdbook; print(sorted(name for name in sys.modules if name.startswith('holdbook')), 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "['holdbook'] False\n"


def test_asking_a_question_at_the_prompt_loads_no_library_of_the_faces() -> None:
    heavy = ("pandas", "numpy", "duckdb", "xlsxwriter", "openpyxl", "jinja2", "holdbook.notebook", "holdbook.workbook", "holdbook.sql")
    code = f"import sys; from holdbook.cli import main; main(['ask', 'worth', 'tiny']); print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "[]")


def test_every_name_of_the_package_is_there_and_no_other() -> None:
    assert {name for name in dir(hb) if name in hb.__all__} == set(hb.__all__)
    assert all(getattr(hb, name) for name in hb.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        hb.nothing  # noqa: B018 - the name is what is tested


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_one_of_the_command_line(question: str, tmp_path: Path) -> None:
    answer = hb.ask(hb.read("tiny"), question)
    assert f"{answer}\n" == holdbook("ask", question, "tiny", folder=tmp_path).out
    assert list(answer) == list(answer.answer.quantities)
    assert repr(answer).count("\n") == 0


def test_days_may_be_written() -> None:
    tiny = hb.read("tiny")
    answer = hb.ask(tiny, "worth", day="2025-10-31", known_on="2025-11-14", currency="JPY", against=["2025-09-30"])
    assert (answer.answer.day, "bridge.2025-09-30" in answer.tables) == ("2025-10-31", True)
    assert str(answer["nav"].unit) == "JPY"


def test_a_notebook_shows_every_table_word_for_word() -> None:
    answer = hb.ask(hb.read("softbank"), "worth", day="2025-09-30")
    page = answer._repr_html_()
    shown = {unescape(text) for text in re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", page)}
    for table in answer.answer.tables.values():
        assert unescape(page).count(table.title) >= 1
        assert {cell(value) for row in table.rows for value in row if isinstance(value, Quantity)} <= shown


def test_a_notebook_shows_every_chart_alone_and_the_table_of_those_that_have_one() -> None:
    answer = hb.ask(hb.read("softbank"), "links")
    page = answer._repr_html_()
    assert page.count("<svg") == len(answer.answer.charts) >= 1
    assert "<td>licenses to</td><td>Nvidia</td>" in page
    assert ".holdbook {" in page
    assert ":root" not in page
    assert "href" not in page
    both = page + hb.ask(hb.read("softbank"), "worth", day="2025-09-30", against=["2025-06-30"])._repr_html_()
    places = re.findall(r' id="([^"]*)"', both)
    assert len(places) == len(set(places)) >= 4


@pytest.mark.parametrize("name", HOSTILE, ids=["script", "image", "right to left", "long"])
def test_a_book_cannot_become_markup(name: str, tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND.replace("Beta Motors", f'"{name}"').replace("Acme interim report", f'"{name}"'))
    opened = hb.read(str(tmp_path / "acme"))
    pages = [hb.ask(opened, question)._repr_html_() for question in QUESTIONS]
    pages += [hb.check(opened)._repr_html_(), hb.explain(opened, "nav")._repr_html_()]
    tags = {tag for page in pages for tag in re.findall(r"<[/!]?([a-zA-Z]+)", page)}
    assert tags <= {"p", "small", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "pre", *DRAWN}
    assert any(name in unescape(page) for page in pages)


def test_figures_and_tables_go_to_pandas_and_unknown_is_no_number() -> None:
    import pandas as pd

    answer = hb.ask(hb.read("tiny"), "worth")
    frame = answer.figures.to_pandas().set_index("name")
    assert frame.loc["nav", "value"] == float(point(answer["nav"]) or 0)
    assert frame.loc["nav_per_share", "value"] is pd.NA
    assert {str(dtype) for dtype in frame.dtypes} == {"Float64", "string", "datetime64[s]"}
    for question in QUESTIONS:
        for table in hb.ask(hb.read("article"), question).tables.values():
            assert len(table.to_pandas()) == len(table)


def test_an_empty_table_is_an_empty_frame() -> None:
    table = hb.TableShown("Nothing", [], hb.ask(hb.read("tiny"), "worth").figures.table)
    assert table.columns() == {}
    assert len(table.to_pandas()) == 0


def test_arrow_gets_typed_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library itself is no dependency: what it is given is what is tested."""
    given: dict[str, tuple[list[Any], str]] = {}
    arrow: Any = ModuleType("pyarrow")
    for name in ("float64", "int64", "string", "date32", "bool_"):
        setattr(arrow, name, lambda name=name: name)
    arrow.array = lambda values, type: (values, type)  # noqa: A006 - the library calls it so
    arrow.table = lambda columns: given.update(columns) or SimpleNamespace(num_rows=len(columns))
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    assert hb.ask(hb.read("tiny"), "worth").figures.to_arrow().num_rows == 7
    assert given["value"][1] == "float64"
    assert given["of_first"][1] == "date32"
    assert given["value"][0][2] == 165_000_000


@pytest.mark.parametrize(("method", "library"), [("to_arrow", "pyarrow"), ("to_pandas", "pandas")])
def test_a_library_that_is_not_there_is_named_with_the_way_to_it(method: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"{method}\(\) needs {library}, which is not installed: .* -m pip install {library}"):
        getattr(hb.ask(hb.read("tiny"), "worth").figures, method)()


def test_a_check_and_a_derivation_show_themselves(tmp_path: Path) -> None:
    opened = hb.read(str(book(tmp_path / "acme", FAULTY)))
    assert "1 fault," in repr(opened)
    assert repr(hb.check(opened)) == "<Check of acme: 1 fault, 0 claims>"
    assert len(hb.check(opened).problems) == 1
    steps = hb.explain(hb.read("tiny"), "nav", day="2025-09-30")
    assert (steps[0].name, len(steps), len(steps[:2])) == ("nav", 9, 2)
    assert f"{steps}\n" == holdbook("explain", "nav", "tiny", folder=tmp_path).out


def test_what_is_not_there_is_said_as_everywhere() -> None:
    with pytest.raises(api.NotABookError):
        hb.read("nowhere")
    with pytest.raises(api.UnknownQuestionError):
        hb.ask(hb.read("tiny"), "wrth")
