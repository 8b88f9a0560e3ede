"""A fan: what is drawn is what was counted, its axis can be held still, and its names stay words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import NUMBER, UNIT, Unit
from holdbook.questions.answer import Answer
from holdbook.questions.fan import Fan, Level
from holdbook.render.as_json import answer_json, encode, schema
from holdbook.render.charts.drawing import BROAD, NARROW, WIDE, behind, description, svg
from holdbook.render.charts.type_size import width_of
from holdbook.render.page import TEMPLATES, environment
from holdbook.render.section import picture

EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
TRILLION = 1e12


def ratios(by: float = 0.0) -> list[list[float]]:
    return [[0.20 + by + (part - 2) * 0.01 * (month + 1) / 2 for part in range(5)] for month in range(12)]


def fan(values: Sequence[Sequence[float]], unit: Unit = NUMBER, limits: Sequence[Level] = (), **more: Any) -> Fan:
    return Fan(title=("found",), axis="measured", months=MONTHS[: len(values)], values=values, unit=unit, limits=limits, **more)


def drawn(found: Fan, width: float = BROAD) -> ET.Element:
    return ET.fromstring(svg(found, "x", width))  # noqa: S314 - our own drawing


def points(sheet: ET.Element, look: str) -> list[tuple[float, float]]:
    """The points of the last path of a look."""
    path = [one.attrib["d"] for one in sheet.iter("path") if one.get("class") == look][-1]
    pairs = [pair.split() for pair in path.strip("MZ").split("L")]
    return [(float(x), float(y)) for x, y in pairs]


def levels(sheet: ET.Element) -> dict[str, float]:
    """The height of each step of the axis, by what is written at it."""
    return {one.text or "": float(one.attrib["y"]) - 4 for one in sheet.iter("text") if one.get("text-anchor") == "end"}


@pytest.mark.parametrize("width", [BROAD, WIDE, NARROW])
def test_bands_lie_where_the_axis_says_that_the_values_are(width: float) -> None:
    found = fan(ratios())
    sheet = drawn(found, width)
    steps = levels(sheet)
    per = (steps["0%"] - steps["10%"]) / 0.10
    outer, middle = points(sheet, "outer"), points(sheet, "stroke")
    assert len(outer) == 2 * len(MONTHS)
    for month, row in enumerate(found.values):
        assert middle[month][1] == pytest.approx(steps["0%"] - row[2] * per, abs=0.2)
        assert outer[month][1] == pytest.approx(steps["0%"] - row[0] * per, abs=0.2)
        assert outer[-1 - month][1] == pytest.approx(steps["0%"] - row[4] * per, abs=0.2)


def test_the_table_holds_every_value_and_the_sheet_those_of_the_last_month() -> None:
    found = fan(ratios(), limits=[Level("ceiling", 0.25)])
    table = behind(found)
    assert table[0] == ["month", "5 of 100 below", "25 of 100 below", "50 of 100 below", "75 of 100 below", "95 of 100 below"]
    assert table[1] == ["2026-01", "19.0%", "19.5%", "20.0%", "20.5%", "21.0%"]
    assert table[-1] == ["ceiling", "25.0%"]
    assert [row[0] for row in table[1:-1]] == MONTHS
    texts = {one.text for one in drawn(found).iter("text")}
    assert {*table[-2][1:], "ceiling 25.0%"} <= texts
    assert all(text in description(found) for text in table[-2][1:])


def test_the_axis_stays_while_the_values_move() -> None:
    still = [levels(drawn(fan(ratios(by), ends=(0.0, 0.5)))) for by in (0.0, 0.05, 0.2)]
    assert still[0] == still[1] == still[2]
    sides = [points(drawn(fan(ratios(by), ends=(0.0, 0.5))), "stroke")[-1][0] for by in (0.0, 0.2)]
    assert sides[0] == sides[1]
    assert levels(drawn(fan(ratios()))) != levels(drawn(fan(ratios(0.3))))


def test_what_lies_beyond_the_axis_stays_on_the_sheet_and_is_told() -> None:
    found = fan(ratios(0.5), limits=[Level("ceiling", 0.9), Level("floor", 0.2)], ends=(0.0, 0.5))
    sheet = drawn(found)
    assert min(y for _, y in points(sheet, "outer")) >= min(levels(sheet).values()) - 0.1
    assert "Above what is drawn: ceiling 90.0%" in [one.text for one in sheet.iter("text")]
    assert len([one for one in sheet.iter("path") if one.get("class") == "limit"]) == 1


def test_names_of_limits_that_are_close_do_not_meet() -> None:
    limits = [Level(name, value) for name, value in (("a", 0.250), ("b", 0.251), ("c", 0.252), ("d", 0.35))]
    sheet = drawn(fan(ratios(), limits=limits))
    heights = sorted(float(one.attrib["y"]) for one in sheet.iter("text") if (one.text or "")[:2] in ("a ", "b ", "c ", "d "))
    assert len(heights) == 4
    assert all(after - before >= 12.9 for before, after in pairwise(heights))


@pytest.mark.parametrize("width", [BROAD, WIDE, NARROW])
def test_a_hostile_name_stays_words_is_cut_and_stands_whole_in_a_title(width: float) -> None:
    sheet = drawn(fan(ratios(), limits=[Level(EVIL, 0.25), Level(EVIL, 0.95)], ends=(0.0, 0.5)), width)
    assert {one.tag for one in sheet.iter()} <= {"svg", "title", "desc", "rect", "path", "text"}
    whole = EVIL.replace("\x07", "")
    assert [one.text for text in sheet.iter("text") for one in text.iter("title")] == [
        f"{whole} 25.0%",
        f"Above what is drawn: {whole} 95.0%",
    ]
    high = float(sheet.attrib["viewBox"].split()[3])
    for text in sheet.iter("text"):
        shown = "".join(text.itertext()).removeprefix(text.findtext("title") or "")
        room = width_of(shown, 11 if "small" in text.get("class", "") else 12) / 1.06
        left = float(text.attrib["x"]) - room * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
        assert -1 <= left <= left + room <= width + 1
        assert 0 <= float(text.attrib["y"]) <= high


@pytest.mark.parametrize("count", [1, 2, 12])
@pytest.mark.parametrize("unit", [NUMBER, UNIT("JPY")])
@pytest.mark.parametrize("size", [0.0, 1.0, -3.2e12, 1e-9])
def test_there_is_no_number_that_is_none(count: int, unit: Unit, size: float) -> None:
    found = fan([[size] * 5] * count, unit)
    shown = svg(found, "x") + str(behind(found))
    assert "nan" not in shown.lower()
    assert "inf" not in shown.lower()


@pytest.mark.parametrize(
    "values", [[], [[1.0]], [[1.0, 2.0, 3.0, 5.0, 4.0]], [[1.0, 2.0, 3.0, 4.0, float("inf")]], [[float("nan")] * 5]], ids=str
)
def test_values_that_are_no_fan_are_refused(values: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"fan|needs 5 rising numbers"):
        fan(values)


def test_a_fan_is_converted_at_one_rate_and_left_where_there_is_none() -> None:
    found = fan([[value * TRILLION for value in (1, 2, 3, 4, 5)]], UNIT("JPY"), [Level("least", TRILLION)], ends=(0.0, 6 * TRILLION))

    def turn(quantity: Quantity) -> Quantity:
        return quantity * exact(1, UNIT("USD")) / exact(100, UNIT("JPY"))

    turned = found.turned(turn)
    assert turned.unit is UNIT("USD")
    assert turned.values[0] == [1e10, 2e10, 3e10, 4e10, 5e10]
    assert (turned.limits[0].value, turned.ends) == (1e10, (0.0, 6e10))
    assert found.turned(lambda quantity: quantity) == found


def test_a_page_and_json_of_an_answer_show_its_fan() -> None:
    answer = Answer(question="breaks", day="2026-01-31", known_on="2026-01-31", book="acme", charts={"fan": fan(ratios())})
    out = answer_json(answer)
    found = out.charts["fan"]
    assert (found.kind, len(found.marks), found.series[2]) == ("fan", 12, "50 of 100 below")
    assert [one.value for one in found.marks[0].values if one is not None] == ratios()[0]
    source = '{% import "parts.html" as parts %}{{ parts.chart(one, false) }}'
    shown = environment(TEMPLATES).from_string(source).render(one=picture("p", fan(ratios())))
    assert shown.count("<svg") == 2
    assert '<td class="number">26.0%</td>' in shown.replace("\n", "")
    jsonschema.validate(json.loads(encode(out)), json.loads(schema("ask")))
