"""No price file ends in a traceback, whatever stands in it."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from holdbook.model.series import Split
from holdbook.reader.basis import as_traded
from holdbook.reader.folder import TextFile
from holdbook.reader.table import rows_of
from holdbook.reader.vendor import closes_of

HEADERS = ["Date,Close\n", "Date,close_split_adj,split_factor\n", "Date,Close,Stock Splits\n", "Price,Close\nTicker,B\nDate,\n", ""]
PIECES = [
    *",,,\n\n\"'",
    "Date",
    "Close",
    "2025-09-30",
    "2025-09-29",
    "20250101",
    "09/30/2025",
    "9999-12-31",
    "0001-01-01",
    "20.1",
    "-3",
    "0",
    "1e99",
]
PIECES += ["9" * 40, "1e-30", "#VALUE!", "\x00", "4:1", "0:0", "nan", "inf", "\r\n", "é", "# x", "1,000", "$7"]
SPLITS = [Split(date(1, 1, 3), Fraction(2)), Split(date(2025, 9, 30), Fraction(4)), Split(date(9999, 12, 30), Fraction(1, 40))]


@given(st.sampled_from(HEADERS), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_price_file_is_read_or_its_faults_have_a_place(header, text):
    problems = []
    file = TextFile("acme/prices/BETA.csv", header + text)
    closes = closes_of(file, rows_of(file, problems), problems)
    assert closes is not None or problems
    assert all(problem.place.line >= 1 for problem in problems)
    if closes is not None and closes.days:
        basis = as_traded(closes, SPLITS, [])
        assert basis.aside or (len(basis.values) == len(closes.days) and min(basis.values) >= 0)
