from datetime import date

from holdbook.measures.net_debt import adjusted_net_debt, cash_position, owed
from holdbook.model.debt import Debt
from holdbook.timeline.view import View


def test_a_bridge_runs_from_consolidated_debt_to_that_of_the_company_alone(book, near):
    """
    statements:
      table:
        day: 2025-09-30
        nav: USD 15.54bn
        bridge:
          consolidated_net_debt: "= USD 14.70bn"
          self_financing_net_debt: "= USD 5.76bn"
          hybrid_adjustment: "= USD 0.15bn"
          asset_backed_finance: "= USD 7.44bn"
        source: report
    """
    found = adjusted_net_debt(View(book))
    near(found.quantity, 1_350_000_000, 1_350_000_000, 1_350_000_000)
    assert found.how == "parts"


def test_a_bridge_takes_contracts_and_entities_one_by_one_where_the_book_has_them(book, near):
    """
    statements:
      table:
        day: 2025-09-30
        nav: USD 15.54bn
        bridge: {consolidated_net_debt: "= USD 14.70bn", self_financing_net_debt: USD 6bn, asset_backed_finance: USD 7bn}
        self_financing: {beta: "= USD 5.00bn", gamma: "= USD 0.76bn"}
        source: report
    debts:
      forward: {kind: prepaid_forward, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
      theirs: {borrower: gamma, kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
    balances:
      forward: {debt: forward, day: 2025-09-30, amount: "= USD 7.44bn", settlement: "= USD 6bn", source: report}
      theirs: {debt: theirs, day: 2025-09-30, amount: "= USD 1bn", source: report}
    """
    near(adjusted_net_debt(View(book)).quantity, 1_500_000_000, 1_500_000_000, 1_500_000_000)


def test_net_debt_is_published_or_follows_from_what_is(reading, near):
    def found(fields):
        return adjusted_net_debt(View(reading(f"statements: {{table: {{day: 2025-09-30, {fields}, source: report}}}}").book))

    published, per_share, solved, missing = (
        found("nav: USD 10bn, net_debt: USD 2.55bn, bridge: {hybrid_adjustment: USD 1bn}"),
        found("net_debt_per_share: USD 20.0/share, shares: 1000000 shares"),
        found("nav: = USD 80bn, loan_to_value: = 20%"),
        found("nav: USD 80bn"),
    )
    near(published.quantity, "2.55bn", "2.545bn", "2.555bn")
    near(per_share.quantity, 20_000_000, 19_950_000, 20_050_000)
    near(solved.quantity, 20_000_000_000, 20_000_000_000, 20_000_000_000)
    near(missing.quantity, None, None, None)
    assert [one.how for one in (published, per_share, solved, missing)] == ["published", "derived", "derived", "missing"]


def test_a_company_that_publishes_tables_is_not_summed_from_the_debts_that_the_book_happens_to_list(book):
    """
    statements: {table: {day: 2025-06-30, nav: USD 80bn, net_debt: USD 9bn, source: report}}
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 60m, source: report}}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: USD 25m, source: report}}
    """
    assert adjusted_net_debt(View(book)).how == "missing"


def test_without_tables_debts_with_recourse_less_cash_are_owed(book, near):
    """
    debts:
      bond: {kind: bond, day: 2025-06-30, amount: USD 60m, maturity: 2027-06-30, source: report}
      loan: {kind: loan, day: 2025-06-30, principal: USD 40m, source: report}
      guaranteed: {kind: margin_loan, secured_by: beta, recourse: yes, day: 2025-06-30, amount: USD 5m, source: report}
      secured: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-06-30, amount: USD 70m, source: report}
      line: {kind: commitment_line, day: 2025-06-30, limit: USD 80m, source: report}
      theirs: {borrower: gamma, kind: bond, day: 2025-06-30, amount: USD 90m, source: report}
      planned: {kind: bond, day: 2025-06-30, amount: USD 30m, status: planned, source: report}
      later: {kind: bond, day: 2025-10-01, amount: USD 30m, source: report}
      repaid: {kind: bond, day: 2020-06-30, amount: USD 30m, maturity: 2025-06-30, source: report}
      again: {kind: bond, day: 2025-06-30, amount: USD 60m, restates: bond, source: report}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 25m", source: report}}
    """
    found = adjusted_net_debt(View(book))
    near(found.quantity, 80_000_000, 80_000_000, 80_000_000)
    assert found.how == "parts"


def test_of_a_hybrid_the_part_that_counts_as_equity_is_not_owed(book, near):
    """
    debts: {hybrid: {kind: hybrid, day: 2025-06-30, amount: USD 60m, equity_credit: "= 50%", source: report}}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 10m", source: report}}
    """
    near(adjusted_net_debt(View(book)).quantity, 20_000_000, 20_000_000, 20_000_000)


def test_without_cash_or_debts_net_debt_has_the_end_that_is_known(book, near):
    """
    debts: {bond: {kind: bond, day: 2025-06-30, amount: USD 60m, maturity: 2027-06-30, source: report}}
    """
    near(adjusted_net_debt(View(book)).quantity, None, None, 60_000_000)


def test_nothing_owed_and_no_cash_is_missing(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    """
    assert adjusted_net_debt(View(book)).how == "missing"


def test_the_cash_position_is_that_of_the_day_of_the_company(book, near):
    """
    balances:
      theirs: {entity: gamma, item: cash_position, day: 2025-09-30, amount: USD 1m, source: report}
      cash: {entity: acme, item: cash_position, day: 2025-09-30, amount: "= USD 25m", source: report}
      other: {item: cash, day: 2025-06-30, amount: USD 2m, source: report}
    """
    near(cash_position(View(book)), 25_000_000, 25_000_000, 25_000_000)
    assert cash_position(View(book, date(2025, 6, 30))) is None


def test_a_debt_is_owed_at_its_book_value_in_the_currency_of_the_book_else_at_its_amount(book, near):
    """
    rates: {day: {pair: EUR/USD, rate: "= USD 1.5/EUR", kind: spot, day: 2025-09-30, source: report}}
    debts:
      carried: {kind: bond, day: 2025-06-30, amount: USD 60m, carrying: "= USD 59m", source: report}
      euro: {kind: bond, day: 2025-06-30, amount: EUR 60m, carrying: EUR 59m, source: report}
      drawn: {kind: loan, day: 2025-06-30, drawn: USD 7m, principal: USD 9m, source: report}
      silent: {kind: loan, day: 2025-06-30, source: report}
    """
    view = View(book)
    amounts = {debt.id: owed(view, debt) for debt in view.facts(Debt)}
    near(amounts["carried"], 59_000_000, 59_000_000, 59_000_000)
    near(amounts["euro"], 90_000_000, 90_000_000, 90_000_000)  # the rate of the day that is asked about
    near(amounts["drawn"], 7_000_000, 7_000_000, 7_000_000)
    near(amounts["silent"], None, 0, None)


def test_a_debt_is_owed_at_the_balance_of_the_day_if_there_is_one(book, near):
    """
    debts: {loan: {kind: loan, day: 2025-03-31, amount: USD 9m, source: report}}
    balances:
      june: {debt: loan, day: 2025-06-30, amount: "= USD 8m", source: report}
      plan: {debt: loan, day: 2025-09-30, amount: "= USD 1m", status: planned, source: report}
    """
    view, (loan,) = View(book), book.tables["debts"].values()
    near(owed(view.on(date(2025, 6, 30)), loan), 8_000_000, 8_000_000, 8_000_000)
    near(owed(view, loan), 9_000_000, 9_000_000, 9_000_000)


def test_a_secured_loan_is_owed_unless_somebody_says_that_it_is_without_recourse(book, near):
    """
    debts:
      silent: {kind: margin_loan, secured_by: beta, day: 2025-06-30, amount: USD 5m, source: report}
      without: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-06-30, amount: USD 70m, source: report}
      inner: {kind: intragroup, day: 2025-06-30, amount: USD 30m, source: report}
      line: {kind: commitment_line, day: 2025-06-30, limit: USD 80m, drawn: USD 2m, source: report}
    balances: {cash: {item: cash_position, day: 2025-09-30, amount: "= USD 1m", source: report}}
    """
    near(adjusted_net_debt(View(book)).quantity, 6_000_000, 6_000_000, 6_000_000)


def test_a_cash_position_of_some_day_in_a_month_is_that_of_no_day(book):
    """
    balances: {cash: {item: cash_position, day: 2025-09, amount: USD 25m, source: report}}
    """
    assert cash_position(View(book, date(2025, 9, 1))) is None


def test_what_was_repaid_on_the_way_is_owed_no_more(book, near):
    """
    debts:
      issued: {kind: loan, day: 2024-01-15, principal: USD 100m, maturity: 2027-06-30, repayments: {one: {day: 2025-06-30, amount: USD 30m}, two: {day: 2026-06-30, amount: USD 20m}}, source: report}
      left: {kind: loan, day: 2025-06-30, amount: USD 70m, principal: USD 100m, maturity: 2027-06-30, repayments: {one: {day: 2025-06-30, amount: USD 30m}, two: {day: 2026-06-30, amount: USD 20m}}, source: report}
      booked: {kind: loan, day: 2024-12-31, principal: USD 100m, carrying: "= USD 99m", maturity: 2027-06-30, repayments: {one: {day: 2025-06-30, amount: USD 30m}}, source: report}
      within: {kind: loan, day: 2024-12-31, amount: USD 100m, maturity: 2027-06-30, repayments: {one: {day: 2025, amount: USD 30m}}, source: report}
    """
    view = View(book)
    amounts = {debt.id: owed(view, debt) for debt in view.facts(Debt)}
    near(amounts["issued"], 70_000_000, 70_000_000, 70_000_000)
    near(amounts["left"], 70_000_000, 70_000_000, 70_000_000)
    near(amounts["booked"], 69_000_000, 69_000_000, 69_000_000)
    near(amounts["within"], None, 70_000_000, 100_000_000)
