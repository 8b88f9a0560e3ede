"""What a position was marked at: a value that somebody stated for a day, before or after asset-backed finance."""

from __future__ import annotations

from holdbook.model.mark import Mark
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View


def marked(view: View, asset: str, *, net: bool) -> Quantity | None:
    """The company's position as marked on the day of the view; `net` asks for a mark after asset-backed finance."""
    for mark in view.counted(Mark):
        if mark.asset != asset or mark.value is None or mark.of == "whole" or bool(mark.net) != net:
            continue
        if mark.kind in ("target", "carrying") or (mark.holder or view.company) != view.company:
            continue
        if mark.day is not None and mark.day.is_day and mark.day.first == view.day:
            return convert(view, mark.value, view.currency)
    return None
