"""Returns of a share and of its factors up to the same moments, by the clock of each exchange.

A session in Tokyo is set against what New York had done by then: the session before. Where one exchange has a holiday the other
one's returns are cumulated over it, on both sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from holdbook.model.entity import Entity
from holdbook.model.series import Series
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.clock import LATEST, closes_between, listings
from holdbook.timeline.closes import series_of
from holdbook.timeline.view import View

if TYPE_CHECKING:
    from holdbook.numerics.study import Day

_REACH = timedelta(days=14)


class Track(NamedTuple):
    """A share or an index: its closes, and the sessions of its exchange: their days, the moments at which they closed, their rows."""

    asset: str
    series: Series
    days: tuple[date, ...]
    moments: tuple[datetime, ...]
    rows: tuple[int | None, ...]

    def at(self, moment: datetime) -> int | None:
        """The row of the last session that had closed by a moment; None if the file does not have that very session."""
        index = bisect_right(self.moments, moment) - 1
        return self.rows[index] if index >= 0 else None

    def place(self, day: date) -> int:
        """Which of its sessions is that of a day; -1 if none is."""
        index = bisect_right(self.days, day) - 1
        return index if index >= 0 and self.days[index] == day else -1

    def change(self, before: int, after: int) -> Quantity:
        """The return between two sessions, from closes as traded and the splits between them.

        Formula:  close * factor / close before - 1
        """
        factor = self.series.factor(self.series.days[before], self.series.days[after])
        later = self.series.at(after) if factor == 1 else self.series.at(after) * exact(factor)
        return later / self.series.at(before) - 1

    def plain_change(self, before: int, after: int) -> tuple[float, float]:
        """The same as a plain number, and by how much the rounding of the two closes can move it."""
        first, last = self.series.closes[before], self.series.closes[after]
        ratio = last / first * float(self.series.factor(self.series.days[before], self.series.days[after]))
        return ratio - 1, ratio * (self.series.steps[before] / first + self.series.steps[after] / last)


def track(view: View, asset: str) -> Track | None:
    """The closes of an asset by the clock of its exchange; None without a price file or a known calendar."""
    key = f"track {asset}"
    if key not in view.kept:
        view.kept[key] = _track(view, asset)
    return view.kept[key]  # type: ignore[no-any-return]


def _track(view: View, asset: str) -> Track | None:
    series, places = series_of(view, asset), listings(view, asset)
    if series is None or not places:
        return None
    closes = closes_between(places[0].exchange, series.days[0], min(view.known_on, LATEST) + _REACH)
    if closes is None:
        return None
    rows = {day: row for row, day in enumerate(series.days) if day <= view.known_on}
    return Track(asset, series, tuple(closes), tuple(closes.values()), tuple(rows.get(day) for day in closes))


def benchmarks(view: View, asset: str) -> list[str]:
    """The indices against which a share is set: those of its own exchange first."""
    own = {one.exchange for one in listings(view, asset)[:1]}
    found = [entity for entity in view.facts(Entity) if asset in (entity.benchmark_of or ())]
    return [one.id for one in sorted(found, key=lambda one: (not own & set(one.listings or ()), one.id))]


def day_of(share: Track, factors: Sequence[Track], place: int) -> Day | None:
    """One session of a share and its factors as plain numbers; None where a close is missing."""
    from holdbook.numerics.study import Day

    rows = pairs_of(share, factors, place)
    if rows is None:
        return None
    changes = [one.plain_change(*pair) if pair[0] != pair[1] else (0.0, 0.0) for one, pair in zip((share, *factors), rows, strict=True)]
    (own, error), others = changes[0], changes[1:]
    return Day(own, tuple(value for value, _ in others), error, tuple(error for _, error in others))


def pairs_of(share: Track, factors: Sequence[Track], place: int) -> list[tuple[int, int]] | None:
    """The rows between which the share and each factor moved, up to the close of a session of the share; `place` counts its moments."""
    if place < 1:
        return None
    moments = share.moments[place - 1], share.moments[place]
    found: list[tuple[int, int]] = []
    for one in (share, *factors):
        before, after = one.at(moments[0]), one.at(moments[1])
        if before is None or after is None:
            return None
        found.append((before, after))
    return found
