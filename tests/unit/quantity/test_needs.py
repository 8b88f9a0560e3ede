import pytest

from holdbook.quantity.needs import known, needs
from holdbook.quantity.quantity import exact, leaf, unknown
from holdbook.quantity.stated import parse_figure


def figure(written, key="a"):
    return leaf(parse_figure(written), key=key)


def test_what_nobody_stated_is_needed_in_its_order_and_once():
    price, rest = unknown("price", floor=0), unknown("rest")
    assert needs(price * figure("5") + rest - price) == ["price", "rest"]
    assert needs(figure("> 5")) == []


def test_what_may_be_zero_and_divides_is_needed_too():
    assert needs(unknown("price") / figure("-1..1", "shares")) == ["price", "that shares is not zero"]
    assert needs(figure("5") / unknown("shares", floor=0)) == ["shares"]


@pytest.mark.parametrize(("quantity", "word"), [
    (figure("5"), "yes"),
    (figure("> 5"), "bounded"),
    (figure("1..2"), "bounded"),
    (figure("< 5"), "bounded"),
    (unknown("price", floor=0), "no"),
    (unknown("price"), "no"),
    (unknown("price", floor=0) + exact(5), "bounded"),
    (figure("5") / figure("-1..1", "b"), "no"),
])  # fmt: skip
def test_a_quantity_is_known_bounded_or_neither(quantity, word):
    assert known(quantity) == word
