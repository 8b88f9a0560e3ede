"""Who depends on whom, along which channel and how strongly: every path from the company to an entity, with what would tell its strength."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from holdbook.measures.ties import DEPENDENCE, HOLDING, Tie, of_types, unstated
from holdbook.model.relation import Relation
from holdbook.model.stake import Stake
from holdbook.quantity.quantity import Quantity, exact, greatest
from holdbook.timeline.view import View

LONGEST = 3


class Channel(NamedTuple):
    """One way in which an entity depends on another: the verb, what would say how much, and whether it is by what it earns there."""

    verb: str
    measure: str
    earns: bool = False


# by the type of a tie, and whether it is read from its start or from its end
_CHANNELS: dict[tuple[str, bool], Channel] = {
    ("supplies", True): Channel("sells to", "part of the revenue of {a} that comes from {b}", earns=True),
    ("supplies", False): Channel("buys from", "part of the supply of {a} that comes from {b}"),
    ("customer_of", True): Channel("buys from", "part of the supply of {a} that comes from {b}"),
    ("customer_of", False): Channel("sells to", "part of the revenue of {a} that comes from {b}", earns=True),
    ("licenses", True): Channel("licenses to", "part of the revenue of {a} that comes from licences to {b}", earns=True),
    ("licenses", False): Channel("is licensed by", "part of the products of {a} that need the licence of {b}"),
    ("partner_in", True): Channel("is partner in", "part of {a} that rests on {b}"),
    ("partner_in", False): Channel("has as partner", "part of {a} that rests on {b}"),
    ("operates", True): Channel("operates", "part of the revenue of {a} that comes from {b}", earns=True),
    ("operates", False): Channel("is operated by", "part of {a} that rests on {b}"),
    ("finances", True): Channel("finances", "part of the assets of {a} that {b} owes", earns=True),
    ("finances", False): Channel("is financed by", "part of the funding of {a} that comes from {b}"),
    ("guarantees", True): Channel("guarantees", "part of the assets of {a} that it guarantees for {b}", earns=True),
    ("guarantees", False): Channel("is guaranteed by", "part of the funding of {a} that {b} guarantees"),
    ("secured_by", True): Channel("has borrowed on", "part of the debt of {a} that is secured on {b}"),
    ("located_in", True): Channel("is located in", "part of the business of {a} that lies in {b}"),
}


class Hop(NamedTuple):
    """One step of a path: from who depends, or holds, to whom; all ties of the step, and whether none of them is of today."""

    start: str
    end: str
    ties: tuple[Tie, ...]
    holds: bool

    @property
    def to_come(self) -> bool:
        """Whether it is only to come."""
        return all(tie.when == "to come" for tie in self.ties)


class Path(NamedTuple):
    """Steps from the company to an entity: first down through what it holds, then along dependencies, at least one of them."""

    hops: tuple[Hop, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The entities on it, both ends among them."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    @property
    def name(self) -> str:
        """Its name in answers: the end, then those between."""
        return ".".join((self.nodes[-1], "via", *self.nodes[1:-1]) if len(self.hops) > 1 else (self.nodes[-1], "direct_tie"))

    @property
    def to_come(self) -> bool:
        """Whether a step of it is only to come."""
        return any(hop.to_come for hop in self.hops)

    @property
    def is_near(self) -> bool:
        """Whether it leads there directly or by one other."""
        return len(self.hops) <= 2


def channel(tie: Tie, reader: str) -> Channel | None:
    """How one end of a tie depends on the other, if it does."""
    return _CHANNELS.get((tie.type, tie.start == reader))


def paths(view: View, longest: int = LONGEST) -> dict[str, list[Path]]:
    """Every path of at most so many steps from the company to each entity on which it depends, the shortest first.

    No entity stands twice on a path. Ownership alone makes no dependency, and is never multiplied into one without saying so.
    """
    key = f"paths {longest}"
    if key not in view.kept:
        found: dict[str, list[Path]] = {}
        for path in _walked(_steps(view), view.company, longest):
            found.setdefault(path.nodes[-1], []).append(path)
        view.kept[key] = {node: sorted(some, key=lambda path: (len(path.hops), path.nodes)) for node, some in sorted(found.items())}
    return view.kept[key]  # type: ignore[no-any-return]


def _steps(view: View) -> dict[str, list[Hop]]:
    """The steps from each entity: down to what it holds, and to what it depends on."""
    joined: dict[tuple[str, str, bool], list[Tie]] = {}
    for tie in of_types(view, HOLDING, ("now", "to come")):
        joined.setdefault((tie.start, tie.end, True), []).append(tie)
    for tie in of_types(view, DEPENDENCE, ("now", "to come")):
        for reader, other in ((tie.start, tie.end), (tie.end, tie.start)):
            if channel(tie, reader) is not None:
                joined.setdefault((reader, other, False), []).append(tie)
    found: dict[str, list[Hop]] = {}
    for (start, end, holds), some in joined.items():
        found.setdefault(start, []).append(Hop(start, end, tuple(some), holds))
    return found


def _walked(steps: dict[str, list[Hop]], start: str, longest: int) -> Iterator[Path]:
    """The paths from an entity; one that is held is passed as a holding, whatever else ties it."""
    held = {(hop.start, hop.end) for some in steps.values() for hop in some if hop.holds and not hop.to_come}
    stack: list[tuple[Hop, ...]] = [(hop,) for hop in steps.get(start, ())]
    while stack:
        hops = stack.pop()
        path = Path(hops)
        if not hops[-1].holds:
            yield path
        last = hops[-1]
        if len(hops) < longest and (last.holds or (last.start, last.end) not in held):
            seen = set(path.nodes)
            stack += [(*hops, hop) for hop in steps.get(last.end, ()) if hop.end not in seen and _leads_on(last, hop)]


def _leads_on(last: Hop, hop: Hop) -> bool:
    """Whether a step matters to who made the last one: what a holding or a common undertaking earns does, what a supplier earns does not."""
    if last.holds:
        return True
    shares_in_it = any(tie.type in ("partner_in", "finances") and tie.start == last.start for tie in last.ties)
    needs = any((way := channel(tie, hop.start)) is not None and not way.earns for tie in hop.ties)
    return not hop.holds and (shares_in_it or needs)


def strength(view: View, path: Path) -> Quantity:
    """How much of the company depends on the end of a path: the product of its steps, each a part from none to all.

    A step is as strong as its strongest tie. Where nobody has said how strong that is, it is unknown, and says what it would need.

    Formula: product over the steps of max over its ties of the part
    """
    found: Quantity = exact(1)
    for index, hop in enumerate(path.hops):
        found = step_strength(view, hop) if index == 0 else found * step_strength(view, hop)
    return found.named(path.name)


def step_strength(view: View, hop: Hop) -> Quantity:
    """How much of the start of a step rests on its end: the part that is held, or the strongest of the dependencies."""
    if hop.holds:
        return part_held(view, hop.ties)
    parts = {one.digest: one for tie in hop.ties if (one := _part(view, tie, hop)) is not None}
    return next(iter(parts.values())) if len(parts) == 1 else greatest(list(parts.values()))


def part_held(view: View, some: Iterable[Tie], *, votes: bool = False) -> Quantity:
    """The part that one entity holds of another, by the latest tie that says it; from none to all where none does.

    The part of a tie of control is one of votes: it says nothing of the cash, and of votes it says more than the others.
    """
    told = list(some)
    stated = [tie for tie in told if tie.fact.part is not None and (votes or tie.type != "controls")]
    stated = [tie for tie in stated if tie.type == "controls"] or stated if votes else stated
    if stated:
        best = max(stated, key=lambda tie: (isinstance(tie.fact, Stake), tie.fact.day.last if tie.fact.day else view.day.min, tie.fact.id))
        assert best.fact.part is not None
        return best.fact.part
    tie = told[0]
    return unstated(tie, f"part of {view.book.name_of(tie.end)} that {view.book.name_of(tie.start)} holds")


def _part(view: View, tie: Tie, hop: Hop) -> Quantity | None:
    """The part of a dependency, as stated, else from none to all."""
    way = channel(tie, hop.start)
    if way is None:
        return None
    if isinstance(tie.fact, Relation) and tie.fact.part is not None:
        return tie.fact.part
    return unstated(tie, way.measure.format(a=view.book.name_of(hop.start), b=view.book.name_of(hop.end)))


def between(view: View, other: str) -> list[Path]:
    """The paths to an entity with exactly one other between: those through a holding, or through a common undertaking."""
    return [path for path in paths(view).get(other, ()) if len(path.hops) == 2]
