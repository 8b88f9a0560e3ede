"""How the article's own figures pay for its promises: sums of the article's lines 45 to 73 and 174 to 194, and nothing else.

Source: the cross-checks of the article's figures (its sources, uses, coverage and gap), recomputed from the lines that it prints.
"""

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point


@pytest.fixture(scope="module")
def paid():
    return api.ask(api.read("article"), "paid")


def value(answer, name):
    return float(point(answer.quantities[name].quantity))


@pytest.mark.parametrize(("name", "billions"), [
    ("sources", 22.90), ("uses", 35.52), ("gap", 12.62), ("unpaid_commitments", 34.375),
    ("sources_realised", 17.90), ("gap_realised", 17.62), ("sources_unspent", 13.73), ("gap_unspent", 21.79),
    ("disposals", 15.00), ("new_debt", 7.90), ("use.hybrid_2021", 1.15), ("refinancing_balance", 1.75),
])  # fmt: skip
def test_sums_are_those_of_the_article(paid, name, billions):
    assert value(paid, name) / 1e9 == pytest.approx(billions, abs=0.005)


@pytest.mark.parametrize(("name", "part"), [
    ("coverage", 0.645), ("coverage_realised", 0.504), ("coverage_unspent", 0.387), ("disposal_dependence", 0.655),
])  # fmt: skip
def test_ratios_are_those_of_the_article(paid, name, part):
    assert value(paid, name) == pytest.approx(part, abs=0.0005)


def test_the_refinancing_balance_has_its_bounds(paid):
    interval = bounds(paid.quantities["refinancing_balance"].quantity).interval
    assert [round(float(end) / 1e9, 2) for end in (interval.low, interval.high)] == [1.68, 1.83]


def test_sources_and_what_is_to_be_found_come_to_the_uses_exactly(paid):
    sums = {name: point(paid.quantities[name].quantity) for name in ("sources", "gap", "uses")}
    assert sums["sources"] + sums["gap"] == sums["uses"]
    *parts, uses = [row[1] for row in paid.tables["balance"].rows]
    assert sum(point(part) for part in parts) == point(uses)


def test_a_gain_and_a_redemption_are_no_sources(paid):
    rows = {row[0]: row[2] for row in paid.tables["rejected"].rows}
    assert "unrealised gain on OpenAI Group PBC" in rows
    assert "derivative gain on OpenAI Group PBC" in rows
    assert rows["early redemption of Domestic hybrid bonds of 2021"].startswith("money that goes out")


def test_what_has_no_figure_is_in_no_sum_and_is_named(paid):
    named = {row[0]: row[1] for row in paid.tables["no_figure"].rows}
    assert named == {
        "bridge": "source",
        "programme: Stargate": "use",
        "programme: AI production centre in Arizona": "use",
    }
