"""Ownership, control, clearing and cascades against the published and recomputed cases of methods/oracles.json and methods.md.

Elliott, Golub and Jackson 2014; Eisenberg and Noe 2001, Rogers and Veraart 2013 by way of the R package systemicrisk 0.4.3 (its own
example of three banks); Baldone, Brioschi and Paleari 1998; the pyramid of La Porta and others; the index of the Department of Justice.
"""

import json

import pytest
from outside import outside

from holdbook.measures.concentration import herfindahl
from holdbook.numerics.cascades import cascade, values_held, worst_cascade
from holdbook.numerics.clearing import clearing, clearing_with_costs
from holdbook.numerics.control import held_by, weakest_link
from holdbook.numerics.ownership import direct_parts, every_integrated, integrated, market_values, positions
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact

EUROPE = ("FR", "DE", "GR", "IT", "PT", "ES")


@pytest.fixture(scope="module")
def cases():
    return {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}


def flat(matrix):
    return [float(cell) for row in matrix for cell in row]


def test_two_organisations_that_hold_half_of_each_other(cases):
    case = cases["egj_two"]
    found = market_values(direct_parts(2, [0, 1], [1, 0], [0.5, 0.5]))
    assert case["inputs"]["C"] == [[0, 0.5], [0.5, 0]]
    assert flat(found) == pytest.approx(case["expected"], abs=case["tol"])


def test_what_european_states_held_of_each_others_debt_was_worth(cases):
    case = cases["egj_europe_values"]
    given = case["inputs"]
    found = [*values_held(given["A"], given["p2008"]), *values_held(given["A"], given["p2011"])]
    assert found == pytest.approx(case["expected"], abs=case["tol"])


def test_the_waves_of_the_european_cascade(cases):
    case, given = cases["egj_europe_cascade"], cases["egj_europe_values"]["inputs"]
    assert tuple(given["order"]) == EUROPE
    before = values_held(given["A"], given["p2008"])
    masks = []
    for theta in (0.90, 0.935):
        limits = theta * before
        found = cascade(given["A"], given["p2011"], limits, limits / 2)
        masks += [sum(1 << member for member in wave) for wave in found.waves]
        worst = worst_cascade(given["A"], given["p2011"], limits, limits / 2)
        assert {one for wave in found.waves for one in wave} <= {one for wave in worst.waves for one in wave}
    assert masks == case["expected"]


def test_a_ring_of_three_banks_after_a_shock(cases):
    case = cases["en_barucca"]
    found = clearing(case["inputs"]["L"], case["inputs"]["ea"], case["inputs"]["el"])
    assert list(found.payments) == pytest.approx(case["expected"], abs=case["tol"])
    assert found.waves == ((0,),)


def test_three_banks_with_costs_of_failure(cases):
    case = cases["rv_systemicrisk"]
    owes = [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
    found = clearing_with_costs(owes, [0.5, 0.625, 0.75], [1.5, 0.5, 0.5], outside_recovered=0.5, claims_recovered=0.7)
    assert list(found.payments) == pytest.approx(case["expected"], abs=case["tol"])
    assert sorted(one for wave in found.waves for one in wave) == [0, 1, 2]


def test_control_and_cash_flow_of_a_pyramid_with_a_direct_part(cases):
    case = cases["pyramid_direct"]
    (first, second), direct = case["inputs"]["chain"], case["inputs"]["direct"]
    owners, owned, parts = [0, 1, 0], [1, 2, 2], [first, second, direct]
    control = weakest_link(held_by(owners, owned, parts), 0, 2)
    rights = integrated(direct_parts(3, owners, owned, parts), 0)[2]
    assert [control, rights] == pytest.approx(case["expected"], abs=case["tol"])


def test_a_loop_of_halves_without_its_own_loop(cases):
    case = cases["baldone_two"]
    found = every_integrated(direct_parts(2, [0, 1], [1, 0], [0.5, 0.5]))
    assert flat(found) == pytest.approx(case["expected"], abs=case["tol"])


def test_a_chain_of_majorities():
    """methods.md, chain: f = .51, s = .51; rights .51 and .2601, one and two steps away."""
    rights, steps = positions(direct_parts(2, [0], [1], [0.51]), [0.51, 0.0])
    assert [*rights, *steps] == pytest.approx([0.51, 0.2601, 1, 2], abs=1e-12)


def test_the_index_of_four_shares(cases):
    case = cases["hhi_doj"]
    index = herfindahl([exact(share) for share in case["inputs"]["shares"]])
    assert [float(point(index)) * 10_000, 1 / float(point(index))] == pytest.approx(case["expected"], abs=case["tol"])
