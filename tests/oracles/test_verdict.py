"""Strain or strategy on the article alone, and on the full book of the day: the indicators that a credit analyst would compute.

Source: the article's figures and their cross-checks (coverage 64.5%, 82.1% of the promises unpaid, 86.4% of the profit unrealised); the
company's policy of 25% in normal times; the balance of 30 September 2025.
"""

from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point


@pytest.fixture(scope="module")
def article():
    return api.ask(api.read("article"), "verdict")


@pytest.fixture(scope="module")
def full(softbank):
    return api.ask(softbank, "verdict")


def value(answer, name):
    return float(point(answer.quantities[f"indicators.{name}"].quantity))


@pytest.mark.parametrize(("name", "expected", "by"), [
    ("funding_coverage", 0.645, 0.0005), ("disposal_dependence", 0.655, 0.0005), ("unfunded_commitments", 0.821, 0.0005),
    ("quality_of_earnings", 0.864, 0.002), ("funding_gap", 12.62e9, 0.005e9), ("refinancing_balance", 1.75e9, 0.005e9),
    ("multiple_at_exit", 1.33, 0.005),
])  # fmt: skip
def test_what_the_article_gives_comes_out(article, name, expected, by):
    assert value(article, name) == pytest.approx(expected, abs=by)


def test_the_article_alone_cannot_decide(article):
    assert article.labels["verdict"] == "undetermined"
    for name in ("loan_to_value", "liquidity_cover", "interest_cover", "secured_share", "concentration"):
        assert article.labels[f"indicators.{name}.points_to"] == "not known"


def test_there_are_eighteen_of_them_and_each_says_what_it_needs(article):
    assert len(article.tables["indicators"].rows) == 18
    needed = {row[0] for row in article.tables["needs"].rows}
    assert {"loan to value", "liquidity cover", "interest cover"} <= needed


def test_the_full_book_says_funding_dependence(full):
    assert full.labels["verdict"] == "funding dependence"
    assert full.labels["indicators.liquidity_cover.points_to"] == "strain"
    assert full.labels["indicators.pro_forma_loan_to_value.points_to"] == "strategy"
    assert value(full, "pro_forma_loan_to_value") == pytest.approx(0.245, abs=0.0005)
    assert value(full, "sale_against_last_mark") == pytest.approx(-0.027, abs=0.0005)


def test_a_threshold_that_nobody_sourced_is_none(full):
    rows = {row[0]: row[2] for row in full.tables["indicators"].rows}
    assert rows["disposal dependence"] is None
    assert point(rows["loan to value"]) == point(rows["pro forma loan to value"])
    assert bounds(rows["liquidity cover"]).interval.low == 1


def test_with_hindsight_it_says_how_it_went_on(full):
    """The company's own later ratios (domain notes, 2.1) and what it paid, signed and closed (2.6, 2.7); on the day none of it was known."""
    assert "afterwards" not in full.tables
    later = api.ask(api.read("softbank"), "verdict", known_on=date(2026, 8, 31))
    ratios = {
        name.removeprefix("afterwards.loan_to_value."): float(point(one.quantity))
        for name, one in later.quantities.items()
        if "afterwards.loan" in name
    }
    assert list(ratios) == ["2025-12-31", "2026-03-31", "2026-06-30"]
    assert list(ratios.values()) == pytest.approx([0.206, 0.170, 0.130], abs=0.0005)
    assert float(point(later.quantities["afterwards.openai_2025_12.second"].quantity)) == 22.5e9
    assert {"afterwards.debts.bridge_2026"} <= set(later.quantities)
    told = [str(row[1]) for row in later.tables["afterwards"].rows]
    assert any("Ampere" in one for one in told)
    assert later.labels["verdict"] == full.labels["verdict"]
