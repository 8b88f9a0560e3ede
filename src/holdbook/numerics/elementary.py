"""Logarithm, exponential, sine and cosine made of sums, products and one division: the same bits here and in `kernel.c`.

A library's functions differ in the last bit from one machine to the next; a path that meets a limit by a hair would then breach on
one of them only. The terms are those of the polynomial that is nowhere far from the function, as near as 1e-15 in 64 bits and 1e-7
in 32; they were fitted for this file.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from holdbook.numerics.threefry import Words

Precision = Literal["float64", "float32"]
Array = NDArray[Any]
_PER_LN2 = float.fromhex("0x1.71547652b82fep+0")
_ANGLE = float.fromhex("0x1.921fb54442d18p-31")
"""Half pi / 2^31."""


def _read(terms: str) -> tuple[float, ...]:
    return tuple(float.fromhex(term) for term in terms.split())


class _Made(NamedTuple):
    """What the functions are made of in one precision.

    Fields:
        whole, bits, bias: of a float as it is stored: a whole number as wide, how many bits of it are mantissa, the exponent of 1.
        root_half: the square root of a half, as it is stored.
        ln2: the logarithm of two in two parts; the first has room for a whole factor, or is all of it.
        shift: adding it rounds to a whole number. farthest: beyond it the exponential stays what it is there.
        log, exp, sine, cosine: terms, the last first; what comes after them is 1.
    """

    whole: type[np.signedinteger[Any]]
    bits: int
    bias: int
    root_half: int
    ln2: tuple[float, float]
    shift: float
    farthest: float
    log: tuple[float, ...]
    exp: tuple[float, ...]
    sine: tuple[float, ...]
    cosine: tuple[float, ...]


_MADE: dict[np.dtype[Any], _Made] = {
    np.dtype(np.float32): _Made(
        np.int32, 23, 127, 0x3F3504F3, (float.fromhex("0x1.62e43p-1"), 0.0), 12582912.0, 87.0,
        _read("0x1.31e2f4p-3 0x1.995ebap-3 0x1.55557ap-2"),
        _read("0x1.106288p-7 0x1.5729f2p-5 0x1.5557aep-3 0x1.fffdfcp-2"),
        _read("0x1.5cf92ep-19 -0x1.9f5ff4p-13 0x1.110e6ap-7 -0x1.555548p-3"),
        _read("0x1.85231ep-16 -0x1.6b398ep-10 0x1.554fb8p-5 -0x1.ffffd2p-2"),
    ),
    np.dtype(np.float64): _Made(
        np.int64, 52, 1023, 0x3FE6A09E667F3BCD, (float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")),
        6755399441055744.0, 700.0,
        _read("0x1.27c817b699a78p-4 0x1.3a5bab7d80747p-4 0x1.745f0262f4d0dp-4 0x1.c71c750f0859fp-4 0x1.24924917f9095p-3 0x1.99999999ac799p-3 0x1.555555555551cp-2"),
        _read("0x1.26e3bf2fa87e8p-22 0x1.72e9773c32395p-19 0x1.a01ba5009c4dep-16 0x1.a0198cfbdc30bp-13 0x1.6c16c0b89c433p-10 0x1.11111125d105bp-7 0x1.555555558d8f4p-5 0x1.5555555550711p-3 0x1.ffffffffffebbp-2"),
        _read("-0x1.93367abac8929p-41 0x1.6077f7de78a3ep-33 -0x1.ae601d50ac3c1p-26 0x1.71de2bebeb4f4p-19 -0x1.a01a016a9d3cep-13 0x1.11111110ae7f6p-7 -0x1.555555555447bp-3"),
        _read("-0x1.839651a82ea41p-37 0x1.1eaf7919db636p-29 -0x1.27e4036234884p-22 0x1.a019fd6d89842p-16 -0x1.6c16c1629b43bp-10 0x1.5555555541f9bp-5 -0x1.ffffffffffcfep-2"),
    ),
}  # fmt: skip


def _series(terms: tuple[float, ...], x: Array) -> Array:
    """The polynomial with these terms, the last first, and 1 after them: even and odd powers apart, in the square."""
    square, rising = x * x, (*terms, 1.0)[::-1]
    return np.asarray(_in(rising[1::2], square) * x + _in(rising[::2], square))


def _in(rising: tuple[float, ...], square: Array) -> Array:
    total = np.full_like(square, rising[-1])
    for term in rising[-2::-1]:
        total = total * square + term
    return total


def log(x: Array) -> Array:
    """The natural logarithm of a positive normal float.

    Formula:  x = 2^e * m, m within a factor of the square root of 2 of 1, s = (m - 1) / (m + 1); e log 2 + 2 (s + s^3 / 3 + s^5 / 5 ...)
    """
    made = _MADE[x.dtype]
    root, mantissa = made.whole(made.root_half), made.whole((1 << made.bits) - 1)
    over = x.view(made.whole) - root
    exponent = (over >> made.whole(made.bits)).astype(x.dtype)
    rest = ((over & mantissa) + root).view(x.dtype)
    s = (rest - 1.0) / (rest + 1.0)
    return np.asarray(exponent * made.ln2[0] + (exponent * made.ln2[1] + (s + s) * _series(made.log, s * s)))


def exp(x: Array) -> Array:
    """The exponential; beyond 700 on either side that of 700 (in 32 bits 87).

    Formula:  n = x / log 2, rounded; 2^n * (1 + r + r^2 / 2 + ...) with r = x - n log 2
    """
    made = _MADE[x.dtype]
    x = np.where(x < made.farthest, x, x.dtype.type(made.farthest))
    x = np.where(x > -made.farthest, x, x.dtype.type(-made.farthest))
    shifted = x * _PER_LN2 + made.shift
    whole = shifted - made.shift
    rest = (x - whole * made.ln2[0]) - whole * made.ln2[1]
    scale = ((whole.astype(made.whole) + made.whole(made.bias)) << made.whole(made.bits)).view(x.dtype)
    return np.asarray(_series((*made.exp, 1.0), rest) * scale)


def uniform(word: Words, precision: Precision = "float64") -> Array:
    """A number above 0, at most 1: the middle of one of 2^31 equal parts. The sign of the word is left for another use."""
    return np.asarray(((word & np.uint32(0x7FFFFFFF)).astype(precision) + 0.5) * 2.0**-31)


def normals(radius: Words, angle: Words, precision: Precision = "float64") -> tuple[Array, Array]:
    """Two independent standard normals from two words; none lies beyond 6.67.

    Formula:  sqrt(-2 log u) times the cosine, and the sine, of a random angle: within a quarter turn of none, or opposite
    Says so:  Box and Muller 1958
    """
    length = np.sqrt(-2.0 * log(uniform(radius, precision)))
    turned = np.where(radius >> np.uint32(31) != 0, -length, length)
    sine, cosine = sin_cos(angle, precision)
    return turned * cosine, turned * sine


def sin_cos(word: Words, precision: Precision = "float64") -> tuple[Array, Array]:
    """Sine and cosine of an angle within a quarter turn: the word, read with its sign, counts the 2^31 parts of one."""
    x = word.view(np.int32).astype(precision) * _ANGLE
    made, square = _MADE[x.dtype], x * x
    return x * _series(made.sine, square), _series(made.cosine, square)
