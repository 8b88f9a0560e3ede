"""What a promise to a fund would call and pay back year by year, as the book assumes it: the model of Takahashi and Alexander."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from holdbook.measures.instalments import paid_part
from holdbook.model.commitment import Commitment, Pacing
from holdbook.model.mark import Mark
from holdbook.numerics.pacing import Period, Plan, Position, pacing
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.solved import solved
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_YEAR = 365
_HOW = "solved: pacing model of Takahashi and Alexander"


class Year(NamedTuple):
    """One year of a fund's age: what it calls, what it pays back, what it is worth at its end."""

    plan: str
    age: float
    called: Quantity
    paid_back: Quantity
    worth: Quantity


class Paced(NamedTuple):
    """The years under each assumption, and what some of them lack."""

    years: list[Year]
    needs: list[str]


def paced(view: View, promise: Commitment) -> Paced:
    """The years from where the fund stands to the end of its life, under each assumption of the promise.

    Formula:  called = rate * (amount - paid in); paid back = max(yield, (age / life) ** bow) * worth grown
    Says so:  Takahashi and Alexander 2002
    """
    years: list[Year] = []
    needs: list[str] = []
    for name, assumed in (promise.pacing or {}).items():
        plan, start = _plan(promise, assumed), _start(view, promise)
        if plan is None:
            needs.append(f"{promise.id}, {name}: an amount, calls, and a life in whole years")
        elif start is None:
            needs.append(f"{promise.id}, {name}: the day it was agreed and a value of the position, for some of it is paid")
        else:
            assert promise.amount is not None
            of = [
                promise.amount,
                *(one for one in (*(assumed.calls or ()), assumed.bow, assumed.growth, assumed.least_yield) if one is not None),
            ]
            years += _years(f"{promise.id}.pacing.{name}", name, of, pacing(plan, start))
    return Paced(years, needs)


def _plan(promise: Commitment, assumed: Pacing) -> Plan | None:
    amount = None if promise.amount is None else point(promise.amount)
    calls = tuple(float(rate) for one in assumed.calls or () if (rate := point(one)) is not None)
    life = _in_years(assumed.life)
    if amount is None or not calls or len(calls) != len(assumed.calls or ()) or not life:
        return None
    bow, growth, least = (float(point(one) or 0) if one is not None else 0.0 for one in (assumed.bow, assumed.growth, assumed.least_yield))
    return Plan(float(amount), calls, life, bow if assumed.bow is not None else 1.0, growth, least, _in_years(assumed.investing))


def _in_years(length: Quantity | None) -> int | None:
    value = None if length is None else point(length)
    months = None if value is None or length is None else value * {"year": 12, "month": 1}.get(str(length.unit), 0)
    return int(months / 12) if months and months % 12 == 0 else None


def _start(view: View, promise: Commitment) -> Position | None:
    """Where the fund stands: at its beginning if nothing is paid, else at its age with its value; None where the book lacks one of these."""
    paid = paid_part(promise, view.day)
    gone = 0.0 if paid is None else point(paid)
    if gone == 0:
        return Position()
    marks = [
        one
        for one in view.actual(Mark)
        if (one.asset, one.of) == (promise.to, "position") and one.value is not None and one.day is not None
    ]
    last = max(
        (one for one in marks if one.day is not None and one.day.last <= view.day),
        key=lambda one: one.day.last if one.day else view.day,
        default=None,
    )
    if gone is None or promise.amount is None or promise.agreed is None or last is None or last.value is None or last.day is None:
        return None
    worth = point(convert(view, last.value, promise.amount.unit.currency or view.currency, last.day))
    return None if worth is None else Position((view.day - promise.agreed.first).days / _YEAR, float(worth), float(gone))


def _years(key: str, name: str, of: list[Quantity], periods: list[Period]) -> Iterator[Year]:
    exact = all(one.low is not None and one.low == one.high for one in (bounds(amount).interval for amount in of))
    for number, one in enumerate(periods, 1):
        made = {
            field: solved(
                f"{key}.year_{number}.{field}", of, value, *((value, value) if exact else (None, None)), how=_HOW, unit=of[0].unit
            )
            for field, value in (("called", one.called), ("paid_back", one.paid_back), ("worth", one.worth))
        }
        yield Year(name, one.age, **made)
