"""Building programmes: capital for each gigawatt of the stages, and how much of it may be the company's."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.model.programme import Phase, Programme
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View


class Stage(NamedTuple):
    """A stretch of a programme, from one stage that says both capital and capacity to the next: what it adds of each.

    `until` is the stage that it ends with, `whole` whether it runs from the beginning to the last stage.
    """

    until: str
    amount: Quantity
    capacity: Quantity
    per_gw: Quantity
    whole: bool


def stages(programme: Programme) -> list[Stage]:
    """The capital for each gigawatt: of the whole programme, then of each stretch of it.

    The stages add up: each says what stands after it. The last one may spend up to the ceiling.

    Formula:  (amount - amount of the stage before) / (capacity - capacity of the stage before)
    """
    said = _said(programme)
    if not said:
        return []
    name, amount, capacity = said[-1]
    found = [Stage(name, amount, capacity, _per(amount, capacity, "capital per gigawatt, in all"), whole=True)]
    spent: Quantity | None = None
    built: Quantity | None = None
    for name, amount, capacity in said:
        more = amount if spent is None else (amount - spent).named(f"amount until {name}")
        added = capacity if built is None else (capacity - built).named(f"capacity until {name}")
        found.append(Stage(name, more, added, _per(more, added, f"capital per gigawatt until {name}"), whole=False))
        spent, built = amount, capacity
    return found if len(said) > 1 else found[:1]


def own_capital(view: View, programme: Programme) -> Quantity | None:
    """What of a programme's ceiling is the company's; of a part that nobody says, none to all of it.

    Formula:  own part * ceiling
    """
    if programme.ceiling is None:
        return None
    part = programme.own_part
    if part is None:
        named = f"{view.book.name_of(view.company)}'s part of {view.book.name_of(programme.programme)}"
        part = unknown(named, NUMBER, floor=0, ceiling=1)
    return (part * programme.ceiling).named(f"programmes.{programme.id} own capital")


def yearly(programme: Programme) -> Quantity | None:
    """The ceiling spread evenly over the horizon.

    Formula:  ceiling / horizon
    """
    if programme.ceiling is None or programme.horizon is None:
        return None
    return (programme.ceiling / programme.horizon).named(f"programmes.{programme.id} capital a year")


def _said(programme: Programme) -> list[tuple[str, Quantity, Quantity]]:
    """The stages that say both, in order; the last stage of capacity costs up to the ceiling where it says no amount."""
    phases = [(name, one) for name, one in (programme.phases or {}).items() if one.capacity is not None]
    found = []
    for index, (name, one) in enumerate(phases):
        amount = _amount(programme, one, last=index == len(phases) - 1)
        if amount is not None and one.capacity is not None:
            found.append((name, amount, one.capacity))
    return found


def _amount(programme: Programme, phase: Phase, *, last: bool) -> Quantity | None:
    return phase.amount if phase.amount is not None or not last else programme.ceiling


def _per(amount: Quantity, capacity: Quantity, name: str) -> Quantity:
    return (amount / capacity).named(name)
