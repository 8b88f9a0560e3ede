"""Who walks the paths: threads of this process or workers of a cluster. What is done is always the first paths, and is kept."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from holdbook.numerics import engine
from holdbook.numerics.engine import Job, Progress, Run
from holdbook.numerics.tally import Tally
from holdbook.simulation.interrupt import Interrupt
from holdbook.simulation.job import ClusterError

if TYPE_CHECKING:
    from holdbook.simulation.kept import Kept

_FIRST, _MOST = 1 << 16, 1 << 20
"""Paths between two looks at what is to be kept."""
_SOON = 1.0

Parts = Generator[Tally, None, None]
"""The counts of one part after the other, in the order of the paths."""


class Crew(NamedTuple):
    """On what a job runs.

    Fields:
        threads: how many (0: one a processor); on a cluster of this machine, how many workers.
        cluster: None: this process; `local`: workers on this machine; else the address of a scheduler.
        kept: the file of what is done.
    """

    threads: int = 0
    cluster: str | None = None
    kept: str | None = None


class Walked(NamedTuple):
    """The counts, and why they are not of all paths that were asked for."""

    run: Run
    ended: str


def walked(job: Job, paths: int, crew: Crew, progress: Progress | None = None) -> Walked:
    """Walk the paths that a file does not hold yet; an interrupt, or a cluster that is lost on the way, keeps the first ones.

    Raises:
        ClusterError: the cluster walks no path at all.
        KeptError: the file cannot be gone on from.
        OSError: it cannot be read or written.
    """
    with Interrupt() as interrupt:
        kept = _kept(job, crew.kept) if crew.kept is not None else None
        total, ended = kept.begin(paths) if kept else Tally(job.of), "It was interrupted"
        before = total.paths
        try:
            with closing(_parts(job, before, paths, crew, interrupt.during(progress))) as parts:
                for one in parts:
                    total = _sum(job, total, one)
                    if kept:
                        kept.write_at_times(total)
                    if interrupt.wished:
                        break
        except KeyboardInterrupt:
            pass
        except ClusterError as error:
            if total.paths == before:
                raise
            ended = f"It ended early ({error})"
        if kept:
            kept.write(total)
    said = f"{ended}: this is of the first {total.paths:,} of {paths:,} paths." if total.paths < paths else ""
    return Walked(Run(total, job.grid, job.engine, paths, job.of.precision), said)


def _kept(job: Job, path: str) -> Kept:
    from holdbook.simulation.kept import Kept  # for who asks for it

    return Kept(path, job)


def _sum(job: Job, total: Tally, one: Tally) -> Tally:
    """A new sum: an interrupt between two of its counts leaves the old one as it was."""
    both = Tally(job.of)
    both.add(total)
    both.add(one)
    return both


def _parts(job: Job, first: int, paths: int, crew: Crew, progress: Progress) -> Parts:
    if first >= paths:
        return _nothing()
    if crew.cluster is not None:
        from holdbook.simulation.cluster import over  # asyncio and more, for who asks for it

        return over(job, first, paths, crew.cluster, crew.threads, progress)
    return _here(job, first, paths, crew, progress)


def _nothing() -> Parts:
    yield from ()


def _here(job: Job, first: int, paths: int, crew: Crew, progress: Progress) -> Parts:
    """By threads of this process: at one go, or so many at a time that they can be kept every second or so."""
    size = paths if crew.kept is None else _FIRST
    while first < paths:
        started, count = time.monotonic(), min(size, paths - first)
        tell = _after(progress, first, paths)
        done = engine.walked(job, first, count, crew.threads, tell).tally
        yield done
        if done.paths < count:
            return
        first += count
        size = min(size * 2, _MOST) if time.monotonic() - started < _SOON else size


def _after(progress: Progress, before: int, paths: int) -> Progress:
    return lambda done, _: progress(before + done, paths)
