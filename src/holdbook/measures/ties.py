"""The ties of a book on a day: who holds whom, who depends on whom, who rivals whom. Holding and depending stay apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from holdbook.model.relation import Relation
from holdbook.model.stake import Stake
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import Origin
from holdbook.quantity.quantity import Quantity, leaf, unknown
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.positions import position
from holdbook.timeline.view import View

HOLDING = ("owns", "controls", "invested_in", "manages")
DEPENDENCE = ("supplies", "customer_of", "licenses", "partner_in", "finances", "secured_by", "guarantees", "operates", "located_in")
RIVALRY = ("competes_with",)
SALE = ("acquires_from",)
_TO_COME = ("planned", "agreed", "rumoured")


class Tie(NamedTuple):
    """One tie between two entities, as the book tells it.

    Fields:
        start, type, end: `openai`, `customer_of`, `nvidia`. A stake is a tie of the type `owns`.
        fact: the relation, or the stake.
        when: "now", "to come" or "former", on the day of the view.
    """

    start: str
    type: str
    end: str
    fact: Relation | Stake
    when: str

    @property
    def role(self) -> str:
        """The role that the book gives it in words, if it gives one."""
        return (self.fact.role if isinstance(self.fact, Relation) else None) or ""

    @property
    def key(self) -> str:
        """The dotted name of the entry."""
        return f"{self.fact.noun}.{self.fact.id}"


def ties(view: View) -> list[Tie]:
    """Every tie that was known: those of the day, those that have ended by it, and those that are to come. Made once for a view."""
    if "ties" not in view.kept:
        made = [Tie(one.from_, one.type, one.to, one, when) for one in view.counted(Relation) if (when := _when(view, one))]
        made += [
            Tie(one.holder or view.company, "owns", one.asset, one, when)
            for one in view.counted(Stake)
            if one.binds != "day" and (when := _when(view, one))
        ]
        view.kept["ties"] = [_after_sale(view, tie) for tie in made if tie.start != tie.end]
    return view.kept["ties"]  # type: ignore[no-any-return]


def _when(view: View, fact: Relation | Stake) -> str:
    """Whether a tie is of the day, has ended, or is to come; nothing for one that begins later."""
    ended = fact.until.last < view.day if fact.until is not None else fact.status == "ended"
    if ended:
        return "former"
    if fact.status in _TO_COME or (isinstance(fact, Relation) and fact.prospective):
        return "to come"
    return "now" if view.in_force(fact) else ""


def _after_sale(view: View, tie: Tie) -> Tie:
    """A holding of which no share is left has ended, whatever else is told of it."""
    if tie.when == "now" and tie.type in HOLDING and tie.type != "manages":
        held = position(view, tie.end, tie.start).shares
        if bounds(held).interval.high == 0:
            return tie._replace(when="former")
    return tie


def of_types(view: View, types: Iterable[str], when: Iterable[str] = ("now",)) -> list[Tie]:
    """The ties of some types and times."""
    wanted, times = set(types), set(when)
    return [tie for tie in ties(view) if tie.type in wanted and tie.when in times]


def holdings(view: View, when: Iterable[str] = ("now",)) -> dict[str, list[Tie]]:
    """What the company holds itself, by entity: the ties by which it does."""
    found: dict[str, list[Tie]] = {}
    for tie in of_types(view, HOLDING, when):
        if tie.start == view.company:
            found.setdefault(tie.end, []).append(tie)
    return found


def group(view: View, when: Iterable[str] = ("now",)) -> dict[str, int]:
    """The company and all that it holds through any number of layers, with how many layers down each lies."""
    below: dict[str, list[str]] = {}
    for tie in of_types(view, HOLDING, when):
        below.setdefault(tie.start, []).append(tie.end)
    found, layer = {view.company: 0}, [view.company]
    while layer:
        layer = list(dict.fromkeys(end for node in layer for end in below.get(node, ()) if end not in found))
        found |= dict.fromkeys(layer, found[next(reversed(found))] + 1)
    return found


def unstated(tie: Tie, name: str) -> Quantity:
    """A part that nobody stated, from none to all: its name says what would narrow it, its place where the tie stands."""
    found = unknown(name, NUMBER, floor=0, ceiling=1)
    assert found.stated is not None
    fact = tie.fact
    day = str(fact.day or "")
    place = Origin(fact.place, fact.source or "", fact.speaker or "", day, fact.learnt.isoformat(), words=fact.id)
    return leaf(found.stated, key=f"{tie.key}: {name}", name=name, origin=place)


def size(view: View, tie: Tie) -> Quantity:
    """How large a tie is: its part or its amount as stated, else from none to all."""
    amount = tie.fact.amount if isinstance(tie.fact, Relation) else tie.fact.shares
    words = f"size of the tie: {view.book.name_of(tie.start)} {tie.type} {view.book.name_of(tie.end)}"
    return tie.fact.part or amount or unstated(tie, words)


def counted(view: View, name: str, some: Iterable[Tie], count: int, unit: str) -> Quantity:
    """A count of what some ties make up, which keeps them: each by its part, or as a tie of unknown size."""
    kept = {tie.key: size(view, tie) for tie in some}
    return solved(name, kept.values(), count, count, count, how=f"counted from {len(kept)} ties", unit=UNIT(unit))


def strongly_connected(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The sets of two or more whose members all reach each other, each in order of name; no recursion.

    Says so: Kosaraju's two searches

    >>> strongly_connected([("a", "b"), ("b", "a"), ("b", "c")])
    [['a', 'b']]
    """
    out: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for start, end in edges:
        out.setdefault(start, []).append(end)
        back.setdefault(end, []).append(start)
        out.setdefault(end, [])
        back.setdefault(start, [])
    finished: list[str] = []
    seen: set[str] = set()
    for node in out:
        _search(out, node, seen, finished)
    seen = set()
    found = []
    for node in reversed(finished):
        members: list[str] = []
        _search(back, node, seen, members)
        if len(members) > 1:
            found.append(sorted(members))
    return sorted(found)


def _search(edges: dict[str, list[str]], start: str, seen: set[str], finished: list[str]) -> None:
    """Everything that a node reaches and that was not yet seen, each after all that it reaches itself."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(edges[start]))]
    while stack:
        node, rest = stack[-1]
        following = next((one for one in rest if one not in seen), None)
        if following is None:
            stack.pop()
            finished.append(node)
        else:
            seen.add(following)
            stack.append((following, iter(edges[following])))
