"""What each holding is worth on a day: before finance, the finance on it, and what is left; or what the company published."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.quantity.quantity import Quantity, add, floored, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.changes import changes
from holdbook.timeline.closes import close_on
from holdbook.timeline.ledgers import holdings
from holdbook.timeline.positions import positions
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import Finance, asset_backed
from holdbook.valuation.listed import listed, stated_price
from holdbook.valuation.marked import marked, whole_value
from holdbook.valuation.shaken import shaken_line


class Part(NamedTuple):
    """One holding in the sum of the parts.

    Fields:
        asset: the id of it.
        gross: its value before asset-backed finance, where the book has it.
        finance: what is borrowed on it without recourse.
        value: what counts: gross less settlement amounts, never below zero; or as published.
        published: what the company's own table says, where there is one.
        basis: how the value was reached, in words.
    """

    asset: str
    gross: Quantity | None
    finance: list[Finance]
    value: Quantity
    published: Quantity | None
    basis: str


def part(view: View, asset: str, published: Quantity | None = None) -> Part:
    """The value of one holding on the day of the view.

    A line that the company published stays so unless the book itself states a price: it is after finance of which the book may not
    know, and a close of a price file knows nothing of that.

    Formula: max(gross - settlement of asset-backed finance, 0)
    Says so: the company's presentation of its net asset value (appendix on asset-backed finance)
    """
    finance = asset_backed(view, asset)
    unpriced = published is not None and stated_price(view, asset) is None and close_on(view, asset) is not None
    gross = marked(view, asset, net=False) or (None if unpriced else listed(view, asset))
    if gross is not None:
        value = floored(gross - add([one.settlement for one in finance])) if finance else gross
        return Part(asset, gross, finance, value.named(f"value of {asset}"), published, "from its parts")
    net = marked(view, asset, net=True)
    if net is not None:
        net = net.named(f"value of {asset}", "a mark after asset-backed finance")
        return Part(asset, None, finance, shaken_line(view, asset, net, finance) if view.shaken else net, published, "as marked")
    if published is not None and view.shaken:
        return Part(asset, None, finance, shaken_line(view, asset, published, finance), published, "as published")
    if published is not None:
        return Part(asset, None, finance, published, published, "as published")
    nothing = unknown(f"a value of {view.book.name_of(asset)} on {view.day}", UNIT(view.currency), floor=0)
    return Part(asset, None, finance, nothing, None, "unknown")


def table_of(view: View) -> Statement | None:
    """The company's own table for the day of the view, if it was known; one of full knowledge before a pro-forma one."""
    found = [
        s
        for s in view.actual(Statement)
        if (s.company or view.company) == view.company and s.day is not None and s.day.is_day and s.day.first == view.day
    ]
    return min(found, key=lambda s: bool(s.pro_forma), default=None)


def last_table(view: View) -> Statement | None:
    """The latest table of the company up to the day of the view that says a net asset value, or how to reach it."""
    found = [
        s
        for s in view.actual(Statement)
        if (s.company or view.company) == view.company and not s.pro_forma and s.day is not None and s.day.last <= view.day
    ]
    return max(found, key=lambda s: s.day.last, default=None)  # type: ignore[union-attr]


def table_days(view: View) -> list[date]:
    """The days of the company's own closing tables up to the day of the view, the latest first."""
    mine = [one for one in view.actual(Statement) if (one.company or view.company) == view.company and not one.pro_forma]
    return sorted({one.day.last for one in mine if one.day is not None and one.day.last <= view.day}, reverse=True)


def has_tables(view: View) -> bool:
    """Whether the company publishes tables, so that the book need not list all that it holds."""
    return any((s.company or view.company) == view.company for s in view.actual(Statement))


def parts(view: View) -> list[Part] | None:
    """All holdings of the day, or None where the book cannot know them all: the company has tables, and none for this day.

    With a table, its lines are the holdings. Without any, the stakes that the book lists are.
    """
    table = table_of(view)
    if table is not None and table.parts and not table.partial:
        return [part(view, asset, published) for asset, published in table.parts.items()]
    if has_tables(view):
        return None
    stakes = [stake for stake in view.actual(Stake) if (stake.holder or view.company) == view.company and stake.within is None]
    inside = {stake.asset for stake in view.actual(Stake) if stake.within is not None}
    came = [asset for (holder, asset), some in changes(view).items() if holder == view.company and any(one.incoming for one in some)]
    moved = {*came, *(asset for holder, asset in holdings(view) if holder == view.company)} - inside
    traded = [held.asset for held in positions(view) if held.asset in moved]
    assets = dict.fromkeys([*(stake.asset for stake in stakes if stake.binds != "day" and view.in_force(stake)), *traded])
    return [_stake_part(view, asset, stakes) for asset in assets] or None


def _stake_part(view: View, asset: str, stakes: list[Stake]) -> Part:
    found = part(view, asset)
    if found.basis != "unknown":
        return found
    for stake in stakes:
        if stake.asset != asset or not view.in_force(stake):
            continue
        if stake.value is not None and stake.day is not None and stake.day.is_day and stake.day.first == view.day:
            return Part(asset, None, [], convert(view, stake.value, view.currency), None, "as stated")
        whole = whole_value(view, asset)
        if stake.part is not None and whole is not None:
            return Part(asset, None, [], (stake.part * whole).named(f"value of {asset}", "part of the whole"), None, "from its parts")
    return found
