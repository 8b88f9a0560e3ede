"""What is promised and not yet paid on a day, promise by promise."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.dates import Span
from holdbook.measures.group import group_funds
from holdbook.measures.instalments import is_paid, tranches, when_due
from holdbook.model.commitment import Commitment
from holdbook.quantity.quantity import Quantity, add
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View


class Unpaid(NamedTuple):
    """A promise of the company or of one of its funds: what is left to pay, in the currency of the view, and when."""

    promise: Commitment
    amount: Quantity
    day: Span | None


def unpaid(view: View) -> list[Unpaid]:
    """The promises of which the view knows, each with what was not paid by its day.

    What was agreed after the day counts too if the view knows it: a table comes out weeks after its day, and so do the promises that
    must be held against it. What is only planned or rumoured, or has ended, is none.

    Formula:  amount - instalments paid by the day; without instalments amount - paid; without an amount the instalments not paid
    """
    group = {view.company, *group_funds(view)}
    found = []
    for one in view.counted(Commitment):
        if (one.by or view.company) in group and one.status not in ("ended", "rumoured", "planned"):
            left = left_to_pay(view, one, view.currency)
            if left is not None:
                found.append(Unpaid(one, left.named(f"unpaid on {one.to}"), when_due(one, view.day)))
    return found


def left_to_pay(view: View, promise: Commitment, currency: str) -> Quantity | None:
    """What was not paid of a promise by the day of the view, in a currency; None where nothing is left or no amount is known."""
    parts = [(_money(view, one.own, currency), is_paid(one, view.day)) for one in tranches(promise).values() if one.own is not None]
    gone, open_ = [amount for amount, paid in parts if paid], [amount for amount, paid in parts if not paid]
    if promise.amount is None:
        return add(open_) if open_ else None
    whole = _money(view, promise.amount, currency)
    if parts:
        if promise.status == "done" and not open_:
            return None
        return whole - add(gone) if gone else whole
    if _is_closed(view, promise):
        return None
    still_open = promise.closing is not None and promise.closing.first > view.day
    return whole if promise.paid is None or still_open else whole - _money(view, promise.paid, currency)


def _money(view: View, amount: Quantity, currency: str) -> Quantity:
    return convert(view, amount, currency, view.span)


def _is_closed(view: View, promise: Commitment) -> bool:
    """Whether a promise without instalments is kept: done, and its closing has come."""
    return promise.status == "done" and (promise.closing is None or promise.closing.first <= view.day)
