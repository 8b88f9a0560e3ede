from datetime import date

import pytest

from holdbook.measures.pro_forma import listed_share_after, pro_forma_loan_to_value, pro_forma_view, sold_since
from holdbook.measures.unpaid import unpaid
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.timeline.view import View

TABLE = """
entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}, delta: {name: Delta}, fund: {name: Fund, kind: fund}}
statements: {table: {day: 2025-06-30, known: 2025-08-07, holdings: "= USD 100m", net_debt: "= USD 20m", nav: "= USD 80m", source: report}}
commitments:
  beta: {to: beta, kind: purchase, status: agreed, amount: USD 10m, known: 2025-08-01, closing: 2025-12, source: report}
  gamma:
    by: fund
    to: gamma
    kind: investment
    status: agreed
    amount: USD 30m
    known: 2025-03-31
    tranches: {first: {own: USD 10m, paid: 2025-04-30}, second: {own: USD 15m, day: 2025-12-31}, third: {own: USD 5m, day: 2026-06-30}}
    source: report
  later: {to: delta, kind: purchase, status: agreed, amount: USD 40m, known: 2025-10-20, source: report}
  talk: {to: delta, kind: purchase, status: rumoured, amount: USD 50m, known: 2025-03-31, source: report}
trades:
  sold: {asset: delta, side: sell, day: 2025-07, known: 2025-08-07, amount: "= USD 5m", source: report}
  before: {asset: delta, side: sell, day: 2025-05, known: 2025-08-07, amount: USD 7m, source: report}
  after: {asset: delta, side: sell, day: 2025-09, known: 2025-10-20, amount: USD 9m, source: report}
"""


@pytest.fixture(scope="module")
def book(reading):
    return reading(TABLE).book


def test_promises_and_sales_are_those_known_when_the_table_came_out(book):
    at = pro_forma_view(View(book, date(2025, 6, 30)))
    assert (at.day, at.known_on) == (date(2025, 6, 30), date(2025, 8, 7))
    assert [one.promise.id for one in unpaid(at)] == ["beta", "gamma"]
    assert [one.trade.id for one in sold_since(at)] == ["sold"]


def test_asked_for_a_later_day_what_was_known_by_then_counts(book):
    at = pro_forma_view(View(book, date(2025, 11, 1)))
    assert (at.day, at.known_on) == (date(2025, 6, 30), date(2025, 11, 1))
    assert [one.promise.id for one in unpaid(at)] == ["beta", "gamma", "later"]
    assert [one.trade.id for one in sold_since(at)] == ["after", "sold"]


def test_what_is_bought_is_worth_its_price_or_nothing(book, near):
    """Net debt 20 + 10 + 20 - 5 over 100 + 30 - 5."""
    view = View(book, date(2025, 6, 30))
    near(pro_forma_loan_to_value(view).quantity, "36%", "36%", "36%")
    worthless = pro_forma_loan_to_value(view, worthless=lambda promise: promise.kind == "purchase").quantity
    near(worthless, "39.13%", "39.13%", "39.13%")
    near(pro_forma_loan_to_value(view, lambda promise: promise.to != "gamma").quantity, "23.81%", "23.81%", "23.81%")


def test_before_the_first_table_nothing_is_said(book):
    view = View(book, date(2025, 3, 31))
    assert pro_forma_view(view) is None
    assert pro_forma_loan_to_value(view).how == "missing"


def test_an_instalment_is_unpaid_until_its_day(book, near):
    (gamma,) = [one for one in unpaid(View(book, date(2025, 4, 29))) if one.promise.id == "gamma"]
    near(gamma.amount, 30_000_000, 30_000_000, 30_000_000)
    assert str(gamma.day) == "2025-12-31..2026-06-30"


WAYS = """
commitments:
  closed: {to: beta, status: done, amount: USD 10m, paid: USD 10m, closing: 2025-11, known: 2025-12-01, source: report}
  advance: {to: gamma, status: agreed, amount: USD 10m, paid: USD 4m, known: 2025-03-31, source: report}
  parts: {to: gamma, status: agreed, known: 2025-03-31, tranches: {a: {own: USD 1m, paid: 2025-04-30}, b: {own: USD 2m}}, source: report}
  kept: {to: gamma, status: done, amount: USD 1m, known: 2025-03-31, tranches: {a: {own: USD 1m, paid: 2025-04-30}}, source: report}
"""


@pytest.mark.parametrize(("day", "left"), [
    (date(2025, 9, 30), {"advance": 6, "closed": 10, "parts": 2}),
    (date(2025, 12, 15), {"advance": 6, "parts": 2}),
])  # fmt: skip
def test_each_way_of_saying_what_is_left(reading, day, left):
    found = unpaid(View(reading(WAYS).book, day))
    assert {one.promise.id: int(point(one.amount)) // 1_000_000 for one in found} == left


def test_no_more_than_all_of_it_is_listed_after_the_promises(reading):
    text = """
stakes: {beta: {asset: beta, day: 2025-06-30, value: USD 100m, source: report}}
balances: {cash: {item: cash_position, day: 2025-06-30, amount: "= USD 10m", source: report}}
debts: {bond: {kind: bond, day: 2025-03-31, amount: USD 20m, maturity: 2030-06-30, source: report}}
commitments: {beta: {to: beta, amount: USD 10m, agreed: 2025-06-01, source: report}}
"""
    found = listed_share_after(View(reading(text).book, date(2025, 6, 30)))
    assert bounds(found.quantity).interval.high == 1
