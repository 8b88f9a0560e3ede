"""Closes as traded: what a file calls a close is turned back by the recorded splits, or is as traded already, or nobody can say.

A vendor's `Close` may be what was paid that day, or freed of later splits, or of dividends too; its header does not tell. The recorded
splits do: at an ex-date a close as traded jumps by the factor. So do closes that the book states. A file that meets neither is not used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import log
from typing import NamedTuple

from holdbook.model.series import ONE, Split
from holdbook.quantity.quantity import Quantity
from holdbook.reader.vendor import Closes

_NEAR, _WEEKEND = timedelta(days=10), timedelta(days=4)
_CENT = ONE // 100
_TICK = ONE // 1000
_OFF, _NOISE, _FLOAT = 500, 100, 1.2e-7
_FEW, _LATE = 60, 10
_MOST = 0.6
_SPLIT_NEAR = Fraction(1, 100)
_NO_EVIDENCE = "no split is recorded and no close stated by which to tell whether its closes are as traded"


class Stated(NamedTuple):
    """A close that the book states for a day."""

    day: date
    price: Quantity


class Basis(NamedTuple):
    """What was made of a file's closes: as traded in millionths with half steps, the splits, what is doubtful, why it cannot be used."""

    values: list[int]
    steps: list[int]
    splits: tuple[Split, ...]
    doubt: str = ""
    aside: str = ""


def joined(recorded: Sequence[Sequence[Split]]) -> list[Split]:
    """The splits of several records, each once: the same factor within ten days is one split, and the first record has its day."""
    found: list[Split] = []
    for split in (split for record in recorded for split in record):
        if not any(abs(other.day - split.day) <= _NEAR and other.factor == split.factor for other in found):
            found.append(split)
    return sorted(found)


def as_traded(closes: Closes, splits: list[Split], stated: Sequence[Stated], *, is_index: bool = False) -> Basis:
    """A file's closes as they were traded."""
    if closes.said == "dividends":
        return Basis([], [], (), aside="its only column of closes is adjusted for dividends")
    if is_index or closes.said == "traded":
        return _met(closes, Basis(closes.values, closes.steps, tuple(_at_jumps(closes, splits))), stated)
    if closes.said == "adjusted":
        return _met(closes, _turned_back(closes, splits), stated)
    within = [split for split in splits if closes.days and closes.days[0] < split.day <= closes.days[-1]]
    shown = [_shows(closes, split) for split in within]
    if within and len(set(shown)) > 1:
        return Basis([], [], (), aside="some of the recorded splits show in its closes and others do not")
    if within and not shown[0]:
        basis = _turned_back(closes, splits)
    else:
        basis = Basis(closes.values, closes.steps, tuple(_at_jumps(closes, splits)))
        if not within and not _days_of(closes, stated):
            basis = basis._replace(doubt=_NO_EVIDENCE)
    return _met(closes, _fine(closes, basis), stated)


def _turned_back(closes: Closes, splits: list[Split]) -> Basis:
    """Adjusted closes by what one share of each day became: the file's own factors, else the splits up to its last day."""
    factors = closes.factors if len(closes.factors) == len(closes.days) else _factors(closes.days, splits)
    values = [round(value * factor) for value, factor in zip(closes.values, factors, strict=True)]
    steps = [max(round(step * factor), 1) for step, factor in zip(closes.steps, factors, strict=True)]
    return Basis(values, steps, tuple(splits))


def _factors(days: list[date], splits: list[Split]) -> list[Fraction]:
    factors = [Fraction(1)] * len(days)
    for split in splits:
        if days and split.day <= days[-1]:
            for index in range(bisect_left(days, split.day)):
                factors[index] *= split.factor
    return factors


def _shows(closes: Closes, split: Split) -> bool:
    """Whether the closes jump at a split, within the days by which records of it differ."""
    return _jump(closes, split) is not None


def _jump(closes: Closes, split: Split) -> date | None:
    """The session at which the closes jump by a split's factor: nearer to it than to no jump at all."""
    first, last = (bisect_left(closes.days, split.day.toordinal() + away, key=date.toordinal) for away in (-_NEAR.days, _NEAR.days))
    steps = [
        (abs(log(closes.values[index] / closes.values[index - 1] * split.factor)), closes.days[index])
        for index in range(max(first, 1), min(last, len(closes.days)))
        if closes.values[index] > 0 and closes.values[index - 1] > 0
    ]
    near = [(off, abs(day - split.day), day) for off, day in steps if off < abs(log(split.factor)) / 2]
    return min(near)[2] if near else None


def _at_jumps(closes: Closes, splits: list[Split]) -> list[Split]:
    """The splits at the sessions at which the closes show them."""
    return sorted(Split(_jump(closes, split) or split.day, split.factor) for split in splits)


def _fine(closes: Closes, basis: Basis) -> Basis:
    """Set aside what cannot have been paid: closes on no step of an exchange, or whole cents at the end and none at the beginning."""
    values = basis.values
    if basis.aside or len(values) < _FEW:
        return basis
    if 2 * closes.long > len(values):
        off = _share_on(values, lambda value: (10 * _TICK if value > 1000 * ONE else _TICK, _NOISE + value * _FLOAT)) < _MOST
    else:
        late, early = values[-_LATE:], values[: len(values) // 2]
        off = _share_on(late, lambda _: (_CENT, _OFF)) > 0.8 and _share_on(early, lambda _: (_CENT, _OFF)) < 0.5
    return (
        basis._replace(aside="closes between the steps in which prices move: adjusted for dividends or an unrecorded split")
        if off
        else basis
    )


def _share_on(values: list[int], grid: Callable[[int], tuple[int, float]]) -> float:
    """The share of closes that lie on a grid, given for each its step and the noise that it may have; all in millionths."""
    steps = ((value, *grid(value)) for value in values)
    return sum(abs((value + step // 2) % step - step // 2) <= noise for value, step, noise in steps) / len(values)


def _days_of(closes: Closes, stated: Sequence[Stated]) -> list[tuple[int, Stated]]:
    """The stated closes with the index of their session; one of a day without a session is of the last session before."""
    found = ((bisect_right(closes.days, one.day) - 1, one) for one in stated)
    return [(index, one) for index, one in found if index >= 0 and one.day - closes.days[index] <= _WEEKEND]


def _met(closes: Closes, basis: Basis, stated: Sequence[Stated]) -> Basis:
    """Set aside what does not meet the closes that the book states, where it misses more than one of them in three."""
    if basis.aside:
        return basis
    both = _days_of(closes, stated)
    missed = [(index, one) for index, one in both if not _meets(basis.values[index], basis.steps[index], one.price)]
    if 3 * len(missed) <= len(both):
        return basis
    index, one = missed[0]
    words = f"its closes miss {len(missed)} of {len(both)} that the book states: {basis.values[index] / ONE:g} on {one.day}"
    if one.price.stated is not None and one.price.stated.centre is not None:
        words += f", where the book has {float(one.price.stated.centre):g}{_as_if_split(basis.values[index], one.price.stated.centre)}"
    return basis._replace(aside=words)


def _as_if_split(value: int, stated: Fraction) -> str:
    """The split that the difference would be, if it would be one."""
    ratio = stated * ONE / value
    for factor in (round(ratio), Fraction(1, max(round(1 / ratio), 1))):
        if factor not in (0, 1) and abs(ratio / factor - 1) < _SPLIT_NEAR:
            return f", as before a split of 1 into {factor}"
    return ""


def _meets(value: int, step: int, price: Quantity) -> bool:
    """Whether a close and a stated price can be one figure, but for a float's noise."""
    if price.stated is None:
        return True
    slack = Fraction(step + 1, ONE) + Fraction(value, ONE * 20_000)
    core = price.stated.core
    close = Fraction(value, ONE)
    return (core.low is None or close + slack >= core.low) and (core.high is None or close - slack <= core.high)
