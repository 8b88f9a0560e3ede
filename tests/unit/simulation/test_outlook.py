"""A book's outlook becomes a plan: figure by figure, the latest in force, and what cannot be is said before anything is drawn."""

from datetime import date

import pytest

from holdbook.simulation.assumed import assumed_plan
from holdbook.simulation.outlook import stated_plan
from holdbook.simulation.plan import Behaviour, Factor, Jump, Moves, Plan, PlanError, faults_of
from holdbook.simulation.simulate import Futures, simulate
from holdbook.timeline.view import View

BOOK = """
statements:
  table: {company: acme, day: 2025-09-30, parts: {beta: USD 100}, net_debt: USD 20, source: report, known: 2025-09-30}
policies:
  ceiling: {measure: loan_to_value, at_most: 25%, source: report, known: 2025-09-30}
commitments:
  promise: {to: beta, amount: = USD 20, closing: 2025-12-31, source: report}
outlooks:
  first:
    day: 2025-01-01
    horizon: 2 years
    paths: 500
    seed: 7
    degrees: 5
    factors:
      shares: {volatility: about 18%, because: measured}
      theme: {volatility: 30%, correlation: {shares: 60%}}
    holdings:
      beta: {follows: {shares: 120%, theme: 50%}, own: 20%, growth: -2%, marked_every: 3 months, income: 1%}
      others: {own: 25%}
    jumps:
      crash: {a_year: 10%, mean: -40%, deviation: 10%, parts: {beta: 50%}}
    chances: {promise: 75%}
    order: [beta]
    haircut: 5%
    most: 20%
    impact: 10%
    refinanced: 50%
    refinanced_up_to: 25%
    reduced_above: 35%
    reduced_to: 30%
  calm: {holdings: {others: {own: 1%}}}
"""


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))


def test_every_figure_comes_into_the_plan(view):
    assert stated_plan(view) == Plan(
        months=24, paths=500, seed=7, degrees=5,
        factors=(Factor(name="shares", volatility=0.18, because="measured"), Factor(name="theme", volatility=0.3)),
        correlation=((1.0, 0.6), (0.6, 1.0)),
        holdings={
            "beta": Moves(growth=-0.02, follows={"shares": 1.2, "theme": 0.5}, own=0.2, marked_every=3, income=0.01),
        },
        others=Moves(own=0.25),
        jumps=(Jump(name="crash", a_year=0.1, mean=-0.4, deviation=0.1, parts={"beta": 0.5}),),
        behaviour=Behaviour(
            order=("beta",), haircut=0.05, most=0.2, impact=0.1, refinanced=0.5, refinanced_up_to=0.25, reduced_above=0.35, reduced_to=0.3
        ),
        conditions={"promise": 0.75},
    )  # fmt: skip
    assert not faults_of(stated_plan(view))


def test_another_outlook_is_asked_by_its_name(view):
    assert stated_plan(view, "calm") == Plan(others=Moves(own=0.01))
    with pytest.raises(PlanError, match="no outlook 'clam'; did you mean calm"):
        stated_plan(view, "clam")


def test_before_its_day_an_outlook_is_not_in_force(view):
    assert stated_plan(view.on(date(2024, 12, 31))) == Plan(others=Moves(own=0.01))


def test_a_book_without_an_outlook_has_the_assumed_plan(reading):
    bare = View(reading(BOOK.partition("outlooks:")[0]).book, date(2025, 9, 30), date(2025, 12, 31))
    assert stated_plan(bare) == assumed_plan(bare)


def test_paths_and_seed_may_be_other_than_the_plans(view):
    found = Futures(paths=64, seed=9).of(view)
    assert (found.paths, found.seed, len(found.months)) == (64, 9, 24)
    assert Futures().of(view).paths == 500


def test_the_seed_is_taken_to_its_last_digit(reading):
    for seed in (2**53 + 1, 2**64 - 1):
        book = reading(BOOK.replace("seed: 7", f"seed: {seed}")).book
        assert stated_plan(View(book, date(2025, 9, 30), date(2025, 12, 31))).seed == seed


def test_what_falls_due_within_a_long_horizon_is_due(reading):
    """A bond of 60 is due in 21 months, there are 25: within two years money runs short, within one it does not."""
    text = """
balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 25, source: report}}
debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 60, maturity: 2027-06-30, source: report}}
outlooks: {ours: {horizon: LENGTH, paths: 10}}
"""
    for length, chance in (("2 years", 1.0), ("21 months", 1.0), ("20 months", 0.0), ("1 year", 0.0)):
        view = View(reading(text.replace("LENGTH", length)).book, date(2025, 9, 30), date(2025, 12, 31))
        (short,) = simulate(view).breaches
        assert short.ever.chance == chance, length


def test_growth_beyond_all_bounds_stays_a_number(reading):
    """A thousand a year, for two years: in both engines and precisions a holding stops at what 32 bits can hold."""
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = Plan(months=24, paths=300, others=Moves(growth=1000.0, own=1.0, income=0.1))
    found = [simulate(view, plan, engine=engine) for engine in ("numpy", None)]
    assert found[0].fans == found[1].fans
    assert found[0].fans["nav"][-1][2] > 1e29
    assert found[0].worst[-1].loan_to_value == 0.0
    assert faults_of(Plan(others=Moves(growth=1001.0))) == ["all numbers are finite, none beyond 1,000"]


def test_a_policy_with_two_limits_has_two_chances(reading):
    text = BOOK.replace("at_most: 25%", "at_most: 25%, at_least: 5%")
    (high, low) = simulate(View(reading(text).book, date(2025, 9, 30), date(2025, 12, 31)), Plan(paths=10)).breaches
    assert (high.name, high.bound, high.below) == ("ceiling", 0.25, False)
    assert (low.name, low.bound, low.below) == ("ceiling.at_least", 0.05, True)


def test_a_fall_beyond_all_bounds_stays_a_number(reading):
    """All is lost over and over: debt over what is as good as nothing is as debt over nothing."""
    view = View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = Plan(months=24, paths=300, others=Moves(growth=-1000.0, own=1.0))
    found = [simulate(view, plan, engine=engine) for engine in ("numpy", None)]
    assert found[0].fans == found[1].fans
    assert max(one.loan_to_value for one in found[0].worst) == 1e9
