"""A measure and how it was reached: from the book's parts, as the company published or defines it, derived from that, or not at all."""

from __future__ import annotations

from typing import Literal, NamedTuple

from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import UNIT, Unit
from holdbook.timeline.view import View

How = Literal["parts", "published", "defined", "derived", "missing"]


class Sourced(NamedTuple):
    """A quantity and how it was reached."""

    quantity: Quantity
    how: How


def stated(quantity: Quantity, name: str) -> Sourced:
    """A figure of a company's own table."""
    return Sourced(quantity.named(name, "as published"), "published")


def derived(quantity: Quantity, name: str, remark: str) -> Sourced:
    """A figure that follows from published ones."""
    return Sourced(quantity.named(name, remark), "derived")


def missing(view: View, name: str, what: str, unit: Unit | None = None) -> Sourced:
    """A measure that the book cannot give for the day; `what` says what it would need."""
    need = unknown(f"{what} of {view.book.name_of(view.company)} on {view.day}", unit or UNIT(view.currency))
    return Sourced(need.named(name), "missing")
