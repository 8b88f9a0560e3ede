"""Forwards, margin loans and hybrids against published figures.

Sources: domain notes on holding companies, section 6: what settles a variable prepaid forward (standard terms), the notes of the first
Vision Fund at December 2021 (irbank.net, S100NETB), press on the SoftBank Corp. loan of 2020 and on the loan for Twitter of 2022, the
terms of the 2017 hybrids (docslib.org/doc/1045926), of the fourth yen hybrid (release of 6 January 2021) and the retail one (IFR).
"""

from datetime import date
from fractions import Fraction

import pytest

from holdbook.model.debt import Debt
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View
from holdbook.valuation import margin_loan
from holdbook.valuation.coupon import coupon_rate, margin, rise
from holdbook.valuation.forward import settlement_value, shares_to_deliver

SHARES, FLOOR, CAP = exact(100, UNIT("share")), exact(90, UNIT("USD/share")), exact(110, UNIT("USD/share"))
BASIS_POINT = Fraction(1, 10_000)


@pytest.mark.parametrize(("price", "value", "delivered"), [
    (60, 6_000, 100),
    (80, 8_000, 100),
    (90, 9_000, 100),
    (100, 9_000, 90),
    (110, 9_000, Fraction(900, 11)),
    (120, 10_000, Fraction(250, 3)),
    (140, 12_000, Fraction(600, 7)),
])  # fmt: skip
def test_a_collared_forward_by_the_price(price, value, delivered):
    at = exact(price, UNIT("USD/share"))
    assert point(settlement_value(SHARES, at, FLOOR, CAP)) == value
    assert point(shares_to_deliver(SHARES, at, FLOOR, CAP)) == delivered


@pytest.mark.parametrize(("owed", "pledged", "per_cent"), [
    (345_060, 2_267_636, "15.2%"),
    (345_060, 2_267_636 + 56_935, "14.8%"),
    (500, 1_400, "35.7%"),
    (12_500, 62_500, "20.0%"),
])  # fmt: skip
def test_loan_to_value_of_published_loans(owed, pledged, per_cent, near):
    near(exact(owed, UNIT("JPY")) / exact(pledged, UNIT("JPY")), per_cent, per_cent, per_cent)


@pytest.mark.parametrize(("name", "day", "millions", "ratio"), [
    ("svf1_margin_2021", date(2021, 12, 31), 345_060, "14.84%"),
    ("sbkk_margin", date(2020, 2, 29), 500_000, "35.7%"),
])  # fmt: skip
def test_the_books_own_margin_loans(softbank, name, day, millions, ratio):
    """The loan of the first Vision Fund, its cash counted, and the first one on SoftBank Corp."""
    view = View(softbank.book, day, date(2026, 8, 31))
    debt = next(one for one in view.facts(Debt) if one.id == name)
    found = margin_loan.lending(view, debt, exact(millions * 1_000_000, UNIT("JPY"))).ratio
    assert point(found) in parse_figure(ratio).core


def test_cures_of_a_call():
    """Methods, section 7: a loan of 100 on 250, called at 50%, to be cured to 40%; the shares fall by 30%."""
    money, part = UNIT("USD"), Fraction(1, 10)
    owed, pledged, call, reset = exact(100, money), exact(250, money), exact(5 * part), exact(4 * part)
    assert point(margin_loan.fall_to_call(owed, pledged, call)) == Fraction(1, 5)
    fallen = pledged * exact(7 * part)
    assert point(owed / fallen) == Fraction(100, 175)
    assert point(margin_loan.cure_in_cash(owed, fallen, reset)) == 30
    assert point(margin_loan.cure_by_sale(owed, fallen, reset)) == 50
    assert point(margin_loan.cure_in_shares(owed, fallen, reset, exact(7, UNIT("USD/share")))) == Fraction(75, 7)
    assert point(margin_loan.call_price(owed, exact(25, UNIT("share")), call)) == 8


def test_the_price_at_which_a_margin_account_is_called():
    """thefreedictionary.com, margin call: 1,000 shares, a loan of 5,000, 30% of equity to be kept: the loan may be 70% of the value."""
    found = margin_loan.call_price(exact(5_000, UNIT("USD")), exact(1_000, UNIT("share")), exact(Fraction(7, 10)))
    assert round(float(point(found)), 6) == 7.142857


STEPS = {
    ("hybrid_usd_2017_nc10", "2027-07-18"): (None, 0),
    ("hybrid_usd_2017_nc10", "2027-07-19"): (485.4, 0),
    ("hybrid_usd_2017_nc10", "2042-07-19"): (560.4, 75),
    ("hybrid_usd_2017_nc6", "2023-07-19"): (422.6, 0),
    ("hybrid_usd_2017_nc6", "2038-07-19"): (497.6, 75),
    ("hybrid_jpy_2021_01", "2026-01-31"): (None, 0),
    ("hybrid_jpy_2021_01", "2026-02-28"): (None, 25),
    ("hybrid_jpy_2021_01", "2041-02-28"): (None, 30),
    ("hybrid_jpy_2021_01", "2046-02-28"): (None, 100),
    ("hybrid_jpy_2021_06", "2026-06-30"): (310, 0),
    ("hybrid_jpy_2021_06", "2041-06-30"): (315, 5),
    ("hybrid_jpy_2021_06", "2046-06-30"): (385, 75),
    ("hybrid_jpy_2025_09", "2030-09-04"): (340, 0),
}


@pytest.mark.parametrize("when", STEPS)
def test_margins_and_steps_of_the_hybrids(softbank, when):
    """Basis points over the curve, and over the first margin."""
    name, day = when
    debt = softbank.book.get(Debt, name)
    over, stepped = STEPS[when]
    found = margin(debt, date.fromisoformat(day))
    assert (None if found is None else point(found) / BASIS_POINT) == (None if over is None else Fraction(str(over)))
    assert point(rise(debt, date.fromisoformat(day))) / BASIS_POINT == stepped


def test_a_hybrid_pays_its_coupon_until_the_first_call_and_then_what_nobody_knows_yet(softbank, near):
    view = View(softbank.book, date(2025, 9, 30))
    debt = softbank.book.get(Debt, "hybrid_usd_2017_nc10")
    near(coupon_rate(view, debt, date(2027, 7, 18)), "6.875%", "6.8745%", "6.8755%")
    assert point(coupon_rate(view, debt, date(2027, 7, 19))) is None
