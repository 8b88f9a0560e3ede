"""Read a quantity as one exact number: the figures as they are printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from holdbook.quantity.interval import shortened
from holdbook.quantity.quantity import Quantity, in_order

Numbers = list[Fraction]
_OPERATIONS: dict[str, Callable[[Numbers], Fraction | None]] = {
    "+": lambda args: sum(args, Fraction(0)),
    "-": lambda args: args[0] - args[1],
    "*": lambda args: args[0] * args[1],
    "/": lambda args: args[0] / args[1] if args[1] else None,
    "min": min,
    "max": max,
}


def point(quantity: Quantity) -> Fraction | None:
    """The value at the printed centre of every leaf, or None if a leaf prints none or something is divided by zero.

    Exact while numbers stay short; long chains of divisions are cut to a fixed number of binary digits.
    """
    return points(quantity)[quantity.digest]


def points(quantity: Quantity) -> dict[bytes, Fraction | None]:
    """The value of every node, by its digest."""
    values: dict[bytes, Fraction | None] = {}
    for node in in_order(quantity):
        if node.stated is not None:
            values[node.digest] = node.stated.centre
            continue
        args = [values[arg.digest] for arg in node.args]
        known = [arg for arg in args if arg is not None]
        value = _OPERATIONS[node.op](known) if len(known) == len(args) else None
        values[node.digest] = None if value is None else shortened(value)
    return values
