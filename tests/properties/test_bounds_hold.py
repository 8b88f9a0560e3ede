"""Bounds hold every sample of the box, whatever the expression, and do not depend on how a sum is written."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdbook.quantity.arrays import arrays
from holdbook.quantity.bounds import bounds, naive
from holdbook.quantity.formula import formula
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add
from properties.expressions import expressions, inside, intervals, parts, stated_leaf, value

scenarios = st.fixed_dictionaries({key: parts for key in "abc"})


@given(expressions(), scenarios)
def test_bounds_hold_every_sample(expression, scenario):
    quantity, leaves = expression
    found = bounds(quantity)
    assume(not found.blame)
    sample = value(quantity, {key: inside(interval, scenario[key]) for key, interval in leaves.items()})
    assert sample in found.interval
    assert sample in naive(quantity)[quantity.digest]


@given(expressions(infinite=False), scenarios)
def test_what_is_divided_by_may_be_zero_or_the_bounds_are_no_wider_than_those_of_parts(expression, scenario):
    quantity, leaves = expression
    found, loose = bounds(quantity), naive(quantity)[quantity.digest]
    if found.blame:
        assert found.interval == type(loose)(None, None)
    else:
        assert found.interval.common(loose) == found.interval
        assert value(quantity, {key: inside(interval, scenario[key]) for key, interval in leaves.items()}) is not None


@given(expressions(infinite=False, operations=("+", "-", "min", "max")))
def test_bounds_that_do_not_say_wide_are_reached_where_ends_are_closed(expression):
    """Over leaves with closed ends the extremes of what rises and falls with its leaves stand at corners of the box."""
    quantity, leaves = expression
    assume(all(not interval.low_open and not interval.high_open for interval in leaves.values()))
    found = bounds(quantity)
    assume(not found.wide)
    ends = [(interval.low, interval.high) for interval in leaves.values()]
    samples = [{}]
    for key, both in zip(leaves, ends, strict=True):
        samples = [{**sample, key: end} for sample in samples for end in both]
    reached = [value(quantity, sample) for sample in samples]
    assert (min(reached), max(reached)) == (found.interval.low, found.interval.high)


@given(expressions(infinite=False))
def test_the_point_lies_within_the_widest_reading_and_a_spreadsheet_finds_it(spreadsheet, expression):
    quantity, leaves = expression
    centre = point(quantity)
    assume(centre is not None)
    assume(not any(interval.low_open or interval.high_open for interval in leaves.values()))
    assert centre in bounds(quantity).interval
    assert spreadsheet(formula(quantity)) == centre


@given(expressions(infinite=False), scenarios)
def test_many_scenarios_at_once_agree_with_one(expression, scenario):
    quantity, leaves = expression
    sample = {key: inside(interval, scenario[key]) for key, interval in leaves.items()}
    assume(not bounds(quantity).blame)
    exact_value = value(quantity, sample)
    many = arrays(quantity, {key: np.array([float(number)] * 2) for key, number in sample.items()})
    assert many == pytest.approx(float(exact_value), rel=1e-6, abs=1e-6)


@given(st.lists(intervals(), min_size=2, max_size=6), st.randoms(use_true_random=False), st.data())
def test_the_order_and_the_grouping_of_summands_change_no_bounds(found, random, data):
    terms = [stated_leaf(interval, f"term {number}") for number, interval in enumerate(found)]
    terms += data.draw(st.lists(st.sampled_from(terms), max_size=3))
    turned = random.sample(terms, len(terms))
    cut = data.draw(st.integers(1, len(terms) - 1))
    grouped = add(turned[:cut]) + add(turned[cut:])
    assert bounds(add(turned)) == bounds(add(terms)) == bounds(grouped)
