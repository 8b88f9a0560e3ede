"""Form 13F in its forms: XML under any prefix, a whole submission, columns of JSON, tab-separated data sets."""

import json
from datetime import date

import pytest

from holdbook.importers.filing import Filing
from holdbook.importers.filing_table import read_json, read_tsv
from holdbook.importers.filing_xml import read_xml
from holdbook.reader.folder import TextFile

LINE = """<infoTable><nameOfIssuer>NVIDIA CORPORATION</nameOfIssuer><titleOfClass>COM</titleOfClass><cusip>67066g104</cusip>
<value>1411699453</value><shrsOrPrnAmt><sshPrnamt>10512320</sshPrnamt><sshPrnamtType>SH</sshPrnamtType></shrsOrPrnAmt></infoTable>"""
TABLE = f'<?xml version="1.0"?>\n<informationTable xmlns="http://www.sec.gov/13f">\n{LINE}\n</informationTable>'
COVER = """<edgarSubmission><headerData><filerInfo><periodOfReport>12-31-2024</periodOfReport></filerInfo></headerData>
<formData><summaryPage><tableValueTotal>1411699453</tableValueTotal></summaryPage></formData></edgarSubmission>"""
SUBMISSION = f"""<SEC-DOCUMENT>0001-25-1.txt
<SEC-HEADER>
ACCESSION NUMBER:\t\t0001-25-1
CONFORMED PERIOD OF REPORT:\t20241231
FILED AS OF DATE:\t\t20250214
</SEC-HEADER>
<DOCUMENT><XML>
{COVER}
</XML></DOCUMENT><DOCUMENT><XML>
{TABLE}
</XML></DOCUMENT>"""
TSV = "ACCESSION_NUMBER\tNAMEOFISSUER\tCUSIP\tVALUE\tSSHPRNAMT\tSSHPRNAMTTYPE\tPUTCALL\n"


def xml(text):
    return read_xml(TextFile("table.xml", text))


@pytest.mark.parametrize(
    "text",
    [TABLE, TABLE.replace("<", "<n1:").replace("<n1:/", "</n1:").replace("<n1:?", "<?").replace("xmlns=", "xmlns:n1="), f"\n\n{TABLE}"],
)
def test_a_table_is_read_under_any_prefix(text):
    found = xml(text)
    assert found.problems == []
    (line,) = found.filing.lines
    assert (line.issuer, line.cusip, line.value, line.amount, line.unit) == ("NVIDIA CORPORATION", "67066G104", 1411699453, 10512320, "SH")
    assert (line.is_shares, found.filing.period) == (True, None)


def test_a_submission_says_its_days_and_its_total():
    filing = xml(SUBMISSION).filing
    assert (filing.period, filing.filed, filing.accession) == (date(2024, 12, 31), date(2025, 2, 14), "0001-25-1")
    assert (filing.total, len(filing.lines), filing.lines[0].where) == (1411699453, 1, "line 13")


def test_a_cover_alone_has_a_day_and_no_lines():
    filing = xml(COVER).filing
    assert (filing.period, filing.lines) == (date(2024, 12, 31), [])


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
REACH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n'


@pytest.mark.parametrize("head", [BOMB, REACH, "<!DOCTYPE informationTable>\n"])
def test_a_document_type_is_refused(head):
    found = xml(head + TABLE.partition("\n")[2].replace("NVIDIA", "&a;"))
    assert (found.filing, found.problems[0].reason, found.problems[0].place.line) == (None, "wrong-shape", 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        TABLE[:-20],
        "<a><b></a>",
        "<a/>",
        "<a>" * 50 + "</a>" * 50,
        TABLE.replace("10512320", "many"),
        TABLE.replace("1411699453", ""),
    ],
)
def test_what_is_no_table_is_a_problem_with_a_line(text):
    found = xml(text)
    assert (found.filing, bool(found.problems)) == (None, True)
    assert found.problems[0].place.line >= 1


def test_options_and_principal_are_no_shares():
    put, principal = LINE.replace("<cusip>", "<putCall>Put</putCall><cusip>"), LINE.replace(">SH<", ">PRN<")
    lines = xml(f"<informationTable>{LINE}{put}{principal}</informationTable>").filing.lines
    assert [line.is_shares for line in lines] == [True, False, False]


@pytest.mark.parametrize(
    ("period", "filed", "scale"),
    [
        ("2022-09-30", None, 1000),
        ("2022-12-31", None, None),
        ("2022-12-31", "2023-01-02", 1000),
        ("2022-12-31", "2023-01-03", 1),
        ("2023-03-31", None, 1),
        ("2019-12-31", "2023-06-01", 1),
        (None, None, None),
    ],
)
def test_values_are_in_thousands_before_2023_01_03_and_in_dollars_since(period, filed, scale):
    """SEC release 34-95148, effective 2023-01-03."""
    days = (None if day is None else date.fromisoformat(day) for day in (period, filed))
    assert Filing("f", *days, "", []).scale == scale


def columns(**changes):
    data = {
        "cols": ["ticker", "name", "type", "unit", "value", "shares"],
        "ticker": ["NVDA", None],
        "name": ["NVIDIA COR", "X"],
        "type": ["", "PUT"],
    }
    data |= {"unit": ["SH", "SH"], "value": [100, 20], "shares": [10, 2]}
    meta = {"accessions": ["0001-25-1"], "value_long_usd": 100, "value_options_usd": 20, "value_prn_usd": 0}
    return {"period": "2022-06-30", "acceptedAt": "2022-08-15T02:30:00.000Z", "pages": 1, "meta": meta, "data": data} | changes


def from_json(whole):
    return read_json(TextFile("table.json", json.dumps(whole)))


def test_columns_of_json_are_rows_and_the_day_is_that_of_washington():
    filing = from_json(columns()).filing
    assert (filing.period, filing.filed, filing.accession) == (date(2022, 6, 30), date(2022, 8, 14), "0001-25-1")
    assert [(line.ticker, line.amount, line.is_shares) for line in filing.lines] == [("NVDA", 10, True), ("", 2, False)]


def test_values_that_add_up_to_the_dollars_of_the_file_are_dollars():
    assert from_json(columns()).filing.scale == 1
    assert from_json(columns(meta={})).filing.scale == 1000


@pytest.mark.parametrize(
    "whole",
    [
        [],
        {},
        {"data": {}},
        {"data": {"cols": ["name"]}},
        {"data": {"cols": ["name"], "name": ["a"]}},
        columns(pages=2),
        columns(data=columns()["data"] | {"value": [1.5, 2]}),
        columns(data=columns()["data"] | {"value": [100]}),
    ],
)
def test_json_of_another_shape_is_a_problem(whole):
    found = from_json(whole)
    assert (found.filing, bool(found.problems)) == (None, True)


def test_a_data_set_gives_the_filing_that_was_asked_for():
    file = TextFile("INFOTABLE.tsv", f"{TSV}a-1\tNVIDIA CORP\t67066G104\t5\t7\tSH\t\na-2\tAPPLE INC\t037833100\t6\t8\tSH\tCall\n")
    assert read_tsv(file, "").problems[0].way_out.startswith("give it: --accession")
    (line,) = read_tsv(file, "a-2").filing.lines
    assert (line.issuer, line.amount, line.option, line.where) == ("APPLE INC", 8, "CALL", "line 3")
    assert read_tsv(file, "a-3").filing is None
    assert read_tsv(TextFile("x.tsv", "a\tb\n1\t2\n"), "").problems[0].reason == "wrong-shape"
    assert read_tsv(TextFile("x.tsv", f"{TSV}a-1\tN\tC\tfive\t7\tSH\t\n"), "").problems[0].place.line == 2


@pytest.mark.parametrize("name", ["X\nstakes: {x: {shares: 1}}", "X\ud800", "X\u2028y", "X" * 1000])
def test_a_name_of_an_outside_file_stays_in_one_line(name):
    data = columns()["data"] | {"name": [name, "X"]}
    issuer = from_json(columns(data=data)).filing.lines[0].issuer
    assert (issuer.isprintable(), len(issuer) <= 120) == (True, True)
