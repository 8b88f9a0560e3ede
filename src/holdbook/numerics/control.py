"""Who controls whom: apart from cash-flow rights, which multiply along a chain where control does not."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf

Edges = Mapping[int, Mapping[int, float]]


def held_by(owners: Iterable[int], owned: Iterable[int], parts: Iterable[float]) -> dict[int, dict[int, float]]:
    """The holders of each entity and their parts; several parts of one holder add up, what one holds in itself carries no vote."""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for holder, asset, part in zip(owners, owned, parts, strict=True):
        if holder != asset and part > 0:
            found[asset][holder] = found[asset].get(holder, 0.0) + part
    return dict(found)


def weakest_link(holders: Edges, owner: int, target: int) -> float:
    """The votes that an owner commands in a target: what it holds, and through each other holder no more than its hold on that one.

    A chain is as strong as its weakest link; of several chains to one holder the strongest counts, and none passes the target itself,
    so that shares which circle back are not votes.

    Formula: sum over the holders k of the target of min(part of k in it, strongest chain from the owner to k)
    Says so: La Porta, Lopez-de-Silanes and Shleifer 1999; Claessens, Djankov and Lang 2000

    >>> round(weakest_link({1: {0: 0.3}, 2: {1: 0.2, 0: 0.3}}, 0, 2), 9)
    0.5
    """
    chains = _strongest_chains(holders, owner, target)
    return sum(min(part, chains.get(holder, 0.0)) for holder, part in holders.get(target, {}).items())


def _strongest_chains(holders: Edges, owner: int, without: int) -> dict[int, float]:
    """The strongest chain from the owner to everyone: the one whose least part is greatest."""
    holdings: dict[int, dict[int, float]] = defaultdict(dict)
    for asset, parts in holders.items():
        for holder, part in parts.items():
            holdings[holder][asset] = part
    found: dict[int, float] = {}
    queue = [(-inf, owner)]
    while queue:
        strength, node = heapq.heappop(queue)
        if node in found or (node == without and node != owner):
            continue
        found[node] = -strength
        for asset, part in holdings.get(node, {}).items():
            if asset not in found:
                heapq.heappush(queue, (-min(-strength, part), asset))
    return found


def controlled(holders: Edges, owner: int, threshold: float) -> dict[int, float]:
    """The entities that an owner controls at a threshold, and its votes in each: its own and those of all that it controls.

    The largest such set: start from all within reach and leave out who falls short, until nobody does.

    Formula: C(T) = {i: f[i] + sum over j in C(T) of s[j, i] >= T}
    Says so: Almeida, Park, Subrahmanyam and Wolfenzon 2011

    >>> controlled({1: {0: 0.51}, 2: {1: 0.51}, 3: {2: 0.2, 1: 0.2}}, 0, 0.5)
    {1: 0.51, 2: 0.51}
    """
    critical = critical_thresholds(holders, owner)
    members = {node for node, most in critical.items() if most >= threshold}
    return {node: _votes(holders, owner, members, node) for node in sorted(members)}


def critical_thresholds(holders: Edges, owner: int) -> dict[int, float]:
    """The highest threshold at which each entity within reach is still controlled by the owner.

    Whoever has the fewest votes of the owner leaves first, and takes its own votes along; the threshold of each is the highest that
    anyone had when leaving before it.

    Says so: Almeida, Park, Subrahmanyam and Wolfenzon 2011
    """
    members = set(_strongest_chains(holders, owner, owner)) - {owner}
    votes = {node: _votes(holders, owner, members, node) for node in members}
    holdings: dict[int, list[int]] = defaultdict(list)
    for asset in members:
        for holder in holders[asset]:
            holdings[holder].append(asset)
    queue = [(count, node) for node, count in votes.items()]
    heapq.heapify(queue)
    found: dict[int, float] = {}
    highest = 0.0
    while queue:
        count, node = heapq.heappop(queue)
        if node in found or count > votes[node]:
            continue
        highest = max(highest, count)
        found[node] = highest
        for asset in holdings.get(node, ()):
            if asset not in found:
                votes[asset] -= holders[asset][node]
                heapq.heappush(queue, (votes[asset], asset))
    return found


def _votes(holders: Edges, owner: int, members: set[int], node: int) -> float:
    return sum(part for holder, part in holders[node].items() if holder == owner or holder in members)
