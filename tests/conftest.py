"""What tests share: a book written in the docstring of its test, and comparisons that say what they saw."""

from __future__ import annotations

import inspect
import os
import re
import signal
import tempfile
from fractions import Fraction
from pathlib import Path

import hypothesis
import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.stated import parse_figure

os.environ["HOLDBOOK_CACHE"] = "off"  # what a test reads, it reads from the text; the user's memory stays as it is

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests in its background has it ignored

# The same examples in every run; to look for new ones:  pytest tests/properties --hypothesis-profile=explore
hypothesis.settings.register_profile("same", deadline=None, database=None, derandomize=True, max_examples=150)
hypothesis.settings.register_profile("explore", deadline=None, database=None, max_examples=2000)
hypothesis.settings.load_profile("same")

ADDED = {
    "book": "book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31}",
    "sources": "sources: {report: {title: Report, published: 2025-10-15}}",
    "entities": "entities: {acme: {name: Acme, kind: holding}, beta: {name: Beta}, gamma: {name: Gamma}}",
}


def read_text(*texts, **tables):
    """The book of one file for each text and table; a head, a source and three entities are added where no text has them."""
    lines = [line for key, line in ADDED.items() if not any(re.search(rf"^{key}:", text, re.MULTILINE) for text in texts)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "acme"
        folder.mkdir()
        (folder / "book.yaml").write_text("\n".join(lines), encoding="utf-8")
        for number, text in enumerate(texts, 1):
            (folder / f"facts{number}.yaml").write_text(text, encoding="utf-8")
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return api.read(str(folder))


@pytest.fixture(scope="session")
def reading():
    return read_text


@pytest.fixture
def priced(tmp_path):
    """The book of one text with a price folder: `priced(text, BETA="Date,Close...")`."""

    def priced(text, **prices):
        folder = tmp_path / "acme"
        (folder / "prices").mkdir(parents=True)
        (folder / "book.yaml").write_text(text, encoding="utf-8")
        for name, rows in prices.items():
            (folder / "prices" / f"{name}.csv").write_text(rows, encoding="utf-8")
        return api.read(str(folder))

    return priced


@pytest.fixture
def opened(request):
    """The book that stands in the docstring of the test, without faults of reading."""
    found = read_text(inspect.cleandoc(request.function.__doc__))
    assert not found.problems
    return found


@pytest.fixture
def book(opened):
    return opened.book


@pytest.fixture(scope="session")
def softbank():
    return api.read("softbank")


def _fits(actual, expected):
    """A text is a printed figure, and what rounds to it fits; anything else is exact, and None is no number at all."""
    if isinstance(expected, str):
        return actual is not None and actual in parse_figure(expected).core
    return actual == (None if expected is None else Fraction(expected))


@pytest.fixture(scope="session")
def near():
    def near(quantity, value, low, high):
        interval = bounds(quantity).interval
        seen = (point(quantity), interval.low, interval.high)
        fits = [_fits(actual, expected) for actual, expected in zip(seen, (value, low, high), strict=True)]
        assert all(fits), f"{quantity.title} is {' '.join('none' if one is None else f'{float(one):.9g}' for one in seen)}"

    return near


_TOKEN = re.compile(r"[a-z]+\d+|SUM|MIN|MAX|[-+*/(),]")
_CALLS = {"SUM": sum, "MIN": min, "MAX": max}
_SIGNS = {"+": (1, lambda a, b: a + b), "-": (1, lambda a, b: a - b), "*": (2, lambda a, b: a * b), "/": (2, lambda a, b: a / b)}


def _formula(text, values):
    """What a formula comes to: operators, brackets, SUM, MIN and MAX over the values of other cells."""
    stack = [("", [], [])]  # for each open bracket: what was called, its operands, its operators; a comma keeps an operand

    def reduce_to(strength):
        _, operands, signs = stack[-1]
        while signs and signs[-1] != "," and _SIGNS[signs[-1]][0] >= strength:
            right, left = operands.pop(), operands.pop()
            operands.append(_SIGNS[signs.pop()][1](left, right))

    called = ""
    for piece in _TOKEN.findall(text):
        if piece in _CALLS:
            called = piece
        elif piece == "(":
            stack.append((called, [], []))
            called = ""
        elif piece == ")":
            reduce_to(0)
            name, operands, _ = stack.pop()
            stack[-1][1].append(_CALLS[name](operands) if name else operands[0])
        elif piece == ",":
            reduce_to(0)
            stack[-1][2].append(",")
        elif piece in _SIGNS:
            reduce_to(_SIGNS[piece][0])
            stack[-1][2].append(piece)
        else:
            stack[-1][1].append(values[piece])
    reduce_to(0)
    return stack[0][1][0]


@pytest.fixture(scope="session")
def spreadsheet():
    """Computes cells in their order, as a spreadsheet would, and gives the value of the last."""

    def computed(cells):
        values = {}
        for cell in cells:
            values[cell.name] = cell.value if cell.formula is None else _formula(cell.formula.removeprefix("="), values)
        return values[cells[-1].name]

    return computed
