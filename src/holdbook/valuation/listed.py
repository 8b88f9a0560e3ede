"""What a listed stake is worth: shares times the price of the day, in the currency of the book."""

from __future__ import annotations

from holdbook.model.mark import Mark
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.closes import close_on, series_of
from holdbook.timeline.positions import position
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_CLOSES = ("close", None)
_OPINIONS = ("target", "threshold", "peak", "multiple")


def stated_price(view: View, asset: str) -> Mark | None:
    """The price that the book itself states for the day of the view; a closing price before an average."""
    found = [
        mark
        for mark in view.actual(Mark)
        if mark.asset == asset and mark.price is not None and mark.kind not in _OPINIONS and mark.day is not None
        and mark.day.is_day and mark.day.first == view.day
    ]  # fmt: skip
    return min(found, key=lambda mark: mark.kind not in _CLOSES, default=None)


def price(view: View, asset: str) -> Quantity | None:
    """The price of one share on the day of the view: a closing price as stated, one of a price file, an average as stated."""
    stated = stated_price(view, asset)
    if stated is not None and stated.kind in _CLOSES:
        return stated.price
    return close_on(view, asset) or (None if stated is None else stated.price)


def last_price(view: View, asset: str) -> Mark | None:
    """The latest priced mark of an asset up to the day of the view; the close of a price file if that is later."""
    found = [
        m
        for m in view.actual(Mark)
        if m.asset == asset and m.price is not None and m.kind not in _OPINIONS and m.day and m.day.last <= view.day
    ]
    best = max(found, key=lambda mark: (mark.day.last, mark.kind == "close"), default=None)  # type: ignore[union-attr]
    series = series_of(view, asset)
    index = series.until(min(view.day, view.known_on)) if series is not None else None
    if series is None or index is None or (best is not None and best.day is not None and best.day.last >= series.days[index]):
        return best
    return series.mark(index)


def listed(view: View, asset: str) -> Quantity | None:
    """Shares held times price, or None where the day has no price or no number of shares was ever stated.

    Formula: shares * price * rate
    """
    per_share = price(view, asset)
    held = position(view, asset)
    if held.shares.stated is not None and held.shares.stated.core.high == 0:
        return exact(0, UNIT(view.currency), f"no shares of {asset}")
    if per_share is None or (held.stake is None and held.filing is None and held.sold is None):
        return None
    return convert(view, held.shares * per_share, view.currency).named(f"{asset}, shares at price")
