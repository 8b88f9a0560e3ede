"""The sum, the product, the least of two intervals holds the sum, the product, the least of any two of their numbers."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from holdbook.quantity.interval import Interval, total
from properties.expressions import finite_intervals, inside, intervals, numbers, parts


@given(intervals, intervals, parts, parts)
def test_arithmetic_holds_every_pair_of_numbers(left, right, one, other):
    a, b = inside(left, one), inside(right, other)
    assert a in left
    assert b in right
    assert a + b in left + right
    assert a - b in left - right
    assert a * b in left * right
    assert min(a, b) in left.minimum(right)
    assert max(a, b) in left.maximum(right)
    assert -a in -left


@given(intervals, parts)
def test_one_over_an_interval_holds_one_over_each_number_or_there_is_none(divisor, part):
    inverse = divisor.inverse()
    if inverse is None:
        assert 0 in Interval(divisor.low, divisor.high)
    else:
        assert 1 / inside(divisor, part) in inverse


@given(finite_intervals, finite_intervals)
def test_finite_sums_and_products_are_no_wider_than_need_be(left, right):
    corners = [a * b for a in left[:2] for b in right[:2]]
    product = left * right
    assert (product.low, product.high) == (min(corners), max(corners))
    both = left + right
    assert (both.low, both.high) == (left.low + right.low, left.high + right.high)
    assert (both.high in both) == (left.high in left and right.high in right)


@given(intervals, intervals, numbers)
def test_the_common_part_holds_what_both_hold_and_the_hull_what_either_holds(left, right, number):
    assert (number in left.common(right)) == (number in left and number in right)
    assert number in left.hull(right) or (number not in left and number not in right)
    assert left.meets(right) == right.meets(left)


@given(st.lists(intervals, min_size=1, max_size=5))
def test_a_sum_of_many_is_the_sum_of_two_again_and_again(found):
    step = found[0]
    for interval in found[1:]:
        step = step + interval
    assert total(found) == step


@given(intervals, st.integers(1, 400), parts)
def test_rounding_outward_never_loses_a_number_and_ends_short(interval, power, part):
    scale = Fraction(7, 3) ** power
    rounded = (interval * Interval.point(scale)).rounded_outward()
    assert inside(interval, part) * scale in rounded
    assert all(end is None or end.numerator.bit_length() + end.denominator.bit_length() < 1400 for end in rounded[:2])
