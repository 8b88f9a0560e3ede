"""Returns over the time that something was held: modified Dietz, and time-weighted where its value is known whenever money moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from holdbook.measures.returns import Flow
from holdbook.numerics.linked_returns import Valuation, modified_dietz, time_weighted
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.solved import solved


class Linked(NamedTuple):
    """Returns of the whole time held, not of a year; `why` says what the second one lacks."""

    dietz: Quantity | None = None
    time_weighted: Quantity | None = None
    why: str = ""


def linked(flows: Sequence[Flow], last: Flow | None, values: Mapping[date, Quantity], name: str) -> Linked:
    """Both returns of flows in one currency, all on known days; `values` are those of evenings, after the money of the day has moved.

    Formula:  as in `numerics.linked_returns`; without bounds where a figure is rounded
    Says so:  Dietz (1966); GIPS 2020
    """
    every = [*flows, *([last] if last is not None else [])]
    if any(not flow.day.is_day or point(flow.amount) is None for flow in every):
        return Linked(why="a day or an amount of the money that moved")
    moved: dict[date, float] = {}
    for flow in flows:
        moved[flow.day.first] = moved.get(flow.day.first, 0.0) + float(point(flow.amount) or 0) * (1 if flow.paid else -1)
    days = sorted(moved)
    end = last.day.first if last is not None else days[-1] if days else date.min
    if not days or end <= days[0] or moved[days[0]] <= 0:
        return Linked(why="money that went in before any came out")
    first, amounts = Valuation(days[0], 0.0, moved[days[0]]), [flow.amount for flow in every]
    worth = float(point(last.amount) or 0) if last is not None else 0.0
    dietz = modified_dietz(first, Valuation(end, worth), [(day, moved[day]) for day in days[1:]]).rate
    known = {day: float(value) for day, one in values.items() if (value := point(one)) is not None} | {end: worth}
    missing = [str(day) for day in days[1:] if day not in known]
    if missing:
        return Linked(_exactly(f"{name}.modified_dietz", amounts, dietz), why=f"what it was worth on {', '.join(missing)}")
    steps = [Valuation(day, known[day] - moved[day], moved[day]) for day in days[1:] if day != end]
    total = time_weighted([first, *steps, Valuation(end, worth - moved.get(end, 0.0))]).total
    used = [*amounts, *(values[one.day] for one in steps if one.day in values)]
    return Linked(_exactly(f"{name}.modified_dietz", amounts, dietz), _exactly(f"{name}.time_weighted", used, total))


def _exactly(name: str, of: list[Quantity], value: float | None) -> Quantity | None:
    """A rate without ends, unless all that it was found from is exact."""
    exact = all(one.low is not None and one.low == one.high for one in (bounds(amount).interval for amount in of))
    end = value if exact else None
    return None if value is None else solved(name, of, value, end, end, how="solved: return over the time held")
