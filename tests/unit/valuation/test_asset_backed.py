from datetime import date

from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import asset_backed, company_finance


def test_what_leaves_the_asset_is_not_what_leaves_the_debt(book, near):
    """
    debts: {forward: {kind: prepaid_forward, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {june: {debt: forward, day: 2025-09-30, amount: USD 4764.7m, settlement: USD 4265.2m, source: report}}
    """
    (contract,) = asset_backed(View(book))
    near(contract.carrying, "4764.7m", "4764.65m", "4764.75m")
    near(contract.settlement, "4265.2m", "4265.15m", "4265.25m")
    assert not contract.assumed


def test_of_a_margin_loan_the_two_amounts_are_one(book):
    """
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {june: {debt: loan, day: 2025-09-30, amount: USD 50m, source: report}}
    """
    (contract,) = asset_backed(View(book))
    assert contract.carrying == contract.settlement
    assert not contract.assumed


def test_a_collar_of_which_one_amount_is_known_takes_it_for_the_other_and_says_so(book):
    """
    debts:
      collar: {kind: collar, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
      forward: {kind: prepaid_forward, secured_by: gamma, recourse: no, day: 2024-03-31, source: report}
    balances:
      a: {debt: collar, day: 2025-09-30, amount: USD 50m, source: report}
      b: {debt: forward, day: 2025-09-30, settlement: USD 70m, source: report}
    """
    collar, forward = asset_backed(View(book))
    assert (collar.settlement, collar.assumed) == (collar.carrying, True)
    assert (forward.carrying, forward.assumed) == (forward.settlement, False)


def test_an_amount_that_nobody_stated_is_unknown_and_not_below_nothing(book, near):
    """
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {june: {debt: loan, day: 2025-09-30, source: report}}
    """
    (contract,) = asset_backed(View(book))
    near(contract.carrying, None, 0, None)


def test_the_contracts_of_one_asset_and_of_the_company_alone(book):
    """
    entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}}
    debts:
      own: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
      theirs: {borrower: gamma, kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}
      inner: {kind: intragroup, secured_by: gamma, recourse: no, day: 2024-03-31, source: report}
      guaranteed: {kind: margin_loan, secured_by: beta, recourse: yes, day: 2024-03-31, source: report}
      bond: {kind: bond, day: 2024-03-31, source: report}
    balances:
      a: {debt: own, day: 2025-09-30, amount: USD 1m, source: report}
      b: {debt: theirs, day: 2025-09-30, amount: USD 2m, source: report}
      c: {debt: inner, day: 2025-09-30, amount: USD 3m, source: report}
      d: {debt: guaranteed, day: 2025-09-30, amount: USD 4m, source: report}
      e: {debt: bond, day: 2025-09-30, amount: USD 5m, source: report}
    """
    view = View(book)
    assert [one.debt.id for one in asset_backed(view)] == ["inner", "own", "theirs"]
    assert [one.debt.id for one in asset_backed(view, "beta")] == ["own", "theirs"]
    assert [one.debt.id for one in company_finance(view)] == ["own"]


def test_a_contract_stands_from_its_first_balance_on_that_day(book):
    """
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-06-30, source: report}}
    balances: {june: {debt: loan, day: 2025-06-30, amount: USD 50m, source: report}}
    """
    assert asset_backed(View(book, date(2025, 6, 29))) == []
    assert [one.debt.id for one in asset_backed(View(book, date(2025, 6, 30)))] == ["loan"]


def test_a_contract_in_another_currency_is_converted(book, near):
    """
    rates: {day: {pair: USD/JPY, rate: "= JPY 150/USD", kind: spot, day: 2025-09-30, source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2024-03-31, source: report}}
    balances: {june: {debt: loan, day: 2025-09-30, amount: "= JPY 15bn", source: report}}
    """
    near(asset_backed(View(book))[0].carrying, 100_000_000, 100_000_000, 100_000_000)
