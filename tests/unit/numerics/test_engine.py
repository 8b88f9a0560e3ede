"""Many paths: the same counts for any threads, an interrupt that keeps what is done, a horizon of nothing, other machines."""

import ctypes
import os
import shutil
import subprocess
import sys
import textwrap
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.engine import CHUNK, available, walk
from holdbook.numerics.tables import tables
from holdbook.numerics.tally import Grid, Tally

COMPILED = pytest.mark.skipif(engine_c.kernel() is None, reason="this installation has no compiled kernel")
PRECISIONS = ["float32", "float64"]
GRID = Grid(np.full(5, -100.0), np.full(5, 4.0))
ENGINES = [pytest.param("c", marks=COMPILED), "numpy"]


def plan(steps=6):
    return tables(
        [60.0, 40.0], steps, loading=[[0.08, 0.0], [0.05, 0.06]], own=[0.0, 0.05], degrees=5, cash=5.0, owed=20.0, goes=2.0, floor=2.0,
        order=[1, 0], kept=[0.98, 0.95], most=[0.3, 0.3], impact=[0.1, 0.0], limited=[1, 2], bound=[0.3, 0.0], below=[0, 1],
        jump_below=[[0.9] + [1.0] * 7], jump_mean=[-0.1], jump_deviation=[0.05], jump_part=[[1.0], [0.5]], every=[1, 3],
    )  # fmt: skip


@pytest.mark.parametrize("name", ENGINES)
def test_the_same_counts_on_one_thread_and_on_more(name):
    one, two, five = (walk(plan(), 2 * CHUNK + 77, 1, threads, name) for threads in (1, 2, 5))
    assert one.tally.paths == 2 * CHUNK + 77
    assert one.tally.same_as(two.tally)
    assert one.tally.same_as(five.tally)
    assert not one.tally.same_as(walk(plan(), 2 * CHUNK + 77, 2, 1, name).tally)


@COMPILED
@pytest.mark.parametrize("precision", PRECISIONS)
def test_both_engines_come_to_the_same_bits(precision):
    fast, plain = (walk(plan(), 5000, 3, 2, name, precision=precision) for name in ("c", "numpy"))
    assert fast.precision == plain.precision == precision
    assert fast.tally.same_as(plain.tally)
    assert np.array_equal(fast.grid.low, plain.grid.low)


def test_in_32_bits_at_most_one_path_in_ten_thousand_breaches_otherwise():
    flags = []
    for precision in PRECISIONS:
        of, last = plan(24).at(precision), []
        for first in range(0, 40_000, 4000):
            engine_numpy.run(
                of, GRID, 1, first, 4000, Tally(of), lambda block, step, last=last: last.append(block.beyond) if step == 23 else None
            )
        flags.append(np.concatenate(last, axis=1))
    assert flags[0].any(axis=1).all()
    assert not flags[0].all(axis=1).any()
    assert (flags[0] != flags[1]).any(axis=0).mean() <= 1e-4


@pytest.mark.parametrize("name", ENGINES)
def test_a_horizon_of_nothing(name):
    found = walk(plan(0), 1000, 1, 2, name)
    assert found.tally.paths == 1000
    assert found.tally.bins.shape[0] == 0


@pytest.mark.parametrize("name", ENGINES)
def test_no_paths_at_all(name):
    assert walk(plan(), 0, 1, 2, name).tally.paths == 0


@pytest.mark.parametrize("name", ENGINES)
def test_an_interrupt_keeps_the_first_paths(name):
    """Ctrl-C while it runs: the paths done are the first ones, and count as if only they had been asked for."""

    def interrupt(done, _):
        if done:
            raise KeyboardInterrupt

    found = walk(plan(), 400 * CHUNK, 1, 2, name, interrupt)
    assert found.asked == 400 * CHUNK
    assert 0 < found.tally.paths < found.asked
    assert found.tally.paths % CHUNK == 0
    if found.tally.paths < 20 * CHUNK:
        assert found.tally.same_as(walk(plan(), found.tally.paths, 1, 1, name).tally)


def test_a_fault_in_a_thread_is_raised_where_it_was_asked_for(monkeypatch):
    def fails(*_):
        raise MemoryError("none left")

    monkeypatch.setattr(engine_numpy, "walker", lambda *_: nullcontext(fails))
    with pytest.raises(MemoryError, match="none left"):
        walk(plan(), 10, 1, 2, "numpy")


def test_without_a_kernel_numpy_answers_and_says_so(monkeypatch):
    monkeypatch.setattr(engine_c, "kernel", lambda _: None)
    assert walk(plan(), 10, 1, 1).engine == "numpy"
    with pytest.raises(LookupError):
        available("c")


def test_a_library_that_is_none_is_no_kernel(monkeypatch, tmp_path):
    (tmp_path / "kernel_float64.so").write_text("not a library")
    monkeypatch.setattr(engine_c, "_ROOM", str(tmp_path))
    engine_c.kernel.cache_clear()
    try:
        assert engine_c.kernel() is None
    finally:
        engine_c.kernel.cache_clear()


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="drift"):
        tables([1.0, 2.0], 3, drift=[0.1, 0.2, 0.3])


@COMPILED
@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("flags", [["-O0"], ["-O2", "-U__gnu_linux__"], ["-O3", "-U__gnu_linux__"]])
def test_any_compiling_without_fast_math_gives_the_same_bits(flags, precision, tmp_path, monkeypatch):
    """Not vectorised, vectorised for the oldest processors, and as it is installed."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no compiler")
    source, made = Path(engine_c.__file__).with_name("kernel.c"), tmp_path / f"kernel_{precision}.so"
    single = ["-DSINGLE"] if precision == "float32" else []
    words = [compiler, "-std=c11", *flags, *single, "-ffp-contract=off", "-shared", "-fPIC", str(source), "-o", str(made), "-lm"]
    subprocess.run(words, check=True, capture_output=True)
    of, installed, other = plan().at(precision), Tally(plan()), Tally(plan())
    engine_c.run(of, GRID, 1, 0, 1000, installed)
    monkeypatch.setattr(engine_c, "_ROOM", str(tmp_path))
    engine_c.kernel.cache_clear()
    try:
        assert isinstance(engine_c.kernel(precision), ctypes.CDLL)
        engine_c.run(of, GRID, 1, 0, 1000, other)
        assert other.same_as(installed)
    finally:
        engine_c.kernel.cache_clear()


@COMPILED
def test_a_kernel_of_another_version_is_left_alone(tmp_path, monkeypatch):
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no compiler")
    source, names = tmp_path / "old.c", ("room", "walk", "settle", "leave", "draw")
    source.write_text(
        "\n".join(f"void holdbook_{name}(void) {{}}" for name in names) + "\nunsigned long holdbook_size(void) { return 8; }\n"
    )
    subprocess.run([compiler, "-shared", "-fPIC", str(source), "-o", str(tmp_path / "kernel_float64.so")], check=True, capture_output=True)
    monkeypatch.setattr(engine_c, "_ROOM", str(tmp_path))
    engine_c.kernel.cache_clear()
    try:
        assert engine_c.kernel("float64") is None
    finally:
        engine_c.kernel.cache_clear()


def test_a_real_interrupt_from_outside():
    """A whole process that is sent Ctrl-C half way ends well and prints how many paths it kept."""
    program = textwrap.dedent(
        """
        import os, signal, threading
        from holdbook.numerics.engine import walk
        from holdbook.numerics.tables import tables
        of = tables([1.0], 200, own=[0.1])
        signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs tests in the background may have it ignored
        threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        found = walk(of, 10**9, 1, 2)
        print(found.tally.paths, found.asked)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ | {"COVERAGE_PROCESS_START": ""}
    )
    kept, asked = map(int, done.stdout.split())
    assert 0 < kept < asked
