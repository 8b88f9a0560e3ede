from collections import Counter

import pytest

from holdbook.quantity.formula import formula
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add, exact, greatest, leaf, least
from holdbook.quantity.stated import parse_figure

LONGEST = 8192  # characters of a formula, by Excel's limits


def figure(written, key="a"):
    return leaf(parse_figure(written), key=key)


def many(count):
    return [figure(f"{number}.5", f"figure {number}") for number in range(count)]


def test_a_ratio_becomes_one_formula_over_its_figures():
    debt, holdings = figure("USD 1.35bn", "debt"), figure("USD 16.90bn", "holdings")
    cells = formula((debt / holdings).named("loan_to_value"))
    assert [(cell.name, cell.title, cell.formula) for cell in cells] == [
        ("n1", "debt", None),
        ("n2", "holdings", None),
        ("n3", "loan_to_value", "=(n1/n2)"),
    ]
    assert (cells[0].value, cells[0].unit, cells[0].leaf) == (1_350_000_000, "USD", debt)


def test_a_named_and_a_shared_node_have_one_cell_each():
    share = (figure("5", "a") + figure("6", "b")).named("share")
    twice = figure("7", "c") - figure("8", "d")
    cells = formula(share * twice + twice * share)
    assert Counter(cell.formula for cell in cells if cell.formula) == {"=(n1+n2)": 1, "=(n4-n5)": 1, "=((n3*n6)+(n6*n3))": 1}


def test_an_unknown_has_an_empty_cell():
    assert formula(figure("unknown") + exact(1))[0].value is None


def test_cells_take_a_prefix():
    assert formula(figure("5") + figure("6", "b"), "nav_")[-1].formula == "=(nav_1+nav_2)"


@pytest.mark.parametrize("quantity", [
    figure("5"),
    figure("5").named("five"),
    figure("5") - (figure("6", "b") - figure("7", "c")),
    figure("5") / (figure("6", "b") / figure("7", "c")),
    (figure("5") + figure("6", "b")) * figure("7", "c"),
    exact(-1) * figure("5"),
    least((figure("5"), figure("6", "b") - figure("7", "c"))),
    greatest((figure("-5"), exact(0))),
    add(many(700)),
])  # fmt: skip
def test_a_spreadsheet_comes_to_the_point(quantity, spreadsheet):
    assert spreadsheet(formula(quantity)) == point(quantity)


@pytest.mark.parametrize("quantity", [
    sum(many(3000), exact(0)),
    add(many(3000)),
    add([one * two for one, two in zip(many(3000), reversed(many(3000)), strict=True)]),
    greatest(many(3000)),
], ids=["chain", "sum", "sum of products", "greatest"])  # fmt: skip
def test_no_formula_is_longer_than_a_spreadsheet_allows(quantity, spreadsheet):
    cells = formula(quantity)
    assert max(len(cell.formula or "") for cell in cells) <= LONGEST
    assert spreadsheet(cells) == point(quantity)


@pytest.mark.parametrize("quantity", [add(many(3000)), least(many(3000))], ids=["sum", "least"])
def test_no_function_has_more_arguments_than_a_spreadsheet_allows(quantity):
    longest = max((cell.formula or "" for cell in formula(quantity)), key=len)
    assert all(call.count(",") < 255 for call in longest.split("("))
