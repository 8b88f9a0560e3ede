"""GRIM (Brown and Heathers 2017): can a printed mean be the mean of that many whole numbers?"""

import math

import pytest

from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import leaf
from holdbook.quantity.stated import parse_figure


@pytest.mark.parametrize(("mean", "people", "possible"), [
    ("5.27", 43, False),  # vignette of the R package scrutiny
    ("3.48", 20, False),  # Wikipedia, GRIM test
    ("5.93", 49, False),  # The Economist, 2016-06-18
    ("3.45", 20, True),  # Wikipedia, GRIM test
])  # fmt: skip
def test_a_mean_is_possible_if_a_whole_number_is_in_the_sum(mean, people, possible):
    total = bounds(leaf(parse_figure(mean), key="mean") * leaf(parse_figure(f"{people} people"), key="people")).interval
    assert (math.ceil(total.low) <= total.high) is possible
