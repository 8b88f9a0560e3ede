"""A plan for a book that brings none: what is measured where there are closes, and round figures, called assumptions, where there are none."""

from __future__ import annotations

from itertools import pairwise
from math import log, sqrt

from holdbook.measures.headroom import holdings
from holdbook.model.entity import Entity
from holdbook.simulation.plan import Factor, Moves, Plan
from holdbook.timeline.closes import sessions
from holdbook.timeline.view import View
from holdbook.valuation.value import has_tables, last_table

EQUITY = "shares at large"
_MARKET, _LISTED, _UNLISTED, _MIXED = 0.18, 0.40, 0.45, 0.28
_FOLLOWS, _QUARTER = 1.2, 3
_LEAST, _YEAR = 60, 252


def assumed_plan(view: View, paths: int = 10_000, seed: int = 1) -> Plan:
    """Shares at large, and each holding with what is its own: with fat tails, and marks of what is not listed once a quarter.

    Says so:  nobody: round figures, each of which `read_aloud` calls an assumption; a volatility is measured where the book has closes
    """
    day = _day(view)
    held = [] if day is None else [part.asset for part in holdings(day)]
    return Plan(
        paths=paths, seed=seed, degrees=5, factors=(Factor(name=EQUITY, volatility=_MARKET),),
        holdings={asset: _moves(view, asset) for asset in held}, others=_of(_MIXED, "assumed", 1),
    )  # fmt: skip


def _day(view: View) -> View | None:
    table = last_table(view)
    if table is None or table.day is None:
        return None if has_tables(view) else view
    return view.on(table.day.last)


def _moves(view: View, asset: str) -> Moves:
    entity, measured = view.book.get(Entity, asset), _volatility(view, asset)
    if measured is not None:
        return _of(measured[0], f"measured from {measured[1]} closes up to {view.day}", 1)
    if entity is not None and entity.kind == "bundle":
        return _of(_MIXED, "assumed", 1)
    listed = entity is not None and entity.listed
    return _of(_LISTED if listed else _UNLISTED, "assumed", 1 if listed else _QUARTER)


def _of(volatility: float, because: str, marked_every: int) -> Moves:
    """A holding of a volatility in all: what shares at large leave of it is its own.

    Formula:  own = sqrt(volatility^2 - (follows * that of shares at large)^2)
    """
    follows = min(_FOLLOWS, round(volatility / _MARKET, 6))
    own = sqrt(max(volatility**2 - (follows * _MARKET) ** 2, 0.0))
    return Moves(follows={EQUITY: follows}, own=round(own, 6), marked_every=marked_every, because=because)


def _volatility(view: View, asset: str) -> tuple[float, int] | None:
    """The deviation of daily log returns of the last year of closes, made yearly, and how many closes; None below 60.

    Formula:  sqrt(252 * sum (r - mean r)^2 / (n - 1))
    """
    found = sessions(view, asset)
    if found is None:
        return None
    closes = [close for day, close in zip(found.days, found.closes, strict=True) if day <= view.day][-_YEAR - 1 :]
    if len(closes) < _LEAST or min(closes) <= 0:
        return None
    returns = [log(now / before) for before, now in pairwise(closes)]
    mean = sum(returns) / len(returns)
    return round(sqrt(_YEAR * sum((one - mean) ** 2 for one in returns) / (len(returns) - 1)), 6), len(closes)
