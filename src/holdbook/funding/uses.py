"""Where money must go: promises that are not paid, debts that are called or fall due; and plans whose share nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.funding.cut_off import Window, promises
from holdbook.funding.line import Line, planned
from holdbook.measures.instalments import open_instalments
from holdbook.measures.outstanding import outstanding, repayments, rest
from holdbook.model.debt import Debt
from holdbook.model.programme import Programme
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

_DUE = ("bond", "retail_bond", "commercial_paper", "loan", "hybrid")
_LINES = ("bridge", "commitment_line", "margin_loan")


def uses(view: View, plan: Window, currency: str) -> list[Line]:
    """Every use in the window: what is promised, then what is called, then what falls due, in the order of the days."""
    found = [*_promised(view, currency), *_called(view, plan, currency), *_due(view, plan, currency), *_programmes(view, currency)]
    return sorted(found, key=lambda line: (line.kind, line.day is None, line.day or view.span, line.name))


def _promised(view: View, currency: str) -> Iterator[Line]:
    for promise in promises(view):
        what = f"{promise.kind or 'promise'}: {view.book.name_of(promise.to)}"
        for name, amount, due in open_instalments(promise, view.day):
            said = f"{what}, {name.replace('_', ' ')}" if name else what
            key = f"{promise.id}.{name}" if name else promise.id
            yield Line(key, said, "commitment", amount, planned(view, amount, currency, None), "promised", due)


def _called(view: View, plan: Window, currency: str) -> Iterator[Line]:
    for debt in _own(view):
        if debt.called is not None and debt.called.last > plan.start and debt.called.first <= view.day:
            amount = outstanding(view, debt, debt.called.first)
            what = f"early redemption: {debt.name or debt.id}"
            yield Line(debt.id, what, "redemption", amount, planned(view, amount, currency, None, debt.rate), "called", debt.called)


def _due(view: View, plan: Window, currency: str) -> Iterator[Line]:
    """The instalments of each debt, and the rest of it at maturity."""
    for debt in _own(view):
        called = debt.called is not None and debt.called.first <= view.day
        if not (debt.kind in _DUE or _is_drawn(debt)) or called or debt.status not in (None, "done"):
            continue
        due = [(f"{debt.id}.{name}", f"{debt.name or debt.id}, {name}", amount, day) for name, day, amount in repayments(debt)]
        if debt.maturity is not None:
            due.append((debt.id, debt.name or debt.id, rest(view, debt, debt.maturity.first), debt.maturity))
        for key, what, amount, day in due:
            if plan.start < day.first <= plan.end:
                yield Line(key, what, "redemption", amount, planned(view, amount, currency, None, debt.rate), "due", day)


def _is_drawn(debt: Debt) -> bool:
    """Whether a line, a bridge or a margin loan is surely drawn, and not left to its lenders."""
    left = debt.secured_by is not None and debt.recourse is False
    said = debt.drawn is not None or (debt.kind != "commitment_line" and (debt.amount is not None or debt.limit is None))
    return debt.kind in _LINES and not left and said


def _programmes(view: View, currency: str) -> Iterator[Line]:
    """Building programmes that the company pays a part of: the part, of the whole; unknown where nobody says which part."""
    for one in view.counted(Programme):
        if view.company not in (one.partners or {}) and one.own_part is None:
            continue
        amount = _part_of(view, one, currency)
        what = f"programme: {view.book.name_of(one.programme)}"
        yield Line(one.id, what, "programme", amount, planned(view, amount, currency, None), "promised", one.day)


def _part_of(view: View, one: Programme, currency: str) -> Quantity:
    """The company's part of a programme; of no figure where nobody says which part, however large the whole may be."""
    part, whole = one.own_part, one.ceiling
    if part is None or whole is None or (part.stated is not None and part.stated.is_unknown):
        return unknown(f"{view.book.name_of(view.company)}'s part of {view.book.name_of(one.programme)}", UNIT(currency), floor=0)
    return (part * whole).named(f"{one.id}.own_part")


def _own(view: View) -> list[Debt]:
    return [debt for debt in view.counted(Debt) if (debt.borrower or view.company) == view.company and view.in_force(debt)]
