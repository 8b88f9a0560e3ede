"""The paths of a simulation on Dask distributed: parts go out a few at a time, and come back as whole numbers in any order.

Only this file knows Dask, and only who asks for a cluster imports it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import tempfile
import time
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from holdbook.numerics.engine import Job, Progress
from holdbook.numerics.tally import Tally
from holdbook.simulation.job import Arrays, ClusterError, OtherReleaseError, counts_of, from_arrays, packed, release

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
LEAST, MOST = 1 << 15, 1 << 18
"""Paths of one part: a task costs two milliseconds, so it should be worth a hundred."""
ANSWERS, PATIENCE = 5, 10
"""Seconds that a scheduler may take to answer; seconds without any worker after which a run is lost."""
_LOOK, _SHARE = 0.2, 8
_WORK = 1200
"""Values that a path of a usual plan moves: holdings times months."""
_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[0-9A-Fa-f:]+\]|[^\s:/\[\]]+):(\d{1,5})")
_IGNORES_CTRL_C = "import signal\ndef dask_setup(worker):\n    signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""A terminal sends Ctrl-C to all that it started; only the asking side shall take it."""


def over(job: Job, first: int, paths: int, address: str, workers: int, progress: Progress) -> Generator[Tally, None, None]:
    """The counts of the paths from `first` up to `paths`, part after part in their order, walked by the workers of a cluster.

    `local` starts one on this machine, of so many workers (0: one a processor), and ends it.

    Raises:
        ClusterError: Dask is not installed, the address is none, no scheduler answers, a worker has another holdbook or fails, or the
            last one is lost.
    """
    with _quiet(), ExitStack() as open_things:
        client = _client(address, workers, open_things)
        yield from _Course(job, first, paths, client, address, progress).parts()


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask would write to the error stream is told by who asked, in a sentence."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def _client(address: str, workers: int, open_things: ExitStack) -> Client:
    """A client of a scheduler that has a worker."""
    if address != LOCAL and not _is_address(address):
        raise ClusterError(address, "this is no address of a scheduler; write tcp://HOST:PORT, or local for a cluster on this machine")
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(address, "Dask distributed is not installed; install it: pip install 'holdbook[cluster]'") from error
    at = _local(workers, open_things) if address == LOCAL else address
    try:
        if at is address:
            with ThreadPoolExecutor(1) as one:
                one.submit(asyncio.run, _greet(address)).result()
        client: Client = open_things.enter_context(Client(at, timeout=ANSWERS, set_as_default=False))  # type: ignore[no-untyped-call]
    except Exception as error:
        raise ClusterError(address, f"no scheduler of Dask answers; start one with: dask scheduler ({_first_line(error)})") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise ClusterError(address, f"the scheduler has no workers; start one with: dask worker {address}") from error
    return client


async def _greet(address: str) -> None:
    """Whether it is Dask that answers; its own client would wait for ever for the greeting of another server."""
    from distributed import Security
    from distributed.comm.core import connect

    words = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    found = await asyncio.wait_for(connect(address, timeout=ANSWERS, **words), ANSWERS)  # type: ignore[no-untyped-call]
    await found.close()


def _is_address(address: str) -> bool:
    found = _ADDRESS.fullmatch(address)
    return found is not None and 0 < int(found[1]) < 1 << 16


def _local(workers: int, open_things: ExitStack) -> Any:
    """A cluster on this machine that leaves nothing behind."""
    from dask import config
    from distributed import LocalCluster

    folder = open_things.enter_context(tempfile.TemporaryDirectory(prefix="holdbook-", ignore_cleanup_errors=True))
    open_things.enter_context(config.set({"temporary-directory": folder}))
    cluster = LocalCluster(
        n_workers=workers or os.cpu_count() or 1, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        memory_limit=0, silence_logs=logging.CRITICAL + 1, preload=[_IGNORES_CTRL_C],
    )  # type: ignore[no-untyped-call]  # fmt: skip
    return open_things.enter_context(cluster)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip()


class _Course:
    """The parts that are out, those that came back before their turn, and the cluster that walks them."""

    def __init__(self, job: Job, first: int, paths: int, client: Client, address: str, progress: Progress) -> None:
        self.job, self.paths, self.client, self.address, self.progress = job, paths, client, address, progress
        self.given = self.taken = first
        self.ahead: dict[int, Arrays] = {}
        self.out: dict[Any, int] = {}
        self.back: SimpleQueue[Any] = SimpleQueue()
        self.alone: float | None = None
        self.threads = 1
        self._look()
        size = LEAST * max(_WORK // (max(job.of.steps, 1) * (len(job.of.value) + 1)), 1)
        self.size = max(min(size, MOST, (paths - first) // (_SHARE * self.threads)), LEAST)
        self.release = release()
        self.sent = client.submit(bytes, packed(job), pure=False)
        """Kept by the workers, and made again from the scheduler should they lose it."""

    def parts(self) -> Generator[Tally, None, None]:
        """The counts in the order of the paths."""
        while self.given < self.paths:
            self._submit()
            start, arrays = self._next()
            self.ahead[start] = arrays
            while self.given in self.ahead:
                tally = from_arrays(self.job.of, self.ahead.pop(self.given))
                self.given += tally.paths
                yield tally
            self.progress(self.given, self.paths)

    def _submit(self) -> None:
        """Two parts a thread are out, and none too far ahead of the first that is missing: memory stays as it is."""
        while len(self.out) < 2 * self.threads + 1 and self.taken < min(self.paths, self.given + 4 * (self.threads + 1) * self.size):
            count = min(self.size, self.paths - self.taken)
            words = (self.sent, self.release, self.taken, count)
            future = self.client.submit(counts_of, *words, pure=False, priority=-self.taken)  # the first ones first
            self.out[future] = self.taken
            self.taken += count
            future.add_done_callback(self.back.put)  # type: ignore[no-untyped-call]

    def _next(self) -> tuple[int, Arrays]:
        """A part that came back."""
        while True:
            try:
                future = self.back.get(timeout=_LOOK)
            except Empty:
                self.progress(self.given, self.paths)
                self._look()
                continue
            arrays = self._result(future)
            if arrays is not None:
                return self.out.pop(future), arrays

    def _result(self, future: Any) -> Arrays | None:
        """What came back; None if it was lost with its worker, and is walked again."""
        try:
            found: Arrays = future.result(timeout=ANSWERS)
        except TimeoutError:
            future.add_done_callback(self.back.put)
            self._look()
            return None
        except OtherReleaseError as error:
            raise ClusterError(self.address, str(error)) from error
        except CancelledError as error:
            raise ClusterError(self.address, "the scheduler is gone") from error
        except Exception as error:
            what = f"a worker fails ({type(error).__name__}: {_first_line(error)}); each needs holdbook {self.release}"
            raise ClusterError(self.address, what) from error
        return found

    def _look(self) -> None:
        """How many threads there are; none may only be for a moment, as when a worker starts anew."""
        client, now = self.client, time.monotonic()
        try:
            there = client.status == "running" and client.scheduler is not None
            found = client.sync(client.scheduler.ncores, callback_timeout=ANSWERS) if there else {}  # type: ignore[no-untyped-call, union-attr]
        except (OSError, TimeoutError):
            found = {}
        if found:
            self.alone, self.threads = None, sum(found.values())
            return
        self.alone = self.alone or now
        if now - self.alone > PATIENCE:
            raise ClusterError(self.address, "the last worker is lost")
