"""An answer in another currency: each amount at the rate of its own day or period, the original kept in its derivation."""

from __future__ import annotations

import msgspec

from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.answer import Answer, Cell, Figure, Sentence
from holdbook.timeline.rates import convert, implied, rivals
from holdbook.timeline.view import View

_TWO = 2


def in_currency(view: View, answer: Answer, currency: str) -> Answer:
    """The same answer with every amount and price in one currency; ratios, shares and days stay.

    A quantity that stands in a table is converted as the quantity of that name is; others at the day of the view.
    """
    turned: dict[bytes, Quantity] = {}
    quantities = {name: Figure(_turned(view, figure, currency, turned, name), figure.when) for name, figure in answer.quantities.items()}

    def cell(value: Cell) -> Cell:
        return _cell(view, value, currency, turned)

    tables = {name: msgspec.structs.replace(one, rows=[tuple(map(cell, row)) for row in one.rows]) for name, one in answer.tables.items()}
    headline = tuple(part if isinstance(part, str) else cell(part) for part in answer.headline)
    charts = {name: one.turned(lambda value: _drawn(view, value, currency, turned)) for name, one in answer.charts.items()}
    caveats = [*answer.caveats, *_rates(view, turned)]
    return msgspec.structs.replace(answer, quantities=quantities, tables=tables, charts=charts, caveats=caveats, headline=headline)


def _turned(view: View, figure: Figure, currency: str, turned: dict[bytes, Quantity], name: str) -> Quantity:
    quantity = figure.quantity
    if quantity.unit.currency in (None, currency):
        return quantity
    inner = quantity.args[0] if quantity.op == "+" and len(quantity.args) == 1 else quantity
    result = _by_terms(inner, turned) or convert(view, quantity, currency, figure.when)
    result = result.named(name, f"converted from {quantity.unit.currency}")
    turned[quantity.digest] = result
    if len(quantity.args) == 1:
        turned.setdefault(quantity.args[0].digest, result)
    return result


def _by_terms(quantity: Quantity, turned: dict[bytes, Quantity]) -> Quantity | None:
    """A sum or a difference as that of its terms, where each was converted at the rate of its own day."""
    terms = [turned.get(arg.digest) for arg in quantity.args]
    known = [term for term in terms if term is not None]
    if quantity.op not in ("+", "-") or len(known) < max(len(terms), _TWO):
        return None
    return add(known) if quantity.op == "+" else known[0] - known[1]


def _cell(view: View, value: Cell, currency: str, turned: dict[bytes, Quantity]) -> Cell:
    """A quantity of a table as it was converted elsewhere, so that no amount has two rates."""
    if not isinstance(value, Quantity) or value.unit.currency in (None, currency):
        return value
    return turned.get(value.digest) or _by_terms(value, turned) or convert(view, value, currency)


def _drawn(view: View, value: Quantity, currency: str, turned: dict[bytes, Quantity]) -> Quantity:
    found = _cell(view, value, currency, turned)
    assert isinstance(found, Quantity)
    return found


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
