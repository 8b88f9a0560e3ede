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
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from waterfall import HELD, MONTHS, analyst, as_tables, company, our_draws

from holdbook.numerics import engine_c, engine_numpy
from holdbook.numerics.elementary import Precision
from holdbook.numerics.engine import Engine, available, walk
from holdbook.numerics.tables import BINS, MEASURES, Tables
from holdbook.numerics.tally import Grid, Tally
from holdbook.simulation.outcome import fan_of

PRECISIONS: tuple[Precision, ...] = ("float32", "float64")
PATHS, FEWER, SLIDER, ALL = 30_080, 4_096, 10_112, 100_096
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


def speed(engine: Engine, precision: Precision) -> None:
    """G1 to G3 and G6, in one precision."""
    of = as_tables(company()).at(precision)
    run = engine_c.run if engine == "c" else engine_numpy.run
    ours = processor(lambda: run(of, GRID, 1, 0, PATHS, Tally(of))) / PATHS
    normals = processor(lambda: numpy_normals(PATHS * MONTHS * HELD)) / PATHS
    theirs = processor(lambda: analyst(company(), FEWER), 3) / FEWER
    both = wall(lambda: walk(of, PATHS * 4, 1, 2, precision=precision), 3) / (PATHS * 4)
    row("", f"microseconds a path of {MONTHS} months, one thread ({engine}, {precision})", f"{ours * 1e6:.2f}", "-")
    row(
        "G1",
        f"{precision}: the whole simulation / NumPy PCG64 merely drawing the same normals in float64",
        f"{ours / normals:.2f}",
        "0.25 (float32)",
    )
    row("G1", f"{precision}: the same on two threads, by the clock", f"{both / normals:.2f}", "0.14 (float32)")
    if engine == "c":
        drawn = processor(lambda: engine_c.draw(of, GRID, 1, 0, PATHS)) / PATHS
        row("G2", f"{precision}: the whole simulation / its own draws", f"{ours / drawn:.2f}", "1.5")
    row("G3", f"{precision}: the analyst's NumPy / the simulation, one thread", f"{theirs / ours:.1f} x", "40 x (float32)")
    row("G3", f"{precision}: the same on two threads, by the clock", f"{theirs / both:.1f} x", "75 x (float32)")
    slider = wall(lambda: [fan_of(walk(of, SLIDER, 1, 2, precision=precision), place) for place in [0]], 9)
    row("G6", f"{precision}: {SLIDER} paths on two threads and a fan, by the clock", f"{slider * 1000:.0f} ms", "25 ms (float32)")


def beside_quantlib(engine: Engine) -> None:
    """G4: paths of 20 correlated holdings over 60 months, and nothing else done with them."""
    if find_spec("QuantLib") is None:
        row("G4", "QuantLib's path generation / the simulation in float32 (QuantLib is not installed here)", "not measured", "100 x")
        return
    of, run = as_tables(company()).at("float32"), engine_c.run if engine == "c" else engine_numpy.run
    ratios = []
    for _ in range(5):
        ours = processor(lambda: run(of, GRID, 1, 0, PATHS, Tally(of))) / PATHS
        ratios.append(float(alone(_QUANTLIB)) / ours)
    row("G4", "QuantLib's path generation / the simulation in float32, median of five", f"{median(ratios):.0f} x", "100 x")


_QUANTLIB = """
import time
import QuantLib as ql
from waterfall import HELD, MONTHS
day = ql.Date(1, 1, 2026)
ql.Settings.instance().evaluationDate = day
def curve(rate):
    return ql.YieldTermStructureHandle(ql.FlatForward(day, rate, ql.Actual365Fixed()))
swing = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(day, ql.NullCalendar(), 0.25, ql.Actual365Fixed()))
one = ql.BlackScholesMertonProcess(ql.QuoteHandle(ql.SimpleQuote(100.0)), curve(0.01), curve(0.03), swing)
matrix = ql.Matrix(HELD, HELD)
for row in range(HELD):
    for column in range(HELD):
        matrix[row][column] = 1.0 if row == column else 0.5
process = ql.StochasticProcessArray([one] * HELD, matrix)
words = ql.UniformRandomSequenceGenerator(HELD * MONTHS, ql.UniformRandomGenerator(1))
made = ql.GaussianMultiPathGenerator(process, [(1 + month) / 12 for month in range(MONTHS)], ql.GaussianRandomSequenceGenerator(words), False)
for _ in range(50):
    made.next()
start = time.process_time()
for _ in range(300):
    made.next()
print((time.process_time() - start) / 300)
"""


def alone(program: str) -> str:
    """What a process of its own prints."""
    words = [sys.executable, "-c", textwrap.dedent(program)]
    return subprocess.run(words, check=True, capture_output=True, text=True, cwd=Path(__file__).parent).stdout.strip()


_MEMORY = """
from alone import memory
from holdbook.numerics.engine import walk
from holdbook.numerics.tables import tables
from waterfall import as_tables, company
of = as_tables(company()) if {many} else tables([1.0], 12, own=[0.1], limited=[0], bound=[0.5], below=[1])
walk(of, 100, 1, 2)
before = memory()
walk(of, {paths}, 1, 2)
print(round(memory() - before, 1))
"""


def memory() -> None:
    """G5: what more paths take, beyond a hundred of them."""
    for many, paths in ((True, 100_000), (True, 1_000_000), (False, 10_000_000)):
        what = f"MB more for {paths:,} paths than for a hundred ({'reference problem' if many else 'one holding, 12 months'})"
        row("G5", what, alone(_MEMORY.format(many=many, paths=paths))[:5], "16 MB at any number")


def whole_problem(engine: Engine) -> None:
    """G3 as the goal was set: the analyst holds all paths at once, in gigabytes."""
    of, run = as_tables(company()).at("float32"), engine_c.run if engine == "c" else engine_numpy.run
    ours = processor(lambda: run(of, GRID, 1, 0, ALL, Tally(of)), 3)
    both = wall(lambda: walk(of, ALL, 1, 2, engine), 5)
    theirs = float(alone(_ANALYST.format(paths=ALL)))
    row("G3", f"float32: the analyst's NumPy on all {ALL:,} paths at once / the simulation, one thread", f"{theirs / ours:.1f} x", "40 x")
    row("G3", "float32: the same on two threads, by the clock", f"{theirs / both:.1f} x", "75 x")


_ANALYST = """
import time
from waterfall import analyst, company
analyst(company(), 100)
start = time.process_time()
analyst(company(), {paths})
print(time.process_time() - start)
"""


def start() -> None:
    """G7: a whole process, by the clock."""
    program = "from holdbook import api; from holdbook.timeline.view import View; from holdbook.simulation.simulate import simulate; simulate(View(api.read('tiny').book))"
    row("G7", "from nothing to the outcome of 10,000 paths on the tiny book", f"{wall(lambda: alone(program), 3):.2f} s", "0.3 s")


def same(engine: Engine) -> None:
    """G8 and G9."""
    of, paths = as_tables(company()), 3 * 8192 + 5
    for precision in PRECISIONS:
        one, more = (walk(of, paths, 1, threads, precision=precision) for threads in (1, 3))
        row("G8", f"{precision}: the same counts on 1 thread and on 3", str(one.tally.same_as(more.tally)), "True")
    plain, told, flags = told_by_numpy(of)
    theirs = analyst(company(), FEWER, draws=our_draws(FEWER, 1))
    far = f"{np.abs(told[0] - theirs['told'][0]).max():.1e}"
    row("G9", "float64: the greatest difference of a net asset value from the analyst's on the same draws", far, "1e-9")
    differ = int(np.abs(plain.breached - theirs["breached"]).sum())
    row("G9", f"float64: breaches that differ from the analyst's, of {FEWER * MONTHS * len(of.bound):,}", str(differ), "0")
    rough, _, rough_flags = told_by_numpy(of.at("float32"))
    paths_off = int((flags != rough_flags).any(axis=0).sum())
    row("G9", f"paths of {FEWER:,} that ever breach a limit in one precision and not in the other", f"{paths_off / FEWER:.1e}", "1e-4")
    for precision, found in (("float64", plain), ("float32", rough)):
        if engine == "c":
            fast = Tally(of)
            engine_c.run(of.at(precision), GRID, 1, 0, FEWER, fast)
            row("G9", f"{precision}: the kernel's counts are NumPy's, to the bit", str(fast.same_as(found)), "True")


def told_by_numpy(of: Tables) -> tuple[Tally, np.ndarray, np.ndarray]:
    """What NumPy counts, the first three measures of every path (3, paths, months), and whether it ever breaches each limit."""
    told, counts = np.empty((3, FEWER, MONTHS)), Tally(of)
    flags = np.empty((len(of.bound), FEWER), bool)

    def watch(block: engine_numpy.Walk, step: int) -> None:
        told[:, :, step] = block.measures[:3]
        flags[:] = block.beyond

    engine_numpy.run(of, GRID, 1, 0, FEWER, counts, watch)
    return counts, told, flags


def main() -> None:
    """All of it."""
    engine = available()
    print(f"engine: {engine}; {len(MEASURES)} measures, {BINS} bins each, by month")
    for precision in PRECISIONS:
        speed(engine, precision)
    whole_problem(engine)
    beside_quantlib(engine)
    memory()
    start()
    same(engine)


if __name__ == "__main__":
    main()
