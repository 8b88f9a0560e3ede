"""Random expressions over a few shared leaves, each with a scenario: a number within every leaf."""

from fractions import Fraction

from hypothesis import strategies as st

from holdbook.quantity.interval import Interval
from holdbook.quantity.quantity import add, exact, greatest, in_order, leaf, least
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
BUILT = {
    "+": add,
    "-": lambda args: args[0] - args[1],
    "*": lambda args: args[0] * args[1],
    "/": lambda args: args[0] / args[1],
    "min": least,
    "max": greatest,
}

numbers = st.integers(-24, 24).map(lambda number: Fraction(number, 4))
parts = st.integers(0, 8).map(lambda number: Fraction(number, 8))
scenarios = st.lists(parts, min_size=3, max_size=3)


def _interval(one, other, brackets):
    """`brackets` are the two ends: [ or ] closed, ( or ) open, < or > at infinity."""
    low, high = sorted((one, other))
    first, last = brackets if low < high else "[]" if "<" not in brackets and ">" not in brackets else brackets
    return Interval(None if first == "<" else low, None if last == ">" else high, first == "(", last == ")")


closed_intervals = st.builds(_interval, numbers, numbers, st.just("[]"))
finite_intervals = st.builds(_interval, numbers, numbers, st.sampled_from(("[]", "[]", "()", "[)", "(]")))
intervals = st.builds(_interval, numbers, numbers, st.sampled_from(("[]", "[]", "[]", "()", "[)", "(]", "[>", "<]", "(>", "<)", "<>")))


def inside(interval, part):
    """A number of the interval, `part` of the way from one end to the other; an end only where it is closed."""
    low, high, low_open, high_open = interval
    if low is None and high is None:
        return (part - Fraction(1, 2)) * 80
    if low is None or high is None:
        away = part * 40 + (part == 0 and (low_open or high_open))
        return high - away if low is None else low + away
    if (part == 0 and low_open) or (part == 1 and high_open):
        part = Fraction(1, 3)
    return low + (high - low) * part


def stated_leaf(interval, key):
    centre = None if interval.low is None or interval.high is None else (interval.low + interval.high) / 2
    return leaf(Stated(interval, interval, centre, NUMBER), key=key)


def _expression(found, number, steps):
    """Each step is an operation on what was made last or on the leaves, so that both are shared."""
    nodes = [stated_leaf(interval, key) for key, interval in zip("abc", found, strict=False)] + [exact(number)]
    leaves = len(nodes)
    for op, places in steps:
        recent = nodes[-4:] + nodes[:leaves]
        count = len(places) if op in ("+", "min", "max") else 2
        nodes.append(BUILT[op]([recent[place % len(recent)] for place in places[:count]]))
    return nodes[-1], dict(zip("abc", found, strict=False))


def expressions(of=intervals, operations=tuple(OPERATIONS), most=9):
    """A quantity, and its leaves with the interval of each."""
    step = st.tuples(st.sampled_from(operations), st.lists(st.integers(0, 99), min_size=2, max_size=3))
    return st.builds(_expression, st.lists(of, min_size=1, max_size=3), numbers, st.lists(step, min_size=1, max_size=most))


def sampled(leaves, scenario):
    """A number within each leaf."""
    return {key: inside(interval, part) for (key, interval), part in zip(leaves.items(), scenario, strict=False)}


def value(quantity, sample):
    """The quantity where every leaf is what the sample says; ZeroDivisionError where there is none."""
    values = {}
    for node in in_order(quantity):
        own = sample.get(node.key, node.stated and node.stated.centre)
        values[node.digest] = own if node.stated is not None else OPERATIONS[node.op]([values[arg.digest] for arg in node.args])
    return values[quantity.digest]
