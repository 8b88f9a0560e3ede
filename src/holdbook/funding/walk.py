"""The walk from month to month, in plain numbers: the specification of every faster engine."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class Due(NamedTuple):
    """What comes in a month, and what goes."""

    comes: Fraction
    goes: Fraction


class Means(NamedTuple):
    """What there is to begin with.

    Fields:
        cash: at the start.
        floor: the least that it may be.
        lines: what can be drawn in all.
        assets: what each asset brings if all of it is sold, in the order of selling.
    """

    cash: Fraction
    floor: Fraction
    lines: Fraction
    assets: tuple[Fraction, ...]


class Standing(NamedTuple):
    """How it stands at the end of a month.

    Fields:
        opening, closing: cash at its start and its end.
        goes: what was due in it, with what stayed unpaid before.
        drawn: what has been drawn by then, in all.
        sold: what each asset has brought by then.
        unpaid: what is due by then and could not be paid.
    """

    opening: Fraction
    goes: Fraction
    drawn: Fraction
    sold: tuple[Fraction, ...]
    unpaid: Fraction
    closing: Fraction


def walk(means: Means, months: Sequence[Due]) -> list[Standing]:
    """Each month in its turn: pay what is due from cash; below the floor draw, then sell, then leave unpaid what is left.

    Formula:  closing = opening + comes - goes + newly drawn + newly sold + unpaid, and unpaid is due again in the next month

    >>> [int(one.unpaid) for one in walk(Means(Fraction(5), Fraction(0), Fraction(3), ()), [Due(Fraction(0), Fraction(9)), Due(Fraction(4), Fraction(0))])]
    [1, 0]
    """
    found: list[Standing] = []
    cash, unpaid, drawn = means.cash, Fraction(0), Fraction(0)
    sold = [Fraction(0)] * len(means.assets)
    for month in months:
        opening, goes = cash, month.goes + unpaid
        need = max(means.floor + goes - cash - month.comes, Fraction(0))
        draw = min(need, means.lines - drawn)
        rest = need - draw
        for place, worth in enumerate(means.assets):
            sale = min(rest, worth - sold[place])
            sold[place] += sale
            rest -= sale
        drawn, unpaid = drawn + draw, rest
        cash = cash + month.comes - goes + need
        found.append(Standing(opening, goes, drawn, tuple(sold), unpaid, cash))
    return found
