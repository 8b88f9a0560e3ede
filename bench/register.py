"""A national register of owners, and one owner's integrated ownership as one would write it with networkx and dictionaries."""

from __future__ import annotations

import csv
import random
from importlib import import_module
from pathlib import Path
from typing import Any

TOP = "top"
_HELD = 1000


def write_register(path: Path, relations: int) -> Path:
    """Rows `owner,owned,part`: half of the companies owned by people, half by companies, in chains and circles; one owns a part of a thousand."""
    chance = random.Random(7)
    companies, people = relations * 9 // 20, relations * 3 // 10
    with path.open("w") as file:
        file.write("owner,owned,part\n")
        for number in range(relations):
            owned = number % companies
            holder = f"c{chance.randrange(companies)}" if chance.random() < 0.5 else f"p{chance.randrange(people)}"
            holder = TOP if number < _HELD else holder
            if holder != f"c{owned}":
                file.write(f"{holder},c{owned},{chance.randint(1, 30)}%\n")
    return path


def with_networkx(path: Path, owner: str) -> dict[str, float]:
    """The same task on a graph of networkx: what is reached, then rights passed on until nothing changes."""
    networkx: Any = import_module("networkx")
    graph = networkx.DiGraph()
    with path.open() as file:
        for row in csv.DictReader(file):
            part = float(row["part"][:-1]) / 100
            before = graph.get_edge_data(row["owner"], row["owned"], {"part": 0.0})["part"]
            graph.add_edge(row["owner"], row["owned"], part=before + part)
    near = graph.subgraph({owner, *networkx.descendants(graph, owner)}).copy()
    rights = dict.fromkeys(near, 0.0)
    passed = {owner: 1.0}
    while passed:
        after: dict[str, float] = {}
        for holder, right in passed.items():
            for asset, tie in near[holder].items():
                after[asset] = after.get(asset, 0.0) + right * tie["part"]
        for asset, right in after.items():
            rights[asset] += right
        passed = {asset: right for asset, right in after.items() if right > 1e-15 and asset != owner}
    return rights
