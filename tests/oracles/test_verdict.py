"""Strain or strategy on the article alone, and on the full book of the day: the indicators that a credit analyst would compute.

Source: the article's figures and their cross-checks (coverage 64.5%, 82.1% of the promises unpaid, 86.4% of the profit unrealised); the
company's policy of 25% in normal times; the balance of 30 September 2025.
"""

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
