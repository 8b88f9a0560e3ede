"""The level of an interest curve on a day, as the book's rates state it."""

from __future__ import annotations

from datetime import date

from holdbook.model.rate import Rate
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.timeline.shocks import interest_rise
from holdbook.timeline.view import View


def curve_level(view: View, curve: str, day: date) -> Quantity:
    """The interest a year of a curve on a day: the last level stated up to it.

    A level holds until the next one, but what a day to come will bring is unknown unless the book states it: by a level of a
    later day, or by one whose `until` reaches so far.
    """
    stated = [
        fact
        for fact in view.counted(Rate)
        if fact.curve == curve and fact.level is not None and fact.day is not None and fact.day.last <= day
        and (fact.until is None or fact.until.last >= day)
    ]  # fmt: skip
    last = max(stated, key=lambda fact: (fact.day.last if fact.day else date.min, fact.id), default=None)
    if last is None or last.level is None or _is_past(view, last, day):
        return unknown(f"{curve} on {day}")
    level, rise = last.level.named(f"{curve} of {last.day}"), interest_rise(view.book, day)
    return level if rise is None else (level + rise).named(level.title, "moved by the scenario")


def _is_past(view: View, fact: Rate, day: date) -> bool:
    """Whether a level of what was known cannot speak of a day to come."""
    return day > view.known_on and fact.until is None and fact.day is not None and fact.day.last <= view.known_on
