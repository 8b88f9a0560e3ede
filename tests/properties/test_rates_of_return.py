"""Rates of return: every root that flows were made from comes out, and bounds hold whatever the flows within them."""

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdbook.numerics.cash_flows import irr, npv, rates, sign_changes, xirr, xnpv
from holdbook.numerics.linked_returns import Valuation, linked, modified_dietz, time_weighted
from holdbook.numerics.market_equivalent import direct_alpha, fund, kaplan_schoar, long_nickels, modified, pme_plus, values_of_units
from holdbook.numerics.pacing import Plan, Position, pacing
from holdbook.numerics.rate_bounds import Dated, rate_bounds

START = date(2020, 2, 29)
days = st.integers(0, 3650).map(lambda number: START + timedelta(days=number))
amounts = st.integers(-1000, 1000).map(float)
dated = st.lists(st.tuples(days, amounts), min_size=2, max_size=12)


@given(st.lists(st.integers(-8, 30).map(lambda n: n / 10), min_size=1, max_size=4, unique=True))
def test_flows_made_from_chosen_rates_have_just_those(chosen):
    made = [-1.0]
    for rate in chosen:
        made = [one - (1 + rate) * before for one, before in zip([*made, 0.0], [0.0, *made], strict=True)]
    assert irr(made).roots == pytest.approx(sorted(chosen), abs=1e-6)


@given(st.lists(st.integers(1, 2000), min_size=2, max_size=6, unique=True), st.data())
def test_dated_flows_made_to_vanish_at_chosen_rates_do(gaps, data):
    """As many rates as there are changes of sign can be asked for; what solves the system is worth nothing at each."""
    np = pytest.importorskip("numpy")
    times = sorted(gaps)
    wanted = sorted(data.draw(st.lists(st.integers(-9, 20), min_size=len(times) - 1, max_size=len(times) - 1, unique=True)))
    logs = [number / 10 for number in wanted]
    grid = np.array([[math.exp(-time / 365 * y) for time in times] for y in logs])
    _, sizes, turned = np.linalg.svd(grid)
    assume(len(sizes) == len(logs) and sizes[-1] > 1e-7 * sizes[0])
    made = [float(one) for one in turned[-1]]
    assume(sign_changes(made) == len(logs))
    found = [math.log1p(root) for root in rates([time / 365 for time in times], made).roots]
    assert found == pytest.approx(logs, abs=1e-4)


@given(dated)
def test_each_rate_is_one_and_there_are_no_more_than_changes_of_sign(flows):
    when, what = [day for day, _ in flows], [amount for _, amount in flows]
    found = xirr(when, what)
    netted = [sum(amount for day, amount in flows if day == one) for one in sorted(set(when))]
    assert len(found.roots) <= sign_changes(netted)
    assert found.roots == tuple(sorted(found.roots))
    for root in found.roots:
        if -1 + 1e-9 < root < 1e9:
            size = xnpv(root, when, [abs(amount) for amount in what])
            assert abs(xnpv(root, when, what)) <= 1e-6 * size


@given(dated)
def test_no_change_of_sign_on_a_grid_is_without_its_rate(flows):
    when, what = [day for day, _ in flows], [amount for _, amount in flows]
    roots = [math.log1p(root) for root in xirr(when, what).roots if root > -1]
    grid = [n / 40 for n in range(-400, 401)]
    for one, other in pairwise(grid):
        if xnpv(math.expm1(one), when, what) * xnpv(math.expm1(other), when, what) < 0:
            assert any(one - 1e-9 <= root <= other + 1e-9 for root in roots)


@given(dated, st.integers(-999, 999), st.integers(1, 50))
def test_order_scale_shift_and_split_change_no_rate(flows, shift, scale):
    when, what = [day for day, _ in flows], [amount for _, amount in flows]
    found = xirr(when, what).roots
    assert xirr(when[::-1], what[::-1]).roots == found
    assert xirr([day + timedelta(days=shift) for day in when], what).roots == pytest.approx(found, rel=1e-6, abs=1e-9)
    assert xirr([*when, *when], [amount / 2 for amount in (*what, *what)]).roots == found
    assert xirr(when, [amount * scale for amount in what]).roots == pytest.approx(found, rel=1e-6, abs=1e-9)


@given(st.lists(st.integers(1, 500).map(float), min_size=1, max_size=6), st.lists(st.integers(0, 500).map(float), min_size=1, max_size=6))
def test_conventional_flows_have_one_rate_and_its_sign_is_that_of_the_gain(paid, received):
    assume(sum(received) > 0)
    found = irr([*(-one for one in paid), *received])
    assert found.conventional
    assert len(found.roots) == 1
    gain = sum(received) - sum(paid)
    assert found.single == pytest.approx(0, abs=1e-12) if gain == 0 else (found.single > 0) == (gain > 0)


windows = st.tuples(
    st.integers(0, 3000), st.integers(0, 400), st.integers(-500, 500), st.integers(0, 200), st.floats(0, 1), st.floats(0, 1)
)


@given(st.lists(windows, min_size=2, max_size=6))
def test_bounds_hold_every_rate_of_every_sample(found):
    boxes, when, what = [], [], []
    for first, width, low, spread, at, how in found:
        start = START + timedelta(days=first)
        boxes.append(Dated(start, start + timedelta(days=width), float(low), float(low + spread)))
        when.append(start + timedelta(days=round(width * at)))
        what.append(low + spread * how)
    low, high = rate_bounds(boxes)
    for root in xirr(when, what).roots:
        assert low is not None
        assert low <= root + 1e-9 * (1 + abs(root))
        assert high is None or root <= high + 1e-9 * (1 + abs(root))


@given(st.lists(st.integers(1, 300).map(lambda n: n / 100), min_size=2, max_size=8))
def test_what_follows_the_index_is_its_equal_in_every_measure(steps):
    levels = [math.prod(steps[: n + 1]) for n in range(len(steps))]
    flows = [-100.0, *([0.0] * (len(levels) - 2)), 0.0]
    worth = values_of_units(flows, levels)
    held = fund(range(len(levels)), flows, levels, worth[-1], total_return=True)
    assert kaplan_schoar(held).value == pytest.approx(1)
    assert direct_alpha(held).annual == pytest.approx(0, abs=1e-9)
    assert [long_nickels(held).alpha, modified(held, worth).alpha] == pytest.approx([0, 0], abs=1e-7)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 80)), min_size=2, max_size=6), st.integers(1, 200))
def test_direct_alpha_is_above_zero_just_where_kaplan_schoar_is_above_one(rows, worth):
    flows = [-100.0, *(float(back) for _, back in rows)]
    held = fund(range(len(flows)), flows, [100.0, *(50.0 + level for level, _ in rows)], float(worth), total_return=True)
    ratio, alpha = kaplan_schoar(held).value, direct_alpha(held).annual
    assert abs(ratio - 1) < 1e-9 or (ratio > 1) == (alpha > 0)
    plus = pme_plus(held)
    if plus.rate is not None:
        scaled = [plus.factor * flow if flow > 0 else flow for flow in flows]
        assert npv(plus.rate, [*scaled[:-1], scaled[-1] + worth]) == pytest.approx(0, abs=1e-6)


@given(
    st.lists(st.integers(-50, 200).map(lambda n: n / 100), min_size=1, max_size=8), st.lists(st.integers(-10, 50), min_size=8, max_size=8)
)
def test_flows_do_not_move_a_time_weighted_return(moves, flows):
    worth, valuations = 100.0, [Valuation(START, 0.0, 100.0)]
    for number, (move, flow) in enumerate(zip(moves, flows, strict=False), 1):
        worth *= 1 + move
        flow = max(float(flow), 1 - worth)  # noqa: PLW2901 - never all is taken out
        valuations.append(Valuation(START + timedelta(days=100 * number), worth, flow))
        worth += flow
    assert time_weighted(valuations).total == pytest.approx(linked(moves), rel=1e-9, abs=1e-9)


@given(st.integers(10, 300).map(float), st.integers(0, 300).map(float))
def test_dietz_without_flows_is_the_plain_return(before, after):
    first, last = Valuation(START, before), Valuation(START + timedelta(days=90), after)
    assert modified_dietz(first, last, []).rate == pytest.approx(after / before - 1)


plans = st.builds(
    Plan,
    st.just(100.0),
    st.lists(st.floats(0, 1), min_size=1, max_size=5).map(tuple),
    st.integers(1, 15),
    st.floats(0.1, 5),
    st.floats(-0.5, 0.5),
    st.floats(0, 0.5),
)


@given(plans, st.sampled_from([1, 2, 4, 12]))
def test_a_fund_calls_no_more_than_promised_and_what_it_pays_back_is_what_it_held(plan, parts):
    found = pacing(plan, periods_a_year=parts)
    assert len(found) == plan.life * parts
    assert found[-1].paid_in <= plan.commitment * (1 + 1e-9)
    assert found[-1].worth == pytest.approx(found[-1].called, abs=1e-9)
    growth, worth = (1 + plan.growth) ** (1 / parts), 0.0
    for one in found:
        worth = worth * growth + one.called - one.paid_back
        assert one.worth == pytest.approx(worth, abs=1e-9)
        assert min(one.called, one.paid_back) >= 0


@given(plans, st.integers(1, 14))
def test_a_fund_taken_up_midway_goes_on_as_it_would_have(plan, age):
    assume(age < plan.life)
    whole = pacing(plan)
    at = whole[age - 1]
    assert pacing(plan, Position(age, at.worth, at.paid_in)) == whole[age:]


@given(plans, st.integers(2, 12))
def test_calls_of_a_year_s_parts_come_to_the_year_s(plan, parts):
    by_year, by_part = pacing(plan), pacing(plan, periods_a_year=parts)
    assert [one.paid_in for one in by_part[parts - 1 :: parts]] == pytest.approx([one.paid_in for one in by_year], abs=1e-6)
