"""The conditions of a promise: how each stands on a day, and what the promise is if one has failed."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

import msgspec

from holdbook.dates import Span
from holdbook.measures.instalments import is_paid, tranches
from holdbook.model.commitment import Commitment, Condition, Tranche
from holdbook.model.event import Event
from holdbook.quantity.quantity import Quantity, add, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

State = Literal["open", "met", "waived", "lapsed", "amended", "not known"]

_OUTCOMES: dict[str, State] = {"failed": "lapsed", "lapsed": "lapsed", "met": "met", "waived": "waived"}


class Standing(NamedTuple):
    """How a condition stands.

    Fields:
        name: its id within the promise.
        state: open until its deadline; met, waived, lapsed or amended by an event; not known after a deadline without one.
        event: the event that says so.
        deadline: by when, as last amended.
        otherwise: what the amount becomes if it fails, as last amended.
        left_own, left_gross: what would then be left to pay, if that amount is the own part, or the whole.
    """

    name: str
    condition: Condition
    state: State
    event: Event | None
    deadline: Span | None
    otherwise: Quantity | None
    left_own: Quantity | None
    left_gross: Quantity | None


def standings(view: View, promise: Commitment, *, ahead: bool = False) -> list[Standing]:
    """How each condition of a promise stands on the day of the view; `ahead` counts what is known of later days as well.

    Formula:  left = otherwise - instalments paid, of the own parts or of the whole ones
    """
    return [_standing(view, promise, name, condition, ahead=ahead) for name, condition in (promise.conditions or {}).items()]


def as_it_stands(view: View, promise: Commitment) -> Commitment:
    """The promise with the amount that it comes to: of a condition that is known to lapse the amount otherwise, if it says one.

    Where nobody says whether that is the own part or the whole, what is left lies between the two readings.
    """
    for one in standings(view, promise, ahead=True):
        if one.state != "lapsed" or one.left_own is None or one.otherwise is None:
            continue
        paid = _paid(promise, "own", view.day)
        left = _left(promise, one)
        amount = left if paid is None else left + paid
        return msgspec.structs.replace(promise, amount=amount.named(f"{promise.id}.amount", f"{one.name} lapsed"), paid=paid)
    return promise


def _standing(view: View, promise: Commitment, name: str, condition: Condition, *, ahead: bool) -> Standing:
    events = [one for one in _events(view, promise, name) if ahead or (one.day is not None and one.day.first <= view.day)]
    deadline = next((one.deadline for one in reversed(events) if one.deadline is not None), condition.deadline)
    otherwise = next((one.otherwise for one in reversed(events) if one.otherwise is not None), condition.otherwise)
    own, gross = _rest(promise, otherwise, "own", view.day), _rest(promise, otherwise, "gross", view.day)
    return Standing(
        name, condition, _state(view, condition, events, deadline), events[-1] if events else None, deadline, otherwise, own, gross
    )


def _events(view: View, promise: Commitment, name: str) -> list[Event]:
    """What became of a condition, the latest last; an event may name an earlier version of the promise."""
    names = {f"{one.id}.{name}" for one in view.corrects(promise)}
    found = [one for one in view.actual(Event) if one.condition in names]
    return sorted(found, key=lambda one: (one.day or view.span, one.learnt, one.id))


def _state(view: View, condition: Condition, events: list[Event], deadline: Span | None) -> State:
    said = next((one.state for one in reversed(events) if one.state is not None), None)
    if said is not None:
        return said  # type: ignore[return-value]
    if condition.outcome in _OUTCOMES:
        return _OUTCOMES[condition.outcome]
    return "not known" if deadline is not None and deadline.last < view.day else "open"


def _rest(promise: Commitment, otherwise: Quantity | None, side: str, day: date) -> Quantity | None:
    if otherwise is None:
        return None
    paid = _paid(promise, side, day)
    return (otherwise if paid is None else otherwise - paid).named(f"left if {side}")


def _paid(promise: Commitment, side: str, day: date) -> Quantity | None:
    """What was paid of the instalments, of the own parts or of the whole ones; without instalments what was paid in all."""
    parts = [amount for one in tranches(promise).values() if is_paid(one, day) and (amount := _amount(one, side)) is not None]
    return add(parts).named(f"paid, {side}") if parts else promise.paid


def _amount(tranche: Tranche, side: str) -> Quantity | None:
    return tranche.own if side == "own" or tranche.gross is None else tranche.gross


def _left(promise: Commitment, one: Standing) -> Quantity:
    assert one.left_own is not None
    own, gross = one.left_own, one.left_gross
    if one.condition.basis == "own" or gross is None or own == gross:
        return own
    if one.condition.basis == "gross":
        return gross
    reading = within(0, 1, NUMBER, key=f"whether {promise.id} otherwise is the own part or the whole")
    return (gross + reading * (own - gross)).named("left", f"{one.name} lapsed")
