from fractions import Fraction

from holdbook.dates import parse_span
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import Place
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact, leaf, unknown
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT
from holdbook.timeline.lots import Acquired, Lot, in_order, take, take_of_each, take_part, take_unknown


def lot(name, shares, cost, day="2020-01-01"):
    many = Fraction(shares) if isinstance(shares, int) else shares
    paid = exact(cost, UNIT("USD"), f"cost of {name}")
    return Lot(Acquired(name, parse_span(day), Place("book.yaml", 1), many, paid, paid))


def rounded(text, key):
    return leaf(parse_figure(text), key=key)


def said(lots):
    return [(one.acquired.name, one.shares, point(one.cost)) for one in lots]


def test_lots_are_taken_one_after_the_other_and_the_last_is_divided():
    done = take([lot("a", 10, 70), lot("b", 20, 100), lot("c", 5, 1)], Fraction(14), "sale")
    assert said(done.taken) == [("a", 10, 70), ("b", 4, 20)]
    assert said(done.left) == [("b", 16, 80), ("c", 5, 1)]


def test_a_part_of_a_part_is_a_part_of_what_was_acquired():
    first = take([lot("a", 10, 70)], Fraction(4), "one").left
    second = take(first, Fraction(3), "two")
    assert said(second.taken) == [("a", 3, 21)]
    assert said(second.left) == [("a", 3, 21)]


def test_what_the_lots_do_not_hold_has_an_unknown_cost():
    done = take([lot("a", 10, 70)], Fraction(14), "sale")
    assert [one.shares for one in done.taken] == [10, 4]
    assert done.taken[1].cost.stated.is_unknown
    assert done.left == []


def test_the_same_part_of_every_lot_costs_the_average():
    done = take_of_each([lot("a", 10, 70), lot("b", 30, 330)], Fraction(8), "sale")
    assert sum(point(one.cost) for one in done.taken) == 80
    assert [one.shares for one in done.left] == [8, 24]
    assert [one.shares for one in take_of_each([lot("a", 10, 70)], Fraction(12), "sale").taken] == [10, 2]


def test_numbers_that_may_be_equal_are_compared_in_the_graph():
    """32.1m bought and 32.1m sold: nearly all of the lot, and no more than all."""
    done = take([lot("a", rounded("32.1m shares", "bought"), 1000)], rounded("32.1m shares", "sold"), "sale")
    (taken,) = done.taken
    interval = bounds(taken.cost).interval
    assert (point(taken.cost), interval.high) == (1000, 1000)
    assert interval.low == 1000 * Fraction(3205, 3215)
    (left,) = done.left
    assert bounds(left.cost).interval.low == 0


def test_numbers_that_are_surely_less_leave_the_rest():
    done = take([lot("a", rounded("32.1m shares", "bought"), 1000), lot("b", 5, 1)], rounded("10.0m shares", "sold"), "sale")
    assert [one.acquired.name for one in done.taken] == ["a"]
    assert [one.acquired.name for one in done.left] == ["a", "b"]
    assert Fraction(995, 3215) * 1000 == bounds(done.taken[0].cost).interval.low


def test_lots_of_unknown_size_give_none_to_all_of_themselves():
    many = unknown("shares", UNIT("share"), floor=0)
    done = take([lot("a", many, 70), lot("b", 20, 100)], Fraction(10), "sale")
    assert [bounds(one.cost).interval[:2] for one in done.taken] == [(0, 70), (0, 50)]
    assert bounds(take_of_each([lot("a", many, 70)], Fraction(10), "sale").taken[0].cost).interval[:2] == (0, 70)


def test_a_disposal_of_unknown_size_takes_none_to_all_of_each_lot():
    done = take_unknown([lot("a", 10, 70), lot("b", 20, 100)], "sale")
    assert [bounds(one.cost).interval[:2] for one in done.taken] == [(0, 70), (0, 100)]
    assert [bounds(one.cost).interval[:2] for one in done.left] == [(0, 70), (0, 100)]


def test_a_part_that_is_all_leaves_nothing():
    assert take_part([lot("a", 10, 70)], Fraction(1)).left == []


def test_lots_stand_by_day_then_as_in_the_file_and_the_oldest_of_all_first():
    lots = [lot("late", 1, 1, "2021-01-01"), lot("early", 1, 1, "2020-01-01"), lot("b", 1, 1, "2020-06-01")]
    older = lots[0]._replace(acquired=lots[0].acquired._replace(name="older", day=None))
    second = lots[2]._replace(acquired=lots[2].acquired._replace(name="a", place=Place("book.yaml", 9)))
    assert [one.acquired.name for one in in_order([*lots, second, older])] == ["older", "early", "b", "a", "late"]
