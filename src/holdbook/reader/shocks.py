"""The shocks of a scenario: what moves, by how much, and over how many years."""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from collections.abc import Sequence
from fractions import Fraction

from holdbook.model.entity import Entity
from holdbook.model.fact import Fact
from holdbook.model.kind import FigureKind
from holdbook.model.scenario import Driver, Shock
from holdbook.problems import Problem, nearest
from holdbook.quantity.duration import MONTHS
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import CURRENCIES
from holdbook.reader.figures import EXAMPLES, FigureError, UnfitError, figure_leaf
from holdbook.reader.folder import TextFile
from holdbook.reader.head import problem_at
from holdbook.reader.written import Listing, Mapping, Scalar, Written, spot

_PAIR = re.compile(r"([A-Z]{3})/([A-Z]{3})")
_WIDTH = FigureKind("ratio", contract=True)
_HORIZON = FigureKind("time", floor=0, contract=True)
_LONGEST = 50


def shocks_of(written: Mapping, file: TextFile, scenario: str, entities: Names[str, Fact], problems: list[Problem]) -> tuple[Shock, ...]:
    """The shocks of a scenario, whose key is `scenario`; what cannot be read is noted at its line and left out.

    A change is of the whole; with `over` it is of each year and compounds; a list is one change after another.

    Formula:  factor = product of (1 + change), each as many times as there are years
    """
    reader = _Reader(file, scenario, entities, problems)
    return tuple(shock for key, value in written.value if (shock := reader.shock(key, value)) is not None)


class _Reader:
    """Reads shocks one by one, noting what is wrong with each."""

    def __init__(self, file: TextFile, scenario: str, entities: Names[str, Fact], problems: list[Problem]) -> None:
        self._file, self._scenario, self._entities, self._problems = file, scenario, entities, problems
        self._layers = {one.layer for one in entities.values() if isinstance(one, Entity) and one.layer}
        self._seen: set[str] = set()

    def _note(self, written: Written, reason: str, found: str, expected: str, way_out: str) -> None:
        self._problems.append(problem_at(self._file, written, reason, found, expected, way_out))

    def shock(self, key: Written, value: Written) -> Shock | None:
        """One of them."""
        target = str(key.value) if isinstance(key, Scalar) else ""
        driver = self._driver(target)
        if driver is None:
            expected = "the id of an entity, a layer of entities, all, interest, or a pair such as USD/JPY"
            known = [*self._entities, *self._layers, "all", "interest"]
            self._note(key, "unknown-name", f"nothing is called {target!r}", expected, nearest(target, known))
            return None
        if target in self._seen:
            self._note(key, "duplicate-key", f"{target!r} stands twice", "once", "write a list for one change after another")
            return None
        self._seen.add(target)
        factor = self._interest(value, target) if driver == "interest" else self._factor(value, target)
        place = Place(self._file.name, *spot(value))
        return None if factor is None else Shock(driver, target, factor, place, _said(value))

    def _driver(self, target: str) -> Driver | None:
        pair = _PAIR.fullmatch(target)
        if pair is not None and pair[1] != pair[2] and {pair[1], pair[2]} <= set(CURRENCIES):
            return "pair"
        if target in self._entities:
            return "asset"
        if target in self._layers:
            return "layer"
        return target if target in ("all", "interest") else None  # type: ignore[return-value]

    def _interest(self, value: Written, target: str) -> Quantity | None:
        change = self._change(value, target, 1)
        return None if change is None else change.named("rise of interest")

    def _factor(self, value: Written, target: str) -> Quantity | None:
        steps: Sequence[Written] = value.value if isinstance(value, Listing) else (value,)
        result: Quantity | None = None
        for number, step in enumerate(steps, 1):
            years, written = self._over(step) if isinstance(step, Mapping) else (1, step)
            change = self._change(written, target if len(steps) == 1 else f"{target}.{number}", years)
            if change is None or years is None:
                return None
            for _ in range(years):
                part = exact(1) + change
                result = part if result is None else result * part
        return None if result is None else result.named(f"{target} in {self._scenario}")

    def _over(self, step: Mapping) -> tuple[int | None, Written]:
        """The whole years over which a change compounds, and the change."""
        fields = {str(key.value): value for key, value in step.value if isinstance(key, Scalar)}
        wrong = next((key for key, _ in step.value if not isinstance(key, Scalar) or key.value not in ("change", "over")), None)
        if wrong is not None:
            self._note(
                wrong,
                "unknown-field",
                f"a shock has a field {wrong.value!r}",
                "change, over",
                nearest(str(wrong.value), ("change", "over")),
            )
        if "change" not in fields:
            self._note(step, "missing-field", "a shock without change", "change must be there", "add change: -30%")
            return None, step
        return self._years(fields["over"]) if "over" in fields else 1, fields["change"]

    def _years(self, written: Written) -> int | None:
        leaf = self._leaf(written, _HORIZON, "over")
        if leaf is None or leaf.stated is None or leaf.stated.centre is None:
            return None
        months = leaf.stated.centre * MONTHS.get(leaf.unit, 0)
        if not months or months % 12 or months > 12 * _LONGEST:
            expected = f"whole years, up to {_LONGEST}"
            self._note(
                written,
                "out-of-range",
                f"{written.value} is no number of whole years",
                expected,
                "write over: 2 years, or the change of the whole",
            )
            return None
        return int(months / 12)

    def _change(self, written: Written, target: str, years: int | None) -> Quantity | None:
        leaf = None if years is None else self._leaf(written, _WIDTH, target)
        if leaf is not None and leaf.stated is not None and leaf.stated.core.low is not None and leaf.stated.core.low < Fraction(-1):
            self._note(
                written, "out-of-range", f"{written.value} is less than -100%", "a fall of at most all", "write -100%, or less of a fall"
            )
            return None
        return leaf

    def _leaf(self, written: Written, kind: FigureKind, what: str) -> Quantity | None:
        example = EXAMPLES[kind.family] if kind is _HORIZON else "a change such as -30%"
        if not isinstance(written, Scalar):
            self._note(written, "wrong-shape", "a list or a mapping", example, "write -30%, or {change: -30%, over: 2 years}")
            return None
        place = Place(self._file.name, *spot(written))
        origin = Origin(place, f"scenario {self._scenario}", words=written.value)
        try:
            return figure_leaf(written.value, kind, "", False, f"shocks.{what} (scenario {self._scenario})", origin)
        except (FigureError, UnfitError) as error:
            reason = error.reason if isinstance(error, UnfitError) else "bad-figure"
            self._note(written, reason, str(error), example, error.way_out)
            return None


def _said(written: Written) -> str:
    """A shock in the words of its file."""
    if isinstance(written, Scalar):
        return str(written.value)
    if isinstance(written, Listing):
        return ", then ".join(_said(step) for step in written.value)
    said = {str(key.value): str(value.value) for key, value in written.value}
    return f"{said.get('change', '')} a year for {said['over']}" if "over" in said else said.get("change", "")
