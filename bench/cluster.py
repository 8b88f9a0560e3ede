"""What Dask costs: memory over ten million paths, then the reference problem on two workers beside two threads, in turn.

    python bench/cluster.py

Twice: in processor time of all processes, which other programs on the machine hardly change, and by the clock, which they lengthen.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from distributed import Client, LocalCluster

sys.path.insert(0, str(Path(__file__).parent))

from waterfall import as_tables, company

from holdbook.numerics.engine import Job, job_of
from holdbook.numerics.tables import tables
from holdbook.numerics.tally import Tally
from holdbook.simulation.crew import Crew, walked
from holdbook.simulation.job import packed

WORKERS, PATHS, MANY, RUNS = 2, 1_000_000, 10_000_000, 3


def took(task: Callable[[], Any], client: Client) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of all processors, and what came of it."""
    worked, start = spent(client), time.perf_counter()
    found = task()
    passed = time.perf_counter() - start
    return passed, spent(client) - worked, found


def spent(client: Client) -> float:
    """Processor seconds of this process and of all workers so far."""
    return time.process_time() + float(sum(client.run(time.process_time).values()))


def row(what: str, figure: str, wanted: str = "-") -> None:
    """One line of the table."""
    print(f"G8   {what:<92} {figure:>16}   goal {wanted}")


def counts(job: Job, paths: int, cluster: str | None) -> Tally:
    """All paths, or nothing."""
    found = walked(job, paths, Crew(WORKERS, cluster))
    assert not found.ended, found.ended
    return found.run.tally


def overhead(address: str, client: Client) -> None:
    """A million paths of the reference problem."""
    job = job_of(as_tables(company()), 1)
    counts(job, 100_000, address)
    taken: dict[str | None, list[tuple[float, float]]] = {None: [], address: []}
    tallies = []
    for _ in range(RUNS):
        for where, times in taken.items():
            passed, worked, tally = took(lambda where=where: counts(job, PATHS, where), client)  # type: ignore[misc]
            times.append((passed, worked))
            tallies.append(tally)
    for place, what in enumerate(("by the clock", "of processors")):
        here, there = (median(one[place] for one in times) for times in taken.values())
        row(f"seconds {what}: {PATHS:,} paths of the reference problem, {WORKERS} threads", f"{here:.2f}")
        row(f"seconds {what}: the same on {WORKERS} workers of Dask", f"{there:.2f}")
        row(f"Dask / threads, {what}", f"{there / here:.2f}", "1.10")
    row("the same counts in all runs", str(all(one.same_as(tallies[0]) for one in tallies)), "True")
    row("KB sent to each worker, once", f"{len(packed(job)) / 1024:.0f}")


def memory(address: str, client: Client) -> None:
    """Ten million paths of a small plan: what they take beyond a million, here and in each worker."""
    job = job_of(tables([1.0], 12, own=[0.1], limited=[0], bound=[0.5], below=[1]), 1)
    counts(job, MANY // 10, address)
    before = [peak(), *client.run(peak).values()]
    passed, _, tally = took(lambda: counts(job, MANY, address), client)
    after = [peak(), *client.run(peak).values()]
    assert tally.paths == MANY
    grown = ", ".join(f"{there - here:.1f}" for here, there in zip(before, after, strict=True))
    row(f"MB more for {MANY:,} paths of one holding than for a tenth ({passed:.0f} s): here, each worker", grown, "16 MB at any number")


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """All of it, on one cluster of this machine."""
    started = time.perf_counter()
    words: dict[str, Any] = {"n_workers": WORKERS, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(**words) as made, Client(made, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        row("seconds until a cluster of this machine is there", f"{time.perf_counter() - started:.1f}")
        memory(made.scheduler_address, client)
        overhead(made.scheduler_address, client)


if __name__ == "__main__":
    main()
