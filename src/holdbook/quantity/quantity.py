"""A quantity: a small expression over stated figures, written once and read in many ways.

A leaf is a figure that somebody stated; a node is an operation on other quantities. Nothing is computed when one is built but its
unit. The readings stand beside this file: `point`, `bounds`, `explain`, `formula`, `arrays`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from holdbook.quantity.interval import EVERYTHING, Interval
from holdbook.quantity.origin import NOWHERE, Origin
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import NUMBER, Unit

LEAF, SUM, DIFFERENCE, PRODUCT, QUOTIENT, MINIMUM, MAXIMUM = "leaf", "+", "-", "*", "/", "min", "max"


_put = object.__setattr__


class UnitError(ValueError):
    """Two quantities that cannot be added or compared, and a leaf of each side."""

    def __init__(self, what: str, left: Quantity, right: Quantity) -> None:
        self.left, self.right = left.first_leaf(), right.first_leaf()
        super().__init__(
            f"{what}: {str(left.unit) or 'a plain number'} and {str(right.unit) or 'a plain number'}"
            f" ({_placed(self.left)}; {_placed(self.right)})"
        )


def _placed(leaf: Quantity) -> str:
    """A leaf by its name, and where it stands; a bare number stands nowhere."""
    return f"{leaf.title} at {leaf.origin.place}" if leaf.origin.place.file else leaf.title


class Quantity:
    """A stated figure, or an operation on quantities. Immutable; equal when the contents are.

    Fields:
        op: `leaf`, or the operation.
        args: what it works on; empty for a leaf.
        unit: what it counts.
        key: of a leaf, its identity: the fact and its field. The same fact in two places is one leaf.
        name: what it is called in answers and explanations; may be empty for a node.
        stated: of a leaf, what was stated.
        origin: of a leaf, where it stands and who says so.
        derived: a remark that the explanation shows beside it ("as published", "solved from ...").
    """

    __slots__ = ("_digest", "args", "derived", "key", "name", "op", "origin", "stated", "unit")
    op: str
    args: tuple[Quantity, ...]
    unit: Unit
    key: str
    name: str
    stated: Stated | None
    origin: Origin
    derived: str
    _digest: bytes | None

    def __init__(
        self,
        op: str,
        args: tuple[Quantity, ...],
        unit: Unit,
        *,
        key: str = "",
        name: str = "",
        stated: Stated | None = None,
        origin: Origin = NOWHERE,
        derived: str = "",
    ) -> None:
        _put(self, "op", op)
        _put(self, "args", args)
        _put(self, "unit", unit)
        _put(self, "key", key)
        _put(self, "name", name)
        _put(self, "stated", stated)
        _put(self, "origin", origin)
        _put(self, "derived", derived)
        _put(self, "_digest", self._content() if args else None)

    def _content(self) -> bytes:
        said = "" if self.stated is None else f"{self.stated.core}{self.stated.widest}{self.stated.centre}{self.stated.hedge}"
        text = f"{self.op}|{self.unit}|{self.key}|{self.name}|{self.derived}|{said}"
        return blake2b(text.encode() + b"".join(arg.digest for arg in self.args), digest_size=16).digest()

    @property
    def digest(self) -> bytes:
        """Stands for its contents: two quantities with one digest are one. A leaf's is made when it is first asked for."""
        if self._digest is None:
            _put(self, "_digest", self._content())
        return self._digest  # type: ignore[return-value]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quantity does not change ({name})")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a quantity does not change ({name})")

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and self.digest == other.digest

    def __add__(self, other: Quantity | int) -> Quantity:
        return add((self, as_quantity(other)))

    def __radd__(self, other: int) -> Quantity:
        return self if other == 0 else add((as_quantity(other), self))

    def __sub__(self, other: Quantity | int) -> Quantity:
        return _alike(DIFFERENCE, "cannot be subtracted", (self, as_quantity(other)))

    def __mul__(self, other: Quantity | int) -> Quantity:
        other = as_quantity(other)
        return Quantity(PRODUCT, (self, other), self.unit * other.unit)

    def __truediv__(self, other: Quantity | int) -> Quantity:
        other = as_quantity(other)
        return Quantity(QUOTIENT, (self, other), self.unit / other.unit)

    def named(self, name: str, derived: str = "") -> Quantity:
        """The same quantity under a name; a leaf keeps its own and is wrapped."""
        if self.op == LEAF:
            return Quantity(SUM, (self,), self.unit, name=name, derived=derived)
        return Quantity(
            self.op, self.args, self.unit, key=self.key, name=name, stated=self.stated, origin=self.origin, derived=derived or self.derived
        )

    @property
    def title(self) -> str:
        """Its name, or its identity, or its operation."""
        return self.name or self.key or self.op

    def first_leaf(self) -> Quantity:
        """The first leaf of it."""
        node = self
        while node.args:
            node = node.args[0]
        return node

    def leaves(self) -> Iterator[Quantity]:
        """Its leaves, each once, in the order in which they stand in it."""
        return (node for node in in_order(self) if node.op == LEAF)

    def __repr__(self) -> str:
        return f"<Quantity {self.title} {self.unit}>"

    def __reduce__(self) -> tuple[Any, ...]:
        if not self.args:
            return _from_leaf, (self.unit, self.key, self.name, self.stated, self.origin)
        nodes = list(in_order(self))
        place = {node.digest: index for index, node in enumerate(nodes)}
        rows = [
            (node.op, tuple(place[arg.digest] for arg in node.args), node.unit, node.key, node.name, node.stated, node.origin, node.derived)
            for node in nodes
        ]
        return _from_rows, (rows,)


def leaf(stated: Stated, *, key: str, name: str = "", origin: Origin = NOWHERE, unit: Unit | None = None) -> Quantity:
    """A figure that somebody stated. `key` is its identity; an unknown figure takes the unit that its field would have."""
    return Quantity(LEAF, (), stated.unit or unit or NUMBER, key=key, name=name or key, stated=stated, origin=origin)


def exact(value: Fraction | int, unit: Unit = NUMBER, name: str = "") -> Quantity:
    """A number that is exact by itself, such as one."""
    value = Fraction(value)
    stated = Stated(Interval.point(value), Interval.point(value), value, unit)
    return Quantity(LEAF, (), unit, key=f"number {value} {unit}", name=name or f"{value}", stated=stated)


def unknown(key: str, unit: Unit = NUMBER, *, floor: int | None = None, ceiling: int | None = None, origin: Origin = NOWHERE) -> Quantity:
    """A figure that nobody stated, as wide as its kind allows; `key` says what would narrow it."""
    low = None if floor is None else Fraction(floor)
    high = None if ceiling is None else Fraction(ceiling)
    widest = Interval(low, high) if (low, high) != (None, None) else EVERYTHING
    return Quantity(LEAF, (), unit, key=key, name=key, stated=Stated(widest, widest, None, unit, "unknown"), origin=origin)


def within(low: Fraction | int | None, high: Fraction | int | None, unit: Unit, *, key: str, origin: Origin = NOWHERE) -> Quantity:
    """A figure of which only the two ends are known."""
    core = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    return Quantity(LEAF, (), unit, key=key, name=key, stated=Stated(core, core, None, unit, "range"), origin=origin)


def as_quantity(value: Quantity | Fraction | int) -> Quantity:
    """The quantity itself, or an exact number."""
    return value if isinstance(value, Quantity) else exact(value)


def add(parts: Iterable[Quantity]) -> Quantity:
    """The sum of any number of quantities, as one node.

    Raises UnitError when they are not all of one unit, naming a line of each.
    """
    terms = tuple(parts)
    if not terms:
        raise ValueError("a sum of nothing has no unit")
    return _alike(SUM, "cannot be added", terms)


def least(parts: Sequence[Quantity]) -> Quantity:
    """The smallest of some quantities."""
    return _alike(MINIMUM, "cannot be compared", tuple(parts))


def greatest(parts: Sequence[Quantity]) -> Quantity:
    """The greatest of some quantities."""
    return _alike(MAXIMUM, "cannot be compared", tuple(parts))


def floored(quantity: Quantity) -> Quantity:
    """The quantity, or zero if it is less."""
    return greatest((quantity, exact(0, quantity.unit)))


def _alike(op: str, what: str, terms: tuple[Quantity, ...]) -> Quantity:
    first = terms[0]
    for term in terms:
        if term.unit is not first.unit:
            raise UnitError(what, first, term)
    return Quantity(op, terms, first.unit)


def in_order(root: Quantity) -> Iterator[Quantity]:
    """Every node once, what it works on before itself; no recursion, so a chain may be as long as it likes."""
    seen: set[bytes] = set()
    stack: list[tuple[Quantity, int]] = [(root, 0)]
    while stack:
        node, index = stack.pop()
        if node.digest in seen:
            continue
        if index < len(node.args):
            stack.append((node, index + 1))
            if node.args[index].digest not in seen:
                stack.append((node.args[index], 0))
        else:
            seen.add(node.digest)
            yield node


def _from_leaf(unit: Unit, key: str, name: str, stated: Stated | None, origin: Origin) -> Quantity:
    return Quantity(LEAF, (), unit, key=key, name=name, stated=stated, origin=origin)


def _from_rows(rows: list[tuple[Any, ...]]) -> Quantity:
    built: list[Quantity] = []
    for op, args, unit, key, name, stated, origin, derived in rows:
        parts = tuple(built[index] for index in args)
        built.append(Quantity(op, parts, unit, key=key, name=name, stated=stated, origin=origin, derived=derived))
    return built[-1]
