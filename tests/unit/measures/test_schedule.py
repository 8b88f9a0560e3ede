from datetime import date

import pytest

from holdbook.measures.outstanding import outstanding
from holdbook.measures.schedule import payments
from holdbook.model.debt import Debt
from holdbook.quantity.needs import needs
from holdbook.quantity.point import point
from holdbook.timeline.view import View


def rows(book, name="bond", until=date(2028, 12, 31), **how):
    return [
        (one.kind, one.end.isoformat(), one.day.isoformat(), one.amount) for one in payments(View(book), book.get(Debt, name), until, **how)
    ]


def amounts(found):
    return [(kind, end, paid, round(float(point(amount)), 6)) for kind, end, paid, amount in found]


def test_a_bond_pays_half_its_coupon_twice_a_year_and_the_rest_at_the_end(book):
    """
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 60m, coupon: "= 5%", maturity: 2026-10-31, payments: 2, day_count: 30/360, source: report}}
    """
    assert amounts(rows(book)) == [
        ("interest", "2025-10-31", "2025-10-31", 1_500_000),
        ("interest", "2026-04-30", "2026-04-30", 1_500_000),
        ("interest", "2026-10-31", "2026-11-02", 1_500_000),
        ("repayment", "2026-10-31", "2026-11-02", 60_000_000),
    ]


@pytest.mark.parametrize(("rule", "paid"), [
    ("unadjusted", "2026-10-31"),
    ("following", "2026-11-02"),
    ("modified following", "2026-10-30"),
    ("preceding", "2026-10-30"),
])  # fmt: skip
def test_a_payment_on_a_saturday_moves_as_the_debt_says(reading, rule, paid):
    text = f'debts: {{bond: {{kind: bond, day: 2025-06-30, amount: USD 1m, coupon: "= 5%", maturity: 2026-10-31, business_day: {rule}, source: report}}}}'
    assert {day for _, end, day, _ in rows(reading(text).book) if end == "2026-10-31"} == {paid}


def test_a_payment_passes_over_the_holidays_that_are_stated(book):
    """
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 1m, coupon: "= 5%", maturity: 2026-10-31, source: report}}
    """
    assert rows(book, closed={date(2026, 11, 2), date(2026, 11, 3)})[-1][2] == "2026-11-04"


@pytest.mark.parametrize(("convention", "first"), [
    ("30/360", 20_000),
    ("act/365", 20_164.383562),
    ("act/360", 20_444.444444),
    ("act/act", 20_000),
])  # fmt: skip
def test_interest_by_each_convention(reading, convention, first):
    """From 30 March to 30 September 2026 there are 184 days, and 180 of thirty a month."""
    text = f"""
    debts: {{bond: {{kind: bond, day: 2025-06-30, amount: USD 1m, coupon: "= 4%", maturity: 2026-09-30, payments: 2, day_count: {convention}, source: report}}}}
    """
    found = [one for one in amounts(rows(reading(text).book)) if one[:2] == ("interest", "2026-09-30")]
    assert found == [("interest", "2026-09-30", "2026-09-30", first)]


def test_the_first_period_begins_with_the_issue(book):
    """
    debts: {bond: {kind: bond, day: 2025-10-29, issued: 2025-10-29, amount: USD 900m, coupon: "= 8%", maturity: 2026-04-29, payments: 1, day_count: 30/360, source: report}}
    """
    assert amounts(rows(book))[0] == ("interest", "2026-04-29", "2026-04-29", 36_000_000)


def test_a_loan_that_is_paid_back_in_parts_bears_less_interest_after_each(book):
    """
    debts:
      bond:
        kind: loan
        day: 2025-09-30
        amount: USD 90m
        coupon: "= 4%"
        maturity: 2027-12-31
        payments: 1
        repayments: {one: {day: 2025-12-31, amount: USD 30m}, two: {day: 2026-12-31, amount: USD 20m}}
        source: report
    """
    found = amounts(rows(book))
    assert [amount for kind, _, _, amount in found if kind == "repayment"] == [30_000_000, 20_000_000, 40_000_000]
    assert [amount for kind, _, _, amount in found if kind == "interest"] == [3_600_000, 2_400_000, 1_600_000]
    assert point(outstanding(View(book), book.get(Debt, "bond"), date(2027, 1, 1))) == 40_000_000


def test_a_floating_leg_takes_the_level_at_the_beginning_of_its_period(book):
    """
    rates:
      past: {curve: swap, level: "= 2%", kind: fixing, day: 2025-03-31, source: report}
      ahead: {curve: swap, level: "= 3%", kind: fixing, day: 2026-01-01, known: 2025-10-15, source: report}
    debts: {bond: {kind: loan, day: 2025-03-31, amount: USD 1m, curve: swap, margin: 1%, maturity: 2026-12-31, payments: 2, day_count: 30/360, source: report}}
    """
    found = rows(book)
    assert [round(float(point(amount))) for kind, _, _, amount in found if kind == "interest"] == [15_000, 15_000, 20_000]


def test_a_level_that_nobody_has_stated_leaves_the_interest_unknown(book):
    """
    debts: {bond: {kind: loan, day: 2025-03-31, amount: USD 1m, curve: swap, margin: 1%, maturity: 2025-12-31, payments: 4, source: report}}
    """
    assert needs(rows(book)[0][3]) == ["swap on 2025-09-30"]


def test_a_hybrid_is_expected_to_end_at_its_call_and_bound_to_end_at_maturity(book):
    """
    debts: {bond: {kind: hybrid, day: 2025-06-30, amount: USD 1m, coupon: "= 5%", first_call: 2026-09-30, maturity: 2056-09-30, source: report}}
    """
    assert [kind for kind, *_ in rows(book, until=date(2027, 12, 31))] == ["interest", "interest"]
    assert [kind for kind, *_ in rows(book, until=date(2027, 12, 31), expected=True)] == ["interest", "repayment"]


def test_what_has_no_exact_day_has_no_interest_days(book):
    """
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 1m, coupon: "= 5%", maturity: 2056, source: report}}
    """
    assert rows(book) == []


def test_a_last_instalment_on_the_day_of_maturity_is_paid_once(book):
    """
    debts: {bond: {kind: loan, day: 2025-03-31, principal: USD 1m, coupon: "= 5%", maturity: 2026-12-31, repayments: {one: {day: 2025-12-31, amount: = USD 400k}, two: {day: 2026-12-31, amount: = USD 600k}}, source: report}}
    """
    found = [(paid, amount) for kind, _, paid, amount in amounts(rows(book)) if kind == "repayment"]
    assert found == [("2025-12-31", 400_000), ("2026-12-31", 600_000)]


def test_an_amount_of_a_day_has_the_repayments_before_it_behind_it(book):
    """
    debts: {bond: {kind: loan, day: 2025-06-30, principal: USD 1m, amount: USD 600k, coupon: "= 5%", maturity: 2026-12-31, repayments: {one: {day: 2024-12-31, amount: = USD 400k}}, source: report}}
    """
    assert amounts(rows(book))[0] == ("interest", "2025-12-31", "2025-12-31", 30_000)
