"""Small networks: what is refused and why, and what a hand can compute."""

import numpy as np
import pytest

from holdbook.numerics.clearing import clearing, clearing_with_costs
from holdbook.numerics.control import controlled, critical_thresholds, weakest_link
from holdbook.numerics.ownership import (
    OwnershipError,
    direct_parts,
    integrated,
    integrated_between,
    market_values,
    outside_rights,
    refuse_closed_circles,
    without_treasury,
)


@pytest.mark.parametrize(
    ("owners", "owned", "parts", "says", "members"),
    [
        ([0], [1], [-0.1], "less than nothing", (1,)),
        ([0], [1], [float("nan")], "no number", (1,)),
    ],
)
def test_parts_that_cannot_be_are_refused(owners, owned, parts, says, members):
    with pytest.raises(OwnershipError, match=says) as refused:
        direct_parts(3, owners, owned, parts)
    assert refused.value.members == members


def test_more_than_all_is_refused_by_who_reaches_it():
    parts = direct_parts(5, [0, 1, 3], [2, 2, 4], [0.7, 0.4, 0.5])
    assert integrated(parts, 3)[4] == 0.5
    with pytest.raises(OwnershipError, match="more than all") as refused:
        integrated(parts, 0)
    assert refused.value.members == (2,)
    with pytest.raises(OwnershipError, match="more than all"):
        market_values(parts)


def test_a_closed_circle_is_refused_only_by_who_reaches_it():
    parts = direct_parts(4, [0, 2, 3], [1, 3, 2], [0.5, 1.0, 1.0])
    assert integrated(parts, 0)[1] == 0.5
    with pytest.raises(OwnershipError, match="all of itself") as refused:
        integrated(parts, 2)
    assert refused.value.members == (2, 3)
    refuse_closed_circles(direct_parts(2, [0, 1], [1, 0], [1.0, 0.999]))


def test_two_companies_that_own_all_of_each_other_are_no_chain():
    """Each is wholly owned, one by somebody outside: that is a chain, not a circle."""
    refuse_closed_circles(direct_parts(3, [0, 1], [1, 2], [1.0, 1.0]))


def test_an_entity_that_holds_all_of_itself_is_refused():
    with pytest.raises(OwnershipError, match="its own shares"):
        without_treasury(direct_parts(1, [0], [0], [1.0]))


def test_outside_rights_need_all_owners():
    with pytest.raises(OwnershipError, match="do not come to all") as refused:
        outside_rights(direct_parts(2, [0], [1], [0.4]), np.array([[1.0, 0.5]]))
    assert refused.value.members == (1,)


def test_an_unknown_part_is_no_more_than_what_the_others_leave():
    low, high = integrated_between(4, [0, 1, 3], [1, 2, 2], [0.5, 0.0, 0.8], [0.5, 1.0, 0.8], 0)
    assert (low[2], high[2]) == pytest.approx((0, 0.1))


def test_unknown_parts_in_a_circle_bound_by_one():
    low, high = integrated_between(3, [0, 1, 2], [1, 2, 1], [0.1, 0.0, 0.0], [0.1, 1.0, 1.0], 0)
    assert low[1:] == pytest.approx([0.1, 0])
    assert high[1:] == pytest.approx([1, 1], abs=1e-6)


def test_votes_do_not_multiply_along_a_chain_and_do_not_circle():
    holders = {1: {0: 0.001, 2: 0.6}, 2: {1: 0.6}}
    assert weakest_link(holders, 0, 1) == pytest.approx(0.001)
    assert weakest_link(holders, 0, 2) == pytest.approx(0.001)
    assert weakest_link({1: {0: 0.51}, 2: {1: 0.51}}, 0, 2) == 0.51


def test_control_falls_away_together():
    holders = {1: {0: 0.4}, 2: {1: 0.3, 0: 0.3}}
    assert critical_thresholds(holders, 0) == pytest.approx({1: 0.4, 2: 0.4})
    assert controlled(holders, 0, 0.35) == pytest.approx({1: 0.4, 2: 0.6})
    assert controlled(holders, 0, 0.5) == {}


def test_a_ring_without_assets_pays_in_full():
    """Nothing at all would also be consistent: the greatest payments are meant."""
    found = clearing([[0, 1], [1, 0]], [0, 0], [0, 0])
    assert (list(found.payments), found.waves) == ([1, 1], ())


def test_who_cannot_pay_takes_the_next_along():
    found = clearing([[0, 10, 0], [0, 0, 10], [0, 0, 0]], [4, 3, 1], [0, 0, 0])
    assert (list(found.payments), list(found.worth), found.waves) == ([4, 7, 0], [-6, -3, 8], ((0,), (1,)))


@pytest.mark.parametrize(
    ("owes", "assets", "beyond", "says"),
    [
        ([[0, -1], [0, 0]], [1, 1], [0, 0], "below zero"),
        ([[1, 0], [0, 0]], [1, 1], [0, 0], "owes itself"),
        ([[0, 1], [0, 0]], [1], [0, 0], "square"),
    ],
)
def test_debts_that_cannot_be_are_refused(owes, assets, beyond, says):
    with pytest.raises(ValueError, match=says):
        clearing(owes, assets, beyond)


def test_more_than_all_cannot_be_recovered():
    with pytest.raises(ValueError, match="from 0 to 1"):
        clearing_with_costs([[0]], [1], [0], outside_recovered=1.1, claims_recovered=1)
