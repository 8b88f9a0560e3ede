"""The walk from month to month: no cash is made or lost, no balance falls below the floor, and the bounds hold every sample."""

import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from holdbook.funding.cut_off import window
from holdbook.funding.projection import projection
from holdbook.funding.sources import sources
from holdbook.funding.uses import uses
from holdbook.funding.walk import Due, Means, walk
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.timeline.view import View

amounts = st.integers(0, 1000).map(Fraction)
means = st.builds(Means, amounts, amounts, amounts, st.lists(amounts, max_size=3).map(tuple))
flows = st.lists(st.builds(Due, amounts, amounts), min_size=1, max_size=12)


@given(means, flows)
def test_cash_in_equals_cash_out_in_every_month(start, months):
    before = None
    for month, step in zip(months, walk(start, months), strict=True):
        drawn = step.drawn - (before.drawn if before else 0)
        sold = sum(step.sold) - (sum(before.sold) if before else 0)
        overdue = before.unpaid if before else 0
        paid = month.goes + overdue - step.unpaid
        assert step.opening == (before.closing if before else start.cash)
        assert step.closing == step.opening + month.comes - paid + drawn + sold
        before = step


@given(means, flows)
def test_nothing_falls_below_the_floor_and_nothing_is_used_twice(start, months):
    for step in walk(start, months):
        assert step.closing >= start.floor
        assert 0 <= step.drawn <= start.lines
        assert all(0 <= sold <= worth for sold, worth in zip(step.sold, start.assets, strict=True))
        assert step.unpaid == 0 or (step.drawn == start.lines and step.sold == start.assets)


BOOK = """
balances: {{cash: {{item: cash_position, day: 2025-06-30, amount: USD {cash}, source: report, known: 2025-07-15}}}}
debts:
  line: {{kind: bridge, limit: USD {line}, status: agreed, source: report}}
  bond: {{kind: bond, principal: = USD {bond}, maturity: 2026-02-28, source: report}}
commitments:
  promise: {{to: beta, amount: = USD {promise}, closing: 2025-12-31, source: report}}
trades:
  sale: {{asset: beta, side: sell, day: 2025-10-31, amount: USD {sale}, status: agreed, source: report}}
"""


def projected(reading, numbers, scale=1, text=BOOK):
    found = reading(text.format(**{name: number * scale for name, number in numbers.items()}))
    assert not found.problems
    view = View(found.book)
    plan = window(view)
    return projection(view, plan, "USD", sources(view, plan, "USD"), uses(view, plan, "USD"))


numbers = st.fixed_dictionaries({name: st.integers(1, 60) for name in ("cash", "line", "bond", "promise", "sale")})


@given(numbers, st.tuples(*[st.fractions(-1, 1)] * 2))
def test_bounds_hold_the_walk_at_any_figures_within_them(reading, numbers, shifts):
    found = projected(reading, numbers)
    cash, sale = (numbers[name] + shift / 2 for name, shift in zip(("cash", "sale"), shifts, strict=True))
    for drawn_already in (Fraction(0), Fraction(1, 3), Fraction(1)):
        dues = {
            "2025-10": Due(max(sale, 0), 0),
            "2025-12": Due(0, Fraction(numbers["promise"])),
            "2026-02": Due(0, Fraction(numbers["bond"])),
        }
        months = [dues.get(step.month, Due(Fraction(0), Fraction(0))) for step in found.steps]
        sample = walk(Means(max(cash, Fraction(0)), Fraction(0), numbers["line"] * drawn_already, ()), months)
        for step, one in zip(found.steps, sample, strict=True):
            assert one.closing in bounds(step.closing).interval
            assert one.drawn in bounds(step.drawn).interval
            assert one.unpaid in bounds(step.unpaid).interval


@given(numbers)
def test_the_journal_comes_to_nothing_in_every_month_and_currency(reading, numbers):
    found = projected(reading, numbers)
    for step in found.steps:
        for amount in found.journal.balances(step.month).values():
            interval = bounds(amount).interval
            assert (interval.low, interval.high) == (0, 0)


def test_a_currency_other_than_the_plans_goes_through_exchange(reading):
    text = """
commitments: {promise: {to: beta, amount: = USD 90, closing: 2025-12-31, source: report}}
debts: {euro: {kind: bond, principal: = EUR 50, issued: 2025-08-01, maturity: 2035-08-01, source: report}}
"""
    view = View(reading(text).book)
    plan = window(view)
    found = projection(view, plan, "USD", sources(view, plan, "USD"), uses(view, plan, "USD"))
    postings = [(one.account, str(one.amount.unit)) for one in found.journal.postings if one.month == "2025-08"]
    assert ("exchange", "EUR") in postings
    assert ("euro", "EUR") in postings
    assert all(point(amount) == 0 for step in found.steps for amount in found.journal.balances(step.month).values())


def test_a_policy_sells_in_its_order_after_the_haircut(reading, near):
    text = """
balances: {cash: {item: cash_position, day: 2025-06-30, amount: = USD 10, source: report, known: 2025-07-15}}
statements: {table: {day: 2025-06-30, holdings: = USD 100, net_debt: = USD 20, nav: = USD 80, loan_to_value: = 20%, parts: {beta: = USD 60, gamma: = USD 40}, source: report, known: 2025-07-15}}
policies: {sell: {measure: disposals, order: [gamma, beta], haircut: = 10%, day: 2020-01-01, source: report}}
commitments: {promise: {to: beta, amount: = USD 55, closing: 2025-12-31, source: report}}
"""
    view = View(reading(text).book)
    plan = window(view)
    found = projection(view, plan, "USD", sources(view, plan, "USD"), uses(view, plan, "USD"))
    step = next(one for one in found.steps if one.month == "2025-12")
    near(step.sold, 45, 45, 45)
    near(step.unpaid, 0, 0, 0)
    near(step.net_debt, 30, 30, 30)
    near(step.holdings, 105, 105, 105)


LESS = [("cash", "unknown"), ("line", "unknown"), ("drawn", "unknown")]
LESS += [(name, figure) for name in ("cash", "line", "drawn", "bond", "promise", "sale") for figure in ("> USD 0.5", "USD 0.5..99")]


@given(numbers, st.sampled_from(LESS))
def test_what_a_less_known_figure_gives_holds_what_a_known_one_gives(reading, numbers, less):
    name, figure = less
    text = BOOK.replace("limit: USD {line}", "limit: USD {line}, drawn: USD {drawn}")
    vague = re.sub(rf"(= )?USD {{{name}}}", f'"{figure}"', text)
    numbers = numbers | {"drawn": min(numbers["line"], 20)}
    known, vaguely = (projected(reading, numbers, text=one).steps for one in (text, vague))
    for before, after in zip(known, vaguely, strict=True):
        for field in ("opening", "drawn", "unpaid", "closing"):
            narrow, wide = (bounds(getattr(step, field)).interval for step in (before, after))
            assert narrow.common(wide) == narrow, f"{field} of {before.month}: {narrow} is not within {wide}"
