"""An answer in another currency: each amount at the rate of its own day or period, the original kept in its derivation."""

from __future__ import annotations

import msgspec

from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Figure, Table
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View


def in_currency(view: View, answer: Answer, currency: str) -> Answer:
    """The same answer with every amount and price in one currency; ratios, shares and days stay.

    A quantity that stands in a table is converted as the quantity of that name is; others at the day of the view.
    """
    turned: dict[bytes, Quantity] = {}
    quantities = {name: Figure(_turned(view, figure, currency, turned, name), figure.when) for name, figure in answer.quantities.items()}
    tables = {name: _table(view, table, currency, turned) for name, table in answer.tables.items()}
    caveats = [*answer.caveats, *_rates(turned)]
    return msgspec.structs.replace(answer, quantities=quantities, tables=tables, caveats=caveats)


def _turned(view: View, figure: Figure, currency: str, turned: dict[bytes, Quantity], name: str) -> Quantity:
    quantity = figure.quantity
    if quantity.unit.currency in (None, currency):
        return quantity
    result = convert(view, quantity, currency, figure.when).named(name, f"converted from {quantity.unit.currency}")
    turned[quantity.digest] = result
    for arg in quantity.args[:1]:
        turned.setdefault(arg.digest, result) if len(quantity.args) == 1 else None
    return result


def _table(view: View, table: Table, currency: str, turned: dict[bytes, Quantity]) -> Table:
    def cell(value: Cell) -> Cell:
        if not isinstance(value, Quantity) or value.unit.currency in (None, currency):
            return value
        return turned.get(value.digest) or convert(view, value, currency)

    return Table(table.title, table.columns, [tuple(cell(value) for value in row) for row in table.rows])


def _rates(turned: dict[bytes, Quantity]) -> list[str]:
    """Which rates were used, of which day and whose."""
    found: dict[str, None] = {}
    for quantity in turned.values():
        for leaf in quantity.args[1].leaves() if len(quantity.args) == 2 else ():
            origin = leaf.origin
            if origin.kind and leaf.stated is not None:
                found[f"Rate {leaf.title}: {origin.kind} of {origin.day}, {origin.source}."] = None
            elif leaf.stated is not None and leaf.stated.is_unknown:
                found[f"No rate is known: {leaf.title}."] = None
    return list(found)
