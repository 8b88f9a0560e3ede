"""What must hold of any network of owners and of any set of mutual debts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.measures.ownership import _layered, _weakest_links, _within_reach
from holdbook.numerics.cascades import cascade, worst_cascade
from holdbook.numerics.clearing import clearing, clearing_with_costs
from holdbook.numerics.control import controlled, critical_thresholds, held_by, weakest_link
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
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact


@st.composite
def networks(draw, largest=6):
    """What companies own of each other, in tenths of their shares, at least a tenth of each left to outsiders."""
    size = draw(st.integers(1, largest))
    matrix = np.zeros((size, size))
    for asset in range(size):
        left = 9
        for holder in draw(st.permutations(range(size))):
            part = draw(st.integers(0, left)) if holder != asset else 0
            matrix[holder, asset] = part / 10
            left -= part
    return matrix


def sparse(matrix):
    owners, owned = np.nonzero(matrix)
    return direct_parts(len(matrix), owners, owned, matrix[owners, owned])


@given(networks(), st.data())
def test_the_rights_of_outsiders_in_every_company_come_to_one(matrix, data):
    rest = 1 - matrix.sum(axis=0)
    cut = np.array([data.draw(st.floats(0, 1)) for _ in rest])
    rights = outside_rights(sparse(matrix), np.vstack([rest * cut, rest * (1 - cut)]))
    assert rights.sum(axis=0) == pytest.approx(np.ones(len(matrix)), abs=1e-9)
    assert (rights > -1e-12).all()


@given(networks())
def test_integrated_ownership_is_the_inverse_over_its_diagonal(matrix):
    inverse = np.linalg.inv(np.eye(len(matrix)) - matrix)
    expected = (inverse - np.eye(len(matrix))) / np.diag(inverse)[:, None]
    for owner in range(len(matrix)):
        assert integrated(sparse(matrix), owner) == pytest.approx(expected[owner], abs=1e-9)


@given(networks())
def test_the_market_values_of_a_unit_come_to_one(matrix):
    assert market_values(sparse(matrix)).sum(axis=0) == pytest.approx(np.ones(len(matrix)), abs=1e-9)


@given(networks(), st.data())
def test_ends_of_unknown_parts_hold_every_network_between_them(matrix, data):
    owners, owned = np.nonzero(matrix)
    parts = matrix[owners, owned]
    unsure = np.array([data.draw(st.booleans()) for _ in parts], dtype=bool)
    low, high = np.where(unsure, parts * data.draw(st.floats(0, 1)), parts), np.where(unsure, 1.0, parts)
    lower, upper = integrated_between(len(matrix), owners, owned, low, high, 0)
    true = integrated(sparse(matrix), 0)
    assert (lower <= true + 1e-9).all()
    assert (true <= upper + 1e-9).all()
    assert (upper <= 1 + 1e-12).all()


@given(networks(), st.floats(0.05, 0.9))
def test_treasury_shares_leave_the_others_all_of_it(matrix, own):
    with_own = matrix * (1 - own) + np.diag(np.full(len(matrix), own))
    assert without_treasury(sparse(with_own)).toarray() == pytest.approx(matrix, abs=1e-9)


@given(st.integers(1, 5), networks())
def test_a_circle_that_owns_all_of_itself_is_refused(length, matrix):
    size = len(matrix) + length
    whole = np.zeros((size, size))
    whole[:-length, :-length] = matrix
    ring = range(size - length, size)
    for place, member in enumerate(ring):
        whole[member, ring[(place + 1) % length]] = 1.0
    with pytest.raises(OwnershipError) as refused:
        refuse_closed_circles(sparse(whole))
    assert refused.value.members == tuple(ring)


@given(networks(), st.floats(0.01, 1))
def test_the_controlled_set_is_the_largest_that_keeps_itself(matrix, threshold):
    owners, owned = np.nonzero(matrix)
    holders = held_by([int(one) for one in owners], [int(one) for one in owned], matrix[owners, owned])
    found = controlled(holders, 0, threshold)
    members = set(critical_thresholds(holders, 0))
    while True:
        keep = {one for one in members if sum(p for k, p in holders[one].items() if k == 0 or k in members) >= threshold}
        if keep == members:
            break
        members = keep
    # votes are sums of tenths in two orders, so a threshold right at one of them may fall either way
    apart = set(found) ^ members
    assert all(abs(critical_thresholds(holders, 0)[one] - threshold) < 1e-9 for one in apart)


@given(networks())
def test_control_by_the_weakest_link_lies_between_the_direct_part_and_all_parts(matrix):
    owners, owned = np.nonzero(matrix)
    holders = held_by([int(one) for one in owners], [int(one) for one in owned], matrix[owners, owned])
    for target in range(1, len(matrix)):
        found = weakest_link(holders, 0, target)
        assert matrix[0, target] - 1e-12 <= found <= matrix[:, target].sum() + 1e-12


@given(networks())
def test_sums_of_products_and_the_sparse_system_agree(matrix):
    """Without circles the book's own sums, exact and with their lines, are what the system solves; votes likewise."""
    acyclic = np.triu(matrix, 1)
    owners, owned = np.nonzero(acyclic)
    edges = {(f"e{i}", f"e{j}"): exact(Fraction(round(acyclic[i, j] * 10), 10)) for i, j in zip(owners, owned, strict=True)}
    near = _within_reach(edges, "e0")
    rights = integrated(sparse(acyclic), 0)
    holders = held_by([int(one) for one in owners], [int(one) for one in owned], acyclic[owners, owned])
    votes = _weakest_links(near, "e0")
    for name, right in _layered(near, "e0").items():
        assert float(point(right)) == pytest.approx(rights[int(name[1:])], abs=1e-9)
        assert float(point(votes[name])) == pytest.approx(min(weakest_link(holders, 0, int(name[1:])), 1.0), abs=1e-9)


amounts = st.floats(0, 100).map(lambda value: round(value, 2))


@st.composite
def debts(draw):
    size = draw(st.integers(1, 5))
    owes = [[0.0 if i == j else draw(amounts) for j in range(size)] for i in range(size)]
    return owes, [draw(amounts) for _ in range(size)], [draw(amounts) for _ in range(size)]


@given(debts())
def test_cleared_payments_are_all_that_is_owed_or_all_that_there_is(case):
    owes, assets, beyond = (np.array(one) for one in case)
    owed = owes.sum(axis=1) + beyond
    paid = clearing(*case).payments
    shares = np.divide(owes, owed[:, None], out=np.zeros_like(owes), where=owed[:, None] > 0)
    assert paid == pytest.approx(np.minimum(owed, assets + shares.T @ paid), abs=1e-7)


@given(debts(), st.floats(0, 1), st.floats(0, 1))
def test_costs_of_failure_only_take_away(case, alpha, beta):
    with_costs = clearing_with_costs(*case, outside_recovered=alpha, claims_recovered=beta)
    without = clearing(*case)
    assert (with_costs.payments <= without.payments + 1e-7).all()
    assert {one for wave in without.waves for one in wave} <= {one for wave in with_costs.waves for one in wave}


@given(networks(), st.data())
def test_the_best_cascade_is_part_of_the_worst(matrix, data):
    size = len(matrix)
    values = market_values(sparse(matrix))
    assets, limits, costs = ([data.draw(st.floats(0, 10)) for _ in range(size)] for _ in range(3))
    best, worst = cascade(values, assets, limits, costs), worst_cascade(values, assets, limits, costs)
    assert {one for wave in best.waves for one in wave} <= {one for wave in worst.waves for one in wave}
    assert (worst.values <= best.values + 1e-9).all()
