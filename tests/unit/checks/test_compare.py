import pytest

from holdbook.checks.compare import agree, exceeds, stays_within
from holdbook.quantity.quantity import UnitError, exact, leaf, unknown
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT


def figure(written, key=None):
    return unknown(key or "nobody", floor=0) if written == "unknown" else leaf(parse_figure(written), key=key or written)


@pytest.mark.parametrize(("left", "right", "verdict"), [
    ("5.83", "5.8", "consistent"),
    ("5", "6", "consistent"),
    ("5.0", "5.1", "consistent"),
    ("5", "7", "inconsistent"),
    ("> 3", "3.0", "consistent"),
    ("> 3", "= 3", "inconsistent"),
    (">= 3", "= 3", "consistent"),
    ("about 5", "6.4", "inconsistent"),
    ("about 5", "5.9", "ambiguous"),
    ("about 5", "5.4", "consistent"),
    ("unknown", "5", "not checkable"),
    ("unknown", "-5", "inconsistent"),
])  # fmt: skip
def test_two_figures_agree_when_their_intervals_meet(left, right, verdict):
    assert agree(figure(left), figure(right)) == verdict
    assert agree(figure(right), figure(left)) == verdict


@pytest.mark.parametrize(("left", "right", "verdict"), [
    ("7", "5", "consistent"),
    ("5", "7", "inconsistent"),
    ("5", "5.2", "ambiguous"),
    ("= 5", "= 5.0", "inconsistent"),
    ("> 3", "= 3", "consistent"),
    (">= 3", "= 3", "ambiguous"),
    ("< 3", "= 3", "inconsistent"),
    ("unknown", "5", "not checkable"),
    ("unknown", "-5", "consistent"),
])  # fmt: skip
def test_one_figure_exceeds_another_surely_perhaps_or_not(left, right, verdict):
    assert exceeds(figure(left, "left"), figure(right, "right")) == verdict


@pytest.mark.parametrize(("left", "right", "verdict"), [
    ("= 25%", "= 25%", "consistent"),
    ("16%", "25%", "consistent"),
    ("26%", "= 25%", "inconsistent"),
    ("25%", "= 25%", "ambiguous"),
    ("unknown", "25%", "not checkable"),
])  # fmt: skip
def test_a_figure_stays_within_another_when_it_does_not_exceed_it(left, right, verdict):
    assert stays_within(figure(left, "left"), figure(right, "right")) == verdict


@pytest.mark.parametrize("written", ["5", "> 3", "well over 2%"])
def test_nothing_exceeds_itself(written):
    assert exceeds(figure(written), figure(written)) in ("inconsistent", "ambiguous")


def test_shared_leaves_move_together_in_a_comparison():
    price = figure("5", "price")
    assert exceeds(price + exact(1), price) == "consistent"


@pytest.mark.parametrize("compare", [agree, exceeds, stays_within])
def test_figures_of_two_units_are_not_compared(compare):
    with pytest.raises(UnitError, match="cannot be compared"):
        compare(figure("USD 5"), exact(5, UNIT("JPY")))


def test_an_unknown_of_which_nobody_stated_the_unit_cannot_be_held_against_another():
    nobody = leaf(parse_figure("unknown"), key="count")
    for one, other in ((nobody, figure("47 companies")), (figure("36%"), figure("47 companies") / nobody)):
        assert {agree(one, other), exceeds(one, other), stays_within(other, one)} == {"not checkable"}
    with pytest.raises(UnitError):
        agree(figure("36%"), figure("47 companies"))
