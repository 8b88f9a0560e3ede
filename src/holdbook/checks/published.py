"""Does the company's own table come out of the book's parts? Each line, each total, within the rounding of what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from holdbook.checks.compare import agree
from holdbook.measures.defined import PUBLISHED, definition_of, definitions, evaluated
from holdbook.measures.net_debt import adjusted_net_debt, after_deductions
from holdbook.measures.worth import equity_value_of_holdings, nav, nav_per_share, share_price
from holdbook.model.book import Book
from holdbook.model.statement import Statement
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, UnitError, add, exact
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import company_finance
from holdbook.valuation.value import parts, table_of

_MEASURES = {
    "equity value of holdings": "equity_value_of_holdings",
    "adjusted net debt": "adjusted_net_debt",
    "net asset value": "nav",
    "net asset value per share": "nav_per_share",
    "loan to value": "loan_to_value",
}


class Assertion(msgspec.Struct, frozen=True):
    """A published figure and what the book's parts come to; `explained` says why the two differ."""

    statement: Statement
    what: str
    published: Quantity
    computed: Quantity
    holds: bool
    explained: str = ""


def assertions(book: Book, problems: list[Problem] | None = None) -> list[Assertion]:
    """Every published figure of every table that the book can reach by another way; figures that cannot be added are problems."""
    found: list[Assertion] = []
    faults: list[Problem] = [] if problems is None else problems
    for statement in book.all(Statement):
        if statement.day is None or not statement.day.is_day:
            continue
        try:
            found += _of(book, statement)
        except UnitError as error:
            way_out = "give the figures of a table in one currency"
            faults.append(Problem("bad-unit", statement.place, f"statements.{statement.id}: {error}", "figures that can be added", way_out))
    return found


def failures(found: list[Assertion]) -> list[Problem]:
    """Assertions that fail and that nothing explains."""
    return [_problem(one) for one in found if not one.holds and not one.explained]


def _of(book: Book, statement: Statement) -> Iterator[Assertion]:
    assert statement.day is not None
    view = View(book, statement.day.first, date.max)
    for what, published, computed in _pairs(view, statement):
        if published is None or computed is None or published in computed.leaves():  # what rests on a figure cannot refute it
            continue
        same = _in_its_currency(view, published, computed)
        if published.unit is same.unit:
            holds = agree(published, same) != "inconsistent"
            yield Assertion(statement, what, published, same, holds, "" if holds else _explanation(view, statement, what))


def _in_its_currency(view: View, published: Quantity, computed: Quantity) -> Quantity:
    """What was computed, in the currency in which the table prints it: a value in dollars may stand beside euros a share."""
    currency = published.unit.currency
    return computed if currency is None else convert(view, computed, currency)


def _explanation(view: View, statement: Statement, what: str) -> str:
    """Why a figure may differ from the usual sum: the table says so, or the company has another sum for it."""
    own = definition_of(view, _MEASURES.get(what, what))
    if statement.known_difference or own is None:
        return statement.known_difference or ""
    return f"definitions.{own.id} has another sum: {own.formula}"


def _pairs(view: View, table: Statement) -> Iterator[tuple[str, Quantity | None, Quantity | None]]:
    if table_of(view) is table:
        yield from _from_parts(view, table)
        yield from _by_definition(view, table)
    yield from _within(table)


def _by_definition(view: View, table: Statement) -> Iterator[tuple[str, Quantity | None, Quantity | None]]:
    """Figures for which the company has a definition of its own, and lines of the table that a definition is called like."""
    for one in definitions(view):
        if (one.holder or view.company) == view.company:
            published = getattr(table, PUBLISHED.get(one.measure or one.id, ""), None) or (table.lines or {}).get(one.id)
            yield f"{one.id} by its definition", published, evaluated(view, one)


def _from_parts(view: View, table: Statement) -> Iterator[tuple[str, Quantity | None, Quantity | None]]:
    for part in parts(view) or []:
        if part.basis != "as published":
            yield f"value of {part.asset}", part.published, part.value
    holdings, debt, value = equity_value_of_holdings(view), adjusted_net_debt(view), nav(view)
    if holdings.how == "parts":
        yield "equity value of holdings", table.holdings, holdings.quantity
    if debt.how == "parts":
        yield "adjusted net debt", table.net_debt, debt.quantity
    if value.how == "parts":
        yield "net asset value", table.nav, value.quantity
        yield "net asset value per share", table.nav_per_share, value.quantity / table.shares if table.shares is not None else None
    if "missing" not in (holdings.how, debt.how):
        yield "loan to value", table.loan_to_value, debt.quantity / holdings.quantity
    price, per_share = share_price(view), nav_per_share(view)
    if price is not None and per_share.how != "missing":
        yield "discount", table.discount, exact(1) - _in_its_currency(view, per_share.quantity, price) / per_share.quantity
    finance = company_finance(view)
    line = (table.bridge or {}).get("asset_backed_finance")
    if finance and line is not None:
        yield "asset-backed finance", line, add([one.carrying for one in finance])


def _within(table: Statement) -> Iterator[tuple[str, Quantity | None, Quantity | None]]:
    """The figures of a table against each other."""
    debt = table.net_debt
    if table.gross_debt is not None and table.cash is not None:
        yield "adjusted net debt", debt, table.gross_debt - table.cash
        debt = debt if debt is not None else table.gross_debt - table.cash
    if table.holdings is not None and debt is not None:
        yield "net asset value", table.nav, after_deductions(table.holdings - debt, table)
        yield "loan to value", table.loan_to_value, debt / table.holdings
    if table.holdings_per_share is not None and table.net_debt_per_share is not None:
        yield "net asset value per share", table.nav_per_share, table.holdings_per_share - table.net_debt_per_share
        yield "loan to value", table.loan_to_value, table.net_debt_per_share / table.holdings_per_share
    if table.nav is not None and table.shares is not None:
        yield "net asset value per share", table.nav_per_share, table.nav / table.shares
    if table.parts_per_share and not table.partial:
        yield "holdings per share", table.holdings_per_share, add(table.parts_per_share.values())
    if table.self_financing and table.bridge:
        yield "net debt of self-financing entities", table.bridge.get("self_financing_net_debt"), add(table.self_financing.values())


def _problem(one: Assertion) -> Problem:
    low, high = (None if end is None else float(end) for end in bounds(one.computed).interval[:2])
    computed = f"{low:,.10g} to {high:,.10g}" if low is not None and high is not None else "something else"
    leaves = [leaf for leaf in one.computed.leaves() if leaf.origin.place.file][:6]
    sign = "; a discount is positive, a premium negative" if one.what == "discount" else ""
    return Problem(
        "published", one.published.origin.place, f"{one.what} is {one.published.origin.words} in the table", f"the parts come to {computed}",
        f"correct the figure that is wrong, or say why they differ in known_difference, or how the company defines it in definitions{sign}",
        sides=tuple(Side(leaf.origin.place, f"{leaf.title} {leaf.origin.words}") for leaf in leaves),
    )  # fmt: skip
