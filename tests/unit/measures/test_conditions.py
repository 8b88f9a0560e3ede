"""Conditions of a promise: their state by day, by knowledge, and what the promise becomes."""

from datetime import date

import pytest

from holdbook.checks.check import check
from holdbook.measures.conditions import as_it_stands, standings
from holdbook.model.commitment import Commitment
from holdbook.timeline.view import View

PROMISE = """
commitments:
  deal:
    to: beta
    amount: USD 30m
    paid: USD 5m
    conditions: {approval: {text: The regulator approves., deadline: 2025-10-31, otherwise: USD 20m%s}}
    source: report
"""
EVENTS = """
calendar:
  amended: {text: Put off., day: 2025-10-20, known: 2025-10-25, condition: deal.approval, state: amended, deadline: 2025-12-31, otherwise: USD 12m, source: report}
  failed: {text: Refused., day: 2025-12-15, known: 2025-12-20, condition: deal.approval, state: lapsed, source: report}
"""


def view_of(reading, day, known_on, basis="", events=EVENTS):
    opened = reading(PROMISE % basis, events, "sources: {report: {title: Report, published: 2025-09-01}}")
    assert not opened.problems
    return View(opened.book, date.fromisoformat(day), date.fromisoformat(known_on))


def standing(view):
    (one,) = standings(view, view.book.get(Commitment, "deal"))
    return one.state, str(one.deadline)


@pytest.mark.parametrize(
    ("day", "known_on", "state", "deadline"),
    [
        ("2025-10-01", "2025-10-01", "open", "2025-10-31"),
        ("2025-10-22", "2025-10-22", "open", "2025-10-31"),
        ("2025-10-22", "2025-10-25", "amended", "2025-12-31"),
        ("2025-11-15", "2025-10-24", "not known", "2025-10-31"),
        ("2025-12-16", "2025-12-31", "lapsed", "2025-12-31"),
        ("2025-12-10", "2025-12-31", "amended", "2025-12-31"),
    ],
)
def test_a_state_has_a_day_and_a_day_of_knowledge(reading, day, known_on, state, deadline):
    assert standing(view_of(reading, day, known_on)) == (state, deadline)


def test_the_amount_otherwise_is_the_last_that_was_amended(reading, near):
    view = view_of(reading, "2025-12-31", "2025-12-31", ", basis: own")
    now = as_it_stands(view, view.book.get(Commitment, "deal"))
    near(now.amount - now.paid, "7m", "7m", "7m")
    before = view_of(reading, "2025-10-01", "2025-10-01", ", basis: own")
    near(as_it_stands(before, before.book.get(Commitment, "deal")).amount, "30m", "30m", "30m")


def test_an_event_must_name_a_condition(reading):
    view = view_of(
        reading, "2025-12-31", "2025-12-31", events=EVENTS.replace("deal.approval, state: lapsed", "deal.aproval, state: lapsed")
    )
    (problem,) = check(view.book, []).problems
    assert (problem.reason, problem.place.line, problem.way_out) == ("unknown-name", 4, "did you mean deal.approval?")
