from fractions import Fraction

import pytest

from holdbook.quantity.bounds import bounds, naive
from holdbook.quantity.interval import EVERYTHING, Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add, exact, greatest, leaf, least, unknown
from holdbook.quantity.stated import parse_figure


def figure(written, key="a"):
    return leaf(parse_figure(written), key=key)


def test_figures_used_once_move_apart():
    assert bounds(figure("1..2") - figure("1..2", "b")).interval == Interval.of(-1, 1)
    assert not bounds(figure("1..2") - figure("1..2", "b")).wide


def test_a_figure_less_itself_is_nothing():
    assert bounds(figure("1..2") - figure("1..2")) == (Interval.point(0), False, ())


def test_a_figure_over_itself_holds_one_and_says_wide():
    found = bounds(figure("1..2") / figure("1..2"))
    assert 1 in found.interval
    assert found.wide


def test_shared_leaves_make_an_equity_share_narrower():
    holdings, debt = figure("JPY 16.90tn", "holdings"), figure("JPY 1.35tn", "debt")
    share = (holdings - debt) / holdings
    tight, loose = bounds(share), naive(share)[share.digest]
    ends = [1 - Fraction(1355, 16895), 1 - Fraction(1345, 16905)]
    assert tight == (Interval(*ends), False, ())
    assert loose.low < ends[0]
    assert loose.high > ends[1]


def test_a_leaf_that_pulls_both_ways_keeps_its_whole_interval_and_the_bounds_say_wide():
    share = figure("10%..90%")
    found = bounds(share * (exact(1) - share))
    assert Fraction(9, 100) in found.interval
    assert Fraction(1, 4) in found.interval
    assert found.interval.high < Fraction(9, 10)
    assert found.wide


def test_a_shared_sum_that_pulls_both_ways_says_wide_too():
    share = figure("5%..45%", "a") + figure("5%..45%", "b")
    found = bounds(share * (exact(1) - share))
    assert Fraction(1, 4) in found.interval
    assert found.wide or found.interval == Interval.of("0.09", "0.25")


@pytest.mark.parametrize("written", ["> 3", "< 3", "well over 2%", "almost 3%"])
def test_a_figure_with_an_open_end_less_itself_may_be_nothing(written):
    assert 0 in bounds(figure(written) - figure(written)).interval


def test_an_open_end_of_one_leaf_does_not_open_what_it_has_no_part_in():
    a, b = figure("well over 2%", "a"), figure("1..2", "b")
    found = bounds(a + b - a).interval
    assert 1 in found
    assert 2 in found


def test_more_than_leaves_the_upper_end_open():
    found = bounds(figure("> USD 3bn", "a") + figure("USD 1.0bn", "b")).interval
    assert (found.low, found.low_open, found.high) == (3_950_000_000, True, None)


def test_division_by_what_may_be_zero_is_unknown_and_blames_the_leaf():
    divisor = figure("-1..1", "divisor")
    found = bounds(figure("3", "a") / (divisor + exact(0)) + figure("4", "b"))
    assert found.interval == EVERYTHING
    assert found.blame == (divisor,)


def test_division_by_zero_itself_is_unknown():
    found = bounds(figure("3") / exact(0))
    assert (found.interval, found.blame) == (EVERYTHING, (exact(0),))


def test_what_is_unknown_by_division_stays_unknown_times_zero():
    assert bounds(figure("3") / figure("-1..1", "b") * exact(0)).interval == EVERYTHING


def test_what_nobody_stated_stays_unknown_times_zero():
    price = unknown("price", floor=0)
    assert point(price * exact(0)) is None
    assert [one.key for one in (price * exact(0)).leaves() if one.stated.is_unknown] == ["price"]


def test_an_unknown_leaves_the_end_that_is_known():
    worth = figure("USD 10m", "a") + unknown("rest", parse_figure("USD 1").unit, floor=0)
    assert bounds(worth).interval == Interval(Fraction(9_500_000), None)


def test_hedged_figures_have_a_wider_reading():
    price = figure("~ USD 181")
    assert bounds(price * 2).interval == Interval.of(361, 363)
    assert bounds(price * 2, widest=True).interval == Interval.of(360, 364)


def test_the_least_and_the_greatest_follow_shared_leaves():
    value, loan = figure("4..6", "value"), figure("5..5.5", "loan")
    assert bounds(greatest((value - loan, exact(0)))).interval == Interval.of(0, 1)
    assert bounds(least((value, loan)) + value).interval == Interval.of(8, Fraction(23, 2))


def test_a_settled_choice_is_tight():
    low, high = figure("1..2", "low"), figure("5..6", "high")
    assert bounds(greatest((low, high)) - high).interval == Interval.point(0)
    assert bounds(least((low, high)) - low).interval == Interval.point(0)


def test_exact_numbers_that_are_shared_cost_nothing():
    three = exact(3)
    assert bounds(three * figure("1..2") - three) == (Interval.of(0, 3), False, ())


def test_a_product_of_what_crosses_zero_keeps_its_sign():
    change, size = figure("-10%..20%", "change"), figure("100..200", "size")
    assert bounds(size + size * change).interval == Interval.of(90, 240)


def test_a_long_chain_of_divisions_stays_short_and_keeps_its_value():
    third = figure("2.9..3.1", "third")
    value = exact(1)
    for number in range(400):
        value = value / (third + exact(number % 7))
    found = bounds(value).interval
    truth = exact(1)
    for number in range(400):
        truth = truth / (exact(3) + exact(number % 7))
    assert point(truth) in found
    assert found.low.denominator.bit_length() < 2000


def test_many_terms_on_one_shared_leaf_are_tight():
    price = figure("1..2", "price")
    terms = [exact(number) * price for number in range(2000)]
    assert bounds(add(terms) - price).interval == Interval.of(1_998_999, 3_997_998)
