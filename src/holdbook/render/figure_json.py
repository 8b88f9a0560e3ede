"""A quantity as JSON."""

from __future__ import annotations

import msgspec

from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known, needs
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.render.numbers import number


class FigureOut(msgspec.Struct, frozen=True):
    """A quantity. `value` is given only where every figure behind it prints a centre; ends are null when unbounded."""

    value: int | float | None
    low: int | float | None
    high: int | float | None
    low_open: bool
    high_open: bool
    unit: str
    known: str
    needs: list[str]
    wide: bool = False
    basis: str = ""


def figure_json(quantity: Quantity, basis: str = "") -> FigureOut:
    """A quantity in the shape of the contract."""
    found = bounds(quantity)
    low, high, low_open, high_open = found.interval
    unit = str(quantity.unit) or "ratio"
    return FigureOut(
        None if found.blame else number(point(quantity)),
        number(low),
        number(high),
        low_open,
        high_open,
        unit,
        known(quantity),
        needs(quantity),
        found.wide,
        basis,
    )
