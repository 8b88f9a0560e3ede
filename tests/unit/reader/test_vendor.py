"""A vendor's file as its header says; every cell that is no price has its line."""

from datetime import date

import pytest

from holdbook.reader.folder import TextFile
from holdbook.reader.table import rows_of
from holdbook.reader.vendor import closes_of, price_of, ratio_of

LAYOUTS = {
    "plain": ("Date,close\n2025-09-29,20.1\n2025-09-30,20.2\n", ""),
    "traded beside adjusted": (
        "Date,close_split_adj,split_factor,close_as_traded\n2025-09-29,2.01,10,20.1\n2025-09-30,2.02,10,20.2\n",
        "traded",
    ),
    "adjusted": ("Date,close_split_adj\n2025-09-29,20.1\n2025-09-30,20.2\n", "adjusted"),
    "high and low": ("Date,Open,High,Low,Close,Adj Close,Volume\n2025-09-29,1,2,3,20.1,19.9,5\n2025-09-30,1,2,3,20.2,20,5\n", ""),
    "days with zones": ("Date,Close\n2025-09-29 00:00:00-04:00,20.1\n2025-09-30T00:00:00+09:00,20.2\n", ""),
    "three lines of header": ("Price,Close,High\nTicker,B,B\nDate,,\n2025-09-29,20.1,1\n2025-09-30,20.2,1\n", ""),
    "backwards, with signs": ('Date,Close/Last,Volume\n09/30/2025,$20.20,"1,000"\n09/29/2025,$20.10,"1,000"\n', ""),
    "backwards, quoted": ('"Date","Price","Vol."\n"09/30/2025","20.20","1M"\n"09/29/2025","20.10","1M"\n', ""),
    "compact": ("timestamp,open,close\n20250929,1,20.1\n20250930,1,20.2\n", ""),
    "only after dividends": ("Date,Adj Close\n2025-09-29,20.1\n2025-09-30,20.2\n", "dividends"),
}


def read(text, **settings):
    problems = []
    file = TextFile("acme/prices/BETA.csv", text)
    return closes_of(file, rows_of(file, problems), problems, **settings), problems


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_header_says_which_column_is_the_close(layout):
    text, said = LAYOUTS[layout]
    closes, problems = read(text)
    assert (closes.days, closes.values, closes.said, problems) == (
        [date(2025, 9, 29), date(2025, 9, 30)],
        [20_100_000, 20_200_000],
        said,
        [],
    )


@pytest.mark.parametrize("text", ["", "Date,Volume\n2025-09-29,1\n", "Close\n20.1\n"])
def test_a_file_without_days_or_closes_is_refused(text):
    closes, problems = read(text)
    assert (closes, [problem.reason for problem in problems]) == (None, ["csv"])


def test_splits_of_a_file_are_its_record():
    closes, _ = read("Date,Close,Dividends,Stock Splits\n2025-09-29,20.1,0,0.0\n2025-09-30,5.0,0,4.0\n")
    assert [(split.day, split.factor) for split in closes.splits] == [(date(2025, 9, 30), 4)]


@pytest.mark.parametrize("head", ["close_as_traded", "close_split_adj"])
def test_a_change_of_factors_is_a_split(head):
    closes, _ = read(f"Date,{head},split_factor\n2025-09-29,20.1,40\n2025-09-30,5.0,10\n2025-10-01,5.1,10\n")
    assert [(split.day, split.factor) for split in closes.splits] == [(date(2025, 9, 30), 4)]


def test_a_session_without_a_close_is_counted_and_not_filled_in():
    closes, problems = read("Date,Close\n2025-09-26,\n2025-09-29,null\n2025-09-30,20.2\n")
    assert (closes.empty, len(closes.days), problems) == (2, 1, [])


@pytest.mark.parametrize(("cell", "reason"), [("#VALUE!", "bad-price"), ("0", "bad-price"), ("-3.1", "bad-price"), ("twenty", "bad-price")])
def test_a_cell_that_is_no_price_has_its_place(cell, reason):
    closes, problems = read(f"Date,Close\n2025-09-29,{cell}\n2025-09-30,20.2\n")
    assert [(problem.reason, problem.place[1:]) for problem in problems] == [(reason, (2, 12))]
    assert closes.days == [date(2025, 9, 30)]


def test_days_of_which_nobody_can_say_the_month_are_refused():
    _, problems = read("Date,Close\n09/08/2025,20.1\n10/08/2025,20.2\n")
    assert [problem.reason for problem in problems] == ["bad-day", "bad-day"]


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("186.58", 186_580_000, 5000),
        ("3125.0", 3_125_000_000, 50_000),
        ("208.270004", 208_270_004, 1),
        ("1e-3", 1000, 500),
        ("7", 7_000_000, 500_000),
    ],
)
def test_a_price_has_half_a_step_of_its_last_digit(text, value, step):
    assert price_of(text) == (value, step)


@pytest.mark.parametrize(("text", "ratio"), [("4.0", "4"), ("0.025", "1/40"), ("4:1", "4"), ("1:40", "1/40"), ("0", None), ("n/a", None)])
def test_the_ratio_of_a_split(text, ratio):
    found = ratio_of(text)
    assert (None if found is None else str(found)) == ratio
