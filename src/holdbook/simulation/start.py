"""From where a simulation goes on: cash, holdings and net debt of the last table, and the finance that is left to its pledge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from holdbook.dates import add_months
from holdbook.funding.cut_off import Window, window
from holdbook.funding.line import planned
from holdbook.funding.projection import base_day
from holdbook.measures.headroom import gross_of, holdings
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.debt import Debt
from holdbook.numerics.tables import NEVER
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity
from holdbook.simulation.reading import Reading
from holdbook.timeline.view import View
from holdbook.valuation.value import Part, has_tables

OTHERS = "other holdings"
"""What is in no line of its own."""
_CLOSE = 1e-9


class Loan(NamedTuple):
    """Finance on one holding that its lenders can take that holding for, and no more; called and cured if its terms are known."""

    holding: str
    amount: float
    called_at: float
    cured_to: float


class Start(NamedTuple):
    """Where it stands at the start.

    Fields:
        holdings: value of each before finance on it, by id.
        loans: the finance on them.
        net_debt: of the company.
        base: the day of these; None where the book has none.
        balanced: whether holdings and net debt are known.
    """

    holdings: dict[str, float]
    loans: list[Loan]
    net_debt: float
    base: date | None
    balanced: bool


def simulated_window(view: View, horizon: int | None = None) -> Window:
    """The window of the plan of sources and uses; it begins with the last table where that is later, for the table holds what was before.

    The cash position of an earlier day is then no opening: what came and went since is in the table's net debt, and in nobody's cash.
    A horizon of more months makes it longer: what falls due by then belongs to it.
    """
    found, base = window(view), base_day(view)
    found = found if base is None or base <= found.start else found._replace(start=base, opening=None)
    first = (found.start + date.resolution).replace(day=1)
    return found._replace(end=max(found.end, add_months(first, horizon or 0) - date.resolution))


def start(view: View, currency: str, base: date | None, read: Reading) -> Start:
    """The start of a simulation in a currency; a company without tables starts from what the book lists."""
    then = view.on(base) if base is not None else view
    if (base is None and has_tables(view)) or known(loan_to_value(then).quantity) != "yes":
        read.said.append("The book has no holdings and net debt to start from: only cash is simulated.")
        return Start({}, [], 0.0, None, balanced=False)

    def money(amount: Quantity) -> float:
        return read(planned(view, amount, currency, then.span), careful_is_high=False)

    found: dict[str, float] = {}
    loans: list[Loan] = []
    for part in holdings(then):
        if known(part.value) == "no":
            continue
        inside = sum(money(one.settlement) for one in part.finance if one.debt.kind == "intragroup")
        found[part.asset] = money(gross_of(part)) - inside
        loans += _loans(part, money, read)
    total = money(equity_value_of_holdings(then).quantity)
    counted = sum(found.values()) - sum(min(one.amount, found[one.holding]) for one in loans)
    if abs(total - counted) > _CLOSE * max(abs(total), 1.0):
        found[OTHERS] = total - counted
    owes = read(planned(view, adjusted_net_debt(then).quantity, currency, then.span), careful_is_high=True)
    return Start(found, loans, owes, then.day, balanced=True)


def _loans(part: Part, money: Callable[[Quantity], float], read: Reading) -> list[Loan]:
    """The finance of outsiders on a holding, as one loan; its terms only if it is one contract that has them."""
    outside = [one for one in part.finance if one.debt.kind != "intragroup"]
    if not outside:
        return []
    amount = sum(money(one.settlement) for one in outside)
    terms = outside[0].debt if len(outside) == 1 else None
    at, to = _terms(terms, read)
    return [Loan(part.asset, amount, at, to)]


def _terms(debt: Debt | None, read: Reading) -> tuple[float, float]:
    if debt is None or debt.call_ratio is None or debt.reset_ratio is None:
        return NEVER, 0.0
    return read(debt.call_ratio, careful_is_high=False), read(debt.reset_ratio, careful_is_high=False)
