"""Intervals of exact numbers with open or closed ends, and their arithmetic.

An end is an exact Fraction, or infinite (None). Every operation gives an interval that holds all results; it is the least such
one when its operands vary independently. XBRL Calculations 1.1 is the model of `meets`: one common closed point is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

_BITS = 320
_DIGITS = 256


class Interval(NamedTuple):
    """All numbers from `low` to `high`; None is an end at infinity.

    >>> print(Interval.of(3, 5) - Interval.of(1, 2))
    [1, 4]
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, low: Fraction | int | str, high: Fraction | int | str) -> Interval:
        """The closed interval between two numbers."""
        return cls(Fraction(low), Fraction(high))

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The interval that is one number."""
        value = Fraction(value)
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    @property
    def is_empty(self) -> bool:
        """Whether no number is in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (int, Fraction)):
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return not self.common(other).is_empty

    def common(self, other: Interval) -> Interval:
        """The numbers that are in both."""
        return _between(max(_low(self), _low(other)), min(_high(self), _high(other)))

    def hull(self, other: Interval) -> Interval:
        """The least interval that holds both."""
        return _between(min(_low(self), _low(other)), max(_high(self), _high(other)))

    def __neg__(self) -> Interval:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def __add__(self, other: object) -> Interval:
        return total((self, other)) if isinstance(other, Interval) else NotImplemented

    def __sub__(self, other: Interval) -> Interval:
        return total((self, -other))

    def __mul__(self, other: object) -> Interval:
        return _product(self, other) if isinstance(other, Interval) else NotImplemented

    def inverse(self) -> Interval | None:
        """One over it, or None if zero is in it or it reaches zero from both sides."""
        low, high = self.low, self.high
        if (low is None or low < 0) and (high is None or high > 0):
            return None
        if (low == 0 and not self.low_open) or (high == 0 and not self.high_open):
            return None
        bottom = None if high == 0 else Fraction(0) if high is None else 1 / high
        top = None if low == 0 else Fraction(0) if low is None else 1 / low
        return Interval(
            bottom, top, bottom is not None and (self.high_open or high is None), top is not None and (self.low_open or low is None)
        )

    def minimum(self, other: Interval) -> Interval:
        """The least of a number of this one and a number of the other."""
        return _between(min(_low(self), _low(other)), min(_high(self), _high(other)))

    def maximum(self, other: Interval) -> Interval:
        """The greatest of a number of this one and a number of the other."""
        return _between(max(_low(self), _low(other)), max(_high(self), _high(other)))

    def rounded_outward(self) -> Interval:
        """Itself while its ends are short; else a little wider, with ends of a fixed number of binary digits.

        Long chains of divisions would otherwise double the length of their fractions at each step.
        """
        if _short(self.low) and _short(self.high):
            return self
        return Interval(_shortened(self.low, -1), _shortened(self.high, 1), self.low_open, self.high_open)

    def __str__(self) -> str:
        low = "-inf" if self.low is None else str(self.low)
        high = "inf" if self.high is None else str(self.high)
        return f"{'(' if self.low_open or self.low is None else '['}{low}, {high}{')' if self.high_open or self.high is None else ']'}"


EVERYTHING = Interval(None, None)
ZERO = Interval.point(0)

_Edge = tuple[Fraction | float, int]


def _low(interval: Interval) -> _Edge:
    return (float("-inf"), 0) if interval.low is None else (interval.low, int(interval.low_open))


def _high(interval: Interval) -> _Edge:
    return (float("inf"), 1) if interval.high is None else (interval.high, int(not interval.high_open))


def _between(low: _Edge, high: _Edge) -> Interval:
    return Interval(_end(low[0]), _end(high[0]), bool(low[1]), not high[1])


def _end(value: Fraction | float) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of any number of intervals; an end is closed only if every part's is."""
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    low_open = high_open = False
    for part in parts:
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
        low_open |= part.low_open
        high_open |= part.high_open
    return Interval(low, high, low_open and low is not None, high_open and high is not None)


def _product(left: Interval, right: Interval) -> Interval:
    if ZERO in (left, right):
        return ZERO
    corners = [
        _corner(left[i], left[i + 2], i, right[j], right[j + 2], j)  # type: ignore[arg-type]
        for i in (0, 1)
        for j in (0, 1)
    ]
    low, low_open = min(corners)
    high, high_closed = max((value, int(not opened)) for value, opened in corners)
    return Interval(_end(low), _end(high), bool(low_open) and low != float("-inf"), not high_closed and high != float("inf"))


def _corner(a: Fraction | None, a_open: bool, a_top: int, b: Fraction | None, b_open: bool, b_top: int) -> _Edge:
    """The product at one corner. A closed zero beats an open or an infinite partner: zero times anything is reached there."""
    if (a == 0 and not a_open) or (b == 0 and not b_open):
        return Fraction(0), 0
    if a is not None and b is not None:
        return a * b, int(a_open or b_open)
    if a == 0 or b == 0:
        return Fraction(0), 1
    positive = _positive(a, a_top) == _positive(b, b_top)
    return float("inf") if positive else float("-inf"), 1


def _positive(value: Fraction | None, top: int) -> bool:
    return bool(top) if value is None else value > 0


def _short(value: Fraction | None) -> bool:
    return value is None or (value.denominator.bit_length() <= _BITS and value.numerator.bit_length() <= _BITS)


def _shortened(value: Fraction | None, direction: int) -> Fraction | None:
    if value is None or value == 0:
        return value
    scale = _DIGITS - (value.numerator.bit_length() - value.denominator.bit_length())
    factor = Fraction(2) ** scale
    scaled = value * factor
    whole = -((-scaled.numerator) // scaled.denominator) if direction > 0 else scaled.numerator // scaled.denominator
    return whole / factor


def shortened(value: Fraction) -> Fraction:
    """The number itself while it is short, else the nearest one below with a fixed number of binary digits."""
    if _short(value):
        return value
    near = _shortened(value, -1)
    return value if near is None else near
