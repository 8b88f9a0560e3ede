"""The same futures again after holdings have fallen, or swing more widely: compiled once, walked for every place of a slider."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.numerics.engine import walk
from holdbook.numerics.tables import MEASURES, Tables
from holdbook.simulation.compile import compiled
from holdbook.simulation.outcome import Breach, breach, fan_of
from holdbook.simulation.simulate import AS_THE_BOOK_HAS_IT, Futures
from holdbook.timeline.view import View


class Slid(NamedTuple):
    """What comes of the futures: of loan to value the fan by month (five ratios each, as in `PARTS`), and how likely each limit on it is met."""

    months: list[str]
    fan: list[list[float]]
    breaches: list[Breach]
    paths: int


class Slide:
    """The futures of a view, ready to be drawn again: from one seed, so that what changes is what was moved and not the draw.

    Fields:
        known: whether there are holdings, net debt and months to draw.

    Raises:
        PlanError: the plan cannot be.
    """

    def __init__(self, view: View, futures: Futures = AS_THE_BOOK_HAS_IT) -> None:
        self.plan = futures.plan(view)
        self._made = compiled(view, self.plan)
        self.known = self._made.base is not None and self._made.tables.steps > 0

    def at(self, fall: float, swings: float = 1.0) -> Slid:
        """After all holdings have fallen by a part (0.2 is 20%), with every volatility and every jump so many times what the plan says."""
        of = _slid(self._made.tables, fall, swings)
        run = walk(of, self.plan.paths, self.plan.seed)
        moved = self._made._replace(tables=of)
        ratio = "loan_to_value"
        places = [place for place, limit in enumerate(moved.limits) if limit.measure == ratio]
        return Slid(
            moved.months, fan_of(run, MEASURES.index(ratio)), [breach(moved, run.tally, place) for place in places], run.tally.paths
        )


def _slid(of: Tables, fall: float, swings: float) -> Tables:
    return of._replace(
        value=of.value * (1 - fall), loading=of.loading * swings, own=of.own * swings,
        jump_mean=of.jump_mean * swings, jump_deviation=of.jump_deviation * swings,
    )  # fmt: skip
