"""What ties remain, on the shipped book: the graph that the article tells of, as its readers have drawn it.

Source: the article, lines 21 to 214; the expected paths, circle, roles and layers are section 4 of an independent reading of it.
"""

from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.explain import explain
from holdbook.quantity.needs import needs

SOLD, HELD = date(2025, 11, 12), date(2025, 9, 30)
THREE = ["nvidia.via.arm", "nvidia.via.openai", "nvidia.via.stargate"]


@pytest.fixture(scope="module")
def opened():
    return api.read("softbank")


@pytest.fixture(scope="module", params=(SOLD, HELD), ids=str)
def answer(opened, request):
    return api.ask(opened, "links", day=request.param)


def interval(answer, name):
    return bounds(answer.quantities[name].quantity).interval


def test_nothing_is_held_after_the_sale_and_everything_before(opened):
    assert interval(api.ask(opened, "links", day=SOLD), "nvidia.direct_holding")[:2] == (0, 0)
    assert interval(api.ask(opened, "links", day=HELD), "nvidia.direct_holding")[:2] == (32_050_000, 32_150_000)


def test_three_indirect_paths_lead_to_it_on_both_days(answer):
    assert [name for name in answer.quantities if name.startswith("nvidia.via.")] == THREE
    assert interval(answer, "nvidia.indirect_paths")[:2] == (3, 3)
    for name in THREE:
        assert needs(answer.quantities[name].quantity)
    rows = {row[1]: row[2] for row in answer.tables["paths"].rows if row[0] == "Nvidia"}
    assert rows == {
        "": "buys from",
        "ARM Holdings": "holds, licenses to",
        "OpenAI Group PBC": "holds, buys from",
        "Stargate": "finances and is partner in, buys from and has as partner",
    }


def test_the_rivalries_to_come(answer):
    rivals = {(row[0], row[1]) for row in answer.tables["rivals"].rows if row[2] == "to come"}
    assert {("ARM Holdings", "Nvidia"), ("ARM Holdings", "AMD"), ("Ampere Computing", "Nvidia")} <= rivals
    assert answer.labels["rivalry.arm.nvidia"] == "prospective"


def test_the_circle_of_the_article(answer):
    drawn = {row[0] for row in answer.tables["circles"].rows}
    assert "SoftBank Group -> ARM Holdings -> Nvidia <- OpenAI Group PBC <- SoftBank Group" in drawn


def test_the_roles(opened):
    answer = api.ask(opened, "links", day=SOLD)
    told = {node: answer.labels[f"{node}.roles"].split("; ") for node in ("oracle", "nvidia", "microsoft", "arm")}
    assert told["oracle"] == ["customer", "partner (builds the site)", "partner (investor)", "partner (technology)", "seller to be"]
    assert told["nvidia"] == ["former holding", "licensee", "partner (technology)", "rival to be", "supplier"]
    assert told["microsoft"] == ["customer", "partner (technology)", "rival"]
    assert {"holding", "collateral to be"} <= set(told["arm"])
    assert interval(answer, "oracle.roles")[:2] == (5, 5)


def test_all_four_layers_are_there_and_the_supply_of_chips_comes_from_outside(opened):
    answer = api.ask(opened, "links", day=SOLD)
    chain = {name: answer.labels[f"layer.{name}"] for name in ("chips", "data centres", "models", "robotics")}
    assert chain == {"chips": "held", "data centres": "in partnership", "models": "held", "robotics": "held"}
    outside = {row[0]: row[-1] for row in answer.tables["layers"].rows}
    assert outside["chips"].startswith("Nvidia (buys from")


def test_the_sale_changed_the_holding_and_not_the_dependency(opened):
    answer = api.ask(opened, "links", day=SOLD, against=[api.Against(day=HELD)])
    table = answer.tables["against.2025-09-30.2025-11-12"]
    (row,) = [row for row in table.rows if row[0] == "Nvidia"]
    assert [bounds(cell).interval[:2] for cell in row[1:3]] == [(32_050_000, 32_150_000), (0, 0)]
    assert row[3:] == (4, 4, "", "")


def test_every_figure_is_explained_down_to_lines(opened):
    answer = api.ask(opened, "links", day=SOLD)
    for name, figure in answer.quantities.items():
        steps = list(explain(figure.quantity))
        assert steps, name
        assert any(step.origin is not None and step.origin.place.line for step in steps) or name.endswith(".indirect_paths"), name
    lines = {str(step.origin.place) for step in explain(answer.quantities["nvidia.via.openai"].quantity) if step.origin}
    assert len(lines) == 3


def test_arm_is_held_by_more_than_half_and_ampere_through_it(opened):
    """Article, line 130; the part of 8.08% is the company's press release of 2025-03-20."""
    answer = api.ask(opened, "links", day=SOLD)
    low, high, low_open, _ = interval(answer, "ampere.cash_flow")
    assert (round(float(low), 6), round(float(high), 6), low_open) == (0.040375, 0.08085, True)
