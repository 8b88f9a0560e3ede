"""Did a share answer to all results days taken together? Where one event proves little, many may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from holdbook.measures.abnormal import GAP, LONGEST, closes_of
from holdbook.measures.aligned import Track, benchmarks, day_of, pairs_of, track
from holdbook.measures.release import told_on
from holdbook.model.event import Event
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import UNIT
from holdbook.timeline.clock import day_zero, listings
from holdbook.timeline.view import View

if TYPE_CHECKING:
    from holdbook.numerics.study import Day

FEWEST_EVENTS = 5
_DAYS = 2


class Together(NamedTuple):
    """Some events of one kind, and what their prices say together.

    Fields:
        events: how many had all closes.
        market: the index whose moves were taken off.
        average: the mean of their cumulative abnormal returns.
        tests: name, statistic and p-value of each test.
    """

    events: int
    market: str
    average: Quantity
    tests: list[tuple[str, Quantity, Quantity]]


def together(view: View, events: Sequence[Event], asset: str, name: str) -> Together | None:
    """The tests over many events of one share; None for fewer than five with all closes.

    The window of each event is the first session that may be day 0 and the next one; its model is that of the market of the share's
    own exchange. A statistic is stated without ends: the rounding of closes is far below its error.

    Formula:  sum over the two sessions of each day's statistic / sqrt(2)
    Says so:  Patell 1976; Corrado 1989; Boehmer, Musumeci and Poulsen 1991; Cowan 1992.
    """
    from holdbook.numerics.regression import DegenerateError, ShortWindowError
    from holdbook.numerics.study import over_events

    share, market = track(view, asset), next((track(view, index) for index in benchmarks(view, asset)), None)
    if share is None or market is None:
        return None
    cases = [case for case in (_case(view, share, market, event) for event in events) if case is not None]
    if len(cases) < FEWEST_EVENTS:
        return None
    try:
        sums, verdicts = over_events([(case.before, case.after) for case in cases])
    except (DegenerateError, ShortWindowError):
        return None
    rows = min(case.first for case in cases), max(case.last for case in cases)
    first, last = (pairs_of(share, (market,), place) for place in rows)
    of = [closes_of(one, first, last, at) for at, one in enumerate((share, market))]
    how = f"solved: market model of {len(cases)} events, {_DAYS} sessions each"
    average = sum(sums) / len(sums)
    tests = [
        (one.test, solved(f"{name}.{one.test}", of, one.statistic, one.statistic, one.statistic, how=how, unit=UNIT("se")),
         solved(f"{name}.{one.test}.p", of, one.p, one.p, one.p, how=how))
        for one in verdicts
    ]  # fmt: skip
    return Together(len(cases), market.asset, solved(f"{name}.average", of, average, average, average, how=how), tests)


class _Case(NamedTuple):
    """One event: its estimation days, its two sessions, and the places of the first and the last of them all."""

    before: list[Day]
    after: list[Day]
    first: int
    last: int


def _case(view: View, share: Track, market: Track, event: Event) -> _Case | None:
    """An event whose sessions have all closes, known by the view."""
    told, place = told_on(view, event), next(iter(listings(view, share.asset)), None)
    zero = day_zero(place.exchange, told, event.time) if told is not None and place is not None else None
    if zero is None:
        return None
    at = share.place(zero.first)
    after = [day for one in range(at, min(at + _DAYS, len(share.days))) if (day := day_of(share, (market,), one)) is not None]
    rows = [(one, day) for one in range(max(at - GAP - LONGEST, 1), at - GAP) if (day := day_of(share, (market,), one)) is not None]
    if len(after) < _DAYS or not rows or share.days[at + _DAYS - 1] > view.day:
        return None
    return _Case([day for _, day in rows], after, rows[0][0], at + _DAYS - 1)
