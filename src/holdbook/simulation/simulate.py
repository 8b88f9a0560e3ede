"""From a view and a plan to an outcome: the one door of the room."""

from __future__ import annotations

from holdbook.model.entity import Entity
from holdbook.numerics.engine import Engine, Progress, walk
from holdbook.simulation.aloud import read_aloud
from holdbook.simulation.assumed import assumed_plan
from holdbook.simulation.compile import compiled
from holdbook.simulation.outcome import Outcome, counted
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
) -> Outcome:
    """Walk the paths of a plan (the assumed one if none is given) on so many threads (0: one a processor) and say what came of them.

    The same view, plan and seed give the same outcome on any number of threads and with either engine, but for its name. Ctrl-C ends
    it early: the outcome is of the paths that were done. `progress` is told how many are done, of how many.

    Raises:
        PlanError: the plan cannot be.
        LookupError: the compiled engine is asked for and the installation has none.
    """
    plan = plan or assumed_plan(view)
    made = compiled(view, plan, currency)
    run = walk(made.tables, plan.paths, plan.seed, threads, engine, progress)
    names = {entity.id: entity.name for entity in view.facts(Entity)}
    return Outcome(
        day=view.day.isoformat(), known_on=view.known_on.isoformat(), assumptions=read_aloud(plan, names), **counted(made, run, plan.seed)
    )
