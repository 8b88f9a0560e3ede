"""What came of the futures: fans, chances with their errors, what drove a breach, and the worst path told month by month."""

from __future__ import annotations

from math import sqrt
from typing import Any

import msgspec
import numpy as np

from holdbook.numerics.engine import Run
from holdbook.numerics.engine_numpy import Walk
from holdbook.numerics.engine_numpy import run as replay
from holdbook.numerics.tables import BINS, MEASURES, Floats, Whole
from holdbook.numerics.tally import ONE, Grid, Tally
from holdbook.simulation.compile import Compiled
from holdbook.simulation.least import LeastUnlikely, least_unlikely_ways
from holdbook.simulation.plan import PARTS

_LARGEST = 700.0
"""A log return whose exponential is still a number."""
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
    """One month of one path: how it stands at its end, and what was drawn and sold in it; None where the start is not known."""

    month: str
    nav: float | None
    loan_to_value: float | None
    cash: float | None
    unpaid: float | None
    drawn: float | None
    sold: float | None
    called: bool
    holdings: dict[str, float]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a simulation.

    Fields:
        engine: what walked the paths, `c` or `numpy`: both come to the same figures.
        precision: of the floats that it computed with; the worst path is told in 64 bits.
        paths: that were walked; fewer than `asked` only after an interrupt.
        fans: of each measure, by month, the values below which 5, 25, 50, 75 and 95 of 100 paths lie; cash is less what is due and unpaid.
        margins: of each value of a fan, between which two it lies at 95%, so many paths being drawn.
        shortfall, sold, drawn: by month, how likely it is that something due stays unpaid, that something is sold, that a line is drawn;
        empty where the cash at the start is not known. called: that a loan is called.
        least_unlikely: for each limit on loan to value, the combination of moves that meets it and is least unlikely.
        worst, worst_path: the path with the highest loan to value (the first of several), and its number.
        assumptions: the plan read aloud, every assumption called one. said: what the book left open, and how it was read.
    """

    day: str
    known_on: str
    currency: str
    engine: str
    precision: str
    seed: int
    paths: int
    asked: int
    months: list[str]
    fans: dict[str, list[list[float]]]
    margins: dict[str, list[list[tuple[float, float]]]]
    breaches: list[Breach]
    shortfall: list[Shortfall]
    called: list[Chance]
    sold: list[Chance]
    drawn: list[Chance]
    least_unlikely: list[LeastUnlikely]
    worst_path: int
    worst: list[Told]
    assumptions: list[str]
    said: list[str]


def counted(made: Compiled, run: Run, seed: int) -> dict[str, Any]:
    """What an outcome says of the paths, by field."""
    tally, shown = run.tally, _shown(made)
    worst = tally.worst_path if tally.paths else -1
    return {
        "engine": run.engine, "precision": run.precision, "seed": seed, "paths": tally.paths, "asked": run.asked, "currency": made.currency, "months": made.months,
        "fans": {name: fan_of(run, MEASURES.index(name)) for name in shown},
        "margins": {name: _margins(run, MEASURES.index(name)) for name in shown},
        "breaches": [breach(made, tally, place) for place, limit in enumerate(made.limits) if limit.measure in shown],
        "shortfall": _shortfall(made, tally, run.grid) if made.opening else [],
        "called": _chances(tally.called, tally.paths),
        "sold": _chances(tally.sold, tally.paths) if made.opening else [],
        "drawn": _chances(tally.drawn, tally.paths) if made.opening else [],
        "least_unlikely": least_unlikely_ways(made), "worst_path": worst, "worst": _known(made, told(made, seed, worst)) if worst >= 0 else [], "said": made.said,
    }  # fmt: skip


def _shown(made: Compiled) -> list[str]:
    """The measures whose start is known."""
    hidden = {"cash", "unpaid"} if not made.opening else set()
    return [name for name in MEASURES if name not in hidden and (made.base is not None or name in ("cash", "unpaid"))]


def _known(made: Compiled, path: list[Told]) -> list[Told]:
    """A path without what has no meaning where the cash at the start is not known."""
    if made.opening:
        return path
    return [msgspec.structs.replace(one, cash=None, unpaid=None, drawn=None, sold=None) for one in path]


def _steps(tally: Tally) -> int:
    return len(tally.bins) if tally.paths else 0


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
                month=made.months[step], nav=nav if known else None, loan_to_value=ratio if known else None,
                cash=cash + unpaid, unpaid=unpaid, drawn=drawn - before["drawn"], sold=sold - before["sold"], called=bool(walk.was_called[0]),
                holdings=values if known else {},
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


def fan_of(run: Run, measure: int) -> list[list[float]]:
    """The values of a measure below which 5, 25, 50, 75 and 95 of 100 paths lie, by month."""
    found: list[list[float]] = _quantiles(run, measure, np.array(PARTS) / 100).tolist()
    return found


def _margins(run: Run, measure: int) -> list[list[tuple[float, float]]]:
    """The ends of each value of a fan at 95%, by month.

    Formula:  a part p of n paths lies at p, give or take 1.96 sqrt(p (1 - p) / n)
    """
    parts = np.array(PARTS) / 100
    off = _DEVIATIONS * np.sqrt(parts * (1 - parts) / max(run.tally.paths, 1))
    low, high = (_quantiles(run, measure, np.clip(ends, 0.0, 1.0)).tolist() for ends in (parts - off, parts + off))
    return [list(zip(*month, strict=True)) for month in zip(low, high, strict=True)]


def _quantiles(run: Run, measure: int, parts: Floats) -> Floats:
    """By month (T) the values below which parts (P) of the paths lie: none outside the least and the most that there were."""
    tally, steps = run.tally, slice(_steps(run.tally))
    found = quantiles(tally.bins[steps, measure], parts, float(run.grid.low[measure]), float(run.grid.per_unit[measure]))
    return np.clip(found, tally.least[steps, measure, None], tally.most[steps, measure, None]) + 0.0


def quantiles(bins: Whole, parts: Floats, low: float, per_unit: float) -> Floats:
    """The values below which parts (P) of what is counted lie, of several rows (T, bins): within their bin in proportion."""
    below = np.cumsum(bins, axis=1)
    wanted = parts * below[:, -1:]
    place = np.minimum((below[:, None, :] < wanted[:, :, None]).sum(axis=2), BINS - 1)
    before = np.where(place > 0, np.take_along_axis(below, np.maximum(place - 1, 0), axis=1), 0)
    held = np.take_along_axis(below, place, axis=1) - before
    inside = np.where(held > 0, (wanted - before) / np.maximum(held, 1), 0.0)
    values = low + (place + np.clip(inside, 0.0, 1.0)) / per_unit
    return np.where(below[:, -1:] > 0, values, 0.0)


def _chances(counts: Any, paths: int) -> list[Chance]:
    return [chance(int(count), paths) for count in counts]


def breach(made: Compiled, tally: Tally, place: int) -> Breach:
    """How likely a limit is met, by its place in the tables."""
    limit, first = made.limits[place], np.cumsum(tally.first[:, place])
    ever = int(first[-1]) if len(first) else 0
    drivers = {
        name: float(np.expm1(min(total / ONE / ever, _LARGEST)))
        for name, total in zip(made.holdings, tally.drivers[place], strict=True)
        if ever
    }
    return Breach(
        name=limit.name, measure=limit.measure, bound=limit.bound, below=limit.below, says_so=limit.says_so, ever=chance(ever, tally.paths),
        by_month=_chances(first, tally.paths), in_month=_chances(tally.breached[:, place], tally.paths),
        months_to=int(np.searchsorted(first, ever / 2)) + 1 if ever else None, drivers=drivers,
    )  # fmt: skip


def _shortfall(made: Compiled, tally: Tally, grid: Grid) -> list[Shortfall]:
    """Of each month; the first bin holds what is paid in full, and what is as good as that."""
    measure, found = MEASURES.index("unpaid"), []
    unpaid = tally.bins[:, measure].copy()
    unpaid[:, :1] = 0
    most = quantiles(unpaid, np.array([0.95]), float(grid.low[measure]), float(grid.per_unit[measure]))[:, 0]
    for step, month in enumerate(made.months):
        short = int(tally.breached[step, 0])
        up_to = min(float(most[step]), max(float(tally.most[step, measure]), 0.0)) if short else 0.0
        found.append(Shortfall(month, chance(short, tally.paths), up_to))
    return found
