"""A matrix of standings: its signs are those of the table behind it, differ by their shape, and follow the measures of the layers."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from holdbook import api
from holdbook.measures.layers import layers
from holdbook.questions.standings import STANDINGS, Row, Standings
from holdbook.render.as_json import answer_json
from holdbook.render.charts.drawing import NARROW, WIDE, behind, description, svg
from holdbook.render.charts.type_size import width_of
from holdbook.timeline.view import View

EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
WIDTHS = (WIDE, NARROW)
BEFORE = date(2025, 9, 30)


def drawn(chart: Standings, width: float = WIDE) -> ET.Element:
    return ET.fromstring(svg(chart, "x", width))  # noqa: S314 - our own drawing


def found(*against: date) -> Standings:
    chart = api.ask(api.read("softbank"), "links", against=[api.Against(day=day) for day in against]).charts["layers"]
    assert isinstance(chart, Standings)
    return chart


def shapes(sheet: ET.Element) -> list[str]:
    """The signs, by their shape alone; those of the key first."""
    told = {"circle": "circle", "rect": "square"}
    signs = [one for one in sheet.iter() if one.tag in told or (one.tag == "path" and "sign" in one.get("class", ""))]
    return [
        told.get(one.tag, "")
        + (" open" if "sign" in one.get("class", "") and one.tag == "circle" else "")
        + ("" if one.tag in told else "triangle" if one.attrib["d"].endswith("Z") else "stroke")
        for one in signs
    ]


SHAPES = {
    "held": ["circle"],
    "in partnership": ["square"],
    "to be held": ["circle open"],
    "held no more": ["stroke", "stroke"],
    "depended on": ["triangle"],
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("against", [(), (BEFORE,)])
def test_the_signs_are_those_of_the_table_and_differ_without_colour(against: tuple[date, ...], width: float) -> None:
    chart = found(*against)
    table = behind(chart)
    assert table[0][:2] == ["layer", "who"]
    wanted = [shape for name in STANDINGS for shape in SHAPES[name]]
    for row in table[1:]:
        wanted += [shape for cell in row[2:] if cell for word in cell.split(", ") for shape in SHAPES[word]]
    assert shapes(drawn(chart, width)) == wanted
    assert all(row[1] in description(chart) for row in table[1:])


def test_it_is_what_the_layers_of_each_day_say() -> None:
    chart = found(BEFORE)
    opened = api.read("softbank")
    views = [View(opened.book, BEFORE), View(opened.book)]
    assert chart.columns == tuple(str(view.day) for view in views)
    for place, view in enumerate(views):
        for layer in layers(view):
            for word, nodes in (("held", layer.held), ("in partnership", layer.partner), ("held no more", layer.former)):
                shown = {row.label for row in chart.rows if row.group == layer.name and word in row.cells[place]}
                assert shown == {view.book.name_of(node) for node in nodes}


def test_its_title_says_what_changed() -> None:
    assert "".join(map(str, found(BEFORE).title)).startswith("Nvidia: held then, held no more and depended on now")
    assert "".join(map(str, found().title)) == "SoftBank Group holds something in 5 of 7 layers"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("days", [1, 2, 3])
def test_hostile_names_stay_words_within_the_sheet_and_stand_whole(days: int, width: float) -> None:
    rows = [Row(EVIL, EVIL, (STANDINGS,) * days), Row("", "", ((),) * days)]
    sheet = drawn(Standings(title=(EVIL,), axis=EVIL, columns=(EVIL,) * days, rows=rows, note=EVIL), width)
    assert {one.tag for one in sheet.iter()} <= {"svg", "title", "desc", "rect", "circle", "path", "text"}
    whole = EVIL.replace("\x07", "")
    assert sum((text.findtext("title") or "") in (whole, EVIL) for text in sheet.iter("text")) >= 2
    for text in sheet.iter("text"):
        shown = "".join(text.itertext()).removeprefix(text.findtext("title") or "")
        assert float(text.attrib["x"]) + width_of(shown, 11 if "small" in text.get("class", "") else 12) / 1.06 <= width + 1


def test_json_tells_the_standings() -> None:
    out = answer_json(api.ask(api.read("softbank"), "links", against=[api.Against(day=BEFORE)])).charts["layers"]
    nvidia = next(mark for mark in out.marks if mark.label == "Nvidia")
    assert (nvidia.group, nvidia.stands) == ("chips", [["held"], ["held no more", "depended on"]])
