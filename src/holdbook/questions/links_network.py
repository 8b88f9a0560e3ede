"""The picture of what ties remain: the company, what it holds, and the ties that lead to what was sold or to what most paths lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from holdbook.measures.circles import circles
from holdbook.measures.dependency import Path, between, channel, part_held, paths, strength
from holdbook.measures.layers import layer_of
from holdbook.measures.ownership import direct_holding
from holdbook.measures.ties import DEPENDENCE, HOLDING, RIVALRY, Tie, group, holdings, of_types
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer
from holdbook.questions.network import Box, Edge, Family, Network
from holdbook.timeline.view import View

_MOST, _MOST_OF_TIER, _NAMED = 17, 8, 5
_OWN, _SHARED, _FURTHER = 1, 2, 3
_FIRM = ("now", "to come")
_FINANCE = ("finances", "secured_by", "guarantees")
_OTHERS = "other holdings"
_ALL = Interval.of(0, 1)


def put_network(view: View, answer: Answer) -> None:
    """Draw the ties, where the company depends on anything that the book knows of."""
    ranked = ranked_ends(view)
    if not ranked:
        return
    tiers = _chosen(view, ranked)
    others = [node for node in holdings(view, _FIRM) if node not in tiers]
    boxes = [_box(view, node, tier) for node, tier in tiers.items()]
    edges = _edges(view, tiers, ranked[0])
    if others:
        boxes.append(_rest(view, others))
        edges.append(Edge(view.company, _OTHERS, "holding", "holds"))
    answer.charts["network"] = Network(
        title=_title(view, ranked[0]), axis="ties of the day and those to come, read along the arrows", boxes=sorted(boxes, key=lambda box: box.tier), edges=sorted(edges, key=lambda edge: not edge.closes),
        note=_note(view, tiers, ranked, others),
    )  # fmt: skip


def ranked_ends(view: View) -> list[str]:
    """What the company depends on: first what it held and holds no more, then that to which most paths lead by one other."""
    former = set(group(view, (*_FIRM, "former"))) - set(group(view))
    return sorted(paths(view), key=lambda node: (node not in former, -len(between(view, node)), node))


def _chosen(view: View, ranked: Sequence[str]) -> dict[str, int]:
    """The entities that are drawn, with their tiers: path by path, as long as there is room."""
    own = holdings(view, _FIRM)
    found, chosen = paths(view), {view.company: 0}
    ranked = sorted(ranked, key=lambda end: (end != ranked[0], all(path.to_come for path in found[end] if path.is_near)))
    passed = {node for end in ranked for path in between(view, end) for node in path.nodes[1:-1]}
    near = passed | {end for end in ranked if len(found[end][0].hops) == 1} | set(group(view, _FIRM))
    for end in ranked:
        for path in (one for one in found[end] if one.is_near):
            new = {node: _tier(node, own, near - {ranked[0]}) for node in path.nodes if node not in chosen}
            full = [tier for tier in new.values() if [*chosen.values(), *new.values()].count(tier) > _room(tier)]
            if not full and len(chosen) + len(new) < _MOST:
                chosen |= new
    return chosen


def _room(tier: int) -> int:
    """How many stand on a tier; that of the holdings has a box for all others too."""
    return _MOST_OF_TIER - (tier == _OWN)


def _tier(node: str, own: Iterable[str], near: Iterable[str]) -> int:
    return _OWN if node in own else _SHARED if node in near else _FURTHER


def _box(view: View, node: str, tier: int) -> Box:
    direct = direct_holding(view, node)
    own = holdings(view, _FIRM).get(node)
    figure = direct if direct is not None else part_held(view, own) if own else _told(view, node)
    return Box(node, view.book.name_of(node), tier, _standing(view, node), said_part(direct) if own else None, figure)


def said_part(quantity: Quantity | None) -> Quantity | None:
    """A part, if anything is known of it beyond that it is one."""
    return None if quantity is None or known(quantity) == "no" or bounds(quantity).interval == _ALL else quantity


def _told(view: View, node: str) -> Quantity | None:
    """The strength of the shortest path to it."""
    found: list[Path] = paths(view).get(node, [])
    return strength(view, found[0]) if found else None


def _standing(view: View, node: str) -> str:
    """What an entity is to the company, in words."""
    if node == view.company:
        return "the company"
    if node in holdings(view):
        return "held"
    if node in group(view):
        return "held through others"
    if node in group(view, _FIRM):
        return "to be held"
    return "held no more" if node in group(view, (*_FIRM, "former")) else layer_of(view, node) or "not held"


def _rest(view: View, others: Sequence[str]) -> Box:
    one = len(others) == 1
    return Box(_OTHERS, view.book.name_of(others[0]) if one else f"{len(others)} {_OTHERS}", _OWN, "no such tie is known")


def _edges(view: View, tiers: dict[str, int], focus: str) -> list[Edge]:
    """The ties between what is drawn, those of one family between two as one, read from the upper to the lower."""
    joined: dict[tuple[str, str, Family], list[Tie]] = {}
    for tie in of_types(view, (*HOLDING, *DEPENDENCE, *RIVALRY), _FIRM):
        if tie.start in tiers and tie.end in tiers:
            upper, lower = sorted((tie.start, tie.end), key=lambda node: (tiers[node], node != tie.start))
            pair = (upper, lower) if (lower, upper, _family(tie)) not in joined else (lower, upper)
            joined.setdefault((*pair, _family(tie)), []).append(tie)
    circled = _circled(view, tiers, focus)
    return [
        _edge(start, end, family, some, closes=family != "rivalry" and frozenset((start, end)) in circled)
        for (start, end, family), some in joined.items()
    ]


def _family(tie: Tie) -> Family:
    if tie.type in HOLDING:
        return "holding"
    return "rivalry" if tie.type in RIVALRY else "finance" if tie.type in _FINANCE else "dependency"


def _edge(start: str, end: str, family: Family, some: Sequence[Tie], *, closes: bool) -> Edge:
    """An edge in the words of its start, else in those of its end."""
    to_come = all(tie.when == "to come" for tie in some)
    here, there = _words(some, start), _words(some, end)
    if here or not there:
        return Edge(start, end, family, here or "is tied to", to_come, closes)
    return Edge(end, start, family, there, to_come, closes)


def _words(some: Sequence[Tie], reader: str) -> str:
    said = dict.fromkeys(word for tie in some if (word := _verb(tie, reader)))
    return " and ".join(said)


def _verb(tie: Tie, reader: str) -> str:
    if tie.type in RIVALRY:
        return "competes with"
    if tie.type in HOLDING:
        return ("manages" if tie.type == "manages" else "holds") if tie.start == reader else ""
    way = channel(tie, reader)
    return "" if way is None else way.verb


def _circled(view: View, tiers: dict[str, int], focus: str) -> set[frozenset[str]]:
    """The steps of the circles that run through the company and the focus, of which all is drawn."""
    drawn = [one.nodes for one in circles(view) if focus in one.nodes and all(node in tiers for node in one.nodes)]
    return {frozenset(pair) for nodes in drawn for pair in zip(nodes, (*nodes[1:], nodes[0]), strict=True)}


def _title(view: View, focus: str) -> tuple[str, ...]:
    """How many ways lead to the focus by one other, and what is held of it."""
    firm = [path for path in between(view, focus) if not path.to_come]
    company, name = view.book.name_of(view.company), view.book.name_of(focus)
    if not firm:
        return (f"What {company} depends on, directly and by one other",)
    held = "still held" if focus in group(view) else "held no more" if focus in group(view, (*_FIRM, "former")) else "not held"
    count = f"{len(firm)} way leads" if len(firm) == 1 else f"{len(firm)} ways lead"
    return (f"{name} is {held}, and {count} there by one other",)


def _note(view: View, tiers: dict[str, int], ranked: Sequence[str], others: Sequence[str]) -> str:
    """What the picture leaves out."""
    left = [view.book.name_of(node) for node in ranked if node not in tiers]
    met = [{tie.start, tie.end} for tie in of_types(view, RIVALRY, _FIRM)]
    rivals = {node for ends in met if ends & set(tiers) for node in ends} - set(tiers)
    told = [
        f"Thick ties close a circle through {view.book.name_of(view.company)} and {view.book.name_of(ranked[0])}.",
        f"Not drawn: {_some(left)}." if left else "",
        f"Rivals not drawn: {_some(sorted(map(view.book.name_of, rivals)))}." if rivals else "",
        f"The other holdings: {_some([view.book.name_of(node) for node in others])}." if len(others) > 1 else "",
    ]
    return " ".join(one for one in told if one)


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
