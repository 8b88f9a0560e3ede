"""Are the closes of the price files possible? Jumps that only a split explains, gaps, closes that stand still, closes that the book denies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from math import log

from holdbook.checks.compare import agree
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.model.event import Event
from holdbook.model.exchange import EXCHANGES
from holdbook.model.mark import Mark
from holdbook.model.series import ONE, Note, Series
from holdbook.problems import Problem, Side
from holdbook.quantity.origin import Place
from holdbook.quantity.quantity import Quantity, within

LONGEST_HOLIDAY = 12
STILL = 10
WEEKEND = 4
OLD = 30
_RATIOS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100)
_NEAR = 0.05
_NEW_YORK = ("XNAS", "XNYS", "XASE", "ARCX")
_NOISE = Fraction(1, 20_000)


def prices(book: Book) -> Iterator[Problem]:
    """What is wrong with the closes of the price files; those of an index or a rate may jump and stand as they like."""
    for series in book.series:
        if series.currency:
            yield from _unrecorded(book, series)
            yield from _still(book, series)
        yield from _gaps(book, series)
        yield from _denied(book, series)


def remarks(book: Book) -> list[Note]:
    """What to know of the price files that is no fault: what was set aside, what is doubtful, what ends long before the book's day."""
    notes = list(book.notes)
    for series in book.series:
        age = (min(book.head.day, book.head.known_on) - series.days[-1]).days
        if age > OLD:
            place = Place(series.file, series.lines[-1], 1)
            notes.append(
                Note(place, f"{book.name_of(series.asset)}: the last close is of {series.days[-1]}, {age} days before the book's day")
            )
    return sorted([*notes, *_absent(book)])


def _absent(book: Book) -> Iterator[Note]:
    """Days on which a file has no close and all others of its exchange whose days reach so far, two at least, have one."""
    by_exchange: dict[str, list[Series]] = {}
    for series in book.series:
        by_exchange.setdefault(_exchange(book, series), []).append(series)
    by_exchange.pop("", None)
    for some in by_exchange.values():
        traded = sorted(Counter(day for series in some for day in series.days).items())
        firsts, lasts = sorted(series.days[0] for series in some), sorted(series.days[-1] for series in some)
        for series in some:
            own = set(series.days)
            missing = [
                day
                for day, count in traded
                if count >= 2 and day not in own and series.days[0] < day < series.days[-1]
                and count == bisect_right(firsts, day) - bisect_left(lasts, day) - 1
            ]  # fmt: skip
            if missing:
                more = f", {missing[-1]} the last of {len(missing)}" if len(missing) > 1 else ""
                says = f"{book.name_of(series.asset)}: no close on a day on which the others of its exchange have one: {missing[0]}{more}"
                yield Note(Place(series.file, series.lines[series.until(missing[0]) or 0], 1), says)


def _exchange(book: Book, series: Series) -> str:
    """The exchange whose sessions a listing has; those of New York keep the same days."""
    entity = book.get(Entity, series.asset)
    codes = [code for code in ((entity.listings if entity is not None else None) or {}) if code in EXCHANGES]
    return next(("New York" if code in _NEW_YORK else code for code in codes if EXCHANGES[code].currency == series.currency), "")


def _unrecorded(book: Book, series: Series) -> Iterator[Problem]:
    """Jumps from one session to the next by the factor of a split that nobody recorded.

    Formula:  |ln(close / close before * n)| < 0.05 for a whole n from 2 on, or one over it
    """
    stated = {mark.day.first for mark in _closes(book, series) if mark.day is not None}
    for index, (before, after) in enumerate(pairwise(series.closes), 1):
        day = series.days[index]
        step = log(after / before)
        if abs(step) < log(2) - _NEAR or day in stated or any(split.day == day for split in series.splits):
            continue
        factor = next((n for n in _RATIOS if abs(abs(step) - log(n)) < _NEAR), None)
        if factor is not None:
            ratio = Fraction(factor) if step < 0 else Fraction(1, factor)
            yield Problem(
                "unrecorded-split", Place(series.file, series.lines[index], 1),
                f"{book.name_of(series.asset)} goes from {before / ONE:g} to {after / ONE:g}, as in a split of 1 into {ratio}",
                "a jump that a recorded split explains",
                f"record it: a calendar entry of kind split with factor = {ratio}x, or, if so much was lost or won, a mark of kind close of {day}",
                sides=(Side(Place(series.file, series.lines[index - 1], 1), f"the close before, of {series.days[index - 1]}"),),
            )  # fmt: skip


def _still(book: Book, series: Series) -> Iterator[Problem]:
    """Runs of sessions with one and the same close."""
    for _, run in groupby(range(len(series)), key=lambda index: series.closes[index]):
        some = list(run)
        first, last = series.days[some[0]], series.days[some[-1]]
        if len(some) >= STILL and not _explained(book, series, first, last):
            yield Problem(
                "stale-price", Place(series.file, series.lines[some[-1]], 1),
                f"{len(some)} sessions with one close of {book.name_of(series.asset)}, {first} to {last}",
                f"a close that moves within {STILL} sessions",
                f"leave out what was only carried forward, or record why: a calendar entry of {series.asset} of {first}..{last}",
                sides=(Side(Place(series.file, series.lines[some[0]], 1), "the first of them"),),
            )  # fmt: skip


def _gaps(book: Book, series: Series) -> Iterator[Problem]:
    """Days without a session, more than any holiday has."""
    for index, (before, after) in enumerate(pairwise(series.days), 1):
        if (after - before).days > LONGEST_HOLIDAY and not _explained(book, series, before, after):
            yield Problem(
                "price-gap", Place(series.file, series.lines[index], 1),
                f"no close of {book.name_of(series.asset)} between {before} and {after}",
                f"a session at least every {LONGEST_HOLIDAY} days",
                f"add what is missing, or record why: a calendar entry of {series.asset} of {before}..{after}",
                sides=(Side(Place(series.file, series.lines[index - 1], 1), "the close before"),),
            )  # fmt: skip


def _explained(book: Book, series: Series, first: date, last: date) -> bool:
    """Whether the book records an event of the asset that lasts over these days: a halt, a suspension."""
    return any(
        event.entity == series.asset and event.day is not None and event.day.first <= first and last <= event.day.last
        for event in book.all(Event)
    )


def _closes(book: Book, series: Series) -> Iterator[Mark]:
    for mark in book.all(Mark):
        if mark.asset == series.asset and mark.kind == "close" and mark.price is not None and mark.day is not None and mark.day.is_day:
            yield mark


def _denied(book: Book, series: Series) -> Iterator[Problem]:
    """Closes that the book states otherwise; one of a day without a session is of the last session before."""
    corrected = {mark.supersedes for mark in book.all(Mark)}
    for mark in _closes(book, series):
        index = series.until(mark.day.first) if mark.day is not None else None
        if (
            index is None
            or mark.day is None
            or (mark.day.first - series.days[index]).days > WEEKEND
            or mark.price is None
            or mark.known_difference
            or mark.id in corrected
        ):
            continue
        close = series.at(index)
        if mark.price.unit is close.unit and agree(mark.price, _loosened(series, index, close)) == "inconsistent":
            yield Problem(
                "contradiction", mark.price.origin.place, f"marks.{mark.id} says {mark.price.origin.words} for the close of {mark.day}",
                f"{series.closes[index] / ONE:g}, as the price file has it", "correct one of the two, or say why in known_difference",
                sides=(Side(close.origin.place, f"{series.closes[index] / ONE:g}"),),
            )  # fmt: skip


def _loosened(series: Series, index: int, close: Quantity) -> Quantity:
    """A close with the noise of a float and of a split that was turned back."""
    value = Fraction(series.closes[index], ONE)
    slack = value * _NOISE + Fraction(series.steps[index], ONE)
    return within(value - slack, value + slack, close.unit, key=close.key, origin=close.origin)
