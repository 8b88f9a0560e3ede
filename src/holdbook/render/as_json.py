"""Answers, checks and derivations as JSON: the shape that scripts rely on, with its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from holdbook.checks.check import Soundness
from holdbook.checks.claims import Checked, Reading
from holdbook.checks.contradictions import Contradiction, Telling
from holdbook.dates import Span
from holdbook.problems import Problem
from holdbook.quantity.explain import Step
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell
from holdbook.render.cells import sentence
from holdbook.render.chart_json import ChartOut, chart_json
from holdbook.render.figure_json import FigureOut, figure_json
from holdbook.render.numbers import number


class TableOut(msgspec.Struct, frozen=True):
    """A table; a cell is a word, a number or a quantity."""

    title: str
    columns: list[str]
    rows: list[list[FigureOut | str | int | float | None]]


class AnswerOut(msgspec.Struct, frozen=True):
    """An answer to a question."""

    question: str
    book: str
    day: str
    known_on: str
    headline: str
    quantities: dict[str, FigureOut]
    labels: dict[str, str]
    tables: dict[str, TableOut]
    charts: dict[str, ChartOut]
    caveats: list[str]


class PlaceOut(msgspec.Struct, frozen=True):
    """A place in a book."""

    file: str
    line: int
    column: int


class SideOut(msgspec.Struct, frozen=True):
    """One side of a contradiction."""

    place: PlaceOut
    says: str
    id: str = ""
    source: str = ""


class ProblemOut(msgspec.Struct, frozen=True):
    """A fault."""

    reason: str
    place: PlaceOut
    found: str
    expected: str
    way_out: str
    excerpt: str
    sides: list[SideOut]


class ReadingOut(msgspec.Struct, frozen=True):
    """One sum that a claim was held against."""

    label: str
    sum: str
    result: FigureOut | str | None
    verdict: str


class ClaimOut(msgspec.Struct, frozen=True):
    """A claim and its verdict."""

    id: str
    text: str
    verdict: str
    says: FigureOut | str | None
    words: str
    source: str
    place: PlaceOut
    readings: list[ReadingOut]
    why: str
    mend: str
    needs: list[str]


class ContradictionOut(msgspec.Struct, frozen=True):
    """Two entries that exclude each other."""

    subject: str
    measure: str
    left: SideOut
    right: SideOut
    explained: str


class AssertionOut(msgspec.Struct, frozen=True):
    """A published figure against the parts."""

    statement: str
    what: str
    published: FigureOut
    computed: FigureOut
    holds: bool
    explained: str = ""


class CheckOut(msgspec.Struct, frozen=True):
    """What a check found."""

    book: str
    entries: dict[str, int]
    problems: list[ProblemOut]
    claims: list[ClaimOut]
    contradictions: list[ContradictionOut]
    assertions: list[AssertionOut]
    learnt: dict[str, dict[str, int]]
    notes: list[SideOut]


class StepOut(msgspec.Struct, frozen=True):
    """One line of a derivation."""

    depth: int
    name: str
    operation: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str
    place: PlaceOut | None
    source: str
    speaker: str
    day: str
    known: str
    kind: str
    words: str
    derived: str
    again: bool


class ExplainOut(msgspec.Struct, frozen=True):
    """A derivation from the top down."""

    name: str
    book: str
    day: str
    known_on: str
    steps: list[StepOut]


SHAPES: dict[str, type[msgspec.Struct]] = {"ask": AnswerOut, "check": CheckOut, "explain": ExplainOut}


def encode(shape: msgspec.Struct) -> str:
    """JSON text, two spaces in."""
    return msgspec.json.format(msgspec.json.encode(shape), indent=2).decode()


def schema(command: str) -> str:
    """The JSON Schema of what a command prints with --json."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(SHAPES[command])), indent=2).decode()


def answer_json(answer: Answer) -> AnswerOut:
    """An answer in the shape of the contract."""
    return AnswerOut(
        answer.question, answer.book, answer.day, answer.known_on, sentence(answer.headline),
        {name: figure_json(figure.quantity, answer.labels.get(f"{name}.basis", "")) for name, figure in answer.quantities.items()},
        answer.labels,
        {name: TableOut(table.title, list(table.columns), [[_cell(value) for value in row] for row in table.rows]) for name, table in answer.tables.items()},
        {name: chart_json(chart) for name, chart in answer.charts.items()}, list(dict.fromkeys(sentence(caveat) for caveat in answer.caveats)),
    )  # fmt: skip


def _cell(value: Cell) -> FigureOut | str | int | float | None:
    if isinstance(value, Quantity):
        return figure_json(value)
    return str(value) if isinstance(value, Span) else value


def check_json(name: str, found: Soundness) -> CheckOut:
    """A check in the shape of the contract."""
    return CheckOut(
        name, found.entries, [problem_json(problem) for problem in found.problems], [_claim(one) for one in found.claims],
        [_contradiction(one) for one in found.contradictions],
        [AssertionOut(one.statement.id, one.what, figure_json(one.published), figure_json(one.computed), one.holds, one.explained) for one in found.assertions],
        found.learnt, [SideOut(PlaceOut(*note.place), note.says) for note in found.notes],
    )  # fmt: skip


def problem_json(problem: Problem) -> ProblemOut:
    """A problem in the shape of the contract."""
    sides = [SideOut(PlaceOut(*side.place), side.says) for side in problem.sides]
    return ProblemOut(problem.reason, PlaceOut(*problem.place), problem.found, problem.expected, problem.way_out, problem.excerpt, sides)


def _claim(one: Checked) -> ClaimOut:
    claim = one.claim
    said = figure_json(claim.says) if claim.says is not None else claim.says_text or (str(claim.says_day) if claim.says_day else None)
    words = claim.says.origin.words if claim.says is not None else ""
    return ClaimOut(
        claim.id, claim.text, one.verdict, said, words, claim.source or "", PlaceOut(*claim.place), [_reading(r) for r in one.readings],
        one.why, one.mend, list(one.needs),
    )  # fmt: skip


def _reading(reading: Reading) -> ReadingOut:
    result = (
        figure_json(reading.result) if isinstance(reading.result, Quantity) else None if reading.result is None else str(reading.result)
    )
    return ReadingOut(reading.label, reading.text, result, reading.verdict)


def _contradiction(one: Contradiction) -> ContradictionOut:
    return ContradictionOut(one.subject, one.measure, _side(one.left), _side(one.right), one.explained)


def _side(telling: Telling) -> SideOut:
    said = telling.said.origin.words if isinstance(telling.said, Quantity) else str(telling.said)
    return SideOut(PlaceOut(*telling.fact.place), f"{'not ' if telling.denied else ''}{said}", telling.fact.id, telling.fact.source or "")


def explain_json(name: str, book: str, day: str, known_on: str, steps: Iterable[Step]) -> ExplainOut:
    """A derivation in the shape of the contract."""
    return ExplainOut(name, book, day, known_on, [_step(step) for step in steps])


def _step(step: Step) -> StepOut:
    origin = step.origin
    said = (origin.source, origin.speaker, origin.day, origin.known, origin.kind, origin.words) if origin else ("",) * 6
    return StepOut(
        step.depth, step.name, step.op, number(step.value), number(step.interval.low), number(step.interval.high), str(step.unit) or "ratio",
        PlaceOut(*origin.place) if origin else None, *said, step.derived, step.again,
    )  # fmt: skip
