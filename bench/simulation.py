"""What a simulation costs, beside NumPy in the same run: ratios of processor time on one thread, so that other programs matter little.

    make bench, or python bench/simulation.py

The reference problem (`waterfall.py`) with 20 holdings over 60 months, on the installed engine; then memory, start and same bits.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from waterfall import HELD, MONTHS, analyst, as_tables, company, our_draws

from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.engine import Engine, available, walk
from holdbook.numerics.tables import BINS, MEASURES
from holdbook.numerics.tally import Grid, Tally

PATHS, FEWER, SLIDER = 30_080, 4_096, 10_112
GRID = Grid(np.array([-1000.0, 0.0, -600.0, 0.0, 0.0]), BINS / np.array([21000.0, 1.0, 2400.0, 1.0, 600.0]))


def processor(task: Callable[[], object], runs: int = 5) -> float:
    """The median processor time of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return median(times)


def wall(task: Callable[[], object], runs: int = 5) -> float:
    """The median time of some runs by the clock; other programs on the machine lengthen it."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return median(times)


def numpy_normals(count: int) -> None:
    """As many normals as a simulation takes, by NumPy's default generator, into a buffer that stays in the cache."""
    draw, buffer = np.random.default_rng(1), np.empty(1 << 15)
    for _ in range(count // buffer.size):
        draw.standard_normal(out=buffer)


def row(goal: str, what: str, figure: str, wanted: str) -> None:
    """One line of the table."""
    print(f"{goal:<4} {what:<86} {figure:>16}   goal {wanted}")


def speed(engine: Engine) -> None:
    """G1 to G4 and G6."""
    of = as_tables(company())
    run = engine_c.run if engine == "c" else engine_numpy.run
    ours = processor(lambda: run(of, GRID, 1, 0, PATHS, Tally(of))) / PATHS
    normals = processor(lambda: numpy_normals(PATHS * MONTHS * HELD)) / PATHS
    theirs = processor(lambda: analyst(company(), FEWER), 3) / FEWER
    row("", f"microseconds a path of {MONTHS} months, one thread ({engine}, float64)", f"{ours * 1e6:.1f}", "-")
    row("G1", "the whole simulation / NumPy PCG64 merely drawing the same normals in float64", f"{ours / normals:.2f}", "0.25 (float32)")
    if engine == "c":
        drawn = processor(lambda: engine_c.draw(of, GRID, 1, 0, PATHS)) / PATHS
        row("G2", "the whole simulation / its own draws", f"{ours / drawn:.2f}", "1.5")
    row("G3", "the analyst's NumPy / the simulation, one thread", f"{theirs / ours:.1f} x", "40 x (float32)")
    row("G4", "against QuantLib's path generation", "not measured", "100 x")
    row("G6", f"{SLIDER} paths on all threads, by the clock", f"{wall(lambda: walk(of, SLIDER, 1)) * 1000:.0f} ms", "25 ms")


def alone(program: str) -> str:
    """What a process of its own prints."""
    words = [sys.executable, "-c", textwrap.dedent(program)]
    return subprocess.run(words, check=True, capture_output=True, text=True, cwd=Path(__file__).parent).stdout.strip()


_MEMORY = """
import resource, sys
from holdbook.numerics.engine import walk
from holdbook.numerics.tables import tables
from waterfall import as_tables, company
of = as_tables(company()) if {many} else tables([1.0], 12, own=[0.1], limited=[0], bound=[0.5], below=[1])
walk(of, 100, 1, 2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
walk(of, {paths}, 1, 2)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def memory() -> None:
    """G5: what more paths take, beyond a hundred of them."""
    for many, paths in ((True, 100_000), (True, 1_000_000), (False, 10_000_000)):
        what = f"MB more for {paths:,} paths than for a hundred ({'reference problem' if many else 'one holding, 12 months'})"
        row("G5", what, alone(_MEMORY.format(many=many, paths=paths))[:5], "16 MB at any number")


def start() -> None:
    """G7: a whole process, by the clock."""
    program = "from holdbook import api; from holdbook.timeline.view import View; from holdbook.simulation.simulate import simulate; simulate(View(api.read('tiny').book))"
    row("G7", "from nothing to the outcome of 10,000 paths on the tiny book", f"{wall(lambda: alone(program), 3):.2f} s", "0.3 s")


def same(engine: Engine) -> None:
    """G8 and G9."""
    of, paths = as_tables(company()), 3 * 8192 + 5
    one, more = walk(of, paths, 1, 1), walk(of, paths, 1, 3)
    row("G8", "the same counts on 1 thread and on 3", str(one.tally.same_as(more.tally)), "True")
    told = np.empty((3, FEWER, MONTHS))

    def watch(block: engine_numpy.Walk, step: int) -> None:
        told[:, :, step] = block.measures[:3]

    plain = Tally(of)
    engine_numpy.run(of, GRID, 1, 0, FEWER, plain, watch)
    theirs = analyst(company(), FEWER, draws=our_draws(FEWER, 1))
    row(
        "G9",
        "the greatest difference of a net asset value from the analyst's on the same draws",
        f"{np.abs(told[0] - theirs['told'][0]).max():.1e}",
        "1e-9",
    )
    flags = int(np.abs(plain.breached - theirs["breached"]).sum())
    row("G9", f"breaches that differ, of {FEWER * MONTHS * len(of.bound):,}", str(flags), "0")
    if engine == "c":
        fast = Tally(of)
        engine_c.run(of, GRID, 1, 0, FEWER, fast)
        row("G9", "the kernel's counts are NumPy's, to the bit", str(fast.same_as(plain)), "True")


def main() -> None:
    """All of it."""
    engine = available()
    print(f"engine: {engine}; {len(MEASURES)} measures, {BINS} bins each, by month")
    speed(engine)
    memory()
    start()
    same(engine)


if __name__ == "__main__":
    main()
