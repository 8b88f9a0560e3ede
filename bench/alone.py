"""One task over a ledger in a process of its own: its seconds, the most memory it took in MB, and the gain it found.

    python bench/alone.py TASK PATH

Each task imports what it needs before the clock starts, and nothing else, so that memory is its own.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path


def plain(path: str) -> Callable[[], object]:
    """Csv, Decimal and a queue of lots."""
    sys.path.insert(0, str(Path(__file__).parent))
    from ledger import fifo

    return lambda: fifo(Path(path) / "ledger.csv")


def positions(path: str) -> Callable[[], object]:
    """Holdbook reads, checks, and values every position."""
    from holdbook import api

    def work() -> None:
        opened = api.read(path)
        assert not api.check(opened).problems
        api.ask(opened, "worth")

    return work


def gains(path: str) -> Callable[[], object]:
    """Holdbook reads, checks, and reckons what every sale earned, by two methods."""
    from holdbook import api
    from holdbook.quantity.point import point

    def work() -> Fraction:
        opened = api.read(path)
        assert not api.check(opened).problems
        found = api.ask(opened, "sold").quantities
        return sum((point(one.quantity) or Fraction(0) for name, one in found.items() if name.endswith("economic_gain.fifo")), Fraction(0))

    return work


def beancount(path: str) -> Callable[[], object]:
    """Beancount parses and books."""
    from beancount import loader

    def work() -> object:
        entries, errors, _ = loader.load_file(path)
        assert not errors
        found = (posting for one in entries for posting in getattr(one, "postings", ()) if posting.account == "Income:Gain")
        return -sum(posting.units.number for posting in found)

    return work


def memory() -> float:
    """The most memory that this process has had, in MB; not its parent's, which some systems count for it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


TASKS = {task.__name__: task for task in (plain, positions, gains, beancount)}

if __name__ == "__main__":
    os.environ |= {"HOLDBOOK_CACHE": "off", "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    task = TASKS[sys.argv[1]](sys.argv[2])
    start = time.perf_counter()
    gain = task()
    taken = time.perf_counter() - start
    print(taken, memory(), "" if gain is None else f"{float(gain):.2f}")  # type: ignore[arg-type]
