"""How few names gains and losses sit in: parts of the total, the Herfindahl index, the effective number of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View


class Side(NamedTuple):
    """All gains, or all losses, the largest first; losses count as positive amounts.

    Fields:
        rows: name, amount, its part of the total.
        largest_part: the part of the first.
        herfindahl: the sum of the squares of the parts, from 0 to 1.
        effective_number: how many equal amounts would be as concentrated.
    """

    name: str
    rows: list[tuple[str, Quantity, Quantity]]
    total: Quantity | None
    largest_part: Quantity | None
    herfindahl: Quantity | None
    effective_number: Quantity | None


class Concentration(NamedTuple):
    """Gains and losses apart: they do not net."""

    gains: Side
    losses: Side


def concentration(view: View, results: Mapping[str, Quantity]) -> Concentration:
    """How gains and losses are spread over names, each in the currency of the view at the rate of its day.

    A result that may be either, or whose size is unknown at its larger end, is in neither.

    Formula:  part = amount / total; herfindahl = sum of part ^ 2; effective number = 1 / herfindahl
    Says so:  United States Department of Justice, Herfindahl-Hirschman index (there of percentages: times 10,000)
    """
    gains: dict[str, Quantity] = {}
    losses: dict[str, Quantity] = {}
    for name, result in results.items():
        low, high = bounds(result).interval[:2]
        if low is not None and low > 0:
            gains[name] = result
        elif high is not None and high < 0:
            losses[name] = exact(0, result.unit) - result
    return Concentration(_side(view, "gains", gains), _side(view, "losses", losses))


def herfindahl(amounts: Sequence[Quantity]) -> Quantity:
    """How concentrated some amounts are: one where all is in one of them, one over their number where they are equal.

    Formula:  sum of (amount / total) ^ 2
    Says so:  United States Department of Justice, Herfindahl-Hirschman index (there of percentages: times 10,000)

    >>> from holdbook.quantity.point import point
    >>> point(herfindahl([exact(30), exact(30), exact(20), exact(20)]))
    Fraction(13, 50)
    """
    total = add(amounts)
    parts = [amount / total for amount in amounts]
    return add([part * part for part in parts])


def _side(view: View, name: str, amounts: Mapping[str, Quantity]) -> Side:
    alike = {key: convert(view, amount, view.currency, view.span) for key, amount in amounts.items()}
    ranked = sorted(alike.items(), key=lambda pair: (-(point(pair[1]) or bounds(pair[1]).interval.low or 0), pair[0]))
    if not ranked:
        return Side(name, [], None, None, None, None)
    total = add([amount for _, amount in ranked]).named(f"all {name}")
    rows = [(key, amounts[key], amount / total) for key, amount in ranked]
    index = herfindahl([amount for _, amount in ranked]).named(f"{name}.herfindahl")
    return Side(name, rows, total, rows[0][2], index, exact(1, UNIT("company")) / index)
