"""Price folders at the command line: the book's own, those of --prices, in CSV and in Parquet, remembered by their text."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from prompt import SOUND, book, holdbook

LISTED = SOUND.replace("{name: Beta Motors}", "{name: Beta Motors, listings: {XNYS: BETA}}")
UNPRICED = LISTED.partition("marks:")[0]
CLOSES = "Date,close_as_traded\n2025-09-29,21.00\n2025-09-30,22.00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "closes").mkdir()
    (tmp_path / "closes" / "BETA_daily.csv").write_text(CLOSES, encoding="utf-8")
    return book(tmp_path / "acme", UNPRICED)


@pytest.mark.parametrize(
    "command", ["ask worth acme", "check acme", "explain equity_value_of_holdings acme", "report acme --output page.html"]
)
def test_each_command_takes_a_price_folder(command: str, folder: Path) -> None:
    done = holdbook(*command.split(), "--prices", "closes", folder=folder.parent)
    assert (done.code, done.err) == (0, "")


def test_a_listed_stake_is_worth_its_shares_at_the_close(folder: Path) -> None:
    without = holdbook("ask", "worth", "acme", folder=folder.parent)
    beside = holdbook("ask", "worth", "--prices", "closes", "acme", folder=folder.parent)
    assert ("USD 220m" in without.out, "USD 220m" in beside.out) == (False, True)


def test_an_explanation_names_the_line_of_the_file(folder: Path) -> None:
    done = holdbook("explain", "equity_value_of_holdings", "acme", "--prices", "closes", folder=folder.parent)
    assert "closes/BETA_daily.csv:3" in done.out


def test_a_books_own_folder_needs_no_option_and_a_changed_close_is_read_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "closes").rename(folder / "prices")
    memory = str(tmp_path / "memory")
    first = [holdbook("ask", "worth", "acme", folder=tmp_path, memory=memory).out for _ in range(2)]
    assert ("USD 220m" in first[0], first[0] == first[1]) == (True, True)
    (folder / "prices" / "BETA_daily.csv").write_text(CLOSES.replace("22.00", "23.00"), encoding="utf-8")
    assert "USD 230m" in holdbook("ask", "worth", "acme", folder=tmp_path, memory=memory).out
    assert "USD 230m" not in holdbook("ask", "worth", "acme", "--prices", "closes", folder=tmp_path, memory=memory).err


@pytest.mark.usefixtures("folder")
def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    source = tmp_path / "closes" / "BETA_daily.csv"
    duckdb.read_csv(str(source)).write_parquet(str(source.with_suffix(".parquet")))
    source.unlink()
    done = holdbook("ask", "worth", "acme", "--prices", "closes", folder=tmp_path)
    assert ("USD 220m" in done.out, done.err) == (True, "")


@pytest.mark.usefixtures("folder")
def test_a_parquet_file_that_is_none_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "closes" / "BETA.parquet").write_bytes(b"no parquet")
    done = holdbook("check", "acme", "--prices", "closes", folder=tmp_path)
    assert (done.code, "[csv]" in done.out) == (1, True)


def test_a_price_folder_that_is_not_there_is_no_answer(folder: Path) -> None:
    done = holdbook("ask", "worth", "acme", "--prices", "nowhere", folder=folder.parent)
    assert (done.code, done.out, "nowhere" in done.err) == (3, "", True)


def test_a_link_leads_out_of_no_book(folder: Path, tmp_path: Path) -> None:
    (folder / "prices").mkdir()
    (folder / "prices" / "BETA.csv").symlink_to(tmp_path / "closes" / "BETA_daily.csv")
    done = holdbook("check", "acme", folder=tmp_path)
    assert (done.code, "[file-outside]" in done.out) == (1, True)


@pytest.mark.usefixtures("folder")
def test_what_could_be_answered_stands_above_a_fault_of_a_price_file(tmp_path: Path) -> None:
    (tmp_path / "closes" / "BETA_daily.csv").write_text(CLOSES.replace("21.00", "#VALUE!"), encoding="utf-8")
    done = holdbook("ask", "worth", "acme", "--prices", "closes", folder=tmp_path)
    assert (done.code, "USD 220m" in done.out, "[bad-price]" in done.err) == (1, True, True)


@pytest.mark.usefixtures("folder")
def test_a_check_in_json_has_the_notes(tmp_path: Path) -> None:
    (tmp_path / "closes" / "BETA_too.csv").write_text(CLOSES, encoding="utf-8")
    done = holdbook("check", "acme", "--prices", "closes", "--json", folder=tmp_path)
    assert "not used: closes/BETA_daily.csv has these closes too" in done.out
