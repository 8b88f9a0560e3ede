"""A shock carried on by `links`, as an analyst asks for it, against published and recomputed cases of methods/oracles.json.

Eisenberg and Noe 2001 (a ring of three banks after a fall of a tenth); Elliott, Golub and Jackson 2014: two organisations that hold
half of each other, and the debts of six states. There the dependency matrix is printed in two digits; the parts behind it follow from
it, C = I - inverse(A) diag(1 / inverse(A)), and a part that rounding makes negative (by 0.004 at most) is nothing.
"""

import json

import numpy as np
import pytest
from outside import outside

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.explain import explain
from holdbook.quantity.point import point

BOOK = """
entities:
  acme: {name: Acme, kind: holding}
"""
SCENARIO = "scenario: {name: Fall, text: All of them lose a part.}\nshocks:\n"


@pytest.fixture(scope="module")
def cases():
    return {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}


@pytest.fixture
def asked(tmp_path):
    """The links of companies with own assets, parts of each other, debts to each other, and a scenario of falls."""

    def asked(own, *, relations=(), accounts=(), falls=None, facts=False):
        folder = tmp_path / "acme"
        folder.mkdir(exist_ok=True)
        lines = [
            f"  o{n}: {{entity: {one}, item: own_assets, amount: '= USD {amount}', source: report}}"
            for n, (one, amount) in enumerate(own.items())
        ]
        lines += [
            f"  a{n}: {{entity: {one}, item: {item}, amount: '= USD {amount:.9f}', source: report}}"
            for n, (one, item, amount) in enumerate(accounts)
        ]
        ties = [f"  r{n}: {{from: {a}, type: {kind}, to: {b}, {more}, source: report}}" for n, (a, kind, b, more) in enumerate(relations)]
        text = (
            "book: {name: Acme, company: acme, currency: USD, day: 2025-09-30}\nsources: {report: {title: Report, published: 2025-09-30}}"
        )
        text += BOOK + "".join(f"  {one}: {{name: {one.upper()}}}\n" for one in own) + "balances:\n" + "\n".join(lines)
        (folder / "book.yaml").write_text(text + ("\nrelations:\n" + "\n".join(ties) if ties else ""), encoding="utf-8")
        if falls is None:
            book = api.read(str(folder))
        else:
            shocks = "".join(f"  {one}: {fall}\n" for one, fall in falls.items())
            (tmp_path / "fall.yaml").write_text(SCENARIO + shocks, encoding="utf-8")
            book = api.read(str(folder), scenario=str(tmp_path / "fall.yaml"))
        assert not book.problems
        return book if facts else api.ask(book, "links")

    return asked


def values(answer, own, name):
    return [float(point(answer.quantities[f"{one}.{name}"].quantity)) for one in own]


def test_a_ring_of_three_banks_after_a_fall_of_a_tenth(asked, cases):
    case = cases["en_barucca"]
    given, names = case["inputs"], "abc"
    own = {name: round(assets / 0.9) for name, assets in zip(names, given["ea"], strict=True)}
    owes = [(names[j], "finances", names[i], f"amount: '= USD {given['L'][i][j]}'") for i in range(3) for j in range(3) if given["L"][i][j]]
    beyond = [(name, "outside_debt", amount) for name, amount in zip(names, given["el"], strict=True)]
    answer = asked(own, relations=owes, accounts=beyond, falls=dict.fromkeys(names, "-10%"))
    assert values(answer, names, "own_assets") == given["ea"]
    assert values(answer, names, "pays") == pytest.approx(case["expected"], abs=case["tol"])
    assert [answer.labels[f"{name}.cannot_pay"] for name in names] == ["round 1", "no", "no"]
    before = asked(own, relations=owes, accounts=beyond)
    assert values(before, names, "pays") == [21, 21, 10]


def test_two_organisations_that_hold_half_of_each_other(asked, cases):
    half = [("a", "owns", "b", "part: '= 50%'"), ("b", "owns", "a", "part: '= 50%'")]
    found = [values(asked({"a": one, "b": 1 - one}, relations=half), "ab", "value") for one in (1, 0)]
    assert [found[0][0], found[1][0], found[0][1], found[1][1]] == pytest.approx(cases["egj_two"]["expected"], abs=1e-12)


def states(cases):
    given = cases["egj_europe_values"]["inputs"]
    inverse = np.linalg.inv(np.array(given["A"]))
    parts = np.eye(6) - inverse @ np.diag(1 / np.diag(inverse))
    names = [name.lower() for name in given["order"]]
    owned = [
        (names[i], "owns", names[j], f"part: '= {100 * parts[i, j]:.9f}%'")
        for i in range(6)
        for j in range(6)
        if parts[i, j] > 0 and i != j
    ]
    return names, given, owned


def test_the_six_states_are_worth_what_was_printed(asked, cases):
    names, given, owned = states(cases)
    found = [*values(asked(dict(zip(names, given["p2008"], strict=True)), relations=owned), names, "value")]
    assert found == pytest.approx(cases["egj_europe_values"]["expected"][:6], abs=0.1)


@pytest.mark.parametrize(("least", "waves"), [(0.90, [4]), (0.935, [20, 32, 11])])
def test_the_waves_of_the_six_states(asked, cases, least, waves):
    names, given, owned = states(cases)
    own, later = (dict(zip(names, given[year], strict=True)) for year in ("p2008", "p2011"))
    limits = [
        (one, "least_value", least * value) for one, value in zip(names, values(asked(own, relations=owned), names, "value"), strict=True)
    ]
    costs = [(one, "cost_of_failure", limit / 2) for one, _, limit in limits]
    answer = asked(later, relations=owned, accounts=[*limits, *costs])
    told = [answer.labels[f"{one}.fails"] for one in names]
    found = [sum(1 << n for n, one in enumerate(told) if one == f"wave {wave}") for wave in range(1, 7)]
    assert [mask for mask in found if mask] == waves
    expected = cases["egj_europe_cascade"]["expected"]
    assert waves in (expected[:1], expected[1:])


def test_who_earns_with_the_one_that_falls_loses_that_part_of_its_own(asked):
    """By hand: 30% of the revenue of b comes from a, which halves: 200 * (1 - 0.3 * 0.5) = 170; c sells to b, one step too far."""
    ties = [("b", "supplies", "a", "part: '= 30%'"), ("c", "supplies", "b", "part: '= 40%'")]
    answer = asked({"a": 100, "b": 200, "c": 50}, relations=ties, falls={"a": "-50%"})
    assert values(answer, "abc", "own_assets") == [50, 170, 50]
    assert any("one step" in str(caveat) for caveat in answer.caveats)


def test_an_unknown_part_or_debt_is_told_and_not_taken_for_nothing(asked):
    ties = [("a", "owns", "b", "role: holder"), ("a", "finances", "b", "role: lender")]
    answer = asked({"a": 100, "b": 200}, relations=ties, accounts=[("b", "outside_debt", 150)])
    assert "a.value" not in answer.quantities
    assert any("part of B that A holds; what B owes A" in str(caveat) for caveat in answer.caveats)


def test_a_book_without_own_assets_has_no_such_table():
    assert "carried" not in api.ask(api.read("softbank"), "links").tables


def test_what_comes_of_it_is_explained_down_to_the_line_of_the_shock(asked):
    answer = asked({"a": 100}, accounts=[("a", "outside_debt", 80)], falls={"a": "-50%"})
    pays = answer.quantities["a.pays"].quantity
    assert bounds(pays).interval[:2] == (50, 50)
    assert any(step.origin is not None and step.origin.place.file.endswith("fall.yaml") for step in explain(pays))
