"""What a debt pays and when: interest by its convention, repayments on the way, and the rest at its end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple, cast

from holdbook.dates import Span, add_months
from holdbook.measures.outstanding import outstanding, rest
from holdbook.model.debt import Debt
from holdbook.numerics.day_count import Convention, Roll, business_day, year_fraction
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.view import View
from holdbook.valuation.coupon import coupon_rate
from holdbook.valuation.hybrid import expected_end

_MONTHS = 12


class Payment(NamedTuple):
    """One payment of a debt, in its own currency.

    Fields:
        debt: of what.
        kind: interest or repayment.
        start, end: the days between which interest accrued; of a repayment the day that the contract names, twice.
        day: when it is paid: the end, or a business day near by.
        amount: how much.
    """

    debt: Debt
    kind: str
    start: date
    end: date
    day: date
    amount: Quantity


def payments(view: View, debt: Debt, until: date, *, expected: bool = False, closed: Collection[date] = ()) -> list[Payment]:
    """What a debt pays after the day of the view, up to a day.

    Interest accrues between regular days that are not moved (the same day of the month throughout), yearly and by 30/360 unless the debt says otherwise; a payment on a Saturday,
    Sunday or a day of `closed` moves as the debt says. `expected` ends it at the call that is expected, not at maturity. A debt
    of which no exact day is known (neither maturity, call, step nor issue) has no schedule.

    Formula:  interest = outstanding * rate * part of the year
    Says so:  terms of the bond; day counts by ISDA and ICMA
    """
    end = expected_end(view, debt) if expected else debt.maturity
    last = min(end.first, until) if end is not None else until
    rows = [*_interest(view, debt, last, closed), *_repayments(view, debt, end, until, closed)]
    return sorted(rows, key=lambda one: (one.day, one.kind, one.end))


def _interest(view: View, debt: Debt, last: date, closed: Collection[date]) -> Iterator[Payment]:
    per_year = int(debt.payments or 1)
    issued = debt.issued.first if debt.issued is not None and debt.issued.is_day else None
    convention = cast("Convention", debt.day_count or "30/360")
    for start, end in pairwise(_regular_days(view, debt, last, per_year)):
        accrues = max(start, issued) if issued is not None else start
        if end <= view.day or accrues >= end:
            continue
        part = exact(year_fraction(convention, accrues, end, (start, end), per_year), name=f"part of a year to {end}, {convention}")
        amount = (outstanding(view, debt, accrues) * coupon_rate(view, debt, accrues) * part).named(f"interest on {debt.id} to {end}")
        yield Payment(debt, "interest", accrues, end, _paid(debt, end, closed), amount)


def _regular_days(view: View, debt: Debt, last: date, per_year: int) -> list[date]:
    """The days on which interest falls due, from one before the day of the view on, counted from a day that the terms name."""
    anchor = _anchor(debt)
    if anchor is None:
        return []
    step = _MONTHS // per_year
    first = ((view.day.year - anchor.year) * _MONTHS + view.day.month - anchor.month) // step - 1
    final = ((last.year - anchor.year) * _MONTHS + last.month - anchor.month) // step + 1
    days = [add_months(anchor, step * number) for number in range(first, final + 1)]
    return [day for day in days if day <= last]


def _anchor(debt: Debt) -> date | None:
    named: list[Span | None] = [debt.maturity, debt.first_call, *(step.from_ for step in (debt.steps or {}).values()), debt.issued]
    return next((span.last for span in named if span is not None and span.is_day), None)


def _repayments(view: View, debt: Debt, end: Span | None, until: date, closed: Collection[date]) -> Iterator[Payment]:
    for one in (debt.repayments or {}).values():
        if view.day < one.day.first <= until and (end is None or one.day.first < end.first):
            yield Payment(debt, "repayment", one.day.first, one.day.first, _paid(debt, one.day.first, closed), one.amount)
    if end is not None and view.day < end.first <= until:
        yield Payment(
            debt,
            "repayment",
            end.first,
            end.first,
            _paid(debt, end.first, closed),
            rest(view, debt, end.first).named(f"repayment of {debt.id}"),
        )


def _paid(debt: Debt, day: date, closed: Collection[date]) -> date:
    return business_day(day, cast("Roll", debt.business_day or "following"), closed)
