from fractions import Fraction

import pytest

from holdbook.quantity.definition import DefinitionError, define, names_in
from holdbook.quantity.point import point
from holdbook.quantity.quantity import UnitError, leaf
from holdbook.quantity.stated import parse_figure

FACTS = {"trades.a.amount": "USD 30", "trades.a.shares": "6 shares", "marks.b.ratio": "2x", "debts.c.amount": "USD 10"}


def resolve(name, _at):
    return leaf(parse_figure(FACTS[name]), key=name)


@pytest.mark.parametrize(("text", "value"), [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("10 - 4 - 3", 3),
    ("24 / 4 / 2", 3),
    ("24 / (4 / 2)", 12),
    ("-2 + 5", 3),
    ("2 - -3", 5),
    ("-2 * 3", -6),
    ("- (2 + 3)", -5),
    ("min(3, 2, 5)", 2),
    ("max(1 + 1, min(7, 3))", 3),
    ("25%", Fraction(1, 4)),
    ("1 - 12.5%", Fraction(7, 8)),
    ("0.25", Fraction(1, 4)),
    ("trades.a.amount / trades.a.shares", 5),
    ("trades.a.amount - debts.c.amount * marks.b.ratio", 10),
    ("  1+2  ", 3),
])  # fmt: skip
def test_a_definition_is_read_by_the_usual_precedence(text, value):
    assert point(define(text, resolve)) == value


@pytest.mark.parametrize(("text", "at", "words"), [
    ("1 + $", 4, "no meaning"),
    ("trades.a.amount ^ 2", 16, "no meaning"),
    ("(1 + 2", 6, "not closed"),
    ("1 + 2)", 5, "not expected"),
    ("1 2", 2, "not expected"),
    ("trades.a.amount debts.c.amount", 16, "not expected"),
    ("1 +", 3, "a name or a number is expected"),
    ("", 0, "a name or a number is expected"),
    ("min 1", 4, "needs brackets"),
    ("min()", 4, "a name or a number is expected"),
    ("1 + * 2", 4, "a name or a number is expected"),
    ("len(1)", 3, "not expected"),
])  # fmt: skip
def test_a_definition_that_cannot_be_read_points_at_the_culprit(text, at, words):
    with pytest.raises(DefinitionError, match=words) as refusal:
        define(text, lambda name, _at: resolve("marks.b.ratio", _at) if name == "len" else resolve(name, _at))
    assert refusal.value.at == at
    assert refusal.value.way_out


@pytest.mark.parametrize(
    "text", ["(" * 51 + "1" + ")" * 51, "min(" * 51 + "1" + ")" * 51, "-" * 200 + "1"], ids=["brackets", "calls", "signs"]
)
def test_a_definition_is_not_too_deep(text):
    with pytest.raises(DefinitionError, match="too deep"):
        define(text, resolve)


def test_a_definition_may_be_fifty_deep_and_as_wide_as_it_likes():
    assert point(define("(" * 50 + "1" + ")" * 50, resolve)) == 1
    assert point(define("+".join(["1"] * 900), resolve)) == 900


def test_a_definition_is_not_too_long():
    with pytest.raises(DefinitionError, match="too many") as refusal:
        define("1+" * 1001 + "1", resolve)
    assert "split" in refusal.value.way_out


def test_the_names_of_a_definition_come_in_order_with_their_places():
    asked = []
    define("max(debts.c.amount, trades.a.amount)", lambda name, at: asked.append((name, at)) or resolve(name, at))
    assert asked == [("debts.c.amount", 4), ("trades.a.amount", 20)]
    assert names_in("max(debts.c.amount, trades.a.amount) * 2") == ["debts.c.amount", "trades.a.amount"]


def test_a_definition_cannot_add_what_cannot_be_added():
    with pytest.raises(UnitError):
        define("trades.a.amount + trades.a.shares", resolve)
    with pytest.raises(UnitError):
        define("trades.a.amount + 1", resolve)
