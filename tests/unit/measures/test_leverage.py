import pytest

from holdbook.measures.leverage import limits, loan_to_value, loan_to_value_with_asset_backed
from holdbook.quantity.quantity import leaf, unknown
from holdbook.quantity.stated import parse_figure
from holdbook.timeline.view import View

PARTS = """
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 60m, maturity: 2027-06-30, source: report}
  forward: {kind: prepaid_forward, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
balances:
  cash: {item: cash_position, day: 2025-09-30, amount: "= USD 30m", source: report}
  forward: {debt: forward, day: 2025-09-30, amount: "= USD 60m", settlement: "= USD 50m", source: report}
"""


def test_loan_to_value_is_net_debt_over_holdings(reading, near):
    found = loan_to_value(View(reading(PARTS).book))
    near(found.quantity, "20%", "20%", "20%")
    assert found.how == "parts"


def test_with_asset_backed_finance_both_sides_are_larger(reading, near):
    found = loan_to_value_with_asset_backed(View(reading(PARTS).book))
    near(found.quantity, "45%", "45%", "45%")
    assert found.how == "parts"


def test_without_asset_backed_finance_the_second_ratio_is_not_known(book, near):
    """
    statements: {table: {day: 2025-09-30, nav: USD 33.3bn, loan_to_value: 16.5%, source: report}}
    """
    near(loan_to_value_with_asset_backed(View(book)).quantity, None, None, None)


def test_contracts_that_do_not_come_to_the_line_of_the_table_leave_a_rest_that_is_unknown(book):
    """
    statements:
      table:
        day: 2025-09-30
        holdings: "= USD 100m"
        nav: USD 90m
        bridge: {consolidated_net_debt: "= USD 60m", asset_backed_finance: "= USD 50m"}
        source: report
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {loan: {debt: loan, day: 2025-09-30, amount: "= USD 20m", source: report}}
    """
    found = loan_to_value_with_asset_backed(View(book))
    assert [one.title for one in found.quantity.leaves() if one.stated.is_unknown] == ["other asset-backed finance on 2025-09-30"]


def test_a_published_ratio_is_taken_as_published(book, near):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 39.05bn, net_debt: USD 6.64bn, nav: USD 32.40bn, loan_to_value: 17.0%, source: report}}
    """
    found = loan_to_value(View(book))
    near(found.quantity, "17.0%", "16.95%", "17.05%")
    assert found.how == "published"


def test_a_ratio_of_two_published_figures_is_derived(book, near):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 30.35bn, net_debt: USD 2.55bn, nav: USD 27.79bn, source: report}}
    """
    found = loan_to_value(View(book))
    near(found.quantity, "8.40%", "8.38%", "8.42%")
    assert found.how == "derived"


def test_a_ratio_without_debt_or_holdings_is_missing(book):
    """
    statements: {table: {day: 2025-09-30, nav: USD 27.79bn, source: report}}
    """
    assert loan_to_value(View(book)).how == "missing"


@pytest.mark.parametrize(("ratio", "standing"), [
    ("16.5%", "within"),
    ("= 25%", "within"),
    ("25.0%", "undecided"),
    ("> 25%", "beyond"),
    ("26%", "beyond"),
    ("< 25%", "within"),
    ("unknown", "undecided"),
])  # fmt: skip
def test_a_limit_is_kept_broken_or_undecided(reading, ratio, standing):
    book = reading('policies: {normal: {measure: loan_to_value, at_most: "= 25%", day: 2020-09-30, source: report}}').book
    value = leaf(parse_figure(ratio), key="ratio") if ratio != "unknown" else unknown("ratio", floor=0)
    assert [(one.policy.id, one.standing) for one in limits(View(book), "loan_to_value", value)] == [("normal", standing)]


@pytest.mark.parametrize(("cover", "standing"), [("4.1x", "within"), ("0.9x", "beyond"), ("1.0x", "undecided")])
def test_a_least_is_kept_from_above(reading, cover, standing):
    book = reading('policies: {cash: {measure: redemption_cover, at_least: "= 1x", day: 2020-09-30, source: report}}').book
    assert [one.standing for one in limits(View(book), "redemption_cover", leaf(parse_figure(cover), key="cover"))] == [standing]


def test_only_limits_of_the_company_on_the_measure_that_are_in_force_count(book):
    """
    policies:
      other: {measure: unlisted_ratio, at_most: "= 10%", day: 2020-09-30, source: report}
      dropped: {measure: loan_to_value, at_most: "= 20%", day: 2020-09-30, until: 2023-03-31, source: report}
      later: {measure: loan_to_value, at_most: "= 30%", day: 2025-10-31, source: report}
      agency: {measure: loan_to_value, at_most: "= 30%", holder: gamma, day: 2020-09-30, source: report}
      words: {measure: loan_to_value, day: 2020-09-30, source: report}
      ours: {measure: loan_to_value, at_most: "= 35%", holder: acme, day: 2020-09-30, source: report}
    """
    assert [one.policy.id for one in limits(View(book), "loan_to_value", unknown("ratio"))] == ["ours"]
