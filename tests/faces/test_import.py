"""`holdbook import`: into files that a person reviews; twice is as once; a person's own file is never overwritten."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from prompt import Terminal, book, holdbook

from holdbook.cli import main

HEAD = "book: {name: Acme Holding, company: acme, currency: USD, day: 2025-09-30, known_on: 2026-06-30}\n"
BOOK = f"""{HEAD}entities:
  acme: {{name: Acme Holding}}
  fund: {{name: Acme Fund}}
  beta: {{name: Beta Motors, listings: {{XNYS: BETA}}, aka: [08888B108]}}
sources:
  report: {{title: Acme interim report, published: 2025-11-14}}
"""
LINE = (
    "<infoTable><nameOfIssuer>{}</nameOfIssuer><titleOfClass>{}</titleOfClass><cusip>{}</cusip><value>{}</value>"
    "<shrsOrPrnAmt><sshPrnamt>{}</sshPrnamt><sshPrnamtType>SH</sshPrnamtType></shrsOrPrnAmt></infoTable>\n"
)
BETA = LINE.format("BETA MTRS INC", "CL A", "08888B108", 200, 10) + LINE.format("BETA MOTORS CORP", "CL B", "08888B207", 100, 5)
OTHER = LINE.format("GAMMA INC", "COM", "09999C100", 70, 7)
DAYS = ("--period", "2025-09-30", "--filed", "2025-11-14")
MADE = "acme/13f-2025-09-30-filed-2025-11-14.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    book(tmp_path / "acme", BOOK)
    table(tmp_path / "q3.xml", BETA + OTHER)
    return tmp_path


def table(path: Path, lines: str) -> None:
    path.write_text(f"<informationTable>\n{lines}</informationTable>", encoding="utf-8")


def test_a_filing_becomes_stakes_that_bind_on_its_day_and_were_known_when_it_was_filed(place: Path) -> None:
    done = holdbook("import", "13f", "q3.xml", "--into", "acme", *DAYS, folder=place)
    text = (place / MADE).read_text(encoding="utf-8")
    assert (done.code, done.err, f"Wrote {MADE}" in done.out) == (0, "", True)
    for words in ("shares: 15 shares", "value: USD 300\n", "binds: day", "known: 2025-11-14", "2 lines together: CL A, CL B"):
        assert words in text
    assert "q3.xml: not in the book: 1 of 3 lines, USD 70: GAMMA INC" in done.out
    assert holdbook("check", "acme", folder=place).code == 0


def test_twice_is_as_once_byte_for_byte(place: Path) -> None:
    words = ("import", "13f", "q3.xml", "--into", "acme", *DAYS)
    holdbook(*words, folder=place)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (place / "acme").iterdir()}
    done = holdbook(*words, folder=place)
    assert (done.code, f"No change in {MADE}" in done.out) == (0, True)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (place / "acme").iterdir()} == before


def test_a_dry_run_shows_the_difference_and_writes_nothing(place: Path) -> None:
    done = holdbook("import", "13f", "q3.xml", "--into", "acme", "--dry-run", *DAYS, folder=place)
    assert (done.code, "+    shares: 15 shares" in done.out, f"+++ {MADE}" in done.out) == (0, True, True)
    assert [path.name for path in (place / "acme").iterdir()] == ["book.yaml"]


def test_a_file_that_a_person_changed_is_left_alone(place: Path) -> None:
    words = ("import", "13f", "q3.xml", "--into", "acme", *DAYS)
    holdbook(*words, folder=place)
    mine = (place / MADE).read_text(encoding="utf-8") + "# mine\n"
    (place / MADE).write_text(mine, encoding="utf-8")
    done = holdbook(*words, folder=place)
    assert (done.code, "written or changed" in done.err, "way out" in done.err) == (1, True, True)
    assert (place / MADE).read_text(encoding="utf-8") == mine


def test_a_new_table_of_the_same_day_replaces_what_nobody_changed(place: Path) -> None:
    words = ("import", "13f", "q3.xml", "--into", "acme", *DAYS)
    holdbook(*words, folder=place)
    table(place / "q3.xml", BETA + BETA)
    assert holdbook(*words, folder=place).code == 0
    assert "shares: 30 shares" in (place / MADE).read_text(encoding="utf-8")


@pytest.mark.parametrize(("shares", "code", "words"), [("15", 0, "stated already: beta"), ("16", 1, "not written: beta")])
def test_what_the_book_states_already_is_not_written_again(shares: str, code: int, words: str, place: Path) -> None:
    stake = f"stakes: {{beta: {{asset: beta, day: 2025-09-30, shares: {shares} shares, binds: day, source: report}}}}\n"
    (place / "acme" / "stakes.yaml").write_text(stake, encoding="utf-8")
    done = holdbook("import", "13f", "q3.xml", "--into", "acme", *DAYS, folder=place)
    assert (done.code, words in done.out, "acme/stakes.yaml:1" in done.out, (place / MADE).exists()) == (code, True, True, False)


def test_what_left_the_table_is_a_stake_of_nothing(place: Path) -> None:
    holdbook("import", "13f", "q3.xml", "--into", "acme", *DAYS, folder=place)
    table(place / "q4.xml", OTHER)
    done = holdbook("import", "13f", "q4.xml", "--into", "acme", "--period", "2025-12-31", "--filed", "2026-02-17", folder=place)
    assert done.code == 0
    assert "shares: 0 shares" in (place / "acme/13f-2025-12-31-filed-2026-02-17.yaml").read_text(encoding="utf-8")


def test_values_of_old_filings_are_in_thousands(place: Path) -> None:
    holdbook("import", "13f", "q3.xml", "--into", "acme", "--period", "2022-09-30", "--filed", "2022-11-14", folder=place)
    assert "value: USD 300k\n" in (place / "acme/13f-2022-09-30-filed-2022-11-14.yaml").read_text(encoding="utf-8")


def test_another_holder_has_files_and_ids_of_its_own(place: Path) -> None:
    holdbook("import", "13f", "q3.xml", "--into", "acme", *DAYS, folder=place)
    done = holdbook("import", "13f", "q3.xml", "--into", "acme", "--holder", "fund", *DAYS, folder=place)
    assert (done.code, holdbook("check", "acme", folder=place).code) == (0, 0)
    assert "holder: fund" in (place / "acme/13f-fund-2025-09-30-filed-2025-11-14.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("13f", "q3.xml"), 1, "no end of the quarter"),
        (("13f", "q3.xml", "--period", "2025-09-30"), 1, "no day of filing"),
        (("13f", "q3.xml", "--period", "2025-09-30", "--filed", "2025-09-01"), 1, "no day of filing after 2025-09-30"),
        (("13f", "q3.xml", "--holder", "nobody", *DAYS), 1, "no entity 'nobody'"),
        (("13f", "nowhere.xml", *DAYS), 1, "nowhere.xml"),
        (("prices", "q3.xml"), 1, "a file of no entity of the book"),
        (("prices", "q3.xml", "--asset", "nobody"), 1, "no entity 'nobody'"),
        (("prices", "q3.xml", "--asset", "beta"), 1, "a column Close"),
        (("letters", "q3.xml"), 2, "invalid choice"),
    ],
)
def test_with_a_fault_nothing_is_written(words: tuple[str, ...], code: int, says: str, place: Path) -> None:
    done = holdbook("import", *words, "--into", "acme", folder=place)
    assert (done.code, done.out, says in done.err) == (code, "", True), done.err
    assert [path.name for path in (place / "acme").iterdir()] == ["book.yaml"]


def test_a_shipped_book_is_not_written_to(place: Path) -> None:
    done = holdbook("import", "13f", "q3.xml", "--into", "tiny", *DAYS, folder=place)
    assert (done.code, "is a shipped book" in done.err) == (3, True)


def test_closes_become_a_price_file_of_the_book_and_answer(place: Path) -> None:
    (place / "BETA_daily.csv").write_text("Date,Close,Stock Splits\n2025-09-29,40.00,0\n2025-09-30,20.00,2.0\n", encoding="utf-8")
    (place / "other.csv").write_text("Date,Close\n2025-09-30,20.00\n", encoding="utf-8")
    words = ("import", "prices", "BETA_daily.csv", "other.csv", "--into", "acme")
    done = holdbook(*words, folder=place)
    made = (place / "acme/prices/BETA.csv").read_text(encoding="utf-8")
    assert (done.code, done.err, made.splitlines()[2:]) == (
        0,
        "",
        ["Date,close_as_traded,splits", "2025-09-29,40.00,", "2025-09-30,20.00,2"],
    )
    assert "left out, of no entity of the book: other.csv" in done.out
    assert holdbook("check", "acme", folder=place).code == 0
    assert "No change in acme/prices/BETA.csv" in holdbook(*words, folder=place).out


def test_later_closes_are_added_and_must_agree_with_those_that_are_there(place: Path) -> None:
    words = ("import", "prices", "BETA.csv", "--into", "acme")
    (place / "BETA.csv").write_text("Date,close_as_traded\n2025-09-29,20.10\n2025-09-30,20.00\n", encoding="utf-8")
    holdbook(*words, folder=place)
    (place / "BETA.csv").write_text("Date,close_as_traded\n2025-09-30,20.00\n2025-10-01,20.20\n", encoding="utf-8")
    assert holdbook(*words, folder=place).code == 0
    assert (place / "acme/prices/BETA.csv").read_text(encoding="utf-8").count("\n") == 6
    (place / "BETA.csv").write_text("Date,close_as_traded\n2025-09-30,21.00\n", encoding="utf-8")
    done = holdbook(*words, folder=place)
    assert (done.code, "21.00 on 2025-09-30, where another file has 20.00" in done.err) == (1, True)


def test_doubt_is_not_washed_off_by_an_import(place: Path) -> None:
    (place / "closes.csv").write_text("Date,Close\n2025-09-29,20.10\n2025-09-30,20.00\n", encoding="utf-8")
    done = holdbook("import", "prices", "closes.csv", "--asset", "beta", "--into", "acme", folder=place)
    assert (done.code, "no split is recorded" in done.out) == (0, True)
    assert "Date,close,splits" in (place / "acme/prices/BETA.csv").read_text(encoding="utf-8")
    assert "no split is recorded" in holdbook("check", "acme", folder=place).out


def test_two_filings_of_one_day_are_not_one_file(place: Path) -> None:
    table(place / "q4.xml", OTHER)
    done = holdbook("import", "13f", "q3.xml", "q4.xml", "--into", "acme", *DAYS, folder=place)
    assert (done.code, "a second filing of 2025-09-30" in done.err) == (1, True)


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_progress_is_told_to_a_terminal_alone(stream: type[io.StringIO], place: Path) -> None:
    (place / "BETA_1.csv").write_text("Date,Close\n2025-09-30,20.00\n", encoding="utf-8")
    (place / "BETA_2.csv").write_text("Date,Close\n2025-10-01,20.00\n", encoding="utf-8")
    err = stream()
    with contextlib.chdir(place), contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
        main(["import", "prices", "BETA_1.csv", "BETA_2.csv", "--into", "acme", "--dry-run"])
    assert ("1 of 2: BETA_1.csv" in err.getvalue()) is (stream is Terminal)
