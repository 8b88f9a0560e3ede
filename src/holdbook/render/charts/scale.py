"""From figures to places on a sheet: what can be drawn of a quantity, and an axis with round steps."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import NUMBER
from holdbook.render.numbers import words

_POWERS = ((12, "tn"), (9, "bn"), (6, "m"), (3, "k"))
_MULTIPLES = ("multiple", "cover", "beta")
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEAST_RATIO = 0.01
_KEPT = 4096


class Reading(NamedTuple):
    """What can be drawn of a quantity: its ends, its printed centre, its words without the currency that the axis names."""

    low: float | None
    centre: float | None
    high: float | None
    text: str

    @property
    def base(self) -> float:
        """How far it surely reaches: its centre, else the end nearer to nothing."""
        if self.centre is not None:
            return self.centre
        if self.low is not None and self.low >= 0:
            return self.low
        return self.high if self.high is not None and self.high <= 0 else 0.0

    @property
    def ends(self) -> list[float]:
        """All that is known of it."""
        return [end for end in (self.low, self.centre, self.high) if end is not None]


@lru_cache(maxsize=_KEPT)
def reading(quantity: Quantity | None) -> Reading | None:
    """What can be drawn of a quantity, or None where nothing is known of it."""
    if quantity is None:
        return None
    known = bounds(quantity)
    value = None if known.blame else point(quantity)
    low, high = known.interval.low, known.interval.high
    currency = quantity.unit.currency
    text = words(quantity)
    return Reading(
        None if low is None else float(low), None if value is None else float(value), None if high is None else float(high),
        text.replace(f"{currency} ", "") if currency else text,
    )  # fmt: skip


class Scale(NamedTuple):
    """An axis: from `low` to `high`, drawn from `start` to `end`, with round steps and the unit in which they are written."""

    low: float
    high: float
    start: float
    end: float
    steps: tuple[float, ...]
    power: int
    unit: str
    is_ratio: bool = False

    def at(self, value: float) -> float:
        """The place of a value; beyond the ends of the axis, its end."""
        low, high, value = (math.log10(max(one, _LEAST_RATIO)) if self.is_ratio else one for one in (self.low, self.high, value))
        part = (min(max(value, low), high) - low) / ((high - low) or 1)
        return self.start + part * (self.end - self.start)

    def label(self, value: float) -> str:
        """What is written at a step."""
        if self.unit in ("%", "x"):
            number = value * 100 if self.unit == "%" else value
            return f"{number:,.10g}".replace("-", "−") + self.unit
        return f"{value / 10**self.power:,.10g}".replace("-", "−")

    def rounded(self, value: float) -> str:
        """A value as short as it can be told from its neighbours on the axis."""
        step = (self.steps[1] - self.steps[0]) / 10**self.power
        return f"{value / 10**self.power:,.{max(0, 2 - math.floor(math.log10(step)))}f}".replace("-", "−")

    @property
    def caption(self) -> str:
        """The unit of the axis: `JPY bn`."""
        return "" if self.unit in ("%", "x") else f"{self.unit} {dict(_POWERS).get(self.power, '')}".strip()


def scale(
    readings: Iterable[Reading], sample: Quantity, start: float, end: float, room: float = 70, *, is_ratio: bool = False, floor: float = 0.0
) -> Scale:
    """An axis that holds nothing and all that is known of some quantities; `room` is how far steps stand apart, at least, `floor` where it begins if it is cut."""
    values = [value for one in readings for value in one.ends]
    if is_ratio:
        return _ratio_scale(values, start, end, room)
    low, high = (floor or min([0.0, *values])), max([0.0, *values])
    step = _step((high - low) or 1.0, max(2, int(abs(end - start) / room)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    steps = tuple(step * number for number in range(first, max(last, first + 1) + 1))
    power = next((power for power, _ in _POWERS if max(abs(steps[0]), abs(steps[-1])) >= 10**power), 0)
    return Scale(steps[0], steps[-1], start, end, steps, power, unit_of(sample))


def _ratio_scale(values: list[float], start: float, end: float, room: float) -> Scale:
    positive = [value for value in values if value > 0] or [1.0]
    first, last = (
        math.floor(math.log10(max(min(positive), _LEAST_RATIO))),
        math.ceil(math.log10(max(*positive, 2 * min(positive))) - 1e-9),
    )
    every = max(1, math.ceil((last - first) * room / abs(end - start)))
    steps = tuple(10.0**power for power in range(first, last + 1, every))
    return Scale(10.0**first, 10.0**last, start, end, steps, 0, "x", is_ratio=True)


def _step(span: float, most: int) -> float:
    rough = span / most
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * one for one in _STEPS if size * one >= rough * (1 - 1e-9))


def unit_of(sample: Quantity) -> str:
    """The unit as an axis writes it: a ratio in percent, a multiple in times."""
    if sample.unit is not NUMBER:
        return str(sample.unit)
    return "x" if sample.name.replace(".", "_").endswith(_MULTIPLES) else "%"
