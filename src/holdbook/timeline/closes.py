"""The close of a share on a day: as the book states it, else from a price file; never of another day without saying so."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.model.event import Event
from holdbook.model.mark import Mark
from holdbook.model.series import ONE, Series
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.shocks import value_factor
from holdbook.timeline.view import View


class Sessions(NamedTuple):
    """The sessions of an asset that were known, as plain numbers for statistics.

    Closes are on the share basis of the view's day: a split moves none of them. `first` and `last` are the lines of the file.
    """

    days: list[date]
    closes: list[float]
    file: str
    first: int
    last: int


def series_of(view: View, asset: str) -> Series | None:
    """The price file's closes of an asset, if there are any."""
    return next((series for series in view.book.series if series.asset == asset), None)


def close_on(view: View, asset: str, day: date | None = None) -> Quantity | None:
    """The close of one share on a day (the view's), as traded; None where that day has none or it was not known yet.

    A close that the book states comes before one of a price file.
    """
    day = day or view.day
    mark = _marked(view, asset).get(day)
    if mark is not None:
        return mark.price
    series = series_of(view, asset)
    index = series.on(day) if series is not None and day <= view.known_on else None
    if series is None or index is None:
        return None
    close, factor = _in_shares_of_the_day(view, series, index), value_factor(view.book, asset, day)
    return close if factor is None else (close * factor).named(close.title, "moved by the scenario")


def last_close(view: View, asset: str, day: date | None = None) -> tuple[date, Quantity] | None:
    """The last known close on or before a day (the view's), and of which day it is."""
    day = day or view.day
    days = [one for one in _marked(view, asset) if one <= day]
    series = series_of(view, asset)
    index = series.until(min(day, view.known_on)) if series is not None else None
    if series is not None and index is not None:
        days.append(series.days[index])
    last = max(days, default=None)
    price = close_on(view, asset, last) if last is not None else None
    return None if last is None or price is None else (last, price)


def sessions(view: View, asset: str) -> Sessions | None:
    """All sessions of an asset's price file that were known; None without one.

    Formula:  close as traded / factor of each split after the session and up to the view's day
    """
    series = series_of(view, asset)
    end = series.until(view.known_on) if series is not None else None
    if series is None or end is None:
        return None
    key = f"sessions {asset}"
    if key not in view.kept:
        days = series.days[: end + 1]
        closes = [series.closes[index] / ONE / float(series.factor(days[index], view.day)) for index in range(end + 1)]
        view.kept[key] = Sessions(days, closes, series.file, series.lines[0], series.lines[end])
    return view.kept[key]  # type: ignore[no-any-return]


def _marked(view: View, asset: str) -> dict[date, Mark]:
    """The closes that the book states, by day; made once for a view."""
    found: dict[str, dict[date, Mark]] = view.kept.setdefault("closes", {})
    if not found:
        found[""] = {}
        for mark in view.actual(Mark):
            if mark.kind == "close" and mark.price is not None and mark.day is not None and mark.day.is_day:
                found.setdefault(mark.asset, {}).setdefault(mark.day.first, mark)
    return found.get(asset, {})


def _in_shares_of_the_day(view: View, series: Series, index: int) -> Quantity:
    """A close for a share as the book counts shares that day: exchanges change over days before a split takes effect."""
    day, price = series.days[index], series.at(index)
    for event in view.counted(Event):
        if event.kind != "split" or event.entity != series.asset or event.factor is None or event.day is None:
            continue
        early = [split for split in series.splits if split.day <= day < event.day.first and (event.day.first - split.day).days <= 10]
        if any(event.factor.stated is not None and split.factor == event.factor.stated.centre for split in early):
            price = (price * exact(early[0].factor)).named(f"{price.title} before {event.id}", "traded after the split, counted before it")
    return price
