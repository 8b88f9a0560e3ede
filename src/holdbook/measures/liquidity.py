"""What falls due when, and the cash that stands against it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.dates import Span, add_months
from holdbook.measures.net_debt import cash_position, owed
from holdbook.model.balance import Balance
from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, add, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

_SENIOR_BONDS = ("bond", "retail_bond")


class Due(NamedTuple):
    """A debt that falls due: what is owed, and when; the first call of a hybrid is expected, not contractual."""

    debt: Debt
    amount: Quantity
    day: Span | None


class Redemption(NamedTuple):
    """The redemption test: bonds due within the horizon against the cash position of the same day."""

    view: View
    months: int
    due: list[Due]
    total: Quantity | None
    cash: Quantity | None
    cover: Quantity | None


def maturities(view: View, kinds: tuple[str, ...] = _SENIOR_BONDS) -> list[Due]:
    """The company's debts of some kinds that were outstanding on the day, by maturity."""
    found = [
        Due(debt, owed(view, debt), debt.maturity)
        for debt in view.counted(Debt)
        if debt.kind in kinds and (debt.borrower or view.company) == view.company and view.in_force(debt)
        and debt.status in (None, "done") and debt.maturity is not None and debt.maturity.last > view.day
    ]  # fmt: skip
    return sorted(found, key=lambda due: (due.day.first if due.day is not None else date.max, due.debt.id))


def redemption(view: View, months: int) -> Redemption:
    """Contractual senior bonds due within some months of the last day up to the view's for which a cash position is known.

    Formula:  cash position / bonds due
    Says so:  the company's financial policy: cash covers bond redemptions of at least the next two years
    """
    at = view.on(_last_cash_day(view) or view.day)
    end = add_months(at.day, months)
    due = [_weighed(one, end) for one in maturities(at) if one.day is not None and one.day.first <= end]
    due += [Due(debt, _perhaps(f"{debt.id} falls due by {end}", owed(at, debt)), None) for debt in _undated(at)]
    total = add([one.amount for one in due]).named(f"bonds_due_{months}_months") if due else None
    cash = cash_position(at)
    cover = (cash / total).named("redemption_cover") if cash is not None and total is not None else None
    return Redemption(at, months, due, total, cash, cover)


def _last_cash_day(view: View) -> date | None:
    days = [
        balance.day.last
        for balance in view.actual(Balance)
        if balance.item == "cash_position"
        and (balance.entity or view.company) == view.company
        and balance.day is not None
        and balance.day.is_day
        and balance.day.last <= view.day
    ]
    return max(days, default=None)


def _weighed(one: Due, end: date) -> Due:
    """A debt that surely falls due by the end, or perhaps, where its maturity is a period that reaches past it."""
    if one.day is None or one.day.last <= end:
        return one
    return Due(one.debt, _perhaps(f"{one.debt.id} falls due by {end}", one.amount), one.day)


def _undated(view: View) -> list[Debt]:
    """Senior bonds of the company of which nobody says when they fall due."""
    return [
        debt
        for debt in view.counted(Debt)
        if debt.kind in _SENIOR_BONDS and debt.maturity is None and (debt.borrower or view.company) == view.company and view.in_force(debt)
        and debt.status in (None, "done")
    ]  # fmt: skip


def _perhaps(key: str, amount: Quantity) -> Quantity:
    """None of an amount, or all of it."""
    return within(0, 1, NUMBER, key=key) * amount
