"""The workbook in LibreOffice: recalculated there, a changed fact does what it does in the book; nothing fails, nothing is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from excel import cells, names, opened, parts, recalculated
from office import ABSENT, OFFICE, changed, saved
from prompt import SOUND, book, holdbook

from holdbook import api
from holdbook.quantity.point import point

pytestmark = pytest.mark.skipif(OFFICE is None, reason=ABSENT)
FOLLOWS = {
    "worth": ("nav", "loan_to_value", "equity_value_of_holdings", "adjusted_net_debt", "nav_per_share"),
    "paid": ("gap", "uses", "sources"),
}
HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "command": "=cmd|'/c calc'!A1",
    "link": '=HYPERLINK("http://evil.example/","x")',
    "service": '=WEBSERVICE("http://evil.example/")',
    "file": "='file:///etc/passwd'#$Sheet1.A1",
    "plus": "+1-1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "right_to_left": "\u202eevil\u202c \u05d0\u05d1\u05d2",
    "long": "W" * 300,
}


class Case(NamedTuple):
    """A shipped book, how it is asked, and which facts become others."""

    book: str
    day: str
    known_on: str
    facts: dict[str, float]

    @property
    def asked(self) -> tuple[str, ...]:
        """The options of a command."""
        return ("--day", self.day, "--known-on", self.known_on)


CASES = (
    Case("tiny", "2025-09-30", "2025-11-14", {"marks_beta_price": 11.8, "balances_cash_amount": 9e7}),
    Case(
        "softbank",
        "2023-06-30",
        "2026-08-31",
        {
            "marks_arm_gross_2023_06_value": 6.12e12,
            "statements_nav_2023_06_30_bridge_consolidated_net_debt": 15.83e12,
            "debts_bridge_ampere_2025_principal": 4.3e9,
        },
    ),
    Case("article", "2025-11-12", "2025-11-12", {"commitments_abb_robotics_amount": 8.125e9, "trades_nvidia_2025_amount": 7.83e9}),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books, their workbooks in `made`, and in `office` what LibreOffice computed: as they were, with changed facts, with an emptied one."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("made", "given", "office"):
        (folder / name).mkdir()
    for case in CASES:
        shutil.copytree(Path(api.SHIPPED) / case.book, folder / case.book)
        assert holdbook("workbook", case.book, "--output", f"made/{case.book}.xlsx", *case.asked, folder=folder).code == 0
        changed(folder / "made" / f"{case.book}.xlsx", folder / "given" / f"{case.book}.xlsx", {})
        changed(folder / "made" / f"{case.book}.xlsx", folder / "given" / f"{case.book}_changed.xlsx", case.facts)
    changed(folder / "made" / "tiny.xlsx", folder / "given" / "tiny_emptied.xlsx", {"balances_cash_amount": None})
    book(folder / "hostile", hostile())
    assert holdbook("workbook", "hostile", "--output", "made/hostile.xlsx", folder=folder).code == 0
    changed(folder / "made" / "hostile.xlsx", folder / "given" / "hostile.xlsx", {})
    saved(sorted((folder / "given").iterdir()), folder / "office")
    return folder


def hostile() -> str:
    """A sound book with a holding of every hostile name, out of a source of that name."""
    lines = SOUND.splitlines()
    for section, entry in (
        ("entities:", "  {0}: {{name: {1}}}"),
        ("sources:", "  {0}: {{title: {1}, published: 2025-11-14}}"),
        ("stakes:", "  {0}: {{asset: {0}, day: 2025-09-30, shares: 10.0m shares, source: {0}}}"),
        ("marks:", "  {0}: {{asset: {0}, day: 2025-09-30, price: USD 20.00/share, source: {0}}}"),
    ):
        at = lines.index(section) + 1
        lines[at:at] = [entry.format(name, "'" + text.replace("'", "''") + "'") for name, text in HOSTILE.items()]
    return "\n".join([*lines, ""])


def shown(path: Path) -> dict[str, float | None]:
    """What every named cell shows, by its name."""
    found = opened(path, computed=True)
    values = {name: found[sheet].cell(row, 2).value for name, (sheet, row) in names(path).items()}
    return {name: None if value == "" else value for name, value in values.items()}


def same(one: Any, other: Any) -> bool:
    """Whether two cells show the same: texts and nothing exactly, numbers as far as a difference of 15 digits each still carries."""
    if isinstance(one, int | float) and isinstance(other, int | float | Fraction):
        return abs(Fraction(one) - Fraction(other)) <= abs(Fraction(other)) / 10**9
    return (one in (None, "") and other in (None, "")) or one == other


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    return ((sheet, cell.coordinate) for sheet, cell in cells(path) if cell.data_type == "f")


@pytest.mark.parametrize("case", CASES, ids=[case.book for case in CASES])
def test_every_cell_of_every_sheet_comes_to_what_we_wrote(case: Case, place: Path) -> None:
    made, office = (opened(place / folder / f"{case.book}.xlsx", computed=True) for folder in ("made", "office"))
    assert office.sheetnames == made.sheetnames
    pairs = [(sheet.title, cell, office[sheet.title][cell.coordinate].value) for sheet in made for row in sheet for cell in row]
    assert [(sheet, cell.coordinate, cell.value, there) for sheet, cell, there in pairs if not same(there, cell.value)] == []
    assert len(list(formulas(place / "given" / f"{case.book}.xlsx"))) > 100


@pytest.mark.parametrize("case", CASES, ids=[case.book for case in CASES])
def test_a_changed_fact_does_what_it_does_in_the_book(case: Case, place: Path, tmp_path: Path) -> None:
    """The file that LibreOffice saved is imported into the book: asked again, the book says what LibreOffice shows."""
    there = shown(place / "office" / f"{case.book}_changed.xlsx")
    shutil.copytree(place / case.book, tmp_path / case.book)
    before = answered(tmp_path, case)
    done = holdbook("import", "workbook", str(place / "office" / f"{case.book}_changed.xlsx"), "--into", case.book, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    after = answered(tmp_path, case)
    assert {name: there[name] for name in after if not same(there[name], after[name])} == {}
    assert after["gap"] != before["gap"]
    assert after["nav"] != before["nav"] or case.book == "article"


def answered(folder: Path, case: Case) -> dict[str, Fraction | None]:
    """What a book itself says of the figures that a workbook follows."""
    with chdir(folder):
        opened = api.read(case.book)
        asked = {
            name: api.ask(opened, name, day=date.fromisoformat(case.day), known_on=date.fromisoformat(case.known_on)) for name in FOLLOWS
        }
    return {figure: point(asked[question].quantities[figure].quantity) for question, figures in FOLLOWS.items() for figure in figures}


@pytest.mark.parametrize("case", CASES, ids=[case.book for case in CASES])
def test_libreoffice_and_our_own_reader_agree_on_every_cell(case: Case, place: Path) -> None:
    there = shown(place / "office" / f"{case.book}_changed.xlsx")
    ours = recalculated(place / "made" / f"{case.book}.xlsx", case.facts)
    assert {name: (there[name], value) for name, value in ours.items() if not same(there[name], value)} == {}
    assert len(ours) > 100


def test_an_emptied_fact_is_unknown_there_too(place: Path) -> None:
    there = shown(place / "office" / "tiny_emptied.xlsx")
    assert (there["nav"], there["loan_to_value"], there["equity_value_of_holdings"]) == (None, None, 200_000_000)
    statement = {
        row[0]: row[1:3] for row in opened(place / "office" / "tiny_emptied.xlsx", computed=True)["Statement"].iter_rows(values_only=True)
    }
    assert statement["nav"] == (None, "unknown")


def test_no_cell_shows_an_error_and_no_chart_is_lost(place: Path) -> None:
    for path in sorted((place / "office").glob("*.xlsx")):
        assert [
            value for sheet in opened(path, computed=True) for row in sheet.iter_rows(values_only=True) for value in row if fails(value)
        ] == []
        charts = [content for name, content in parts(path).items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        assert [len(re.findall(b"<c:ser>", chart)) for chart in charts] == [2] * len(charts)
        drawn = [name for name in parts(place / "given" / path.name) if name.startswith("xl/charts/chart")]
        assert len(charts) == len(drawn) > 0


def fails(value: object) -> bool:
    return isinstance(value, str) and re.match(r"#[A-Z/0]+[!?]|#N/A|Err:\d", value) is not None


def test_a_hostile_text_stays_a_text_and_reaches_nothing(place: Path) -> None:
    path = place / "office" / "hostile.xlsx"
    assert sorted(formulas(path)) == sorted(formulas(place / "made" / "hostile.xlsx"))
    for text in HOSTILE.values():
        found = [cell for _, cell in cells(path) if cell.value == text]
        assert len(found) >= 3, text
        assert {cell.data_type for cell in found} == {"s"}
    assert not [name for name in parts(path) if re.search("external|dde|ole|vba|hyperlink", name, re.IGNORECASE)]
    assert not [name for name, content in parts(path).items() if name.endswith(".rels") and b"evil.example" in content]
    assert shown(path)["equity_value_of_holdings"] == 200_000_000 * (1 + len(HOSTILE))
