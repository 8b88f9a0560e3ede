"""What is kept of all paths: whole numbers, and the least and the most, so that it is the same in any order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from holdbook.numerics.tables import BINS, MEASURES, Floats, Tables, Whole

ONE = 1 << 20
"""The log return of one, as it is summed: in millionths or so."""

_SUMS = ("bins", "breached", "first", "called", "sold", "drawn", "drivers")


class Grid(NamedTuple):
    """Where the bins of each measure begin, and how many there are to one unit of it."""

    low: Floats
    per_unit: Floats


class Tally:
    """The counts of some paths.

    Fields:
        paths: how many were walked.
        bins (T, measures, bins): of each measure at the end of each step; what lies outside is in the first or the last.
        least, most (T, measures): of each measure at the end of each step.
        breached, first (T, L): paths beyond each limit in a step; those beyond it for the first time.
        called, sold, drawn (T): paths on which in the step a loan was called, something was sold, a line was drawn.
        drivers (L, A): sum of the log returns of each holding until the limit was first breached, in 2^-20.
        worst, worst_path: the highest loan to value of any step, and its path; the first of several.
    """

    def __init__(self, of: Tables) -> None:
        steps, limits = of.steps, len(of.bound)
        self.paths = 0
        self.bins: Whole = np.zeros((steps, len(MEASURES), BINS), np.int64)
        self.breached: Whole = np.zeros((steps, limits), np.int64)
        self.first: Whole = np.zeros((steps, limits), np.int64)
        self.called: Whole = np.zeros(steps, np.int64)
        self.sold: Whole = np.zeros(steps, np.int64)
        self.drawn: Whole = np.zeros(steps, np.int64)
        self.drivers: Whole = np.zeros((limits, len(of.value)), np.int64)
        self.least: Floats = np.full((steps, len(MEASURES)), np.inf)
        self.most: Floats = np.full((steps, len(MEASURES)), -np.inf)
        self.worst = -1.0
        self.worst_path = -1

    def add(self, other: Tally) -> None:
        """Take in the counts of other paths."""
        self.paths += other.paths
        for name in _SUMS:
            mine = getattr(self, name)
            mine += getattr(other, name)
        self.least, self.most = np.minimum(self.least, other.least), np.maximum(self.most, other.most)
        self.consider(other.worst, other.worst_path)

    def consider(self, score: float, path: int) -> None:
        """Keep the worse of two paths; of two that are as bad the one with the lower number."""
        if path >= 0 and (score > self.worst or (score == self.worst and path < self.worst_path)):
            self.worst, self.worst_path = score, path

    def same_as(self, other: Tally) -> bool:
        """Whether every count is the same."""
        names = (*_SUMS, "least", "most", "paths", "worst", "worst_path")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)
