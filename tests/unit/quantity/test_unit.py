import copy
import pickle

import pytest

from holdbook.quantity.unit import NUMBER, UNIT


@pytest.mark.parametrize("written", ["", "USD", "share", "USD/share", "JPY/USD", "GW", "1/share"])
def test_a_unit_is_printed_as_it_is_written(written):
    assert str(UNIT(written)) == written


def test_equal_units_are_one_object():
    assert UNIT("USD/share") * UNIT("share") is UNIT("USD")
    assert UNIT("USD") / UNIT("USD") is NUMBER
    assert UNIT("JPY/USD") * UNIT("USD/share") is UNIT("JPY/share")


def test_a_unit_is_the_same_object_after_pickling_and_copying():
    assert pickle.loads(pickle.dumps(UNIT("USD/share"))) is UNIT("USD/share")  # noqa: S301 - made in this line
    assert copy.deepcopy(UNIT("JPY/USD")) is UNIT("JPY/USD")


@pytest.mark.parametrize(("written", "currency", "money"), [
    ("USD", "USD", True),
    ("USD/share", "USD", False),
    ("JPY/USD", "JPY", False),
    ("share", None, False),
    ("", None, False),
    ("1/USD", None, False),
])  # fmt: skip
def test_the_currency_is_the_one_that_is_counted(written, currency, money):
    assert UNIT(written).currency == currency
    assert UNIT(written).is_money is money


def test_a_square_and_a_product_are_printed():
    assert str(UNIT("USD") * UNIT("USD")) == "USD^2"
    assert str(UNIT("USD") * UNIT("share")) == "USD*share"


@pytest.mark.parametrize(("written", "rate"), [("JPY/USD", True), ("USD/share", False), ("USD", False), ("GW/year", False)])
def test_a_rate_is_one_currency_for_another(written, rate):
    assert UNIT(written).is_rate is rate
