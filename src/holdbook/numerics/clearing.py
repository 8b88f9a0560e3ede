"""Who can pay whom when all owe each other: the greatest payments that are consistent, and who fails.

Entities are numbers from 0. All claims on an entity rank alike, and nobody pays more than is owed or than there is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
_ROUNDING = 1e-12


class Cleared(NamedTuple):
    """What comes of it.

    Fields:
        payments: what each pays in all, to the others and to outsiders.
        worth: what each has left, or by how much its assets fall short; after a failure's costs.
        waves: who fails in each round: those who could not pay even if all others did, then those whom they take along.
    """

    payments: Array
    worth: Array
    waves: tuple[tuple[int, ...], ...]


def clearing(liabilities: ArrayLike, outside_assets: ArrayLike, outside_liabilities: ArrayLike) -> Cleared:
    """Payments without costs of failure, by the algorithm of fictitious defaults: at most one round for each entity.

    `liabilities[i, j]` is what i owes j.

    Formula: p = min(owed, what the others pay + outside assets), the greatest such p
    Says so: Eisenberg and Noe 2001

    Raises ValueError for a negative amount or shapes that do not fit.

    >>> clearing([[0, 4, 0], [0, 0, 3], [2, 0, 0]], [18, 18, 9], [17, 18, 8]).payments.tolist()
    [20.0, 21.0, 10.0]
    """
    return clearing_with_costs(liabilities, outside_assets, outside_liabilities, outside_recovered=1.0, claims_recovered=1.0)


def clearing_with_costs(
    liabilities: ArrayLike, outside_assets: ArrayLike, outside_liabilities: ArrayLike, *, outside_recovered: float, claims_recovered: float
) -> Cleared:
    """Payments where who fails gets only a part of its outside assets and of its claims on the others; without costs both are one.

    Formula: p = owed, if owed <= e + what the others pay; else alpha e + beta (what the others pay); the greatest such p
    Says so: Rogers and Veraart 2013 (alpha is `outside_recovered`, beta `claims_recovered`)

    Raises ValueError for a negative amount, a part above one or shapes that do not fit.
    """
    owes, assets, beyond = _checked(liabilities, outside_assets, outside_liabilities)
    if not (0 <= outside_recovered <= 1 and 0 <= claims_recovered <= 1):
        raise ValueError("what is recovered is a part from 0 to 1")
    owed = owes.sum(axis=1) + beyond
    shares = np.divide(owes, owed[:, None], out=np.zeros_like(owes), where=owed[:, None] > 0)
    failed = np.zeros(len(owed), dtype=bool)
    payments = owed.copy()
    waves: list[tuple[int, ...]] = []
    while True:
        short = ~failed & (assets + shares.T @ payments < owed * (1 - _ROUNDING))
        if not short.any():
            break
        waves.append(tuple(int(one) for one in np.flatnonzero(short)))
        failed |= short
        payments = _paid(shares, owed, assets * outside_recovered, claims_recovered, failed)
    received = shares.T @ payments
    worth = np.where(failed, outside_recovered * assets + claims_recovered * received, assets + received) - owed
    return Cleared(payments, worth, tuple(waves))


def _checked(liabilities: ArrayLike, assets: ArrayLike, beyond: ArrayLike) -> tuple[Array, Array, Array]:
    owes, have, out = (np.asarray(one, dtype=np.float64) for one in (liabilities, assets, beyond))
    size = owes.shape[0]
    if owes.shape != (size, size) or have.shape != (size,) or out.shape != (size,):
        raise ValueError("a square of liabilities goes with one outside asset and one outside liability for each entity")
    if not all(np.isfinite(one).all() and (one >= 0).all() for one in (owes, have, out)):
        raise ValueError("an amount is below zero, or no number")
    if owes.diagonal().any():
        raise ValueError("an entity owes itself")
    return owes, have, out


def _paid(shares: Array, owed: Array, assets: Array, recovered: float, failed: NDArray[np.bool_]) -> Array:
    """What all pay when those who fail pay all that they get, and the others all that they owe.

    The system has one solution: of a set who owe only each other, what one pays another gets, so never all of them fall short.
    """
    payments = owed.copy()
    inner = shares[np.ix_(failed, failed)]
    from_others = shares[np.ix_(~failed, failed)].T @ owed[~failed]
    system = np.eye(inner.shape[0]) - recovered * inner.T
    right = assets[failed] + recovered * from_others
    payments[failed] = np.linalg.solve(system, right)
    return payments
