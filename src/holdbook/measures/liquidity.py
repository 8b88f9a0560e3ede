"""What falls due when, and the cash that stands against it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.dates import Span, add_months
from holdbook.measures.net_debt import cash_position, company_debts, owed
from holdbook.measures.outstanding import repayments
from holdbook.measures.pro_forma import pro_forma_view
from holdbook.measures.unpaid import Unpaid, unpaid
from holdbook.model.balance import Balance
from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity, add, within
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.hybrid import expected_end
from holdbook.valuation.value import has_tables

_SENIOR_BONDS = ("bond", "retail_bond")
_LOANS = ("loan", "bridge", "commitment_line")


class Due(NamedTuple):
    """A debt that falls due: what is owed, and when; the first call of a hybrid is expected, not contractual."""

    debt: Debt
    amount: Quantity
    day: Span | None


class Rung(NamedTuple):
    """A debt on the ladder: what is owed in the currency of the view, the currency it is owed in, when it must and when it will be paid."""

    debt: Debt
    amount: Quantity
    currency: str
    contractual: Span | None
    expected: Span | None


class Redemption(NamedTuple):
    """A redemption test: what falls due within the horizon against the cash position of the same day."""

    view: View
    months: int
    due: list[Due]
    total: Quantity | None
    cash: Quantity | None
    cover: Quantity | None


def maturities(view: View, kinds: tuple[str, ...] = _SENIOR_BONDS) -> list[Due]:
    """The company's debts of some kinds that were outstanding on the day, by maturity."""
    found = [
        one
        for debt in view.counted(Debt)
        if debt.kind in kinds and (debt.borrower or view.company) == view.company and view.in_force(debt)
        and debt.status in (None, "done") and debt.maturity is not None and debt.maturity.last > view.day
        for one in _instalments(view, debt, owed(view, debt))
    ]  # fmt: skip
    return sorted(found, key=_order)


def _instalments(view: View, debt: Debt, amount: Quantity) -> list[Due]:
    """What is owed of a debt by when it falls due: on the way, and the rest at maturity."""
    parts = [Due(debt, convert(view, part, view.currency), day) for _, day, part in repayments(debt) if day.first > view.day]
    left = amount - add([one.amount for one in parts]) if parts else amount
    return [*parts, Due(debt, left, debt.maturity)]


def ladder(view: View) -> list[Rung]:
    """Every debt that the company itself owes on the day, with its currency, its legal end and its expected one.

    A bridge or a loan that is agreed counts none to all of it. Finance that is left to its lenders is not on the ladder, nor are lines that
    are not drawn.
    """
    found = [rung for debt in company_debts(view) if not _over(view, debt) for rung in _rungs(view, debt)]
    return found + [_rung(view, one.debt, one.amount) for one in _loans(view) if one.debt.status == "agreed"]


def _rungs(view: View, debt: Debt) -> list[Rung]:
    *parts, last = _instalments(view, debt, owed(view, debt))
    return [_rung(view, debt, one.amount)._replace(contractual=one.day, expected=one.day) for one in parts] + [
        _rung(view, debt, last.amount)
    ]


def _rung(view: View, debt: Debt, amount: Quantity) -> Rung:
    stated = debt.amount or debt.drawn or debt.principal or debt.carrying
    currency = stated.unit.currency if stated is not None else None
    return Rung(debt, amount, currency or view.currency, debt.maturity, expected_end(view, debt))


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


def expected_redemption(view: View, months: int, *, paper: bool = False) -> Redemption:
    """The same test with what is expected, not only what is due: hybrids at their first call, and commercial paper if `paper` asks for it.

    Paper without a maturity counts whole: it runs for less than a year.

    Formula:  cash position / (bonds due + hybrids at first call + commercial paper)
    Says so:  analysts; an issuer that does not call pays a higher margin and loses the equity credit
    """
    test = redemption(view, months)
    due = [*test.due, *expected_calls(test.view, add_months(test.view.day, months))]
    due += _paper(test.view, add_months(test.view.day, months)) if paper else []
    return _tested(test, due, "expected_paper" if paper else "expected")


def expected_calls(view: View, end: date) -> list[Due]:
    """The hybrids of the company that are expected to be called by a day, in full: at their notice, or in their first window."""
    found = [Due(debt, owed(view, debt), expected_end(view, debt)) for debt in _standing(view, ("hybrid",))]
    return sorted(
        (_weighed(one, end) for one in found if one.day is not None and one.day.first <= end and one.day.last > view.day), key=_order
    )


class Wider(NamedTuple):
    """Everything that must be paid within the horizon, against the cash position.

    Fields:
        test: the expected test with commercial paper, on which it builds.
        loans: bridge and term loans that fall due, as far as they are drawn.
        promises: what is promised and not paid.
        total, cover: the sum, and cash over it; None without a cash position.
    """

    test: Redemption
    loans: list[Due]
    promises: list[Unpaid]
    total: Quantity | None
    cover: Quantity | None


def wider_redemption(view: View, months: int) -> Wider:
    """The test with all that must be paid: expected redemptions, commercial paper, bridges and loans as far as drawn, promises.

    A bridge that was agreed and of which nobody says what is drawn counts none to all of it. Promises are those known when the table of
    the balance day came out.

    Formula:  cash position / (expected redemptions + commercial paper + loans due + unpaid promises)
    Says so:  analysts; the company's policy speaks of bonds alone
    """
    test = expected_redemption(view, months, paper=True)
    end = add_months(test.view.day, months)
    loans = [_weighed(one, end) for one in _loans(test.view) if one.day is None or one.day.first <= end]
    known = pro_forma_view(view.on(test.view.day))
    promises = [one for one in unpaid(known) if one.day is None or one.day.first <= end] if known is not None else []
    parts = [one.amount for one in (*test.due, *loans)] + [one.amount for one in promises]
    total = add(parts).named(f"all_due_{months}_months") if parts and _listed(redemption(view, months)) else None
    cover = (test.cash / total).named("wider_cover") if test.cash is not None and total is not None else None
    return Wider(test, loans, promises, total, cover)


def _tested(test: Redemption, due: list[Due], name: str) -> Redemption:
    total = add([one.amount for one in due]).named(f"{name}_due_{test.months}_months") if due and _listed(test) else None
    cover = (test.cash / total).named(f"{name}_cover") if test.cash is not None and total is not None else None
    return Redemption(test.view, test.months, due, total, test.cash, cover)


def _listed(test: Redemption) -> bool:
    """Whether the book has the bonds of the day: of a company that publishes tables, it need not, and without them no sum is one."""
    return bool(test.due) or not has_tables(test.view)


def _paper(view: View, end: date) -> list[Due]:
    found = [Due(debt, owed(view, debt), debt.maturity) for debt in _standing(view, ("commercial_paper",))]
    return [_weighed(one, end) for one in found if one.day is None or one.day.first <= end]


def _loans(view: View) -> list[Due]:
    """Loans of the company without security that are drawn or may be, by maturity."""
    found = []
    for debt in view.counted(Debt):
        mine = (debt.borrower or view.company) == view.company and view.in_force(debt) and not _over(view, debt)
        if not mine or debt.kind not in _LOANS or debt.status in ("ended", "planned", "rumoured") or debt.secured_by is not None:
            continue
        amount = _drawn(view, debt)
        if amount is not None:
            found += _instalments(view, debt, amount)
    return sorted(found, key=_order)


def _drawn(view: View, debt: Debt) -> Quantity | None:
    """What is drawn of a loan: the balance of the day, or what the debt says; of one that is only agreed none to all."""
    stated = [one for one in view.actual(Balance) if one.debt == debt.id and one.day is not None and one.day.last <= view.day]
    last = max(stated, key=lambda one: one.day.last if one.day else date.min, default=None)
    if last is not None and last.amount is not None:
        return convert(view, last.amount, view.currency)
    if debt.drawn is not None:
        return convert(view, debt.drawn, view.currency)
    if debt.kind == "commitment_line":
        return None
    return owed(view, debt) if debt.status in (None, "done") else _perhaps(f"part of {debt.id} that is drawn", owed(view, debt))


def _standing(view: View, kinds: tuple[str, ...]) -> list[Debt]:
    return [
        debt
        for debt in view.counted(Debt)
        if debt.kind in kinds and (debt.borrower or view.company) == view.company and view.in_force(debt)
        and debt.status in (None, "done") and not _over(view, debt)
    ]  # fmt: skip


def _over(view: View, debt: Debt) -> bool:
    return debt.maturity is not None and debt.maturity.last <= view.day


def _order(due: Due) -> tuple[date, str]:
    return (due.day.first if due.day is not None else date.max, due.debt.id)


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
