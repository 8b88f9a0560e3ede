"""Read a quantity as the interval that it must lie in.

Leaves that stand in it more than once move together. A reverse sweep gives, for each leaf, an interval of the derivative over the
whole box; a leaf whose effect has one sign goes to its ends, the others stay intervals. Where one of these is left the
result is safe but may be wider than need be, and says so (`wide`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from holdbook.quantity.interval import EVERYTHING, ZERO, Interval, total
from holdbook.quantity.quantity import Quantity, in_order

_ONE = Interval.point(1)
_SWEEPS = 3
_KEPT = 4096
Values = dict[bytes, Interval]


class Bounds(NamedTuple):
    """Where a quantity lies.

    `wide` says that the truth may be narrower; `blame` are the leaves that make it unknown: a divisor that may be zero.
    """

    interval: Interval
    wide: bool = False
    blame: tuple[Quantity, ...] = ()


def bounds(quantity: Quantity, *, widest: bool = False) -> Bounds:
    """The least interval that we can prove to hold the quantity.

    `widest` reads hedged figures (`about`) at their widest. The last ones are kept: a page shows a quantity in several places.
    """
    return _bounds(quantity, widest)


@lru_cache(maxsize=_KEPT)
def _bounds(quantity: Quantity, widest: bool) -> Bounds:
    if quantity.stated is not None:
        return Bounds(_stated(quantity, widest))
    nodes = list(in_order(quantity))
    box = {node.digest: _stated(node, widest) for node in nodes if node.stated is not None}
    values, blame = _forward(nodes, box)
    root = quantity.digest
    naive = values[root]
    shared = _used_often(nodes)
    if blame or not shared:
        return Bounds(EVERYTHING if blame else naive, False, tuple(blame))
    low, low_loose = _pinned(nodes, box, values, root, 0)
    high, high_loose = _pinned(nodes, box, values, root, 1)
    tight = Interval(low.low, high.high, low.low_open, high.high_open).common(naive)
    return Bounds(tight, low_loose or high_loose, ())


def naive(quantity: Quantity) -> dict[bytes, Interval]:
    """For every node, by its digest, an interval that holds it when its leaves are taken to move apart: safe, quick, wider."""
    nodes = list(in_order(quantity))
    box = {node.digest: _stated(node, widest=False) for node in nodes if node.stated is not None}
    return _forward(nodes, box)[0]


def _stated(node: Quantity, widest: bool) -> Interval:
    assert node.stated is not None
    return node.stated.widest if widest else node.stated.core


def _used_often(nodes: list[Quantity]) -> bool:
    """Whether a node that is not exact is used by more than one other."""
    used: set[bytes] = set()
    for node in nodes:
        for arg in node.args:
            if arg.digest in used and not (arg.stated and arg.stated.core.is_point and arg.stated.widest.is_point):
                return True
            used.add(arg.digest)
    return False


def _forward(nodes: list[Quantity], box: Values) -> tuple[Values, list[Quantity]]:
    values: Values = {}
    blame: dict[bytes, Quantity] = {}
    for node in nodes:
        if node.stated is not None:
            values[node.digest] = box[node.digest]
            continue
        args = [values[arg.digest] for arg in node.args]
        value = _apply(node.op, args)
        if value is None:
            blame.update((leaf.digest, leaf) for leaf in node.args[1].leaves() if not box[leaf.digest].is_point)
            blame = blame or {node.digest: node.args[1].first_leaf()}
            value = EVERYTHING
        values[node.digest] = value.rounded_outward()
    return values, list(blame.values())


def _apply(op: str, args: list[Interval]) -> Interval | None:
    if op == "+":
        return total(args)
    if op == "-":
        return args[0] - args[1]
    if op == "*":
        return args[0] * args[1]
    if op == "/":
        inverse = args[1].inverse()
        return None if inverse is None else args[0] * inverse
    result = args[0]
    for arg in args[1:]:
        result = result.minimum(arg) if op == "min" else result.maximum(arg)
    return result


def _pinned(nodes: list[Quantity], box: Values, values: Values, root: bytes, end: int) -> tuple[Interval, bool]:
    """The value with every one-signed leaf at the end that makes it least (`end` 0) or greatest (1)."""
    pinned = dict(box)
    loose: set[bytes] = set()
    for _ in range(_SWEEPS):
        slopes = _slopes(nodes, values, root)
        before = dict(pinned)
        loose = set()
        for digest, interval in pinned.items():
            if interval.is_point:
                continue
            slope = slopes.get(digest, ZERO)
            sign = _sign(slope)
            if sign is None:
                loose.add(digest)
                continue
            pinned[digest] = _to_end(interval, (sign > 0) == bool(end), strict=0 not in slope)
        if pinned == before:
            break
        values, _ = _forward(nodes, pinned)
        if not loose:
            break
    return values[root], bool(loose)


def _sign(slope: Interval) -> int | None:
    if slope.low is not None and slope.low >= 0:
        return 1
    if slope.high is not None and slope.high <= 0:
        return -1
    return None


def _to_end(interval: Interval, top: bool, *, strict: bool) -> Interval:
    """One end of an interval; an infinite end stays a half line.

    An open end leaves the result open only where the leaf surely has an effect (`strict`): `x - x` reaches zero.
    """
    value, opened = (interval.high, interval.high_open) if top else (interval.low, interval.low_open)
    return interval if value is None else Interval(value, value, opened and strict, opened and strict)


def _slopes(nodes: list[Quantity], values: Values, root: bytes) -> Values:
    """For each leaf an interval that holds the derivative of the root by it, anywhere in the box."""
    slopes: Values = {root: _ONE}
    leaves: Values = {}
    for node in reversed(nodes):
        slope = slopes.get(node.digest)
        if slope is None:
            continue
        if node.stated is not None:
            leaves[node.digest] = slope
            continue
        args = [values[arg.digest] for arg in node.args]
        for arg, local in zip(node.args, _local(node.op, args), strict=True):
            more = (slope * local).rounded_outward()
            known = slopes.get(arg.digest)
            slopes[arg.digest] = more if known is None else known + more
    return leaves


def _local(op: str, args: list[Interval]) -> list[Interval]:
    """The derivative of an operation by each of its arguments."""
    if op == "+":
        return [_ONE] * len(args)
    if op == "-":
        return [_ONE, -_ONE]
    if op == "*":
        return [_closed(args[1]), _closed(args[0])]
    if op == "/":
        inverse = args[1].inverse() or EVERYTHING
        return [_closed(inverse), _closed(-(args[0] * inverse * inverse))]
    return [_chosen(op, args, index) for index in range(len(args))]


def _chosen(op: str, args: list[Interval], index: int) -> Interval:
    """How far the least or greatest follows one argument: wholly, not at all, or somewhere between."""
    mine = args[index] if op == "max" else -args[index]
    others = [arg if op == "max" else -arg for place, arg in enumerate(args) if place != index]
    if mine.low is not None and all(other.high is not None and other.high <= mine.low for other in others):
        return _ONE
    if mine.high is not None and any(other.low is not None and other.low >= mine.high for other in others):
        return ZERO
    return Interval(Fraction(0), Fraction(1))


def _closed(interval: Interval) -> Interval:
    return Interval(interval.low, interval.high)
