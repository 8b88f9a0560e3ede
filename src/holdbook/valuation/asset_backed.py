"""Finance secured on an asset without recourse: what leaves the asset's value, and what leaves the company's debt.

The two amounts differ. What leaves the asset is what would settle the contract at the price of the day; what leaves the debt is
the amount at which it is carried. For a margin loan they are one. Of a forward or collar with terms the book's own price gives the first.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.model.balance import Balance
from holdbook.model.debt import Debt
from holdbook.model.statement import Statement
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.forward import settled_by_terms

KINDS = ("margin_loan", "prepaid_forward", "collar", "intragroup")


class Finance(NamedTuple):
    """One contract on a day: its settlement amount, its carrying amount, and whether the first is the second for want of better."""

    debt: Debt
    settlement: Quantity
    carrying: Quantity
    assumed: bool


def asset_backed(view: View, asset: str | None = None) -> list[Finance]:
    """The contracts without recourse that stood on the day of the view, all or those secured on one asset."""
    debts = [debt for debt in view.counted(Debt) if _is_asset_backed(debt) and asset in (None, debt.secured_by)]
    balances = [balance for balance in view.actual(Balance) if balance.debt is not None and balance.day is not None and balance.day.is_day]
    today = {one.debt: one for one in balances if one.day is not None and one.day.first == view.day}
    tables = any((one.company or view.company) == view.company for one in view.actual(Statement))
    return [_finance(view, debt, today.get(debt.id)) for debt in debts if debt.id in today or (not tables and _stands(view, debt))]


def _stands(view: View, debt: Debt) -> bool:
    """Whether a contract without a balance of the day is there all the same: a book without tables lists all that there is."""
    return view.in_force(debt) and debt.status in (None, "done") and (debt.maturity is None or debt.maturity.last >= view.day)


def _is_asset_backed(debt: Debt) -> bool:
    return debt.kind in KINDS and debt.secured_by is not None and (debt.recourse is False or debt.kind == "intragroup")


def company_finance(view: View) -> list[Finance]:
    """Those of them that the company itself has borrowed from outsiders: what leaves its own debt."""
    return [one for one in asset_backed(view) if one.debt.kind != "intragroup" and (one.debt.borrower or view.company) == view.company]


def _finance(view: View, debt: Debt, balance: Balance | None) -> Finance:
    day: date = view.day
    carrying = balance.amount if balance is not None else debt.carrying or debt.amount or debt.drawn or debt.principal
    settlement = (balance.settlement if balance is not None else None) or settled_by_terms(view, debt)
    assumed = settlement is None and debt.kind in ("prepaid_forward", "collar")
    stated = carrying or (balance.settlement if balance is not None else None)
    first = stated or unknown(f"amount of {debt.id} on {day}", UNIT(view.currency), floor=0)
    return Finance(debt, convert(view, settlement or first, view.currency, day), convert(view, first, view.currency, day), assumed)
