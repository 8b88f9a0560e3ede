"""A figure of a book with another value, written as it was written before: with its hedge, its multiplier, its digits."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from holdbook.quantity.quantity import Quantity
from holdbook.quantity.stated import FigureError, parse_figure
from holdbook.quantity.unit import NUMBER, Unit

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_MOST_PLACES = 30


def rewritten(leaf: Quantity, value: Fraction) -> str:
    """The text of a stated figure after its value has become another.

    It keeps the hedge, the multiplier and at least the decimals of the old text. A range, a bound and an unknown figure have no value
    to replace, so they become a plain figure. Raises FigureError for a value that cannot be written so.
    """
    words = leaf.origin.words
    centre = None if leaf.stated is None else leaf.stated.centre
    match = _NUMBER.search(words)
    if centre and match is not None:
        one = Fraction(match[0]) / centre
        places = len(match[0].partition(".")[2])
        text = f"{words[: match.start()]}{digits(value * one, places)}{words[match.end() :]}"
    else:
        text = plain(value, leaf.unit)
    stated = parse_figure(text)
    if stated.centre != value or stated.unit is not leaf.unit:
        raise FigureError(f"{words!r} cannot be written with another value", "change the book by hand")
    return text


def plain(value: Fraction, unit: Unit) -> str:
    """A value in its unit, without a multiplier.

    >>> from holdbook.quantity.unit import UNIT
    >>> plain(Fraction(5, 2), UNIT("USD/share")), plain(Fraction(1, 4), NUMBER), plain(Fraction(8), UNIT("month"))
    ('USD 2.5/share', '25%', '8 month')
    """
    if unit is NUMBER:
        return f"{digits(value * 100)}%"
    currency = unit.currency
    if currency is not None:
        return f"{currency} {digits(value)}{str(unit).removeprefix(currency)}"
    return f"{digits(value)} {unit}"


def digits(value: Fraction, places: int = 0) -> str:
    """A decimal number with at least so many places.

    >>> digits(Fraction(59, 10), 2), digits(Fraction(58512, 10000), 2)
    ('5.90', '5.8512')
    """
    while value * 10**places % 1 and places < _MOST_PLACES:
        places += 1
    return f"{Decimal(int(value * 10**places)).scaleb(-places):.{places}f}"
