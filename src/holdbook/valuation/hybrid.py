"""Hybrids: when they may be called, and how much of them counts as debt; by whose reckoning, and on which day."""

from __future__ import annotations

from datetime import date

from holdbook.dates import Span
from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, exact, unknown
from holdbook.timeline.view import View


def is_called(debt: Debt, day: date) -> bool:
    """Whether the issuer has given notice of a call by a day: from then on it is debt in full."""
    return debt.called is not None and debt.called.first <= day


def expected_end(view: View, debt: Debt) -> Span | None:
    """When a debt is expected to be repaid: on the day that a notice names, in the first window of calls still to come, else at maturity."""
    if is_called(debt, view.day) and debt.call_day is not None:
        return debt.call_day
    if debt.first_call is not None and debt.first_call.last >= view.day:
        return debt.first_call
    return debt.maturity


def equity_credit(view: View, debt: Debt, agency: str | None = None) -> Quantity:
    """The part of a debt that counts as equity on the day of the view, by the company's own adjustment or by an agency's rule.

    A notified call ends it. Unknown where an agency is asked of whom the book says nothing, or not for this day.

    Says so:  issuer, appendix on net debt; each agency's criteria for hybrid capital
    """
    if is_called(debt, view.day):
        return exact(0, name=f"no equity credit of {debt.id} once its call is notified")
    if agency is None:
        return debt.equity_credit if debt.equity_credit is not None else exact(0, name=f"no equity credit of {debt.id}")
    for one in (debt.equity_credits or {}).values():
        if (
            one.agency == agency
            and (one.from_ is None or one.from_.first <= view.day)
            and (one.until is None or one.until.last >= view.day)
        ):
            return one.part
    return unknown(f"equity credit that {view.book.name_of(agency)} gives {debt.name or debt.id} on {view.day}", floor=0, ceiling=1)
