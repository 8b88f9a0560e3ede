"""What the funds of a group made: their gains and losses so far, and how much of what they hold was written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.model.result import Result
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.view import View

_SIGNS = {"cumulative_gain": 1, "cumulative_loss": -1}


class Standing(NamedTuple):
    """What a fund had made by a day: a gain, or a loss with a minus; `day` is None where nobody says of when it is."""

    fund: str
    amount: Quantity
    day: Span | None
    result: Result


class WrittenDown(NamedTuple):
    """How many of a fund's companies were written down, and of how many.

    Fields:
        number: how many were.
        of: of how many, by the fund's own number of companies or by what the stated part implies.
        part: number / of.
        day: when there were so many; None where nobody says.
        said: the entry that gives `of`.
    """

    fund: str
    number: Quantity
    of: Quantity
    part: Quantity
    day: Span | None
    said: str


def standings(view: View) -> Iterator[Standing]:
    """The cumulative gains and losses of every fund, the undated first, then in the order of their days.

    Whoever tells the same again counts once.
    """
    found = [result for result in view.counted(Result) if result.measure in _SIGNS and result.amount is not None and result.about is None]
    for result in sorted(found, key=lambda one: (one.subject, one.day is not None, one.day or view.span, one.id)):
        assert result.amount is not None
        signed = result.amount if _SIGNS[result.measure] == 1 else exact(0, result.amount.unit) - result.amount
        yield Standing(result.subject, signed.named(f"{result.id}.amount"), result.day, result)


def written_down(view: View) -> Iterator[WrittenDown]:
    """The part of a fund's companies that was written down, by each number of companies that the book has, and by the part that was told.

    Formula:  written down / companies; companies = written down / part told
    """
    results = [result for result in view.facts(Result) if result.day is None or result.day.first <= view.day]
    for one in (result for result in results if result.measure == "written_down" and result.count is not None):
        assert one.count is not None
        for told in (result for result in results if result.measure == "written_down_part" and result.subject == one.subject):
            if told.ratio is not None:
                base = (one.count / told.ratio).named(f"{one.id}.companies_by_{told.id}", "what the part that was told implies")
                yield WrittenDown(one.subject, one.count, base, told.ratio, told.day, told.id)
        for companies in (result for result in results if result.measure == "companies" and result.subject == one.subject):
            if companies.count is not None:
                part = (one.count / companies.count).named(f"{one.id}.part_of_{companies.id}")
                yield WrittenDown(one.subject, one.count, companies.count, part, companies.day, companies.id)
