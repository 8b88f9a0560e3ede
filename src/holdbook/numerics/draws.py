"""The chance in a step of every path: factors, a shared mixing variable, jumps and conditions, each from its own counter.

A number depends on the seed, the path, the step and what it is for, and on nothing else: one more holding, another split of the
paths or another machine moves none of the others. In 32 bits it is the same number, rounded; whether a jump comes or a condition is
met is decided in 64.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from holdbook.numerics.elementary import Array, Precision, log, normals, uniform
from holdbook.numerics.threefry import words

FACTORS, OWN, MIXING, JUMPS, CONDITIONS, PAST = 0, 1 << 16, 2 << 16, 3 << 16, 4 << 16, 5 << 16
"""Where the streams of each purpose begin; four normals are one stream."""
Paths = NDArray[np.uint64]
Places = NDArray[np.int64]
_LEAST_SQUARE = 2.0**-24
"""A chi square is no less, lest 32 bits find none at all."""


def standard_normals(paths: Paths, step: int, stream: int, count: int, seed: int, precision: Precision = "float64") -> Array:
    """Independent standard normals, shape (count, paths)."""
    found = np.empty((count, len(paths)), precision)
    for first in range(0, count, 4):
        one, two, three, four = words(paths, step, stream + first // 4, seed)
        for place, row in enumerate((*normals(one, two, precision), *normals(three, four, precision))):
            if first + place < count:
                found[first + place] = row
    return found


def mixing(paths: Paths, step: int, degrees: int, seed: int, precision: Precision = "float64") -> Array:
    """What turns normals of unit variance into Student-t's of unit variance, shared by all of a step.

    Formula:  sqrt((n - 2) / chi square of n); chi square: -2 log of a product of n // 2 uniforms, and a squared normal if n is odd
    """
    one, two, three, four = words(paths, step, MIXING, seed)
    product, total = uniform(one, precision), np.zeros(len(paths), precision)
    if degrees // 2 > 1:
        product = product * uniform(two, precision)
    if degrees % 2:
        normal = normals(three, four, precision)[0]
        total = normal * normal
    total = total - 2.0 * log(product)
    for first in range(2, degrees // 2, 4):
        some = words(paths, step, MIXING + 1 + first // 4, seed)[: degrees // 2 - first]
        product = uniform(some[0], precision)
        for word in some[1:]:
            product = product * uniform(word, precision)
        total = total - 2.0 * log(np.maximum(product, np.finfo(precision).tiny))
    return np.asarray(np.sqrt((degrees - 2.0) / np.maximum(total, total.dtype.type(_LEAST_SQUARE))))


def recalled(paths: Paths, step: int, before: Places | None, length: int, anew: float, seed: int) -> Places:
    """Which step of the past is drawn again, of `length`: with a chance any of them, otherwise the one after that `before`.

    Says so:  Politis and Romano (1994), the stationary bootstrap
    """
    one, two, _, _ = words(paths, step, PAST, seed)
    fresh = (uniform(two) * length).astype(np.int64)
    if before is None:
        return fresh
    return np.where(uniform(one) < anew, fresh, (before + 1) % length)


def jump(
    paths: Paths, step: int, kind: int, below: Array, mean: float, deviation: float, seed: int, precision: Precision = "float64"
) -> Array:
    """The sum of the jumps of one kind in a step.

    Formula:  n * mean + sqrt(n) * deviation * normal, n by inversion of its distribution
    Says so:  Merton 1976
    """
    one, two, three, _ = words(paths, step, JUMPS + kind, seed)
    chance, count = uniform(three), np.zeros(len(paths), precision)
    for limit in below:
        count = count + (chance >= limit)
    return np.asarray(count * mean + np.sqrt(count) * deviation * normals(one, two, precision)[0])


def conditions(paths: Paths, chances: Array, drawn: Sequence[int] | Places, seed: int, precision: Precision = "float64") -> Array:
    """Whether each condition is met on each path, 1 or 0, shape (conditions, paths); those with the same number are `drawn` as one."""
    found = np.empty((len(chances), len(paths)), precision)
    for place, (chance, number) in enumerate(zip(chances, drawn, strict=True)):
        found[place] = uniform(words(paths, 0, CONDITIONS + int(number), seed)[0]) < chance
    return found
