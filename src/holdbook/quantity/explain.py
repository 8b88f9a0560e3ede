"""Read a quantity as its derivation: what it was made of, down to the lines of the book."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.bounds import Bounds, bounds, naive
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin
from holdbook.quantity.point import points
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import Unit

_READABLE = 2000


class Step(NamedTuple):
    """One line of a derivation: how deep, what, its value and bounds, and where it comes from.

    `again` says that the same node was explained further up, and is not taken apart a second time.
    """

    depth: int
    name: str
    op: str
    unit: Unit
    value: Fraction | None
    interval: Interval
    wide: bool
    origin: Origin | None
    derived: str
    again: bool
    single: bool = False


def explain(quantity: Quantity) -> Iterator[Step]:
    """The derivation from the top down; a node that is shared is explained once.

    Named nodes get their tight bounds; in a derivation too long to read, and for nodes without a name, the safe ones are shown.
    """
    values, loose = points(quantity), naive(quantity)
    tight = len(loose) <= _READABLE
    seen: set[bytes] = set()
    stack = [(quantity, 0)]
    while stack:
        node, depth = stack.pop()
        again = node.digest in seen and bool(node.args)
        seen.add(node.digest)
        known = bounds(node) if tight and node.name else Bounds(loose[node.digest])
        yield _step(node, depth, values[node.digest], known, again)
        if not again:
            stack.extend((arg, depth + 1) for arg in reversed(node.args))


def _step(node: Quantity, depth: int, value: Fraction | None, known: Bounds, again: bool) -> Step:
    origin = node.origin if node.stated is not None and node.origin.place.file else None
    return Step(depth, node.title, node.op, node.unit, value, known.interval, known.wide, origin, node.derived, again, len(node.args) == 1)
