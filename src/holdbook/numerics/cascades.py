"""How a fall in value spreads along who holds whom: a company that falls below its threshold loses more, and takes others along."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Cascade(NamedTuple):
    """Who fails in each wave, and what all are worth when no more do."""

    waves: tuple[tuple[int, ...], ...]
    values: Array


def values_held(dependence: ArrayLike, assets: ArrayLike) -> Array:
    """What each is worth: its parts in everyone's own assets.

    Formula: v = A p
    Says so: Elliott, Golub and Jackson 2014

    >>> values_held([[0.75, 0.25], [0.25, 0.75]], [4, 8]).tolist()
    [5.0, 7.0]
    """
    return np.asarray(dependence, dtype=np.float64) @ np.asarray(assets, dtype=np.float64)


def cascade(dependence: ArrayLike, assets: ArrayLike, thresholds: ArrayLike, costs: ArrayLike) -> Cascade:
    """The fewest failures that are consistent: start from none, and let those fail who are below their threshold, wave by wave.

    A failure costs its company `costs` of its own assets, once.

    Formula: v = A (p - b), b[i] = costs[i] if v[i] < thresholds[i] else 0
    Says so: Elliott, Golub and Jackson 2014
    """
    own, least, lost = (np.asarray(one, dtype=np.float64) for one in (assets, thresholds, costs))
    failed = np.zeros(len(own), dtype=bool)
    waves: list[tuple[int, ...]] = []
    while True:
        values = values_held(dependence, own - lost * failed)
        fresh = ~failed & (values < least)
        if not fresh.any():
            return Cascade(tuple(waves), values)
        waves.append(tuple(int(one) for one in np.flatnonzero(fresh)))
        failed |= fresh


def worst_cascade(dependence: ArrayLike, assets: ArrayLike, thresholds: ArrayLike, costs: ArrayLike) -> Cascade:
    """The most failures that are consistent: start from all, and let those recover who are not below their threshold even then.

    The waves are one: all that stay failed. Says so: Elliott, Golub and Jackson 2014, on several equilibria.
    """
    own, least, lost = (np.asarray(one, dtype=np.float64) for one in (assets, thresholds, costs))
    failed = np.ones(len(own), dtype=bool)
    while True:
        values = values_held(dependence, own - lost * failed)
        still = failed & (values < least)
        if (still == failed).all():
            wave = tuple(int(one) for one in np.flatnonzero(failed))
            return Cascade((wave,) if wave else (), values)
        failed = still
