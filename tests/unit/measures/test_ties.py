from datetime import date

import pytest

from holdbook.measures.circles import circles, ownership_circles
from holdbook.measures.collateral import pledges
from holdbook.measures.dependency import between, paths, strength
from holdbook.measures.hats import hats
from holdbook.measures.layers import group_spread, layer_of, layers, theme_of
from holdbook.measures.ties import group, strongly_connected, ties
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

BOOK = """
entities:
  acme: {name: Acme, kind: holding, layer: investor}
  beta: {name: Beta, layer: chips}
  gamma: {name: Gamma, layer: models}
  plant: {name: Plant, layer: data centres}
  chipco: {name: Chipco, layer: chips}
  bank: {name: Bank}
relations:
  own_beta: {from: acme, to: beta, type: owns, part: "= 80%", source: report}
  own_gamma: {from: acme, to: gamma, type: invested_in, source: report}
  held_chipco: {from: acme, to: chipco, type: owns, until: 2025-06, status: ended, source: report}
  beta_licence: {from: beta, to: chipco, type: licenses, part: 10%..20%, source: report}
  gamma_buys: {from: gamma, to: chipco, type: customer_of, source: report}
  chipco_sells: {from: chipco, to: gamma, type: supplies, source: report}
  acme_plant: {from: acme, to: plant, type: partner_in, role: investor, source: report}
  chipco_plant: {from: chipco, to: plant, type: supplies, prospective: "yes", source: report}
  chipco_tech: {from: chipco, to: plant, type: partner_in, role: technology, source: report}
  bank_lends: {from: bank, to: acme, type: finances, amount: USD 5m, source: report}
  loan: {from: acme, to: beta, type: secured_by, source: report}
  rival: {from: beta, to: chipco, type: competes_with, prospective: "yes", source: report}
  later: {from: acme, to: bank, type: owns, day: 2026-01-31, known: 2025-10-15, source: report}
debts: {margin: {kind: margin_loan, secured_by: beta, amount: USD 3m, maturity: 2027-03, source: report}}
"""


@pytest.fixture(scope="module")
def view(reading):
    found = reading(BOOK)
    assert not found.problems
    return View(found.book)


def test_a_tie_is_of_today_former_or_to_come(view):
    when = {tie.fact.id: tie.when for tie in ties(view)}
    assert (when["own_beta"], when["held_chipco"], when["rival"]) == ("now", "former", "to come")
    assert "later" not in when
    assert {tie.fact.id: tie.when for tie in ties(view.on(date(2025, 3, 31)))}["held_chipco"] == "now"


def test_a_holding_without_a_share_left_is_former(book):
    """
    stakes: {none: {asset: beta, day: 2025-08-31, shares: 0 shares, source: report}}
    relations: {held: {from: acme, to: beta, type: owns, source: report}}
    """
    assert {tie.when for tie in ties(View(book))} == {"former"}
    assert group(View(book)) == {"acme": 0}


def test_paths_lead_down_through_holdings_and_on_along_dependencies(view):
    assert [path.name for path in between(view, "chipco")] == ["chipco.via.beta", "chipco.via.gamma", "chipco.via.plant"]
    assert [path.to_come for path in between(view, "chipco")] == [False, False, False]
    assert [path.name for path in paths(view)["bank"]] == ["bank.direct_tie"]
    assert all(not path.hops[-1].holds for some in paths(view).values() for path in some)


def test_strength_is_a_product_with_its_needs(view):
    beta, gamma, _ = between(view, "chipco")
    assert bounds(strength(view, beta)).interval == Interval.of("0.08", "0.16")
    assert needs(strength(view, beta)) == []
    assert bounds(strength(view, gamma)).interval == Interval.of(0, 1)
    assert needs(strength(view, gamma)) == ["part of Gamma that Acme holds", "part of the supply of Gamma that comes from Chipco"]
    assert {leaf.origin.place.line for leaf in strength(view, gamma).leaves()} == {11, 14, 15}


def test_what_a_supplier_earns_is_no_dependency_of_its_customer(book):
    """
    entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}}
    relations:
      buys: {from: acme, to: beta, type: customer_of, source: report}
      sells: {from: beta, to: gamma, type: supplies, source: report}
    """
    assert list(paths(View(book))) == ["beta"]


def test_circles_are_found_once_with_their_arrows(view):
    drawn = {circle.nodes: circle.arrows for circle in circles(view)}
    assert drawn["acme", "beta", "chipco", "gamma"] == ("->", "->", "<-", "<-")
    assert sorted(drawn) == [("acme", "beta", "chipco", "gamma"), ("acme", "beta", "chipco", "plant"), ("acme", "gamma", "chipco", "plant")]
    assert ownership_circles(view) == []


def test_owners_of_each_other_are_found(book):
    """
    relations:
      there: {from: beta, to: gamma, type: owns, source: report}
      back: {from: gamma, to: beta, type: invested_in, source: report}
    """
    assert ownership_circles(View(book)) == [["beta", "gamma"]]


def test_a_long_chain_is_searched_without_recursion():
    chain = [(f"n{i}", f"n{i + 1}") for i in range(5000)]
    assert strongly_connected(chain) == []
    assert len(strongly_connected([*chain, ("n5000", "n0")])[0]) == 5001


def test_an_entity_wears_several_hats(view):
    found = {node: [hat.words for hat in some] for node, some in hats(view).items()}
    assert found["chipco"] == ["former holding", "licensee", "partner (technology)", "rival to be", "supplier"]
    assert found["beta"] == ["collateral", "holding", "licensor", "rival to be"]
    assert found["bank"] == ["lender"]


def test_an_owner_who_sells_wears_one_hat(book):
    """
    relations:
      has: {from: gamma, to: beta, type: owns, source: report}
      sells: {from: acme, to: gamma, type: acquires_from, status: agreed, source: report}
      buys: {from: acme, to: beta, type: owns, prospective: "yes", source: report}
    """
    assert [hat.words for hat in hats(View(book))["gamma"]] == ["seller to be"]


def test_layers_are_held_shared_or_come_from_outside(view):
    found = {layer.name: layer for layer in layers(view)}
    assert {name: layer.standing for name, layer in found.items()} == {"chips": "held", "data centres": "in partnership", "models": "held"}
    assert (found["chips"].held, found["chips"].former, list(found["chips"].outside)) == (["beta"], ["chipco"], ["chipco"])
    assert [path.name for path in found["chips"].outside["chipco"]] == ["chipco.via.beta", "chipco.via.gamma", "chipco.via.plant"]


def test_what_is_held_can_be_collateral_at_once(view):
    assert [(one.asset, one.by, one.to_come) for one in pledges(view)] == [("beta", "loan", False), ("beta", "margin", False)]
    assert pledges(view.on(date(2027, 4, 1)))[0].by == "loan"


def test_values_in_no_one_layer_give_the_index_two_ends(view):
    """Of 100: chips 40, models 40, a fund 20: 0.32 if it is spread out, (0.6, 0.4) if it lies in one of them."""
    money = UNIT("USD")
    index, rows = group_spread(view, {"beta": exact(40, money), "gamma": exact(40, money), "bank": exact(20, money)}, layer_of, "layer")
    assert bounds(index).interval == Interval.of("0.32", "0.52")
    assert [name for name, _ in rows] == ["chips", "models", "in no one layer"]
    whole, _ = group_spread(view, {"beta": exact(50, money), "gamma": exact(50, money)}, layer_of, "layer")
    assert bounds(whole).interval == Interval.of("0.5", "0.5")


def test_a_theme_spreads_like_a_layer_and_has_a_noun_of_its_own(view):
    """Nobody puts these in a theme: all of it may be in one, or spread out."""
    money = UNIT("USD")
    index, rows = group_spread(view, {"beta": exact(40, money), "gamma": exact(60, money)}, theme_of, "theme")
    assert bounds(index).interval == Interval.of("0", "1")
    assert [name for name, _ in rows] == ["in no one theme"]
