"""A derivation ends in the book: the line that it names holds the words that it rests on."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from prompt import BOOKS, QUESTIONS, holdbook

from holdbook import api
from holdbook.quantity.origin import Place
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import NUMBER
from holdbook.questions.answer import Answer
from holdbook.render.explain_text import valued
from holdbook.render.numbers import with_bounds

OUTSIDE = "reference rates"


@pytest.fixture(scope="module", params=BOOKS)
def opened(request: pytest.FixtureRequest) -> api.OpenBook:
    return api.read(request.param)


@pytest.fixture(scope="module")
def answers(opened: api.OpenBook) -> list[Answer]:
    return [api.ask(opened, question) for question in QUESTIONS]


@pytest.fixture(scope="module")
def leaves(answers: list[Answer]) -> dict[str, list[Quantity]]:
    """The ends of the derivation of every figure of every answer, those of the central bank's rates left out."""
    figures = {name: figure.quantity for answer in answers for name, figure in answer.quantities.items()}
    found = {name: [end for end in quantity.leaves() if end.origin.place.file] for name, quantity in figures.items()}
    return {name: [end for end in ends if end.origin.place.file != OUTSIDE] for name, ends in found.items()}


def line_of(opened: api.OpenBook, place: Place) -> str:
    """The line of a file of the book, or of a scenario in its folder."""
    file = opened.files.get(place.file)
    return file.line(place.line) if file else (Path(api.SHIPPED) / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]


def test_the_line_that_is_named_holds_the_words(opened: api.OpenBook, leaves: dict[str, list[Quantity]]) -> None:
    seen = 0
    for name, steps in leaves.items():
        for step in steps:
            line = line_of(opened, step.origin.place)
            assert line[step.origin.place.column - 1 :].lstrip("\"'").startswith(step.origin.words), (name, step)
            seen += 1
    assert seen > 20


def test_a_leaf_says_the_words_that_it_rests_on_or_points_at_the_entry_of_whose_days_it_is(
    opened: api.OpenBook, leaves: dict[str, list[Quantity]]
) -> None:
    silent = [step for steps in leaves.values() for step in steps if not step.origin.words]
    assert [f"{step.title}: {step.origin}" for step in silent if not points_at_entry(opened, step)] == []


def points_at_entry(opened: api.OpenBook, step: Quantity) -> bool:
    column = step.origin.place.column
    return line_of(opened, step.origin.place)[column - 1 :].startswith(f"{step.title.partition('.')[0]}:")


def test_a_leaf_says_its_source_and_when_it_was_known(leaves: dict[str, list[Quantity]]) -> None:
    """A scenario is its own source, and nobody's knowledge: its figures have no day."""
    bare = [
        f"{name}: {end.origin}"
        for name, ends in leaves.items()
        for end in ends
        if not end.origin.source or (not end.origin.known and not end.origin.source.startswith("scenario "))
    ]
    assert not bare


def test_every_figure_of_an_answer_can_be_explained_and_comes_to_the_same(answers: list[Answer]) -> None:
    """A figure that several answers have is one figure, whichever of them explains it."""
    seen: dict[str, Fraction | None] = {}
    for answer in answers:
        for name, figure in answer.quantities.items():
            first = next(api.explained(answer, name))
            assert (first.name, first.value) == (name, point(figure.quantity)), name
            assert seen.setdefault(name, first.value) == first.value, name


def test_a_plain_number_reads_in_its_derivation_as_in_the_answer(answers: list[Answer]) -> None:
    """Both as a multiple, or both as a percentage; multiples to the same digits."""
    for answer in answers:
        for name, figure in answer.quantities.items():
            if figure.quantity.unit is NUMBER:
                value, ends = valued(next(api.explained(answer, name)))
                told = with_bounds(figure.quantity).removesuffix(" (may be narrower)")
                assert told[-1] == (ends or value)[-1], name
                if told.partition("  ")[0].endswith("x"):
                    assert f"{value}  {ends}".strip() == told, name


def test_the_printed_derivation_names_file_line_and_column(tmp_path: Path) -> None:
    done = holdbook("explain", "loan_to_value", "tiny", folder=tmp_path)
    lines = (Path(api.SHIPPED) / "tiny" / "book.yaml").read_text(encoding="utf-8").splitlines()
    places = [word.split(":") for word in done.out.split() if word.startswith("tiny/book.yaml:")]
    assert [lines[int(line) - 1][int(column) - 1 :].split(",")[0] for _, line, column in places] == [
        "USD 60m",
        "USD 25m",
        "10.0m shares",
        "USD 20.00/share",
    ]
