"""The least unlikely combination of moves that brings a ratio of debt to value to its limit, under a stated covariance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


class Least(NamedTuple):
    """The moves of the drivers, and how far they are from nothing in standard deviations (Mahalanobis)."""

    moves: Vector
    radius: float


def least_unlikely(covariance: Matrix, weights: Vector, ratio: float, limit: float, mean: Vector | None = None) -> Least:
    """The most plausible moves that meet a limit on loan to value, the debt staying as it is.

    Formula:  needed fall k = 1 - ratio / limit; x = mean - (k + w'mean) C w / (w'C w); radius = (k + w'mean) / sqrt(w'C w)
    Units:    weights are parts of the holdings, moves are returns over the horizon of the covariance
    Says so:  Studer (1997); Breuer, Jandačka, Rheinberger and Summer (2009)

    Raises ValueError when the limit is met already, or nothing that carries weight moves.

    >>> found = least_unlikely(np.array([[0.36, 0.168], [0.168, 0.16]]), np.array([0.7, 0.3]), 0.165, 0.35)
    >>> round(found.radius, 6)
    1.033913
    """
    centre = np.zeros_like(weights) if mean is None else mean
    needed = 1 - ratio / limit + float(weights @ centre)
    towards = covariance @ weights
    spread = float(weights @ towards)
    if needed <= 0:
        raise ValueError("the limit is met already")
    if spread <= 0:
        raise ValueError("nothing that carries weight moves")
    return Least(centre - needed * towards / spread, needed / float(np.sqrt(spread)))
