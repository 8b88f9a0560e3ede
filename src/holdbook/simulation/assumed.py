"""A plan for a book that brings none: what is measured where there are closes, and round figures, called assumptions, where there are none."""

from __future__ import annotations

from math import sqrt
from typing import Any

import msgspec

from holdbook.measures.headroom import holdings
from holdbook.model.entity import Entity
from holdbook.simulation.measured import Measure, Swings, Together
from holdbook.simulation.plan import Factor, Moves, Plan
from holdbook.timeline.view import View
from holdbook.valuation.value import has_tables, last_table

EQUITY = "shares at large"
_MARKET, _LISTED, _UNLISTED, _MIXED = 0.18, 0.40, 0.45, 0.28
_MOST, _ONE, _MANY, _QUARTER = 1.2, 0.6, 0.9, 3


def assumed_plan(view: View, paths: int = 10_000, seed: int = 1) -> Plan:
    """Shares at large, and each holding with what is its own: with fat tails, and marks of what is not listed once a quarter.

    Holdings with closes are factors of their own as soon as there are two: how they go together is then measured too.

    Says so:  nobody: round figures, each of which `read_aloud` calls an assumption; what is measured is said to be
    """
    day = _day(view)
    held = [] if day is None else [part.asset for part in holdings(day)]
    measure = Measure(view)
    found = {asset: swings for asset in held if (swings := measure.swings(asset)) is not None}
    together = measure.together(list(found)) if len(found) > 1 else None
    given = {} if together is None else _apart(view, found, together, measure)
    plan = Plan(
        paths=paths, seed=seed, degrees=5, factors=(Factor(name=EQUITY, volatility=_MARKET),), others=_of(_MIXED, "assumed", 1, _MANY)
    )
    moves = {asset: _moves(view, asset, found.get(asset), measure) for asset in held}
    return msgspec.structs.replace(plan, **{**given, "holdings": moves | given.get("holdings", {})})


def _apart(view: View, found: dict[str, Swings], together: Together, measure: Measure) -> dict[str, Any]:
    """A factor for each holding with closes; with shares at large it goes together as its part in them would have it."""
    called = [EQUITY, *(view.book.name_of(asset) for asset in found)]
    names = {asset: view.book.name_of(asset) if called.count(view.book.name_of(asset)) == 1 else asset for asset in found}
    factors = [
        Factor(name=names[asset], volatility=one.volatility, because=measure.because(one.weeks, [asset])) for asset, one in found.items()
    ]
    at_large = [_beta(one.volatility) * _MARKET / one.volatility if one.volatility else 0.0 for one in found.values()]
    rows = [[1.0, *at_large], *([common, *row] for common, row in zip(at_large, together.matrix, strict=True))]
    return {
        "factors": (Factor(name=EQUITY, volatility=_MARKET), *factors),
        "correlation": tuple(tuple(round(one, 4) for one in row) for row in rows),
        "together": f"that with {EQUITY} assumed; else {measure.because(together.weeks, list(found))}, and drawn {together.shrunk:.1%} of the way towards none",
        "holdings": {asset: Moves(follows={names[asset]: 1.0}, because=factor.because) for asset, factor in zip(found, factors, strict=True)},
    }  # fmt: skip


def _day(view: View) -> View | None:
    table = last_table(view)
    if table is None or table.day is None:
        return None if has_tables(view) else view
    return view.on(table.day.last)


def _moves(view: View, asset: str, found: Swings | None, measure: Measure) -> Moves:
    entity = view.book.get(Entity, asset)
    if found is not None:
        return _of(found.volatility, measure.because(found.weeks, [asset]), 1)
    if entity is not None and entity.kind == "bundle":
        return _of(_MIXED, "assumed", 1, _MANY)
    listed = entity is not None and entity.listed
    return _of(_LISTED if listed else _UNLISTED, "assumed", 1 if listed else _QUARTER)


def _of(volatility: float, because: str, marked_every: int, common: float = _ONE) -> Moves:
    """A holding of a volatility in all: what shares at large leave of it is its own.

    Formula:  own = sqrt(volatility^2 - (follows * that of shares at large)^2)
    """
    follows = _beta(volatility, common)
    own = sqrt(max(volatility**2 - (follows * _MARKET) ** 2, 0.0))
    return Moves(follows={EQUITY: follows}, own=round(own, 4), marked_every=marked_every, because=because)


def _beta(volatility: float, common: float = _ONE) -> float:
    """What a holding takes of shares at large: a correlation of 0.6 for one share, of 0.9 for many together, but no beta above 1.2.

    Formula:  beta = correlation * volatility / that of shares at large
    """
    return round(min(_MOST, common * volatility / _MARKET), 4)
