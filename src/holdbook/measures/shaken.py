"""All holdings under the shocks of a scenario: the lines, a total of which nobody knows the lines, and what was promised at a fixed price."""

from __future__ import annotations

from holdbook.measures.exposure import Exposure, exposures, move_of
from holdbook.measures.group import group_funds
from holdbook.measures.published import Sourced
from holdbook.model.entity import Entity
from holdbook.model.scenario import Shock
from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.quantity.quantity import Quantity, add, exact, floored, greatest, least, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.positions import positions
from holdbook.timeline.rates import convert
from holdbook.timeline.shocks import felt, value_factor
from holdbook.timeline.view import View
from holdbook.valuation.shaken import currency_part
from holdbook.valuation.value import parts

_NAME = "equity_value_of_holdings"


def shaken_holdings(view: View, found: Sourced) -> Sourced:
    """The equity value of holdings under the shocks; `found` is the sum of the lines as they leave them, or a total without them.

    `all` moves what is held. A shock to an asset or a layer moves besides what was promised at a fixed price on it; of a total without
    lines it moves the part that is known to hang on the asset, else a part of it between none and all.

    Formula:  sum of lines, or total * factor of all; + (factor - that of the holder's line) * value held through it + (factor - 1) * unpaid
    """
    if found.how == "missing":
        return found
    whole = found.quantity if found.how == "parts" else _of_total(view, found.quantity)
    changes = [one for promise in exposures(view) if (one := promised_change(view, promise, by_lines=found.how == "parts")) is not None]
    if not changes and whole is found.quantity:
        return found
    total = floored(add([whole, *changes])) if changes else whole
    return Sourced(total.named(_NAME, "moved by the scenario"), "parts" if found.how == "parts" else "derived")


def promised_change(view: View, promise: Exposure, *, by_lines: bool) -> Quantity | None:
    """What the shocks do to a promise at a fixed price and to what was bought under it, beyond what moves the line in which it is held.

    In the currency of the view; None where neither its asset nor its layer moves.
    """
    factor = own_factor(view, promise.asset)
    if factor is None:
        return None
    lines = {line.asset for line in parts(view) or []} if by_lines else set()
    carrier = promise.asset if promise.asset in lines else promise.holder if promise.holder in lines else ""
    moves = value_factor(view.book, carrier, view.day, tables=True) if carrier else None if by_lines else _of_all(view)
    beyond = factor - (exact(1) if moves is None else moves)
    held = [one for one in (promise.shares, promise.forward_gain) if one is not None]
    change = (add(held) * beyond).named(f"{promise.asset}: on what is in the value")
    if promise.unpaid is not None:
        change = change + (promise.unpaid * move_of(factor)).named(f"{promise.asset}: on what is still to pay")
    return convert(view, change.named(f"{promise.asset}.change"), view.currency, view.span)


def own_factor(view: View, asset: str) -> Quantity | None:
    """By what the value of an asset is multiplied by a shock to it or to its layer; None where none is."""
    entity = view.book.get(Entity, asset)
    names = {asset, entity.layer if entity is not None and entity.layer else asset}
    moved = any(one.driver in ("asset", "layer") and one.target in names for one in felt(view.book, view.day, tables=True))
    return value_factor(view.book, asset, view.day, tables=True) if moved else None


def _of_all(view: View) -> Quantity | None:
    return next((one.factor for one in felt(view.book, view.day, tables=True) if one.driver == "all"), None)


def _of_total(view: View, total: Quantity) -> Quantity:
    """A total without lines: moved by `all`, and by a part between none and all of it for each asset that is held, nobody says for how much."""
    every = _of_all(view)
    result = total if every is None else total * every
    shocks = _of_unknown_size(view)
    if shocks:
        named = ", ".join(shock.target for shock in shocks)
        part = within(0, 1, NUMBER, key=f"part of the holdings that is {named}")
        result = result + total * part * _mixed([shock.factor - (exact(1) if every is None else every) for shock in shocks], named)
    turned = currency_part(view, "the holdings")
    return result if turned is None else result * turned


def _mixed(moves: list[Quantity], named: str) -> Quantity:
    """The move of several things together, of which nobody says how much each is: between the least and the greatest."""
    if len(moves) == 1:
        return moves[0]
    low, high = least(moves), greatest(moves)
    return low + within(0, 1, NUMBER, key=f"how much of each of {named}") * (high - low)


def _of_unknown_size(view: View) -> list[Shock]:
    """The shocks to assets and layers of which the company holds something that no promise tells the value of."""
    held = _ever_held(view) - {one.asset for one in exposures(view)}
    found = []
    for shock in felt(view.book, view.day, tables=True):
        members = {one.id for one in view.book.all(Entity) if one.layer == shock.target} if shock.driver == "layer" else {shock.target}
        if shock.driver in ("asset", "layer") and members & held:
            found.append(shock)
    return found


def _ever_held(view: View) -> set[str]:
    """What the company or one of its funds holds or has held, unless it is known to hold none of it now."""
    group = {view.company, *group_funds(view)}
    gone = {one.asset for one in positions(view) if _is_none(one.shares)}
    lines = {asset for table in view.actual(Statement) for asset in (*(table.parts or {}), *(table.parts_per_share or {}))}
    stakes = {stake.asset for stake in view.actual(Stake) if (stake.holder or view.company) in group}
    return (lines | stakes | {one.asset for one in positions(view)} | group) - gone - {view.company}


def _is_none(shares: Quantity) -> bool:
    return shares.stated is not None and shares.stated.core.high == 0
