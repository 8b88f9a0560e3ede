"""Bounds hold every sample of the box, whatever the expression, and do not depend on how a sum is written."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.quantity.arrays import arrays
from holdbook.quantity.bounds import bounds, naive
from holdbook.quantity.formula import formula
from holdbook.quantity.interval import EVERYTHING
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add
from properties.expressions import closed_intervals, expressions, finite_intervals, intervals, sampled, scenarios, stated_leaf, value


@given(expressions(), scenarios)
def test_bounds_hold_every_sample_and_nothing_is_divided_by_zero_unless_they_say_so(expression, scenario):
    quantity, leaves = expression
    found, loose = bounds(quantity), naive(quantity)[quantity.digest]
    if found.blame:
        assert found.interval == EVERYTHING
        return
    sample = value(quantity, sampled(leaves, scenario))
    assert sample in found.interval
    assert sample in loose
    assert found.interval.common(loose) == found.interval


@given(expressions(closed_intervals, ("+", "-", "min", "max")))
def test_bounds_that_do_not_say_wide_are_reached(expression):
    """What is linear in pieces takes its extremes at corners of a closed box, if it rises or falls with each leaf."""
    quantity, leaves = expression
    found = bounds(quantity)
    corners = [dict(zip(leaves, ends, strict=True)) for ends in product(*((one.low, one.high) for one in leaves.values()))]
    reached = [value(quantity, corner) for corner in corners]
    assert found.wide or (min(reached), max(reached)) == (found.interval.low, found.interval.high)


@given(expressions(closed_intervals))
def test_the_point_lies_within_the_bounds_and_a_spreadsheet_finds_it(spreadsheet, expression):
    quantity, _ = expression
    centre = point(quantity)
    if centre is None:
        assert bounds(quantity).blame
    else:
        assert centre in bounds(quantity).interval
        assert spreadsheet(formula(quantity)) == centre


@given(expressions(finite_intervals), scenarios)
def test_many_scenarios_at_once_agree_with_one(expression, scenario):
    quantity, leaves = expression
    if bounds(quantity).blame:
        return
    sample = sampled(leaves, scenario)
    many = arrays(quantity, {key: np.array([float(number)] * 2) for key, number in sample.items()})
    assert many == pytest.approx(float(value(quantity, sample)), rel=1e-6, abs=1e-6)


@given(
    st.lists(intervals, min_size=2, max_size=6),
    st.lists(st.integers(0, 99), max_size=3),
    st.randoms(use_true_random=False),
    st.integers(0, 99),
)
def test_the_order_and_the_grouping_of_summands_change_no_bounds(found, again, random, cut):
    terms = [stated_leaf(interval, f"term {number}") for number, interval in enumerate(found)]
    terms += [terms[number % len(terms)] for number in again]
    turned = random.sample(terms, len(terms))
    cut = cut % (len(terms) - 1) + 1
    grouped = add(turned[:cut]) + add(turned[cut:])
    assert bounds(add(turned)) == bounds(add(terms)) == bounds(grouped)
