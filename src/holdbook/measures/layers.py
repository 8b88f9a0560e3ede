"""Which layers of the value chain are held, by which holdings, and which come from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from holdbook.measures.dependency import Path, paths
from holdbook.measures.ties import group, of_types
from holdbook.model.entity import Entity
from holdbook.quantity.quantity import Quantity, add, exact, greatest, unknown
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

Grouping = Callable[[View, str], str]
"""Which group an entity is in: its layer, its theme; nothing for none."""


class Layer(NamedTuple):
    """One layer of the chain.

    Fields:
        name: as the entities of the book say.
        held: what the company holds there, directly or through others.
        partner: undertakings there in which it, or something that it holds, takes part without holding them.
        to_come: what it is to hold there.
        former: what it held there and holds no more.
        outside: whom the company, or a holding or an undertaking of its, depends on there and does not hold; with the paths.
    """

    name: str
    held: list[str]
    partner: list[str]
    to_come: list[str]
    former: list[str]
    outside: dict[str, list[Path]]

    @property
    def standing(self) -> str:
        """In a word: held, in partnership, to be held, formerly held, or from outside."""
        told = {"held": self.held, "in partnership": self.partner, "to be held": self.to_come, "formerly held": self.former}
        return next((word for word, some in told.items() if some), "from outside")


def layers(view: View) -> list[Layer]:
    """The layers of which the company holds something, has held, or depends on something, by name. What is its own layer is none."""
    now = set(group(view)) - {view.company}
    to_come = set(group(view, ("now", "to come"))) - now - {view.company}
    former = set(group(view, ("now", "to come", "former"))) - now - to_come - {view.company}
    partners = {tie.end for tie in of_types(view, ("partner_in", "operates")) if tie.start in now | {view.company}} - now
    near = {node: [path for path in found if path.is_near] for node, found in paths(view).items()}
    outside = {node: found for node, found in near.items() if found and node not in now | partners}
    names = sorted({layer for node in (*now, *to_come, *former, *partners, *outside) if (layer := layer_of(view, node))})

    def there(some: set[str], name: str) -> list[str]:
        return sorted(node for node in some if layer_of(view, node) == name)

    return [
        Layer(
            name, there(now, name), there(partners, name), there(to_come, name), there(former, name),
            {node: outside[node] for node in there(set(outside), name)},
        )
        for name in names
    ]  # fmt: skip


def layer_of(view: View, node: str) -> str:
    """The layer of an entity, as the book says; nothing where it does not."""
    entity = view.book.get(Entity, node)
    return (entity.layer if entity is not None else None) or ""


def theme_of(view: View, node: str) -> str:
    """What an entity's value hangs on beside its layer, as the book says; nothing where it does not."""
    entity = view.book.get(Entity, node)
    return (entity.theme if entity is not None else None) or ""


def group_spread(view: View, values: Mapping[str, Quantity], of: Grouping, noun: str) -> tuple[Quantity, list[tuple[str, Quantity]]]:
    """How concentrated the value of holdings is in groups (layers, themes), from spread evenly to all in one, and the value in each.

    What lies in no one group, such as a fund, may sit in the largest or in groups of its own: the index has both ends.

    Formula:  (sum of k ^ 2 + x (2 k[max] o + o ^ 2)) / (sum of k + o) ^ 2, with k the groups, o the rest, x from none to all
    """
    inside: dict[str, list[Quantity]] = {}
    for node, value in values.items():
        inside.setdefault(of(view, node), []).append(value)
    rest = inside.pop("", None)
    known = {name: add(some).named(f"value in {name}") for name, some in sorted(inside.items())}
    rows = list(known.items()) + ([(f"in no one {noun}", add(rest).named(f"value in no one {noun}"))] if rest else [])
    total = add([value for _, value in rows])
    squares = [(value / total) * (value / total) for value in known.values()]
    if rest:
        other = rows[-1][1] / total
        within_one = unknown(f"how far the holdings in no one {noun} sit in the largest {noun}", NUMBER, floor=0, ceiling=1)
        largest = [exact(2) * other * (greatest(list(known.values())) / total)] if known else []
        squares.append(within_one * add([*largest, other * other]))
    return add(squares).named(f"{noun}s.herfindahl"), rows
