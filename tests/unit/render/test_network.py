"""A network: what is drawn are the ties of the table behind it, boxes and words do not meet, and names stay words."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from holdbook import api
from holdbook.quantity.quantity import unknown
from holdbook.questions.links_network import ranked_ends
from holdbook.questions.network import Box, Edge, Network
from holdbook.render.as_json import answer_json
from holdbook.render.charts.drawing import BROAD, NARROW, behind, description, svg
from holdbook.render.charts.layered import laid_out
from holdbook.render.charts.network import told
from holdbook.render.charts.type_size import width_of
from holdbook.render.page import TEMPLATES
from holdbook.render.section import key_of, quantities_of
from holdbook.timeline.view import View

EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
BOOKS = ("article", "softbank")
WIDTHS = (BROAD, NARROW)
Area = tuple[float, float, float, float]


def drawn(chart: Network, width: float = BROAD) -> ET.Element:
    return ET.fromstring(svg(chart, "x", width, "table"))  # noqa: S314 - our own drawing


@pytest.fixture(scope="module", params=BOOKS)
def found(request: pytest.FixtureRequest) -> Network:
    return network_of(request.param)


def network_of(name: str) -> Network:
    chart = api.ask(api.read(name), "links").charts["network"]
    assert isinstance(chart, Network)
    return chart


def shown(text: ET.Element) -> str:
    return "".join(text.itertext()).removeprefix(text.findtext("title") or "")


def area(text: ET.Element) -> Area:
    room = width_of(shown(text), 11 if "small" in text.get("class", "") else 12) / 1.06
    left = float(text.attrib["x"]) - room * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    y = float(text.attrib["y"])
    return left, y - 9, left + room, y + 2


def box_area(rect: ET.Element) -> Area:
    x, y, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + wide, y + high


def meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def boxes(sheet: ET.Element) -> list[Area]:
    return [box_area(one) for one in sheet.iter("rect") if "node" in one.get("class", "")]


@pytest.mark.parametrize("width", WIDTHS)
def test_words_and_boxes_do_not_meet_and_stay_on_the_sheet(found: Network, width: float) -> None:
    sheet = drawn(found, width)
    texts = list(sheet.iter("text"))
    for one, other in combinations(texts, 2):
        assert not meet(area(one), area(other)), (shown(one), shown(other))
    for one_box, other_box in combinations(boxes(sheet), 2):
        assert not meet(one_box, other_box)
    high = float(sheet.attrib["viewBox"].split()[3])
    assert all(left >= -1 and right <= width + 1 and top >= 0 and bottom <= high for left, top, right, bottom in map(area, texts))
    assert all(left >= -1 and right <= width + 1 and bottom <= high for left, _, right, bottom in boxes(sheet))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_box_and_every_tie_is_drawn_and_stands_in_the_table(found: Network, width: float) -> None:
    sheet = drawn(found, width)
    texts = [text.findtext("title") or shown(text) for text in sheet.iter("text")]
    assert len(boxes(sheet)) == len(found.boxes) <= 25
    table = behind(found)
    assert len(table) == len(found.edges) + 1
    names = {box.key: box.label for box in found.boxes}
    for edge, row in zip(found.edges, table[1:], strict=True):
        assert row[:3] == [names[edge.start], told(edge), names[edge.end]]
        if edge.family != "holding" or edge.start != found.boxes[0].key:
            assert told(edge) in texts or f"{told(edge)} {names[edge.end]}" in texts
    if width == BROAD:
        ties = [one for one in sheet.iter("path") if one.get("class", "").startswith("tie ") and "C" in one.attrib["d"]]
        assert len(ties) == len(found.edges)
    assert all(box.label in description(found) for box in found.boxes)


def test_a_line_begins_at_one_box_and_ends_at_the_other(found: Network) -> None:
    sheet = drawn(found)
    edges = boxes(sheet)
    lines = [tie for tie in sheet.iter("path") if tie.get("class", "").startswith("tie ") and "C" in tie.attrib["d"]]
    assert len(lines) == len(found.edges)
    for tie in lines:
        points = tie.attrib["d"].strip("M").replace("C", " ").split()
        for x, y in ((points[0], points[1]), (points[-2], points[-1])):
            near = [box for box in edges if box[0] <= float(x) <= box[2] and min(abs(float(y) - box[1]), abs(float(y) - box[3])) < 0.2]
            assert len(near) == 1


def test_families_differ_by_their_dashes() -> None:
    """Without colour too: the style sheet gives each family a stroke of its own."""
    style = Path(TEMPLATES, "chart.css").read_text(encoding="utf-8")
    dashes = {
        name: re.findall(rf"svg \.{name} {{[^}}]*?stroke-dasharray: ([^;}}]*)", style)
        for name in ("holding", "dependency", "finance", "rivalry")
    }
    assert dashes["holding"] == []
    assert len({tuple(one) for one in dashes.values()}) == 4


@pytest.mark.parametrize("name", BOOKS)
def test_it_shows_the_ways_that_the_answer_names_and_says_what_it_leaves_out(name: str) -> None:
    opened = api.read(name)
    answer = api.ask(opened, "links")
    chart = answer.charts["network"]
    assert isinstance(chart, Network)
    view = View(opened.book)
    labels = {box.label for box in chart.boxes}
    for row in answer.tables["paths"].rows:
        if row[0] == view.book.name_of(ranked_ends(view)[0]):
            assert {str(row[0]), str(row[1]) or view.book.name_of(view.company)} <= labels
    left = [name for node in ranked_ends(view) if (name := view.book.name_of(node)) not in labels]
    assert all(name in chart.note for name in left[:5])
    assert len(left) <= 5 or f" and {len(left) - 5} more." in chart.note
    assert "3 ways lead there" in "".join(map(str, chart.title))
    assert "Nvidia is held no more" in "".join(map(str, chart.title))


def test_circles_are_closed(found: Network) -> None:
    """The ties that close a circle leave no end loose: each entity on one has two of them."""
    ends = [
        end
        for edge in {frozenset((one.start, one.end)): one for one in found.edges if one.closes}.values()
        for end in (edge.start, edge.end)
    ]
    assert ends
    assert all(ends.count(end) >= 2 for end in ends)
    assert {found.boxes[0].key, "nvidia", "arm"} <= set(ends)


def test_a_box_opens_what_stands_behind_it() -> None:
    answer = api.ask(api.read("softbank"), "links")
    chart = answer.charts["network"]
    assert isinstance(chart, Network)
    known = quantities_of(answer)
    links = list(drawn(chart).iter("a"))
    assert {one.attrib["href"] for one in links} == {"#table"}
    assert [one.attrib["data-figure"] for one in links] == [key_of(box.figure) for box in chart.boxes if box.figure is not None]
    assert all(one.attrib["data-figure"] in known for one in links)
    assert drawn(chart).attrib["role"] == "group"
    assert "<a " not in svg(chart, "x")


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_stay_words_are_cut_and_stand_whole(width: float) -> None:
    some = [
        Box("a", EVIL, 0, EVIL),
        *(Box(f"b{number}", EVIL, 1, "held", figure=unknown(EVIL)) for number in range(8)),
        Box("c", EVIL, 3, EVIL),
    ]
    ties = [Edge("a", f"b{number}", "finance", EVIL, to_come=True) for number in range(8)] + [
        Edge("b0", "c", "dependency", EVIL),
        Edge("c", "a", "rivalry", EVIL),
    ]
    sheet = drawn(Network(title=(EVIL,), axis=EVIL, boxes=some, edges=ties, note=EVIL), width)
    assert {one.tag for one in sheet.iter()} <= {"svg", "a", "title", "desc", "rect", "path", "text"}
    whole = EVIL.replace("\x07", "")
    assert sum(whole in (text.findtext("title") or "") for text in sheet.iter("text")) >= 20
    assert all(left >= -1 and right <= width + 1 for left, _, right, _ in map(area, sheet.iter("text")))


def points_of(tie: ET.Element) -> list[tuple[float, float]]:
    """A drawn line as 16 straight steps for each of its curves."""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", tie.attrib["d"])]
    spots = list(zip(numbers[::2], numbers[1::2], strict=True))
    found = spots[:1]
    for first in range(0, len(spots) - 1, 3):
        piece = spots[first : first + 4]
        for t in (step / 16 for step in range(1, 17)):
            parts = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
            found.append((sum(p * x for p, (x, _) in zip(parts, piece, strict=True)), sum(p * y for p, (_, y) in zip(parts, piece, strict=True))))  # fmt: skip
    return found


def cross(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> int:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return sum(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0 for a, b in pairwise(one) for c, d in pairwise(other)
    )


@pytest.mark.parametrize(("name", "most"), [("article", 12), ("softbank", 17)])
def test_lines_cross_no_more_than_they_did(name: str, most: int) -> None:
    """Without sifting, and with lines within a row leaving anywhere, they cross 15 and 23 times."""
    ties = [one for one in drawn(network_of(name)).iter("path") if one.get("class", "").startswith("tie ") and "C" in one.attrib["d"]]
    lines = list(map(points_of, ties))
    assert sum(cross(one, other) for one, other in combinations(lines, 2)) <= most


def test_lines_within_a_row_leave_at_the_sides_that_face_each_other_the_longer_outside() -> None:
    boxes_ = [Box("top", "top", 0, ""), *(Box(key, key, 1, "") for key in "abc"), *(Box(key, key, 2, "") for key in "xyz")]
    ends = [("a", "c"), ("a", "b"), ("a", "b"), *((upper, lower) for upper in "ac" for lower in "xz")]
    sheet = drawn(Network(title=("t",), axis="", boxes=boxes_, edges=[Edge(*pair, "dependency", "") for pair in ends], note=""))
    lines = [points_of(one) for one in sheet.iter("path") if one.get("class", "").startswith("tie ") and "C" in one.attrib["d"]]
    assert [cross(one, other) for one, other in combinations(lines[:3], 2)] == [0, 0, 0]
    facing = sorted((lines[0][0][0], lines[0][-1][0]))
    own = [sorted(one[0][0] for one in lines[first : first + 2]) for first in (3, 5)]  # what goes down from a, and from c
    assert min(own)[-1] < facing[0] < facing[1] < max(own)[0]


def test_sifting_finds_the_order_that_sweeps_alone_miss_and_the_same_one_each_time() -> None:
    """Sweeps alone leave 6 crossings; of all orders of both rows none has fewer than 3, by trying each."""
    rows = ["abcde", "vwxyz"]
    lines = [(pair[0], pair[1]) for pair in ["ay", "ay", "bv", "bv", "ew", "bw", "av", "bw", "ey"]]
    layout = laid_out(rows, lines, 1100)
    assert layout == laid_out(rows, lines, 1100)
    ends = [(layout.middle[upper], layout.middle[lower]) for upper, lower in lines]
    assert sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(ends, 2)) == 3


def test_lines_pass_no_box_of_a_row_between() -> None:
    rows = [["a"], ["b", "c", "d"], ["e", "f"]]
    layout = laid_out(rows, [("a", "e"), ("a", "f"), ("b", "f"), ("d", "e"), ("c", "a")], 700)
    assert [len(chain) for chain in layout.chains] == [3, 3, 2, 2, 2]
    for cell, middle in layout.middle.items():
        if isinstance(cell, tuple):
            assert all(abs(middle - layout.middle[box]) >= layout.wide[cell[1]] / 2 for box in rows[cell[1]])


def test_json_tells_the_ties() -> None:
    out = answer_json(api.ask(api.read("softbank"), "links")).charts["network"]
    assert out.kind == "network"
    assert ("ARM Holdings", "licenses to", "Nvidia", True) in [(tie.who, tie.does, tie.to, tie.closes) for tie in out.ties]


def test_a_book_without_dependencies_has_none() -> None:
    assert "network" not in api.ask(api.read("tiny"), "links").charts
