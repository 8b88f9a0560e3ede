"""The range plot of claims: intervals lie where the check says, what does not fit comes first, and sentences stay words."""

from __future__ import annotations

import math
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from holdbook import api
from holdbook.quantity.quantity import Quantity, exact, unknown, within
from holdbook.quantity.unit import UNIT
from holdbook.questions.catalogue import CATALOGUE
from holdbook.questions.ranges import Claimed, Ranges, Reckoned, ranges
from holdbook.render.charts.drawing import BROAD, NARROW, behind, description, svg
from holdbook.render.charts.type_size import width_of
from holdbook.render.numbers import with_bounds
from holdbook.render.page import page

USD = UNIT("USD")
EVIL = "<script>alert(1)</script> & \u202eRTL\u202c \"q\" 'p' \x07" + "W" * 300
WIDTHS = (BROAD, NARROW)
SIDES = {BROAD: (BROAD * 0.36, BROAD * 0.74), NARROW: (8.0, NARROW - 8)}


def drawn(chart: Ranges, width: float = BROAD) -> ET.Element:
    return ET.fromstring(svg(chart, "x", width))  # noqa: S314 - our own drawing


def money(amount: int) -> Quantity:
    return exact(amount, USD, "an amount")


def one(says: Quantity, *sums: Quantity, text: str = "it is so", verdict: str = "inconsistent") -> Claimed:
    return Claimed(text, verdict, says, tuple(Reckoned("", value, verdict) for value in sums))


def plot(*rows: Claimed) -> Ranges:
    return Ranges(title=("found",), axis="measured", rows=list(rows))


def at(width: float, value: float) -> float:
    low, high = SIDES[width]
    return low + math.log(value / 0.25) / math.log(16) * (high - low)


def lozenges(sheet: ET.Element) -> list[float]:
    """Where the marks of sums stand; the first is that of the key."""
    return [float(path.attrib["d"].split()[0].strip("M")) for path in sheet.iter("path") if path.get("class") == "s1"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("says", "result", "ratio"), [(100, 200, 2), (100, 110, 1.1), (-80, -40, 0.5), (3, 12, 4)])
def test_a_sum_stands_where_its_ratio_to_the_claim_is(says: int, result: int, ratio: float, width: float) -> None:
    sheet = drawn(plot(one(money(says), money(result))), width)
    assert lozenges(sheet)[1] == pytest.approx(at(width, ratio), abs=0.1)
    assert [float(dot.attrib["cx"]) for dot in sheet.iter("circle")][1] == pytest.approx(at(width, 1), abs=0.1)


def test_an_interval_reaches_from_end_to_end_and_an_open_one_to_an_arrow() -> None:
    sheet = drawn(plot(one(money(100), within(80, 150, USD, key="a"), within(120, None, USD, key="b"))))
    spans = [path.attrib["d"].strip("M").replace("L", " ").split() for path in sheet.iter("path") if path.get("class") == "span t1"]
    assert [(float(span[0]), float(span[2])) for span in spans] == [
        (pytest.approx(at(BROAD, 0.8), abs=0.1), pytest.approx(at(BROAD, 1.5), abs=0.1)),
        (pytest.approx(at(BROAD, 1.2), abs=0.1), pytest.approx(at(BROAD, 4), abs=0.1)),
    ]


@pytest.mark.parametrize("result", [-5, 100_000, 1], ids=["of the other sign", "far above", "far below"])
def test_what_lies_beyond_the_scale_is_an_arrow_with_its_words(result: int) -> None:
    sheet = drawn(plot(one(money(100), money(result))))
    assert len(lozenges(sheet)) == 1
    assert [path for path in sheet.iter("path") if path.get("class") == "edge t1"]
    texts = [text.text or "" for text in sheet.iter("text")]
    assert any(text.startswith(f"the sum {with_bounds(money(result))}") for text in texts)


@pytest.mark.parametrize(
    ("says", "measure"),
    [(within(0, 30, USD, key="a"), 30), (within(10, 20, USD, key="b"), 15), (within(5, None, USD, key="c"), 5), (money(7), 7)],
)
def test_a_claim_is_measured_by_its_centre_its_middle_or_its_end(says: Quantity, measure: int) -> None:
    assert one(says, money(1)).measure == Fraction(measure)


@pytest.fixture(scope="module")
def found() -> Ranges:
    chart = ranges(api.check(api.read("softbank")))
    assert chart is not None
    return chart


def test_what_does_not_fit_comes_first_and_the_rest_is_counted(found: Ranges) -> None:
    verdicts = [row.verdict for row in found.rows]
    order = ("inconsistent", "ambiguous", "not checkable", "consistent")
    assert verdicts == sorted(verdicts, key=order.index)
    assert {"inconsistent", "ambiguous"} <= set(verdicts)
    left = [int(part.strip().split(" ")[0]) for part in found.note.removeprefix("Not drawn: ").split(";")[0].split(",")]
    assert sum(left) + len(found.rows) == int("".join(map(str, found.title)).split()[1])


def test_a_row_is_the_claim_and_the_sum_of_the_check(found: Ranges) -> None:
    claims = {claim.claim.text: claim for claim in api.check(api.read("softbank")).claims}
    for row in found.rows:
        source = claims[row.text]
        assert (row.verdict, row.says) == (source.verdict, source.claim.says)
        assert [each.value for each in row.sums] == [reading.result for reading in source.readings if isinstance(reading.result, Quantity)]
        if row.apart > 0:
            assert row.verdict != "consistent" or {"should be above", "should be below", "should stay within"} & {
                each.label for each in row.sums
            }


@pytest.mark.parametrize("width", WIDTHS)
def test_the_table_holds_every_interval_and_the_sheet_every_claim(found: Ranges, width: float) -> None:
    sheet = drawn(found, width)
    shown = [text.findtext("title") or text.text or "" for text in sheet.iter("text")]
    table = behind(found)
    assert len(table) == 1 + sum(len(row.sums) for row in found.rows)
    for row in found.rows:
        assert [row.verdict, row.text, with_bounds(row.says), with_bounds(row.sums[0].value)] in [line[:4] for line in table]
        assert row.text in " ".join(shown)
        assert row.text in description(found)
    assert not {"nan", "inf"} & {word for text in shown for word in text.lower().split()}


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_sentences_stay_words_within_the_sheet_and_stand_whole(width: float) -> None:
    row = Claimed(EVIL, "inconsistent", money(1), tuple(Reckoned(EVIL, money(number), "consistent") for number in range(1, 9)))
    sheet = drawn(plot(row, one(money(1), unknown(EVIL, USD, floor=0))), width)
    assert {each.tag for each in sheet.iter()} <= {"svg", "title", "desc", "circle", "path", "text"}
    whole = EVIL.replace("\x07", "")
    assert sum(whole in (text.findtext("title") or "") for text in sheet.iter("text")) >= 5
    for text in sheet.iter("text"):
        words = "".join(text.itertext()).removeprefix(text.findtext("title") or "")
        room = width_of(words, 11 if "small" in text.get("class", "") else 12) / 1.06
        left = float(text.attrib["x"]) - room * {"start": 0.0, "middle": 0.5}[text.get("text-anchor", "start")]
        assert -1 <= left <= left + room <= width + 1


@pytest.mark.parametrize(("name", "drawn_twice"), [("example", 2), ("tiny", 0)])
def test_the_page_shows_it_where_there_is_a_claim_of_a_figure(name: str, drawn_twice: int) -> None:
    opened = api.read(name)
    question = next(each for each in CATALOGUE if each.name == "reaction")
    shown = page(opened.book.head, [(question, api.ask(opened, "reaction"))], api.check(opened))
    assert shown.partition('id="claims"')[2].count("<svg") == drawn_twice
