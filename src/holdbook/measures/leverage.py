"""Loan to value: by the company's definition, with asset-backed finance added back, gross, by an agency; and the limits on it."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.defined import definable
from holdbook.measures.net_debt import account, adjusted_net_debt, cash_position, company_debts, owed
from holdbook.measures.published import How, Sourced, missing, stated
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact, unknown
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import asset_backed, company_finance
from holdbook.valuation.value import has_tables, table_of

_FINANCE_LINES = ("asset_backed_finance", "prepaid_forwards", "margin_loans")


class Limit(NamedTuple):
    """A limit of a policy, the measure that it bounds, and whether it is kept: within, beyond, or undecided."""

    policy: Policy
    limit: Quantity
    standing: str


@definable
def loan_to_value(view: View) -> Sourced:
    """Adjusted net debt over the equity value of holdings.

    Formula:  adjusted_net_debt / equity_value_of_holdings, unless the company defines it otherwise
    Says so:  the company's financial policy
    """
    debt, holdings, table = adjusted_net_debt(view), equity_value_of_holdings(view), table_of(view)
    if _both(debt, holdings) != "parts" and not view.shaken and table is not None and table.loan_to_value is not None:
        return stated(table.loan_to_value, "loan_to_value")
    return Sourced((debt.quantity / holdings.quantity).named("loan_to_value"), _both(debt, holdings))


@definable
def loan_to_value_with_asset_backed(view: View) -> Sourced:
    """Loan to value as if asset-backed finance were ordinary debt: added back to the debt and to the holdings.

    Formula:  (adjusted_net_debt + carrying amounts) / (equity_value_of_holdings + settlement amounts)
    Says so:  analysts; drawing a margin loan lowers the company's own ratio, and cannot lower this one
    """
    debt, holdings = adjusted_net_debt(view), equity_value_of_holdings(view)
    name = "loan_to_value_with_asset_backed"
    carried = company_finance(view)
    if not carried and not has_tables(view):
        return Sourced((debt.quantity / holdings.quantity).named(name, "no asset-backed finance"), _both(debt, holdings))
    if "missing" in (debt.how, holdings.how) or not carried:
        return missing(view, name, "asset-backed finance by contract", NUMBER)
    settled = [one for one in asset_backed(view) if one.debt.kind != "intragroup" and (one.debt.borrower or view.company) == view.company]
    above = debt.quantity + add([one.carrying for one in carried]).named("asset_backed_finance", "carrying amounts")
    below = holdings.quantity + add([one.settlement for one in settled]).named("asset-backed finance to settle", "settlement amounts")
    if _complete(view, add([one.carrying for one in carried])):
        return Sourced((above / below).named(name), "parts")
    rest = unknown(f"other asset-backed finance on {view.day}", UNIT(view.currency), floor=0)
    return Sourced((exact(1) - (below - above) / (below + rest)).named(name, "at least: not all contracts are known"), "parts")


@definable
def loan_to_value_gross(view: View) -> Sourced:
    """All debt over all assets: hybrids in full, asset-backed finance on both sides, cash among the assets and not off the debt.

    Of a company that publishes tables the book need not list every debt, so the ratio is at least what the listed ones come to.

    Formula:  (debts of the company + carrying amounts) / (equity_value_of_holdings + settlement amounts + cash position)
    Says so:  common use, as a counterpart to net ratios
    """
    holdings, finance, debts = equity_value_of_holdings(view), company_finance(view), company_debts(view)
    name = "loan_to_value_gross"
    if holdings.how == "missing" or not (debts or finance):
        return missing(view, name, "a value of every holding, and all debts,", NUMBER)
    above = gross_debt(view)
    cash = cash_position(view) or unknown(f"cash position of {view.book.name_of(view.company)} on {view.day}", UNIT(view.currency), floor=0)
    below = add([holdings.quantity, *(one.settlement for one in finance), cash]).named("gross assets")
    if not has_tables(view):
        return Sourced((above / below).named(name), "parts")
    rest = unknown(f"other asset-backed finance on {view.day}", UNIT(view.currency), floor=0)
    return Sourced((exact(1) - (below - above) / (below + rest)).named(name, "at least: not all debts are known"), "parts")


def gross_debt(view: View) -> Quantity:
    """All that the company has borrowed from outsiders: as stated for the day, else the debts that the book lists, and what it may not list."""
    stated = account(view, "gross_debt")
    if stated is not None:
        return stated.named("gross_debt")
    listed = [owed(view, debt) for debt in company_debts(view)] + [one.carrying for one in company_finance(view)]
    if has_tables(view):
        others = f"debt of {view.book.name_of(view.company)} that the book does not list on {view.day}"
        listed.append(unknown(others, UNIT(view.currency), floor=0))
    return add(listed).named("gross_debt")


def agency_loan_to_value(view: View, agency: str) -> Sourced:
    """Loan to value as a rating agency reckons it; unknown until its debt and its portfolio of the day are in the book.

    Formula:  agency_debt / agency_portfolio
    Says so:  the agency; neither its debt nor its portfolio is the company's, so its ratio cannot be read off the company's
    """
    name, of = view.book.name_of(agency), f"of {view.book.name_of(view.company)} on {view.day}"
    debt, portfolio = account(view, "agency_debt", by=agency), account(view, "agency_portfolio", by=agency)
    how: How = "missing" if debt is None or portfolio is None else "parts"
    money = UNIT(view.currency)
    debt = debt if debt is not None else unknown(f"debt as {name} adjusts it {of}", money, floor=0)
    portfolio = portfolio if portfolio is not None else unknown(f"portfolio as {name} values it {of}", money, floor=0)
    return Sourced((debt / portfolio).named(f"{agency}_loan_to_value"), how)


def _both(*behind: Sourced) -> How:
    ways = {one.how for one in behind}
    return "missing" if "missing" in ways else "parts" if "parts" in ways else "derived"


def _complete(view: View, carrying: Quantity) -> bool:
    """Whether the contracts that the book lists are all: they come to the line of the company's own table."""
    table = table_of(view)
    if table is None:
        return True
    lines = [amount for name, amount in (table.bridge or {}).items() if name in _FINANCE_LINES]
    return bool(lines) and bounds(carrying).interval.meets(bounds(add(lines)).interval)


def limits(view: View, measure: str, value: Quantity) -> list[Limit]:
    """The limits on a measure that are in force on the day, and whether the value keeps them."""
    found = []
    for policy in view.counted(Policy):
        bound = policy.at_most or policy.at_least
        if policy.measure == measure and bound is not None and view.in_force(policy) and (policy.holder or view.company) == view.company:
            found.append(Limit(policy, bound, standing(value, bound, most=policy.at_most is not None)))
    return found


def standing(value: Quantity, bound: Quantity, *, most: bool) -> str:
    """Whether a value keeps a limit (`most` for one from above): within, beyond, or undecided where the bounds reach both sides."""
    room = bounds(bound - value if most else value - bound).interval
    if room.low is not None and room.low >= 0:
        return "within"
    if room.high is not None and (room.high < 0 or (room.high == 0 and room.high_open)):
        return "beyond"
    return "undecided"
