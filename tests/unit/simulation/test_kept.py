"""A file of what is done: Ctrl-C half way of a real process, and what comes of going on; files of another run, and damaged ones."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from holdbook.numerics.engine import CHUNK, job_of
from holdbook.simulation import kept as room
from holdbook.simulation.crew import Crew, walked
from holdbook.simulation.job import ClusterError, as_arrays, counts_here, from_arrays
from holdbook.simulation.kept import Kept, KeptError
from holdbook.simulation.simulate import simulate
from holdbook.timeline.view import View

from .test_simulate import BOOK, PLAN

PATHS = 3 * CHUNK + 5
SOME = msgspec.structs.replace(PLAN, paths=PATHS)
PROGRAM = """
import sys
import msgspec
from datetime import date
from unit.simulation.test_simulate import BOOK, PLAN
from conftest import read_text
from holdbook.render.progress import Bar
from holdbook.simulation.simulate import simulate
from holdbook.timeline.view import View

def tell(done, of):
    if done:
        print(done, of, file=sys.stderr, flush=True)

if __name__ == "__main__":
    path, cluster, paths = sys.argv[1:]
    view = View(read_text(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))
    plan = msgspec.structs.replace(PLAN, paths=int(paths))
    found = simulate(view, plan, threads=2, cluster=cluster or None, resume=path, progress=tell)
    sys.stdout.buffer.write(msgspec.json.encode(found))
"""


def bytes_of(outcome):
    return msgspec.json.encode(outcome)


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book, date(2025, 9, 30), date(2025, 12, 31))


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "paths.kept")


def interrupted(done, _):
    if done:
        raise KeyboardInterrupt


def process(program, path, cluster, paths):
    words = [sys.executable, str(program), path, cluster, str(paths)]
    tests = str(Path(__file__).parents[2])
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=os.environ | {"PYTHONPATH": tests}
    )


@pytest.mark.parametrize("cluster", ["", "local"])
def test_ctrl_c_half_way_and_gone_on_from_gives_the_bytes_of_an_uninterrupted_run(view, path, tmp_path, cluster):
    """A terminal sends Ctrl-C to the whole group: here the workers too."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    paths = 500_000
    with process(program, path, cluster, paths) as first:
        told = [first.stderr.readline()]
        os.killpg(first.pid, signal.SIGINT)
        out, rest = first.communicate(timeout=50)
    assert first.returncode == 0
    assert all(line.split()[1:] == [b"%d" % paths] for line in told + rest.splitlines())
    found = msgspec.json.decode(out)
    assert 0 < found["paths"] < found["asked"] == paths
    assert f"It was interrupted: this is of the first {found['paths']:,} of {paths:,} paths." in found["said"]
    with process(program, path, cluster, paths) as second:
        out, rest = second.communicate(timeout=50)
    assert int(rest.split()[0]) >= found["paths"]
    assert out == bytes_of(simulate(view, msgspec.structs.replace(PLAN, paths=paths), threads=2))


def test_nothing_is_walked_twice(view, path, monkeypatch):
    whole = bytes_of(simulate(view, SOME))
    assert bytes_of(simulate(view, SOME, resume=path)) == whole
    monkeypatch.setattr("holdbook.numerics.engine.walked", None)
    assert bytes_of(simulate(view, SOME, resume=path)) == whole
    assert bytes_of(simulate(view, SOME, resume=path, cluster="local")) == whole


def test_more_paths_go_on_from_fewer(view, path):
    simulate(view, SOME, resume=path)
    more = msgspec.structs.replace(SOME, paths=2 * PATHS)
    assert bytes_of(simulate(view, more, resume=path)) == bytes_of(simulate(view, more))
    with pytest.raises(KeptError, match=f"keeps {2 * PATHS} paths and {PATHS} are asked for"):
        simulate(view, SOME, resume=path)


def test_a_cluster_that_adds_nothing_is_an_error_though_something_is_kept(view, path):
    simulate(view, SOME, resume=path)
    before = Path(path).read_bytes()
    with pytest.raises(ClusterError, match="no address"):
        simulate(view, msgspec.structs.replace(SOME, paths=2 * PATHS), resume=path, cluster="nobody")
    assert Path(path).read_bytes() == before


def test_an_interrupt_after_another_loses_nothing(view, path):
    many, done = msgspec.structs.replace(PLAN, paths=2000 * CHUNK), [0]
    for _ in range(3):
        found = simulate(view, many, resume=path, progress=lambda now, _: interrupted(now > done[-1], _))
        done.append(found.paths)
    assert done == sorted(set(done))
    short = msgspec.structs.replace(many, paths=done[-1])
    assert simulate(view, short, resume=path).fans == simulate(view, short).fans


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (msgspec.structs.replace(SOME, seed=4), "the seed is 3 there and 4 here"),
        (msgspec.structs.replace(SOME, degrees=0), r"the plan on its book is [0-9a-f]{16} there and [0-9a-f]{16} here"),
    ],
)
def test_a_file_of_another_run_is_refused_with_both_sides_and_left_as_it_is(view, path, other, said):
    simulate(view, SOME, resume=path)
    before = Path(path).read_bytes()
    with pytest.raises(KeptError, match=said) as caught:
        simulate(view, other, resume=path)
    assert str(caught.value).startswith(f"{path}: keeps paths of another run: ")
    assert "name another file" in str(caught.value)
    assert Path(path).read_bytes() == before


def test_a_file_of_another_release_is_refused(view, path, monkeypatch):
    simulate(view, SOME, resume=path)
    monkeypatch.setattr(room, "release", lambda: "0.0.9")
    with pytest.raises(KeptError, match=r"holdbook is .*numerics.* there and 0\.0\.9 here"):
        simulate(view, SOME, resume=path)


@pytest.mark.parametrize(
    "spoil", [lambda b: b[: len(b) // 2], lambda _: b"", lambda _: b"months: 12\n", lambda b: b[:3000] + b"xxxx" + b[3004:]]
)
def test_a_damaged_file_is_refused(view, path, spoil):
    simulate(view, SOME, resume=path)
    Path(path).write_bytes(spoil(Path(path).read_bytes()))
    with pytest.raises(KeptError, match="keeps no paths of a simulation, or is damaged; name another file"):
        simulate(view, SOME, resume=path)


def test_a_file_that_cannot_be_written_is_told_before_anything_is_walked(view, tmp_path, monkeypatch):
    monkeypatch.setattr("holdbook.numerics.engine.walked", None)
    with pytest.raises(OSError, match="No such file"):
        simulate(view, SOME, resume=str(tmp_path / "nowhere" / "paths.kept"))
    with pytest.raises(OSError, match="directory"):
        simulate(view, SOME, resume=str(tmp_path))


def test_the_counts_are_kept_while_it_runs(view, path, monkeypatch):
    """What a process that is killed leaves: all but the last moment."""
    written = []
    keep = Kept.write
    monkeypatch.setattr(room, "_EVERY", 0.0)
    monkeypatch.setattr("holdbook.simulation.crew._FIRST", CHUNK)
    monkeypatch.setattr(Kept, "write", lambda self, tally: (written.append(tally.paths), keep(self, tally)))
    simulate(view, SOME, resume=path)
    assert written[:2] == [0, CHUNK]
    assert written == sorted(written)
    assert written[-1] == PATHS


def test_an_interrupt_while_it_is_kept_leaves_the_file_whole(view, path, monkeypatch):
    simulate(view, SOME, resume=path)
    before = Path(path).read_bytes()

    def stops(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", stops)
    with pytest.raises(KeyboardInterrupt):
        simulate(view, msgspec.structs.replace(SOME, paths=2 * PATHS), resume=path)
    assert Path(path).read_bytes() == before
    assert os.listdir(os.path.dirname(path)) == [os.path.basename(path)]


@pytest.fixture(scope="module")
def job():
    from holdbook.numerics.tables import tables

    of = tables([60.0, 40.0], 6, own=[0.1, 0.2], cash=5.0, owed=20.0, limited=[1], bound=[0.3], below=[0])
    return job_of(of, 1, precision=of.precision)


def test_parts_add_up_in_any_order(job):
    parts = [(0, 1), (1, 4000), (4001, 0), (4001, 1999)]
    whole = counts_here(job, 0, 6000)
    for order in (parts, parts[::-1], parts[2:] + parts[:2]):
        total = counts_here(job, 0, 0)
        for one in order:
            total.add(from_arrays(job.of, as_arrays(counts_here(job, *one))))
        assert total.same_as(whole)


def test_counts_of_another_shape_are_refused(job):
    arrays = as_arrays(counts_here(job, 0, 10))
    for wrong in ({"bins": arrays["bins"][1:]}, {"paths": 1.5}, {"called": arrays["called"].astype(float)}, {"bins": arrays["bins"] - 0.5}):
        with pytest.raises(ValueError, match="another shape or kind"):
            from_arrays(job.of, arrays | wrong)


def test_the_engine_of_the_other_side_need_not_be_here(job, monkeypatch):
    fast = counts_here(job, 0, 500)
    monkeypatch.setattr("holdbook.numerics.engine_c.kernel", lambda _: None)
    assert counts_here(job._replace(engine="c"), 0, 500).same_as(fast)


def test_no_paths_at_all(job):
    assert walked(job, 0, Crew()).run.tally.paths == 0
