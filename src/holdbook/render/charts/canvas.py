"""A sheet of SVG: shapes with classes for their colours, every text escaped, a name and a description for who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

from holdbook.quantity.quantity import Quantity
from holdbook.render.charts.type_size import cut

SIZE, SMALL = 12.0, 11.0
PATTERNS = 6
Point = tuple[float, float]
_UNDER = ("grid", "zero", "limit")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HATCHES = (
    "",
    '<path class="lines" d="M-1 1 1 -1M0 6 6 0M5 7 7 5"/>',
    '<circle class="dots" cx="3" cy="3" r="1.3"/>',
    '<path class="lines" d="M3 0V6"/>',
    '<path class="lines" d="M0 3H6M3 0V6"/>',
    '<path class="lines" d="M-1 5 1 7M0 0 6 6M5 -1 7 1"/>',
)


def clean(text: str) -> str:
    """A text of a book as it may stand in markup."""
    return escape(_CONTROL.sub("", text))


class Canvas:
    """Shapes on a sheet of a width; its height is set when it is closed.

    Fields:
        name: what makes the ids of this sheet its own on a page.
        width: in pixels at which a text of 12 is 12 pixels high.
        table: the id of the table behind it on the page; without one nothing in it is a link.
    """

    def __init__(self, name: str, width: float, table: str = "") -> None:
        self.name, self.width, self.table = name, width, table
        self._under: list[str] = []
        self._shapes: list[str] = []
        self._used: set[int] = set()
        self._opens = False

    def text(
        self, x: float, y: float, words: str, look: str = "", anchor: str = "start", room: float | None = None, whole: str = ""
    ) -> None:
        """Words with their baseline at y; what `room` has no place for is cut. What was cut of `whole`, or of the words, stands in a title."""
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        shown = words if room is None else cut(words, room, SMALL if "small" in look else SIZE)
        title = "" if shown == (whole or words) else f"<title>{clean(whole or words)}</title>"
        self._shapes.append(f'<text x="{_n(x)}" y="{_n(y)}"{_class(look)}{side}>{title}{clean(shown)}</text>')

    def line(self, x: float, y: float, to_x: float, to_y: float, look: str) -> None:
        """A straight line; those of the axis and its limits lie under all else."""
        (self._under if look in _UNDER else self._shapes).append(f'<path d="M{_n(x)} {_n(y)}L{_n(to_x)} {_n(to_y)}"{_class(look)}/>')

    def path(self, points: list[tuple[float, float]], look: str, *, closed: bool = False) -> None:
        """A line through points, or the area within them."""
        d = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + ("Z" if closed else "")
        self._shapes.append(f'<path d="{d}"{_class(look)}/>')

    def curve(self, pieces: Sequence[tuple[Point, Point, Point, Point]], look: str) -> None:
        """A line of cubic curves, each of a start, two points that draw it, and an end."""
        (x, y), steps = pieces[0][0], (f"C{' '.join(f'{_n(x)} {_n(y)}' for x, y in piece[1:])}" for piece in pieces)
        self._shapes.append(f'<path d="M{_n(x)} {_n(y)}{"".join(steps)}"{_class(look)}/>')

    @contextmanager
    def opening(self, quantity: Quantity | None, name: str) -> Iterator[None]:
        """What is drawn within opens the derivation of a quantity where a page can, and leads to the table behind the chart elsewhere."""
        if quantity is None or not self.table:
            yield
            return
        self._opens = True
        self._shapes.append(f'<a href="#{self.table}" data-figure="{quantity.digest.hex()}" aria-label="{clean(name)}">')
        yield
        self._shapes.append("</a>")

    def box(self, x: float, y: float, to_x: float, height: float, look: str) -> None:
        """An upright box between two x, in whichever order."""
        left, wide = min(x, to_x), abs(to_x - x)
        self._shapes.append(f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(max(wide, 0.75))}" height="{_n(height)}"{_class(look)}/>')

    def filled(self, x: float, y: float, to_x: float, height: float, series: int) -> None:
        """A box in the colour and the pattern of a series: the pattern tells it apart in black and white."""
        number = series % PATTERNS
        left, wide = min(x, to_x), abs(to_x - x)
        look = f' fill="url(#{self.name}-p{number})"' if number else _class("s0")
        self._used.add(number)
        self._shapes.append(f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(max(wide, 0.75))}" height="{_n(height)}"{look}/>')

    def dot(self, x: float, y: float, radius: float, look: str) -> None:
        """A dot."""
        self._shapes.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_class(look)}/>')

    def whisker(self, x: float, to_x: float, y: float) -> None:
        """The interval in which a value lies, with a stroke at each end."""
        low, high = sorted((x, to_x))
        d = f"M{_n(low)} {_n(y)}H{_n(high)}M{_n(low)} {_n(y - 3)}V{_n(y + 3)}M{_n(high)} {_n(y - 3)}V{_n(y + 3)}"
        self._shapes.append(f'<path d="{d}" class="whisker"/>')

    def closed(self, height: float, title: str, description: str) -> str:
        """The sheet as SVG."""
        name, used = self.name, sorted(self._used - {0})
        patterns = "".join(
            f'<pattern id="{name}-p{one}" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="s{one}" width="6" height="6"/>{_HATCHES[one]}</pattern>'
            for one in used
        )
        defs = f"<defs>{patterns}</defs>" if patterns else ""
        return (
            f'<svg viewBox="0 0 {_n(self.width)} {_n(height)}" role="{"group" if self._opens else "img"}" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{clean(title)}</title><desc id="{name}-d">{clean(description)}</desc>{defs}{"".join(self._under + self._shapes)}</svg>'
        )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _class(look: str) -> str:
    return f' class="{look}"' if look else ""
