"""Rounding shows what is there: a small figure is not nothing, a change is not without its bounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from holdbook import api
from holdbook.quantity.explain import explain
from holdbook.quantity.quantity import exact, within
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.render.answer_text import answer_text
from holdbook.render.explain_text import valued
from holdbook.render.numbers import figure, with_bounds, words
from holdbook.render.style import Style


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.860", "EUR 0.860/JPY"),
        ("0.1", "EUR 0.100/JPY"),
        ("0.00567731", "EUR 0.00568/JPY"),
        ("-0.00000123456", "EUR -0.00000123/JPY"),
        ("0", "EUR 0/JPY"),
    ],
)
def test_a_small_figure_keeps_three_digits(value: str, text: str) -> None:
    assert figure(Fraction(value), UNIT("EUR/JPY")) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("limit.deviations", "0.54x"),
        ("redemption_cover", "0.54x"),
        ("beta.return", "54.0%"),
        ("loan_to_value", "54.0%"),
        ("discover", "54.0%"),
        ("market.beta", "0.54x"),
    ],
)
def test_a_plain_number_reads_by_its_name_in_an_answer_and_in_its_derivation(name: str, text: str) -> None:
    quantity = solved(name, [exact(1)], 0.54, 0.54, 0.54, how="solved: by hand")
    assert [words(quantity), valued(next(explain(quantity)))[0]] == [text, text]


def test_a_change_is_printed_with_its_bounds() -> None:
    answer = api.ask(
        api.read("softbank"), "worth", day=date(2025, 9, 30), known_on=date(2026, 8, 31), against=[api.Against(day=date(2025, 6, 30))]
    )
    line = next(line for line in answer_text(answer, Style()).splitlines() if line.startswith("  nav  ") and "JPY 32.40tn" in line)
    assert line.endswith("JPY 900bn  [845, 955]")


@pytest.mark.parametrize(("value", "text"), [("0.0004938", "0.0494%"), ("-0.000199", "-0.0199%"), ("0.063", "6.3%"), ("0", "0.0%")])
def test_a_small_ratio_is_not_nothing(value: str, text: str) -> None:
    assert figure(Fraction(value), UNIT("")) == text


def test_a_beta_is_a_multiple_and_a_share_of_that_name_is_a_share() -> None:
    assert words(solved("reaction.acme.index.beta", [exact(250)], 1.566, 1.5, 1.6, how="solved: slope")) == "1.57x"
    assert words(exact(Fraction(1, 4), name="holdings.beta")) == "25.0%"


def test_a_statistic_counts_standard_errors() -> None:
    assert words(solved("reaction.acme.t", [], -1.867, -1.9, -1.8, how="solved: t", unit=UNIT("se"))) == "-1.87 se"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (Fraction(1, 2), Fraction(3, 2), "0.50x to 1.50x"),
        (Fraction(0), Fraction(3, 2), "at most 1.50x"),
        (Fraction(2), None, "at least 2.00x"),
    ],
)
def test_a_multiple_without_a_value_is_still_a_multiple(low: Fraction, high: Fraction | None, text: str) -> None:
    cover = within(low, high, NUMBER, key="x").named("wider_cover")
    assert (words(cover), with_bounds(cover)) == (text, text)


@pytest.mark.parametrize("name", ["coverage_realised", "funding_coverage", "openai.tvpi", "multiple_at_exit", "redemption_cover"])
def test_what_analysts_read_as_a_multiple_is_one(name: str) -> None:
    ratio = exact(Fraction(6, 5)).named(name)
    assert words(ratio) == "1.20x"
    assert words(within(Fraction(1), Fraction(3, 2), NUMBER, key="x").named(name)) == "1.00x to 1.50x"


def test_a_part_stays_a_percentage() -> None:
    assert words(exact(Fraction(6, 5)).named("disposal_dependence")) == "120.0%"
