from datetime import date

import pytest

from holdbook.numerics.market_equivalent import PRICE_INDEX, direct_alpha, fund, kaplan_schoar, long_nickels, modified, pme_plus


def of(flows, index, worth=0.0, *, total_return=True):
    return fund(range(len(flows)), flows, index, worth, total_return=total_return)


def test_a_price_index_is_a_caveat_on_every_measure():
    held = of([-100, 110], [100, 105], total_return=False)
    found = [kaplan_schoar(held), long_nickels(held), pme_plus(held), modified(held, [100, 0]), direct_alpha(held)]
    assert {one.caveat for one in found} == {PRICE_INDEX}
    assert kaplan_schoar(of([-100, 110], [100, 105])).caveat == ""


def test_without_payments_there_is_no_ratio():
    assert kaplan_schoar(of([0, 10], [1, 1])) == (None, "", "nothing was paid")


def test_without_receipts_there_is_nothing_to_scale():
    found = pme_plus(of([-100, 0], [100, 105], 110))
    assert (found.rate, found.factor) == (None, None)
    assert found.fund == pytest.approx(0.1)
    assert "nothing was received" in found.why


def test_a_factor_below_zero_is_undefined():
    found = pme_plus(of([-100, 10, 0], [100, 100, 100], 500))
    assert (found.rate, found.factor) == (None, -40)
    assert found.why.startswith("undefined")


def test_an_account_that_ends_at_nothing_is_still_defined():
    """All that the index made was taken out: not a float's breadth below zero."""
    found = long_nickels(of([-100, 110 * 1.1], [0.1, 0.121]))
    assert (found.worth[-1], found.why) == (pytest.approx(0, abs=1e-9), "")
    assert found.rate == pytest.approx(0.21)


def test_where_several_rates_fit_none_is_given():
    found = direct_alpha(of([-100, 230, -132], [1, 1, 1]))
    assert (found.annual, found.log) == (None, None)
    assert found.roots == pytest.approx([0.1, 0.2])
    assert "2 rates fit" in found.why


def test_a_fund_that_lost_all_has_an_alpha_of_minus_100_percent_and_no_logarithm():
    found = direct_alpha(of([-100, 0], [100, 105]))
    assert (found.annual, found.log) == (-1, None)


def test_days_are_years_and_modified_needs_a_value_at_each():
    held = fund([date(2023, 1, 1), date(2024, 1, 1)], [-1, 0], [1, 2], 3, total_return=True)
    assert held.times == (0, 1)
    with pytest.raises(ValueError, match="one value"):
        modified(held, [1])


@pytest.mark.parametrize(("flows", "index", "worth"), [
    ([], [], 0), ([-1], [1, 2], 0), ([-1, 1], [1, 0], 0), ([-1, 1], [1, 1], -1), ([-1, float("nan")], [1, 1], 0),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(flows, index, worth):
    with pytest.raises(ValueError, match=r"each time|above zero|finite"):
        of(flows, index, worth)


def test_days_that_fall_back_are_refused():
    with pytest.raises(ValueError, match="order"):
        fund([1.0, 0.0], [-1, 1], [1, 1], total_return=True)
