"""The least unlikely way to a limit meets it when it is run, and no other way of the same likelihood comes nearer."""

from datetime import date

import numpy as np
import pytest

from holdbook.simulation.compile import compiled
from holdbook.simulation.least import least_unlikely_ways
from holdbook.simulation.plan import Factor, Moves, Plan
from holdbook.timeline.view import View

BOOK = """
statements:
  table: {company: acme, day: 2025-09-30, parts: {beta: USD 70, gamma: USD 30}, net_debt: USD 16.5, source: report}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 10, source: report, known: 2025-09-30}}
policies: {ceiling: {measure: loan_to_value, at_most: 35%, source: report}}
"""
LOAN = """
entities: {acme: {name: Acme, kind: holding}, beta: {name: Beta, listed: yes}, gamma: {name: Gamma, listed: yes}}
stakes:
  beta: {asset: beta, shares: = 10 shares, day: 2025-09-01, source: report}
  gamma: {asset: gamma, shares: = 10 shares, day: 2025-09-01, source: report}
marks:
  beta: {asset: beta, price: = USD 10/share, kind: close, day: 2025-09-30, source: report}
  gamma: {asset: gamma, price: = USD 10/share, kind: close, day: 2025-09-30, source: report}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: = USD 5, source: report, known: 2025-09-30}}
debts:
  bond: {kind: bond, amount: = USD 30, maturity: 2035-01-01, source: report}
  loan: {kind: margin_loan, amount: = USD 80, secured_by: beta, recourse: no, day: 2025-09-01, source: report}
policies: {ceiling: {measure: loan_to_value, at_most: 40%, source: report}}
"""


def test_two_holdings_of_a_known_covariance(reading):
    """Case reverse_stress of the oracles (closed form after Studer 1997): deviations 60% and 40%, correlation 0.7, 16.5% to 35%."""
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = Plan(
        factors=(Factor(name="one", volatility=0.6), Factor(name="two", volatility=0.4)), correlation=((1.0, 0.7), (0.7, 1.0)),
        holdings={"beta": Moves(follows={"one": 1.0}), "gamma": Moves(follows={"two": 1.0})},
    )  # fmt: skip
    (found,) = least_unlikely_ways(compiled(view, plan))
    assert found.deviations == pytest.approx(1.0339133031, abs=1e-8)
    assert found.moves == {"beta": pytest.approx(-0.611570248, abs=1e-8), "gamma": pytest.approx(-0.334907517, abs=1e-8)}
    assert found.proof == pytest.approx(0.35, abs=1e-12)


def test_a_pledge_that_is_left_to_its_lenders_stops_to_count(reading):
    """Beta has 20 beyond its loan, gamma 100, net debt is 25: beta falls by 20%, to its loan and no further, gamma by 37.5%."""
    view = View(reading(LOAN).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = Plan(others=Moves(own=0.3))
    (found,) = least_unlikely_ways(compiled(view, plan))
    assert found.moves == {"beta": pytest.approx(-0.2), "gamma": pytest.approx(-0.375)}
    assert found.deviations == pytest.approx((0.2**2 + 0.375**2) ** 0.5 / 0.3)
    assert found.proof == pytest.approx(0.4, abs=1e-9)


def test_without_movement_there_is_no_way(reading):
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    assert least_unlikely_ways(compiled(view, Plan())) == []


def test_no_way_as_likely_meets_the_limit_sooner(reading):
    """Of 20,000 moves drawn on the same ellipsoid none brings loan to value higher."""
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    made = compiled(view, Plan(holdings={"beta": Moves(own=0.5), "gamma": Moves(own=0.2)}))
    (found,) = least_unlikely_ways(made)
    turned = np.random.default_rng(1).normal(size=(20_000, 2))
    moves = found.deviations * turned / np.linalg.norm(turned, axis=1)[:, None] * np.array([0.5, 0.2])
    after = 16.5 / (100 + moves @ np.array([70, 30]))
    assert after.max() <= found.proof + 1e-9


def test_nothing_falls_by_more_than_all_of_it(reading):
    """Gamma moves sixty times as easily: all 30 of it go, and beta loses the 22.857 that are still wanted of 16.5 / 0.35."""
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    (found,) = least_unlikely_ways(compiled(view, Plan(holdings={"beta": Moves(own=0.01), "gamma": Moves(own=0.6)})))
    beta = (70 - 16.5 / 0.35) / 70
    assert found.moves == {"beta": pytest.approx(-beta), "gamma": pytest.approx(-1)}
    assert found.deviations == pytest.approx(((beta / 0.01) ** 2 + (1 / 0.6) ** 2) ** 0.5)
    assert found.proof == pytest.approx(0.35, abs=1e-12)


def test_a_limit_of_nothing_is_met_by_any_debt(reading):
    view = View(reading(BOOK.replace("35%", "= 0%")).book, date(2025, 9, 30), date(2025, 12, 31))
    assert least_unlikely_ways(compiled(view, Plan(others=Moves(own=0.3)))) == []
