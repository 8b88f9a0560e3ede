"""What a position was marked at: a value that somebody stated for a day, before or after asset-backed finance."""

from __future__ import annotations

from holdbook.model.mark import Mark
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_OPINIONS = ("threshold", "target", "multiple")


def marked(view: View, asset: str, *, net: bool) -> Quantity | None:
    """The company's position as marked on the day of the view; `net` asks for a mark after asset-backed finance."""
    for mark in view.actual(Mark):
        if mark.asset != asset or mark.value is None or _is_whole(mark) or bool(mark.net) != net:
            continue
        if mark.kind in ("target", "carrying") or (mark.holder or view.company) != view.company:
            continue
        if mark.day is not None and mark.day.is_day and mark.day.first == view.day:
            return convert(view, mark.value, view.currency)
    return None


def whole_value(view: View, asset: str) -> Quantity | None:
    """What the whole of an entity was valued at on the day of the view, if somebody said so."""
    for mark in view.actual(Mark):
        today = mark.day is not None and mark.day.is_day and mark.day.first == view.day
        if today and mark.asset == asset and mark.value is not None and _is_whole(mark) and mark.kind not in _OPINIONS:
            return convert(view, mark.value, view.currency)
    return None


def _is_whole(mark: Mark) -> bool:
    """Whether a value is that of the whole entity: it says so, or it is of a kind that only a whole has."""
    return mark.of == "whole" or (mark.of is None and mark.kind in ("threshold", "peak", "pre_money", "post_money", "multiple", "target"))
