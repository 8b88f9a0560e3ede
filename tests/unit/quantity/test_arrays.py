import numpy as np
import pytest

from holdbook.quantity.arrays import arrays
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add, exact, floored, greatest, leaf, least
from holdbook.quantity.stated import parse_figure


def figure(written, key="a"):
    return leaf(parse_figure(written), key=key)


VALUE, LOAN, REST, DEBT = figure("4.0", "value"), figure("5.0", "loan"), figure("9.0", "rest"), figure("3.0", "debt")
RATIO = DEBT / add((floored(VALUE - LOAN), REST, least((VALUE, LOAN)) * exact(2), greatest((REST, DEBT))))


def test_one_scenario_at_the_printed_figures_is_the_point():
    assert float(arrays(RATIO, {})) == pytest.approx(float(point(RATIO)), rel=1e-15)
    assert arrays(RATIO, {"value": np.array([4.0])}) == pytest.approx([float(point(RATIO))], rel=1e-15)


def test_scenarios_within_the_figures_stay_within_the_bounds():
    random = np.random.default_rng(7)
    samples = {one.key: random.uniform(float(one.stated.core.low), float(one.stated.core.high), 1000) for one in (VALUE, LOAN, REST, DEBT)}
    found, interval = arrays(RATIO, samples), bounds(RATIO).interval
    assert found.shape == (1000,)
    assert float(interval.low) <= found.min() < found.max() <= float(interval.high)


def test_a_shared_leaf_takes_one_sample_in_each_scenario():
    samples = {"value": np.array([1.0, 2.0, 3.0])}
    assert arrays(VALUE - VALUE, samples).tolist() == [0, 0, 0]
    assert arrays(VALUE * VALUE, samples).tolist() == [1, 4, 9]


def test_what_is_not_known_needs_samples():
    price = figure("> 3", "price")
    with pytest.raises(ValueError, match="price is not known"):
        arrays(price * exact(2), {})
    assert arrays(price * exact(2), {"price": np.array([4.0])}).tolist() == [8]
