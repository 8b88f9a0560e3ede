"""Splits: a share of before is some shares of after, and what was counted before is counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from holdbook.model.event import Event
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View


def split_since(view: View, asset: str, shares: Quantity, since: date) -> Quantity:
    """A number of shares of one day in shares of the view's day.

    Formula:  shares * factor of each split after `since` and up to the day of the view
    """
    for event in _splits(view, asset):
        if event.day is not None and since < event.day.first <= view.day:
            shares = _after(shares, event)
    return shares


def traded_since(view: View, asset: str, shares: Quantity, since: date) -> Quantity:
    """A number of shares of one day in the shares that are traded on the view's day; trading changes over before a split takes effect.

    Formula:  shares * factor of each split first traded after `since` and up to the day of the view
    """
    for event in _splits(view, asset):
        first = event.first_traded or event.day
        if first is not None and since < first.first <= view.day:
            shares = _after(shares, event)
    return shares


def split_days(view: View, asset: str) -> list[date]:
    """The days of the splits of an asset up to the day of the view, in order."""
    return sorted(event.day.first for event in _splits(view, asset) if event.day and event.day.first <= view.day)


def _splits(view: View, asset: str) -> Iterator[Event]:
    return (event for event in view.counted(Event) if event.kind == "split" and event.entity == asset)


def _after(shares: Quantity, event: Event) -> Quantity:
    factor = event.factor if event.factor is not None else unknown(f"calendar.{event.id}.factor", NUMBER, floor=0)
    return (shares * factor).named(f"{shares.title} after {event.id}")
