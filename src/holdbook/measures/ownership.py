"""Cash-flow rights and votes of the company in all that it holds, through any number of layers and circles, on the day of the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from holdbook.measures.dependency import part_held
from holdbook.measures.ties import Tie, of_types, strongly_connected
from holdbook.model.stake import Stake
from holdbook.numerics.control import held_by, weakest_link
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact, greatest, least
from holdbook.quantity.solved import solved
from holdbook.timeline.positions import position
from holdbook.timeline.view import View

OWNED = ("owns", "controls", "invested_in")
MAJORITY = Fraction(1, 2)
_HALF_A_UNIT = 1e-9


class Right(NamedTuple):
    """What the company has in one entity.

    Fields:
        asset: the entity.
        direct: the part that the company holds itself; None where only others do.
        cash_flow: the part of what it pays out that reaches the company, through all layers.
        votes: what the company commands there, by the weakest link of each chain.
        controlled: yes, no, or undecided where the bounds do not say; as the book says where it says so.
    """

    asset: str
    direct: Quantity | None
    cash_flow: Quantity
    votes: Quantity
    controlled: str


class ClosedCircleError(ValueError):
    """Entities that own all of each other: no right of anyone outside can be computed there; `members` are their ids."""

    def __init__(self, members: Iterable[str]) -> None:
        self.members = tuple(members)
        super().__init__(f"{', '.join(self.members)} own all of each other, or more than all of one is owned")


Edges = dict[tuple[str, str], Quantity]


def direct_parts(view: View, *, votes: bool = False) -> Edges:
    """The part of each entity that each holder owns, as stated or from none to all. What is managed only is not owned.

    `votes` takes the parts of ties of control, which are of votes, where they are stated.

    Shares that an entity holds in itself carry no right: the others have their parts of what is left.

    Formula: part / (1 - part held by itself)
    """
    joined: dict[tuple[str, str], list[Tie]] = {}
    for tie in of_types(view, OWNED):
        joined.setdefault((tie.start, tie.end), []).append(tie)
    own = {one.asset: one.part for one in view.actual(Stake) if one.holder == one.asset and one.part is not None and view.in_force(one)}
    parts = {ends: part_held(view, some, votes=votes) for ends, some in joined.items()}
    return {ends: part / (exact(1) - own[ends[1]]) if ends[1] in own else part for ends, part in parts.items()}


def rights(view: View, owner: str | None = None) -> dict[str, Right]:
    """What an owner, the company if none is named, has in each entity that it reaches.

    Formula:  cash flow = sum over the holders of (cash flow in the holder * its part), circles through the owner left out;
              votes = sum over the holders of min(its part, strongest chain to it); controlled: votes > 50%
    Says so:  Brioschi, Buzzacchi and Colombo 1989; Baldone, Brioschi and Paleari 1998; La Porta and others 1999

    Raises ClosedCircleError where entities own all of each other.
    """
    owner = owner or view.company
    edges, with_votes = (_within_reach(direct_parts(view, votes=of_votes), owner) for of_votes in (False, True))
    circular = bool(_circles(edges, owner))
    flows = _solved(edges, owner) if circular else _layered(edges, owner)
    votes = _solved_votes(with_votes, owner) if circular else _weakest_links(with_votes, owner)
    told = {tie.end for tie in of_types(view, ("controls",)) if tie.start == owner and tie.fact.part is None}
    return {
        asset: Right(asset, edges.get((owner, asset)), flow, votes[asset], "yes" if asset in told else _controlled(votes[asset]))
        for asset, flow in sorted(flows.items())
    }


def _within_reach(edges: Edges, owner: str) -> Edges:
    """The parts that whoever the owner reaches holds."""
    below: dict[str, list[str]] = {}
    for holder, asset in edges:
        below.setdefault(holder, []).append(asset)
    reached, rest = {owner}, [owner]
    while rest:
        fresh = [asset for asset in dict.fromkeys(below.get(rest.pop(), ())) if asset not in reached]
        reached.update(fresh)
        rest += fresh
    return {ends: part for ends, part in edges.items() if ends[0] in reached}


def _circles(edges: Edges, owner: str) -> list[list[str]]:
    """Circles that do not pass the owner; those that do are left out of its rights."""
    return strongly_connected(ends for ends in edges if ends[1] != owner)


def _holders(edges: Edges, owner: str) -> dict[str, list[tuple[str, Quantity]]]:
    """Who holds each entity but the owner, and how much."""
    found: dict[str, list[tuple[str, Quantity]]] = {}
    for (holder, asset), part in edges.items():
        if asset != owner:
            found.setdefault(asset, []).append((holder, part))
    return found


def _in_layers(holders: dict[str, list[tuple[str, Quantity]]], owner: str) -> Iterator[str]:
    """The entities, each after all of its holders; there are no circles among them."""
    waiting = {asset: sum(holder != owner for holder, _ in some) for asset, some in holders.items()}
    below: dict[str, list[str]] = {}
    for asset, some in holders.items():
        for holder, _ in some:
            below.setdefault(holder, []).append(asset)
    ready = [asset for asset, count in waiting.items() if count == 0]
    for asset in ready:
        yield asset
        for held in below.get(asset, ()):
            waiting[held] -= 1
            if waiting[held] == 0:
                ready.append(held)


def _layered(edges: Edges, owner: str) -> dict[str, Quantity]:
    """Cash-flow rights without circles: sums of products, layer by layer, that keep every line they rest on."""
    holders = _holders(edges, owner)
    found: dict[str, Quantity] = {}
    for asset in _in_layers(holders, owner):
        terms = [part if holder == owner else found[holder] * part for holder, part in holders[asset]]
        whole = terms[0] if len(terms) == 1 else least((add(terms), exact(1)))
        found[asset] = whole.named(f"{asset}.cash_flow")
    return found


def _solved(edges: Edges, owner: str) -> dict[str, Quantity]:
    """Cash-flow rights where entities own each other in circles: a linear system at both ends of the parts, and at what is printed."""
    from holdbook.numerics import ownership  # numpy and scipy: only a book with circles pays for them

    names = list(dict.fromkeys([owner, *chain.from_iterable(edges)]))
    place = {name: index for index, name in enumerate(names)}
    owners, owned = ([place[ends[side]] for ends in edges] for side in (0, 1))
    cores = [bounds(part).interval for part in edges.values()]
    low, high = ([float(core.low or 0) for core in cores], [1.0 if core.high is None else min(float(core.high), 1.0) for core in cores])
    centres = [point(part) for part in edges.values()]
    try:
        lower, upper = ownership.integrated_between(len(names), owners, owned, low, high, place[owner])
        known = [float(one) for one in centres if one is not None]
        middle = (
            ownership.integrated(ownership.direct_parts(len(names), owners, owned, known), place[owner]) if None not in centres else None
        )
    except ownership.OwnershipError as error:
        raise ClosedCircleError(names[member] for member in error.members) from error
    parts = list(edges.values())
    return {
        name: solved(
            f"{name}.cash_flow", parts, _value(lower[index], upper[index], None if middle is None else middle[index]), *_ends(lower[index], upper[index]), how="solved: integrated ownership"
        )
        for name, index in place.items()
        if name != owner
    }  # fmt: skip


def _value(low: float, high: float, middle: float | None) -> float | None:
    """The right where everything is printed; else the one that both ends come to, whatever the parts that it does not rest on."""
    return float(middle) if middle is not None else (float(low) + float(high)) / 2 if high - low <= _HALF_A_UNIT else None


def _ends(low: float, high: float) -> tuple[float, float]:
    """The ends of a right, a little wider than floating point may be wrong."""
    return max(float(low) - _HALF_A_UNIT, 0.0), min(float(high) + _HALF_A_UNIT, 1.0)


def _weakest_links(edges: Edges, owner: str) -> dict[str, Quantity]:
    """Votes without circles: each holder brings its part, but no more than the strongest chain from the owner to it."""
    holders = _holders(edges, owner)
    strongest: dict[str, Quantity] = {}
    found: dict[str, Quantity] = {}
    for asset in _in_layers(holders, owner):
        brought = [part if holder == owner else least((part, strongest[holder])) for holder, part in holders[asset]]
        strongest[asset] = brought[0] if len(brought) == 1 else greatest(brought)
        whole = brought[0] if len(brought) == 1 else least((add(brought), exact(1)))
        found[asset] = whole.named(f"{asset}.votes")
    return found


def _solved_votes(edges: Edges, owner: str) -> dict[str, Quantity]:
    """Votes where entities own each other in circles: at both ends of the parts."""
    cores = [bounds(part).interval for part in edges.values()]
    ends = ([float(core.low or 0) for core in cores], [1.0 if core.high is None else float(core.high) for core in cores])
    names = list(dict.fromkeys([owner, *chain.from_iterable(edges)]))
    place = {name: index for index, name in enumerate(names)}
    owners, owned = ([place[pair[side]] for pair in edges] for side in (0, 1))
    low, high = (held_by(owners, owned, side) for side in ends)
    found = {}
    for name in names:
        if name != owner:
            less, more = (weakest_link(side, place[owner], place[name]) for side in (low, high))
            parts = [part for (_, asset), part in edges.items() if asset == name]
            how = "solved: weakest link of each chain"
            found[name] = solved(f"{name}.votes", parts, less if less == more else None, *_ends(less, min(more, 1.0)), how=how)
    return found


def _controlled(votes: Quantity) -> str:
    low, high = bounds(votes).interval[:2]
    if low is not None and low > MAJORITY:
        return "yes"
    return "no" if high is not None and high <= MAJORITY else "undecided"


def direct_holding(view: View, asset: str) -> Quantity | None:
    """What the company holds of an entity itself: in shares where the book says how many, else as a part, else nothing is said."""
    held = position(view, asset).shares
    if known(held) != "no":
        return held.named(f"{asset}.direct_holding")
    some = [tie for tie in of_types(view, OWNED) if (tie.start, tie.end) == (view.company, asset) and tie.fact.part is not None]
    return part_held(view, some).named(f"{asset}.direct_holding") if some else None
