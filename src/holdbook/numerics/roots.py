"""All real roots of a sum of exponentials: every rate at which a row of dated amounts is worth nothing.

With y = log(1 + rate) the present value is f(y) = sum of a * exp(-t * y), and every y counts. The line is cut in pieces until a Taylor
bound with a proven remainder shows of each that f, its slope or its curvature keeps its sign there; then the roots of the
curvature split the slope in rising and falling parts, and those of the slope split f. So a close pair of roots is not stepped over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import mul
from typing import NamedTuple

_EPSILON = 2.0**-52
_LARGEST = 700.0
_ORDERS = 8
_FADED = 40.0
_STEPS = 200


class _Weights(NamedTuple):
    """The terms at one y, divided by the greatest, and the logarithms of their sizes; their times from a centre; how far rounding goes."""

    terms: list[float]
    logs: list[float]
    times: list[float]
    centre: float
    noise: float


def exponential_roots(amounts: Sequence[float], times: Sequence[float]) -> tuple[float, ...]:
    """Every real y with a[0] exp(-t[0] y) + a[1] exp(-t[1] y) + ... = 0, in rising order.

    Amounts are not zero, times rise. Roots between which the sum cannot be told from zero in floating point are given as one.

    >>> [round(y, 9) for y in exponential_roots([2.0, -3.0, 1.0], [0.0, 1.0, 2.0])]
    [-0.693147181, 0.0]
    """
    changes = sum((one < 0) != (other < 0) for one, other in pairwise(amounts))
    return () if changes == 0 else _Sum(amounts, times).roots()


class _Sum:
    """A sum of exponentials that has terms of both signs."""

    def __init__(self, amounts: Sequence[float], times: Sequence[float]) -> None:
        self.signs = [math.copysign(1.0, amount) for amount in amounts]
        self.logs = [math.log(abs(amount)) for amount in amounts]
        self.times = [time - times[0] for time in times]

    def roots(self) -> tuple[float, ...]:
        """The roots of all pieces, those that cannot be told apart as one; after one change of sign there is just one."""
        low, high = self._range()
        once = sum(one != other for one, other in pairwise(self.signs)) == 1
        found = sorted(self._monotone(low, high, 0.0, 1) if once else set(self._pieces(low, high)))
        kept: list[float] = []
        for root in found:
            if kept and self._is_nothing((kept[-1] + root) / 2):
                kept[-1] = min(kept[-1], root, key=self._size)
            else:
                kept.append(root)
        return tuple(kept)

    def _range(self) -> tuple[float, float]:
        """Beyond this range the first or the last term outweighs all of the other sign: no root is there."""
        ends = []
        for end in (-1, 0):
            against = [n for n, sign in enumerate(self.signs) if sign != self.signs[end]]
            share = math.log(len(against)) - self.logs[end]
            ends.append([(share + self.logs[n]) / (self.times[n] - self.times[end]) for n in against])
        low, high = min(ends[0]), max(ends[1])
        room = 1e-6 * (1 + abs(low) + abs(high))
        return low - room, high + room

    def _pieces(self, low: float, high: float) -> Iterator[float]:
        open_pieces = [(low, high)] if low < high else []
        while open_pieces:
            low, high = open_pieces.pop()
            middle, half = (low + high) / 2, (high - low) / 2
            at = self._weights(middle)
            ladder = _ladder(at, half)
            keeps = _first_of_one_sign(ladder, half)
            if keeps is not None:
                yield from self._monotone(low, high, at.centre, keeps)
            elif _is_flat(ladder, half) or not low < middle < high:
                yield middle
            else:
                open_pieces += [(middle, high), (low, middle)]

    def _monotone(self, low: float, high: float, centre: float, keeps: int) -> list[float]:
        """The roots in a piece in which derivative number `keeps` of exp(centre y) f(y) has one sign."""
        roots: list[float] = []
        for order in range(keeps - 1, -1, -1):
            cuts = [low, *roots, high]
            roots = sorted({root for a, b in pairwise(cuts) if (root := self._single(a, b, centre, order)) is not None})
        return roots

    def _single(self, low: float, high: float, centre: float, order: int) -> float | None:
        """The one root of a derivative in a piece where it only rises or only falls; an end that is zero is one."""
        ends = [self._sign(y, centre, order) for y in (low, high)]
        if 0 in ends:
            return min(
                (y for y, sign in zip((low, high), ends, strict=True) if sign == 0), key=lambda y: abs(self._ratio(y, centre, order)[0])
            )
        return None if ends[0] == ends[1] else bracketed(lambda y: self._ratio(y, centre, order), low, high)

    def _weights(self, y: float, centre: float | None = None) -> _Weights:
        raw = [log - time * y for log, time in zip(self.logs, self.times, strict=True)]
        top = max(raw)
        logs = [one - top for one in raw]
        sizes = [math.exp(log) for log in logs]
        if centre is None:
            centre = sum(map(mul, sizes, self.times)) / sum(sizes)
        blur = max(abs(log) + 2 * abs(log - one) for log, one in zip(self.logs, raw, strict=True) if one > top - _FADED)
        terms = list(map(mul, self.signs, sizes))
        return _Weights(terms, logs, [time - centre for time in self.times], centre, _EPSILON * (4 + blur))

    def _ratio(self, y: float, centre: float, order: int) -> tuple[float, float]:
        """A derivative at y and its own slope, both divided by one positive number."""
        at = self._weights(y, centre)
        terms = _powered(at, order)
        return (-1.0) ** order * sum(terms), (-1.0) ** (order + 1) * sum(map(mul, terms, at.times))

    def _sign(self, y: float, centre: float, order: int) -> int:
        """-1, 1, or 0 where rounding hides it."""
        at = self._weights(y, centre)
        terms = _powered(at, order)
        value = (-1.0) ** order * math.fsum(terms)
        return 0 if abs(value) <= at.noise * sum(map(abs, terms)) else int(math.copysign(1, value))

    def _is_nothing(self, y: float) -> bool:
        return self._sign(y, 0.0, 0) == 0

    def _size(self, y: float) -> float:
        return abs(math.fsum(self._weights(y).terms))


def bracketed(value_and_slope: Callable[[float], tuple[float, float]], low: float, high: float) -> float:
    """The root between two points where a function has opposite signs, by Newton's steps, halved where they leave or stall.

    >>> round(bracketed(lambda x: (x * x - 2, 2 * x), 0.0, 2.0), 12)
    1.414213562373
    """
    falls = value_and_slope(low)[0] > 0
    y, before = (low + high) / 2, math.inf
    for _ in range(_STEPS):
        value, slope = value_and_slope(y)
        if value == 0:
            return y
        low, high = (y, high) if (value > 0) == falls else (low, y)
        following = y - value / slope if slope else low
        if not (low < following < high and abs(following - y) < before / 2):
            following = (low + high) / 2
        before, y = abs(following - y), following
        if before <= _EPSILON * abs(y):
            break
    return y


def _powered(at: _Weights, order: int) -> list[float]:
    terms = at.terms
    for _ in range(order):
        terms = list(map(mul, terms, at.times))
    return terms


class _Ladder(NamedTuple):
    """The size of each derivative at the centre, the most that rounding can hide of it, and a bound of the one after the last."""

    sizes: list[float]
    hidden: list[float]
    rest: float


def _ladder(at: _Weights, half: float) -> _Ladder:
    terms, sizes, hidden = at.terms, [], []
    for _ in range(_ORDERS):
        sizes.append(abs(sum(terms)))
        hidden.append(at.noise * sum(map(abs, terms)))
        terms = list(map(mul, terms, at.times))
    rest = sum(math.exp(min(log + abs(time) * half, _LARGEST)) * abs(time) ** _ORDERS for log, time in zip(at.logs, at.times, strict=True))
    return _Ladder(sizes, hidden, rest)


def _moves(ladder: _Ladder, order: int, half: float) -> float:
    """How far a derivative can move within `half` of the centre, by Taylor's formula with its remainder."""
    moved, factor = 0.0, 1.0
    for step, size in enumerate(ladder.sizes[order + 1 :], 1):
        factor *= half / step
        moved += size * factor
    return moved + ladder.rest * factor * half / (_ORDERS - order)


def _first_of_one_sign(ladder: _Ladder, half: float) -> int | None:
    """The lowest derivative, up to the second, that surely keeps its sign within `half` of the centre; None if none does."""
    orders = (order for order in range(3) if ladder.sizes[order] > ladder.hidden[order] + _moves(ladder, order, half))
    return next(orders, None)


def _is_flat(ladder: _Ladder, half: float) -> bool:
    """Whether the sum cannot be told from zero anywhere within `half` of the centre."""
    return ladder.sizes[0] + _moves(ladder, 0, half) <= 2 * ladder.hidden[0]
