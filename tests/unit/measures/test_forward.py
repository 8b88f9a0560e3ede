"""A promise at a fixed price: what it is worth, when it is no derivative, and that the gain counts once."""

from hypothesis import given
from hypothesis import strategies as st

from holdbook.measures.forward import forward, gain, implied_mark, in_scope
from holdbook.model.commitment import Commitment
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

AMOUNTS = st.integers(1, 10**12)


def usd(amount):
    return exact(amount, UNIT("USD"))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_implied_value_undoes_the_gain(own, mark, basis):
    taken = gain(usd(own), usd(mark), usd(basis))
    assert point(implied_mark(usd(basis), usd(own), taken)) == mark


PROMISES = """
commitments:
  deal: {to: beta, kind: investment, amount: USD 30m, paid: USD 10m, agreed: 2025-04-01, price_basis: USD 200m, source: report}
  kept: {to: beta, kind: investment, amount: USD 30m, paid: USD 30m, agreed: 2025-04-01, price_basis: USD 200m, source: report}
  whole: {to: beta, kind: purchase, amount: USD 30m, price_basis: USD 200m, source: report}
  minority: {to: beta, kind: purchase, combination: "no", amount: USD 30m, price_basis: USD 200m, source: report}
  plain: {to: beta, kind: investment, amount: USD 30m, source: report}
"""


def test_it_gains_with_the_value_and_the_gain_enters_the_cost_once(reading, near):
    marks = """
marks:
  before: {asset: beta, day: 2025-04-01, value: USD 200m, of: whole, kind: pre_money, source: report}
  after: {asset: beta, day: 2025-04-01, value: USD 250m, of: whole, kind: post_money, source: report}
  later: {asset: beta, day: 2025-09-01, value: USD 300m, of: whole, kind: valuation, source: report}
  hoped: {asset: beta, day: 2026-01-01, value: USD 900m, of: whole, kind: valuation, status: planned, known: 2025-09-01, source: report}
results: {booked: {subject: acme, about: beta, measure: derivative_gain, day: CY2025 Q3, amount: = USD 3m, source: report}}
"""
    view = View(reading(PROMISES, marks).book)
    found = forward(view, view.book.get(Commitment, "deal"))
    near(found.basis, "250m", "249.5m", "250.5m")
    near(found.value, "4m", "3.91m", "4.09m")
    assert point(found.still) == point(found.value) - 3_000_000
    assert point(found.carrying) == point(found.own) + point(found.value)
    assert point(found.carrying) - point(found.own) == point(found.recognised) + point(found.still)
    assert forward(view, view.book.get(Commitment, "kept")) is None
    assert forward(view, view.book.get(Commitment, "plain")) is None
    scopes = [in_scope(view.book.get(Commitment, name)) for name in ("deal", "whole", "minority")]
    assert scopes == [True, False, True]


def test_without_a_later_value_it_is_unknown_and_no_zero(reading):
    marks = "marks: {round: {asset: beta, day: 2025-04-01, value: USD 200m, of: whole, kind: valuation, source: report}}"
    view = View(reading(PROMISES, marks).book)
    found = forward(view, view.book.get(Commitment, "deal"))
    assert (found.mark, found.value, found.carrying) == (None, None, None)
