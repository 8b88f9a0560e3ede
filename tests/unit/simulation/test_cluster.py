"""Many machines: the same outcome to the byte, workers that are lost, an interrupt, other releases, and addresses where nobody is."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec
import pytest
from distributed import Client, LocalCluster

from holdbook.simulation import cluster as room
from holdbook.simulation.cluster import LEAST
from holdbook.simulation.job import ClusterError
from holdbook.simulation.simulate import Futures, simulate
from holdbook.timeline.view import View

from .test_simulate import BOOK, PLAN

PATHS = 8 * LEAST + 77
MANY = msgspec.structs.replace(PLAN, paths=PATHS)


def bytes_of(outcome):
    return msgspec.json.encode(outcome)


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))


@pytest.fixture(scope="module")
def alone(view):
    """The outcome of one thread."""
    return simulate(view, MANY, threads=1)


@contextmanager
def workers(count):
    with LocalCluster(n_workers=count, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1") as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def two():
    """The address of a scheduler with two workers, each a process."""
    with workers(2) as address:
        yield address


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(room, "ANSWERS", 1)
    monkeypatch.setattr(room, "PATIENCE", 1)


def on_all(address, function, *words):
    with Client(address, set_as_default=False) as client:
        return client.run(function, *words)


class Once:
    """A progress that does something once when so many paths are done."""

    def __init__(self, task, after=0):
        self.task, self.after, self.told = task, after, []

    def __call__(self, done, of):
        self.told.append((done, of))
        if done > self.after and self.task is not None:
            task, self.task = self.task, None
            task()


def test_the_same_outcome_on_one_thread_on_two_and_on_two_workers(view, alone, two):
    told = Once(None)
    assert bytes_of(simulate(view, MANY, threads=2)) == bytes_of(alone)
    assert bytes_of(simulate(view, MANY, cluster=two, progress=told)) == bytes_of(alone)
    assert alone.paths == alone.asked == PATHS
    assert told.told[-1] == (PATHS, PATHS)
    assert told.told == sorted(told.told)


def test_a_cluster_of_this_machine_leaves_nothing_behind(view, alone, capfd, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert bytes_of(simulate(view, MANY, threads=2, cluster="local")) == bytes_of(alone)
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_a_worker_killed_half_way_changes_nothing(view, alone, two):
    before = on_all(two, os.getpid)
    kill = Once(lambda: os.kill(next(iter(before.values())), signal.SIGKILL))
    assert bytes_of(simulate(view, MANY, cluster=two, progress=kill)) == bytes_of(alone)
    assert kill.task is None
    assert on_all(two, os.getpid) != before


def interrupted():
    raise KeyboardInterrupt


def test_an_interrupt_keeps_the_first_paths_and_says_so(view, two):
    """What is left is as if only the first paths had been asked for."""
    found = simulate(view, MANY, cluster=two, progress=Once(interrupted, after=PATHS // 2))
    assert 0 < found.paths < PATHS
    short = simulate(view, msgspec.structs.replace(MANY, paths=found.paths), threads=1)
    assert (found.fans, found.breaches, found.worst) == (short.fans, short.breaches, short.worst)
    assert f"It was interrupted: this is of the first {found.paths:,} of {PATHS:,} paths." in found.said


def other_release(number):
    from holdbook.simulation import job

    kept, job.release = job.release, (lambda: number) if number else job.release.__wrapped__
    return kept()


def test_another_release_is_refused_and_both_are_named(view):
    """On a worker of its own: one that another test lost may come back between, and come back right."""
    with workers(1) as one:
        here = next(iter(on_all(one, other_release, "0.0.9").values()))
        with pytest.raises(ClusterError, match=r"runs holdbook 0\.0\.9, this is ") as caught:
            simulate(view, MANY, cluster=one)
    assert here in str(caught.value)
    assert "install the same" in str(caught.value)


def without_kernel():
    from holdbook.numerics import engine_c

    engine_c._KERNEL = "nowhere"
    engine_c.kernel.cache_clear()


def test_a_worker_without_a_kernel_comes_to_the_same_counts(view):
    few = msgspec.structs.replace(MANY, paths=3000)
    with workers(1) as address:
        on_all(address, without_kernel)
        assert bytes_of(simulate(view, few, cluster=address)) == bytes_of(simulate(view, few, threads=1))


def fails():
    from holdbook.simulation import job

    def none_left(*_):
        raise MemoryError("no room for a block of paths")

    job.counts_here = none_left


@contextmanager
def process(*words):
    path = str(Path(__file__).parents[2])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([sys.executable, "-m", *words], env=os.environ | {"PYTHONPATH": path}, **quiet)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def lone_worker(address):
    """A worker that nobody starts anew."""
    with process("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard") as started:
        yield started


@pytest.mark.usefixtures("impatient")
def test_a_run_whose_last_worker_dies_ends_and_says_so(view):
    slow = msgspec.structs.replace(MANY, paths=60 * LEAST)
    with workers(0) as address:
        with lone_worker(address) as worker, Client(address, set_as_default=False) as client:
            client.wait_for_workers(1)
            found = simulate(view, slow, cluster=address, progress=Once(lambda: os.kill(worker.pid, signal.SIGKILL)))
        assert 0 < found.paths < found.asked
        assert found.said[-1].startswith(f"It ended early (cluster {address}: the last worker is lost): this is of the first")
        short = simulate(view, msgspec.structs.replace(MANY, paths=found.paths), threads=1)
        assert (found.fans, found.breaches, found.worst) == (short.fans, short.breaches, short.worst)
        with pytest.raises(ClusterError, match="has no workers; start one with: dask worker"):
            simulate(view, MANY, cluster=address)
        with lone_worker(address), Client(address, set_as_default=False) as client:
            client.wait_for_workers(1)
            client.run(fails)
            with pytest.raises(ClusterError, match=r"a worker fails \(MemoryError: no room"):
                simulate(view, MANY, cluster=address)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_is_lost_half_way_ends_the_run(view):
    address = f"tcp://127.0.0.1:{free_port()}"
    slow = msgspec.structs.replace(MANY, paths=60 * LEAST)
    with process("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard") as scheduler, lone_worker(address):
        with Client(address, timeout=20, set_as_default=False) as client:
            client.wait_for_workers(1)
        found = simulate(view, slow, cluster=address, progress=Once(lambda: os.kill(scheduler.pid, signal.SIGKILL)))
    assert 0 < found.paths < found.asked
    assert "the scheduler is gone" in found.said[-1]


@pytest.mark.parametrize("address", ["banana", "", "tcp://here", "here:0", "here:99999", "http://here:80", "tcp://a b:80"])
def test_what_is_no_address_is_refused_at_once(view, address):
    with pytest.raises(ClusterError, match="this is no address of a scheduler; write tcp://HOST:PORT, or local"):
        simulate(view, MANY, cluster=address)


@pytest.mark.usefixtures("impatient")
def test_where_nobody_is_nobody_answers(view):
    with pytest.raises(ClusterError, match=r"no scheduler of Dask answers; start one with: dask scheduler"):
        simulate(view, MANY, cluster=f"tcp://127.0.0.1:{free_port()}")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_what_is_no_scheduler_is_told_so(view, says):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = []

        def answer():
            try:
                while True:
                    taken.append(server.accept()[0])
                    taken[-1].sendall(says)
            except OSError:
                pass

        threading.Thread(target=answer, daemon=True).start()
        try:
            with pytest.raises(ClusterError, match="no scheduler of Dask answers"):
                simulate(view, MANY, cluster=f"127.0.0.1:{server.getsockname()[1]}")
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for one in taken:
                one.close()


def test_futures_say_where_they_are_walked(view):
    with pytest.raises(ClusterError, match="no address"):
        Futures(cluster="nobody").of(view)


def test_without_dask_there_is_a_way_out(view, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    for address in ("local", "tcp://127.0.0.1:8786"):
        with pytest.raises(ClusterError, match=r"Dask distributed is not installed; install it: pip install 'holdbook\[cluster\]'"):
            simulate(view, MANY, cluster=address)


def test_dask_is_imported_only_by_who_asks_for_a_cluster():
    program = (
        "import sys; from holdbook.simulation.simulate import simulate; sys.exit('distributed' in sys.modules or 'dask' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
