"""Sources and uses as two columns: equal in height by the identity, as high as their figures, and the gap is what one side lacks."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, exact, within
from holdbook.quantity.unit import UNIT
from holdbook.questions.chart import Chart, Mark
from holdbook.render.charts.drawing import NARROW, WIDE, svg
from holdbook.render.charts.type_size import width_of
from holdbook.render.numbers import words

USD = UNIT("USD")
EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
WIDTHS = (WIDE, NARROW)
Box = tuple[float, float, float, str]


def drawn(chart: Chart, width: float) -> ET.Element:
    return ET.fromstring(svg(chart, "x", width))  # noqa: S314 - our own drawing


def money(amount: int) -> Quantity:
    return exact(amount, USD, "an amount")


def plan(sources: list[Quantity], uses: list[Quantity], gap: Quantity, name: str = "") -> Chart:
    marks = [Mark(f"{name}s{number}", (one,), "sources") for number, one in enumerate(sources)]
    marks += [Mark(f"{name}u{number}", (one,), "uses") for number, one in enumerate(uses)]
    return Chart(kind="balance", title=("t",), axis="a", series=("amount",), marks=[*marks, Mark("gap", (gap,), "gap")])


def boxes(sheet: ET.Element) -> dict[float, list[Box]]:
    """The boxes of each column, by its left side: top, bottom, height and look."""
    found: dict[float, list[Box]] = {}
    for one in sheet.iter("rect"):
        if "x" in one.attrib:
            y, high = float(one.attrib["y"]), float(one.attrib["height"])
            found.setdefault(float(one.attrib["x"]), []).append((y, y + high, high, one.get("class") or one.get("fill") or ""))
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("sources", "uses", "gap"),
    [
        ([money(60), money(20)], [money(100)], money(20)),
        ([money(60), money(90)], [money(100)], money(-50)),
        ([money(60), within(10, 70, USD, key="a")], [money(30), money(70)], within(-30, 30, USD, key="b")),
        ([within(10, 20, USD, key="a")], [within(30, 60, USD, key="c")], within(10, 50, USD, key="b")),
        ([money(100)], [money(100)], money(0)),
    ],
    ids=["short", "left over", "undecided", "both uncertain", "even"],
)
def test_both_columns_are_equally_high(sources: list[Quantity], uses: list[Quantity], gap: Quantity, width: float) -> None:
    columns = boxes(drawn(plan(sources, uses, gap), width))
    assert len(columns) == 2
    tops = [min(box[0] for box in column) for column in columns.values()]
    grounds = [max(box[1] for box in column) for column in columns.values()]
    assert tops[0] == pytest.approx(tops[1], abs=0.3)
    assert grounds[0] == pytest.approx(grounds[1], abs=0.3)


def test_parts_are_as_high_as_their_figures() -> None:
    left, right = boxes(drawn(plan([money(60), money(20)], [money(100)], money(20)), WIDE)).values()
    heights = [box[2] for box in left]
    assert heights[0] == pytest.approx(3 * heights[1], abs=0.4)
    assert heights[2] == pytest.approx(heights[1], abs=0.4)
    assert left[2][3] == "rest"
    assert right[0][2] == pytest.approx(sum(heights), abs=0.4)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["softbank", "article"])
def test_the_figures_are_those_of_the_table_behind_it(name: str, width: float) -> None:
    answer = api.ask(api.read(name), "paid")
    chart = answer.charts["balance"]
    assert isinstance(chart, Chart)
    rows = {str(row[0]): row[1] for table in (chart.table, "binding") for row in answer.tables[table].rows}
    shown = [text.findtext("title") or text.text or "" for text in drawn(chart, width).iter("text")]
    for mark in chart.marks:
        value = mark.values[0]
        assert value is not None
        assert rows[mark.label if mark.group == "gap" else f"{mark.group} {mark.label}"] == value
        text = words(value).replace("USD ", "")
        if mark.group != "gap":
            assert {text, text.replace(" to ", "–")} & set(shown)
    low, high = bounds(answer.quantities["gap"].quantity).interval[:2]
    assert ("still to be found" in shown) == (low is not None and low > 0)
    assert ("left over" in shown) == (high is not None and high < 0)


def test_the_standings_of_a_side_come_to_the_side() -> None:
    for name in ("softbank", "article"):
        answer = api.ask(api.read(name), "paid")
        for side in ("sources", "uses"):
            rows = [row[1] for table in ("balance", "binding") for row in answer.tables[table].rows if str(row[0]).startswith(f"{side} ")]
            whole = bounds(answer.quantities[side].quantity).interval
            assert sum(bounds(one).interval.low or 0 for one in rows if isinstance(one, Quantity)) == whole.low
            assert sum(bounds(one).interval.high or 0 for one in rows if isinstance(one, Quantity)) == whole.high


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_stay_words_within_the_sheet_and_stand_whole(width: float) -> None:
    sheet = drawn(plan([money(1)] * 3, [money(2)] * 3, money(3), EVIL), width)
    whole = EVIL.replace("\x07", "")
    assert sum((text.findtext("title") or "").startswith(whole) for text in sheet.iter("text")) == 6
    for text in sheet.iter("text"):
        shown = "".join(text.itertext()).removeprefix(text.findtext("title") or "")
        if text.get("text-anchor", "start") == "start":
            assert float(text.attrib["x"]) + width_of(shown, 11) / 1.06 <= width + 1
