"""A plan is read aloud, run and told: chances with errors, matrices repaired, conditions, cures, marks that move late, no horizon."""

from datetime import date

import msgspec
import numpy as np
import pytest

from holdbook.numerics import engine_c
from holdbook.simulation.aloud import read_aloud
from holdbook.simulation.compile import compiled
from holdbook.simulation.limits import SHORT
from holdbook.simulation.outcome import chance, told
from holdbook.simulation.plan import STILL, Behaviour, Factor, Jump, Moves, Plan, PlanError, plan_from
from holdbook.simulation.simulate import simulate
from holdbook.timeline.view import View

BOOK = """
statements:
  table: {company: acme, day: 2025-09-30, parts: {beta: USD 100, gamma: USD 60}, net_debt: USD 30, source: report}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 10, source: report, known: 2025-10-15}}
debts:
  bond: {kind: bond, principal: = USD 8, maturity: 2026-02-28, source: report}
commitments:
  promise: {to: gamma, amount: = USD 20, closing: 2025-12-31, source: report}
policies:
  rule: {measure: disposals, order: [beta], haircut: 10%, source: report}
  ceiling: {measure: loan_to_value, at_most: 25%, source: report}
"""
PLAN = Plan(
    months=12, paths=2000, seed=3, degrees=5, factors=(Factor(name="shares", volatility=0.2), Factor(name="theme", volatility=0.3)),
    correlation=((1.0, 0.5), (0.5, 1.0)), holdings={"beta": Moves(follows={"shares": 1.0, "theme": 0.5}, own=0.2)},
    others=Moves(own=0.4, marked_every=3), jumps=(Jump(name="a crash", a_year=0.2, mean=-0.3, deviation=0.1),),
)  # fmt: skip


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))


def named(outcome, name):
    return next(one for one in outcome.breaches if one.name == name)


def test_an_outcome_has_a_chance_by_month_that_only_grows(view):
    found = simulate(view, PLAN, threads=1)
    ceiling = named(found, "ceiling")
    by_month = [one.chance for one in ceiling.by_month]
    assert found.months[0] == "2025-10"
    assert len(found.months) == len(by_month) == 12
    assert by_month == sorted(by_month)
    assert by_month[-1] == ceiling.ever.chance > 0
    assert ceiling.ever.low < ceiling.ever.chance < ceiling.ever.high
    assert ceiling.ever.error == pytest.approx((ceiling.ever.chance * (1 - ceiling.ever.chance) / 2000) ** 0.5)
    assert ceiling.drivers["beta"] < 0
    assert 1 <= ceiling.months_to <= 12
    assert "policy ceiling" in ceiling.says_so


def test_fans_are_in_order(view):
    found = simulate(view, PLAN, threads=1)
    for fan in found.fans.values():
        assert all(row == sorted(row) for row in fan)


def test_the_same_outcome_to_the_byte(view):
    one, two = (msgspec.json.encode(simulate(view, PLAN, threads=threads)) for threads in (1, 2))
    assert one == two


@pytest.mark.skipif(engine_c.kernel() is None, reason="this installation has no compiled kernel")
def test_both_engines_give_the_same_outcome_but_for_their_name(view):
    fast, plain = simulate(view, PLAN, engine="c"), simulate(view, PLAN, engine="numpy")
    assert (fast.engine, plain.engine) == ("c", "numpy")
    assert msgspec.structs.replace(fast, engine="") == msgspec.structs.replace(plain, engine="")


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_an_outcome_says_in_which_precision_it_was_walked(view, precision):
    assert simulate(view, PLAN, threads=1, precision=precision).precision == precision


def test_the_worst_path_is_told_from_its_number(view):
    found = simulate(view, PLAN, threads=1)
    assert [one.month for one in found.worst] == found.months
    assert found.worst == told(compiled(view, PLAN), PLAN.seed, found.worst_path)
    highest = max(one.loan_to_value for one in found.worst)
    assert highest >= found.fans["loan_to_value"][-1][-1]


def test_a_horizon_of_nothing_has_no_month(view):
    found = simulate(view, msgspec.structs.replace(PLAN, months=0))
    assert found.months == []
    assert found.worst == []
    assert named(found, SHORT).ever.chance == 0
    assert named(found, SHORT).months_to is None


def test_a_matrix_that_is_none_is_repaired_and_it_is_said(view):
    three = tuple(Factor(name=name, volatility=0.2) for name in "abc")
    bent = Plan(months=1, paths=10, factors=three, correlation=((1, 1, 0), (1, 1, 1), (0, 1, 1)))
    found = simulate(view, bent)
    assert any("cannot hold together" in sentence and "0.5278" in sentence for sentence in found.said)
    assert not any("cannot hold together" in sentence for sentence in simulate(view, PLAN).said)


def test_a_condition_comes_as_often_as_it_says(view):
    certain, maybe, never = (
        simulate(view, msgspec.structs.replace(STILL, paths=4000, conditions={"promise": part})).fans["cash"][-1]
        for part in (1.0, 0.5, 0.0)
    )
    assert certain == simulate(view, STILL).fans["cash"][-1]
    assert never[0] > certain[0]
    assert (maybe[0], maybe[-1]) == (certain[0], never[-1])


def test_instalments_of_one_promise_fall_due_together_or_not_at_all_and_go_into_what_they_buy(reading):
    text = """
statements: {table: {company: acme, day: 2025-09-30, parts: {beta: USD 100}, net_debt: USD 30, source: report}}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 50, source: report, known: 2025-10-15}}
commitments:
  promise:
    to: gamma
    amount: = USD 30
    tranches:
      one: {own: = USD 10, day: 2025-11-30}
      two: {own: = USD 20, day: 2026-01-31}
    source: report
"""
    opened = View(reading(text).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = msgspec.structs.replace(STILL, months=6, paths=4000, conditions={"promise": 0.25}, holdings={"gamma": Moves()})
    made = compiled(opened, plan)
    assert made.holdings == ["beta", "gamma"]
    assert list(made.tables.if_holding) == [1, 1]
    paths = np.arange(400)
    ends = [told(made, 1, int(path))[-1] for path in paths]
    assert {(one.holdings["gamma"], one.cash) for one in ends} == {(0.0, 50.0), (30.0, 20.0)}
    found = simulate(opened, plan)
    assert not any("none is open" in one for one in found.said)
    assert found.fans["cash"][-1][0] < 25
    assert found.fans["cash"][-1][2] > 45


def test_a_mark_that_moves_late_moves_by_all_that_has_gathered(view):
    path = told(compiled(view, PLAN), 1, 0)
    gamma = [one.holdings["gamma"] for one in path]
    assert gamma[0] == gamma[1] == 60
    assert gamma[2] != 80
    assert gamma[2] == gamma[3] == gamma[4]


def test_debt_that_is_borrowed_anew_leaves_its_cash(view):
    does = Behaviour(refinanced=0.5, refinanced_up_to=1.0)
    anew = told(compiled(view, msgspec.structs.replace(STILL, behaviour=does)), 1, 0)[-1]
    plain = told(compiled(view, STILL), 1, 0)[-1]
    assert plain.cash == anew.cash == 0
    assert anew.holdings["beta"] - plain.holdings["beta"] == pytest.approx(4 / 0.9)


def test_a_company_that_sells_down_stays_below(view):
    does = Behaviour(reduced_above=0.2, reduced_to=0.15, haircut=0.0)
    last = told(compiled(view, msgspec.structs.replace(STILL, behaviour=does)), 1, 0)[-1]
    assert last.loan_to_value == pytest.approx(0.15)


LOAN = """
entities: {acme: {name: Acme, kind: holding}, beta: {name: Beta, listed: yes}}
stakes: {beta: {asset: beta, shares: = 10 shares, day: 2025-09-01, source: report}}
marks: {beta: {asset: beta, price: = USD 10/share, kind: close, day: 2025-09-30, source: report}}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: = USD 50, source: report, known: 2025-10-15}}
debts:
  bond: {kind: bond, amount: = USD 5, maturity: 2035-01-01, source: report}
  loan: {kind: margin_loan, amount: = USD 40, secured_by: beta, recourse: no, call_ratio: 50%, reset_ratio: 40%, day: 2025-09-01, source: report}
"""


def test_a_margin_loan_is_called_and_cured_from_cash(reading):
    """100 of shares, a loan of 40: beyond a fall of 20% it is called at 50% and cured to 40%, as in the identity of the methods."""
    view = View(reading(LOAN).book, date(2025, 9, 30), date(2025, 12, 31))
    fall = Plan(months=1, paths=1, others=Moves(growth=12 * float(np.log(0.7))))
    found = told(compiled(view, fall), 1, 0)[0]
    assert found.called
    assert found.holdings == {"beta": pytest.approx(70)}
    assert found.cash == pytest.approx(50 - (40 - 0.4 * 70))
    still = told(compiled(view, msgspec.structs.replace(fall, others=Moves(growth=12 * float(np.log(0.81))))), 1, 0)[0]
    assert not still.called
    assert still.cash == 50


def test_a_book_without_holdings_simulates_cash_alone(reading):
    view = View(reading("balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 10, source: report}}").book)
    found = simulate(view, Plan(months=3, paths=10))
    assert set(found.fans) == {"cash", "unpaid"}
    assert [one.name for one in found.breaches] == [SHORT]
    assert any("only cash is simulated" in sentence for sentence in found.said)


def test_a_count_of_nothing_is_no_certainty():
    """Wilson 1927: of 0 in n the upper end is z^2 / (n + z^2)."""
    z2 = 1.959963984540054**2
    assert chance(0, 100).high == pytest.approx(z2 / (100 + z2))
    assert chance(100, 100).low == pytest.approx(100 / (100 + z2))
    assert (chance(0, 100).low, chance(100, 100).high) == (0, 1)


def test_every_assumption_is_called_one():
    said = read_aloud(PLAN, {"beta": "Beta"})
    assert all(sentence.startswith("Assumption") for sentence in said[1:])
    assert "Assumption: theme and shares go together with a correlation of 0.5." in said
    assert "Assumption: Beta: a beta of 1 to shares and of 0.5 to theme, a volatility of its own of 20% a year." in said
    assert "Assumption: every other holding: a volatility of its own of 40% a year, marked every 3 months." in said
    assert any(sentence.startswith("Assumption: a crash comes 0.2 times a year") for sentence in said)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({"paths": 0}, "paths are 1"),
        ({"degrees": 2}, "degrees of freedom"),
        ({"months": -1}, "the horizon"),
        ({"seed": -1}, "the seed"),
        ({"factors": [{"name": "a", "volatility": 0.1}] * 2}, "one name"),
        ({"others": {"follows": {"nothing": 1.0}}}, "factors that there are"),
        ({"others": {"own": -0.1}}, "no less than 0"),
        ({"others": {"own": float("nan")}}, "no less than 0"),
        ({"others": {"growth": float("inf")}}, "finite"),
        ({"correlation": [[1.0]]}, "a row and a column"),
        ({"behaviour": {"haircut": 1.0}}, "a haircut"),
        ({"behaviour": {"reduced_above": 0.2, "reduced_to": 0.3}}, "sells down"),
        ({"conditions": {"promise": 1.5}}, "a chance"),
        ({"wrong": 1}, "wrong"),
        ({"paths": "many"}, "paths"),
    ],
)
def test_a_plan_that_cannot_be_says_why(written, fault):
    with pytest.raises(PlanError, match=fault):
        plan_from(written)


def test_all_faults_of_a_plan_come_at_once():
    with pytest.raises(PlanError) as caught:
        plan_from({"paths": 0, "degrees": 1, "seed": -1})
    assert str(caught.value).count(";") == 2


def test_names_that_nothing_has_are_said(view):
    odd = Plan(months=1, paths=1, holdings={"delta": Moves()}, conditions={"other": 0.5})
    said = compiled(view, odd).said
    assert any("delta" in sentence for sentence in said)
    assert any("other" in sentence for sentence in said)
