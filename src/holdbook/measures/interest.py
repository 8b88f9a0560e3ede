"""What the holding itself pays in interest, and what it receives to pay it with."""

from __future__ import annotations

from holdbook.dates import Span, add_months
from holdbook.measures.net_debt import company_debts, owed
from holdbook.measures.published import How, Sourced, missing
from holdbook.model.result import Result
from holdbook.quantity.quantity import Quantity, add, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.coupon import coupon_rate

_INCOME = ("dividends_received", "fees_received")
_YEAR = 12


def interest_of_a_year(view: View) -> Sourced:
    """What the company's own debts cost a year at the amounts and rates of the day: hybrids in full, for their coupons are paid in cash.

    Finance that is left to its lenders is not in it.

    Formula:  sum of amount * rate
    Says so:  common use (run rate)
    """
    debts = company_debts(view)
    if not debts:
        return missing(view, "interest_of_a_year", "debts")
    parts = [(owed(view, debt) * coupon_rate(view, debt, view.day)).named(f"interest on {debt.id}") for debt in debts]
    return Sourced(add(parts).named("interest_of_a_year"), "parts")


def hybrid_coupons(view: View) -> Sourced:
    """What of the interest of a year is coupons of hybrids: cash, though half of the hybrids counts as equity.

    Formula:  sum of amount * rate, of hybrids
    Says so:  common use (run rate)
    """
    parts = [owed(view, debt) * coupon_rate(view, debt, view.day) for debt in company_debts(view) if debt.kind == "hybrid"]
    if not parts:
        return missing(view, "hybrid_coupons", "hybrids")
    return Sourced(add(parts).named("hybrid_coupons"), "parts")


def interest_cover(view: View) -> Sourced:
    """Dividends and fees that the holding itself received in the last year for which the book has them, over its interest.

    Interest is what was paid in the same period where the book has it, else that of a year at the rates of the day. Consolidated
    profit is no such income: it stays where it is earned.

    Formula:  (dividends received + fees received) / interest
    Says so:  rating agencies, cash-flow adequacy of a holding
    """
    when = _last_year(view)
    received = [_received(view, measure, when) for measure in _INCOME]
    paid = None if when is None else _of(view, "interest_paid", when)
    interest = paid or interest_of_a_year(view).quantity
    how: How = "missing" if when is None else "parts"
    return Sourced((add(received).named("received by the holding") / interest).named("interest_cover"), how)


def _received(view: View, measure: str, when: Span | None) -> Quantity:
    stated = None if when is None else _of(view, measure, when)
    span = when or Span(add_months(view.day, -_YEAR), view.day)
    words = f"{measure.replace('_', ' ')} at the level of {view.book.name_of(view.company)} itself in {span}"
    return stated if stated is not None else unknown(words, UNIT(view.currency), floor=0)


def _of(view: View, measure: str, when: Span) -> Quantity | None:
    found = [
        convert(view, one.amount, view.currency, when)
        for one in view.counted(Result)
        if one.measure == measure
        and one.subject == view.company
        and one.amount is not None
        and one.day is not None
        and one.day[:2] == when[:2]
    ]
    return add(found).named(measure) if found else None


def _last_year(view: View) -> Span | None:
    """The last period of about a year, ended by the day, for which some income of the holding is stated."""
    spans = [
        one.day
        for one in view.counted(Result)
        if one.measure in _INCOME
        and one.subject == view.company
        and one.day is not None
        and one.day.months == _YEAR
        and one.day.last <= view.day
    ]
    return max(spans, key=lambda span: span.last, default=None)
