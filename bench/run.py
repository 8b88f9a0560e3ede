"""What holdbook costs, each time beside something known in the same run: ratios travel between machines, seconds do not.

    make bench

1. A cold `ask worth` on the SoftBank book, beside the bare start of Python.
2. A ledger of 10,000 and of 100,000 trades over 200 symbols: read, checked and asked for positions; then for the gain of all sales
   by first in, first out and by moving average; beside plain csv + Decimal that matches lots, and beside Beancount. Time and memory,
   each in a process of its own. All three must come to one gain.
3. The bounds of a sum of products with 6,000 nodes, beside the same sum on plain Fractions.
4. A loan to value over a million scenarios, beside the same formula in numpy.
5. A register of 1,000,000 relations read and asked what one company owns through all layers, beside networkx where it is installed.
6. The dashboard in a real browser, where there is one (pages.py): the slider, and the first page. These are milliseconds, beside their goals.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from ledger import write_beancount, write_ledger
from pages import pages
from register import TOP, with_networkx, write_register

from holdbook.importers.owner_table import owned_by, read_owner_table
from holdbook.quantity.arrays import arrays
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, leaf
from holdbook.quantity.stated import parse_figure

_RUNS = 7


def seconds(task: Callable[[], object], runs: int = _RUNS) -> float:
    """The median time of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return median(times)


def command(*words: str, memory: str = "on") -> Callable[[], object]:
    """A whole process; `memory` off reads the book from its text as if for the first time."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, env={**os.environ, "HOLDBOOK_CACHE": memory})


def row(what: str, ours: float, beside: str, theirs: float, goal: str) -> None:
    """One line of the report."""
    print(f"{what:<44} {ours * 1000:>9.0f} ms   {beside:<26} {theirs * 1000:>8.1f} ms   {ours / theirs:>7.1f} x   {goal}")


def cold_start() -> None:
    """A process that answers, beside one that does nothing."""
    bare = seconds(command("-c", "pass"))
    for memory, what in (("on", "book unchanged"), ("off", "book never read")):
        ours = seconds(command("-m", "holdbook", "ask", "worth", "softbank", memory=memory))
        row(f"ask worth softbank, cold, {what}", ours, "python -c pass", bare, f"+{(ours - bare) * 1000:.0f} ms; goal +150 ms")


_WHAT = {"positions": "check, positions", "gains": "check, gains by two methods", "beancount": "Beancount, parse and book"}


def _alone(task: str, path: Path, runs: int) -> tuple[float, float, str]:
    """The median time, the memory and the gain of a task, each run in a fresh process."""
    alone = str(Path(__file__).parent / "alone.py")
    done = [
        subprocess.run([sys.executable, alone, task, str(path)], check=True, capture_output=True, text=True).stdout.split()
        for _ in range(runs)
    ]
    return median(float(one[0]) for one in done), float(done[0][1]), "".join(done[0][2:])


def big_ledger(trades: int) -> None:
    """A ledger read, checked and asked, beside plain Python and Beancount; all come to one gain."""
    with tempfile.TemporaryDirectory() as folder:
        book = write_ledger(Path(folder) / "ledger", trades)
        seconds_of, memory_of, gain = _alone("plain", book, 3)
        for task, what in _WHAT.items():
            if task == "beancount" and not importlib.util.find_spec("beancount"):
                continue
            path = write_beancount(book, Path(folder) / "ledger.beancount") if task == "beancount" else book
            ours, memory, found = _alone(task, path, 1 if task == "beancount" else 3)
            assert found in ("", gain), (task, found, gain)
            row(f"{trades:,} trades: {what}", ours, "csv + Decimal + FIFO", seconds_of, f"{memory:.0f} MB beside {memory_of:.0f}; goal 4 x")


def _terms(count: int) -> list[tuple[Quantity, Quantity]]:
    price = leaf(parse_figure("USD 160.00/share"), key="price")
    return [(leaf(parse_figure(f"{i + 1}.5m shares"), key=f"shares {i}"), price) for i in range(count)]


def six_thousand_nodes() -> None:
    """Bounds where one leaf stands in three thousand terms."""
    terms = _terms(3000)
    total = add([shares * price for shares, price in terms])
    plain = [(Fraction(2 * i + 3, 2) * 10**6, Fraction(160)) for i in range(3000)]
    row(
        "bounds of 6,000 nodes",
        seconds(lambda: bounds(total), 3),
        "the sum on Fractions",
        seconds(lambda: sum(a * b for a, b in plain)),
        "goal 1 s",
    )


def a_million_scenarios() -> None:
    """One definition read over arrays."""
    debt = leaf(parse_figure("JPY 6.64tn"), key="debt")
    holdings = leaf(parse_figure("JPY 39.05tn"), key="holdings")
    ratio = debt / holdings
    sample = np.random.default_rng(0).normal(39.05e12, 1e12, 1_000_000)
    ours = seconds(lambda: arrays(ratio, {"holdings": sample}))
    row("loan to value over 1,000,000 scenarios", ours, "numpy by hand", seconds(lambda: 6.64e12 / sample), "")


def national_register(relations: int = 1_000_000) -> None:
    """A register read, then one company asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_register(Path(folder) / "register.csv", relations)
        tables = [read_owner_table(path)]
        reading = seconds(lambda: tables.append(read_owner_table(path)), 3)
        asking = seconds(lambda: owned_by(tables[0], TOP), 3)
        there = find_spec("networkx") is not None
        theirs = seconds(lambda: with_networkx(path, TOP), 1) if there else float("nan")
        found = owned_by(tables[0], TOP)
        if there:
            beside = with_networkx(path, TOP)
            assert all(abs(right - beside[name]) < 1e-9 for name, right in found.items() if name != TOP)
        row(f"{relations:,} relations: read", reading, "networkx: read and ask", theirs, "goal: seconds")
        row(f"  then {len(found):,} rights of one company", asking, "networkx: read and ask", theirs, "")


if __name__ == "__main__":
    parts = (
        cold_start,
        six_thousand_nodes,
        a_million_scenarios,
        national_register,
        partial(big_ledger, 10_000),
        partial(big_ledger, 100_000),
        pages,
    )
    for part in parts:
        part()
