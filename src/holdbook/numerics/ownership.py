"""Who owns how much of whom through any number of layers and circles, on a sparse matrix of direct parts.

Entities are numbers from 0; `parts[i, j]` is the part of j that i owns, from 0 to 1. Whoever has no owner in the matrix is outside:
a person, a market, a state. Dependency never enters here: it conserves nothing, and a sum over it means nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, csr_array, diags_array, eye_array
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import splu

Array = NDArray[np.float64]
_ROUNDING = 1e-9
_STILL = 1e-14
_STEPS = 5000


class OwnershipError(ValueError):
    """Parts of which no integrated ownership can be made; `members` are the entities that it is about."""

    def __init__(self, message: str, members: Sequence[int]) -> None:
        super().__init__(message)
        self.members = tuple(members)


def direct_parts(size: int, owners: Sequence[int], owned: Sequence[int], parts: Sequence[float]) -> csr_array:
    """The matrix of direct parts, `size` by `size`; several parts of one owner in one entity add up.

    Raises OwnershipError for a part below zero or of no number.
    """
    values = np.asarray(parts, dtype=np.float64)
    wrong = np.flatnonzero(~(values >= 0) | ~np.isfinite(values))
    if wrong.size:
        raise OwnershipError("a part is less than nothing, or no number", [int(owned[wrong[0]])])
    made = csr_array((values, (np.asarray(owners), np.asarray(owned))), shape=(size, size))
    made.sum_duplicates()
    return made


def refuse_beyond_all(parts: csr_array, among: NDArray[np.intp] | None = None) -> None:
    """Raise OwnershipError where more than all of an entity is owned, of all entities or of some."""
    owned = _owned(parts)
    asked = np.arange(owned.size) if among is None else among
    beyond = asked[owned[asked] > 1 + _ROUNDING]
    if beyond.size:
        raise OwnershipError("more than all of an entity is owned", [int(one) for one in beyond])


def without_treasury(parts: csr_array) -> csr_array:
    """The parts of what others hold: shares that an entity holds in itself carry no right, so the rest share all of it.

    Formula: c'[i, j] = c[i, j] / (1 - c[j, j]), c'[j, j] = 0

    Raises OwnershipError for an entity that holds all of itself.

    >>> without_treasury(direct_parts(2, [0, 1], [1, 1], [0.4, 0.2])).toarray().tolist()
    [[0.0, 0.5], [0.0, 0.0]]
    """
    own = parts.diagonal()
    whole = np.flatnonzero(own >= 1 - _ROUNDING)
    if whole.size:
        raise OwnershipError("an entity holds all of its own shares", [int(one) for one in whole])
    if not own.any():
        return parts
    return csr_array((parts - diags_array(own)) @ diags_array(1 / (1 - own)))


def refuse_closed_circles(parts: csr_array) -> None:
    """Raise OwnershipError where entities own all of each other, so that nobody outside has a right in them: I - C is singular there.

    A closed circle is a strongly connected set whose every member is wholly owned within it.
    """
    _, labels = connected_components(parts, directed=True, connection="strong")
    table = parts.tocoo()
    inner = labels[table.row] == labels[table.col]
    within = np.bincount(table.col[inner], weights=table.data[inner], minlength=parts.shape[0])
    open_sets = np.unique(labels[within < 1 - _ROUNDING])
    closed = np.flatnonzero(~np.isin(labels, open_sets))
    if closed.size:
        first = labels[closed[0]]
        raise OwnershipError("a circle of entities owns all of itself", [int(one) for one in np.flatnonzero(labels == first)])


def integrated(parts: csr_array, owner: int) -> Array:
    """What an owner has of each entity, directly and through others, its own circles left out; of itself, what comes back to it.

    Only what the owner reaches is solved, so a register of a million parts costs what the group of one owner costs.

    Formula:  N = (I - C)^-1;  y[i, j] = n[i, j] / n[i, i];  y[i, i] = 1 - 1 / n[i, i]
    Says so:  Brioschi, Buzzacchi and Colombo 1989; Baldone, Brioschi and Paleari 1998

    Raises OwnershipError for a closed circle within reach, and for an entity within reach of which more than all is owned.

    >>> [float(y) for y in integrated(direct_parts(2, [0, 1], [1, 0], [0.5, 0.5]), 0)]
    [0.25, 0.5]
    """
    reached = np.sort(breadth_first_order(parts, owner, directed=True, return_predecessors=False))
    refuse_beyond_all(parts, reached)
    near = csc_array(parts[reached][:, reached])
    here = int(np.searchsorted(reached, owner))
    try:
        refuse_closed_circles(csr_array(near))
    except OwnershipError as error:
        raise OwnershipError(str(error), [int(reached[one]) for one in error.members]) from None
    # walks from the owner that never come back to it: nothing enters the owner
    once = near @ diags_array(np.where(np.arange(reached.size) == here, 0.0, 1.0))
    first = near[[here], :].toarray().ravel()
    back, first[here] = first[here], 0.0
    rights = _solved(once, first)
    rights[here] = back + float(near[:, [here]].toarray().ravel() @ rights)
    found = np.zeros(parts.shape[0])
    found[reached] = rights
    return found


def _solved(parts: csc_array, first: Array) -> Array:
    """The row y with y = first + y C, by a sparse factorisation; there is no inverse."""
    system = csc_array(eye_array(parts.shape[0]) - parts).T.tocsc()
    return np.asarray(splu(system).solve(first))


def integrated_between(
    size: int, owners: Sequence[int], owned: Sequence[int], low: Sequence[float], high: Sequence[float], owner: int
) -> tuple[Array, Array]:
    """The least and the most that an owner can have of each entity, where each direct part lies between two ends.

    Every right is a sum of products of parts, so it grows with each of them: the least parts give the least rights. A part is no more
    than what the others leave at their least. From above, y is at most min(1, f + y C) for any y that is large enough: each step from
    one downwards still bounds the rights, wherever it stops, also where the upper ends close a circle.

    Raises OwnershipError where even the least parts close a circle, or own more than all.

    >>> [[float(y) for y in ends] for ends in integrated_between(3, [0, 1], [1, 2], [0.3, 0.2], [0.3, 1.0], 0)]
    [[0.0, 0.3, 0.06], [0.0, 0.3, 0.3]]
    """
    least = direct_parts(size, owners, owned, low)
    room = np.maximum(1 - _owned(least), 0.0)
    ends = np.minimum(np.asarray(high, dtype=np.float64), np.asarray(low, dtype=np.float64) + room[np.asarray(owned)])
    most = csr_array((ends, (np.asarray(owners), np.asarray(owned))), shape=(size, size))
    lower = integrated(least, owner)
    return lower, np.maximum(_from_above(most, owner), lower)


def _from_above(parts: csr_array, owner: int) -> Array:
    """Rights that none can exceed, by steps from one downwards."""
    reached = breadth_first_order(parts, owner, directed=True, return_predecessors=False)
    into = parts.T.tocsr()
    first = parts[[owner], :].toarray().ravel()
    rights: Array = np.zeros(parts.shape[0])
    rights[reached] = 1.0
    for _ in range(_STEPS):
        passing = rights.copy()
        passing[owner] = 0.0
        after: Array = np.minimum(first + into @ passing, rights)
        if np.max(rights - after, initial=0.0) < _STILL:
            return after
        rights = after
    return rights


def every_integrated(parts: csr_array) -> Array:
    """The integrated ownership of everyone in everyone, own circles left out; a dense matrix, for few entities."""
    return np.vstack([integrated(parts, owner) for owner in range(parts.shape[0])])


def outside_rights(parts: csr_array, outside: Array) -> Array:
    """The cash-flow rights of outside owners, one row each: of every company they come to one.

    `parts` is what companies own of each other, `outside[k, j]` what outsider k owns of j; together all of every company.

    Formula:  U = F (I - C)^-1
    Says so:  Brioschi, Buzzacchi and Colombo 1989

    Raises OwnershipError for a closed circle, and where the parts of a company do not come to all of it.
    """
    whole = _owned(parts) + outside.sum(axis=0)
    short = np.flatnonzero(np.abs(whole - 1) > _ROUNDING)
    if short.size:
        raise OwnershipError("the parts of a company do not come to all of it", [int(one) for one in short])
    refuse_closed_circles(parts)
    system = csc_array(eye_array(parts.shape[0]) - parts).T.tocsc()
    return np.atleast_2d(np.asarray(splu(system).solve(np.ascontiguousarray(outside.T)))).T


def market_values(parts: csr_array) -> Array:
    """What each company is worth to outsiders for a unit of each one's own assets: columns come to one.

    Formula:  A = diag(1 - sum of a company's parts) (I - C)^-1
    Says so:  Elliott, Golub and Jackson 2014

    Raises OwnershipError for a closed circle, and for a company of which more than all is owned.
    """
    refuse_beyond_all(parts)
    refuse_closed_circles(parts)
    left = 1 - _owned(parts)
    system = csc_array(eye_array(parts.shape[0]) - parts)
    return np.asarray(left[:, None] * splu(system).solve(np.eye(parts.shape[0])))


def positions(parts: csr_array, direct: ArrayLike) -> tuple[Array, Array]:
    """The cash-flow right of an outside owner in each company, and how many steps away it lies on average; no number where none.

    Formula:  u = f (I - C)^-1;  position = f (I - C)^-2 / u
    Says so:  Almeida, Park, Subrahmanyam and Wolfenzon 2011
    """
    refuse_closed_circles(parts)
    factors = splu(csc_array(eye_array(parts.shape[0]) - parts).T.tocsc())
    rights = np.asarray(factors.solve(np.asarray(direct, dtype=np.float64)))
    steps = np.asarray(factors.solve(rights))
    return rights, np.divide(steps, rights, out=np.full_like(rights, np.inf), where=rights > 0)


def _owned(parts: csr_array) -> Array:
    """How much of each entity is owned within the matrix."""
    return np.asarray(parts.sum(axis=0)).ravel()
