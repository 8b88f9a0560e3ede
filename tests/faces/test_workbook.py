"""`holdbook workbook`: what a fact changed in Excel does to net asset value is what it does when the book is changed."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from excel import cells, names, opened, parts, recalculated, rows
from prompt import BOOKS, QUESTIONS, SOUND, apart, book, holdbook
from test_same_bytes import ONE, OTHER

from holdbook import api
from holdbook.quantity.point import point
from holdbook.questions.answer import Answer
from holdbook.workbook.graph import Graph
from holdbook.workbook.naming import clean
from holdbook.workbook.write import workbook

FOLLOWS = ("nav", "loan_to_value", "equity_value_of_holdings", "adjusted_net_debt", "nav_per_share")
ACME = f"""{SOUND}debts:
  bond: {{kind: bond, day: 2025-06-30, amount: USD 60m, coupon: 4.5%, maturity: 2027-06-30, source: report p. 9}}
balances:
  cash: {{item: cash_position, amount: USD 25m, day: 2025-09-30, source: report p. 8}}
  shares: {{item: shares_outstanding, count: 15000000 shares, day: 2025-09-30, source: report p. 3}}
"""
CHANGES = [
    ("stakes_beta_shares", 12.5e6, "10.0m shares", "12.5m shares"),
    ("marks_beta_price", 11.8, "USD 20.00/share", "USD 11.80/share"),
    ("debts_bond_amount", 300e6, "USD 60m", "USD 300m"),
    ("balances_cash_amount", 90e6, "USD 25m", "USD 90m"),
    ("balances_shares_count", 12e6, "15000000 shares", "12000000 shares"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    book(tmp_path / "acme", ACME)
    assert holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path).code == 0
    return tmp_path


def answered(path: Path) -> dict[str, Fraction | None]:
    """What the book itself says of the figures that a workbook follows."""
    found = api.ask(api.read(str(path)), "worth").quantities
    return {name: point(found[name].quantity) for name in FOLLOWS}


def close(one: Fraction | None, other: Fraction | None) -> bool:
    return one is None or other is None or abs(one - other) <= abs(other) / 10**12 if (one is None) == (other is None) else False


@pytest.mark.parametrize(("cell", "value", "old", "new"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_fact_changed_in_the_workbook_does_what_it_does_in_the_book(cell: str, value: float, old: str, new: str, place: Path) -> None:
    before, seen = answered(place / "acme"), recalculated(place / "acme.xlsx", {cell: value})
    path = place / "acme" / "book.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = answered(place / "acme")
    assert after != before
    assert {name: seen[name] for name in FOLLOWS if not close(seen[name], after[name])} == {}


@pytest.fixture(scope="module", params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Answer], Path]:
    """The answers of a shipped book, and its workbook."""
    opened = api.read(request.param)
    answers = {question: api.ask(opened, question) for question in QUESTIONS}
    path = tmp_path_factory.mktemp("made") / "book.xlsx"
    path.write_bytes(workbook(opened, answers))
    return answers, path


def test_every_figure_of_every_answer_is_a_cell_that_comes_to_it(made: tuple[dict[str, Answer], Path]) -> None:
    answers, path = made
    graph, seen = Graph([answers["worth"], *(answer for name, answer in answers.items() if name != "worth")]), recalculated(path, {})
    for answer in answers.values():
        for key, figure in answer.quantities.items():
            assert close(seen[graph.name(figure.quantity)], point(figure.quantity)), key


def test_what_a_cell_shows_without_recalculation_is_what_it_comes_to(made: tuple[dict[str, Answer], Path]) -> None:
    path = made[1]
    shown, seen = rows(path, "Calculation", computed=True), recalculated(path, {})
    compared = 0
    for cell, (sheet, row) in names(path).items():
        if sheet == "Calculation" and shown[row - 1][1] not in (None, ""):
            compared += 1
            assert close(Fraction(repr(shown[row - 1][1])), seen[cell]), cell
    assert compared > 20


def test_a_solved_figure_says_that_it_stands(made: tuple[dict[str, Answer], Path]) -> None:
    solved = [row for row in rows(made[1], "Calculation") if str(row[3]).startswith("stands as a value: ")]
    assert not [row for row in solved if str(row[1]).startswith("=")]
    assert solved or made[0]["worth"].book == "Acme Holding"


def test_nothing_in_a_workbook_is_more_than_excel_allows(made: tuple[dict[str, Answer], Path]) -> None:
    found = list(cells(made[1]))
    assert max(len(str(cell.value)) for _, cell in found) < 8192
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title, _ in found)
    called = list(opened(made[1]).defined_names)
    assert len({name.casefold() for name in called}) == len(called)
    assert not [
        one for one in called if not re.fullmatch(r"[A-Za-z_]\w*", one) or re.fullmatch(r"[A-Z]{1,3}\d+|[RC]\d*", one, re.IGNORECASE)
    ]


def test_an_emptied_fact_is_unknown_and_never_nothing(place: Path) -> None:
    seen = recalculated(place / "acme.xlsx", {"balances_cash_amount": None})
    assert (seen["nav"], seen["adjusted_net_debt"], seen["loan_to_value"]) == (None, None, None)
    assert seen["equity_value_of_holdings"] == 200_000_000


def test_an_unknown_fact_is_an_empty_cell_with_the_word_beside_it(tmp_path: Path) -> None:
    book(tmp_path / "acme", ACME.replace("USD 25m", "unknown"))
    holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path)
    row = next(row for row in rows(tmp_path / "acme.xlsx", "Facts", computed=True) if row[0] == "balances.cash.amount")
    assert (row[1], row[3], row[4]) == (None, "unknown", None)
    statement = {row[0]: row[1:3] for row in rows(tmp_path / "acme.xlsx", "Statement", computed=True)}
    assert (statement["nav"][0] or None, statement["nav"][1]) == (None, "unknown")
    assert recalculated(tmp_path / "acme.xlsx", {"balances_cash_amount": 25e6})["nav"] == 165_000_000


def test_every_fact_says_who_says_it_and_where(place: Path) -> None:
    stated = {row[0]: row for row in rows(place / "acme.xlsx", "Facts")[1:] if row[10]}
    row = stated["stakes.beta.shares"]
    assert (row[1], row[2], row[4], row[5], row[6]) == (10_000_000, "share", 9_950_000, 10_050_000, "10.0m shares")
    assert row[7:11] == ("Acme interim report, p. 4", "2025-09-30", "2025-11-14", "acme/book.yaml:8:48")


def test_sheets_charts_and_no_macro(place: Path) -> None:
    files = parts(place / "acme.xlsx")
    sheets = opened(place / "acme.xlsx").sheetnames
    assert sheets[:5] == ["Read me", "Statement", "Bridge", "Ladder", "Sources and uses"]
    assert {question.capitalize() for question in QUESTIONS} | {"Calculation", "Facts"} <= set(sheets)
    assert len([name for name in files if name.startswith("xl/charts/chart")]) == 2
    assert not [name for name in files if "vba" in name.lower() or "external" in name.lower()]


def test_the_bridge_ends_where_net_asset_value_is(place: Path) -> None:
    shown = {row[0]: row for row in rows(place / "acme.xlsx", "Bridge", computed=True)}
    assert (shown["Beta Motors"][3:5], shown["adjusted net debt"][3:5]) == ((0, 200_000_000), (200_000_000, 165_000_000))
    assert shown["net asset value"][1] == shown["adjusted net debt"][4]


def test_the_bridge_takes_off_what_the_table_does(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.yaml").write_text(
        """
book: {name: Acme, company: acme, currency: USD, day: 2025-09-30}
sources: {report: {title: Report, published: 2025-09-30}}
entities: {acme: {name: Acme}, beta: {name: Beta}}
statements: {table: {day: 2025-09-30, parts: {beta: "= USD 100m"}, net_debt: "= USD 15m", deductions: {tax: "= USD 5m"}, nav: "= USD 80m", source: report}}
""",
        encoding="utf-8",
    )
    holdbook("workbook", "book", "--output", "book.xlsx", folder=tmp_path)
    shown = {row[0]: row for row in rows(tmp_path / "book.xlsx", "Bridge", computed=True)}
    assert shown["deductions"][3:5] == (85_000_000, 80_000_000)
    assert shown["net asset value"][1] == 80_000_000


def test_the_same_book_gives_the_same_bytes(place: Path) -> None:
    first = (place / "acme.xlsx").read_bytes()
    (place / "other").mkdir()
    assert holdbook("workbook", "../acme", "--output", "acme.xlsx", folder=place / "other").code == 0
    assert (place / "other" / "acme.xlsx").read_bytes() == first


def test_another_environment_changes_no_byte(place: Path) -> None:
    for name, environment in (("one", ONE), ("other", OTHER)):
        assert apart(f"workbook acme --output {name}.xlsx", folder=place, environment=environment).returncode == 0
    assert (place / "one.xlsx").read_bytes() == (place / "other.xlsx").read_bytes() == (place / "acme.xlsx").read_bytes()


def test_a_file_of_the_book_is_not_written_over(place: Path) -> None:
    done = holdbook("workbook", "acme", "--output", "acme/book.yaml", folder=place)
    assert (done.code, "is a file of the book" in done.err) == (3, True)
    assert (place / "acme" / "book.yaml").read_text(encoding="utf-8") == ACME


def test_a_workbook_that_cannot_be_written_leaves_nothing(place: Path) -> None:
    before = sorted(path.name for path in place.iterdir())
    assert holdbook("workbook", "acme", "--output", "nowhere/acme.xlsx", folder=place).code == 3
    assert sorted(path.name for path in place.iterdir()) == before


def test_amounts_are_converted_where_another_currency_is_asked_for(tmp_path: Path) -> None:
    holdbook("workbook", "tiny", "--output", "tiny.xlsx", "--currency", "JPY", folder=tmp_path)
    seen = recalculated(tmp_path / "tiny.xlsx", {})
    assert "JPY_per_USD_on_2025_09_30" in seen
    converted = api.ask(api.read("tiny"), "worth", currency="JPY").quantities["nav"].quantity
    assert close(seen["nav"], point(converted))


HOSTILE = ("<script>alert(1)</script>", "=cmd|'/c calc'!A1", "+1-1", "-2+3", "@SUM(A1)", "\u202eevil\u202c \u05d0\u05d1\u05d2", "W" * 300)


@pytest.mark.parametrize("name", HOSTILE, ids=["markup", "command", "plus", "minus", "at", "right to left", "long"])
def test_a_hostile_name_stays_whole_and_a_text(name: str, tmp_path: Path) -> None:
    written = '"' + name.replace("\\", "\\\\") + '"'
    book(tmp_path / "acme", ACME.replace("Beta Motors", written).replace("Acme interim report", written))
    assert holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path).code == 0
    found = [cell for _, cell in cells(tmp_path / "acme.xlsx") if cell.value == name]
    assert found
    for cell in found:
        assert cell.data_type == "s"
        assert cell.quotePrefix == (name[0] in "=+-@")
    formulas = [str(cell.value) for _, cell in cells(tmp_path / "acme.xlsx") if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas if re.search(r"[|<>'!@]", formula)]


@pytest.mark.parametrize(("text", "shown"), [("\t=1+1", " =1+1"), ("a\x00\x1b[31m\x9b", "a[31m"), ("a\r\nb", "a b"), ("\ud800", "")])
def test_control_characters_are_gone(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_book_with_faults_is_written_and_says_so(tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND.replace("10.0m shares", "ten million shares"))
    done = holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path)
    assert (done.code, (tmp_path / "acme.xlsx").exists(), "the book has 1 fault" in done.err) == (1, True, True)
