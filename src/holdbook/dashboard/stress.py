"""The sliders: all holdings fall or swing more widely; net asset value, loan to value and ten thousand futures of it follow."""

from __future__ import annotations

from typing import Any

from holdbook import api
from holdbook.dashboard.look import Look
from holdbook.measures.fall import all_fall
from holdbook.measures.headroom import headroom
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, exact
from holdbook.questions.chances import limit_words
from holdbook.questions.chart import Chart, Limit, Mark
from holdbook.questions.fan import Fan, Level
from holdbook.render.numbers import with_bounds, words
from holdbook.render.section import SIDES, key_of, picture, piece
from holdbook.simulation.plan import PlanError
from holdbook.simulation.slide import Slid, Slide
from holdbook.timeline.shocks import struck
from holdbook.timeline.view import View
from holdbook.valuation.value import last_table

DEEPEST = 70
LEAST_SWINGS, MOST_SWINGS = 50, 200
"""In percent of what the plan says."""
_FIGURES = ("Holdings", "Net asset value", "Loan to value")


class Falls:
    """Every fall of all holdings from nothing to the deepest, for one look; where the day has no figures, on the last published table.

    Fields:
        view: the day it is tried on.
        known: whether the book has holdings and debt to try it on.
        why: why no futures are drawn; empty where they are.
    """

    def __init__(self, opened: api.OpenBook, look: Look) -> None:
        bare = View(opened.book, look.day, look.known_on)
        asked = view = View(struck(opened.book, bare.day), bare.day, bare.known_on)
        last = last_table(view)
        if all_fall(view, exact(0)) is None and last is not None and last.day is not None:
            view = view.on(last.day.last)
        self.view, self._asked = view, asked
        found = [all_fall(view, _part(percent)) for percent in range(DEEPEST + 1)]
        self._fallen = [one for one in found if one is not None]
        self.known = len(self._fallen) == len(found)
        self._slide, self.why = self._futures()
        self._limits = [(one.policy.when or one.policy.id, one.limit) for one in headroom(view)] if self.known else []

    def _futures(self) -> tuple[Slide | None, str]:
        """The futures of the day that was asked about, or why none are drawn."""
        try:
            slide = Slide(self._asked)
        except PlanError as error:
            return None, f"No futures are drawn: {error}."
        if slide.known:
            return slide, ""
        return None, "No futures are drawn: holdings and net debt to start from are not known, or the plan draws no month."

    def quantities(self) -> dict[str, Quantity]:
        """Every figure at every fall, by its key."""
        return {key_of(one): one for fallen in self._fallen for one in fallen if one is not None}

    def at(self, percent: int, swings: int = 100, sides: tuple[str, ...] = SIDES) -> dict[str, Any]:
        """What the page shows at a fall, with swings in percent of the plan's: figures, a finding, a chart, and futures drawn for it."""
        fallen = self._fallen[percent]
        shown = [(label, one) for label, one in zip(_FIGURES, fallen, strict=True) if one is not None]
        return {
            "percent": percent,
            "day": self.view.day.isoformat(),
            "figures": [
                {
                    "label": label,
                    "piece": piece(one),
                    "bounds": with_bounds(one).removeprefix(words(one)).strip(),
                    "basis": "",
                    "unknown": False,
                }
                for label, one in shown
            ],
            "chart": picture("stress", self._chart(percent), sides),
            "futures": None
            if self._slide is None
            else picture("futures", _fan(self._asked, self._slide.at(percent / 100, swings / 100)), sides, half=True),
            "why": self.why,
        }

    def _chart(self, percent: int) -> Chart:
        marks = [Mark(f"{fall}%", (one.loan_to_value,), "now" if fall == percent else "") for fall, one in enumerate(self._fallen)]
        return Chart(
            kind="line", title=self._finding(percent), axis="loan to value, by how far all holdings fall", series=("loan to value",),
            marks=marks, limits=[Limit(label, limit) for label, limit in self._limits],
        )  # fmt: skip

    def _finding(self, percent: int) -> tuple[Quantity | str, ...]:
        """Which limits a fall breaks, in words that follow the slider."""
        ratio = self._fallen[percent].loan_to_value
        if ratio is None:
            return ("Nothing is left of the holdings",)
        found = [f"{_standing(limit, ratio)} the {label} limit" for label, limit in self._limits]
        return f"All holdings down {percent}%: loan to value ", ratio, f", {', '.join(found)}" if found else ""


def _fan(view: View, found: Slid) -> Fan:
    """Futures on an axis that stays while they move."""
    levels = [Level(limit_words(view, one), one.bound) for one in found.breaches]
    chances = [f"{_percent(one.ever.chance)} breach the {level.label} limit" for one, level in zip(found.breaches, levels, strict=True)]
    title = f"Of {found.paths:,} futures to {found.months[-1]}, " + (
        ", ".join(chances) if chances else f"the middle one ends at {found.fan[-1][2]:.0%}"
    )
    return Fan(
        title=(title,), axis="loan to value at the end of the month", months=found.months, values=found.fan, limits=levels, ends=(0.0, 1.0)
    )


def _percent(part: float) -> str:
    """Whole percent; what is not nothing and not all never reads so."""
    return "under 1%" if 0 < part < 0.005 else "over 99%" if 0.995 <= part < 1 else f"{part:.0%}"


def _part(percent: int) -> Quantity:
    return exact(percent) / exact(100) if percent else exact(0)


def _standing(limit: Quantity, ratio: Quantity) -> str:
    room = bounds(limit - ratio).interval
    if room.low is not None and room.low >= 0:
        return "within"
    return "beyond" if room.high is not None and room.high < 0 else "perhaps beyond"
