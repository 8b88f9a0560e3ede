"""The abnormal return of a factor model, and what is to be thought of it: four tests, and the smallest effect that they could see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from holdbook.measures.aligned import Track, day_of, pairs_of
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, leaf
from holdbook.quantity.solved import solved
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT

if TYPE_CHECKING:
    from holdbook.numerics.study import Figure, Study

LONGEST, GAP, FEW = 250, 10, 120


class Modelled(NamedTuple):
    """A fitted model.

    Fields:
        abnormal: the cumulative abnormal return of the sessions that may be day 0.
        first, last, days: the estimation window and how many of its sessions have all closes.
        shared: the largest correlation of two factors; near one their betas are not to be read apart.
        tests: by name: `alpha`, `INDEX.beta`, `standard_error`, `t`, `p_t`, `p_sample_quantile`, `p_placebo`, `detectable`, `t_recent`.
    """

    abnormal: Quantity
    first: date
    last: date
    days: int
    shared: float
    tests: dict[str, Quantity]


def modelled(share: Track, factors: Sequence[Track], places: range, moves: list[tuple[Quantity, ...]], name: str) -> Modelled | str:
    """The model of a share on its factors, fitted to the sessions before; in words what it would take where there are too few.

    The window is the 250 sessions that end 11 sessions before day 0, less those without a close of the share or of a factor.

    Formula:  AR = R - a - sum_k b_k F_k
    Says so:  MacKinlay 1997.
    """
    from holdbook.numerics.regression import DegenerateError, ShortWindowError
    from holdbook.numerics.study import Study

    window = range(max(places.start - GAP - LONGEST, 1), places.start - GAP)
    rows = [(place, day) for place in window if (day := day_of(share, factors, place)) is not None]
    event = [day for place in places if (day := day_of(share, factors, place)) is not None]
    try:
        study = Study([day for _, day in rows], event)
    except ShortWindowError as error:
        return f"closes of {error.least} sessions before day 0 (there are {error.days})"
    except DegenerateError as error:
        return f"other closes: {error}"
    used = [place for place, _ in rows]
    sources = [
        closes_of(one, pairs_of(share, factors, used[0]), pairs_of(share, factors, used[-1]), at)
        for at, one in enumerate((share, *factors))
    ]
    fitted = _coefficients(study, factors, sources, name)
    parts = [
        day[0] - add([fitted["alpha"], *(fitted[f"{one.asset}.beta"] * move for one, move in zip(factors, day[1:], strict=False))])
        for day in moves
    ]
    abnormal = (parts[0] if len(parts) == 1 else add(parts)).named(name, "return less what the model expects")
    tests = fitted | _tests(study, abnormal, list(fitted.values()), name, len(places))
    return Modelled(abnormal, share.days[used[0]], share.days[used[-1]], len(used), study.shared, tests)


def closes_of(one: Track, first: list[tuple[int, int]] | None, last: list[tuple[int, int]] | None, at: int) -> Quantity:
    """The closes that a model was fitted to, as one figure that names their rows: how many they are.

    `first` and `last` are the rows of the first and the last session, the share's before its factors'; `at` says whose they are.
    """
    assert first is not None
    assert last is not None
    series, start, end = one.series, first[at][0], last[at][1]
    count = Fraction(end - start + 1)
    days = f"{series.days[start]} to {series.days[end]}"
    where = f"{series.source}, {int(count):,} rows of lines {series.lines[start]} to {series.lines[end]}"
    stated = Stated(Interval.point(count), Interval.point(count), count, UNIT("day"))
    return leaf(
        stated,
        key=f"prices.{one.asset}.{days}",
        name=f"closes of {one.asset}, {days}",
        origin=Origin(Place(series.file, series.lines[start], 1), where),
    )


def _coefficients(study: Study, factors: Sequence[Track], sources: list[Quantity], name: str) -> dict[str, Quantity]:
    names = ["alpha", *(f"{one.asset}.beta" for one in factors)]
    how = f"solved: least squares over {study.days} sessions"
    return {part: _solved(f"{name}.{part}", sources, figure, how) for part, figure in zip(names, study.coefficients, strict=True)}


def _tests(study: Study, abnormal: Quantity, fitted: list[Quantity], name: str, length: int) -> dict[str, Quantity]:
    """How likely such an abnormal return is without news, by tests that ask differently."""
    error = _solved(f"{name}.standard_error", fitted, study.deviation, "solved: spread of residuals, the error of the estimate counted")
    recent = _solved(f"{name}.recent_error", fitted, study.recent_deviation, "solved: the same, the last days counting most")
    t = _statistic(f"{name}.t", abnormal, error, "solved: abnormal return over its standard error")
    found = {
        "standard_error": error,
        "t": t,
        "p_t": _p(f"{name}.p_t", t, study.p_t, 0.0, f"solved: t distribution, {study.found.fit.degrees} degrees of freedom"),
        "p_placebo": _p(f"{name}.p_placebo", abnormal, study.p_placebo, 0.0, f"solved: place among {study.placebos} windows without the event"),
        "detectable": _solved(f"{name}.detectable", [error], study.detectable, "solved: smallest effect that a test at 5% finds in 4 cases of 5"),
"t_recent": _statistic(f"{name}.t_recent", abnormal, recent, "solved: the same, the last days counting most"),
    }  # fmt: skip
    if length == 1:
        middle = sorted(float(one) for one in study.found.fit.residuals)[study.days // 2]
        how = f"solved: place among {study.days} residuals"
        found["p_sample_quantile"] = _p(f"{name}.p_sample_quantile", abnormal, study.p_sample, middle, how)
    return found


def _solved(name: str, of: Sequence[Quantity], figure: Figure, how: str) -> Quantity:
    return solved(name, of, figure.value, figure.low, figure.high, how=how)


def _statistic(name: str, abnormal: Quantity, error: Quantity, how: str) -> Quantity:
    """An effect in its standard errors, as a count of them (`se`)."""
    ratio = abnormal / error
    value, interval = point(ratio), bounds(ratio).interval
    low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
    return solved(name, [abnormal, error], None if value is None else float(value), low, high, how=how, unit=UNIT("se"))


def _p(name: str, of: Quantity, chance: Callable[[float], float], peak: float, how: str) -> Quantity:
    """A p-value and its ends: it falls on both sides of `peak`, so the ends of what it is asked of give its own."""
    value, interval = point(of), bounds(of).interval
    assert value is not None
    low = float(value if interval.low is None else interval.low)
    high = float(value if interval.high is None else interval.high)
    seen = [chance(at) for at in (low, float(value), high)] + ([chance(peak)] if low <= peak <= high else [])
    return solved(name, [of], chance(float(value)), min(seen), max(seen), how=how)
