"""Against the examples that the definitions themselves give, as far as they are of regular periods."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.numerics.day_count import CONVENTIONS, ROLLS, business_day, year_fraction

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(("convention", "start", "end", "days"), [
    ("30/360", "2006-08-20", "2007-02-20", 180),
    ("30/360", "2006-08-31", "2007-02-28", 178),
    ("30/360", "2007-02-28", "2007-08-31", 183),
    ("30/360", "2007-08-31", "2008-02-29", 179),
    ("30E/360", "2006-02-28", "2006-08-31", 182),
    ("30E/360", "2006-08-31", "2007-02-28", 178),
])  # fmt: skip
def test_thirty_days_a_month(convention, start, end, days):
    """The worked examples that go with ISDA's 2006 definitions of 30/360 and 30E/360."""
    assert year_fraction(convention, date.fromisoformat(start), date.fromisoformat(end)) == Fraction(days, 360)


@pytest.mark.parametrize(("start", "end", "period", "per_year", "days"), [
    ("2003-11-01", "2004-05-01", None, 2, Fraction(182, 364)),
    ("1999-02-01", "1999-07-01", ("1998-07-01", "1999-07-01"), 1, Fraction(150, 365)),
    ("1999-07-01", "2000-07-01", None, 1, Fraction(366, 366)),
    ("2000-01-30", "2000-06-30", ("2000-01-30", "2000-07-30"), 2, Fraction(152, 364)),
])  # fmt: skip
def test_actual_days_of_a_regular_period(start, end, period, per_year, days):
    """ISDA's memorandum on actual/actual (1998): the bond method of its examples."""
    held = tuple(map(date.fromisoformat, period)) if period else None
    assert year_fraction("act/act", date.fromisoformat(start), date.fromisoformat(end), held, per_year) == days


def test_actual_days_over_a_fixed_year():
    start, end = date(2024, 1, 1), date(2025, 1, 1)
    assert year_fraction("act/365", start, end) == Fraction(366, 365)
    assert year_fraction("act/360", start, end) == Fraction(366, 360)


@pytest.mark.parametrize(("day", "roll", "paid"), [
    ("2027-07-19", "following", "2027-07-19"),
    ("2026-08-01", "unadjusted", "2026-08-01"),
    ("2026-08-01", "following", "2026-08-03"),
    ("2026-01-31", "following", "2026-02-02"),
    ("2026-01-31", "modified following", "2026-01-30"),
    ("2026-08-02", "preceding", "2026-07-31"),
])  # fmt: skip
def test_a_payment_waits_for_the_bank(day, roll, paid):
    assert business_day(date.fromisoformat(day), roll) == date.fromisoformat(paid)


def test_a_holiday_is_no_business_day():
    assert business_day(date(2026, 8, 10), "following", {date(2026, 8, 10), date(2026, 8, 11)}) == date(2026, 8, 12)


@given(st.sampled_from(CONVENTIONS), DAYS)
def test_no_time_is_no_part_of_a_year(convention, day):
    assert year_fraction(convention, day, day, (day, date(2200, 1, 1))) == 0


@given(st.sampled_from(ROLLS[1:]), DAYS)
def test_a_payment_falls_on_a_business_day_near_by(roll, day):
    paid = business_day(day, roll)
    assert paid.weekday() < 5
    assert abs((paid - day).days) <= 2
