"""What would narrow a quantity: the figures in it that nobody has stated."""

from __future__ import annotations

from fractions import Fraction

from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity


def needs(quantity: Quantity) -> list[str]:
    """The unknown figures that it rests on, by name, in the order in which they stand in it; then what may be zero and divides."""
    unknown = [leaf.title for leaf in quantity.leaves() if leaf.stated is not None and leaf.stated.is_unknown]
    blame = [f"that {leaf.title} is not zero" for leaf in bounds(quantity).blame if leaf.title not in unknown]
    return list(dict.fromkeys([*unknown, *blame]))


def known(quantity: Quantity) -> str:
    """`yes` with a value, `bounded` with an end that says something, else `no`."""
    interval, _, blame = bounds(quantity)
    if point(quantity) is not None and not blame:
        return "yes"
    floor = interval.low in (None, Fraction(0))
    return "no" if interval.high is None and floor else "bounded"
