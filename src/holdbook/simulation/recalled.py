"""Months that were, as an engine draws them again: without their mean, in deviations, and taken apart into directions that go each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from holdbook.simulation.plan import Past, Plan

Rows = Sequence[Sequence[float]]


def correlation_of(plan: Plan) -> list[list[float]]:
    """How the factors go together: of the months that are drawn again, else as the plan says, else each by itself."""
    size = len(plan.factors)
    if plan.past is None:
        given = plan.correlation or [[float(row == column) for column in range(size)] for row in range(size)]
        return [list(row) for row in given]
    scaled = _scaled(plan.past)
    found = [[sum(month[row] * month[column] for month in scaled) / len(scaled) for column in range(size)] for row in range(size)]
    return [[1.0 if row == column else found[row][column] for column in range(size)] for row in range(size)]


def whitened(past: Past, lower: Rows) -> list[list[float]]:
    """The months in the directions of a lower triangle L, so that L times a row is the row of deviations again.

    Formula:  L w = (r - mean r) / sd r, by forward substitution; a direction without variance has none
    """
    found = []
    for month in _scaled(past):
        row: list[float] = []
        for place, deviation in enumerate(month):
            left = deviation - sum(lower[place][before] * one for before, one in enumerate(row))
            row.append(left / lower[place][place] if lower[place][place] > 0 else 0.0)
        found.append(row)
    return found


def _scaled(past: Past) -> list[list[float]]:
    columns = [_deviations(column) for column in zip(*past.returns, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def _deviations(returns: Sequence[float]) -> list[float]:
    mean = sum(returns) / len(returns)
    deviation = sqrt(sum((one - mean) ** 2 for one in returns) / len(returns))
    return [(one - mean) / deviation if deviation > 0 else 0.0 for one in returns]
