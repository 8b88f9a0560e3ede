"""A scenario beside the answer without it, or with another: the figures and words that differ, and no others."""

from __future__ import annotations

from holdbook.model.book import Book
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Figure, Table

_MOST_CHANGES = 12


def beside(answer: Answer, other: Answer, book: Book) -> None:
    """Add to an answer the table of what is otherwise in another answer to the same question, of the book with a scenario.

    Each figure that differs stands as `against.SCENARIO.NAME`, the change as `against.SCENARIO.NAME.change`.
    """
    scenario = book.scenario
    key, name = ("without", "without") if scenario is None else (scenario.key, scenario.name)
    rows: list[tuple[Cell, ...]] = []
    for figure in [one for one in dict.fromkeys([*answer.quantities, *other.quantities]) if not one.startswith("against.")]:
        here, there = answer.quantities.get(figure), other.quantities.get(figure)
        if here is not None and there is not None and _same(here.quantity, there.quantity):
            continue
        shown = there or here
        change = _change(here, there)
        rows.append((figure, None if here is None else here.quantity, None if there is None else there.quantity, change))
        if shown is not None:
            answer.put(f"against.{key}.{figure}", None if there is None else there.quantity, shown.when)
            answer.put(f"against.{key}.{figure}.change", change, shown.when)
    words = [one for one in dict.fromkeys([*answer.labels, *other.labels]) if not one.startswith("against.")]
    rows += [(one, answer.labels.get(one), other.labels.get(one), None) for one in words if answer.labels.get(one) != other.labels.get(one)]
    title = f"Beside the scenario {name}: what differs" if rows else f"Beside the scenario {name}: nothing differs"
    answer.tables[f"against.{key}"] = Table(title, ("figure", "here", name, "change"), rows)


def told(book: Book) -> list[str]:
    """What a scenario changes in a book, each with both places, in a sentence."""
    scenario = book.scenario
    if scenario is None:
        return []
    said = [f"{one.what} is {one.after!r} ({one.place}) instead of {one.before!r} ({one.instead})" if one.before
            else f"{one.what} is {one.after!r} ({one.place})" if one.after and one.after != "added"
            else f"{one.what} is added ({one.place})" if one.after
            else f"{one.what} is left out ({one.place}; it stands at {one.instead})" for one in scenario.changes]  # fmt: skip
    if len(said) > _MOST_CHANGES:
        said[_MOST_CHANGES:] = [f"{len(said) - _MOST_CHANGES} more changes"]
    moved = [f"{one.target} moves by {one.says} ({one.place})" for one in scenario.shocks]
    return [f"Scenario {scenario.name}: {scenario.text} Nothing of it has happened.", *(f"Scenario: {one}." for one in [*said, *moved])]


def _same(here: Quantity, there: Quantity) -> bool:
    if here.digest == there.digest:
        return True
    return here.unit is there.unit and point(here) == point(there) and bounds(here).interval == bounds(there).interval


def _change(here: Figure | None, there: Figure | None) -> Quantity | None:
    if here is None or there is None or here.quantity.unit is not there.quantity.unit:
        return None
    return (there.quantity - here.quantity).named("change")
