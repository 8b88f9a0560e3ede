"""The engine on generated plans: both come to the same bits, no cash is made or lost, and without noise it is the plain walk."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdbook.funding.walk import Due, Means, walk
from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.engine import walk as simulate
from holdbook.numerics.engine_numpy import run
from holdbook.numerics.tables import NEVER, tables
from holdbook.numerics.tally import Grid, Tally

GRID = Grid(np.full(5, -1000.0), np.full(5, 0.25))
parts = st.floats(0, 1)
money = st.integers(0, 500).map(float)
rates = st.floats(0, 0.2)


def rows(draw, of, *shape):
    return np.array([draw(of) for _ in range(int(np.prod(shape)))], float).reshape(shape)


@st.composite
def plans(draw):
    held, steps = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    factors, jumps, debts, loans, conditions = (draw(st.integers(0, 2)) for _ in range(5))
    places = draw(st.permutations(range(held)))[: draw(st.integers(0, held))]
    limits, own = draw(st.integers(0, 2)), draw(st.booleans())
    recourse = [draw(st.integers(0, 1)) for _ in range(loans)]
    pledged = np.zeros((loans, held))
    for place in range(loans):
        pledged[place, draw(st.integers(0, held - 1))] = 1.0
    return tables(
        rows(draw, money, held), steps, drift=rows(draw, st.floats(-0.1, 0.1), held), loading=rows(draw, st.floats(-0.2, 0.2), held, factors),
        own=rows(draw, rates, held) * own, degrees=draw(st.sampled_from([0, 3, 4, 5, 12])),
        jump_below=np.sort(rows(draw, parts, jumps, 8), axis=1), jump_mean=rows(draw, st.floats(-0.3, 0.1), jumps),
        jump_deviation=rows(draw, rates, jumps), jump_part=rows(draw, parts, held, jumps), every=[draw(st.integers(1, 3)) for _ in range(held)],
        income=rows(draw, rates, steps, held), comes=rows(draw, money, steps), goes=rows(draw, money, steps), owes=rows(draw, money, steps),
        invested=rows(draw, money, steps, held), if_chance=rows(draw, parts, conditions),
        if_draw=[draw(st.integers(0, 1)) for _ in range(conditions)], past=rows(draw, st.floats(-3, 3), draw(st.integers(0, 3)), factors),
        anew=draw(st.floats(0, 1)), if_amount=rows(draw, money, conditions),
        if_step=[draw(st.integers(0, steps)) for _ in range(conditions)], if_holding=[draw(st.integers(-1, held - 1)) for _ in range(conditions)],
        debt=rows(draw, money, debts), repaid_in=[draw(st.integers(0, steps)) for _ in range(debts)], coupon=rows(draw, rates, steps, debts),
        refinanced=draw(parts), refinanced_up_to=draw(parts), loan=rows(draw, money, loans), pledged=pledged, interest=rows(draw, rates, loans),
        called_at=[draw(st.sampled_from([NEVER, 0.5])) for _ in range(loans)], cured_to=[0.4] * loans, recourse=recourse,
        cash=draw(money), owed=draw(money), floor=rows(draw, money, steps), lines=draw(money), order=places,
        kept=[draw(st.floats(0.5, 1)) for _ in places], most=[draw(st.floats(0, 1)) for _ in places], impact=[draw(st.sampled_from([0.0, 0.3])) for _ in places],
        reduced_above=draw(st.sampled_from([NEVER, 0.35])), reduced_to=0.3,
        limited=[draw(st.integers(0, 4)) for _ in range(limits)], bound=rows(draw, st.floats(-100, 100), limits), below=[draw(st.integers(0, 1)) for _ in range(limits)],
    )  # fmt: skip


@pytest.mark.skipif(engine_c.kernel() is None, reason="this installation has no compiled kernel")
@settings(deadline=None)
@given(plans(), st.sampled_from(["float32", "float64"]), st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.integers(1, 300))
def test_both_engines_come_to_the_same_bits(of, precision, seed, first, count):
    of = of.at(precision)
    plain, fast = Tally(of), Tally(of)
    engine_numpy.run(of, GRID, seed, first, count, plain)
    engine_c.run(of, GRID, seed, first, count, fast)
    assert fast.same_as(plain)


@settings(deadline=None)
@given(plans(), st.integers(0, 100))
def test_no_cash_is_made_or_lost(of, seed):
    before = {"cash": np.full(20, of.cash), "drawn": np.zeros(20), "sold": np.zeros(20)}

    def conserve(walk, step):
        sold = walk.sold.sum(axis=0)
        came = walk.received + of.comes[step] + (walk.drawn - before["drawn"]) + (sold - before["sold"])
        went = of.goes[step] + walk.paid + walk.promised
        scale = 1 + abs(before["cash"]) + abs(came) + abs(went)
        assert np.all(np.abs(before["cash"] + came - went - walk.cash) <= 1e-9 * scale)
        before.update(cash=walk.cash, drawn=walk.drawn, sold=sold)

    run(of, GRID, seed, 0, 20, Tally(of), conserve)


@settings(deadline=None)
@given(plans(), st.integers(0, 100))
def test_what_is_counted_adds_up(of, seed):
    found = simulate(of, 100, seed, 1, "numpy").tally
    assert (found.bins.sum(axis=2) == 100).all()
    assert (found.first.sum(axis=0) <= 100).all()
    assert (found.first <= found.breached).all()
    assert 0 <= found.worst_path < 100


amounts = st.integers(0, 1000).map(lambda cents: Fraction(cents, 7))
means = st.builds(Means, amounts, amounts, amounts, st.lists(amounts, max_size=3).map(tuple))
flows = st.lists(st.builds(Due, amounts, amounts), min_size=1, max_size=12)


@settings(deadline=None)
@given(
    means, flows, st.sampled_from([Fraction(1), Fraction(9, 10), Fraction(2, 3)]), st.sampled_from([("float64", 1e-12), ("float32", 1e-5)])
)
def test_without_noise_one_path_is_the_plain_walk(start, months, kept, precision):
    of = tables(
        [float(worth / kept) for worth in start.assets], len(months), comes=[float(one.comes) for one in months],
        goes=[float(one.goes) for one in months], cash=float(start.cash), floor=float(start.floor), lines=float(start.lines),
        order=range(len(start.assets)), kept=float(kept),
    )  # fmt: skip
    scale = float(start.cash + start.floor + start.lines + sum(start.assets) + sum(one.comes + one.goes for one in months)) or 1.0
    expected = walk(start, months)

    def same(found, step):
        plain, unpaid = expected[step], found.measures[4][0]
        pairs = [
            (plain.closing, found.cash[0] + unpaid),
            (plain.unpaid, unpaid),
            (plain.drawn, found.drawn[0]),
            *zip(plain.sold, found.sold[:, 0], strict=True),
        ]
        for theirs, ours in pairs:
            assert abs(float(theirs) - ours) <= precision[1] * scale

    run(of.at(precision[0]), GRID, 1, 0, 1, Tally(of), same)
