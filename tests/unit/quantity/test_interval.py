from fractions import Fraction

import pytest

from holdbook.quantity.interval import EVERYTHING, ZERO, Interval, shortened, total


def interval(text):
    """`[1, 2)` as an interval, `(-inf, 3]` too."""
    low, high = text[1:-1].split(", ")
    ends = [None if "inf" in end else Fraction(end) for end in (low, high)]
    return Interval(*ends, text[0] == "(" and ends[0] is not None, text[-1] == ")" and ends[1] is not None)


@pytest.mark.parametrize("text", ["[1, 2]", "(1, 2)", "[1, 2)", "(-inf, 2]", "[1/2, inf)", "(-inf, inf)"])
def test_an_interval_is_printed_with_its_brackets(text):
    assert str(interval(text)) == text


@pytest.mark.parametrize(("sum_", "result"), [
    ("[1, 2] + [3, 5]", "[4, 7]"),
    ("[1, 2) + [3, 5]", "[4, 7)"),
    ("(1, 2] + [3, inf)", "(4, inf)"),
    ("(-inf, 2] + [3, inf)", "(-inf, inf)"),
    ("[3, 5] - [1, 2)", "(1, 4]"),
    ("[0, 1] - [0, 1]", "[-1, 1]"),
    ("[0, 5] - [2, inf)", "(-inf, 3]"),
    ("[2, 3] * [4, 5]", "[8, 15]"),
    ("[-2, 3] * [4, 5)", "(-10, 15)"),
    ("[-2, -1] * [-5, -4]", "[4, 10]"),
    ("[0, 1] * (2, 3)", "[0, 3)"),
    ("(0, 1] * (2, 3)", "(0, 3)"),
    ("[0, 1] * [2, inf)", "[0, inf)"),
    ("(0, 1] * [2, inf)", "(0, inf)"),
    ("[-1, 1] * [2, inf)", "(-inf, inf)"),
    ("[0, 0] * [2, 3]", "[0, 0]"),
    ("[0, 0] * (-inf, inf)", "[0, 0]"),
    ("(-inf, -1] * (-inf, -2]", "[2, inf)"),
    ("(-inf, -1] * [2, inf)", "(-inf, -2]"),
    ("[1, 2) * [1, 2]", "[1, 4)"),
])  # fmt: skip
def test_a_sum_a_difference_and_a_product_hold_what_their_operands_give(sum_, result):
    left, sign, right = (part for part in sum_.replace(" + ", "|+|").replace(" - ", "|-|").replace(" * ", "|*|").split("|"))
    a, b = interval(left), interval(right)
    assert str({"+": a + b, "-": a - b, "*": a * b}[sign]) == result


@pytest.mark.parametrize(("divisor", "result"), [
    ("[2, 4]", "[1/4, 1/2]"),
    ("[-4, -2)", "(-1/2, -1/4]"),
    ("(0, 4]", "[1/4, inf)"),
    ("[-4, 0)", "(-inf, -1/4]"),
    ("[2, inf)", "(0, 1/2]"),
    ("(-inf, -2)", "(-1/2, 0)"),
    ("(0, inf)", "(0, inf)"),
])  # fmt: skip
def test_one_over_an_interval_away_from_zero(divisor, result):
    assert str(interval(divisor).inverse()) == result


@pytest.mark.parametrize("divisor", ["[0, 0]", "[0, 1]", "[-1, 0]", "[-1, 1]", "(-1, 1)", "(-inf, inf)", "[0, inf)"])
def test_one_over_an_interval_that_holds_zero_is_nothing(divisor):
    assert interval(divisor).inverse() is None


@pytest.mark.parametrize(("left", "right", "meets"), [
    ("[1, 2]", "[2, 3]", True),
    ("[1, 2)", "[2, 3]", False),
    ("[1, 2]", "(2, 3]", False),
    ("[1, 2]", "[3, 4]", False),
    ("(-inf, inf)", "(2, 3)", True),
    ("(3, inf)", "(-inf, 3]", False),
    ("[1, 9]", "[2, 3]", True),
])  # fmt: skip
def test_two_intervals_meet_when_one_point_is_in_both(left, right, meets):
    assert interval(left).meets(interval(right)) is meets
    assert interval(right).meets(interval(left)) is meets


@pytest.mark.parametrize(("left", "right", "common", "hull"), [
    ("[1, 3)", "(2, 4]", "(2, 3)", "[1, 4]"),
    ("[1, 3)", "[1, 3]", "[1, 3)", "[1, 3]"),
    ("(-inf, 3]", "[2, inf)", "[2, 3]", "(-inf, inf)"),
])  # fmt: skip
def test_the_common_part_and_the_hull_keep_the_right_ends(left, right, common, hull):
    assert str(interval(left).common(interval(right))) == common
    assert str(interval(left).hull(interval(right))) == hull


@pytest.mark.parametrize(("left", "right", "least", "greatest"), [
    ("[1, 4]", "[2, 3]", "[1, 3]", "[2, 4]"),
    ("[0, 2]", "[1, 2)", "[0, 2)", "[1, 2]"),
    ("[1, 2]", "(1, 2]", "[1, 2]", "(1, 2]"),
    ("(-inf, 2]", "[1, inf)", "(-inf, 2]", "[1, inf)"),
])  # fmt: skip
def test_the_least_and_the_greatest_of_two(left, right, least, greatest):
    assert str(interval(left).minimum(interval(right))) == least
    assert str(interval(left).maximum(interval(right))) == greatest


def test_what_is_in_an_interval():
    assert Fraction(1) in interval("[1, 2)")
    assert 2 not in interval("[1, 2)")
    assert 10**30 in interval("(1, inf)")
    assert "1" not in EVERYTHING


@pytest.mark.parametrize(("text", "empty", "one"), [
    ("[1, 1]", False, True),
    ("(1, 1]", True, True),
    ("[2, 1]", True, False),
    ("(1, 2)", False, False),
    ("(-inf, 1]", False, False),
])  # fmt: skip
def test_an_interval_may_be_empty_or_one_number(text, empty, one):
    assert interval(text).is_empty is empty
    assert interval(text).is_point is one


def test_the_sum_of_nothing_is_zero():
    assert total([]) == ZERO


def test_arithmetic_with_anything_else_is_refused():
    with pytest.raises(TypeError):
        ZERO + 1
    with pytest.raises(TypeError):
        ZERO * 1


def test_long_fractions_are_rounded_outward():
    third = Fraction(1, 3) ** 300
    short = Interval.point(third).rounded_outward()
    assert short.low < third < short.high
    assert short.low.denominator.bit_length() < third.denominator.bit_length() * 2
    assert (short.high - short.low) / third < Fraction(1, 2**250)


def test_short_fractions_stay_exact():
    exact = Interval.of("1/3", "5/7")
    assert exact.rounded_outward() is exact
    assert shortened(Fraction(1, 3)) == Fraction(1, 3)
    assert shortened(Fraction(1, 3) ** 300) < Fraction(1, 3) ** 300
