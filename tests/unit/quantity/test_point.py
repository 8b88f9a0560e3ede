from fractions import Fraction

import pytest

from holdbook.quantity.point import point, points
from holdbook.quantity.quantity import add, exact, greatest, leaf, least
from holdbook.quantity.stated import parse_figure


def figure(written, key="a"):
    return leaf(parse_figure(written), key=key)


def test_the_point_is_the_sum_of_what_is_printed():
    price = figure("USD 5.83bn", "amount") / figure("32.1m shares", "shares")
    assert point(price) == Fraction(5_830_000_000, 32_100_000)


@pytest.mark.parametrize("written", ["> 3", ">= 3", "< 3", "up to 3", "almost 3%", "well over 2%", "1..2", "unknown"])
def test_a_bound_a_range_and_an_unknown_print_no_point(written):
    assert point(figure(written)) is None
    assert point(figure(written) * exact(0)) is None


def test_nothing_is_divided_by_zero():
    assert point(exact(1) / (figure("3") - figure("3"))) is None


@pytest.mark.parametrize(("quantity", "value"), [
    (figure("5") + figure("2", "b"), 7),
    (figure("5") - figure("2", "b"), 3),
    (figure("5") * figure("2", "b"), 10),
    (figure("5") / figure("2", "b"), Fraction(5, 2)),
    (least((figure("5"), figure("2", "b"))), 2),
    (greatest((figure("5"), figure("2", "b"))), 5),
    (add((figure("5"), figure("2", "b"), exact(1))), 8),
])  # fmt: skip
def test_each_operation_is_reckoned(quantity, value):
    assert point(quantity) == value


def test_every_node_has_its_point():
    part = figure("5") + figure("2", "b")
    whole = part * part
    assert {points(whole)[node.digest] for node in (part, whole)} == {7, 49}


def test_a_long_chain_of_divisions_stays_short_and_near():
    value = exact(1)
    for _ in range(400):
        value = value / exact(Fraction(7, 3))
    truth = Fraction(3, 7) ** 400
    assert abs(point(value) / truth - 1) < Fraction(1, 2**200)
    assert point(value).denominator.bit_length() < 2000
