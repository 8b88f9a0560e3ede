"""Closes of one asset from one file, as columns: thousands of days are one thing, not thousands of marks."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from holdbook.dates import day_span
from holdbook.model.mark import Mark
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import Quantity, leaf
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT

ONE = 10**6


class Split(NamedTuple):
    """From the session of `day` on a share is traded of which `factor` were one share before."""

    day: date
    factor: Fraction


class Note(NamedTuple):
    """Something about a price file that a reader of answers should know and that is no fault."""

    place: Place
    says: str


class Series:
    """The closes of one asset, as traded, in the order of their days.

    Fields, one item a session: days, lines, closes (whole millionths), steps (half a unit of the last printed digit, in millionths).
    `currency` is empty for an index. `splits` are those that its prices show or were freed from. `doubt` says what is not known
    about the closes; empty when all is.
    """

    def __init__(self, asset: str, file: str, currency: str, source: str) -> None:
        self.asset = asset
        self.file = file
        self.currency = currency
        self.source = source
        self.days: list[date] = []
        self.lines: list[int] = []
        self.closes: list[int] = []
        self.steps: list[int] = []
        self.splits: tuple[Split, ...] = ()
        self.doubt = ""

    def __len__(self) -> int:
        return len(self.days)

    def at(self, index: int) -> Quantity:
        """The close of a session: a price, or a plain number for an index."""
        value, step = self.closes[index], self.steps[index]
        core = Interval(Fraction(max(value - step, 0), ONE), Fraction(value + step, ONE))
        unit = UNIT(f"{self.currency}/share" if self.currency else "")
        key = f"prices.{self.asset}.{self.days[index]}"
        return leaf(Stated(core, core, Fraction(value, ONE), unit), key=key, origin=self._origin(index))

    def on(self, day: date) -> int | None:
        """The session of that very day, if there was one."""
        index = self.until(day)
        return index if index is not None and self.days[index] == day else None

    def until(self, day: date) -> int | None:
        """The last session on or before a day."""
        index = bisect_right(self.days, day) - 1
        return index if index >= 0 else None

    def mark(self, index: int) -> Mark:
        """A session's close as a mark like any other."""
        day, place = self.days[index], Place(self.file, self.lines[index], 1)
        name = f"{self.asset}_{day:%Y_%m_%d}"
        return Mark(id=name, place=place, learnt=day, day=day_span(day), asset=self.asset, price=self.at(index), kind="close")

    def factor(self, since: date, until: date) -> Fraction:
        """How many shares of a day one share of an earlier day has become; below one when `until` is the earlier."""
        factor = Fraction(1)
        for split in self.splits:
            if since < split.day <= until:
                factor *= split.factor
            elif until < split.day <= since:
                factor /= split.factor
        return factor

    def _origin(self, index: int) -> Origin:
        day = self.days[index].isoformat()
        return Origin(Place(self.file, self.lines[index], 1), self.source, "", day, day, "close")
