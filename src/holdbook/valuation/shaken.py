"""A holding under the shocks of a scenario: the value before finance moves, what is borrowed on it does not."""

from __future__ import annotations

from holdbook.model.entity import Entity
from holdbook.model.exchange import EXCHANGES
from holdbook.model.scenario import Shock
from holdbook.quantity.quantity import Quantity, add, exact, floored, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.shocks import felt, value_factor
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import Finance, asset_backed


def shaken_line(view: View, asset: str, value: Quantity, finance: list[Finance]) -> Quantity:
    """A value after asset-backed finance, as a scenario leaves it: never below zero, for the finance can take the asset and no more.

    Formula:  max((value + settlement) * factor - settlement, 0)
    Says so:  the company's presentation of its net asset value (non-recourse finance)
    """
    factor, turned = value_factor(view.book, asset, view.day, tables=True), currency_factor(view, asset)
    if factor is None and turned is None:
        return value
    both = exact(1) if factor is None else factor
    both = both if turned is None else both * turned
    if not finance:
        return (value * both).named(f"value of {asset}", "moved by the scenario")
    settled = add([one.settlement for one in finance])
    before = value + add([one.settlement for one in asset_backed(view.bare, asset)])
    return floored(before * both - settled).named(f"value of {asset}", "moved by the scenario")


def currency_factor(view: View, asset: str) -> Quantity | None:
    """By what a stated value changes with the exchange rates: that of the currency in which the asset is quoted; a part of it where nobody says."""
    pairs = [one for one in felt(view.book, view.day, tables=True) if one.driver == "pair" and view.currency in one.target.split("/")]
    if not pairs:
        return None
    entity = view.book.get(Entity, asset)
    quoted = {EXCHANGES[code].currency for code in (entity.listings or {}) if code in EXCHANGES} if entity is not None else set()
    return _turned(view, pairs, quoted, view.book.name_of(asset))


def currency_part(view: View, what: str) -> Quantity | None:
    """The same of a sum of which nobody says in what currencies it is."""
    pairs = [one for one in felt(view.book, view.day, tables=True) if one.driver == "pair" and view.currency in one.target.split("/")]
    return _turned(view, pairs, set(), what) if pairs else None


def _turned(view: View, pairs: list[Shock], quoted: set[str], what: str) -> Quantity | None:
    for one in pairs:
        base, counter = one.target.split("/")
        other = base if counter == view.currency else counter
        factor = one.factor if counter == view.currency else exact(1) / one.factor
        if other in quoted:
            return factor
        if not quoted:
            part = within(0, 1, NUMBER, key=f"part of {what} in {other}")
            return exact(1) + part * (factor - exact(1))
    return None
