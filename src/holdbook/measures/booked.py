"""Gains that are already in the books on what is promised: on the shares paid for, and on the promise itself."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.model.rate import Rate
from holdbook.model.result import Result
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert, implied
from holdbook.timeline.view import View


class Booked(NamedTuple):
    """A gain over a period: as stated, and in the currency of the promise."""

    result: Result
    stated: Quantity
    amount: Quantity


def booked(view: View, asset: str, measure: str, currency: str) -> Booked | None:
    """What was booked on an asset over the last period known, at the rate that the same source implies for it, else at that of the period."""
    found = [
        one
        for one in view.counted(Result)
        if one.measure == measure and one.about == asset and one.amount is not None and one.day is not None and one.day.first <= view.day
    ]
    latest = max(found, key=lambda one: (one.day or view.span, one.id), default=None)
    if latest is None or latest.amount is None:
        return None
    amount = _at_its_rate(view, latest, latest.amount, currency).named(f"results.{latest.id}.amount in {currency}")
    return Booked(latest, latest.amount, amount)


def _at_its_rate(view: View, result: Result, amount: Quantity, currency: str) -> Quantity:
    base, source = amount.unit.currency, (result.source or "").split(" ")[0]
    for fact in view.facts(Rate):
        same = fact.day is not None and result.day is not None and fact.day[:2] == result.day[:2]
        rate = implied(fact) if same and (fact.source or "").split(" ")[0] == source else None
        if rate is not None and rate.unit is UNIT(f"{base}/{currency}"):
            return amount / rate
        if rate is not None and rate.unit is UNIT(f"{currency}/{base}"):
            return amount * rate
    return convert(view, amount, currency, result.day)
