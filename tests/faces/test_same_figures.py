"""Text, page and JSON show one and the same figure, each in its own way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from leaf import Leaf
from prompt import QUESTIONS, holdbook

from holdbook import api
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell
from holdbook.render.numbers import with_bounds, words

_FIGURE = re.compile(r"(?:(?P<currency>[A-Z]{3}) )?(?P<number>-?[\d,]+(?:\.\d+)?)(?P<scale>tn|bn|m|k)?(?P<sign>%|x)?(?P<unit>[ /].*)?")
_POWERS = {"tn": 12, "bn": 9, "m": 6, "k": 3, "%": -2}
_ONE_ENDED = re.compile(r"(at least|more than|at most|less than) (.*)")


class Look(NamedTuple):
    """A book and a way to look at it."""

    book: str
    day: str = ""
    known_on: str = ""
    currency: str = ""

    @property
    def options(self) -> list[str]:
        named = {"--day": self.day, "--known-on": self.known_on, "--currency": self.currency}
        return [word for option, value in named.items() if value for word in (option, value)]


class Shown(NamedTuple):
    """What a look shows: each answer, its text, its JSON, and the page with all of them."""

    answers: dict[str, Answer]
    texts: dict[str, str]
    jsons: dict[str, dict[str, Any]]
    page: Leaf


LOOKS = (
    Look("tiny"),
    Look("tiny", currency="JPY"),
    Look("article"),
    Look("softbank"),
    Look("softbank", "2025-10-31", "2025-11-10"),
    Look("softbank", "2025-09-30", "2025-12-31", "EUR"),
)
each_question = pytest.mark.parametrize("question", QUESTIONS)


def read_back(text: str) -> tuple[Fraction, Fraction]:
    """The value that a printed figure shows, and half a unit of its last digit."""
    match = _FIGURE.fullmatch(text)
    assert match is not None, f"{text!r} is no figure"
    number = match["number"].replace(",", "")
    power = _POWERS.get(match["scale"] or "", 0) + _POWERS.get(match["sign"] or "", 0)
    places = len(number.partition(".")[2])
    return Fraction(number) * Fraction(10) ** power, Fraction(10) ** (power - places) / 2


def close(shown: str, value: float | None) -> bool:
    """Whether a printed figure is a JSON number, rounded to the digits that are printed."""
    if value is None:
        return False
    read, half = read_back(shown)
    return abs(read - Fraction(value)) <= half + abs(read) / 10**12


def agree(written: str, figure: dict[str, Any]) -> bool:
    """Whether words and a JSON figure say the same."""
    low, high = figure["low"], figure["high"]
    if figure["value"] is not None:
        return close(written, figure["value"])
    if low is not None and low == high:
        return close(written, low)
    if written == "unknown":
        return high is None and low in (None, 0)
    ended = _ONE_ENDED.fullmatch(written)
    if ended is not None:
        below = ended[1] in ("at most", "less than")
        opened = ended[1] in ("more than", "less than")
        end, other = (high, low) if below else (low, high)
        return close(ended[2], end) and other in (None, 0) and opened == (figure["high_open"] if below else figure["low_open"])
    first, _, last = written.partition(" to ")
    return close(first, low) and close(last, high)


def paired(answer: Answer, found: dict[str, Any]) -> Iterator[tuple[str, Quantity, dict[str, Any]]]:
    """Every quantity of an answer, in its figures and in its tables, with its JSON."""
    assert list(answer.quantities) == list(found["quantities"])
    for name, figure in answer.quantities.items():
        yield name, figure.quantity, found["quantities"][name]
    assert list(answer.tables) == list(found["tables"])
    for name, table in answer.tables.items():
        for row, printed in zip(table.rows, found["tables"][name]["rows"], strict=True):
            for cell, out in zip(row, printed, strict=True):
                if isinstance(cell, Quantity):
                    yield f"{name}: {row[0]}", cell, out


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: " ".join(part for part in look if part))
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    look: Look = request.param
    folder = tmp_path_factory.mktemp("look")
    opened = api.read(look.book)
    day, known_on = (date.fromisoformat(text) if text else None for text in (look.day, look.known_on))

    def printed(*words: str) -> str:
        done = holdbook(*words, *look.options, folder=folder, memory=str(folder / "memory"))
        assert (done.code, done.err) == (0, "")
        return done.out

    printed("report", look.book, "--output", "page.html")
    return Shown(
        {name: api.ask(opened, name, day=day, known_on=known_on, currency=look.currency or None) for name in QUESTIONS},
        {name: printed("ask", name, look.book) for name in QUESTIONS},
        {name: json.loads(printed("ask", name, look.book, "--json")) for name in QUESTIONS},
        Leaf((folder / "page.html").read_text(encoding="utf-8")),
    )


@each_question
def test_words_are_the_json_number_rounded(shown: Shown, question: str) -> None:
    wrong = [
        (name, words(quantity), {key: found[key] for key in ("value", "low", "high")})
        for name, quantity, found in paired(shown.answers[question], shown.jsons[question])
        if not agree(words(quantity), found)
    ]
    assert not wrong


@each_question
def test_words_and_json_are_in_one_unit(shown: Shown, question: str) -> None:
    for name, quantity, found in paired(shown.answers[question], shown.jsons[question]):
        currency = re.search(r"\b[A-Z]{3}(?= -?\d)", words(quantity))
        if currency is not None:
            assert found["unit"].split("/")[0] == currency[0], name


@each_question
def test_bounds_of_json_hold_the_value_and_say_what_is_known(shown: Shown, question: str) -> None:
    for name, _, found in paired(shown.answers[question], shown.jsons[question]):
        low, high, value = found["low"], found["high"], found["value"]
        if value is not None:
            assert low is None or low <= value, name
            assert high is None or value <= high, name
        assert (found["known"] == "yes") == (value is not None), name


@each_question
def test_text_shows_every_figure_that_stands_for_itself_and_every_cell(shown: Shown, question: str) -> None:
    answer, text = shown.answers[question], shown.texts[question]
    lines = [line.split() for line in text.splitlines()]
    for name, figure in answer.quantities.items():
        if "." not in name:
            row = [name, *words(figure.quantity).split()]
            assert any(line[: len(row)] == row for line in lines), row
    for table in answer.tables.values():
        assert table.title in text
        for cells in table.rows:
            assert all(words(cell) in text for cell in cells if isinstance(cell, Quantity)), cells


def shown_in_a_cell(value: Cell, bounded: bool) -> str:
    if isinstance(value, Quantity):
        return with_bounds(value) if bounded else words(value)
    return "" if value is None else str(value)


def test_the_page_shows_every_table_of_every_answer_cell_by_cell(shown: Shown) -> None:
    for question in QUESTIONS:
        expected = []
        for table in shown.answers[question].tables.values():
            ends = [name in table.bounded for name in table.columns]
            rows = [[shown_in_a_cell(*pair) for pair in zip(row, ends, strict=True)] for row in table.rows]
            kept = [at for at in range(len(table.columns)) if any(row[at] for row in rows)]
            expected.append([[table.columns[at].strip() for at in kept], *([row[at] for at in kept] for row in rows)])
        assert shown.page.tables[question] == expected


def test_the_page_shows_every_figure_that_stands_for_itself(shown: Shown) -> None:
    for question in QUESTIONS:
        expected = [words(figure.quantity) for name, figure in shown.answers[question].quantities.items() if "." not in name]
        assert [text for text in expected if text not in shown.page.figures.get(question, [])] == []


@each_question
def test_text_and_json_have_one_headline(shown: Shown, question: str) -> None:
    assert " ".join(shown.jsons[question]["headline"].split()) in " ".join(shown.texts[question].split())
