"""Charts: what is drawn is what was stated, texts fit, words of a book stay words, and black and white is enough."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from holdbook import api
from holdbook.dates import Span
from holdbook.quantity.quantity import Quantity, exact, unknown, within
from holdbook.quantity.unit import UNIT
from holdbook.questions.chart import Chart, Limit, Mark, alike
from holdbook.questions.convert import in_currency
from holdbook.render.charts.drawing import BROAD, NARROW, WIDE, description, svg
from holdbook.render.charts.scale import reading, scale
from holdbook.render.charts.type_size import cut, lines_of, width_of
from holdbook.timeline.view import View

USD = UNIT("USD")
EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
KINDS = ("bars", "bridge", "sources_and_uses", "ladder", "timeline", "range_plot", "matrix", "line", "balance")
WIDTHS = (BROAD, WIDE, NARROW)


def money(amount: int) -> Quantity:
    return exact(amount, USD, "an amount")


def chart(kind: str, label: str = "one") -> Chart:
    """A chart with a known, a bounded, an open and an unknown value."""
    values = (money(5_000), within(2_000, 4_000, USD, key="a"), within(1_000, None, USD, key="b"), unknown("c", USD), money(-3_000))
    span = Span(date(2025, 1, 1), date(2025, 3, 31))
    marks = [Mark(f"{label} {number}", (value,), "lane", span) for number, value in enumerate(values)]
    limits = [Limit(label, money(4_500))]
    return Chart(kind=kind, title=(label, money(1)), axis=label, series=("lane",), marks=marks, limits=limits, note=label)  # type: ignore[arg-type]


def drawn(found: Chart, width: float) -> ET.Element:
    return ET.fromstring(svg(found, "x", width))  # noqa: S314 - our own drawing


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_name_stays_words_and_within_the_sheet(kind: str, width: float) -> None:
    sheet = drawn(chart(kind, EVIL), width)
    assert {one.tag for one in sheet.iter()} <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text"}
    _, _, wide, high = map(float, sheet.attrib["viewBox"].split())
    for text in sheet.iter("text"):
        size = 11 if "small" in text.get("class", "") else 12
        x, room = float(text.attrib["x"]), width_of(text.text or "", size) / 1.06
        left = {"start": x, "middle": x - room / 2, "end": x - room}[text.get("text-anchor", "start")]
        assert left >= -1, text.text
        assert left + room <= wide + 1, text.text
        assert 0 <= float(text.attrib["y"]) <= high, text.text
    for box in sheet.iter("rect"):
        if "x" in box.attrib:
            assert float(box.attrib["x"]) >= -1
            assert float(box.attrib["x"]) + float(box.attrib["width"]) <= wide + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_has_a_name_and_a_description(kind: str) -> None:
    sheet = drawn(chart(kind), WIDE)
    assert sheet.attrib["role"] == "img"
    named = {one.get("id"): one.text for one in sheet.iter() if one.tag in ("title", "desc")}
    assert set(sheet.attrib["aria-labelledby"].split()) == set(named)
    assert "one 0: 5,000" in (named["x-d"] or "")


def test_a_bar_is_as_long_as_its_value() -> None:
    marks = [Mark("a", (money(1_000),)), Mark("b", (money(4_000),))]
    sheet = drawn(Chart(kind="bars", title=("t",), axis="a", series=("s",), marks=marks), WIDE)
    short, long = (float(box.attrib["width"]) for box in sheet.iter("rect"))
    assert abs(long / short - 4) < 0.02


def test_a_bridge_ends_where_its_steps_lead() -> None:
    marks = [
        Mark("before", (money(10),), "total"),
        Mark("up", (money(5),)),
        Mark("down", (money(-3),)),
        Mark("after", (money(12),), "total"),
    ]
    sheet = drawn(Chart(kind="bridge", title=("t",), axis="a", series=("change",), marks=marks), WIDE)
    boxes = [box for box in sheet.iter("rect") if "x" in box.attrib]
    edges = [(float(box.attrib["x"]), float(box.attrib["x"]) + float(box.attrib["width"])) for box in boxes]
    assert edges[1][0] == pytest.approx(edges[0][1], abs=0.2)
    assert edges[2][1] == pytest.approx(edges[1][1], abs=0.2)
    assert edges[3][1] == pytest.approx(edges[2][0], abs=0.2)
    assert len({box.get("class", box.get("fill")) for box in boxes}) == 3


def test_what_is_uncertain_is_an_open_box_and_what_is_unbounded_an_arrow() -> None:
    looks = [one.get("class") for one in drawn(chart("bars"), WIDE).iter()]
    assert "maybe" in looks
    assert "open" in looks


def test_series_differ_by_their_patterns() -> None:
    marks = [Mark("a", tuple(money(number + 1) for number in range(6)))]
    sheet = drawn(Chart(kind="bars", title=("t",), axis="a", series=tuple("abcdef"), marks=marks), WIDE)
    shapes = [tuple(part.get("d") or part.tag for part in pattern) for pattern in sheet.iter("pattern")]
    assert len(set(shapes)) == len(shapes) == 5


def test_an_axis_begins_at_nothing_and_has_round_steps() -> None:
    axis = scale([one for one in [reading(money(37_000_000_000))] if one is not None], money(1), 0, 400)
    assert axis.low == 0
    assert [axis.label(step) for step in axis.steps] == ["0", "10", "20", "30", "40"]
    assert axis.caption == "USD bn"


def test_a_ratio_is_in_percent() -> None:
    found = reading(exact(Fraction(1, 4)))
    assert found is not None
    assert scale([found], exact(Fraction(1, 4)), 0, 300).label(0.2) == "20%"


@pytest.mark.parametrize("text", ["", "a", "W" * 300, "two words", "\u65e5\u672c\u8a9e" * 40, "x " * 200])
def test_text_is_cut_to_its_room(text: str) -> None:
    assert width_of(cut(text, 80, 12), 12) <= 80 or cut(text, 80, 12) == "…"
    assert len(lines_of(text, 80, 12)) <= 2
    assert all(width_of(line, 12) <= 80 for line in lines_of(text, 80, 12))


def test_marks_of_another_unit_are_left_out_and_named() -> None:
    kept, note = alike([Mark("a", (money(1),)), Mark("b", (money(2),)), Mark("c", (exact(3, UNIT("JPY")),)), Mark("d", (None,))])
    assert [mark.label for mark in kept] == ["a", "b"]
    assert note == "Not drawn, for want of a figure in USD: c, d."


def test_every_chart_of_an_answer_has_its_figures_in_a_table() -> None:
    opened = api.read("softbank")
    for question in ("worth", "owes", "paid", "promised", "record", "sold", "missed", "happened"):
        answer = api.ask(opened, question, against=[api.Against(day=date(2025, 6, 30))])
        for name, found in answer.charts.items():
            assert found.table in answer.tables, name
            assert description(found), name
            assert not re.search(r"\b(nan|inf)\b", svg(found, "x")), name


def test_a_chart_is_converted_with_its_answer() -> None:
    opened = api.read("tiny")
    view = View(opened.book)
    turned = in_currency(view, api.ask(opened, "worth"), "JPY")
    units = {str(quantity.unit) for quantity in turned.charts["parts"].quantities()}
    assert units <= {"JPY", ""}
    assert "JPY" in units
