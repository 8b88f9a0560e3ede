"""Where money comes from: cash at hand, sales, new debt, lines not drawn; and what is no source though it is called one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from holdbook.funding.cut_off import Window, part_after
from holdbook.funding.line import Line, Standing, planned
from holdbook.model.balance import Balance
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.fact import Fact
from holdbook.model.result import Result
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, floored, unknown, within
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.view import View

_VALUE = ("unrealised_gain", "derivative_gain", "investment_gain")
_LINES = ("commitment_line", "bridge", "margin_loan")


class Rejected(NamedTuple):
    """What is no source of money, and why."""

    fact: Fact
    what: str
    amount: Quantity | None
    why: str


def sources(view: View, plan: Window, currency: str) -> list[Line]:
    """Every source after the start of the plan, what is realised first, each with how sure it is.

    A balance of cash already holds what came before it.
    """
    found = [*_cash(view, plan, currency), *_sales(view, plan, currency), *_borrowed(view, plan, currency), *_undrawn(view, plan, currency)]
    order: dict[Standing, int] = {"realised": 0, "arranged": 1, "hoped": 2}
    return sorted(found, key=lambda line: (order[line.standing], line.kind, line.name))


def rejected(view: View, plan: Window) -> Iterator[Rejected]:
    """What others count among the sources and is none: a value that rose, a debt that is repaid."""
    for result in view.counted(Result):
        if result.measure in _VALUE and result.day is not None and result.day.last >= plan.start and result.day.first <= view.day:
            about = view.book.name_of(result.about) if result.about is not None else view.book.name_of(result.subject)
            why = "a value that rose brings no cash; it can secure a loan, which then stands by itself"
            yield Rejected(result, f"{result.measure.replace('_', ' ')} on {about}", result.amount, why)
    for debt in view.counted(Debt):
        if debt.called is not None and debt.called.last >= plan.start and debt.called.first <= view.day:
            yield Rejected(
                debt,
                f"early redemption of {debt.name or debt.id}",
                debt.amount or debt.principal,
                "money that goes out: it stands among the uses",
            )


def _cash(view: View, plan: Window, currency: str) -> Iterator[Line]:
    if plan.opening is not None and plan.opening.amount is not None:
        amount = planned(view, plan.opening.amount, currency, plan.opening.day)
        yield Line(
            plan.opening.id, f"cash position of {plan.opening.day}", "cash", plan.opening.amount, amount, "realised", plan.opening.day
        )


def _sales(view: View, plan: Window, currency: str) -> Iterator[Line]:
    last_payment = _last_payment(view)
    for trade in view.counted(Trade):
        if (
            trade.side != "sell"
            or (trade.holder or view.company) != view.company
            or not view.is_apart(trade)
            or not _falls(trade, plan, view)
        ):
            continue
        stated = trade.amount or unknown(f"trades.{trade.id}.amount", UNIT(currency), floor=0)
        counted = part_after(trade.day, plan.start, stated, trade.id)
        spent = plan.opening is None and trade.day is not None and last_payment is not None and trade.day.first <= last_payment
        yield Line(
            trade.id, f"sale of {view.book.name_of(trade.asset)}", "disposal", stated, planned(view, counted, currency, trade.day),
            _standing(trade), trade.day, spent,
        )  # fmt: skip


def _falls(trade: Trade, plan: Window, view: View) -> bool:
    """Whether a sale lies in the plan: done by the day of the view, or still to come."""
    done = trade.status in (None, "done")
    return trade.status != "ended" and plan.holds(trade.day) and not (done and trade.day is not None and trade.day.first > view.day)


def _standing(fact: Fact) -> Standing:
    return "realised" if fact.status in (None, "done") else "arranged" if fact.status == "agreed" else "hoped"


def _last_payment(view: View) -> date | None:
    """The last day on which a part of a promise was paid: money that came before it may have gone into it."""
    paid = [part.paid.last for one in view.counted(Commitment) for part in (one.tranches or {}).values() if part.paid is not None]
    return max((day for day in paid if day <= view.day), default=None)


def _borrowed(view: View, plan: Window, currency: str) -> Iterator[Line]:
    """Debt that was issued, or is to be, after the start."""
    for debt in _own(view):
        if debt.kind in _LINES or debt.kind == "intragroup" or debt.issued is None or not plan.holds(debt.issued):
            continue
        stated = debt.principal or debt.amount or unknown(f"debts.{debt.id}.principal", UNIT(currency), floor=0)
        counted = part_after(debt.issued, plan.start, stated, debt.id)
        amount = planned(view, counted, currency, debt.issued, debt.rate)
        yield Line(debt.id, debt.name or debt.id, "new debt", stated, amount, _standing(debt), debt.issued)


def _undrawn(view: View, plan: Window, currency: str) -> Iterator[Line]:
    """What is arranged, or hoped for, and not drawn: as stated of a day after the start, else the limit less what is drawn.

    A loan without a limit that is not only agreed is drawn. Where nobody says what is drawn, none to all of it is left.
    """
    for balance in view.actual(Balance):
        mine = balance.item == "undrawn_lines" and (balance.entity or view.company) == view.company
        if mine and balance.amount is not None and balance.day is not None and plan.start < balance.day.last <= view.day:
            amount = planned(view, balance.amount, currency, balance.day)
            yield Line(balance.id, f"lines not drawn on {balance.day}", "undrawn line", balance.amount, amount, "arranged", balance.day)
    for debt in _own(view):
        open_ = debt.limit is not None or debt.status in ("agreed", "planned", "rumoured")
        over = debt.maturity is not None and debt.maturity.last <= plan.start
        if debt.kind in _LINES and open_ and not over:
            stated = _left(debt, plan, currency)
            standing: Standing = "arranged" if debt.status in (None, "done", "agreed") else "hoped"
            amount = planned(view, stated, currency, None, debt.rate)
            yield Line(debt.id, debt.name or _named(view, debt), "undrawn line", stated, amount, standing, debt.issued)


def _left(debt: Debt, plan: Window, currency: str) -> Quantity:
    """What is not drawn of a line; nothing, and no debt of ours, where more may be drawn than the limit."""
    limit = debt.limit if debt.limit is not None else debt.principal
    if limit is None:
        return unknown(f"debts.{debt.id}.amount", UNIT(currency), floor=0)
    if debt.drawn is not None:
        left = limit - debt.drawn
        least = bounds(left).interval.low
        return (floored(left) if least is None or least < 0 else left).named(f"{debt.id} not drawn")
    if debt.status in ("planned", "rumoured") or (debt.issued is not None and debt.issued.first > plan.start):
        return limit
    return (within(0, 1, NUMBER, key=f"part of {debt.id} not drawn") * limit).named(f"{debt.id} not drawn")


def _named(view: View, debt: Debt) -> str:
    on = f" on {view.book.name_of(debt.secured_by)}" if debt.secured_by is not None else ""
    return f"{debt.kind.replace('_', ' ')}{on}"


def _own(view: View) -> list[Debt]:
    return [debt for debt in view.counted(Debt) if (debt.borrower or view.company) == view.company and debt.status != "ended"]
