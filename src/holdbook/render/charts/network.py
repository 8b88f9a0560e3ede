"""A network: boxes in tiers, and ties told apart by their stroke, their words and their colour. On a narrow sheet it is a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from holdbook.questions.network import Box, Edge, Network
from holdbook.render.charts.canvas import SIZE, SMALL, Canvas, Point
from holdbook.render.charts.layered import Layout, laid_out
from holdbook.render.charts.type_size import lines_of, width_of
from holdbook.render.numbers import words

_NARROW = 480
_HIGH, _LEAD, _TOP = 48.0, 13.0, 30.0
_FAMILIES = {"holding": "holds", "dependency": "depends", "finance": "finances", "rivalry": "competes"}
_GAPS = (120.0, 170.0, 240.0)
_LONGEST = 190.0
_DEEPER = 20.0  # of a line that hangs around another: room for words between them
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
Curve = list[tuple[Point, Point, Point, Point]]


class Area(NamedTuple):
    """A rectangle that a text or a box takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether two share a point, or nearly."""
        return self.left < other.right + 2 and other.left < self.right + 2 and self.top < other.bottom and other.top < self.bottom


class _Drawn(NamedTuple):
    """A tie with its line, and the place of its words, if it has any of its own."""

    edge: Edge
    curve: Curve
    place: Point | None


def network(chart: Network, canvas: Canvas) -> float:
    """Draw the boxes and the ties between them; returns the height."""
    if canvas.width < _NARROW:
        return _listed(chart, canvas)
    rows = [[box.key for box in chart.boxes if box.tier == tier] for tier in sorted({box.tier for box in chart.boxes})]
    layout = laid_out(rows, [(edge.start, edge.end) for edge in chart.edges], canvas.width)
    for gap in _GAPS:
        areas = _areas(rows, layout, gap)
        drawn = _placed(chart, layout, areas, canvas.width)
        if all(one.place is not None or not _has_words(one.edge, chart) for one in drawn):
            break
    _key(canvas)
    for one in drawn:
        _line(canvas, one)
    for one in drawn:
        if one.place is not None:
            area = _words_at(one.edge, one.place)
            canvas.box(area.left, area.top, area.right, area.bottom - area.top, "ground")
            canvas.text(one.place[0], one.place[1] + 4, told(one.edge), "small", "middle", room=_LONGEST)
    for box in chart.boxes:
        _box(canvas, box, areas[box.key])
    return max([area.bottom for area in areas.values()] + [y for one in drawn for piece in one.curve for _, y in piece]) + 8


def _key(canvas: Canvas) -> None:
    x = 0.0
    for family, name in _FAMILIES.items():
        canvas.line(x, 7.5, x + 30, 7.5, f"tie {family}")
        canvas.text(x + 36, 11.5, name, "small")
        x += 36 + width_of(name, SMALL) + 18


def _areas(rows: Sequence[Sequence[str]], layout: Layout, gap: float) -> dict[str, Area]:
    """Where each box stands."""
    found: dict[str, Area] = {}
    for number, (row, wide) in enumerate(zip(rows, layout.wide, strict=True)):
        top = _TOP + number * (_HIGH + gap)
        found |= {key: Area(layout.middle[key] - wide / 2, top, layout.middle[key] + wide / 2, top + _HIGH) for key in row}
    return found


def _has_words(edge: Edge, chart: Network) -> bool:
    """Whether a line carries words: what the company itself holds says so in its box."""
    return edge.family != "holding" or edge.start != chart.boxes[0].key


def _placed(chart: Network, layout: Layout, areas: dict[str, Area], width: float) -> list[_Drawn]:
    """The lines with their words, each where it meets no box and no other words."""
    curves = _curves(chart.edges, layout, areas)
    taken, found = list(areas.values()), []
    for edge, curve in sorted(zip(chart.edges, curves, strict=True), key=lambda pair: -width_of(told(pair[0]), SMALL)):
        place = None
        if _has_words(edge, chart):
            for spot in _along(curve):
                area = _words_at(edge, spot)
                if area.left >= 0 and area.right <= width and not any(area.meets(other) for other in taken):
                    place = spot
                    taken.append(area)
                    break
        found.append(_Drawn(edge, curve, place))
    return found


def _words_at(edge: Edge, place: Point) -> Area:
    """What the words of a tie take, their middle being there."""
    half = min(width_of(told(edge), SMALL), _LONGEST) / 2
    return Area(place[0] - half, place[1] - 7, place[0] + half, place[1] + 7)


def _curves(edges: Sequence[Edge], layout: Layout, areas: dict[str, Area]) -> list[Curve]:
    """A line for each tie, from its upper box to its lower one; ties of one row hang below it."""
    ports = _ports(layout, areas)
    found = []
    hanging = [(upper.top, *sorted(ends)) for upper, lower, ends in _ends_of(layout, areas, ports) if upper.top == lower.top]
    for number, chain in enumerate(layout.chains):
        first, last = ports[number]
        upper, lower = areas[str(chain[0])], areas[str(chain[-1])]
        if upper.top == lower.top:
            within = sum(top == upper.top and min(first, last) < left and right < max(first, last) for top, left, right in hanging)
            deep = upper.bottom + 22 + min(abs(first - last) * 0.12, 50) + _DEEPER * within
            found.append([((first, upper.bottom), (first, deep), (last, deep), (last, lower.bottom))])
        else:
            found.append(list(_down(first, last, [layout.middle[cell] for cell in chain[1:-1]], upper, lower)))
    return [
        curve if edge.start == layout.chains[number][0] else _back(curve)
        for number, (edge, curve) in enumerate(zip(edges, found, strict=True))
    ]


def _ends_of(layout: Layout, areas: dict[str, Area], ports: Sequence[Point]) -> Iterator[tuple[Area, Area, Point]]:
    """Of each line its two boxes and where it leaves them."""
    for chain, ends in zip(layout.chains, ports, strict=True):
        yield areas[str(chain[0])], areas[str(chain[-1])], ends


def _down(first: float, last: float, lanes: Sequence[float], upper: Area, lower: Area) -> Iterator[tuple[Point, Point, Point, Point]]:
    """From row to row, and straight through the rows between."""
    stops = [first, *lanes, last]
    step = (lower.top - upper.top) / (len(stops) - 1)
    for number, (x, to_x) in enumerate(pairwise(stops)):
        y, to_y = upper.bottom + number * step, upper.top + (number + 1) * step
        middle = (y + to_y) / 2
        yield (x, y), (x, middle), (to_x, middle), (to_x, to_y)
        if number < len(stops) - 2:
            below = to_y + _HIGH
            yield (to_x, to_y), (to_x, to_y), (to_x, below), (to_x, below)


def _back(curve: Curve) -> Curve:
    """The same line from its end to its start."""
    return [tuple(reversed(piece)) for piece in reversed(curve)]  # type: ignore[misc]


def _ports(layout: Layout, areas: dict[str, Area]) -> list[tuple[float, float]]:
    """Where each line leaves its boxes: spread over their edge, in the order of where it goes.

    A line that hangs between two boxes of a row leaves the one and reaches the other at the sides that face each other, a longer one outside
    of a shorter: so it crosses none of their own.
    """
    wanted: dict[tuple[str, str], list[tuple[int, float, int, int, int]]] = {}
    for number, chain in enumerate(layout.chains):
        upper, lower = str(chain[0]), str(chain[-1])
        level = areas[upper].top == areas[lower].top
        for end, (key, other) in enumerate(((upper, chain[1]), (lower, chain[-2]))):
            x, edge = layout.middle[other], "above" if end and not level else "below"
            side = 0 if not level else 1 if x > layout.middle[key] else -1
            way = (side, -x if side else x, -number if side < 0 else number)
            wanted.setdefault((key, edge), []).append((*way, number, end))
    found = [[0.0, 0.0] for _ in layout.chains]
    for (key, _), some in wanted.items():
        area = areas[key]
        for place, (*_, number, end) in enumerate(sorted(some), 1):
            found[number][end] = area.left + (area.right - area.left) * place / (len(some) + 1)
    return [(first, last) for first, last in found]


def _along(curve: Curve) -> Iterator[Point]:
    """Points of a line in the order in which words like to stand there; none of them within a row."""
    pieces = [piece for piece in curve if piece[0] != piece[1]]
    for place in _PLACES:
        for piece in pieces:
            rest = 1 - place
            parts = (rest**3, 3 * rest**2 * place, 3 * rest * place**2, place**3)
            x, y = (sum(part * point[axis] for part, point in zip(parts, piece, strict=True)) for axis in (0, 1))
            yield x, y


def told(edge: Edge) -> str:
    """What an edge says."""
    return edge.words + (" (to come)" if edge.to_come else "")


def _line(canvas: Canvas, one: _Drawn) -> None:
    """A tie, thicker where it closes a circle, with an arrow at its end; rivals have none."""
    look = f"tie {one.edge.family}" + (" closes" if one.edge.closes else "")
    canvas.curve(one.curve, look)
    if one.edge.family != "rivalry":
        (x, y), (_, from_y) = one.curve[-1][3], one.curve[-1][2]
        away = -8 if from_y < y else 8
        canvas.path([(x - 4, y + away), (x, y), (x + 4, y + away)], f"tip {one.edge.family}", closed=True)


def _box(canvas: Canvas, box: Box, area: Area) -> None:
    """A box with its name and what it is, a link where something stands behind it."""
    room = area.right - area.left - 12
    middle = (area.left + area.right) / 2
    names = lines_of(box.label, room, SIZE)
    top = area.top + (_HIGH - _LEAD * (len(names) + 1)) / 2 + 10
    with canvas.opening(box.figure, f"{box.label}: {said(box)}"):
        canvas.box(area.left, area.top, area.right, _HIGH, f"node {_look(box)}")
        for number, name in enumerate(names):
            canvas.text(middle, top + number * _LEAD, name, "", "middle", whole=box.label if " ".join(names) != box.label else "")
        canvas.text(middle, top + len(names) * _LEAD, said(box), "small", "middle", room=room)


def _look(box: Box) -> str:
    if box.tier == 0:
        return "head"
    return {"held": "own", "held through others": "own", "to be held": "coming", "held no more": "gone"}.get(box.standing, "other")


def said(box: Box) -> str:
    """What a box says of its entity: `held, 87.1%`."""
    return box.standing if box.part is None else f"{box.standing}, {words(box.part)}"


def _listed(chart: Network, canvas: Canvas) -> float:
    """A list: each entity with the ties that begin at it."""
    names = {box.key: box.label for box in chart.boxes}
    y = 14.0
    for box in chart.boxes:
        with canvas.opening(box.figure, f"{box.label}: {said(box)}"):
            canvas.box(0, y - 12, canvas.width, 32, f"node {_look(box)}")
            canvas.text(8, y + 1, box.label, "", room=canvas.width - 16)
            canvas.text(8, y + 14, said(box), "small", room=canvas.width - 16)
        y += 38
        for edge in (one for one in chart.edges if one.start == box.key and _has_words(one, chart)):
            canvas.line(8, y - 4, 34, y - 4, f"tie {edge.family}" + (" closes" if edge.closes else ""))
            canvas.text(40, y, f"{told(edge)} {names[edge.end]}", "small", room=canvas.width - 40)
            y += 17
        y += 8
    return y


def tell(chart: Network) -> str:
    """It in words: what each entity is."""
    return "; ".join(f"{box.label}: {said(box)}" for box in chart.boxes)


def rows_of(chart: Network) -> list[list[str]]:
    """The ties, one a row, their head first."""
    boxes = {box.key: box for box in chart.boxes}
    ties = [
        [boxes[edge.start].label, told(edge), boxes[edge.end].label, said(boxes[edge.end]), "yes" if edge.closes else ""]
        for edge in chart.edges
    ]
    return [["who", "does what", "to whom", "who is", "closes a circle"], *ties]
