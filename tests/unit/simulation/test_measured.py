"""Closes say how things move: volatilities, betas, correlations, and months that are drawn again; stated figures win, too few closes say nothing."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.correlation import loadings, shrinkage_intensity, shrunk
from holdbook.numerics.engine import walk
from holdbook.numerics.tables import tables
from holdbook.numerics.tally import Grid, Tally
from holdbook.simulation.aloud import read_aloud
from holdbook.simulation.assumed import assumed_plan
from holdbook.simulation.compile import compiled
from holdbook.simulation.measured import Measure
from holdbook.simulation.outlook import stated_plan
from holdbook.simulation.plan import Factor, Moves, Past, Plan, PlanError, faults_of
from holdbook.simulation.recalled import correlation_of, whitened
from holdbook.simulation.simulate import simulate
from holdbook.timeline.view import View

LAST = date(2025, 9, 30)
DAYS = [day for day in (LAST - timedelta(n) for n in range(1200, -1, -1)) if day.weekday() < 5]
HEAD = """
book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31}
sources: {report: {title: Report, published: 2025-10-15}}
entities:
  acme: {name: Acme, kind: holding}
  beta: {name: Beta, listed: yes, listings: {XNYS: BETA}}
  gamma: {name: Gamma, listed: yes, listings: {XNYS: GAMA}}
  delta: {name: Delta}
statements:
  table: {company: acme, day: 2025-09-30, parts: {beta: USD 100, gamma: USD 60, delta: USD 20}, net_debt: USD 40, source: report}
balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 10, source: report, known: 2025-10-15}}
policies: {ceiling: {measure: loan_to_value, at_most: 25%, source: report}}
"""
OUTLOOK = """
outlooks:
  ours:
    horizon: 1 year
    measured_over: 3 years
    WAY
    factors:
      shares: {closes: beta}
      theme: {closes: gamma, volatility: 30%}
    holdings:
      beta: {closes: beta}
      gamma: {closes: gamma, follows: {theme: 1x}}
      delta: {closes: gamma, own: 12%}
"""


def steps(seed, common=0.0):
    """Daily log returns: a part of a first draw that all share, the rest of their own."""
    shared = np.random.default_rng(99).normal(0, 0.015, len(DAYS))
    return common * shared + np.random.default_rng(seed).normal(0, 0.01, len(DAYS))


def file(returns):
    closes = 100 * np.exp(np.cumsum(returns))
    return "Date,Close\n" + "\n".join(f"{day},{close:.2f}" for day, close in zip(DAYS, closes, strict=True))


def printed(returns, period):
    """Log returns between the last printed closes of each period, worked out apart from the code that is tested."""
    closes = np.round(100 * np.exp(np.cumsum(returns)), 2)
    last = {period(day): close for day, close in zip(DAYS, closes, strict=True)}
    keys = sorted(last)
    return np.diff(np.log([last[key] for key in keys]))


@pytest.fixture
def view(priced):
    def view(way="degrees: 5", outlook=OUTLOOK, **given):
        return View(priced(HEAD + outlook.replace("WAY", way), **(given or {"BETA": file(BETA), "GAMA": file(GAMMA)})).book)

    return view


BETA, GAMMA = steps(1, 1.0), steps(2, 0.8)


def weekly(returns, over=36):
    since = date(LAST.year - over // 12, LAST.month, LAST.day)
    kept = [(LAST - day).days // 7 for day in DAYS if day >= since]
    return printed(returns, lambda day: -((LAST - day).days // 7))[-max(kept) :]


def test_a_volatility_is_that_of_weeks_that_end_with_the_day(view):
    found = Measure(view()).swings("beta")
    returns = weekly(BETA)
    assert found.weeks == len(returns) == 156
    assert found.volatility == pytest.approx(returns.std(ddof=1) * np.sqrt(52), abs=5e-5)


def test_correlations_are_drawn_towards_none_as_ledoit_and_wolf_have_it(view):
    found = Measure(view()).together(["beta", "gamma"])
    rows = np.column_stack([weekly(BETA), weekly(GAMMA)])
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    expected = shrunk(np.corrcoef(rows.T), shrinkage_intensity(scaled))
    assert np.allclose(found.matrix, expected, atol=6e-5)
    assert 0 < found.shrunk < 0.2
    assert 0.4 < found.matrix[0][1] < np.corrcoef(rows.T)[0, 1]


def test_what_a_holding_takes_is_found_by_least_squares(view):
    made = 0.5 * BETA + 1.25 * GAMMA
    measure = Measure(view(BETA=file(BETA), GAMA=file(GAMMA)))
    mixed = dict(zip(measure.weeks("beta"), weekly(made), strict=True))
    measure._weeks["mixed"] = mixed
    found = measure.taken("mixed", ["beta", "gamma"])
    assert found.parts == pytest.approx([0.5, 1.25], abs=2e-3)
    assert found.own < 0.005
    alone = measure.taken("beta", ["gamma"])
    slope, _ = np.polyfit(weekly(GAMMA), weekly(BETA), 1)
    assert alone.parts == [pytest.approx(slope, abs=5e-5)]


def test_what_was_not_yet_known_measures_nothing(view):
    now = view()
    early = Measure(now.on(date(2024, 9, 30)))
    assert early.weeks("beta") == Measure(View(now.book, date(2024, 9, 30), date(2024, 9, 30))).weeks("beta")
    assert Measure(View(now.book, LAST, date(2024, 9, 30))).swings("beta").weeks == 104


def test_a_month_that_has_not_ended_is_not_drawn_again(view):
    opened = view()
    whole, part = Measure(opened).months("beta"), Measure(opened.on(date(2025, 9, 25))).months("beta")
    assert max(whole) == max(part) + 1
    expected = printed(BETA, lambda day: (day.year, day.month))
    assert [whole[month] for month in sorted(whole)] == pytest.approx(list(expected[-len(whole) :]), abs=1e-12)


def test_a_month_before_a_gap_is_whole_only_if_its_closes_reach_its_end(view):
    rows = file(BETA).splitlines()
    left_out = [row for row in rows if not "2024-03-15" <= row[:10] <= "2024-05-31" or row.startswith("Date")]
    found, before = Measure(view(BETA="\n".join(left_out), GAMA=file(GAMMA))).months("beta"), 2024 * 12
    assert before + 1 in found
    assert not {before + 2, before + 3, before + 4, before + 5} & set(found)
    assert before + 6 in found


def test_the_plan_of_an_outlook_that_measures(view):
    opened = view()
    plan = stated_plan(opened)
    shares, theme = plan.factors
    assert shares.volatility == Measure(opened).swings("beta").volatility
    assert (theme.volatility, theme.because) == (0.3, "assumed")
    assert shares.because == "measured from the closes of beta in 156 weeks from 2022-10-04 to 2025-09-30"
    assert plan.holdings["beta"] == Moves(follows={"shares": 1.0}, because=shares.because)
    assert plan.holdings["gamma"].follows == {"theme": 1.0}
    assert plan.holdings["delta"].own == 0.12
    assert plan.holdings["delta"].follows["theme"] == pytest.approx(1.0, abs=1e-4)
    assert plan.correlation[0][1] == plan.correlation[1][0] > 0.4
    said = read_aloud(plan)
    assert any("drawn" in one and "of the way towards none" in one and "of theme and shares" in one for one in said)


def test_a_stated_correlation_wins(view):
    stated = OUTLOOK.replace("{closes: beta}", "{closes: beta, correlation: {theme: 10%}}", 1)
    assert stated_plan(view(outlook=stated)).correlation == ((1.0, 0.1), (0.1, 1.0))


def test_what_factors_leave_of_a_measured_volatility_is_its_own(view):
    plan = stated_plan(view(outlook=OUTLOOK.replace("gamma, volatility: 30%", "gamma, volatility: 10%")))
    measured = weekly(GAMMA).std(ddof=1) * np.sqrt(52)
    assert plan.holdings["gamma"].own == pytest.approx((measured**2 - 0.01) ** 0.5, abs=1e-4)


def test_months_are_drawn_again_whole(view):
    opened = view("blocks: 6 months")
    plan = stated_plan(opened)
    assert plan.past.run == 6
    assert len(plan.past.returns) == 36
    assert plan.past.because == "closes of 2022-10 to 2025-09, 36 months"
    assert not plan.correlation
    assert correlation_of(plan)[0][1] == pytest.approx(np.corrcoef(np.array(plan.past.returns).T)[0, 1], abs=1e-12)
    outcomes = [simulate(opened, plan, threads=threads, engine=engine) for threads, engine in [(1, "numpy"), (1, None), (2, None)]]
    assert all(one.fans == outcomes[0].fans and one.breaches == outcomes[0].breaches for one in outcomes)
    assert any("whole months of the past are drawn again" in one for one in outcomes[0].assumptions)


def test_too_few_closes_are_said_and_nothing_is_drawn(view):
    short = "\n".join(file(GAMMA).splitlines()[:1] + file(GAMMA).splitlines()[-60:])
    with pytest.raises(PlanError, match=r"how shares, theme go together cannot be measured.*beta 156, gamma 1\d; state it"):
        stated_plan(view(BETA=file(BETA), GAMA=short))


def test_the_weeks_that_parts_take_are_one_more_a_factor(view):
    with pytest.raises(PlanError, match=r"it takes 28 weeks of closes.*beta 26, gamma 26; state it"):
        stated_plan(view(outlook=OUTLOOK.replace("3 years", "6 months")))


def test_too_few_months_are_said(view):
    with pytest.raises(PlanError, match=r"^12 whole months .* \(beta 12, gamma 12\), and 24 are the fewest"):
        stated_plan(view("measured_over: 1 year\n    blocks: 6 months", outlook=OUTLOOK.replace("    measured_over: 3 years\n", "")))


def test_without_a_price_folder_an_outlook_that_measures_says_so(reading):
    found = reading(OUTLOOK.replace("WAY", "degrees: 5") + "statements" + HEAD.partition("statements")[2])
    with pytest.raises(PlanError, match="cannot be measured"):
        stated_plan(View(found.book, LAST, LAST))


def test_the_assumed_plan_takes_closes_as_factors_of_their_own(view):
    opened = view(outlook="")
    plan = assumed_plan(opened)
    assert [one.name for one in plan.factors] == ["shares at large", "Beta", "Gamma"]
    assert plan.correlation[1][2] == Measure(opened).together(["beta", "gamma"]).matrix[0][1]
    assert plan.correlation[0][1] == pytest.approx(min(1.2 * 0.18 / plan.factors[1].volatility, 0.6), abs=1e-3)
    assert plan.holdings["beta"].follows == {"Beta": 1.0}
    assert plan.holdings["delta"].because == "assumed"
    assert not faults_of(plan)
    assert not any("Beta: a beta" in sentence for sentence in read_aloud(plan, {"beta": "Beta"}))


def test_holdings_of_one_name_are_factors_under_their_ids(priced):
    text = HEAD.replace("name: Gamma", "name: Beta")
    plan = assumed_plan(View(priced(text, BETA=file(BETA), GAMA=file(GAMMA)).book))
    assert [one.name for one in plan.factors] == ["shares at large", "beta", "gamma"]
    assert not faults_of(plan)


def test_one_holding_with_closes_follows_shares_at_large(view):
    opened = view(outlook="", BETA=file(BETA))
    plan, volatility = assumed_plan(opened), Measure(opened).swings("beta").volatility
    assert [one.name for one in plan.factors] == ["shares at large"]
    beta = plan.holdings["beta"]
    assert beta.because.startswith("measured from the closes of beta in 156 weeks")
    assert (beta.own**2 + (beta.follows["shares at large"] * 0.18) ** 2) ** 0.5 == pytest.approx(volatility, abs=1e-4)
    assert plan.holdings["delta"].marked_every == 3


PAST = Past(run=4, returns=tuple((0.01 * (n % 5) - 0.02, 0.02 * (n % 7) - 0.05 + 0.004 * (n % 5)) for n in range(35)))
GRID = Grid(np.full(5, -100.0), np.full(5, 4.0))


def recalling(steps_):
    lower = loadings(correlation_of(Plan(factors=(Factor(name="a", volatility=1.0), Factor(name="b", volatility=1.0)), past=PAST)))
    return tables(
        [60.0, 40.0], steps_, loading=[[0.08, 0.0], [0.05, 0.06]], own=[0.0, 0.05], past=whitened(PAST, lower), anew=1 / PAST.run,
        owed=20.0, limited=[1], bound=[0.25], below=[0],
    )  # fmt: skip


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.skipif(engine_c.kernel() is None, reason="this installation has no compiled kernel")
def test_both_engines_recall_the_same_months(precision):
    fast, plain = (walk(recalling(30), 5000, 3, 2, name, precision=precision) for name in ("c", "numpy"))
    assert fast.tally.same_as(plain.tally)
    assert fast.tally.first.sum() > 0


def test_runs_are_as_long_as_they_shall_be_and_go_on_month_by_month():
    seen, of = [], recalling(48)
    engine_numpy.run(of, GRID, 1, 0, 4000, Tally(of), lambda block, _: seen.append(block.past.copy()))
    places = np.array(seen)
    follows = places[1:] == (places[:-1] + 1) % 35
    # a fresh draw hits the next month by chance once in 35
    expected, draws = 0.75 + 0.25 / 35, follows.size
    assert abs(follows.mean() - expected) < 3 * np.sqrt(expected * (1 - expected) / draws)
    counts = np.bincount(places[-1], minlength=35)
    assert ((counts - 4000 / 35) ** 2 / (4000 / 35)).sum() < 65  # chi square of 34 degrees, 99.9%


def test_returns_that_are_drawn_again_have_their_own_variance_and_company():
    values, of = [], recalling(2)
    engine_numpy.run(of, GRID, 1, 0, 20_000, Tally(of), lambda block, _: values.append(block.value.copy()))
    first = np.log(values[0] / np.array([[60.0], [40.0]]))
    assert first[0].std() == pytest.approx(0.08, rel=0.02)
    assert first[0].mean() == pytest.approx(0.0, abs=3 * 0.08 / np.sqrt(20_000))
    assert set(np.round(first[0] / 0.08, 9)) <= set(np.round(np.array(of.past)[:, 0], 9))


@given(st.lists(st.tuples(*[st.floats(-0.5, 0.5)] * 3), min_size=24, max_size=40))
def test_directions_come_together_to_the_months_again(rows):
    plan = Plan(factors=tuple(Factor(name=name, volatility=0.2) for name in "abc"), past=Past(run=3, returns=tuple(rows)))
    lower = np.array(loadings(correlation_of(plan)))
    back = np.array(whitened(plan.past, lower.tolist())) @ lower.T
    given_ = np.array(rows)
    deviation = given_.std(axis=0)
    expected = np.where(deviation > 1e-9, (given_ - given_.mean(axis=0)) / np.where(deviation > 0, deviation, 1), back)
    assert np.allclose(back, expected, atol=1e-4)


def test_the_least_unlikely_way_is_by_the_covariance_of_those_months(view):
    opened = view("blocks: 6 months")
    plan = stated_plan(opened)
    made = compiled(opened, plan)
    beta, gamma = (made.holdings.index(name) for name in ("beta", "gamma"))
    covariance = made.tables.loading @ made.tables.loading.T * 12
    one, other = (factor.volatility for factor in plan.factors)
    assert covariance[beta, gamma] == pytest.approx(one * other * np.corrcoef(np.array(plan.past.returns).T)[0, 1], rel=1e-6)


def test_a_plan_that_recalls_cannot_also_have_tails_of_its_own():
    factors = (Factor(name="a", volatility=0.2), Factor(name="b", volatility=0.2))
    said = faults_of(Plan(factors=factors, past=PAST, degrees=5))
    assert said == ["months that are drawn again bring their own tails and correlation: no degrees of freedom and no matrix beside them"]
    assert faults_of(Plan(factors=factors[:1], past=PAST)) == ["a month that is drawn again has a return for each factor"]
    assert len(faults_of(Plan(factors=factors, past=Past(run=0, returns=PAST.returns[:3])))) == 2
