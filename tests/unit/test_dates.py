from datetime import date

import pytest

from holdbook.dates import DayError, Span, add_months, day_span, fiscal_quarter, parse_span

APRIL = (4, 1)

PERIODS = [  # written, first day, last day, where fiscal years start in April
    ("2025-10-31", "2025-10-31", "2025-10-31"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("2025-10", "2025-10-01", "2025-10-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("CY2025", "2025-01-01", "2025-12-31"),
    ("CY2025 Q3", "2025-07-01", "2025-09-30"),
    ("CY2025 H1", "2025-01-01", "2025-06-30"),
    ("FY2025", "2025-04-01", "2026-03-31"),
    ("FY2025 Q1", "2025-04-01", "2025-06-30"),
    ("FY2025 Q3", "2025-10-01", "2025-12-31"),
    ("FY2025 Q4", "2026-01-01", "2026-03-31"),
    ("FY2025 H1", "2025-04-01", "2025-09-30"),
    ("FY2025H2", "2025-10-01", "2026-03-31"),
    ("2025-06..2025-09", "2025-06-01", "2025-09-30"),
    ("2025-06-01..2025-06-15", "2025-06-01", "2025-06-15"),
    ("2025-06-15..2025-06", "2025-06-15", "2025-06-30"),
    ("FY2024 Q4..FY2025 Q1", "2025-01-01", "2025-06-30"),
    (" 2025-10 .. 2025-11 ", "2025-10-01", "2025-11-30"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("written", "first", "last"), PERIODS, ids=[row[0] for row in PERIODS])
def test_a_period_runs_from_its_first_day_to_its_last(written, first, last):
    span = parse_span(written, APRIL)
    assert span[:2] == (date.fromisoformat(first), date.fromisoformat(last))
    assert str(span) == written.strip()


@pytest.mark.parametrize(("start", "written", "first", "last"), [
    ((1, 1), "FY2025 Q3", "2025-07-01", "2025-09-30"),
    ((4, 6), "FY2025", "2025-04-06", "2026-04-05"),
    ((7, 1), "FY2025 H2", "2026-01-01", "2026-06-30"),
    ((10, 1), "FY2025 Q2", "2026-01-01", "2026-03-31"),
])  # fmt: skip
def test_a_fiscal_year_is_named_for_the_year_in_which_it_starts(start, written, first, last):
    assert parse_span(written, start)[:2] == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("written", "offered"), [
    ("2025 Q3", "CY2025 Q3"),
    ("2025Q3", "FY2025Q3"),
    ("2025 H1", "FY2025 H1"),
    ("2025-02-29", "not in the calendar"),
    ("2025-13", "not in the calendar"),
    ("2025-04-31", "not in the calendar"),
    ("0000", "not in the calendar"),
    ("2025-09..2025-06", "the earlier end first"),
    ("FY2025 Q5", "FY2025 Q3"),
    ("31-10-2025", "2025-10-31"),
    ("10/31/2025", "2025-10-31"),
    ("2025-1-5", "2025-01-05"),
    ("October 2025", "2025-10"),
    ("", "2025-10-31"),
    ("2025-10..", "2025-10-31"),
    ("2025-10-31..2025-11-31", "not in the calendar"),
])  # fmt: skip
def test_what_is_no_day_is_refused_with_a_way_out(written, offered):
    with pytest.raises(DayError) as refusal:
        parse_span(written, APRIL)
    assert offered in refusal.value.way_out


@pytest.mark.parametrize(("written", "quarter"), [
    ("2025-10", "FY2025 Q3"),
    ("2025-10-31", "FY2025 Q3"),
    ("2026-03-31", "FY2025 Q4"),
    ("2026-04-01", "FY2026 Q1"),
    ("FY2025 Q3", "FY2025 Q3"),
    ("2025-09..2025-10", None),
    ("FY2025 H1", None),
])  # fmt: skip
def test_a_span_lies_in_a_fiscal_quarter_if_all_its_days_do(written, quarter):
    assert fiscal_quarter(parse_span(written, APRIL), APRIL) == quarter


@pytest.mark.parametrize(("day", "start", "quarter"), [
    ("2025-10-31", (1, 1), "CY2025 Q4"),
    ("2025-04-05", (4, 6), "FY2024 Q4"),
    ("2025-04-06", (4, 6), "FY2025 Q1"),
])  # fmt: skip
def test_a_calendar_quarter_says_so_and_a_year_may_start_on_any_day(day, start, quarter):
    assert fiscal_quarter(parse_span(day), start) == quarter


@pytest.mark.parametrize(("day", "months", "later"), [
    ("2025-08-31", 6, "2026-02-28"),
    ("2023-08-31", 6, "2024-02-29"),
    ("2025-09-30", 24, "2027-09-30"),
    ("2025-01-15", -1, "2024-12-15"),
    ("2025-12-31", 2, "2026-02-28"),
    ("2025-05-31", 0, "2025-05-31"),
    ("9999-10-31", 2, "9999-12-31"),
])  # fmt: skip
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_a_span_knows_its_days_and_whole_months():
    assert (parse_span("2025-10").days, parse_span("2025-10").months) == (31, 1)
    assert (parse_span("FY2025 H1", APRIL).months, parse_span("2025").months) == (6, 12)
    assert parse_span("2025-10-01..2025-10-30").months is None
    assert parse_span("2025-10-02..2025-10-31").months is None
    assert (parse_span("2025-10-31").days, parse_span("2025-10-31").is_day, parse_span("2025-10").is_day) == (1, True, False)


def test_spans_meet_and_lie_within_each_other():
    october, quarter, day = parse_span("2025-10"), parse_span("FY2025 Q3", APRIL), parse_span("2025-11-01")
    assert october.within(quarter)
    assert not quarter.within(october)
    assert quarter.meets(day)
    assert not october.meets(day)


def test_a_span_without_words_is_printed_by_its_days():
    assert str(day_span(date(2025, 10, 31))) == "2025-10-31"
    assert str(Span(date(2025, 10, 31), date(2025, 10, 31))) == "2025-10-31"
    assert str(Span(date(2025, 10, 1), date(2025, 10, 31))) == "2025-10-01..2025-10-31"


@pytest.mark.parametrize(("written", "meant"), [
    ("30.6.2026", "2026-06-30"),
    ("6.7.2026", "2026-07-06"),
    ("30/06/2026", "2026-06-30"),
    ("06/30/2026", "2026-06-30"),
    ("6/7/2026", "2026-07-06 or 2026-06-07"),
    ("7-7-2026", "2026-07-07"),
    ("2026/6/30", "2026-06-30"),
    ("2026-6-30", "2026-06-30"),
    ("1.1.2026..30.6.2026", "2026-01-01"),
])  # fmt: skip
def test_a_day_in_another_order_is_turned_round_in_the_way_out(written, meant):
    with pytest.raises(DayError) as refusal:
        parse_span(written)
    assert refusal.value.way_out == f"write {meant}"


@pytest.mark.parametrize("written", ["31.6.2026", "30.6/2026", "30.6.26", "6.30.2026"])
def test_what_is_a_day_in_no_order_is_told_how_days_are_written(written):
    with pytest.raises(DayError) as refusal:
        parse_span(written)
    assert refusal.value.way_out.startswith("write 2025-10-31, 2025-10")
