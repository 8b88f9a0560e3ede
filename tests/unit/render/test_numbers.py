"""Rounding shows what is there: a small figure is not nothing, a change is not without its bounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from holdbook import api
from holdbook.quantity.unit import UNIT
from holdbook.render.answer_text import answer_text
from holdbook.render.numbers import figure
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


def test_a_change_is_printed_with_its_bounds() -> None:
    answer = api.ask(
        api.read("softbank"), "worth", day=date(2025, 9, 30), known_on=date(2026, 8, 31), against=[api.Against(day=date(2025, 6, 30))]
    )
    line = next(line for line in answer_text(answer, Style()).splitlines() if line.startswith("  nav  ") and "JPY 32.40tn" in line)
    assert line.endswith("JPY 900bn  [845, 955]")
