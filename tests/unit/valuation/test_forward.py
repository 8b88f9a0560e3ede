import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdbook.quantity.point import point
from holdbook.quantity.quantity import UnitError, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import asset_backed
from holdbook.valuation.forward import settlement_value, shares_to_deliver

SHARES = exact(100, UNIT("share"))


def price(amount):
    return exact(amount, UNIT("USD/share"))


def test_without_a_cap_nothing_comes_on_top_and_without_a_floor_it_is_a_plain_forward():
    assert point(settlement_value(SHARES, price(140), price(90))) == 9_000
    assert point(settlement_value(SHARES, price(140))) == 14_000


def test_prices_in_two_currencies_cannot_be_compared():
    with pytest.raises(UnitError):
        settlement_value(SHARES, price(100), exact(90, UNIT("EUR/share")))


@given(st.integers(1, 1000), st.integers(1, 500), st.integers(0, 500))
def test_never_more_shares_than_the_contract_is_on_and_the_holder_keeps_the_rest(at, floor, width):
    delivered = point(shares_to_deliver(SHARES, price(at), price(floor), price(floor + width)))
    assert 0 < delivered <= 100
    assert (100 - delivered) * at == 100 * min(max(at - floor, 0), width)


def test_a_contract_with_terms_settles_at_the_price_of_the_day_whatever_it_is_carried_at(book, near):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 120/share", source: report}}
    debts:
      collar: {kind: collar, secured_by: beta, recourse: no, day: 2024-03-31, shares: 100 shares, floor: USD 90/share, cap: USD 110/share, source: report}
      bare: {kind: collar, secured_by: beta, recourse: no, day: 2024-03-31, carrying: "= USD 8500", source: report}
    balances: {collar: {debt: collar, day: 2025-09-30, amount: "= USD 8500", source: report}}
    """
    bare, collar = asset_backed(View(book))
    near(collar.settlement, 10_000, 10_000, 10_000)
    near(collar.carrying, 8_500, 8_500, 8_500)
    assert (collar.assumed, bare.assumed, bare.settlement) == (False, True, bare.carrying)


def test_a_contract_with_terms_and_no_balance_has_no_carrying_amount(book, near):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, price: "= USD 60/share", source: report}}
    debts: {forward: {kind: prepaid_forward, secured_by: beta, recourse: no, day: 2024-03-31, shares: 100 shares, floor: USD 90/share, source: report}}
    """
    (forward,) = asset_backed(View(book))
    near(forward.settlement, 6_000, 6_000, 6_000)
    near(forward.carrying, None, 0, None)
