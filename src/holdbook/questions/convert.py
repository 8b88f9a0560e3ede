"""An answer in another currency: each amount at the rate of its own day or period, the original kept in its derivation."""

from __future__ import annotations

import msgspec

from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Figure, Sentence, Table
from holdbook.timeline.rates import convert, implied, rivals
from holdbook.timeline.view import View


def in_currency(view: View, answer: Answer, currency: str) -> Answer:
    """The same answer with every amount and price in one currency; ratios, shares and days stay.

    A quantity that stands in a table is converted as the quantity of that name is; others at the day of the view.
    """
    turned: dict[bytes, Quantity] = {}
    quantities = {name: Figure(_turned(view, figure, currency, turned, name), figure.when) for name, figure in answer.quantities.items()}
    tables = {name: _table(view, table, currency, turned) for name, table in answer.tables.items()}
    caveats = [*answer.caveats, *_rates(view, turned)]
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


def _rates(view: View, turned: dict[bytes, Quantity]) -> list[Sentence]:
    """Which rates were used, of which day and whose; and which others there would have been."""
    leaves = {leaf.key: leaf for quantity in turned.values() for leaf in quantity.leaves() if leaf.unit.is_rate}
    found: list[Sentence] = []
    for key, leaf in leaves.items():
        if leaf.stated is not None and leaf.stated.is_unknown:
            found.append((f"No rate is known: {leaf.title}.",))
            continue
        found.append((f"Converted at {leaf.origin.kind} of {leaf.origin.day}, ", leaf, f" ({leaf.origin.source})."))
        for other in rivals(view, key):
            value = implied(other)
            if value is not None:
                found.append(("Another rate of that day is ", value, f" ({value.first_leaf().origin.source})."))
    return found
