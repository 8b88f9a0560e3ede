from datetime import date

import pytest

from holdbook.measures.after_tax import nav_after_tax
from holdbook.measures.encumbrance import (
    debt_ahead,
    encumbrance,
    listed_share,
    pledged,
    pledged_part,
    structural_subordination,
    unencumbered_cover,
    unlisted_share,
    unsecured_debt,
)
from holdbook.measures.interest import hybrid_coupons, interest_cover, interest_of_a_year
from holdbook.measures.leverage import agency_loan_to_value, gross_debt, loan_to_value_gross
from holdbook.measures.net_debt import hybrid_debt
from holdbook.measures.pro_forma import listed_share_after
from holdbook.quantity.needs import needs
from holdbook.timeline.view import View

BOOK = """
entities:
  acme: {name: Acme}
  beta: {name: Beta, listed: yes}
  gamma: {name: Gamma, listed: yes}
  delta: {name: Delta, listed: no}
  fund: {name: Fund, kind: fund}
  rater: {name: Rater, kind: agency}
marks:
  beta: {asset: beta, of: position, value: "= USD 200", day: 2025-09-30, source: report}
  gamma: {asset: gamma, of: position, value: "= USD 100", day: 2025-09-30, source: report}
  delta: {asset: delta, of: position, value: "= USD 50", day: 2025-09-30, source: report}
  fund: {asset: fund, of: position, value: "= USD 100", day: 2025-09-30, source: report}
stakes:
  beta: {asset: beta, day: 2025-06-30, part: 10%, source: report}
  gamma: {asset: gamma, day: 2025-06-30, part: 10%, source: report}
  delta: {asset: delta, day: 2025-06-30, part: 10%, source: report}
  fund: {asset: fund, day: 2025-06-30, part: 10%, source: report}
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 60, coupon: "= 5%", maturity: 2027-06-30, source: report}
  hybrid: {kind: hybrid, day: 2025-06-30, amount: USD 40, coupon: "= 10%", equity_credit: "= 50%", source: report}
  loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, amount: USD 50, source: report}
  guaranteed: {borrower: fund, kind: loan, secured_by: delta, guarantor: acme, day: 2025-06-30, amount: USD 5, source: report}
balances:
  cash: {item: cash_position, day: 2025-09-30, amount: "= USD 50", source: report}
  group: {item: consolidated_net_debt, day: 2025-09-30, amount: "= USD 200", source: report}
  ahead: {item: self_financing_net_debt, day: 2025-09-30, amount: "= USD 80", source: report}
  theirs: {item: agency_debt, by: rater, day: 2025-09-30, amount: "= USD 90", source: report}
  portfolio: {item: agency_portfolio, by: rater, day: 2025-09-30, amount: "= USD 300", source: report}
"""
INCOME = """
results:
  dividends: {subject: acme, measure: dividends_received, amount: "= USD 12", day: 2024-10..2025-09, source: report}
  fees: {subject: acme, measure: fees_received, amount: "= USD 2", day: 2024-10..2025-09, source: report}
"""


@pytest.fixture(scope="module")
def view(reading):
    return View(reading(BOOK).book)


def test_a_pledged_holding_lies_whole_with_its_lenders(view, near):
    """Beta and Delta, 250 of 450 before the loan of 50."""
    assert pledged(view) == {"beta", "delta"}
    near(encumbrance(view).quantity, "55.56%", "55.56%", "55.56%")


def test_where_the_pledged_shares_are_counted_the_others_are_free(reading, near):
    """Ten shares at 20, of which 8 lie with the lenders of 50: 160 of 200 pledged, 40 free, not 150."""
    text = """
entities: {acme: {name: Acme}, beta: {name: Beta, listed: yes}}
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10 shares, source: report}}
marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 20, maturity: 2027-06-30, source: report}
  loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, amount: USD 50, pledged: 8 shares, source: report}
"""
    view = View(reading(text).book)
    near(encumbrance(view).quantity, "80%", "80%", "80%")
    near(unencumbered_cover(view).quantity, 2, 2, 2)
    stake = View(reading(text.replace("shares: 10 shares", "shares: 10 shares, pledged: 5 shares")).book)
    near(encumbrance(stake).quantity, "50%", "50%", "50%")
    silent = View(reading(text.replace(", pledged: 8 shares", "")).book)
    near(encumbrance(silent).quantity, 1, 1, 1)


def test_of_a_fund_nobody_knows_what_is_listed(view, near):
    """Beta after its loan 150, Gamma 100; Fund 100 of which none to all; 400 in all."""
    near(listed_share(view).quantity, None, "62.5%", "87.5%")
    near(unlisted_share(view).quantity, None, "12.5%", "37.5%")


def test_free_listed_holdings_stand_against_unsecured_debt(view, near):
    near(unsecured_debt(view).quantity, 100, 100, 100)
    near(unencumbered_cover(view).quantity, None, 1, 2)


def test_who_stands_ahead(view, near):
    near(structural_subordination(view).quantity, "40%", "40%", "40%")
    near(debt_ahead(view).quantity, 5, 5, 5)


def test_the_listed_part_after_what_is_promised(reading, near):
    """Of 400, 250 and none to all of Fund are listed; 50 more for Delta, which is not, and 50 for Gamma, which is."""
    promises = """
commitments:
  delta: {to: delta, status: agreed, amount: USD 50, known: 2025-09-01, source: report}
  gamma: {to: gamma, status: agreed, amount: USD 50, known: 2025-09-01, source: report}
"""
    near(listed_share_after(View(reading(BOOK, promises).book)).quantity, None, "60%", "80%")


def test_gross_means_all_debt_over_all_assets(view, near):
    near(gross_debt(view), 150, 150, 150)
    near(loan_to_value_gross(view).quantity, "30%", "30%", "30%")


def test_a_stated_gross_debt_goes_before_a_sum(reading, near):
    found = reading(BOOK + "  gross: {item: gross_debt, day: 2025-09-30, amount: USD 170, source: report}\n").book
    near(gross_debt(View(found)), "170", "169.5", "170.5")


def test_an_agencys_ratio_is_its_debt_over_its_portfolio(view, near):
    near(agency_loan_to_value(view, "rater").quantity, "30%", "30%", "30%")
    without = agency_loan_to_value(view.on(date(2025, 9, 29)), "rater")
    assert without.how == "missing"
    assert needs(without.quantity)[0] == "debt as Rater adjusts it of Acme on 2025-09-29"


def test_half_a_hybrid_is_debt_and_an_agency_may_think_otherwise(view, near):
    near(hybrid_debt(view).quantity, 20, 20, 20)
    near(hybrid_debt(view, "rater").quantity, None, 0, 40)


def test_interest_of_a_year_and_what_pays_it(reading, near):
    near(interest_of_a_year(View(reading(BOOK).book)).quantity, 7, 7, 7)
    near(hybrid_coupons(View(reading(BOOK).book)).quantity, 4, 4, 4)
    near(interest_cover(View(reading(BOOK, INCOME).book)).quantity, 2, 2, 2)
    paid = '  interest: {subject: acme, measure: interest_paid, amount: "= USD 14", day: 2024-10..2025-09, source: report}\n'
    near(interest_cover(View(reading(BOOK, INCOME + paid).book)).quantity, 1, 1, 1)


def test_without_income_of_the_holding_there_is_no_cover(view):
    found = interest_cover(view)
    assert found.how == "missing"
    assert needs(found.quantity)[0].startswith("dividends received at the level of Acme itself in 2024-09-30..2025-09-30")


def test_after_tax_and_others_shares_the_value_is_at_most_what_is_known(reading, view, near):
    """Holdings of 400 less 60 and half of 40, with cash of 50: 370."""
    near(nav_after_tax(view).quantity, None, None, 370)
    taken = "".join(
        f'  {item}: {{item: {item}, day: 2025-09-30, amount: "= USD 10", source: report}}\n'
        for item in ("tax_on_disposals", "minorities_share", "managements_share")
    )
    near(nav_after_tax(View(reading(BOOK + taken).book)).quantity, 340, 340, 340)


def test_without_holdings_or_debts_the_measures_are_missing(reading):
    empty = View(reading("policies: {p: {measure: loan_to_value, day: 2024-01-01, source: report}}").book)
    for measure in (
        encumbrance,
        listed_share,
        unencumbered_cover,
        unsecured_debt,
        structural_subordination,
        hybrid_debt,
        interest_of_a_year,
    ):
        assert measure(empty).how == "missing"


def test_a_collar_pledges_the_shares_that_it_is_on(reading, near):
    text = """
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 100 shares, source: report}}
marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 2/share", kind: close, source: report}}
debts: {collar: {kind: collar, day: 2025-06-30, secured_by: beta, recourse: no, shares: 20 shares, floor: USD 1/share, cap: USD 3/share, source: report}}
"""
    near(encumbrance(View(reading(text).book)).quantity, "0.2", "0.2", "0.2")


def test_of_a_holding_of_unknown_size_none_to_all_is_pledged(reading, near):
    text = """
stakes: {beta: {asset: beta, day: 2025-06-30, shares: HELD, source: report}}
debts: {loan: {kind: margin_loan, day: 2025-06-30, secured_by: beta, drawn: USD 5m, pledged: 20 shares, source: report}}
"""
    near(pledged_part(View(reading(text.replace("HELD", "80..100 shares")).book), "beta"), None, "0.2", "0.25")
    near(pledged_part(View(reading(text.replace("HELD", "unknown")).book), "beta"), None, 0, 1)
