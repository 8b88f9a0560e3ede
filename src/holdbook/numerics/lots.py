"""Lots of many plain trades, in whole numbers: what the shares that were sold had cost, and what is left.

Shares and costs are integers of any one unit. A row is whether it sells, its shares, and the cost of what it buys; rows stand in
order, and no more is sold than was bought before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

Row = tuple[bool, int, int]
_SCALE = 1 << 64


def shortest(rows: Iterable[Row]) -> int:
    """The least number of shares that was ever held, nothing at the start: below zero if more was sold than bought by then.

    >>> shortest([(False, 10, 70), (True, 12, 0), (False, 5, 40)])
    -2
    """
    held = least = 0
    for sells, shares, _ in rows:
        held += -shares if sells else shares
        if sells and held < least:
            least = held
    return least


def first_in_first_out(bought: Iterable[tuple[int, int]], sold: int) -> Fraction:
    """What the shares that were sold had cost, first in, first out: the cost of the first `sold` of them, whichever sales took them.

    Formula:  cost of the lots that are gone + cost * shares taken / shares of the lot that is begun

    >>> first_in_first_out([(160, 4000), (240, 4800), (10, 300)], 210)
    Fraction(5000, 1)
    """
    spent = 0
    for shares, cost in bought:
        if shares > sold:
            return spent + Fraction(cost * sold, shares)
        spent += cost
        sold -= shares
    return Fraction(spent)


def moving_average(rows: Sequence[Row]) -> tuple[Fraction, Fraction]:
    """What the shares that were sold had cost at the moving average: the least and the most, a hair apart.

    Formula:  of each sale cost of the pool * shares / shares of the pool
    The pool is kept to 64 binary digits behind the point and rounded down once and up once, so that the truth lies between.
    """
    low = high = spent = held = 0
    for sells, shares, cost in rows:
        if not sells:
            low, high, spent, held = low + cost * _SCALE, high + cost * _SCALE, spent + cost, held + shares
        elif shares >= held:
            low = high = held = 0
        else:
            low = low * (held - shares) // held
            high = -(-high * (held - shares) // held)
            held -= shares
    return spent - Fraction(high, _SCALE), spent - Fraction(low, _SCALE)


def each_first_in_first_out(rows: Sequence[Row]) -> list[Fraction]:
    """The cost of each sale by itself, first in, first out, in the order of the sales; together they come to `first_in_first_out`.

    >>> each_first_in_first_out([(False, 10, 70), (True, 4, 0), (False, 5, 40), (True, 8, 0)])
    [Fraction(28, 1), Fraction(58, 1)]
    """
    lots = [(shares, cost) for sells, shares, cost in rows if not sells]
    at = used = 0
    found = []
    for need in (shares for sells, shares, _ in rows if sells):
        left, cost = need, Fraction(0)
        while left:
            held, paid = lots[at]
            taken = min(left, held - used)
            cost += Fraction(paid * taken, held)
            left, used = left - taken, used + taken
            if used == held:
                at, used = at + 1, 0
        found.append(cost)
    return found
