"""The engine against closed forms within three standard errors, and matrices against published ones."""

import json
from datetime import date
from math import erf, exp, factorial, log, sqrt

import numpy as np
import pytest
from outside import outside

from holdbook import api
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.numerics.engine import walk
from holdbook.numerics.engine_numpy import Walk
from holdbook.numerics.tables import JUMPS_AT_MOST, NEVER, tables
from holdbook.quantity.point import point
from holdbook.simulation.compile import compiled
from holdbook.simulation.outcome import told
from holdbook.simulation.plan import STILL, Moves, Plan
from holdbook.simulation.simulate import simulate
from holdbook.timeline.view import View

PATHS = 200_000


@pytest.fixture(scope="module")
def cases():
    return {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}


def normal(x):
    return (1 + erf(x / sqrt(2))) / 2


def within_three_errors(count, chance, paths=PATHS):
    return abs(count / paths - chance) < 3 * sqrt(chance * (1 - chance) / paths)


def test_one_asset_has_the_quantiles_of_a_lognormal():
    drift, deviation, steps = 0.004, 0.05, 12
    levels = [100 * exp(drift * steps + deviation * sqrt(steps) * z) for z in (-2, -1, 0, 1, 2)]
    of = tables([100.0], steps, drift=[drift], own=[deviation], limited=[0] * 5, bound=levels, below=[1] * 5)
    found = walk(of, PATHS, 7).tally.breached[-1]
    for count, z in zip(found, (-2, -1, 0, 1, 2), strict=True):
        assert within_three_errors(count, normal(z))


def test_first_passage_with_the_correction_for_looking_at_steps(cases):
    """Broadie, Glasserman and Kou 1997: a barrier watched at steps is as one watched always, moved by 0.5826 deviations of a step."""
    case = cases["first_passage"]["inputs"]
    start, barrier, years, carry, deviation, steps = case["S"], case["B"], case["T"], case["b"], case["sigma"], 250
    step = years / steps

    def hits(at):
        drift, h = carry - deviation**2 / 2, log(at / start)
        spread = deviation * sqrt(years)
        return normal((h - drift * years) / spread) + exp(2 * drift * h / deviation**2) * normal((h + drift * years) / spread)

    assert hits(barrier) == pytest.approx(cases["first_passage"]["expected"][0], abs=1e-6)
    shifted = barrier * exp(-0.5826 * deviation * sqrt(step))
    drift = [(carry - deviation**2 / 2) * step]
    of = tables([start], steps, drift=drift, own=[deviation * sqrt(step)], limited=[0], bound=[barrier], below=[1])
    found = walk(of, PATHS, 11).tally
    assert within_three_errors(int(found.first.sum()), hits(shifted))
    assert not within_three_errors(int(found.first.sum()), hits(barrier))


def merton(start, strike, years, rate, total, rate_of_jumps, part):
    """A call by Merton 1976 with mean jump nothing: of the variance total^2, `part` comes from jumps."""
    size2 = part * total**2 / rate_of_jumps
    own2 = (1 - part) * total**2
    value = 0.0
    for count in range(80):
        deviation = sqrt(own2 + size2 * count / years)
        d1 = (log(start / strike) + (rate + deviation**2 / 2) * years) / (deviation * sqrt(years))
        call = start * normal(d1) - strike * exp(-rate * years) * normal(d1 - deviation * sqrt(years))
        value += exp(-rate_of_jumps * years) * (rate_of_jumps * years) ** count / factorial(count) * call
    return value, own2, size2


@pytest.mark.parametrize(("strike", "years", "often", "place"), [(80, 0.1, 1, 0), (80, 0.5, 10, 1), (90, 0.5, 5, 2), (100, 0.5, 5, 3)])
def test_merton_jump_diffusion(cases, strike, years, often, place):
    case = cases["merton_jump"]
    start, rate, total, part = (case["inputs"][name] for name in ("S", "r", "v", "gamma"))
    price, own2, size2 = merton(start, strike, years, rate, total, often, part)
    assert price == pytest.approx(case["expected"][place], abs=0.01)
    steps = 25
    step = years / steps
    below = [sum(exp(-often * step) * (often * step) ** k / factorial(k) for k in range(n + 1)) for n in range(JUMPS_AT_MOST)]
    of = tables(
        [start], steps, drift=[(rate - own2 / 2) * step], own=[sqrt(own2 * step)], jump_below=[below],
        jump_mean=[-size2 / 2], jump_deviation=[sqrt(size2)], jump_part=[[1.0]],
        limited=[0] * 400, bound=np.arange(400.0) + 0.5, below=[0] * 400,
    )  # fmt: skip
    above = walk(of, PATHS, 3).tally.breached[-1] / PATHS
    paid = exp(-rate * years) * above[strike:].sum()
    second = exp(-2 * rate * years) * (above[strike:] * (2 * np.arange(400 - strike) + 1)).sum()
    assert abs(paid - price) < 3 * sqrt((second - paid**2) / PATHS)


def test_student_t_has_the_tails_of_its_degrees_of_freedom():
    """Two-sided 1% of t with 5 degrees is 4.0321 (any table of it); scaled to unit variance by sqrt(3/5)."""
    edge = 4.032143 * sqrt(3 / 5)
    of = tables([1.0], 1, own=[1.0], degrees=5, limited=[0, 0], bound=[exp(-edge), exp(edge)], below=[1, 0])
    assert within_three_errors(int(walk(of, PATHS, 5).tally.breached[0].sum()), 0.01)


def test_two_holdings_move_together_as_loaded():
    """Both below their medians: 1/4 + asin(r) / 2 pi (Sheppard 1899), here of a portfolio that is long one and short the other."""
    r = 0.6
    of = tables([1.0, 1.0], 1, loading=[[0.1, 0.0], [0.1 * r, 0.1 * 0.8]], limited=[0], bound=[NEVER])
    both = Walk(of, 1, 0, PATHS)
    both.step(0)
    count = int(((both.value[0] < 1) & (both.value[1] < 1)).sum())
    assert within_three_errors(count, 0.25 + np.arcsin(r) / (2 * np.pi))


def test_the_softbank_book_breaches_as_often_as_the_closed_form_says():
    """Until the first promise falls due debt stands still, but for the half of the hybrids of October 2025 that counts as equity.

    So loan to value is beyond a limit in a month when the holdings are below that debt / limit: one lognormal.
    """
    view = View(api.read("softbank").book, date(2025, 9, 30), date(2026, 8, 31))
    deviation, months = 0.30, 6
    plan = Plan(months=months, paths=PATHS, seed=5, others=Moves(own=deviation))
    still = told(compiled(view, STILL), 1, 0)[months - 1]
    held = sum(still.holdings.values())
    assert held - still.nav == pytest.approx(0.9773 * float(point(adjusted_net_debt(view).quantity)), rel=1e-4)
    limits = [breach for breach in simulate(view, plan).breaches if breach.measure == "loan_to_value"]
    assert limits
    for breach in limits:
        fall = log((held - still.nav) / breach.bound / held)
        assert within_three_errors(breach.in_month[-1].chance * PATHS, normal(fall / (deviation * sqrt(months / 12))))
