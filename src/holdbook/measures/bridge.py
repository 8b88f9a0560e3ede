"""What changed between two views: holdings line by line, net debt, net asset value."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.net_debt import adjusted_net_debt, deductions
from holdbook.measures.published import Sourced
from holdbook.measures.worth import equity_value_of_holdings, nav, nav_per_share
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.view import View
from holdbook.valuation.value import parts


class Change(NamedTuple):
    """One line of a bridge: before, after, and the difference, which counts with its sign in net asset value."""

    name: str
    label: str
    before: Quantity | None
    after: Quantity | None
    change: Quantity


def bridge(before: View, after: View) -> list[Change]:
    """The way from one net asset value to another.

    Formula:  nav(after) - nav(before) = sum of changes of holdings - change of net debt - change of deductions

    The lines of the holdings are there only where both days have them, that of the deductions where one day has some; the rest are the totals.
    """
    changes = _lines(before, after)
    for name, measure in (
        ("equity_value_of_holdings", equity_value_of_holdings),
        ("adjusted_net_debt", adjusted_net_debt),
        ("nav", nav),
        ("nav_per_share", nav_per_share),
    ):
        if name == "nav":
            changes += _taken_off(before, after)
        old, new = measure(before), measure(after)
        if _known(old) and _known(new) and old.quantity.unit is new.quantity.unit:
            changes.append(_change(name, name.replace("_", " "), old.quantity, new.quantity))
    return changes


def _taken_off(before: View, after: View) -> list[Change]:
    old, new = deductions(before), deductions(after)
    return [] if old is None and new is None else [_change("deductions", "deductions", old, new)]


def _known(one: Sourced) -> bool:
    return one.how != "missing"


def _lines(before: View, after: View) -> list[Change]:
    old, new = parts(before), parts(after)
    if old is None or new is None:
        return []
    first, then = {line.asset: line.value for line in old}, {line.asset: line.value for line in new}
    return [
        _change(f"{asset}.value", after.book.name_of(asset), first.get(asset), then.get(asset)) for asset in dict.fromkeys([*then, *first])
    ]


def _change(name: str, label: str, before: Quantity | None, after: Quantity | None) -> Change:
    some = before or after
    assert some is not None
    nothing = exact(0, some.unit, "not a line of its own")
    return Change(name, label, before, after, ((after or nothing) - (before or nothing)).named(f"change of {name}"))
