"""A matrix that is meant to be one of correlations and is none: how it fails, and the nearest that is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_ROUNDS, _CLOSE = 10_000, 1e-12
_LEAST = 1e-10
"""An eigenvalue that is no further below zero is zero, computed in floats."""


def nearest_correlation(matrix: Array) -> tuple[Array, float]:
    """The correlation matrix that lies nearest, and how far off it is in the Frobenius norm; 0 if it was one.

    Formula:  alternating projections on the matrices without negative eigenvalues, with Dykstra's correction, and those of unit diagonal
    Says so:  Higham 2002, `Computing the nearest correlation matrix`
    """
    matrix = np.asarray(matrix, float)
    given = (matrix + matrix.T) / 2
    if is_correlation(matrix):
        return given, 0.0
    found, correction = given.copy(), np.zeros_like(given)
    for _ in range(_ROUNDS):
        tried = found - correction
        positive = _without_negative(tried)
        correction = positive - tried
        before, found = found, positive.copy()
        np.fill_diagonal(found, 1.0)
        if np.abs(found - before).max() < _CLOSE:
            break
    return found, float(np.linalg.norm(found - given))


def spectral_correlation(matrix: Array) -> Array:
    """A correlation matrix near by: negative eigenvalues become nothing, and each row is scaled back to one.

    Formula:  rows of V sqrt(max(l, 0)) scaled to length 1, times their transpose
    Says so:  Rebonato and Jaeckel 1999
    """
    values, vectors = np.linalg.eigh(np.asarray(matrix, float))
    rows = vectors * np.sqrt(np.maximum(values, 0.0))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    return np.asarray(rows @ rows.T)


def is_correlation(matrix: Array) -> bool:
    """Whether it is symmetric, has ones on its diagonal and no negative eigenvalue."""
    matrix = np.asarray(matrix, float)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not square or not np.allclose(matrix, matrix.T, atol=_CLOSE, rtol=0) or not np.allclose(np.diag(matrix), 1.0, atol=_CLOSE, rtol=0):
        return False
    return bool(not len(matrix) or np.linalg.eigvalsh(matrix)[0] >= -_LEAST)


def loadings(correlation: list[list[float]]) -> list[list[float]]:
    """A lower triangle L with L times its transpose equal to it, in plain floats: a library's last bits differ between machines.

    Formula:  Cholesky; a direction without variance gets none

    >>> loadings([[1.0, 0.6], [0.6, 1.0]])
    [[1.0, 0.0], [0.6, 0.8]]
    """
    size = len(correlation)
    found = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = correlation[row][column] - sum(found[row][k] * found[column][k] for k in range(column))
            if row == column:
                found[row][row] = max(rest, 0.0) ** 0.5
            elif found[column][column] > _LEAST**0.5:
                found[row][column] = rest / found[column][column]
    return found


def _without_negative(matrix: Array) -> Array:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 0.0)) @ vectors.T)
