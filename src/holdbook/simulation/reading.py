"""How a figure of a book becomes one number: as printed, else at the careful end of what it can be, and then it is said."""

from __future__ import annotations

from fractions import Fraction

from holdbook.funding.line import Line
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity


class Reading:
    """Reads figures, and keeps a sentence about each that is not printed as one number."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def __call__(self, quantity: Quantity, *, careful_is_high: bool) -> float:
        """The figure as printed; else its high or its low end, whichever is careful, and nothing where there is none."""
        value = point(quantity)
        if value is None:
            value = careful(quantity, is_high=careful_is_high)
            self._say(f"{quantity.title} is known between two ends; the careful one is taken.")
        return float(value or 0)

    def ends(self, line: Line, *, careful_is_high: bool) -> bool:
        """Whether a line can be read at all; one that may be any amount is left out, and it is said."""
        if point(line.amount) is not None or careful(line.amount, is_high=careful_is_high) is not None:
            return True
        self._say(f"{line.what} may be any amount; it is left out.")
        return False

    def _say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)


def careful(quantity: Quantity, *, is_high: bool) -> Fraction | None:
    """One end of what a figure can be; None where it has none."""
    low, high = bounds(quantity).interval[:2]
    return high if is_high else low
