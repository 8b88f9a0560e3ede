"""What interest a debt bears on a day: a fixed coupon, a margin over a curve, or what its steps have made of them."""

from __future__ import annotations

from datetime import date

from holdbook.model.debt import Debt, Step
from holdbook.quantity.quantity import Quantity, exact, unknown
from holdbook.timeline.curves import curve_level
from holdbook.timeline.view import View


def coupon_rate(view: View, debt: Debt, day: date) -> Quantity:
    """The interest a year for the period that begins on a day.

    Formula:  coupon; or curve + margin; or curve + first margin + rise
    Says so:  terms of the bond
    """
    steps = _begun(debt, day)
    if not steps:
        if debt.coupon is not None:
            return debt.coupon
        return _floating(view, debt, [], day)
    return steps[-1].coupon if steps[-1].coupon is not None else _floating(view, debt, steps, day)


def margin(debt: Debt, day: date) -> Quantity | None:
    """The margin over the curve on a day; None while the coupon is fixed, or where nobody says it.

    Formula:  margin of the last step; or first margin + rise
    """
    steps = _begun(debt, day)
    for step in reversed(steps):
        if step.coupon is not None:
            return None
        if step.margin is not None:
            return step.margin
        if step.rise is not None:
            return None if debt.margin is None else (debt.margin + step.rise).named(f"margin of {debt.id}")
    return debt.margin if steps or debt.coupon is None else None


def rise(debt: Debt, day: date) -> Quantity:
    """By how much the margin has risen on a day over the first one that the terms name.

    Formula:  margin - first margin; nothing while the coupon is fixed
    """
    steps = [step for step in _begun(debt, day) if step.coupon is None]
    if not steps:
        return exact(0)
    if steps[-1].rise is not None:
        return steps[-1].rise
    first = debt.margin if debt.margin is not None else next((step.margin for step in steps if step.margin is not None), None)
    now = margin(debt, day)
    if first is None or now is None:
        return unknown(f"margin of {debt.name or debt.id} on {day}", floor=0)
    return (now - first).named(f"rise of the margin of {debt.id}")


def _floating(view: View, debt: Debt, steps: list[Step], day: date) -> Quantity:
    curve = next((step.curve for step in reversed(steps) if step.curve is not None), debt.curve)
    if curve is None:
        return unknown(f"interest on {debt.name or debt.id} from {day}", floor=0)
    over = margin(debt, day)
    if over is None:
        over = unknown(f"margin of {debt.name or debt.id} on {day}", floor=0)
    return (curve_level(view, curve, day) + over).named(f"interest on {debt.id} from {day}")


def _begun(debt: Debt, day: date) -> list[Step]:
    """The steps that were taken by a day, in order."""
    begun = [step for step in (debt.steps or {}).values() if step.from_.first <= day]
    return sorted(begun, key=lambda step: step.from_.first)
