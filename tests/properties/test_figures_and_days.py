"""What is printed is within what it means; periods and their quarters fit together."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from holdbook.dates import add_months, fiscal_quarter, parse_span
from holdbook.quantity.definition import define
from holdbook.quantity.point import point
from holdbook.quantity.stated import parse_figure

SCALES = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12}


@st.composite
def printed(draw):
    """A number as text, its value and its unit in the last place."""
    digits = str(draw(st.integers(0, 10**6)))
    decimals = draw(st.integers(0, 3))
    scale = draw(st.sampled_from(tuple(SCALES)))
    text = digits if not decimals else f"{digits}.{str(draw(st.integers(0, 10**decimals - 1))).zfill(decimals)}"
    sign = draw(st.sampled_from(("", "", "-")))
    power = Fraction(10) ** SCALES[scale]
    return f"{sign}{text}{scale}", Fraction(f"{sign}{text}") * power, power / 10**decimals


@given(printed(), st.sampled_from(("USD ", "JPY ", "")))
def test_a_plain_figure_holds_what_it_prints_and_half_a_unit_around_it(figure, currency):
    text, value, step = figure
    stated = parse_figure(f"{currency}{text}")
    assert stated.centre == value
    assert (stated.core.low, stated.core.high) == (value - step / 2, value + step / 2)


@given(printed(), st.sampled_from(("about", "~", "as much as", ">=", "<=", "=")))
def test_a_hedged_figure_holds_what_it_prints_and_is_no_narrower_at_its_widest(figure, hedge):
    text, value, _ = figure
    stated = parse_figure(f"{hedge} USD {text}")
    assert value in stated.core
    assert stated.core.common(stated.widest) == stated.core


@given(printed(), st.sampled_from((">", "<", "almost", "well over")))
def test_a_bound_ends_at_what_it_prints_and_leaves_it_out(figure, hedge):
    text, value, step = figure
    core = parse_figure(f"{hedge} USD {text}").core
    assert value not in core
    assert value in (core.low, core.high)
    assert value + step in core or value - step in core


@given(printed(), st.integers(0, 2))
def test_a_floor_cuts_and_never_widens(figure, floor):
    text, value, _ = figure
    plain, floored = parse_figure(f"USD {text}"), parse_figure(f"USD {text}", floor=floor)
    if value >= floor:
        assert floored.core.low == max(plain.core.low, floor)
        assert value in floored.core


@given(printed())
def test_a_truncated_figure_holds_what_it_prints_and_what_was_cut_off(figure):
    text, value, step = figure
    core = parse_figure(f"USD {text}", truncated=True).core
    away = step if value >= 0 else -step
    assert value in core
    assert value + away * Fraction(99, 100) in core
    assert value + away not in core


@given(st.integers(1990, 2100), st.integers(1, 4), st.integers(1, 12), st.integers(1, 28))
def test_a_fiscal_quarter_finds_itself_again(year, number, month, day):
    start = (month, day)
    label = "CY" if start == (1, 1) else "FY"
    assert fiscal_quarter(parse_span(f"FY{year} Q{number}", start), start) == f"{label}{year} Q{number}"


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(1, 28))
def test_quarters_and_halves_cover_their_year_without_a_gap(year, month, day):
    whole = parse_span(f"FY{year}", (month, day))
    for parts in (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2")):
        spans = [parse_span(f"FY{year} {part}", (month, day)) for part in parts]
        assert (spans[0].first, spans[-1].last) == whole[:2]
        assert all(one.last + timedelta(days=1) == then.first for one, then in pairwise(spans))


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-600, 600))
def test_months_are_added_without_leaving_the_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


sums = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | inner.map(lambda one: f"-{one}")
    ),
    max_leaves=12,
)


@given(st.lists(sums, min_size=1, max_size=4), st.lists(st.sampled_from("+-*"), min_size=3, max_size=3))
def test_a_definition_is_reckoned_as_python_reckons_it(terms, signs):
    text = terms[0] + "".join(f" {sign} {term}" for sign, term in zip(signs, terms[1:], strict=False))
    assert point(define(text, lambda name, _at: name)) == eval(text)  # noqa: S307 - numbers and signs of this test
