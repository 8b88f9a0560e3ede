import pytest

from holdbook.timeline.view import View
from holdbook.valuation.marked import marked


def test_a_position_is_worth_what_it_was_marked_at_on_the_day(book, near):
    """
    marks:
      gross: {asset: beta, day: 2025-09-30, value: USD 30m, source: report}
      net: {asset: beta, day: 2025-09-30, value: USD 20m, net: yes, source: report}
    """
    view = View(book)
    near(marked(view, "beta", net=False), 30_000_000, 29_500_000, 30_500_000)
    near(marked(view, "beta", net=True), 20_000_000, 19_500_000, 20_500_000)


@pytest.mark.parametrize("entry", [
    "asset: beta, day: 2025-09-29, value: USD 30m",
    "asset: beta, day: 2025-09, value: USD 30m",
    "asset: beta, day: 2025-09-30, value: USD 30m, of: whole",
    "asset: beta, day: 2025-09-30, value: USD 30m, kind: target",
    "asset: beta, day: 2025-09-30, value: USD 30m, kind: pre_money",
    "asset: beta, day: 2025-09-30, value: USD 30m, status: planned",
    "asset: beta, day: 2025-09-30, value: USD 30m, kind: carrying",
    "asset: beta, day: 2025-09-30, value: USD 30m, holder: gamma",
    "asset: beta, day: 2025-09-30, value: USD 30m, known: 2026-01-31",
    "asset: gamma, day: 2025-09-30, value: USD 30m",
    "asset: beta, day: 2025-09-30, price: USD 30/share",
])  # fmt: skip
def test_a_mark_of_another_day_basis_or_holder_is_no_value_of_the_position(reading, entry):
    assert marked(View(reading(f"marks: {{one: {{{entry}, source: report}}}}").book), "beta", net=False) is None


def test_a_mark_in_another_currency_is_converted(book, near):
    """
    rates: {day: {pair: EUR/USD, rate: "= USD 1.5/EUR", kind: spot, day: 2025-09-30, source: report}}
    marks: {one: {asset: beta, holder: acme, day: 2025-09-30, value: "= EUR 20m", source: report}}
    """
    near(marked(View(book), "beta", net=False), 30_000_000, 30_000_000, 30_000_000)


def test_what_is_said_to_be_the_position_is_the_position(book, near):
    """
    marks: {one: {asset: beta, day: 2025-09-30, value: "= USD 30m", of: position, kind: peak, source: report}}
    """
    near(marked(View(book), "beta", net=False), 30_000_000, 30_000_000, 30_000_000)
