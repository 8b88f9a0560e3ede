import copy
import pickle
from fractions import Fraction

import pytest

from holdbook.quantity.bounds import bounds
from holdbook.quantity.explain import explain
from holdbook.quantity.formula import formula
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.point import point
from holdbook.quantity.quantity import UnitError, add, as_quantity, exact, floored, greatest, in_order, leaf, least, unknown, within
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import NUMBER, UNIT


def figure(written, key="figure", line=0):
    origin = Origin(Place("acme/book.yaml", line, 9), words=written)
    return leaf(parse_figure(written), key=key, origin=origin)


def chain(length=3000):
    """((f0 + f1) - f2) + f3 ..., as deep as it is long."""
    result = figure("USD 1m", "first")
    for number in range(length):
        other = figure("USD 1.0m", f"figure {number}")
        result = result + other if number % 2 else result - other
    return result


def test_a_sum_of_two_currencies_is_refused_and_names_both_lines():
    dollars, yen = figure("USD 5bn", "sale", 7), figure("JPY 3tn", "loan", 12)
    with pytest.raises(UnitError) as refusal:
        dollars + yen
    assert "USD and JPY" in str(refusal.value)
    assert "sale at acme/book.yaml:7:9" in str(refusal.value)
    assert "loan at acme/book.yaml:12:9" in str(refusal.value)
    assert (refusal.value.left, refusal.value.right) == (dollars, yen)


@pytest.mark.parametrize("combine", [
    lambda a, b: a - b,
    lambda a, b: add((a, a, b)),
    lambda a, b: least((a, b)),
    lambda a, b: greatest((a, b)),
    lambda a, _: a + 1,
])  # fmt: skip
def test_only_figures_of_one_unit_are_added_or_compared(combine):
    with pytest.raises(UnitError):
        combine(figure("USD 5bn"), figure("32.1m shares"))


def test_the_refusal_names_a_leaf_of_a_compound_side():
    price = figure("USD 20/share", "price", 3)
    with pytest.raises(UnitError, match=r"price at acme/book.yaml:3:9"):
        price * figure("5m shares", "shares") + figure("JPY 3tn", "loan")


def test_products_and_quotients_have_their_own_units():
    shares, price, rate = figure("5m shares"), figure("USD 20/share"), figure("JPY 148.88/USD")
    assert (shares * price * rate).unit is UNIT("JPY")
    assert (shares / shares).unit is NUMBER
    assert (figure("USD 5bn") * 2).unit is UNIT("USD")


def test_a_quantity_does_not_change():
    quantity = figure("USD 5bn")
    with pytest.raises(AttributeError, match="does not change"):
        quantity.name = "other"
    with pytest.raises(AttributeError):
        del quantity.name


def test_quantities_of_one_content_are_equal():
    assert figure("5%", "a") + figure("6%", "b") == figure("5%", "a") + figure("6%", "b")
    assert len({figure("5%", "a"), figure("5%", "a")}) == 1
    assert figure("5%", "a") != figure("5%", "b")
    assert figure("5%", "a") - figure("6%", "b") != figure("6%", "b") - figure("5%", "a")
    assert figure("5%", "a") != "5%"


@pytest.mark.parametrize(("one", "other"), [
    (leaf(parse_figure("5%"), key="a"), leaf(parse_figure("6%"), key="a")),
    (within(0, 1, NUMBER, key="a"), within(0, 2, NUMBER, key="a")),
    (unknown("a"), unknown("a", floor=0)),
    (exact(1), exact(1, UNIT("USD"))),
])  # fmt: skip
def test_leaves_that_state_different_things_are_not_equal(one, other):
    assert one != other


def test_the_same_fact_in_two_places_is_one_leaf():
    debt, holdings = figure("USD 1bn", "debt"), figure("USD 9bn", "holdings")
    ratio = (holdings - debt) / holdings
    assert [one.key for one in ratio.leaves()] == ["holdings", "debt"]
    assert len(list(in_order(ratio))) == 4


def test_a_name_is_given_to_a_node_and_wraps_a_leaf():
    price = figure("5%", "price")
    assert (price.named("nav").title, price.named("nav").args) == ("nav", (price,))
    named = (price + price).named("twice", "as published").named("again")
    assert (named.title, named.derived, named.op) == ("again", "as published", "+")
    assert ((price + price).title, price.title, exact(3).title) == ("+", "price", "3")


def test_a_sum_is_one_node_however_many_it_adds():
    parts = [figure("USD 1m", f"part {number}") for number in range(5)]
    assert add(parts).args == tuple(parts)
    assert point(sum(parts)) == 5_000_000
    with pytest.raises(ValueError, match="sum of nothing"):
        add([])


def test_a_floored_quantity_is_never_below_zero():
    assert point(floored(figure("USD -5m"))) == 0
    assert point(floored(figure("USD 5m"))) == 5_000_000


def test_plain_numbers_are_exact_quantities():
    assert as_quantity(Fraction(1, 3)) == exact(Fraction(1, 3))
    assert as_quantity(exact(2)) == exact(2)
    assert bounds(exact(Fraction(1, 3))).interval.is_point


def test_the_first_leaf_is_found_under_many_nodes():
    assert chain().first_leaf().key == "first"


def test_a_long_chain_is_read_pickled_and_copied_without_recursion():
    deep = chain()
    same = pickle.loads(pickle.dumps(deep))  # noqa: S301 - made in this line
    assert same == deep
    assert copy.deepcopy(deep) == deep
    assert (point(same), bounds(same)) == (point(deep), bounds(deep))
    assert list(same.leaves())[-1].origin.words == "USD 1.0m"


def test_a_long_chain_is_explained_and_exported_without_recursion(spreadsheet):
    deep = chain()
    steps = list(explain(deep))
    assert len(steps) == 6001
    assert max(step.depth for step in steps) == 3000
    assert spreadsheet(formula(deep)) == point(deep)
