"""The tables of `owes` on a small book: what each shows, and what it leaves out."""

from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point

BOOK = """
entities:
  acme: {name: Acme}
  beta: {name: Beta, listed: yes}
  rater: {name: Rater, kind: agency}
  fund: {name: Fund, kind: fund}
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10 shares, source: report}}
marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
debts:
  bond: {name: Bond, kind: bond, day: 2025-06-30, amount: USD 20, coupon: "= 5%", maturity: 2027-06-30, source: report}
  hybrid: {name: Hybrid, kind: hybrid, day: 2025-06-30, amount: EUR 10, first_call: 2026-06, source: report}
  loan: {name: Loan, kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, amount: USD 80, pledged: 8 shares, call_ratio: 80%, reset_ratio: 40%, source: report}
  promise: {name: Promise, kind: loan, borrower: fund, guarantor: acme, day: 2025-06-30, amount: USD 7, status: agreed, source: report}
  called: {name: Called, kind: hybrid, day: 2025-06-30, amount: USD 5, first_call: 2025-12-31, called: 2025-09-15, source: report}
rates: {euro: {pair: EUR/USD, rate: "= USD 1.2/EUR", kind: spot, day: 2025-09-30, source: report}}
balances:
  cash: {item: cash_position, day: 2025-09-30, amount: "= USD 13", source: report}
  theirs: {item: agency_debt, by: rater, day: 2025-09-30, amount: "= USD 90", source: report}
  portfolio: {item: agency_portfolio, by: rater, day: 2025-09-30, amount: "= USD 200", source: report}
commitments: {beta: {to: beta, kind: purchase, status: agreed, amount: USD 6, known: 2025-09-01, source: report}}
policies:
  normal: {measure: loan_to_value, at_most: "= 25%", day: 2024-01-01, source: report}
  rater: {measure: rater_loan_to_value, at_most: "= 30%", holder: rater, day: 2024-01-01, source: report}
  unlisted: {measure: unlisted_ratio, at_most: "= 10%", day: 2024-01-01, source: report}
  covenant: {measure: net_worth, day: 2024-01-01, source: report}
  cash: {measure: redemption_cover, at_least: "= 1x", horizon: 12 months, day: 2024-01-01, source: report}
"""


@pytest.fixture(scope="module")
def answer(reading):
    return api.ask(reading(BOOK), "owes", day=date(2025, 9, 30))


def rows(answer, table):
    return {row[0]: row[1:] for row in answer.tables[table].rows}


def test_ratios_by_each_definition_stand_side_by_side(answer, near):
    """Net debt 20 + 12 + 5 - 13 = 24 over 200 - 80; 104 over 200; 117 over 213; the agency's own."""
    found = rows(answer, "definitions")
    for words, per_cent in (("company's own", "20%"), ("asset-backed finance added back", "52%"), ("by Rater", "45%")):
        near(found[words][0], per_cent, per_cent, per_cent)
    near(found["gross: all debt over all assets"][0], "54.93%", "54.93%", "54.93%")


def test_every_limit_is_held_against_what_it_bounds(answer):
    standing = {name: answer.labels[f"limits.{name}.standing"] for name in ("rater", "unlisted", "covenant", "cash")}
    assert standing == {"rater": "beyond", "unlisted": "within", "covenant": "not known", "cash": "not known"}
    assert answer.labels["loan_to_value.normal.standing"] == "within"
    assert rows(answer, "other_limits")["net worth"][2] == "not stated"


def test_how_far_all_and_one_may_fall(answer, near):
    near(answer.quantities["headroom.normal"].quantity, "20%", "20%", "20%")
    near(answer.quantities["headroom.normal.beta"].quantity, "12%", "12%", "12%")
    assert [row[:2] for row in answer.tables["headroom"].rows] == [
        ("all holdings", "taken off first"),
        ("Beta", "loan left to the lenders"),
        ("Beta", "loan repaid"),
    ]


def test_lent_on_shares_with_the_way_to_the_call(answer, near):
    near(answer.quantities["loan.loan_to_value"].quantity, "50%", "50%", "50%")
    near(answer.quantities["loan.fall_to_call"].quantity, "37.5%", "37.5%", "37.5%")
    near(answer.quantities["loan.call_price"].quantity, "12.5", "12.5", "12.5")
    near(answer.quantities["loan.cure_in_cash"].quantity, 16, 16, 16)
    near(answer.quantities["loan.cure_by_sale"].quantity, "26.67", "26.67", "26.67")
    near(answer.quantities["loan.over_the_whole_holding"].quantity, "40%", "40%", "40%")


def test_the_ladder_by_year_kind_and_currency(answer, near):
    near(answer.quantities["ladder.2026.hybrid.EUR.expected"].quantity, 12, 12, 12)
    near(answer.quantities["ladder.no_maturity.hybrid.EUR.contractual"].quantity, 12, 12, 12)
    near(answer.quantities["ladder.2025.hybrid.USD.expected"].quantity, 5, 5, 5)
    near(answer.quantities["due.2027"].quantity, 20, 20, 20)


def test_interest_of_the_coming_years(answer, near):
    near(answer.quantities["interest.2026"].quantity, 1, 1, 1)
    assert "debts without an exact day, left out: 1" in answer.tables["interest"].title


def test_remarks_say_what_is_secured_guaranteed_called_or_only_agreed(answer):
    remarks = {name: row[-1] for name, row in rows(answer, "other_debts").items()}
    assert remarks == {"Hybrid": "", "Loan": "on Beta", "Promise": "guaranteed, agreed", "Called": "called"}


def test_after_the_promise(answer, near):
    near(answer.quantities["pro_forma_loan_to_value"].quantity, "23.81%", "23.81%", "23.81%")
    near(answer.quantities["pro_forma_loan_to_value.purchases_at_nothing"].quantity, "25%", "25%", "25%")
    near(answer.quantities["pro_forma_loan_to_value.without_beta"].quantity, "20%", "20%", "20%")


def test_the_headline_says_what_the_promises_will_make_of_the_ratio_beside_the_limit(answer):
    words = "".join(part if isinstance(part, str) else "#" for part in answer.headline)
    assert "; with all promises paid, # (normal limit: #)" in words
    assert "pro_forma_loan_to_value.without_promises" not in answer.quantities


def test_what_was_sold_since_is_taken_off_with_and_without_the_promises(reading):
    sold = "trades: {later: {asset: beta, side: sell, day: 2025-10, known: 2025-10-31, shares: 2 shares, amount: '= USD 40', source: report}}\n"
    after = api.ask(reading(BOOK + sold), "owes", day=date(2025, 9, 30), known_on=date(2025, 11, 30))
    at = after.quantities
    debt, held = (point(at[name].quantity) for name in ("adjusted_net_debt", "equity_value_of_holdings"))
    assert point(at["pro_forma_loan_to_value.without_promises"].quantity) == (debt - 40) / (held - 40)
    assert point(at["pro_forma_loan_to_value"].quantity) == (debt - 40 + 6) / (held - 40 + 6)
    words = "".join(part if isinstance(part, str) else "#" for part in after.headline)
    assert "; with the sales after 2025-09-30 taken off, #, and with all promises paid # (normal limit: #)" in words
    assert after.tables["pro_forma"].rows[-1][0] == "without any promise"


def test_a_cover_without_a_bond_that_falls_due_says_so(answer):
    row = next(row for row in answer.tables["other_limits"].rows if row[0] == "redemption cover")
    assert row[-1] == "a bond of Acme due within 12 months of 2025-09-30: the book has none"


def test_what_is_left_to_its_lenders_is_said_to_be_in_no_table_of_what_falls_due(answer):
    assert any("in no table of what falls due" in str(one) for one in answer.caveats)


@pytest.mark.parametrize("price", ["USD 19..21/share", '"> USD 19/share"', '"at least USD 19/share"'])
def test_a_holding_of_a_price_that_is_known_roughly_is_among_the_largest(reading, price):
    text = BOOK.replace('"= USD 20/share"', price)
    known, rough = (api.ask(reading(one), "owes") for one in (BOOK, text))
    names = [name for name in known.quantities if name.endswith(".beta") or ".beta." in name]
    assert names
    for name in names:
        narrow, wide = (bounds(one.quantities[name].quantity).interval for one in (known, rough))
        assert narrow.common(wide) == narrow, name
    assert len(rough.tables["falls"].rows) == len(known.tables["falls"].rows)
