import math

import pytest

from holdbook.numerics.roots import bracketed, exponential_roots


def flat(root, times):
    """The terms of (1 - root x) ** times."""
    amounts = [1.0]
    for _ in range(times):
        amounts = [one - root * other for one, other in zip([*amounts, 0.0], [0.0, *amounts], strict=True)]
    return amounts, [float(n) for n in range(times + 1)]


def test_amounts_of_one_sign_have_none():
    assert exponential_roots([1.0, 2.0], [0.0, 1.0]) == ()


def test_a_pair_a_millionth_apart_is_two():
    near, far = 1.1, 1.1 + 1e-6
    found = exponential_roots([1.0, -(near + far), near * far], [0.0, 1.0, 2.0])
    assert [math.exp(y) for y in found] == pytest.approx([near, far], abs=1e-9)


def test_a_pair_that_just_does_not_meet_zero_is_none():
    assert exponential_roots([1.0, -2.2, 1.21 + 1e-9], [0.0, 1.0, 2.0]) == ()


@pytest.mark.parametrize(("times", "near"), [(2, 1e-7), (3, 1e-3), (4, 1e-2), (8, 0.2), (20, 1)])
def test_a_root_that_the_sum_only_touches_or_passes_flat_is_one(times, near):
    """As near as double precision tells: the flatter, the less."""
    (found,) = exponential_roots(*flat(1.1, times))
    assert math.exp(found) == pytest.approx(1.1, abs=near)


def test_scales_from_a_day_to_decades_are_all_looked_at():
    """A root of the two days at the start and one of the years after them."""
    found = exponential_roots([1.0, -2.0, 1.5], [0.0, 1 / 365, 30.0])
    assert found == pytest.approx([math.log(1.5) / 30, 365 * math.log(2)], rel=1e-2)


def test_terms_far_too_large_for_a_float_at_once():
    found = exponential_roots([-1e-300, 1e300, -1.0], [0.0, 1 / 365, 50.0])
    assert len(found) == 2
    assert found[1] == pytest.approx(600 * math.log(10) * 365, rel=1e-9)


def test_a_bracket_that_newton_leaves_is_halved():
    assert bracketed(lambda x: (math.atan(x - 3), 1 / (1 + (x - 3) ** 2)), -1000.0, 2000.0) == pytest.approx(3)
    assert bracketed(lambda x: ((x - 3) ** 3, 0.0), 0.0, 7.0) == pytest.approx(3)
