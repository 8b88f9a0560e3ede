"""From a view and a plan to an outcome: the one door of the room."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from holdbook.model.entity import Entity
from holdbook.numerics.elementary import Precision
from holdbook.numerics.engine import Engine, Progress, job_of
from holdbook.simulation.aloud import read_aloud
from holdbook.simulation.compile import compiled
from holdbook.simulation.crew import Crew, walked
from holdbook.simulation.outcome import Outcome, counted
from holdbook.simulation.outlook import stated_plan
from holdbook.simulation.plan import Plan
from holdbook.timeline.view import View


def simulate(
    view: View,
    plan: Plan | None = None,
    *,
    threads: int = 0,
    engine: Engine | None = None,
    progress: Progress | None = None,
    currency: str | None = None,
    precision: Precision = "float32",
    cluster: str | None = None,
    resume: str | None = None,
) -> Outcome:
    """Walk the paths of a plan (without one that of the book's outlook, else the assumed one) on so many threads (0: one a processor) and say what came of them.

    The same view, plan, seed and precision give the same outcome on any number of threads and workers and with either engine, but for its name.
    `cluster` is the address of a scheduler of Dask, such as tcp://10.0.0.5:8786; `local` starts workers on this machine, as many as
    `threads`. `resume` is a file that keeps what is done: if it is there, the paths in it are not walked again. Ctrl-C ends it early, and
    so does a cluster that is lost on the way: the outcome is of the first paths, and says so. `progress` is told how many are done, of
    how many.

    Raises:
        PlanError: the plan cannot be.
        LookupError: the compiled engine is asked for and the installation has none.
        ClusterError: the cluster cannot be used; its sentence has the way out.
        KeptError: the file cannot be gone on from, being of another plan, seed or holdbook; its sentence has both sides.
        OSError: the file cannot be read or written.
    """
    plan = plan or stated_plan(view)
    made = compiled(view, plan, currency)
    job = job_of(made.tables, plan.seed, engine, precision)
    run, ended = walked(job, plan.paths, Crew(threads, cluster, resume), progress)
    if ended:
        made.said.append(ended)
    names = {entity.id: entity.name for entity in view.facts(Entity)}
    return Outcome(
        day=view.day.isoformat(), known_on=view.known_on.isoformat(), assumptions=read_aloud(plan, names), **counted(made, run, plan.seed)
    )


class Futures(NamedTuple):
    """How the futures of any view are drawn.

    Fields:
        outlook: of the book, by its id; empty: the latest in force, else the assumed plan.
        paths, seed: instead of those of the plan.
        threads, progress, cluster, resume: as of `simulate`.
    """

    outlook: str = ""
    paths: int | None = None
    seed: int | None = None
    threads: int = 0
    progress: Progress | None = None
    cluster: str | None = None
    resume: str | None = None

    def of(self, view: View) -> Outcome:
        """What comes of the futures of a view.

        Raises:
            PlanError: there is no such outlook, or it cannot be.
            ClusterError, KeptError, OSError: as of `simulate`.
        """
        return simulate(view, self.plan(view), threads=self.threads, progress=self.progress, cluster=self.cluster, resume=self.resume)

    def plan(self, view: View) -> Plan:
        """The plan that is walked.

        Raises:
            PlanError: there is no such outlook, or it cannot be.
        """
        given = {name: value for name, value in (("paths", self.paths), ("seed", self.seed)) if value is not None}
        return msgspec.structs.replace(stated_plan(view, self.outlook), **given)


AS_THE_BOOK_HAS_IT = Futures()
