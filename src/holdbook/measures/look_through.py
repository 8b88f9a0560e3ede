"""What a company holds seen through its funds and subsidiaries: their holdings, so far as the book values them, count as its own."""

from __future__ import annotations

from collections.abc import Mapping

from holdbook.measures.ownership import ClosedCircleError, rights
from holdbook.model.stake import Stake
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price


def looked_through(view: View, values: Mapping[str, Quantity]) -> dict[str, Quantity] | None:
    """The values of holdings by what lies in them at the end; None where nothing can be seen through.

    Of each entity that is held and of which the company's right is known: that right in each of its holdings with a value, and what its
    own value leaves. What may be worth more than the entity that holds it (which may have debts) is not seen through.

    Formula:  through = right * holding; rest = value - sum of right * holdings
    """
    inside = _inside(view)
    try:
        right = rights(view) if any(holder in values for holder in inside) else {}
    except ClosedCircleError:
        return None
    found: dict[str, list[Quantity]] = {}
    seen = False
    for asset, value in values.items():
        worth = convert(view, value, view.currency, view.span)
        parts = {one: right[asset].cash_flow * held for one, held in inside.get(asset, {}).items()} if asset in right else {}
        rest = worth - add(list(parts.values())) if parts else worth
        low = bounds(rest).interval.low
        if parts and point(rest) is not None and low is not None and low >= 0:
            seen = True
            for one, held in parts.items():
                found.setdefault(one, []).append(held)
            worth = rest
        if bounds(worth).interval.high != 0:
            found.setdefault(asset, []).append(worth)
    return {one: add(some).named(f"{one} through all layers") for one, some in found.items()} if seen else None


def _inside(view: View) -> dict[str, dict[str, Quantity]]:
    """What others than the company hold, at its value: as stated, else shares at the last price of the day or before."""
    found: dict[str, dict[str, Quantity]] = {}
    for stake in sorted(view.actual(Stake), key=lambda one: (one.day.last if one.day else view.day.min, one.id)):
        holder = stake.holder or view.company
        if holder in (view.company, stake.asset) or not view.in_force(stake):
            continue
        mark = last_price(view, stake.asset)
        price = mark.price if mark is not None and mark.day is not None and mark.day.last == view.day else None
        value = stake.value if stake.value is not None else stake.shares * price if stake.shares is not None and price is not None else None
        if value is not None:
            found.setdefault(holder, {})[stake.asset] = convert(view, value, view.currency, view.span)
    return found
