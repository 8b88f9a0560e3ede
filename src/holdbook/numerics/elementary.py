"""Logarithm, exponential, sine and cosine made of sums, products and one division: the same bits here and in `kernel.c`.

A library's functions differ in the last bit from one machine to the next; a path that meets a limit by a hair would then breach on
one of them only. The series are cut where the next term is below 2^-44.
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

from holdbook.numerics.philox import Words

Array = NDArray[np.float64]
LN2_HIGH, LN2_LOW = float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")
"""The logarithm of two in two parts; the first has room for a whole factor."""
_PER_LN2 = float.fromhex("0x1.71547652b82fep+0")
_SHIFT = 6755399441055744.0
"""1.5 * 2^52: adding it rounds to a whole number, which then stands in the low bits."""
_SQRT2 = float.fromhex("0x1.6a09e667f3bcdp+0")
_TURN = float.fromhex("0x1.921fb54442d18p-30")
"""2 pi / 2^32."""
_MOST = 700.0
_ONE_BITS, _MANTISSA, _BIAS = np.int64(0x3FF0000000000000), np.int64(0x000FFFFFFFFFFFFF), 1023
_LOG = [1 / (2 * power + 1) for power in range(8, -1, -1)]
_EXP = [1 / factorial(power) for power in range(11, -1, -1)]
_SIN = [(-1) ** power / factorial(2 * power + 1) for power in range(6, -1, -1)]
_COS = [(-1) ** power / factorial(2 * power) for power in range(7, -1, -1)]


def _series(terms: list[float], x: Array) -> Array:
    total = np.full_like(x, terms[0])
    for term in terms[1:]:
        total = total * x + term
    return total


def log(x: Array) -> Array:
    """The natural logarithm of a positive normal float.

    Formula:  x = 2^e * m, s = (m - 1) / (m + 1); e log 2 + 2 (s + s^3 / 3 + s^5 / 5 ...)
    """
    bits = x.view(np.int64)
    exponent = ((bits >> 52) - _BIAS).astype(np.float64)
    mantissa = ((bits & _MANTISSA) | _ONE_BITS).view(np.float64)
    large = mantissa > _SQRT2
    mantissa = np.where(large, mantissa * 0.5, mantissa)
    exponent = np.where(large, exponent + 1.0, exponent)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    return np.asarray(exponent * LN2_HIGH + (exponent * LN2_LOW + (s + s) * _series(_LOG, s * s)))


def exp(x: Array) -> Array:
    """The exponential; beyond 700 on either side that of 700.

    Formula:  n = x / log 2, rounded; 2^n * (1 + r + r^2 / 2 + ...) with r = x - n log 2
    """
    x = np.where(x < _MOST, x, _MOST)
    x = np.where(x > -_MOST, x, -_MOST)
    shifted = x * _PER_LN2 + _SHIFT
    whole = shifted - _SHIFT
    rest = (x - whole * LN2_HIGH) - whole * LN2_LOW
    scale = ((whole.astype(np.int64) + _BIAS) << 52).view(np.float64)
    return np.asarray(_series(_EXP, rest) * scale)


def sin_cos(word: Words) -> tuple[Array, Array]:
    """Sine and cosine of a random angle: a word counts the 2^32 parts of a turn."""
    quarter = (word + np.uint32(0x20000000)) >> np.uint32(30)
    rest = (word - (quarter << np.uint32(30))).view(np.int32).astype(np.float64) * _TURN
    square = rest * rest
    sine, cosine = rest * _series(_SIN, square), _series(_COS, square)
    odd, low = (quarter & 1).astype(bool), (quarter & 2).astype(bool)
    sines, cosines = np.where(odd, cosine, sine), np.where(odd, sine, cosine)
    return np.where(low, -sines, sines), np.where(low ^ odd, -cosines, cosines)


def uniform(word: Words) -> Array:
    """A number strictly between 0 and 1: the middle of one of 2^32 equal parts."""
    return np.asarray((word.astype(np.float64) + 0.5) * 2.0**-32)


def normals(radius: Words, angle: Words) -> tuple[Array, Array]:
    """Two independent standard normals from two words.

    Formula:  sqrt(-2 log u) times the cosine, and the sine, of a random angle
    Says so:  Box and Muller 1958
    """
    length = np.sqrt(-2.0 * log(uniform(radius)))
    sine, cosine = sin_cos(angle)
    return length * cosine, length * sine
