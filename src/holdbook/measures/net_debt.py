"""Adjusted net interest-bearing debt: what the company itself owes, less what it has in cash."""

from __future__ import annotations

from holdbook.measures.defined import definable, definition_of, nameable
from holdbook.measures.outstanding import borrowed, less_repaid, outstanding
from holdbook.measures.published import Sourced, derived, missing, stated
from holdbook.model.balance import Balance
from holdbook.model.debt import Debt
from holdbook.model.statement import Statement
from holdbook.quantity.quantity import Quantity, add, exact, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import company_finance
from holdbook.valuation.hybrid import equity_credit, is_called
from holdbook.valuation.shaken import currency_part
from holdbook.valuation.value import has_tables, table_of

_START = ("consolidated_net_debt", "standalone_net_debt")


@definable
def adjusted_net_debt(view: View) -> Sourced:
    """Net interest-bearing debt of the company alone, half of its hybrids counted, asset-backed finance left out.

    Formula:  consolidated net debt - that of self-financing entities - hybrid adjustment - carrying amount of asset-backed finance;
              from a table without a bridge, as published, or gross debt - cash, or holdings - nav,
              or (nav + deductions) * loan_to_value / (1 - loan_to_value), unless the company defines that ratio otherwise;
              for a company without tables, debts with recourse - cash position
    Says so:  the company's presentation of its net asset value (appendix on net debt)
    """
    table = table_of(view)
    if table is None:
        return missing(view, "adjusted_net_debt", "net debt, or the company's own table,") if has_tables(view) else _from_debts(view)
    found = _of_table(view, table)
    turned = currency_part(view, "net debt") if view.shaken else None
    return found if turned is None else Sourced((found.quantity * turned).named("adjusted_net_debt"), found.how)


def _of_table(view: View, table: Statement) -> Sourced:
    bridge = _bridge(view, table)
    if bridge is not None:
        return Sourced(bridge.named("adjusted_net_debt"), "parts")
    if table.net_debt is not None:
        return stated(table.net_debt, "adjusted_net_debt")
    if table.gross_debt is not None and table.cash is not None:
        return derived(table.gross_debt - table.cash, "adjusted_net_debt", "gross debt less cash")
    if table.holdings is not None and table.nav is not None and definition_of(view, "nav") is None:
        return derived(table.holdings - before_deductions(table.nav, table), "adjusted_net_debt", "holdings less net asset value")
    if table.net_debt_per_share is not None and table.shares is not None:
        return derived(table.net_debt_per_share * table.shares, "adjusted_net_debt", "per share, times shares")
    if table.nav is not None and table.loan_to_value is not None and definition_of(view, "loan_to_value") is None:
        ratio = table.loan_to_value
        return derived(before_deductions(table.nav, table) * ratio / (exact(1) - ratio), "adjusted_net_debt", "solved from NAV and LTV")
    return missing(view, "adjusted_net_debt", "net debt")


@nameable("money")
def cash_position(view: View) -> Quantity | None:
    """Cash, short-term investments, bonds held and undrawn committed lines, as stated for the day of the view."""
    return account(view, "cash_position")


def account(view: View, item: str, entity: str | None = None, by: str | None = None) -> Quantity | None:
    """What an account of an entity stood at on the day of the view, in the currency of the view; None where nobody states it."""
    for balance in view.actual(Balance):
        mine = (balance.entity or view.company) == (entity or view.company) and balance.by == by
        today = balance.day is not None and balance.day.is_day and balance.day.first == view.day
        if mine and today and balance.item == item and balance.amount is not None:
            return convert(view, balance.amount, view.currency)
    return None


def owed(view: View, debt: Debt) -> Quantity:
    """What is outstanding of a debt: the balance of the day, else its book value, else its amount at the rate of the day; less what was repaid since."""
    for balance in view.actual(Balance):
        if (
            balance.debt == debt.id
            and balance.day is not None
            and balance.day.is_day
            and balance.day.first == view.day
            and balance.amount is not None
        ):
            return convert(view, balance.amount, view.currency)
    if debt.carrying is not None and debt.carrying.unit is UNIT(view.currency):
        return less_repaid(debt, debt.carrying, view.day)
    if borrowed(debt) is None:
        return unknown(f"amount of {debt.name or debt.id} on {view.day}", UNIT(view.currency), floor=0)
    return convert(view, outstanding(view, debt, view.day), view.currency)


def company_debts(view: View) -> list[Debt]:
    """The debts that the company itself owes on the day of the view, without finance that is left to its lenders and without undrawn lines."""
    return [debt for debt in view.counted(Debt) if _own(view, debt) and view.in_force(debt) and not _repaid(view, debt)]


def hybrid_debt(view: View, agency: str | None = None) -> Sourced:
    """What of the company's hybrids counts as debt: by its own adjustment, or by an agency's credit.

    Formula:  sum of amount * (1 - equity credit); a notified call counts in full
    Says so:  issuer, appendix on net debt; rating agencies, each its own
    """
    hybrids = [debt for debt in company_debts(view) if debt.kind == "hybrid"]
    name = "hybrid_debt" if agency is None else f"hybrid_debt.{agency}"
    if not hybrids:
        return missing(view, name, "hybrids")
    parts = [(owed(view, debt) * (exact(1) - equity_credit(view, debt, agency))).named(f"{debt.id} as debt") for debt in hybrids]
    return Sourced(add(parts).named(name), "parts")


def deductions(view: View) -> Quantity | None:
    """What the day's table takes off between holdings less net debt and net asset value; None where it takes off nothing.

    Where the company defines its net asset value in its own way, it stands in that sum or nowhere.
    """
    table = table_of(view)
    if table is None or not table.deductions or definition_of(view, "nav") is not None:
        return None
    return add(table.deductions.values()).named("deductions")


def before_deductions(nav: Quantity, table: Statement) -> Quantity:
    """Net asset value before what else a table takes off: other liabilities, tax, minorities."""
    return nav if not table.deductions else nav + add(table.deductions.values()).named("deductions")


def after_deductions(value: Quantity, table: Statement) -> Quantity:
    """Holdings less net debt, less what else a table takes off."""
    return value if not table.deductions else value - add(table.deductions.values()).named("deductions")


def _bridge(view: View, table: Statement) -> Quantity | None:
    lines = dict(table.bridge or {})
    start = next((lines.pop(name) for name in _START if name in lines), None)
    if start is None:
        return None
    if table.self_financing:
        lines["self_financing_net_debt"] = add(table.self_financing.values()).named("self_financing_net_debt")
    finance = company_finance(view)
    if finance and "asset_backed_finance" in lines:
        lines["asset_backed_finance"] = add([one.carrying for one in finance]).named("asset_backed_finance", "carrying amounts")
    result = start
    for amount in lines.values():
        result = result - amount
    return result


def _from_debts(view: View) -> Sourced:
    debts = company_debts(view)
    cash = cash_position(view)
    if not debts and cash is None:
        return missing(view, "adjusted_net_debt", "debts and cash")
    cash = cash or unknown(f"cash position of {view.book.name_of(view.company)} on {view.day}", UNIT(view.currency), floor=0)
    if not debts:
        return missing(view, "adjusted_net_debt", "debts")
    total = add([_counted(view, debt) for debt in debts]).named("debts of the company")
    return Sourced((total - cash).named("adjusted_net_debt"), "parts")


def _counted(view: View, debt: Debt) -> Quantity:
    """What of a debt counts: all of it, but of a hybrid only what is no equity credit, until its call is notified."""
    if debt.equity_credit is None or is_called(debt, view.day):
        return owed(view, debt)
    return (owed(view, debt) * (exact(1) - equity_credit(view, debt))).named(f"{debt.id} without its equity credit")


def _own(view: View, debt: Debt) -> bool:
    """Whether a debt is the company's own: not secured without recourse, not within the group, not an undrawn line."""
    secured = debt.secured_by is not None and debt.recourse is False and debt.kind in ("margin_loan", "prepaid_forward", "collar")
    undrawn = debt.kind == "commitment_line" and debt.drawn is None
    mine = (debt.borrower or view.company) == view.company and debt.kind != "intragroup"
    return mine and not secured and not undrawn and debt.status in (None, "done")


def _repaid(view: View, debt: Debt) -> bool:
    return debt.maturity is not None and debt.maturity.last < view.day
