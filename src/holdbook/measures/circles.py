"""Circles of ties: through the company and back to it, whichever way they run; and entities that own each other in a circle."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.ties import DEPENDENCE, HOLDING, Tie, of_types, strongly_connected
from holdbook.timeline.view import View

LONGEST = 4
_TURNED = ("supplies",)
Steps = dict[str, dict[str, list[Tie]]]


class Circle(NamedTuple):
    """The entities of a circle, the company first; the ties between each and the next, the last and the first among them."""

    nodes: tuple[str, ...]
    ties: tuple[tuple[Tie, ...], ...]

    @property
    def arrows(self) -> tuple[str, ...]:
        """Which way the ties of each step run: from who holds to what is held, from the customer to the supplier, as told otherwise."""
        return tuple(_arrow(some, start) for some, start in zip(self.ties, self.nodes, strict=True))


def circles(view: View, longest: int = LONGEST) -> list[Circle]:
    """The circles of at most so many entities through the company, each once; a step of holding and one of dependency in each.

    A circle of holdings alone is found by `ownership_circles`.
    """
    steps = _steps(view)
    found: list[Circle] = []
    stack: list[tuple[str, ...]] = [(view.company,)]
    while stack:
        walked = stack.pop()
        for node in steps.get(walked[-1], ()):
            if node == view.company and len(walked) > 2 and walked[1] < walked[-1]:
                found += _mixed(walked, steps)
            elif node not in walked and len(walked) < longest:
                stack.append((*walked, node))
    return sorted(found, key=lambda circle: (len(circle.nodes), circle.nodes))


def _steps(view: View) -> Steps:
    """Who is tied to whom, both ways; a common country ties nobody."""
    found: Steps = {}
    for tie in of_types(view, (*HOLDING, *DEPENDENCE), ("now", "to come")):
        if tie.type != "located_in":
            found.setdefault(tie.start, {}).setdefault(tie.end, []).append(tie)
            found.setdefault(tie.end, {}).setdefault(tie.start, []).append(tie)
    return found


def _mixed(walked: tuple[str, ...], steps: Steps) -> list[Circle]:
    some = tuple(tuple(steps[start][end]) for start, end in zip(walked, (*walked[1:], walked[0]), strict=True))
    holds = [any(tie.type in HOLDING for tie in step) for step in some]
    return [Circle(walked, some)] if any(holds) and not all(holds) else []


def _arrow(some: tuple[Tie, ...], start: str) -> str:
    onward = {(tie.start == start) is not (tie.type in _TURNED) for tie in some}
    return "<->" if len(onward) > 1 else "->" if True in onward else "<-"


def ownership_circles(view: View) -> list[list[str]]:
    """The sets of entities each of which holds all others, directly or through them."""
    return strongly_connected((tie.start, tie.end) for tie in of_types(view, HOLDING))
