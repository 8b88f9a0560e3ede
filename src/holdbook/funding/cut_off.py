"""Where a plan begins and ends: one cut-off, so that nothing counts twice."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.dates import Span, add_months
from holdbook.measures.conditions import as_it_stands
from holdbook.measures.group import group_funds
from holdbook.model.balance import Balance
from holdbook.model.commitment import Commitment
from holdbook.quantity.quantity import Quantity, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

_MONTHS = 12


class Window(NamedTuple):
    """The days of a plan.

    Fields:
        opening: the balance of cash at the start; None where nobody states one.
        start: its day, whose flows it already holds; without it the day before the fiscal year began.
        end: the last day of a promise that is dated, and no less than twelve months from the day of the view.
    """

    opening: Balance | None
    start: date
    end: date

    def holds(self, span: Span | None) -> bool:
        """Whether any day of a period lies after the start and by the end; what has no day may."""
        return span is None or (span.last > self.start and span.first <= self.end)


def window(view: View) -> Window:
    """The window of the plan on the day of the view: from the last cash position known, which replaces what came before it."""
    opening = _opening(view)
    start = opening.day.last if opening is not None and opening.day is not None else _before_the_year(view)
    ends = [span.last for promise in promises(view) for span in _days(promise)]
    return Window(opening, start, max([add_months(view.day, _MONTHS), *ends]))


def promises(view: View) -> list[Commitment]:
    """What the company, or one of its funds, has promised and not wholly paid, as its conditions leave it."""
    group = {view.company, *group_funds(view)}
    return [
        as_it_stands(view, one)
        for one in view.counted(Commitment)
        if (one.by or view.company) in group
        and one.status not in ("done", "ended", "rumoured")
        and (one.amount is not None or one.tranches)
    ]


def part_after(span: Span | None, start: date, amount: Quantity, name: str) -> Quantity:
    """An amount of a period, of which only what came after the start counts: all of it, or none to all of it."""
    if span is None or span.first > start:
        return amount
    return (within(0, 1, NUMBER, key=f"{name} after {start}") * amount).named(f"{name} after {start}")


def _opening(view: View) -> Balance | None:
    stated = [
        balance
        for balance in view.actual(Balance)
        if balance.item == "cash_position" and (balance.entity or view.company) == view.company and balance.amount is not None
        and balance.day is not None and balance.day.is_day and balance.day.last <= view.day
    ]  # fmt: skip
    return max(stated, key=lambda balance: (balance.day.last if balance.day else date.min, balance.id), default=None)


def _before_the_year(view: View) -> date:
    month, day = view.book.head.fiscal_start
    first = date(view.day.year, month, day)
    first = first if first <= view.day else date(view.day.year - 1, month, day)
    return date.fromordinal(first.toordinal() - 1)


def _days(promise: Commitment) -> list[Span]:
    tranches = [tranche.day for tranche in (promise.tranches or {}).values() if tranche.day is not None and tranche.paid is None]
    return [*tranches, *([promise.closing] if promise.closing is not None else [])]
