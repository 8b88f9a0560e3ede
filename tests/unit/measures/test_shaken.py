"""Holdings under shocks: lines after finance, totals without lines, promises at a fixed price, currencies."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.measures.break_even import break_evens, run
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.worth import equity_value_of_holdings, nav
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.timeline.view import View

LINES = """
statements:
  table: {day: 2025-09-30, holdings: "= USD 100m", net_debt: "= USD 20m", nav: "= USD 80m", parts: {beta: "= USD 60m", gamma: "= USD 40m"}, source: report}
debts:
  margin: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-09-30, amount: "= USD 30m", source: report}
balances:
  margin: {debt: margin, day: 2025-09-30, amount: "= USD 30m", source: report}
policies: {ceiling: {measure: loan_to_value, at_most: "= 25%", day: 2024-01-01, source: report}}
"""
TOTAL = """
statements:
  table: {day: 2025-09-30, nav: "= USD 80m", loan_to_value: "= 20%", source: report}
stakes: {beta: {asset: beta, day: 2025-09-30, shares: unknown, source: report}}
policies: {ceiling: {measure: loan_to_value, at_most: "= 25%", day: 2024-01-01, source: report}}
"""
PROMISE = """
commitments:
  gamma: {by: beta, to: gamma, kind: investment, status: agreed, agreed: 2025-03-01, amount: USD 40m, paid: USD 10m, source: report}
results:
  shares: {subject: acme, about: gamma, measure: unrealised_gain, day: 2025-09, amount: "= USD 6m", source: report}
  forward: {subject: acme, about: gamma, measure: derivative_gain, day: 2025-09, amount: "= USD 9m", source: report}
"""


@pytest.fixture
def view(reading):
    return lambda *texts: View(reading(*texts).book)


def holdings(view, driver, target, factor):
    return equity_value_of_holdings(run(view, driver, target, exact(Fraction(factor)))).quantity


def test_the_value_before_finance_falls_and_the_loan_does_not(view):
    book = view(LINES)
    assert point(holdings(book, "asset", "beta", "0.5")) == 15_000_000 + 40_000_000
    assert point(holdings(book, "asset", "beta", "0.2")) == 40_000_000, "the loan can take the line and no more"
    assert point(holdings(book, "all", "all", "0.5")) == 15_000_000 + 20_000_000


def test_a_total_without_lines_falls_whole_or_by_a_part_that_nobody_knows(view):
    book = view(TOTAL)
    assert point(holdings(book, "all", "all", "0.5")) == 50_000_000
    one = bounds(holdings(book, "asset", "beta", "0.5")).interval
    assert (one.low, one.high) == (50_000_000, 100_000_000)
    assert point(holdings(book, "asset", "gamma", "0.5")) == 100_000_000, "nothing says that it was ever held"


def test_published_figures_do_not_outlive_a_shock(view):
    shaken = run(view(TOTAL), "all", "all", exact(Fraction(1, 2)))
    assert (point(nav(shaken).quantity), point(loan_to_value(shaken).quantity)) == (30_000_000, Fraction(2, 5))
    assert nav(shaken).how == "derived"


@pytest.mark.parametrize("lines", [LINES, TOTAL])
def test_a_promise_moves_by_all_that_is_to_be_bought(view, lines):
    """Half of 10 + 6 paid for and of 30 + 9 to be bought: 27.5."""
    book = view(lines.replace("stakes: {beta: {asset: beta, day: 2025-09-30, shares: unknown, source: report}}\n", ""), PROMISE)
    before, after = point(equity_value_of_holdings(book).quantity), point(holdings(book, "asset", "gamma", "0.5"))
    assert lines == LINES or before - after == 27_500_000
    assert lines == TOTAL or before - after == 20_000_000 + 15_000_000, (
        "what is a line falls with the line; beyond it only what is to be paid"
    )


def test_a_promise_that_the_holder_carries_is_not_counted_twice(view):
    """The line of the holder falls by a tenth, and with it what it holds of the promise; the rest comes on top."""
    book = view(
        LINES.replace('gamma: "= USD 40m"', 'delta: "= USD 40m"'),
        "entities: {acme: {name: A}, beta: {name: B}, gamma: {name: C}, delta: {name: D}}\n",
        PROMISE,
    )
    from holdbook.measures.break_even import _under  # two shocks at once
    from holdbook.model.scenario import Shock
    from holdbook.quantity.origin import Place

    shocks = tuple(
        Shock("asset", name, exact(factor), Place(""), "") for name, factor in (("beta", Fraction(9, 10)), ("gamma", Fraction(1, 2)))
    )
    after = point(equity_value_of_holdings(_under(book, shocks)).quantity)
    line = 90 * Fraction(9, 10) - 30
    assert after == (line + 40 - Fraction(4, 10) * (10 + 6 + 9) - Fraction(1, 2) * 30) * 1_000_000


@given(st.integers(1, 99))
def test_what_all_lose_is_a_part_of_all(percent):
    from conftest import read_text

    book = View(read_text(TOTAL).book)
    factor = Fraction(percent, 100)
    assert point(holdings(book, "all", "all", factor)) == factor * 100_000_000


def test_each_break_even_is_proven_by_running_it(view):
    found = {one.target: one for one in break_evens(view(LINES))}
    assert float(point(found["all"].fall)) == pytest.approx(20 / 130)  # the loan on beta stays: 130 falls, not the 100 after it
    assert point(found["beta"].fall) == Fraction(20, 90)
    assert point(found["gamma"].fall) == Fraction(1, 2)
    assert {point(found[name].proof) for name in ("beta", "gamma")} == {Fraction(1, 4)}
    assert float(point(found["all"].proof)) == pytest.approx(0.25)
