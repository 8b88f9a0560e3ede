import pickle
from fractions import Fraction

from holdbook.quantity.bounds import bounds
from holdbook.quantity.explain import explain
from holdbook.quantity.formula import formula
from holdbook.quantity.interval import Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, leaf
from holdbook.quantity.solved import solved
from holdbook.quantity.stated import parse_figure


def paid(text: str, key: str) -> Quantity:
    return leaf(parse_figure(text), key=key)


def rate() -> Quantity:
    return solved("irr", [paid("USD 100", "paid"), paid("USD 125", "received")], 0.25, 0.23, 0.27, how="solved: one year")


def test_a_solved_figure_has_its_value_and_its_ends():
    assert point(rate()) == Fraction(1, 4)
    assert bounds(rate()).interval == Interval.of("0.23", "0.27")


def test_it_counts_on_like_any_other():
    assert point(rate() * paid("USD 200", "more")) == 50
    assert bounds(rate() + rate()).interval == Interval.of("0.46", "0.54")


def test_a_new_name_changes_nothing_else():
    named = rate().named("record.irr")
    assert (named.title, point(named), named.derived) == ("record.irr", Fraction(1, 4), "solved: one year")


def test_its_derivation_shows_what_it_was_solved_from():
    steps = list(explain(rate()))
    assert [(step.depth, step.name) for step in steps] == [(0, "irr"), (1, "paid"), (1, "received")]
    assert steps[0].derived == "solved: one year"


def test_it_survives_a_pickle_and_a_spreadsheet_takes_its_value():
    assert pickle.loads(pickle.dumps(rate())) == rate()  # noqa: S301 - our own bytes
    assert formula(rate())[-1].value == Fraction(1, 4)


def test_without_a_value_and_ends_it_is_unknown():
    nothing = solved("irr", [paid("USD 100", "paid")], None, None, None, how="no root")
    assert point(nothing) is None
    assert nothing.stated is not None
    assert nothing.stated.is_unknown
