"""How many months a length of time is."""

from __future__ import annotations

from fractions import Fraction

from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import UNIT, Unit

MONTHS: dict[Unit, int] = {UNIT("year"): 12, UNIT("month"): 1}
"""Of the units that have whole months."""


def in_months(length: Quantity) -> Fraction | None:
    """A length of time in months; None where it prints no centre, or is in days.

    >>> from holdbook.quantity.quantity import exact
    >>> in_months(exact(2, UNIT("year")))
    Fraction(24, 1)
    """
    value, months = point(length), MONTHS.get(length.unit)
    return None if value is None or months is None else value * months
