"""Matrices of correlation: the nearest one to a matrix that is none, a repair by its spectrum, and shrinkage."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_CLOSE = 1e-12
_MOST = 100_000
_LEAST = 1e-12


class Repaired(NamedTuple):
    """A matrix of correlation, how far it is from the one that was given (Frobenius), and in how many steps it was found."""

    matrix: Matrix
    distance: float
    steps: int


def is_correlation(matrix: Matrix, slack: float = 1e-10) -> bool:
    """Whether a matrix is symmetric, has ones on its diagonal, and no eigenvalue below zero beyond some slack.

    >>> is_correlation(np.array([[1.0, 0.5], [0.5, 1.0]]))
    True
    """
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not square or not np.isfinite(matrix).all() or not np.allclose(matrix, matrix.T, atol=slack):
        return False
    return bool(np.allclose(np.diag(matrix), 1, atol=slack) and np.linalg.eigvalsh(matrix)[0] >= -slack)


def nearest_correlation(matrix: Matrix) -> Repaired:
    """The matrix of correlation that is nearest to a symmetric one, entry by entry.

    Formula:  alternating projections on matrices without negative eigenvalues and on those with a diagonal of ones, with Dykstra's correction
    Says so:  Higham (2002)

    Raises ValueError when the matrix is not square, finite and symmetric.
    """
    given = _symmetric(matrix)
    current, correction, step = given.copy(), np.zeros_like(given), 0
    settled = False
    while not settled and step < _MOST:
        step += 1
        shifted = current - correction
        flat = _without_negatives(shifted)
        correction = flat - shifted
        moved = flat.copy()
        np.fill_diagonal(moved, 1.0)
        settled = bool(np.linalg.norm(moved - current) <= _CLOSE * max(1.0, float(np.linalg.norm(moved))))
        current = moved
    return Repaired(current, float(np.linalg.norm(current - given)), step)


def spectral_correlation(matrix: Matrix) -> Repaired:
    """A matrix of correlation by leaving negative eigenvalues out and scaling the diagonal back to ones: quick, and not the nearest.

    Formula:  B = V sqrt(max(lambda, 0)), each row scaled to length one; B B'
    Says so:  Jäckel, Monte Carlo Methods in Finance (2002)

    Raises ValueError when the matrix is not square, finite and symmetric.
    """
    given = _symmetric(matrix)
    values, vectors = np.linalg.eigh(given)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    root /= np.linalg.norm(root, axis=1)[:, None]
    found = root @ root.T
    np.fill_diagonal(found, 1.0)
    return Repaired(found, float(np.linalg.norm(found - given)), 1)


def shrunk(covariance: Matrix, intensity: float) -> Matrix:
    """A covariance drawn towards equal variances without correlation.

    Formula:  (1 - intensity) S + intensity m I, m the mean variance
    Says so:  Ledoit and Wolf (2004)

    Raises ValueError when the intensity is not within 0 and 1.
    """
    if not 0 <= intensity <= 1:
        raise ValueError("an intensity of shrinkage is within 0 and 1")
    size = covariance.shape[0]
    return np.asarray((1 - intensity) * covariance + intensity * float(np.trace(covariance)) / size * np.eye(size), dtype=np.float64)


def shrinkage_intensity(returns: Matrix) -> float:
    """How far to shrink the sample covariance of returns (a row a day, a column an asset), so that the expected error is least.

    Formula:  min(b^2, d^2) / d^2 with d^2 = |S - m I|^2, b^2 = mean of |x x' - S|^2 / days, norms divided by the size
    Says so:  Ledoit and Wolf (2004), Journal of Multivariate Analysis 88
    """
    centred = returns - returns.mean(axis=0)
    days, size = centred.shape
    sample = centred.T @ centred / days
    spread = float(np.sum((sample - np.trace(sample) / size * np.eye(size)) ** 2)) / size
    if spread == 0:
        return 1.0
    fourth = float(np.sum(np.sum(centred**2, axis=1) ** 2)) / days - float(np.sum(sample**2))
    return float(min(fourth / days / size, spread) / spread)


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


def _symmetric(matrix: Matrix) -> Matrix:
    given = np.asarray(matrix, dtype=np.float64)
    square = given.ndim == 2 and given.shape[0] == given.shape[1] and given.size > 0
    if not square or not np.isfinite(given).all() or not np.allclose(given, given.T, rtol=0, atol=1e-9):
        raise ValueError("a matrix that can be repaired is square, finite and symmetric")
    return (given + given.T) / 2


def _without_negatives(matrix: Matrix) -> Matrix:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 0.0)) @ vectors.T, dtype=np.float64)
