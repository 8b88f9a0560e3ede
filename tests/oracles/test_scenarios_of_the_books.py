"""The scenarios of the shipped books: the article's own arithmetic, the issuer's limits, falls that markets have seen.

Sources: analysis of the article, S16 (OpenAI at half costs 22.0 billion dollars, 6.9 on the shares and 15.1 on the forward); domain notes
on the leverage of December 2025 (25% at -17.6%, 35% at -41.1%) and on June 2026 (Arm at nothing leaves 32.6%); daily closes of indices.
"""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction

import pytest
from outside import outside

from holdbook import api
from holdbook.measures.break_even import run
from holdbook.measures.leverage import loan_to_value
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.timeline.view import View

LATER = date(2026, 8, 31)


@pytest.fixture(scope="module")
def article():
    return api.ask(api.read("article"), "breaks")


@pytest.fixture(scope="module")
def december(softbank):
    return api.ask(softbank, "breaks", day=date(2025, 12, 31), known_on=LATER)


@pytest.mark.parametrize(("name", "amount"), [
    ("ai_bubble.openai.change", "USD -22.0bn"),
    ("ai_bubble.openai.shares.change", "USD -6.9bn"),
    ("ai_bubble.openai.forward.change", "USD -15.1bn"),
])  # fmt: skip
def test_a_mark_moves_the_forward_on_it(article, name, amount):
    value = point(article.quantities[name].quantity)
    assert value is not None
    assert round(float(value) / 1e9, 1) == float(amount.removeprefix("USD ").removesuffix("bn"))


@pytest.mark.parametrize(("limit", "fall"), [("loan_to_value_normal", 17.6), ("loan_to_value_exceptional", 41.1)])
def test_the_break_evens_of_december_2025(december, limit, fall):
    found = december.quantities[f"break_even.all.{limit}"].quantity
    assert round(100 * float(point(found)), 1) == fall
    assert point(december.quantities[f"break_even.all.{limit}.loan_to_value"].quantity) == pytest.approx(
        point(december.quantities[f"base.{limit}.room"].quantity) + point(december.quantities["base.loan_to_value"].quantity)
    )


def test_arm_at_nothing_in_june_2026(softbank):
    view = run(View(softbank.book, date(2026, 6, 30), LATER), "asset", "arm", exact(0))
    assert round(100 * float(point(loan_to_value(view).quantity)), 1) == 32.6


def test_each_risk_of_the_article_is_a_scenario_that_names_its_paragraph(softbank):
    paragraphs = {}
    for name in api.scenarios(softbank):
        scenario = api.with_scenario(softbank, name).book.scenario
        if "assumed" in scenario.tags:
            paragraphs[scenario.source] = name
            claims = softbank.book.tables["claims"]
            assert {claims[tag].source for tag in scenario.tags if tag in claims} == {scenario.source}
    assert sorted(paragraphs) == [f"article {line}" for line in (212, 214, 216, 218, 220)]


def closes(name):
    with open(outside("data", "indices", name), encoding="utf-8") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("Close")
    return {row[0][:10]: float(row[at]) for row in rows[1:] if row[0][:1].isdigit() and row[at]}


@pytest.mark.parametrize(("scenario", "first", "last"), [
    ("march_2020", "2020-02-19", "2020-03-20"),
    ("year_2022", "2021-11-19", "2022-12-28"),
])  # fmt: skip
def test_a_fall_that_a_market_has_seen(softbank, scenario, first, last):
    index = closes("NDX_yahoo_1985-2026_hjyssg.csv")
    book = api.with_scenario(softbank, scenario).book
    (factor,) = (point(shock.factor) for shock in book.scenario.shocks if shock.target == "all")
    assert float(factor) == pytest.approx(index[last] / index[first], abs=5e-4)
    assert all(f"{index[day]:.2f}" in book.scenario.source for day in (first, last))


def test_the_fall_of_the_dot_coms(softbank):
    (shock,) = api.with_scenario(softbank, "dot_com").book.scenario.shocks
    assert point(shock.factor) == 1 - Fraction("0.779")
    assert float(point(shock.factor)) == pytest.approx(1114.11 / 5048.62, abs=5e-4)
