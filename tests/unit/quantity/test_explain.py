from holdbook.quantity.explain import explain
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import add, exact, leaf
from holdbook.quantity.stated import parse_figure


def figure(written, key, line=1):
    return leaf(parse_figure(written), key=key, origin=Origin(Place("acme/book.yaml", line), "report p. 4", words=written))


def test_a_derivation_runs_from_the_top_down_to_the_lines_of_the_book():
    debt, holdings = figure("1.35", "debt", 3), figure("16.90", "holdings", 9)
    ratio = (debt / holdings).named("loan_to_value", "as published")
    steps = list(explain(ratio))
    assert [(step.depth, step.name, step.op) for step in steps] == [(0, "loan_to_value", "/"), (1, "debt", "leaf"), (1, "holdings", "leaf")]
    assert steps[0].derived == "as published"
    assert [step.origin and str(step.origin.place) for step in steps] == [None, "acme/book.yaml:3", "acme/book.yaml:9"]
    assert steps[1].interval == Interval.of("1.345", "1.355")


def test_a_shared_node_is_explained_once():
    part = (figure("1", "a") + figure("2", "b")).named("part")
    steps = list(explain(part * part))
    assert [(step.name, step.again) for step in steps] == [("*", False), ("part", False), ("a", False), ("b", False), ("part", True)]


def test_a_shared_figure_shows_its_place_each_time():
    one = figure("1", "a")
    assert [step.again for step in explain(one - one)] == [False, False, False]


def test_named_nodes_have_tight_bounds_and_say_when_they_are_wide():
    one = figure("0.1..0.9", "a")
    named = (one * (exact(1) - one)).named("spread")
    step = next(explain(named))
    assert (step.value, step.wide) == (None, True)
    nothing = (one - one).named("nothing")
    assert next(explain(nothing)).interval == Interval.point(0)


def test_a_number_of_its_own_has_no_place():
    assert [step.origin for step in explain(exact(1) + exact(2))] == [None, None, None]


def test_a_very_long_derivation_keeps_safe_bounds():
    one = figure("1..2", "a")
    long = (add([one * exact(number) for number in range(2100)]) - add([one * exact(number) for number in range(2100)])).named("long")
    assert next(explain(long)).interval.low <= 0 <= next(explain(long)).interval.high
