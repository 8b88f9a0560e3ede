"""Do the terms of a debt fit together: floor and cap, the ratios of a call, what is paid back, and when?"""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.dates import Span
from holdbook.model.book import Book
from holdbook.model.debt import Debt
from holdbook.problems import Problem
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add


def terms(book: Book) -> Iterator[Problem]:
    """Debts whose terms exclude each other."""
    for debt in book.all(Debt):
        yield from _prices(debt)
        yield from _ratios(debt)
        yield from _repayments(debt)
        yield from _days(debt)


def _prices(debt: Debt) -> Iterator[Problem]:
    if debt.floor is None or debt.cap is None:
        return
    if debt.floor.unit is not debt.cap.unit:
        yield _problem(debt, debt.cap, "the cap", "a cap in the currency of the floor", "write both in the currency of the shares")
    elif _surely_more(debt.floor, debt.cap):
        yield _problem(debt, debt.cap, "the cap", f"no less than the floor of {debt.floor.origin.words}", "correct one of the two")


def _ratios(debt: Debt) -> Iterator[Problem]:
    """A call comes above the ratio to which it is cured, and before the sale."""
    for lower, upper, what, than in (
        (debt.reset_ratio, debt.call_ratio, "the ratio of the call", "the ratio to which it is cured"),
        (debt.call_ratio, debt.sale_ratio, "the ratio of the sale", "the ratio of the call"),
    ):
        if lower is not None and upper is not None and _surely_more(lower, upper):
            yield _problem(debt, upper, what, f"no less than {than}, {lower.origin.words}", "correct one of the two")


def _repayments(debt: Debt) -> Iterator[Problem]:
    whole = debt.amount or debt.drawn or debt.principal
    parts = [one.amount for one in (debt.repayments or {}).values()]
    if whole is None or not parts:
        return
    strange = next((one for one in parts if one.unit is not whole.unit), None)
    if strange is not None:
        yield _problem(
            debt, strange, "a repayment", f"an amount in the currency of the debt, {whole.origin.words}", "write it in that currency"
        )
    elif _surely_more(add(parts), whole):
        yield _problem(
            debt, parts[-1], "the last repayment", f"no more in all than {whole.origin.words}", "correct the repayments or the amount"
        )


def _days(debt: Debt) -> Iterator[Problem]:
    for earlier, later, what, than in (
        (debt.issued, debt.maturity, "matures", "it is issued"),
        (debt.issued, debt.first_call, "may be called", "it is issued"),
        (debt.first_call, debt.maturity, "matures", "it may be called"),
        (debt.called, debt.call_day, "is called for", "the notice is given"),
    ):
        if _before(later, earlier):
            found = f"debts.{debt.id} {what} {later}"
            yield Problem("terms", debt.place, found, f"a day after {than}, {earlier}", "correct one of the two")


def _before(later: Span | None, earlier: Span | None) -> bool:
    return later is not None and earlier is not None and later.last < earlier.first


def _surely_more(left: Quantity, right: Quantity) -> bool:
    interval = bounds(left - right).interval
    return interval.low is not None and interval.low > 0


def _problem(debt: Debt, culprit: Quantity, what: str, expected: str, way_out: str) -> Problem:
    return Problem("terms", culprit.origin.place, f"{what} of debts.{debt.id} is {culprit.origin.words}", expected, way_out)
