"""How concentrated the value of the holdings is: by name, seen through funds and subsidiaries, by layer, by theme."""

from __future__ import annotations

from collections.abc import Mapping

from holdbook.measures.concentration import concentration
from holdbook.measures.layers import Grouping, group_spread, layer_of, theme_of
from holdbook.measures.look_through import looked_through
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.view import View
from holdbook.valuation.value import parts

_SPREAD = ("over", "largest", "its part", "Herfindahl", "as many as equal ones")


def put_spread(view: View, answer: Answer) -> None:
    """The measures and their table, where the day has values."""
    found = parts(view)
    if found is None:
        answer.caveats.append("The book has no values of all holdings for this day, so how concentrated they are is unknown.")
        return
    values = {part.asset: part.value for part in found}
    positive = {name: amount for name, amount, _ in concentration(view, values).gains.rows}
    left_out = [view.book.name_of(part.asset) for part in found if part.asset not in positive]
    if left_out:
        answer.caveats.append(f"Without a value, so in no measure of concentration: {', '.join(left_out)}.")
    told = _names_spread(view, values, "holdings", "holdings", answer)
    if not told:
        return
    seen = looked_through(view, values)
    if seen is not None:
        told += _names_spread(view, seen, "looked_through", "holdings, looked through", answer)
    for of, noun in ((layer_of, "layer"), (theme_of, "theme")):
        told += _group_spread(view, positive, of, noun, answer)
    answer.tables["spread"] = Table("How the value of the holdings is spread", _SPREAD, told)


def _names_spread(view: View, values: Mapping[str, Quantity], key: str, words: str, answer: Answer) -> list[tuple[Cell, ...]]:
    side = concentration(view, values).gains
    if side.herfindahl is None or side.effective_number is None:
        return []
    answer.put(f"{key}.herfindahl", side.herfindahl.named(f"{key}.herfindahl"))
    answer.put(f"{key}.effective_number", side.effective_number.named(f"{key}.effective_number"))
    return [(words, view.book.name_of(side.rows[0][0]), side.largest_part, side.herfindahl, side.effective_number)]


def _group_spread(view: View, values: Mapping[str, Quantity], of: Grouping, noun: str, answer: Answer) -> list[tuple[Cell, ...]]:
    """By layer or by theme, if the book puts a holding in one."""
    if not any(of(view, node) for node in values):
        return []
    index, rows = group_spread(view, values, of, noun)
    one_over = exact(1, UNIT(noun)) / index
    answer.put(f"{noun}s.herfindahl", index)
    answer.put(f"{noun}s.effective_number", one_over.named(f"{noun}s.effective_number"))
    most = max(rows, key=lambda row: bounds(row[1]).interval.low or 0)
    return [(f"{noun}s", most[0], most[1] / add([amount for _, amount in rows]), index, one_over)]
