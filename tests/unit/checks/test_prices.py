"""What closes cannot be, and what a reader of them should know."""

from datetime import date, timedelta

import pytest

from holdbook import api

BOOK = """book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31}
sources: {report: {title: Report, published: 2025-10-15}}
entities: {acme: {name: Acme}, beta: {name: Beta, listings: {XNYS: BETA}}, rate: {name: Rate, kind: index, listings: {XNYS: ^RATE}}}
"""


def rows(*closes, first=date(2025, 9, 1), head="close_as_traded"):
    days = (day for day in (first + timedelta(days) for days in range(400)) if day.weekday() < 5)
    return f"Date,{head}\n" + "".join(f"{day},{close}\n" for day, close in zip(days, closes, strict=False))


def found(opened):
    return [fault.reason for fault in api.check(opened).problems]


@pytest.mark.parametrize("after", ["10.05", "5.02", "2.01", "40.10", "200.50", "800.00"])
def test_a_jump_by_the_factor_of_a_split_needs_a_record_of_one(after, priced):
    assert found(priced(BOOK, BETA=rows("20.00", "20.10", after))) == ["unrecorded-split"]


@pytest.mark.parametrize("after", ["12.00", "31.00", "8.50", "20.00"])
def test_a_fall_or_a_rise_of_another_size_is_none(after, priced):
    assert found(priced(BOOK, BETA=rows("20.00", "20.10", after))) == []


def test_a_close_that_the_book_states_explains_a_jump(priced):
    mark = "marks: {fall: {asset: beta, day: 2025-09-03, price: USD 10.05/share, kind: close, source: report}}\n"
    assert found(priced(BOOK + mark, BETA=rows("20.00", "20.10", "10.05"))) == []


def test_a_close_that_the_book_states_otherwise_is_a_contradiction(priced):
    marks = "".join(
        f"  m{day}: {{asset: beta, day: 2025-09-0{day}, price: USD 20.{day}0/share, kind: close, source: report}}\n" for day in (1, 2, 3)
    )
    opened = priced(BOOK + "marks:\n" + marks, BETA=rows("20.10", "20.20", "20.35"))
    (fault,) = api.check(opened).problems
    assert (fault.reason, fault.sides[0].place.line) == ("contradiction", 4)


def test_a_close_may_stand_still_for_a_week_or_two_but_not_longer(priced):
    assert found(priced(BOOK, BETA=rows(*["20.10"] * 9, "20.20"))) == []


def test_an_index_or_a_rate_may_jump_and_stand_still_and_fall_below_nothing(priced):
    assert found(priced(BOOK, RATE=rows(*["0.25"] * 12, "0.5", "-0.1", head="Close"))) == []


def test_eleven_days_without_a_session_are_a_holiday(priced):
    """Tokyo was closed from 27 April to 6 May 2019."""
    closes = "Date,close_as_traded\n2019-04-26,20.00\n2019-05-07,20.10\n"
    assert found(priced(BOOK, BETA=closes)) == []


def test_what_was_set_aside_is_told_and_no_fault(priced):
    closes = rows("20.00", "20.10", "20.20")
    opened = priced(BOOK, BETA=closes, BETA_too=closes)
    says = [note.says for note in api.check(opened).notes]
    assert (found(opened), says[0]) == ([], "not used: acme/prices/BETA.csv has these closes too")


def test_closes_that_end_long_before_the_books_day_are_told(priced):
    says = [note.says for note in api.check(priced(BOOK, BETA=rows("20.00", first=date(2025, 6, 2)))).notes]
    assert says == ["Beta: the last close is of 2025-06-02, 120 days before the book's day"]


def test_of_two_doubtful_files_the_higher_one_is_used_and_the_book_has_a_fault(priced):
    low, high = rows("19.00", "19.10", "20.20", head="Close"), rows("20.00", "20.10", "20.20", head="Close")
    opened = priced(BOOK, BETA_a=low, BETA_b=high)
    assert [series.file for series in opened.book.series] == ["acme/prices/BETA_b.csv"]
    (fault,) = api.check(opened).problems
    assert fault.found == "Beta: its closes are 0.95 to 1 times those of acme/prices/BETA_b.csv"


def test_what_is_not_known_of_closes_stands_under_an_answer(priced):
    stake = "stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}\n"
    closes = rows(*["20.00", "20.10"] * 11, head="Close")
    caveats = api.ask(priced(BOOK + stake, BETA=closes), "worth").caveats
    assert any(text.startswith("acme/prices/BETA.csv: no split is recorded") for text in caveats)


def test_a_session_that_all_others_of_the_exchange_have_is_missed(priced):
    more = BOOK.replace("rate: {name: Rate", "g: {name: G, listings: {XNAS: G}}, h: {name: H, listings: {XNYS: H}}, rate: {name: Rate")
    whole = rows("20.00", "20.10", "20.20", "20.30", "20.40")
    opened = priced(more, BETA=whole.replace("2025-09-03,20.20\n", ""), G=whole, H=whole)
    says = [note.says for note in api.check(opened).notes]
    assert "Beta: no close on a day on which the others of its exchange have one: 2025-09-03" in says
    assert found(opened) == []
