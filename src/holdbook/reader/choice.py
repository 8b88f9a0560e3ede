"""Of several price files of one asset the one to use, and why the others are not."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from holdbook.model.series import Note, Series
from holdbook.problems import Problem, Side
from holdbook.quantity.origin import Place

_ALIKE = Fraction(1, 1000)
_EXPECTED = "closes as traded, or freed of recorded splits alone"
_WAY_OUT = "get closes as traded, or record the splits: a calendar entry of kind split"


class Choice(NamedTuple):
    """The series to use, if one is sound, what to know of the files, and what is wrong with them."""

    series: Series | None
    notes: list[Note]
    problems: list[Problem]


def chosen(called: str, sound: list[Series], aside: list[Note]) -> Choice:
    """The sound series of an asset: without doubt before doubtful, then the longest, then by name.

    Where two that are doubtful differ by a factor, the one that is higher in the past is taken: who adjusts for dividends lowers it.
    """
    if not sound:
        return Choice(None, [], [Problem("adjusted-price", one.place, f"{called}: {one.says}", _EXPECTED, _WAY_OUT) for one in aside])
    best, *rest = sorted(sound, key=lambda one: (bool(one.doubt), -_height(one, sound), -len(one), one.file))
    notes = [Note(one.place, f"not used: {one.says}") for one in aside]
    notes += [Note(Place(one.file, 1, 1), f"not used: {_against(one, best)}") for one in rest]
    if best.doubt:
        notes.append(Note(Place(best.file, 1, 1), f"{called}: {best.doubt}"))
    return Choice(best, notes, list(_undecided(called, best, rest)))


def _common(one: Series, other: Series) -> list[Fraction]:
    """The ratio of the two files' closes on each day that both have, from the first."""
    place = {day: index for index, day in enumerate(other.days)}
    both = ((one.closes[index], other.closes[place[day]]) for index, day in enumerate(one.days) if day in place)
    return [Fraction(left, right) for left, right in both if right]


def _differ(ratios: list[Fraction]) -> bool:
    """Whether one of twenty common closes, or more, are not alike."""
    return 20 * sum(abs(ratio - 1) > _ALIKE for ratio in ratios) > len(ratios)


def _height(one: Series, others: list[Series]) -> int:
    """Of how many others its early closes are above."""
    compared = (_common(one, other) for other in others if other is not one)
    return sum(_differ(ratios) and ratios[0] > 1 + _ALIKE for ratios in compared if ratios)


def _against(one: Series, best: Series) -> str:
    ratios = _common(one, best)
    if not ratios or not _differ(ratios):
        return f"{best.file} has these closes too"
    return f"its closes are {float(ratios[0]):.4g} to {float(ratios[-1]):.4g} times those of {best.file}"


def _undecided(called: str, best: Series, rest: list[Series]) -> list[Problem]:
    """Two files that differ, and nothing in the book that says which is right."""
    return [
        Problem(
            "adjusted-price", Place(one.file, 1, 1), f"{called}: {_against(one, best)}", "files of one asset that agree",
            "state a close of some early day in the book, a mark of kind close, or remove one of the two",
            sides=(Side(Place(best.file, 1, 1), "the other file, which is used"),),
        )
        for one in rest
        if best.doubt and _differ(_common(one, best))
    ]  # fmt: skip
