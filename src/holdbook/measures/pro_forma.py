"""Loan to value as it will be once what is promised is paid and what has been sold since is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from holdbook.measures.encumbrance import listed_part, listed_share
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.published import Sourced, missing
from holdbook.measures.unpaid import Unpaid, unpaid
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.commitment import Commitment
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, add, exact, least, unknown
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.value import has_tables, last_table


class Sold(NamedTuple):
    """A sale since the balance day: what it brought, in the currency of the view."""

    trade: Trade
    amount: Quantity


def every(_promise: Commitment) -> bool:
    """All promises."""
    return True


def none(_promise: Commitment) -> bool:
    """No promise."""
    return False


def pro_forma_view(view: View) -> View | None:
    """The last balance day, with what was known when its table came out, or by the day that is asked about if that is later.

    None where the company has tables but none up to this day. A company without tables is taken as it is.
    """
    table = last_table(view)
    if table is None or table.day is None:
        return None if has_tables(view) else view
    return View(view.book, table.day.last, min(view.known_on, max(table.learnt, view.day)))


def pro_forma_loan_to_value(
    view: View, counts: Callable[[Commitment], bool] = every, worthless: Callable[[Commitment], bool] = none
) -> Sourced:
    """Loan to value with the promises paid that `counts` picks, and with what was sold since the balance day.

    What is bought is worth its price, or nothing where `worthless` picks it.

    Formula:  (adjusted_net_debt + unpaid - sold) / (equity_value_of_holdings + unpaid - sold - unpaid on what is worth nothing)
    Says so:  analysts; all borrowed, nothing else changes
    """
    at = pro_forma_view(view)
    if at is None or loan_to_value(at).how == "missing":
        return missing(view, "pro_forma_loan_to_value", "net debt and holdings of a balance day", NUMBER)
    debt, holdings = adjusted_net_debt(at).quantity, equity_value_of_holdings(at).quantity
    promised = [one for one in unpaid(at) if counts(one.promise)]
    change = _change(at, promised)
    lost = [one.amount for one in promised if worthless(one.promise)]
    assets = holdings + change
    assets = assets - add(lost) if lost else assets
    return Sourced(((debt + change) / assets).named("pro_forma_loan_to_value"), "parts")


def listed_share_after(view: View) -> Sourced:
    """The listed part of the holdings once the promises are paid, and what was sold since the balance day is gone.

    Formula:  (listed - listed sold + unpaid on listed) / (equity_value_of_holdings + unpaid - sold)
    Says so:  rating agencies watch its opposite
    """
    at = pro_forma_view(view)
    before = listed_share(at) if at is not None else None
    if at is None or before is None or before.how == "missing":
        return missing(view, "listed_share_after", "a value of every holding of a balance day", NUMBER)
    promised, sold, held = unpaid(at), sold_since(at), equity_value_of_holdings(at).quantity
    listed = [before.quantity * held, *(listed_part(at, one.promise.to) * one.amount for one in promised)]
    gone = [listed_part(at, one.trade.asset) * one.amount for one in sold]
    above = add(listed) - add(gone) if gone else add(listed)
    return Sourced(least((above / (held + _change(at, promised)), exact(1))).named("listed_share_after"), "parts")


def sold_since(at: View) -> list[Sold]:
    """What the company sold after a balance day, as far as it was known."""
    found = []
    for trade in at.actual(Trade):
        mine = trade.side == "sell" and (trade.holder or at.company) == at.company and at.is_apart(trade)
        if mine and trade.day is not None and trade.day.first > at.day and trade.day.last <= at.known_on:
            amount = trade.amount or unknown(f"trades.{trade.id}.amount", UNIT(at.currency), floor=0)
            found.append(Sold(trade, convert(at, amount, at.currency, at.span).named(f"sale of {trade.asset}")))
    return found


def _change(at: View, promised: list[Unpaid]) -> Quantity:
    """What leaves as cash: promises less proceeds.

    Formula:  unpaid - sold
    """
    out = add([one.amount for one in promised] or [exact(0, UNIT(at.currency), "nothing promised")]).named("unpaid")
    sold = [one.amount for one in sold_since(at)]
    return out - add(sold).named("sold since") if sold else out
