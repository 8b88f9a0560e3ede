"""Filings on Form 13F that nobody on this project wrote: SoftBank Group's of 2024 and 2025, a whole submission, a table of the SEC.

Accession numbers 0001062993-25-002489, 0001062993-26-000965, 0001894188-23-000007; provenance beside the data.
"""

import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from prompt import holdbook

from holdbook import api
from holdbook.model.stake import Stake
from holdbook.quantity.point import point
from holdbook.timeline.closes import close_on
from holdbook.timeline.view import View

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir() and "CI" not in os.environ, reason="needs the real filings, which lie beside the project")
FILINGS = [str(DATA / "sec13f" / "softbank" / f"{day}.json") for day in ("2024-12-31", "2025-12-31")]
BOOK = """book: {name: SoftBank Group, company: softbank, currency: USD, day: 2025-12-31, known_on: 2026-08-31}
entities:
  softbank: {name: SoftBank Group}
  nvidia: {name: Nvidia, listings: {XNAS: NVDA}}
  tmobile: {name: T-Mobile US, listings: {XNAS: TMUS}}
  amazon: {name: Amazon, aka: ["023135106"]}
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "book.yaml").write_text(BOOK, encoding="utf-8")
    return tmp_path


def stakes(place, *prices):
    found = api.read(str(place / "own"), prices)
    assert api.check(found).problems == []
    return found.book, {(stake.asset, str(stake.day)): stake for stake in found.book.all(Stake)}


def test_shares_of_nvidia_and_t_mobile_then_none_and_fewer(place):
    assert holdbook("import", "13f", *FILINGS, "--into", "own", folder=place).code == 0
    _, found = stakes(place)
    shares = {key: int(point(stake.shares)) for key, stake in found.items()}
    assert shares == {
        ("nvidia", "2024-12-31"): 10_512_320,
        ("tmobile", "2024-12-31"): 85_361_065,
        ("nvidia", "2025-12-31"): 0,
        ("tmobile", "2025-12-31"): 28_503_696,
    }
    assert {str(stake.known) for stake in found.values()} == {"2025-02-14", "2026-02-17"}


def test_value_over_shares_is_the_close_of_the_day_to_the_cent(place):
    holdbook("import", "13f", *FILINGS, "--into", "own", folder=place)
    book, found = stakes(place, str(DATA / "prices"))
    for (asset, day), stake in found.items():
        if stake.value is not None:
            close = close_on(View(book, date.fromisoformat(day)), asset)
            assert round(point(stake.value) / point(stake.shares), 2) == round(point(close), 2) > Fraction(1)


def test_a_re_import_changes_nothing(place):
    holdbook("import", "13f", *FILINGS, "--into", "own", folder=place)
    before = {path.name: path.read_bytes() for path in (place / "own").iterdir()}
    for files in (FILINGS, FILINGS[::-1], FILINGS[:1], FILINGS[1:]):
        done = holdbook("import", "13f", *files, "--into", "own", folder=place)
        assert (done.code, "Wrote" in done.out) == (0, False)
    assert {path.name: path.read_bytes() for path in (place / "own").iterdir()} == before


def test_the_shipped_book_states_these_filings_already(place):
    holdbook("demo", folder=place)
    done = holdbook("import", "13f", *FILINGS, "--into", "softbank", folder=place)
    assert done.code == 0
    assert done.out.count("stated already") == 5
    assert holdbook("check", "softbank", folder=place).code == 0


def test_a_whole_submission_has_its_days_and_is_found_by_cusip(place):
    file = DATA / "sec13f" / "raw_xml" / "LTS_One_13F_0001894188-23-000007.txt"
    done = holdbook("import", "13f", str(file), "--into", "own", folder=place)
    assert (done.code, "not in the book: 13 of 14 lines" in done.out) == (0, True)
    _, found = stakes(place)
    (stake,) = found.values()
    assert (str(stake.day), str(stake.known), stake.asset, int(point(stake.value))) == ("2023-09-30", "2023-11-14", "amazon", 17_479_000)


def test_a_table_with_its_cover_needs_only_the_day_of_filing(place):
    raw = DATA / "sec13f" / "raw_xml"
    files = (str(raw / "13F-HR.infotable.xml"), str(raw / "abacus.13F-HR.primarydoc.xml"))
    assert "no day of filing" in holdbook("import", "13f", *files, "--into", "own", folder=place).err
    done = holdbook("import", "13f", *files, "--filed", "2023-05-31", "--into", "own", "--dry-run", folder=place)
    assert (done.code, "3 of principal or another unit" in done.out, "the cover says" in done.out) == (0, True, True)
