"""Equity value of holdings, net asset value, per share, discount: what the company is worth."""

from __future__ import annotations

from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.published import How, Sourced, derived, missing, stated
from holdbook.model.balance import Balance
from holdbook.quantity.quantity import Quantity, add, exact, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.listed import price
from holdbook.valuation.value import parts, table_of


def equity_value_of_holdings(view: View) -> Sourced:
    """What all holdings are worth together, after asset-backed finance on them and before the company's own debt.

    Formula:  sum of the values of the holdings; from a table without lines, as published, or nav / (1 - loan_to_value)
    Says so:  the company's financial policy and its page on net asset value
    """
    lines = parts(view)
    table = table_of(view)
    if lines:
        return Sourced(add([line.value for line in lines]).named("equity_value_of_holdings"), "parts")
    if table is None:
        return missing(view, "equity_value_of_holdings", "a value of every holding, or the company's own table,")
    if table.holdings is not None:
        return stated(table.holdings, "equity_value_of_holdings")
    if table.holdings_per_share is not None and table.shares is not None:
        return derived(table.holdings_per_share * table.shares, "equity_value_of_holdings", "per share, times shares")
    if table.nav is not None and table.loan_to_value is not None:
        return derived(table.nav / (exact(1) - table.loan_to_value), "equity_value_of_holdings", "solved from NAV and LTV")
    return missing(view, "equity_value_of_holdings", "the company's holdings")


def nav(view: View) -> Sourced:
    """Net asset value: the equity value of holdings less adjusted net interest-bearing debt, before tax.

    Formula:  equity_value_of_holdings - adjusted_net_debt
    Says so:  the company's financial policy
    """
    holdings, debt = equity_value_of_holdings(view), adjusted_net_debt(view)
    table = table_of(view)
    if "parts" not in (holdings.how, debt.how) and table is not None and table.nav is not None:
        return stated(table.nav, "nav")
    return Sourced((holdings.quantity - debt.quantity).named("nav"), _weakest(holdings, debt))


def shares_outstanding(view: View) -> Quantity | None:
    """Shares in issue without treasury stock, as the day's table or a balance states them."""
    table = table_of(view)
    if table is not None and table.shares is not None:
        return table.shares
    for balance in view.actual(Balance):
        if (
            balance.item == "shares_outstanding"
            and balance.day is not None
            and balance.day.is_day
            and balance.day.first == view.day
            and (balance.entity or view.company) == view.company
        ):
            return balance.count
    return None


def nav_per_share(view: View) -> Sourced:
    """Net asset value for one share in issue, treasury stock left out.

    Formula:  nav / shares outstanding
    Says so:  the company's page on net asset value
    """
    value, shares, table = nav(view), shares_outstanding(view), table_of(view)
    published = None if table is None else table.nav_per_share
    if published is not None and (shares is None or value.how != "parts"):
        return stated(published, "nav_per_share")
    if shares is None:
        need = unknown(f"shares in issue of {view.book.name_of(view.company)} on {view.day}", UNIT("share"), floor=0)
        return Sourced((value.quantity / need).named("nav_per_share"), "missing")
    return Sourced((value.quantity / shares).named("nav_per_share"), "derived" if value.how == "published" else value.how)


def _weakest(*behind: Sourced) -> How:
    """How a sum was reached: not at all if one of its terms was not, from parts if one was, else derived."""
    ways = {one.how for one in behind}
    return "missing" if "missing" in ways else "parts" if "parts" in ways else "derived"


def discount(view: View) -> Quantity | None:
    """How far the share price lies below the net asset value per share; negative for a premium.

    Formula:  1 - price / nav_per_share
    Says so:  common use; GBL's glossary gives the same figure with the opposite sign
    """
    per_share, share_price = nav_per_share(view), price(view, view.company)
    if per_share.how == "missing" or share_price is None:
        return None
    return (exact(1) - convert(view, share_price, view.currency) / per_share.quantity).named("discount")
