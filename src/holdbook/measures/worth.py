"""Equity value of holdings, net asset value, per share, discount: what the company is worth."""

from __future__ import annotations

from holdbook.measures.defined import definable, definition_of, evaluated, nameable
from holdbook.measures.net_debt import adjusted_net_debt, after_deductions, before_deductions
from holdbook.measures.published import How, Sourced, derived, missing, stated
from holdbook.measures.shaken import shaken_holdings
from holdbook.model.balance import Balance
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, add, exact, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.shocks import value_factor
from holdbook.timeline.view import View
from holdbook.valuation.listed import price
from holdbook.valuation.value import parts, table_of


@definable
def equity_value_of_holdings(view: View) -> Sourced:
    """What all holdings are worth together, after asset-backed finance on them and before the company's own debt.

    Formula:  sum of the values of the holdings; from a table without lines, as published, or nav + net debt,
              or (nav + deductions) / (1 - loan_to_value), unless the company defines that ratio otherwise
    Says so:  the company's financial policy and its page on net asset value
    """
    found = _as_told(view)
    return shaken_holdings(view, found) if view.shaken else found


def _as_told(view: View) -> Sourced:
    """The equity value of holdings by what the book tells of the day: the lines as a scenario's shocks leave them, a total as it is."""
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
    if table.nav is not None and table.net_debt is not None and definition_of(view, "nav") is None:
        return derived(before_deductions(table.nav, table) + table.net_debt, "equity_value_of_holdings", "net asset value plus net debt")
    if table.nav is not None and table.loan_to_value is not None and definition_of(view, "loan_to_value") is None:
        before = before_deductions(table.nav, table)
        return derived(before / (exact(1) - table.loan_to_value), "equity_value_of_holdings", "solved from NAV and LTV")
    return missing(view, "equity_value_of_holdings", "the company's holdings")


@definable
def nav(view: View) -> Sourced:
    """Net asset value: the equity value of holdings less adjusted net interest-bearing debt, before tax.

    Formula:  equity_value_of_holdings - adjusted_net_debt - deductions; else as published, or per share, times shares
    Says so:  the company's financial policy
    """
    holdings, debt = equity_value_of_holdings(view), adjusted_net_debt(view)
    table, how = table_of(view), _weakest(holdings, debt)
    if how != "parts" and not view.shaken and table is not None and table.nav is not None:
        return stated(table.nav, "nav")
    if how == "missing" and not view.shaken and table is not None and table.nav_per_share is not None and table.shares is not None:
        return derived(convert(view, table.nav_per_share * table.shares, view.currency), "nav", "per share, times shares")
    value = holdings.quantity - debt.quantity
    return Sourced((value if table is None else after_deductions(value, table)).named("nav"), how)


@nameable("shares")
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


@definable
def nav_per_share(view: View) -> Sourced:
    """Net asset value for one share in issue, treasury stock left out.

    Formula:  nav / shares outstanding
    Says so:  the company's page on net asset value
    """
    value, shares, table = nav(view), shares_outstanding(view), table_of(view)
    published = None if table is None else table.nav_per_share
    if published is not None and (shares is None or value.how != "parts"):
        if not view.shaken:
            return stated(published, "nav_per_share")
        if table is not None and table.nav is not None and value.how != "missing":
            return derived(published * value.quantity / table.nav, "nav_per_share", "as published, moved with the net asset value")
    if shares is None:
        need = unknown(f"shares in issue of {view.book.name_of(view.company)} on {view.day}", UNIT("share"), floor=0)
        return Sourced((value.quantity / need).named("nav_per_share"), "missing")
    return Sourced((value.quantity / shares).named("nav_per_share"), "derived" if value.how == "published" else value.how)


@nameable("price")
def share_price(view: View) -> Quantity | None:
    """The price of the company's own share on the day."""
    return price(view, view.company)


def _weakest(*behind: Sourced) -> How:
    """How a sum was reached: not at all if one of its terms was not, from parts if one was, else derived."""
    ways = {one.how for one in behind}
    return "missing" if "missing" in ways else "parts" if "parts" in ways else "derived"


@nameable("ratio")
def discount(view: View) -> Quantity | None:
    """How far the share price lies below the net asset value per share; negative for a premium.

    Formula:  1 - price / nav_per_share; by the company's own definition; without a price as published
    Says so:  common use; GBL's glossary gives the same figure with the opposite sign
    """
    own, table = definition_of(view, "discount"), table_of(view)
    if own is not None and known(value := evaluated(view, own)) != "no":
        return value.named("discount", f"definitions.{own.id}: {own.formula}")
    per_share, share_price = nav_per_share(view), price(view, view.company)
    if view.shaken and value_factor(view.book, view.company, view.day) is None:
        return None  # what the share would cost then, the scenario does not say
    if per_share.how == "missing" or share_price is None:
        return None if table is None or table.discount is None else table.discount.named("discount", "as published")
    same = convert(view, share_price, per_share.quantity.unit.currency or view.currency)
    return (exact(1) - same / per_share.quantity).named("discount")
