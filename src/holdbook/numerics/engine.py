"""Many paths by the best engine that is there, on some threads: the same counts however they are split, and what is done is kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Lock, Thread
from typing import Literal, NamedTuple

import numpy as np

from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.elementary import Precision
from holdbook.numerics.tables import BINS, MEASURES, Tables
from holdbook.numerics.tally import Grid, Tally

Engine = Literal["c", "numpy"]
Progress = Callable[[int, int], None]
CHUNK = 1 << 13
"""Paths that a thread takes at a time, at most: an interrupt waits for no more."""
_SHARES = 8
"""How often a thread takes some, so that none waits long for another."""
_PILOTS = (128, 512)
_LOOK = 0.1
_UNPAID = MEASURES.index("unpaid")
_RATIOS = (MEASURES.index("loan_to_value"), MEASURES.index("loan_to_value_with_asset_backed"))


class Run(NamedTuple):
    """The counts of the paths that were walked, the first of those that were asked for; fewer only after an interrupt."""

    tally: Tally
    grid: Grid
    engine: Engine
    asked: int
    precision: Precision


def available(engine: Engine | None = None) -> Engine:
    """The engine asked for, else the compiled one where the installation has it.

    Raises:
        LookupError: the compiled one is asked for and not there.
    """
    compiled = engine_c.kernel("float64") is not None and engine_c.kernel("float32") is not None
    if engine == "c" and not compiled:
        raise LookupError("this installation has no compiled kernel")
    return engine or ("c" if compiled else "numpy")


class Job(NamedTuple):
    """What is walked: tables, the grid of bins, the seed, and the engine that is to walk it."""

    of: Tables
    grid: Grid
    seed: int
    engine: Engine

    def part(self, first: int, count: int) -> Tally:
        """The counts of the paths from `first` on, `count` of them, where the engine is there: parts add up to the whole in any order."""
        tally = Tally(self.of)
        with self.walker(tally) as walk:
            walk(first, count)
        return tally

    def walker(self, tally: Tally) -> AbstractContextManager[Callable[[int, int], None]]:
        """What walks the paths from a first one on, so many; at its end the tally has them all."""
        engine = engine_c if self.engine == "c" else engine_numpy
        return engine.walker(self.of, self.grid, self.seed, tally)  # type: ignore[no-any-return]


def job_of(of: Tables, seed: int, engine: Engine | None = None, precision: Precision = "float32") -> Job:
    """A job in that precision by the best engine that is there, with bins as wide as its first paths ask for.

    Both precisions draw the same numbers, but for their rounding: a chance by counting is far coarser than the 32 bits, which are twice as fast.

    Raises:
        LookupError: the compiled engine is asked for and not there.
    """
    name, of = available(engine), of.at(precision)
    return Job(of, grid_of(of, seed, name), seed, name)


def walk(
    of: Tables,
    paths: int,
    seed: int,
    threads: int = 0,
    engine: Engine | None = None,
    progress: Progress | None = None,
    precision: Precision = "float32",
) -> Run:
    """Walk so many paths on so many threads (0: one a processor); the counts depend on the tables, the paths, the seed and the precision alone.

    Raises:
        LookupError, MemoryError: as of `job_of` and `walked`.
    """
    return walked(job_of(of, seed, engine, precision), 0, paths, threads, progress)


def walked(job: Job, first: int, paths: int, threads: int = 0, progress: Progress | None = None) -> Run:
    """Walk the paths of a job from `first` on; Ctrl-C ends it early and keeps the paths that are done.

    Raises:
        MemoryError: the compiled engine has no room for one block.
    """
    work = _Work(job, first, paths, max(threads or os.cpu_count() or 1, 1))
    crew = [Thread(target=work.until_done, daemon=True) for _ in range(work.threads)]
    for one in crew:
        one.start()
    while any(one.is_alive() for one in crew):
        try:
            _wait(crew, progress, work)
        except KeyboardInterrupt:
            work.stop.set()
    if work.failure is not None:
        raise work.failure
    return Run(work.total, job.grid, job.engine, paths, job.of.precision)


def _wait(crew: list[Thread], progress: Progress | None, work: _Work) -> None:
    for one in crew:
        while one.is_alive():
            one.join(_LOOK)
            if progress is not None:
                progress(work.done, work.paths)


class _Work:
    """The paths still to be walked: each thread takes the next chunk, so that what is done is always the first ones."""

    def __init__(self, job: Job, start: int, paths: int, threads: int) -> None:
        self.job, self.start, self.paths, self.threads = job, start, paths, threads
        self.chunk = min(engine_c.LANES * max(paths // (_SHARES * threads * engine_c.LANES), 1), CHUNK)
        self.total, self.stop, self.lock = Tally(job.of), Event(), Lock()
        self.taken = self.done = 0
        self.failure: BaseException | None = None

    def until_done(self) -> None:
        tally = Tally(self.job.of)
        try:
            with self.job.walker(tally) as walk:
                while (chunk := self._next()) is not None:
                    walk(*chunk)
                    with self.lock:
                        self.done += chunk[1]
        except BaseException as failure:  # noqa: BLE001 - whatever it is, it is raised again where the walk was asked for
            self.failure = failure
            self.stop.set()
        with self.lock:
            self.total.add(tally)

    def _next(self) -> tuple[int, int] | None:
        with self.lock:
            first = self.taken
            if self.stop.is_set() or first >= self.paths:
                return None
            self.taken = min(first + self.chunk, self.paths)
            return self.start + first, self.taken - first


def grid_of(of: Tables, seed: int, engine: Engine) -> Grid:
    """Bins as wide as the first few hundred paths ask for: looked at coarsely, then closely."""
    flows = (of.value, of.cash, of.owed, of.lines, of.debt, of.loan, of.comes, of.goes, of.owes, of.invested, of.if_amount, of.floor)
    money = 1.0 + sum(float(np.abs(one).sum()) for one in flows)
    low, high = np.full(len(MEASURES), -4 * money), np.full(len(MEASURES), 8 * money)
    for place in _RATIOS:
        low[place], high[place] = 0.0, 8.0
    low[_UNPAID] = 0.0
    for paths in _PILOTS if of.steps else ():
        grid = _grid_at(low, high, of.precision)
        low, high = _narrower(Job(of, grid, seed, engine).part(0, paths), grid)
    return _grid_at(low, high, of.precision)


def _grid_at(low: np.ndarray, high: np.ndarray, precision: Precision) -> Grid:
    """As the engine will see it."""
    return Grid(*(one.astype(precision).astype(np.float64) for one in (low, BINS / (high - low))))


def _narrower(tally: Tally, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.empty(len(MEASURES)), np.empty(len(MEASURES))
    for place, bins in enumerate(tally.bins.sum(axis=0)):
        share = np.cumsum(bins) / bins.sum()
        lower, upper = int(np.searchsorted(share, 0.01)), int(np.searchsorted(share, 0.99)) + 1
        used = np.flatnonzero(bins)
        around = 2 * (upper - lower)
        if place == _UNPAID:
            lower, upper = 0, int(used[-1]) + 1
        first, last = max(int(used[0]), lower - around) - around / 4, min(int(used[-1]) + 1, upper + around) + around / 4
        first = max(first, 0.0) if place in (*_RATIOS, _UNPAID) else first
        low[place], high[place] = grid.low[place] + first / grid.per_unit[place], grid.low[place] + last / grid.per_unit[place]
    return low, high
