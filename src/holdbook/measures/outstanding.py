"""What is left of a debt once its instalments are paid, and which of them are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from holdbook.dates import Span
from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, unknown, within
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.view import View


def borrowed(debt: Debt) -> Quantity | None:
    """What the terms say is owed, before repayments: what is outstanding from the day of the entry, else what was issued."""
    return debt.drawn if debt.kind == "commitment_line" else debt.amount or debt.drawn or debt.principal


def outstanding(view: View, debt: Debt, day: date) -> Quantity:
    """What is left of the principal on a day, after the repayments that were due by then.

    Formula:  amount of a day - repayments after it; or principal - repayments
    """
    found = borrowed(debt)
    return less_repaid(
        debt, found if found is not None else unknown(f"amount of {debt.name or debt.id}", UNIT(view.currency), floor=0), day
    )


def less_repaid(debt: Debt, amount: Quantity, day: date) -> Quantity:
    """An amount of a debt less what was due of it by a day; a repayment of a period may or may not be made within it.

    An amount that holds from the day of the entry has the repayments before that day behind it; the principal has none.
    """
    since = debt.day.last if debt.day is not None and amount is not debt.principal else None
    for name, one in (debt.repayments or {}).items():
        if one.day.first > day or (since is not None and one.day.last <= since):
            continue
        done = within(0, 1, NUMBER, key=f"{debt.id}.{name} repaid by {day}") if one.day.last > day else None
        amount = amount - (one.amount if done is None else done * one.amount)
    return amount


def repayments(debt: Debt) -> Iterator[tuple[str, Span, Quantity]]:
    """What is paid back on the way, by its name, in the order of its days; what falls due with the rest at the end is not in it."""
    for name, one in sorted((debt.repayments or {}).items(), key=lambda each: (each[1].day.first, each[0])):
        if debt.maturity is None or one.day.first < debt.maturity.first:
            yield name, one.day, one.amount


def rest(view: View, debt: Debt, end: date) -> Quantity:
    """What falls due at the end: all that was not repaid before it."""
    return outstanding(view, debt, date.fromordinal(end.toordinal() - 1))
