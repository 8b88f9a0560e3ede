"""Daily closes that nobody on this project wrote: the real prices beside this project, as traded, whatever their vendors' files call a close.

Its README gives the splits and the ties to the case; PROVENANCE.csv the origin of each file.
"""

import os
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from holdbook import api
from holdbook.quantity.point import point
from holdbook.timeline.closes import close_on, sessions
from holdbook.timeline.view import View

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir() and "CI" not in os.environ, reason="needs the real prices, which lie beside the project")
HEAD = "book: {name: Acme, company: acme, currency: USD, day: 2026-04-24, known_on: 2026-08-31}\nentities: {acme: {name: Acme}"
LISTED = ', nvidia: {name: Nvidia, listings: {XNAS: NVDA}}, softbank: {name: SoftBank Group, listings: {XTKS: "9984.T"}}'
OTHERS = ", wework: {name: WeWork, listings: {XNYS: WE}}, nikkei: {name: Nikkei 225, kind: index, listings: {XTKS: ^N225}}"
RATES = ", short: {name: Bill rate, kind: index, listings: {XNYS: ^IRX}}, wide: {name: S&P 500, kind: index, listings: {XNYS: ^SPX}}}\n"
POSITION = (
    "sources: {r: {title: R, published: 2025-11-12}}\nstakes: {n: {asset: nvidia, day: 2025-06-30, shares: 32.1m shares, source: r}}\n"
)


def opened(folder, *names, text=HEAD + LISTED + OTHERS + RATES + POSITION):
    """A book beside some of the shared files."""
    (folder / "acme").mkdir()
    (folder / "acme" / "book.yaml").write_text(text, encoding="utf-8")
    (folder / "closes").mkdir()
    for name in names:
        shutil.copy(DATA / name, folder / "closes")
    return api.read(str(folder / "acme"), [str(folder / "closes")])


def close(found, asset, day):
    price = close_on(View(found.book), asset, date.fromisoformat(day))
    return None if price is None else float(point(price))


def test_nvidia_is_as_traded_and_its_stake_of_september_2025_was_worth_5_99_billion(tmp_path):
    found = opened(tmp_path, "prices/NVDA_close_2016-2026.csv")
    assert [close(found, "nvidia", day) for day in ("2016-01-04", "2024-06-07", "2024-06-10", "2025-09-30")] == [
        32.37,
        1208.88,
        121.79,
        186.58,
    ]
    worth = api.ask(found, "worth", day=date(2025, 9, 30)).quantities["nvidia.value"].quantity
    assert round(point(worth) / 10**9, 2) == Fraction("5.99")
    assert api.check(found).problems == []


def test_closes_as_traded_without_a_record_of_their_splits_are_a_fault(tmp_path):
    found = opened(tmp_path)
    whole = (DATA / "prices/NVDA_close_2016-2026.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{line.split(',')[0]},{line.split(',')[3]}" for line in whole]
    (tmp_path / "closes" / "NVDA.csv").write_text("\n".join(rows), encoding="utf-8")
    found = api.read(str(tmp_path / "acme"), [str(tmp_path / "closes")])
    days = [rows[fault.place.line - 1].split(",")[0] for fault in api.check(found).problems if fault.reason == "unrecorded-split"]
    assert days == ["2021-07-20", "2024-06-10"]


def test_adjusted_closes_come_out_as_traded_by_the_recorded_splits(tmp_path):
    whole = (DATA / "prices/NVDA_close_2016-2026.csv").read_text(encoding="utf-8").splitlines()
    found = opened(tmp_path, "prices/corporate_actions.csv")
    rows = ["Date,Close", *(",".join(line.split(",")[:2]) for line in whole[1:])]
    (tmp_path / "closes" / "NVDA.csv").write_text("\n".join(rows), encoding="utf-8")
    found = api.read(str(tmp_path / "acme"), [str(tmp_path / "closes")])
    traded = [float(line.split(",")[3]) for line in whole[1:]]
    assert [value / 1e6 for value in found.book.series[0].closes] == pytest.approx(traded, abs=0.0051)
    adjusted = [float(line.split(",")[1]) for line in whole[1:]]
    assert sessions(View(found.book), "nvidia").closes == pytest.approx(adjusted, rel=2e-5)


def test_closes_that_are_adjusted_for_dividends_are_not_used(tmp_path):
    found = opened(tmp_path, "prices/NVDA_close_2016-2026.csv", "prices/NVDA_yahoo_with_actions_2015-2025_lragogna.csv")
    assert [series.file for series in found.book.series] == ["closes/NVDA_close_2016-2026.csv"]
    assert found.problems == []
    alone = (
        opened(tmp_path / "other", "prices/NVDA_yahoo_with_actions_2015-2025_lragogna.csv")
        if (tmp_path / "other").mkdir() is None
        else None
    )
    assert ([fault.reason for fault in alone.problems], alone.book.series) == (["adjusted-price"], ())


def test_softbank_splits_two_for_one_and_four_for_one(tmp_path):
    found = opened(
        tmp_path, "prices/9984T_close_2013-2026.csv", "prices/corporate_actions.csv", "prices/9984_yahoo_actions_2000-2022_retasu0.csv"
    )
    (series,) = found.book.series
    assert [(str(split.day), split.factor) for split in series.splits] == [("2019-06-25", 2), ("2025-12-29", 4)]
    assert series.file == "closes/9984T_close_2013-2026.csv"
    ends = [close(found, "softbank", day) for day in ("2013-01-04", "2019-06-24", "2019-06-25", "2025-12-26", "2025-12-29")]
    assert ends == [3125, 10305, 5099, 17800, 4485]
    assert sessions(View(found.book), "softbank").closes[0] == 390.625


def test_a_reverse_split_is_turned_back_where_its_jump_does_not_show(tmp_path):
    found = opened(tmp_path, "prices/WE_yahoo_2021-2023_janphilipp.csv", "prices/corporate_actions.csv")
    assert close(found, "wework", "2021-10-21") == pytest.approx(11.78, abs=1e-6)
    assert close(found, "wework", "2023-11-07") == pytest.approx(0.836, abs=1e-6)


def test_an_index_a_rate_and_the_three_lines_of_a_header(tmp_path):
    names = ("N225_yahoo_2021-2026_jtitan", "IRX_yahoo_2025-2026_flippe2", "SPX_yahoo_1927-2026_hjyssg")
    found = opened(tmp_path, *(f"indices/{name}.csv" for name in names))
    assert found.problems == []
    assert close(found, "nikkei", "2021-05-28") == pytest.approx(29149.41015625)
    assert close(found, "short", "2025-09-08") == pytest.approx(3.928, abs=1e-5)
    assert close(found, "wide", "1927-12-30") == pytest.approx(17.66, abs=1e-5)


def test_the_outage_of_2020_10_01_is_found_and_not_filled_in(tmp_path):
    text = HEAD + ', sbkk: {name: SoftBank Corp., listings: {XTKS: "9434"}}}\n'
    found = opened(tmp_path, "prices/9434_jquants_2018-2026_keroppa88.csv", text=text)
    assert [(fault.reason, fault.place.line) for fault in found.problems] == [("bad-price", 430)]
    assert close(found, "sbkk", "2020-10-01") is None
    assert "not" in found.book.series[0].doubt or "no split" in found.book.series[0].doubt


def test_closes_freed_of_a_split_that_nobody_recorded_are_found_by_one_stated_close(tmp_path):
    """SoftBank Corp. closed at 1690.5 yen on 29 September 2023 (its parent's presentation), and split 10 for 1 on 1 October 2024."""
    text = HEAD + ', sbkk: {name: SoftBank Corp., listings: {XTKS: "9434"}}}\nsources: {deck: {title: Deck, published: 2023-11-09}}\n'
    text += "marks: {m: {asset: sbkk, day: 2023-09-30, price: JPY 1690.5/share, kind: close, source: deck}}\n"
    found = opened(tmp_path, "prices/9434_jquants_2018-2026_keroppa88.csv", text=text)
    (fault,) = [fault for fault in found.problems if fault.reason == "adjusted-price"]
    assert fault.found.endswith("169.1 on 2023-09-30, where the book has 1690.5, as before a split of 1 into 10")
    (tmp_path / "closes" / "corporate_actions.csv").write_text("ticker,ex_date,type,ratio\n9434.T,2024-10-01,split,10\n", encoding="utf-8")
    found = api.read(str(tmp_path / "acme"), [str(tmp_path / "closes")])
    assert (close(found, "sbkk", "2023-09-29"), close(found, "sbkk", "2024-10-01")) == (1691, pytest.approx(195, abs=10))


def test_files_of_other_companies_are_not_looked_at(tmp_path):
    found = opened(tmp_path, "prices/GOOG_close_2016-2026.csv", "prices/AMD_close_2016-2026.csv")
    assert (found.book.series, found.problems, list(found.files)) == ((), [], ["acme/book.yaml"])
