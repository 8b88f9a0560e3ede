"""A figure that is solved, not written as a sum: an internal rate of return, a regression's slope.

The graph keeps what it was solved from, so that it can be explained; its value and its ends are computed beside it and stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from holdbook.quantity.interval import EVERYTHING, Interval
from holdbook.quantity.quantity import LEAF, Quantity
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import NUMBER, Unit

SOLVED = "solved"


Number = float | Fraction


def solved(
    name: str, of: Iterable[Quantity], value: Number | None, low: Number | None, high: Number | None, *, how: str, unit: Unit = NUMBER
) -> Quantity:
    """A node whose value was found by another way than + - * /.

    `of` are the quantities it was found from, `how` the method in words (`solved: internal rate of return, act/365`). `low` and
    `high` hold every value that it can have; None is unbounded. Without a value and without ends it is unknown.

    >>> solved("irr", [], 0.25, 0.2, 0.3, how="solved: internal rate of return").stated.core == Interval.of("0.2", "0.3")
    True
    """
    core = Interval(None if low is None else _short(low), None if high is None else _short(high))
    hedge = "unknown" if value is None and core == EVERYTHING else ""
    stated = Stated(core, core, None if value is None else _short(value), unit, hedge)
    args = tuple(of)
    return Quantity(SOLVED if args else LEAF, args, unit, key=name, name=name, stated=stated, derived=how)


def _short(value: Number) -> Fraction:
    """A fraction as it is; a float as the fraction that its printed digits mean."""
    return value if isinstance(value, Fraction) else Fraction(repr(value))
