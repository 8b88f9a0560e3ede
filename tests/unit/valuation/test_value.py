from datetime import date

import pytest

from holdbook.measures.worth import equity_value_of_holdings
from holdbook.quantity.bounds import bounds
from holdbook.timeline.view import View
from holdbook.valuation.value import has_tables, last_table, part, parts, table_of


def test_a_holding_is_worth_its_shares_less_what_settles_the_finance_on_it(book, near):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {loan: {debt: loan, day: 2025-09-30, amount: "= USD 50m", source: report}}
    """
    found = part(View(book), "beta")
    near(found.gross, 200_000_000, 200_000_000, 200_000_000)
    near(found.value, 150_000_000, 150_000_000, 150_000_000)
    assert (found.basis, [one.debt.id for one in found.finance]) == ("from its parts", ["loan"])


def test_a_loan_without_a_balance_of_the_day_stands_at_its_amount_and_does_not_vanish(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-06-30, amount: USD 50m, source: report}}
    """
    found = part(View(book), "beta")
    assert bounds(found.value).interval.low <= 150_000_000


def test_a_loan_without_recourse_never_takes_more_than_the_holding(book, near):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, value: "= USD 30m", source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {loan: {debt: loan, day: 2025-09-30, amount: "= USD 50m", source: report}}
    """
    near(part(View(book), "beta").value, 0, 0, 0)


def test_a_mark_comes_before_shares_a_net_mark_before_what_was_published(book, near):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    marks:
      price: {asset: beta, day: 2025-09-30, price: "= USD 20/share", source: report}
      value: {asset: beta, day: 2025-09-30, value: "= USD 30m", source: report}
      net: {asset: gamma, day: 2025-09-30, value: "= USD 10m", net: yes, source: report}
    statements: {table: {day: 2025-09-30, nav: USD 60m, parts: {beta: USD 29m, gamma: USD 11m, acme: USD 20m}, source: report}}
    """
    found = parts(View(book))
    assert [(one.asset, one.basis) for one in found] == [("beta", "from its parts"), ("gamma", "as marked"), ("acme", "as published")]
    near(found[0].value, 30_000_000, 30_000_000, 30_000_000)
    near(found[0].published, 29_000_000, 28_500_000, 29_500_000)
    near(found[1].value, 10_000_000, 10_000_000, 10_000_000)
    near(found[2].value, 20_000_000, 19_500_000, 20_500_000)


def test_a_holding_that_nobody_valued_is_unknown_and_not_below_nothing(book, near):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    """
    (found,) = parts(View(book))
    near(found.value, None, 0, None)
    assert (found.basis, found.value.title) == ("unknown", "a value of Beta on 2025-09-30")


def test_without_tables_the_stakes_of_the_company_are_its_holdings(book):
    """
    stakes:
      beta: {asset: beta, day: 2025-06-30, part: 20%, value: USD 5m, source: report}
      again: {asset: beta, day: 2025-09-30, part: 20%, value: USD 6m, source: report}
      inner: {asset: gamma, day: 2025-06-30, shares: 1m shares, within: beta, source: report}
      filing: {asset: gamma, day: 2025-06-30, shares: 1m shares, binds: day, source: report}
      theirs: {asset: gamma, holder: beta, day: 2025-06-30, shares: 1m shares, source: report}
      ended: {asset: acme, day: 2024-06-30, until: 2025-06-30, shares: 1m shares, source: report}
    """
    (found,) = parts(View(book))
    assert (found.asset, found.basis, found.value.origin.words) == ("beta", "as stated", "USD 6m")


def test_a_company_with_tables_is_not_summed_on_a_day_without_one(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
    statements: {june: {day: 2025-06-30, nav: USD 60m, parts: {beta: USD 60m}, source: report}}
    """
    view = View(book)
    assert (has_tables(view), parts(view), table_of(view)) == (True, None, None)
    assert parts(view.on(date(2025, 6, 30)))
    assert last_table(view).id == "june"


def test_a_partial_table_gives_no_sum(book):
    """
    statements: {table: {day: 2025-09-30, nav: USD 60m, parts: {beta: USD 20m}, partial: yes, source: report}}
    """
    assert parts(View(book)) is None


def test_a_full_table_comes_before_a_pro_forma_one_and_is_not_there_before_it_was_known(book):
    """
    statements:
      sketch: {day: 2025-09-30, known: 2025-10-01, nav: USD 61m, pro_forma: yes, source: report}
      full: {day: 2025-09-30, known: 2025-11-11, nav: USD 60m, source: report}
      theirs: {company: gamma, day: 2025-09-30, nav: USD 1m, source: report}
    """
    assert table_of(View(book)).id == "full"
    assert table_of(View(book, known_on=date(2025, 11, 10))).id == "sketch"
    assert last_table(View(book, known_on=date(2025, 11, 10))) is None


def test_a_part_of_what_the_whole_was_valued_at_is_a_value(book, near):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, part: "= 20%", source: report}}
    marks: {whole: {asset: beta, day: 2025-09-30, value: "= USD 500m", kind: post_money, source: report}}
    """
    (found,) = parts(View(book))
    near(found.value, 100_000_000, 100_000_000, 100_000_000)


def test_a_published_line_stays_so_where_only_a_price_file_has_a_close(priced, near):
    text = """book: {name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31}
sources: {report: {title: Report, published: 2025-10-15}}
entities: {acme: {name: Acme}, beta: {name: Beta, listings: {XNYS: BETA}}}
stakes: {beta: {asset: beta, day: 2025-06-30, shares: 10000000 shares, source: report}}
statements: {table: {company: acme, day: 2025-09-30, parts: {beta: "= USD 150m"}, source: report}}
"""
    (found,) = parts(View(priced(text, BETA="Date,close_as_traded\n2025-09-30,20.00\n").book))
    assert found.basis == "as published"
    near(found.value, 150_000_000, 150_000_000, 150_000_000)


@pytest.mark.parametrize(
    "came",
    [
        "{asset: gamma, side: spin_off, received: beta, received_shares: unknown, day: 2023-05-02, source: report}",
        "{asset: beta, side: buy, amount: USD 5m, day: 2023-05-02, source: report}",
    ],
)
def test_what_came_in_an_unknown_number_is_a_holding_of_unknown_worth(reading, near, came):
    text = f"""
stakes: {{gamma: {{asset: gamma, day: 2025-06-30, shares: 10000000 shares, source: report}}}}
trades: {{came: {came}}}
marks:
  gamma: {{asset: gamma, day: 2025-09-30, price: "= USD 20/share", source: report}}
  beta: {{asset: beta, day: 2025-09-30, price: "= USD 5/share", source: report}}
"""
    view = View(reading(text).book)
    assert [one.asset for one in parts(view)] == ["gamma", "beta"]
    near(equity_value_of_holdings(view).quantity, None, 200_000_000, None)
