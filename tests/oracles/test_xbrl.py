"""XBRL Calculations 1.1 (recommendation of 2023-02-22) and the SEC's EDGAR Filer Manual 6.5.12: when do rounded figures agree?

Reference verdicts: Arelle 2.47.3, run offline; where it departs from the rule (D7, D10) the rule is what counts.
"""

from functools import reduce

import pytest

from holdbook.checks.compare import agree
from holdbook.checks.contradictions import contradictions
from holdbook.quantity.interval import Interval, total
from holdbook.quantity.point import point
from holdbook.quantity.quantity import leaf
from holdbook.quantity.stated import parse_figure


def figure(written, key=None):
    return leaf(parse_figure(written), key=key or written)


def test_two_tellings_of_one_fact_overlap():
    """SEC EDGAR Filer Manual 6.5.12: 500 to the hundreds and 550 to the tens."""
    coarse, fine = parse_figure("0.5k").core, parse_figure("0.55k").core
    assert (coarse, fine) == (Interval.of(450, 550), Interval.of(545, 555))
    assert coarse.common(fine) == Interval.of(545, 550)


@pytest.mark.parametrize(("total_", "verdict"), [("58m", "consistent"), ("59m", "inconsistent"), ("60m", "inconsistent")])
def test_rounded_parts_need_not_add_up_to_the_digit(total_, verdict):
    """XBRL Calculations 1.1 requirements 2.1: 12,141,123 + 45,441,321 = 57,582,444, printed as 12, 45 and 58 million."""
    parts = figure("USD 12m") + figure("USD 45m")
    assert agree(parts, figure(f"USD {total_}")) == verdict
    assert point(parts) != point(figure("USD 58m"))


def test_long_term_debt_of_microsoft_agrees_and_its_deferred_taxes_do_not():
    """Arelle on Microsoft's 10-K for fiscal 2025."""
    assert Interval.of(43_149_000_000, 43_153_000_000).meets(parse_figure("USD 43151m").core)
    calculated, reported = parse_figure("USD -2835m").core, parse_figure("USD 26273m").core
    assert calculated == Interval.of(-2_835_500_000, -2_834_500_000)
    assert reported == Interval.of(26_272_500_000, 26_273_500_000)
    assert not calculated.meets(reported)


def test_a_quarter_is_a_half_year_less_a_quarter_within_rounding():
    """Oracle, fiscal 2026: 30.983 less 14.926 billion is printed as 16.058."""
    quarter = figure("USD 30.983bn") - figure("USD 14.926bn")
    assert point(quarter) == 16_057_000_000
    assert agree(quarter, figure("USD 16.058bn")) == "consistent"


ARELLE = [  # case, total, contributors with the tellings of each and its weight, truncated, consistent
    ("12+45=58", "58", [(["12"], 1), (["45"], 1)], False, True),
    ("12+45=60", "60", [(["12"], 1), (["45"], 1)], False, False),
    ("12+45=59", "59", [(["12"], 1), (["45"], 1)], False, False),
    ("1 and 2 touch at 1.5", "2", [(["1"], 1)], False, True),
    ("500 and 550 told again, 547", "547", [(["0.5k", "0.55k"], 1)], False, True),
    ("500 and 550 told again, 560", "560", [(["0.5k", "0.55k"], 1)], False, False),
    ("12 and 40.0 told again", "12", [(["12", "40.0"], 1)], False, False),
    ("truncated 2 and 1", "1", [(["2"], 1)], True, False),
    ("truncated 12+45=58", "58", [(["12"], 1), (["45"], 1)], True, True),
    ("truncated 12+45=59", "59", [(["12"], 1), (["45"], 1)], True, False),
    ("15.87-1.75=14.13", "14.13", [(["15.87"], 1), (["1.75"], -1)], False, True),
    ("D7: truncated -2 at weight -1", "1", [(["-2"], -1)], True, False),
    ("D7: the same, written as 2", "1", [(["2"], 1)], True, False),
    ("D7: truncated -1 at weight -1", "1", [(["-1"], -1)], True, True),
    ("D10: 12 and 40 told again", "12", [(["12", "40"], 1)], False, False),
]


@pytest.mark.parametrize(("total_", "contributors", "truncated", "consistent"), [row[1:] for row in ARELLE], ids=[row[0] for row in ARELLE])
def test_a_sum_agrees_when_one_point_is_common_to_both(total_, contributors, truncated, consistent):
    terms = []
    for tellings, weight in contributors:
        told = reduce(Interval.common, (parse_figure(written, truncated=truncated).core for written in tellings))
        terms.append(told if weight > 0 else -told)
    calculated, reported = total(terms), parse_figure(total_, truncated=truncated).core
    assert (not any(term.is_empty for term in terms) and calculated.meets(reported)) is consistent


def test_what_a_truncating_source_subtracts_is_cut_the_other_way(reading):
    """D7 in a book: nothing less -2, cut off, is 2 or more, and a total of 1, cut off, is less than 2."""
    book = reading("""
sources: {report: {title: Report, published: 2025-10-15, rounding: truncated}}
statements: {table: {day: 2025-09-30, holdings: USD 0m, net_debt: USD -2m, nav: USD 1m, source: report}}
""").book
    table = book.tables["statements"]["table"]
    assert str(-table.net_debt.stated.core) == "[2000000, 3000000)"
    assert not (-table.net_debt.stated.core).meets(table.nav.stated.core)


@pytest.mark.parametrize(("one", "other"), [("12m", "40m"), ("12m", "40.0m")])
def test_two_tellings_that_exclude_each_other_are_found_whatever_their_digits(reading, one, other):
    """D10 in a book: with as many digits or with more."""
    book = reading(f"""
balances:
  one: {{item: cash, day: 2025-09-30, amount: USD {one}, source: report}}
  other: {{item: cash, day: 2025-09-30, amount: USD {other}, source: report}}
""").book
    assert [(found.left.fact.id, found.right.fact.id) for found in contradictions(book)] == [("one", "other")]
