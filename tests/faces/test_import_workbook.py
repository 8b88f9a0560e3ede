"""`holdbook import workbook`: a fact changed in Excel comes back to its line of the book; comments and all the rest stay."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from prompt import HEAD, Done, book, holdbook

from holdbook import api
from holdbook.importers.changed_figure import rewritten
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import leaf
from holdbook.quantity.stated import FigureError, parse_figure

TEXT = f"""{HEAD}# who is who
entities:
  acme: {{name: Acme Holding}}
  beta: {{name: Beta Motors}}   # the only one
sources:
  report: {{title: Acme interim report, published: 2025-11-14}}
stakes:
  beta: {{asset: beta, day: 2025-09-30, shares: 10.0m shares, source: report p. 4}}  # ten million
marks:
  beta:
    asset: beta
    day: 2025-09-30
    price: "~ USD 20.00/share"   # about
    source: report p. 4
balances:
  cash: {{item: cash_position, day: 2025-09-30, amount: USD 25m, source: report p. 8}}
"""
BONDS = "id,kind,day,amount,maturity,source\nbond,bond,2025-06-30,USD 60m,2027-06-30,report p. 9\n"
Edit = Callable[..., Done]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    book(tmp_path / "acme", TEXT)
    (tmp_path / "acme" / "debts.csv").write_text(BONDS, encoding="utf-8")
    assert holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path).code == 0
    return tmp_path


@pytest.fixture
def changed(place: Path) -> Edit:
    """Changes facts of the workbook and imports it."""

    def changed(*words: str, **facts: object) -> Done:
        found = load_workbook(place / "acme.xlsx")
        sheet = found["Facts"]
        rows = {str(sheet.cell(row, 1).value).replace(".", "_"): row for row in range(2, sheet.max_row + 1)}
        for name, value in facts.items():
            sheet.cell(rows[name], 2).value = value  # type: ignore[assignment]
        found.save(place / "acme.xlsx")
        return holdbook("import", "workbook", "acme.xlsx", "--into", "acme", *words, folder=place)

    return changed


def text(place: Path, name: str = "book.yaml") -> str:
    return (place / "acme" / name).read_text(encoding="utf-8")


def test_only_the_figure_changes_and_comments_stay(place: Path, changed: Edit) -> None:
    done = changed(stakes_beta_shares=12.5e6, marks_beta_price=21, debts_bond_amount=75e6)
    assert (done.code, done.err) == (0, "")
    assert text(place) == TEXT.replace("10.0m shares", "12.5m shares").replace("~ USD 20.00/share", "~ USD 21.00/share")
    assert text(place, "debts.csv") == BONDS.replace("USD 60m", "USD 75m")
    assert "acme/book.yaml:9:48: stakes.beta.shares: 10.0m shares becomes 12.5m shares" in done.out
    assert holdbook("check", "acme", folder=place).code == 0


def test_a_dry_run_shows_the_difference_and_writes_nothing(place: Path, changed: Edit) -> None:
    done = changed("--dry-run", balances_cash_amount=30e6)
    assert (done.code, text(place)) == (0, TEXT)
    assert "-  cash: {item: cash_position, day: 2025-09-30, amount: USD 25m, source: report p. 8}" in done.out
    assert "+  cash: {item: cash_position, day: 2025-09-30, amount: USD 30m, source: report p. 8}" in done.out


def test_a_workbook_that_nobody_changed_changes_nothing(place: Path, changed: Edit) -> None:
    done = changed()
    assert (done.code, "Nothing to write." in done.out, text(place)) == (0, True, TEXT)


def test_a_figure_may_be_written_as_in_a_book_or_be_unknown(place: Path, changed: Edit) -> None:
    assert changed(balances_cash_amount="USD 30.50m", debts_bond_amount="unknown").code == 0
    assert "amount: USD 30.50m," in text(place)
    assert "2025-06-30,unknown,2027-06-30" in text(place, "debts.csv")


def test_a_book_that_has_changed_since_is_refused(place: Path, changed: Edit) -> None:
    (place / "acme" / "book.yaml").write_text(TEXT + "# mine\n", encoding="utf-8")
    done = changed(balances_cash_amount=30e6)
    assert (done.code, "an earlier state of this one" in done.err, text(place)) == (1, True, TEXT + "# mine\n")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "an empty cell"),
        (-5e6, "is less than 0"),
        ("USD 5b", "'b' is not a multiplier here"),
        ("JPY 5bn", "in another unit than USD 60m"),
        ("> USD 3bn, source: me", "not"),
        ("32 shares", "is in shares"),
        ('USD 60m"\n  mine: 1', "not"),
        (True, "'True' is not a figure"),
    ],
)
def test_what_the_field_cannot_be_is_refused_and_nothing_is_written(value: object, says: str, place: Path, changed: Edit) -> None:
    done = changed(debts_bond_amount=value, balances_cash_amount=30e6)
    assert (done.code, says in done.err, "acme.xlsx, Facts:" in done.err) == (1, True, True), done.err
    assert (text(place), text(place, "debts.csv")) == (TEXT, BONDS)


def test_a_text_that_yaml_would_read_as_something_else_is_refused(place: Path, changed: Edit) -> None:
    done = changed(stakes_beta_shares="> 3m shares")
    assert (done.code, text(place)) == (1, TEXT), done.err


def test_line_ends_and_the_mark_at_the_beginning_stay(place: Path, changed: Edit) -> None:
    whole = "\ufeff" + TEXT.replace("\n", "\r\n")
    (place / "acme" / "book.yaml").write_bytes(whole.encode())
    holdbook("workbook", "acme", "--output", "acme.xlsx", folder=place)
    assert changed(balances_cash_amount=30e6).code == 0
    assert (place / "acme" / "book.yaml").read_bytes() == whole.replace("USD 25m", "USD 30m").encode()


def test_a_fact_of_a_book_that_is_extended_is_not_changed_from_here(place: Path) -> None:
    book(place / "more", "book: {name: More, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-11-14, extends: acme}\n")
    holdbook("workbook", "more", "--output", "more.xlsx", folder=place)
    found = load_workbook(place / "more.xlsx")
    for row in range(2, found["Facts"].max_row + 1):
        if found["Facts"].cell(row, 1).value == "balances.cash.amount":
            found["Facts"].cell(row, 2).value = 1
    found.save(place / "more.xlsx")
    done = holdbook("import", "workbook", "more.xlsx", "--into", "more", folder=place)
    assert (done.code, "in a book that this one extends" in done.err, text(place)) == (1, True, TEXT)


@pytest.mark.parametrize("name", ["nowhere.xlsx", "acme/book.yaml", "broken.xlsx", "other.xlsx"])
def test_what_is_no_workbook_of_ours_is_said_in_a_sentence(name: str, place: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(place / "other.xlsx")
    whole = (place / "acme.xlsx").read_bytes()
    (place / "broken.xlsx").write_bytes(whole[: len(whole) // 2])
    done = holdbook("import", "workbook", name, "--into", "acme", folder=place)
    assert (done.code, "way out" in done.err, "Traceback" in done.err) == (1, True, False)


def test_one_workbook_at_a_time_and_no_shipped_book(place: Path) -> None:
    assert holdbook("import", "workbook", "acme.xlsx", "acme.xlsx", "--into", "acme", folder=place).code == 2
    assert holdbook("import", "workbook", "acme.xlsx", "--into", "tiny", folder=place).code == 3


def test_every_single_figure_of_a_large_book_can_be_changed_where_it_stands(tmp_path: Path) -> None:
    shutil.copytree(Path(api.SHIPPED) / "industrivarden", tmp_path / "acme")
    holdbook("workbook", "acme", "--output", "acme.xlsx", folder=tmp_path)
    found = load_workbook(tmp_path / "acme.xlsx")
    sheet = found["Facts"]
    expected: dict[str, Fraction] = {}
    for row in range(2, sheet.max_row + 1):
        value = sheet.cell(row, 2).value
        written = str(sheet.cell(row, 7).value or "")
        if isinstance(value, int | float) and value and written:
            sheet.cell(row, 2).value = value * 0.5
            expected[str(sheet.cell(row, 12).value)] = Fraction(repr(value * 0.5))
    found.save(tmp_path / "acme.xlsx")
    assert len(expected) > 5
    done = holdbook("import", "workbook", "acme.xlsx", "--into", "acme", folder=tmp_path)
    assert done.code == 0, done.err
    assert done.out.count(" becomes ") == len(expected)


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("USD 5.83bn", 5.9e9, "USD 5.90bn"),
        ("USD 5.83bn", 5_851_200_000, "USD 5.8512bn"),
        ("= 25%", 0.3, "= 30%"),
        ("about USD 181.50/share", 200, "about USD 200.00/share"),
        ("10512320 shares", 10_512_321, "10512321 shares"),
        ("-4.0%", 0.05, "5.0%"),
        ("USD 0", 12, "USD 12"),
        ("unknown", 0.4, "40%"),
        ("11..41 days", 20, "20 day"),
        ("> USD 3bn", 4e9, "USD 4000000000"),
        ("1500 MW", 2, "2000 MW"),
        ("USD 15bn ± 2bn", 16e9, "USD 16bn ± 2bn"),
    ],
)
def test_a_figure_keeps_the_way_it_was_written(words: str, value: float, expected: str) -> None:
    old = leaf(parse_figure(words), key="a", origin=Origin(Place("a"), words=words))
    assert rewritten(old, Fraction(repr(value))) == expected


def test_a_figure_of_too_many_digits_is_refused() -> None:
    old = leaf(parse_figure("USD 5bn"), key="a", origin=Origin(Place("a"), words="USD 5bn"))
    with pytest.raises(FigureError):
        rewritten(old, Fraction(1, 3))
