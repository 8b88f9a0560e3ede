"""What came of the futures: fans, chances with their errors, what drove a breach, and the worst path told month by month."""

from __future__ import annotations

from math import sqrt
from typing import Any

import msgspec
import numpy as np

from holdbook.numerics.engine import Run
from holdbook.numerics.engine_numpy import Walk
from holdbook.numerics.engine_numpy import run as replay
from holdbook.numerics.tables import BINS, MEASURES
from holdbook.numerics.tally import ONE, Grid, Tally
from holdbook.simulation.compile import Compiled

PARTS = (0.05, 0.25, 0.5, 0.75, 0.95)
_DEVIATIONS = 1.959963984540054
"""How many deviations of a normal hold 95%."""


class Chance(msgspec.Struct, frozen=True):
    """How likely something is, by counting: the error is one standard error, low and high hold 95%.

    Formula:  count / paths; sqrt(p (1 - p) / paths); the interval of Wilson 1927, which says something of a count of nothing too
    """

    chance: float
    error: float
    low: float
    high: float


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A limit, and how likely it is met.

    Fields:
        ever: by the end. by_month: by the end of each month; in_month: in each month.
        months_to: to the first breach, of the middle one of the paths that have one; None without any.
        drivers: by holding, its mean return from the start until then; empty without any.
    """

    name: str
    measure: str
    bound: float
    below: bool
    says_so: str
    ever: Chance
    by_month: list[Chance]
    in_month: list[Chance]
    months_to: int | None
    drivers: dict[str, float]


class Shortfall(msgspec.Struct, frozen=True):
    """What is due and cannot be paid at the end of a month: how likely any is, and how much on 19 of 20 paths that have some."""

    month: str
    chance: Chance
    up_to: float


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One month of one path: how it stands at its end, and what was drawn and sold in it."""

    month: str
    nav: float | None
    loan_to_value: float | None
    cash: float
    unpaid: float
    drawn: float
    sold: float
    called: bool
    holdings: dict[str, float]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a simulation.

    Fields:
        engine: what walked the paths, `c` or `numpy`: both come to the same figures.
        paths: that were walked; fewer than `asked` only after an interrupt.
        fans: of each measure, by month, the values below which 5, 25, 50, 75 and 95 of 100 paths lie; cash is less what is due and unpaid.
        called, sold, drawn: by month, how likely it is that a loan is called, that something is sold, that a line is drawn.
        worst, worst_path: the path with the highest loan to value (the first of several), and its number.
        assumptions: the plan read aloud, every assumption called one. said: what the book left open, and how it was read.
    """

    day: str
    known_on: str
    currency: str
    engine: str
    seed: int
    paths: int
    asked: int
    months: list[str]
    fans: dict[str, list[list[float]]]
    breaches: list[Breach]
    shortfall: list[Shortfall]
    called: list[Chance]
    sold: list[Chance]
    drawn: list[Chance]
    worst_path: int
    worst: list[Told]
    assumptions: list[str]
    said: list[str]


def counted(made: Compiled, run: Run, seed: int) -> dict[str, Any]:
    """What an outcome says of the paths, by field."""
    tally, known = run.tally, made.base is not None
    shown = MEASURES if known else ("cash", "unpaid")
    worst = tally.worst_path if tally.paths else -1
    return {
        "engine": run.engine, "seed": seed, "paths": tally.paths, "asked": run.asked, "currency": made.currency, "months": made.months,
        "fans": {name: _fan(tally, run.grid, MEASURES.index(name)) for name in shown},
        "breaches": [_breach(made, tally, place) for place in range(len(made.limits))],
        "shortfall": _shortfall(made, tally, run.grid),
        "called": _chances(tally.called, tally.paths), "sold": _chances(tally.sold, tally.paths), "drawn": _chances(tally.drawn, tally.paths),
        "worst_path": worst, "worst": told(made, seed, worst) if worst >= 0 else [], "said": made.said,
    }  # fmt: skip


def told(made: Compiled, seed: int, path: int) -> list[Told]:
    """One path month by month, walked again from its number alone."""
    found: list[Told] = []
    before = {"drawn": 0.0, "sold": 0.0}

    def watch(walk: Walk, step: int) -> None:
        nav, ratio, cash, _, unpaid = (float(one[0]) for one in walk.measures)
        drawn, sold = float(walk.drawn[0]), float(walk.sold.sum())
        values = {name: float(value) for name, value in zip(made.holdings, walk.value[:, 0], strict=True)}
        known = made.base is not None
        found.append(
            Told(
                month=made.months[step], nav=nav if known else None, loan_to_value=ratio if known else None, cash=cash + unpaid, unpaid=unpaid,
                drawn=drawn - before["drawn"], sold=sold - before["sold"], called=bool(walk.was_called[0]), holdings=values if known else {},
            )
        )  # fmt: skip
        before.update(drawn=drawn, sold=sold)

    nothing = Grid(np.zeros(len(MEASURES)), np.ones(len(MEASURES)))
    replay(made.tables, nothing, seed, path, 1, Tally(made.tables), watch)
    return found


def chance(count: int, paths: int) -> Chance:
    """A chance by counting.

    >>> chance(0, 1000).high < 0.004
    True
    """
    if not paths:
        return Chance(0.0, 0.0, 0.0, 1.0)
    part, square = count / paths, _DEVIATIONS**2
    middle = (part + square / (2 * paths)) / (1 + square / paths)
    half = _DEVIATIONS * sqrt(part * (1 - part) / paths + square / (4 * paths**2)) / (1 + square / paths)
    return Chance(
        part, sqrt(part * (1 - part) / paths), max(middle - half, 0.0) if count else 0.0, min(middle + half, 1.0) if count < paths else 1.0
    )


def quantile(bins: Any, part: float, low: float, per_unit: float) -> float:
    """The value below which a part of what is counted lies: within its bin in proportion."""
    if not bins.any():
        return 0.0
    wanted, below = part * float(bins.sum()), np.cumsum(bins)
    place = min(int(np.searchsorted(below, wanted)), BINS - 1)
    inside = 0.0 if not bins[place] else (wanted - float(below[place] - bins[place])) / float(bins[place])
    return float(low + (place + min(max(inside, 0.0), 1.0)) / per_unit)


def _fan(tally: Tally, grid: Grid, measure: int) -> list[list[float]]:
    """No value lies outside the least and the most that there were."""
    low, per_unit, found = float(grid.low[measure]), float(grid.per_unit[measure]), []
    for step in range(len(tally.bins) if tally.paths else 0):
        least, most = float(tally.least[step, measure]), float(tally.most[step, measure])
        values = (quantile(tally.bins[step, measure], part, low, per_unit) for part in PARTS)
        found.append([min(max(value, least), most) + 0.0 for value in values])
    return found


def _chances(counts: Any, paths: int) -> list[Chance]:
    return [chance(int(count), paths) for count in counts]


def _breach(made: Compiled, tally: Tally, place: int) -> Breach:
    limit, first = made.limits[place], np.cumsum(tally.first[:, place])
    ever = int(first[-1]) if len(first) else 0
    drivers = {name: float(np.expm1(total / ONE / ever)) for name, total in zip(made.holdings, tally.drivers[place], strict=True) if ever}
    return Breach(
        name=limit.name, measure=limit.measure, bound=limit.bound, below=limit.below, says_so=limit.says_so, ever=chance(ever, tally.paths),
        by_month=_chances(first, tally.paths), in_month=_chances(tally.breached[:, place], tally.paths),
        months_to=int(np.searchsorted(first, ever / 2)) + 1 if ever else None, drivers=drivers,
    )  # fmt: skip


def _shortfall(made: Compiled, tally: Tally, grid: Grid) -> list[Shortfall]:
    """Of each month; the first bin holds what is paid in full, and what is as good as that."""
    measure, found = MEASURES.index("unpaid"), []
    for step, month in enumerate(made.months):
        bins = tally.bins[step, measure].copy()
        bins[0] = 0
        short = int(tally.breached[step, 0])
        up_to = quantile(bins, 0.95, float(grid.low[measure]), float(grid.per_unit[measure])) if short else 0.0
        up_to = min(up_to, max(float(tally.most[step, measure]), 0.0))
        found.append(Shortfall(month, chance(short, tally.paths), up_to))
    return found
