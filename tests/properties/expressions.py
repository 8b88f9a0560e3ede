"""Random expressions over a few shared leaves, each with a scenario: a number within every leaf."""

from fractions import Fraction

from hypothesis import strategies as st

from holdbook.quantity.interval import Interval
from holdbook.quantity.quantity import Quantity, add, exact, greatest, in_order, leaf, least
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import NUMBER

OPERATIONS = {
    "+": lambda args: sum(args, Fraction(0)),
    "-": lambda args: args[0] - args[1],
    "*": lambda args: args[0] * args[1],
    "/": lambda args: args[0] / args[1],
    "min": min,
    "max": max,
}
numbers = st.fractions(-6, 6, max_denominator=4)
parts = st.fractions(0, 1, max_denominator=8)


@st.composite
def intervals(draw, *, infinite=True):
    """An interval, open or closed at each end, not empty."""
    low, high = sorted((draw(numbers), draw(numbers)))
    low_open, high_open = (draw(st.booleans()) and low < high for _ in range(2))
    ends = draw(st.sampled_from(("both",) * 6 + ("low", "high", "none"))) if infinite else "both"
    low, low_open = (None, False) if ends in ("high", "none") else (low, low_open)
    high, high_open = (None, False) if ends in ("low", "none") else (high, high_open)
    return Interval(low, high, low_open, high_open)


def inside(interval, part):
    """A number of the interval, `part` of the way from one end to the other; an end only where it is closed."""
    if interval.low is None or interval.high is None:
        start = interval.low if interval.low is not None else interval.high if interval.high is not None else Fraction(0)
        away = part * 40 + (start in (interval.low, interval.high) and (interval.low_open or interval.high_open) and part == 0)
        return start - away if interval.high is not None else start + away
    if (part == 0 and interval.low_open) or (part == 1 and interval.high_open):
        part = Fraction(1, 3)
    return interval.low + (interval.high - interval.low) * part


def stated_leaf(interval, key):
    centre = (interval.low + interval.high) / 2 if interval.low is not None and interval.high is not None else None
    return leaf(Stated(interval, interval, centre, NUMBER), key=key)


def _built(op, args):
    if op == "+":
        return add(args)
    if op in ("min", "max"):
        return (least if op == "min" else greatest)(args)
    return {"-": args[0] - args[1], "*": args[0] * args[1], "/": args[0] / args[1]}[op]


@st.composite
def expressions(draw, *, infinite=True, operations=tuple(OPERATIONS), most=9):
    """A quantity, and its leaves with the interval of each."""
    leaves = {key: draw(intervals(infinite=infinite)) for key in ("a", "b", "c")[: draw(st.integers(1, 3))]}
    nodes: list[Quantity] = [stated_leaf(interval, key) for key, interval in leaves.items()] + [exact(draw(numbers))]
    for _ in range(draw(st.integers(1, most))):
        op = draw(st.sampled_from(operations))
        count = draw(st.integers(2, 3)) if op in ("+", "min", "max") else 2
        recent = nodes[-5:] + nodes[:3]  # what was made last, and the leaves, so that leaves are shared
        nodes.append(_built(op, [draw(st.sampled_from(recent)) for _ in range(count)]))
    return nodes[-1], leaves


def value(quantity, scenario):
    """The quantity where every leaf is what the scenario says; ZeroDivisionError where there is none."""
    values = {}
    for node in in_order(quantity):
        own = scenario.get(node.key, node.stated and node.stated.centre)
        values[node.digest] = own if node.stated is not None else OPERATIONS[node.op]([values[arg.digest] for arg in node.args])
    return values[quantity.digest]
