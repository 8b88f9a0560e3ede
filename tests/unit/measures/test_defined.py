"""Definitions that a book writes: what a name may mean, whose stands in for a measure, and what happens when one cannot be read."""

from datetime import date

from holdbook.checks.check import check
from holdbook.measures.defined import definitions, evaluated
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.worth import discount, nav
from holdbook.quantity.needs import known, needs
from holdbook.quantity.point import point
from holdbook.timeline.view import View

TABLE = """
statements:
  table: {day: 2025-09-30, holdings: USD 1000m, net_debt: USD 200m, lines: {pensions: USD 50m}, source: report}
  later: {day: 2025-12-31, holdings: USD 1000m, net_debt: USD 300m, source: report, known: 2026-02-01}
balances: {cash: {item: cash, day: 2025-09-30, amount: USD 100m, source: report}}
"""


def view_of(reading, formulas, *, day=None, known_on=None):
    opened = reading(TABLE, "definitions:\n" + "".join(f"  {name}: {{{text}, source: report}}\n" for name, text in formulas.items()))
    assert not opened.problems
    return View(opened.book, day, known_on)


def value(view, name="own"):
    (one,) = [one for one in definitions(view) if one.id == name]
    return point(evaluated(view, one))


def test_a_name_is_a_line_a_balance_a_measure_a_fact_or_another_definition(reading):
    view = view_of(
        reading,
        {
            "bare": "formula: (net_debt + pensions) / (holdings - cash)",
            "long": "formula: (statement.net_debt + lines.pensions) / (measures.equity_value_of_holdings - balances.cash)",
            "facts": "formula: (statements.table.net_debt + statements.table.lines.pensions) / (statements.table.holdings - balances.cash.amount)",
            "other": "formula: 2 * definitions.bare",
            "usual": "formula: nav - measures.nav",
        },
    )
    assert value(view, "bare") * 18 == 5
    assert value(view, "bare") == value(view, "long") == value(view, "facts") == value(view, "other") / 2
    assert value(view, "usual") == 0


def test_the_companys_own_stands_in_for_a_measure_and_what_rests_on_it_follows(reading):
    view = view_of(
        reading, {"nav": "formula: measures.nav - pensions", "double": "measure: loan_to_value, formula: 2 * measures.loan_to_value"}
    )
    assert (point(nav(view).quantity), nav(view).how) == (750_000_000, "defined")
    assert (point(loan_to_value(view).quantity) * 10, loan_to_value(view).how) == (4, "defined")


def test_that_of_another_holder_stands_in_for_nothing(reading):
    view = view_of(reading, {"nav": "formula: measures.nav - pensions, holder: beta"})
    assert point(nav(view).quantity) == 800_000_000


def test_a_definition_holds_from_its_day_and_the_latest_counts(reading):
    formulas = {
        "first": "measure: loan_to_value, formula: net_debt / nav, day: 2025-01-01",
        "second": "measure: loan_to_value, formula: net_debt / holdings, day: 2025-12-01",
    }
    assert point(loan_to_value(view_of(reading, formulas)).quantity) * 4 == 1
    later = view_of(reading, formulas, day=date(2025, 12, 31), known_on=date(2026, 3, 1))
    assert point(loan_to_value(later).quantity) * 10 == 3


def test_what_nobody_states_is_needed_and_what_was_not_known_is_unknown(reading):
    view = view_of(reading, {"own": "formula: gross_debt / holdings", "late": "formula: statements.later.net_debt / holdings"})
    found = {one.id: evaluated(view, one) for one in definitions(view)}
    assert needs(found["own"]) == ["gross_debt of Acme on 2025-09-30"]
    assert needs(found["late"]) == ["statements.later.net_debt, not known on 2025-12-31"]


def test_one_that_cannot_be_read_is_a_problem_and_no_traceback(reading):
    view = view_of(
        reading,
        {
            "spelling": "formula: net_dept / holdings",
            "units": "formula: net_debt + measures.loan_to_value",
            "open": "formula: (net_debt",
            "round": "formula: definitions.round_too",
            "round_too": "formula: definitions.round",
            "nothing": "measure: beauty, formula: net_debt",
            "discount": "formula: holdings + 1",
        },
    )
    problems = check(view.book, []).problems
    assert {problem.reason for problem in problems} == {"bad-definition"}
    assert [problem.place.line for problem in problems] == [2, 3, 4, 5, 6, 7, 8]
    assert problems[0].way_out == "did you mean net_debt?"
    assert [known(evaluated(view, one)) for one in definitions(view) if one.id != "nothing"] == ["no"] * 6
    assert discount(view) is None
