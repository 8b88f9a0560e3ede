from datetime import date

from holdbook import api
from holdbook.measures.bridge import bridge
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add
from holdbook.timeline.view import View


def test_a_bridge_goes_from_one_value_to_another_line_by_line(book, near):
    """
    statements:
      june: {day: 2025-06-30, net_debt: "= USD 10m", nav: USD 90m, parts: {beta: "= USD 60m", gamma: "= USD 40m"}, source: report}
      september: {day: 2025-09-30, net_debt: "= USD 15m", nav: USD 105m, parts: {beta: "= USD 70m", acme: "= USD 50m"}, source: report}
    """
    view = View(book)
    steps = {step.name: step for step in bridge(view.on(date(2025, 6, 30)), view)}
    assert list(steps) == ["beta.value", "acme.value", "gamma.value", "equity_value_of_holdings", "adjusted_net_debt", "nav"]
    assert [point(step.change) for step in steps.values()] == [10_000_000, 50_000_000, -40_000_000, 20_000_000, 5_000_000, 15_000_000]
    assert (steps["gamma.value"].after, steps["acme.value"].before) == (None, None)
    lines = add([steps[f"{asset}.value"].change for asset in ("beta", "acme", "gamma")])
    near(lines - steps["adjusted_net_debt"].change, 15_000_000, 15_000_000, 15_000_000)


def test_a_view_and_itself_differ_by_nothing(book):
    """
    statements: {june: {day: 2025-09-30, net_debt: USD 10m, nav: USD 90m, parts: {beta: USD 60m, gamma: "> USD 40m"}, source: report}}
    """
    view = View(book)
    for step in bridge(view, view):
        assert 0 in bounds(step.change).interval
    nothing = next(step for step in bridge(view, view) if step.name == "beta.value")
    assert bounds(nothing.change).interval == Interval.point(0)


def test_what_one_of_the_two_days_does_not_have_is_left_out(book):
    """
    statements:
      june: {day: 2025-06-30, nav: USD 90m, source: report}
      september: {day: 2025-09-30, nav: USD 105m, loan_to_value: 10%, nav_per_share: USD 5/share, source: report}
    """
    view = View(book)
    assert [step.name for step in bridge(view.on(date(2025, 6, 30)), view)] == ["nav"]


DEDUCTED = """
statements:
  june: {day: 2025-06-30, net_debt: "= USD 10m", nav: "= USD 90m", parts: {beta: "= USD 100m"}, source: report}
  september: {day: 2025-09-30, net_debt: "= USD 15m", nav: "= USD 82m", deductions: {tax: "= USD 3m", puts: "= USD 5m", own: "= USD -1m"}, parts: {beta: "= USD 104m"}, source: report}
"""


def test_what_a_table_takes_off_is_a_step_of_its_own(reading):
    found = reading(DEDUCTED)
    view = View(found.book)
    steps = {step.name: step for step in bridge(view.on(date(2025, 6, 30)), view)}
    assert (steps["deductions"].before, point(steps["deductions"].change)) == (None, 7_000_000)
    asked = api.ask(found, "worth", against=[api.Against(day=date(2025, 6, 30))])
    marks = asked.charts["bridge.2025-06-30"].marks
    assert [(mark.label, point(mark.values[0]) / 1_000_000) for mark in marks] == [
        ("2025-06-30", 90), ("Beta", 4), ("net debt", -5), ("deductions", -7), ("2025-09-30", 82),
    ]  # fmt: skip
