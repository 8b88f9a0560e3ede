"""The slider: all holdings fall, and net asset value and loan to value follow against the limits."""

from __future__ import annotations

from typing import Any

from holdbook import api
from holdbook.dashboard.look import Look
from holdbook.measures.fall import all_fall
from holdbook.measures.headroom import headroom
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, exact
from holdbook.questions.chart import Chart, Limit, Mark
from holdbook.render.numbers import with_bounds, words
from holdbook.render.section import key_of, picture, piece
from holdbook.timeline.shocks import struck
from holdbook.timeline.view import View
from holdbook.valuation.value import last_table

DEEPEST = 70
_FIGURES = ("Holdings", "Net asset value", "Loan to value")


class Falls:
    """Every fall of all holdings from nothing to the deepest, for one look; where the day has no figures, on the last published table.

    Fields:
        view: the day it is tried on.
        known: whether the book has holdings and debt to try it on.
    """

    def __init__(self, opened: api.OpenBook, look: Look) -> None:
        bare = View(opened.book, look.day, look.known_on)
        view = View(struck(opened.book, bare.day), bare.day, bare.known_on)
        last = last_table(view)
        if all_fall(view, exact(0)) is None and last is not None and last.day is not None:
            view = view.on(last.day.last)
        self.view = view
        found = [all_fall(view, _part(percent)) for percent in range(DEEPEST + 1)]
        self._fallen = [one for one in found if one is not None]
        self.known = len(self._fallen) == len(found)
        self._limits = [(one.policy.when or one.policy.id, one.limit) for one in headroom(view)] if self.known else []

    def quantities(self) -> dict[str, Quantity]:
        """Every figure at every fall, by its key."""
        return {key_of(one): one for fallen in self._fallen for one in fallen if one is not None}

    def at(self, percent: int) -> dict[str, Any]:
        """What the page shows at a fall: figures, a finding, a chart."""
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
            "chart": picture("stress", self._chart(percent)),
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


def _part(percent: int) -> Quantity:
    return exact(percent) / exact(100) if percent else exact(0)


def _standing(limit: Quantity, ratio: Quantity) -> str:
    room = bounds(limit - ratio).interval
    if room.low is not None and room.low >= 0:
        return "within"
    return "beyond" if room.high is not None and room.high < 0 else "perhaps beyond"
