import math
from datetime import date, timedelta

import pytest

from holdbook.numerics.cash_flows import irr, mirr, npv, running_totals, sign_changes, xirr, xnpv

DAY, YEAR = date(2024, 2, 29), timedelta(days=365)


def test_days_need_no_order_and_one_day_s_flows_are_one():
    days, amounts = [DAY, DAY + YEAR, DAY + YEAR], [-100.0, 60.0, 50.0]
    assert xirr(days, amounts) == xirr(days[::-1], amounts[::-1]) == xirr([DAY, DAY + YEAR], [-100, 110])


def test_zeros_change_nothing_wherever_they_stand():
    assert xirr([DAY - YEAR, DAY, DAY + YEAR, DAY + 3 * YEAR], [0, -100, 110, 0]) == xirr([DAY, DAY + YEAR], [-100, 110])


def test_a_year_with_a_29th_of_february_is_longer_than_a_year():
    assert xirr([date(2024, 1, 1), date(2025, 1, 1)], [-100, 110]).single == pytest.approx(1.1 ** (365 / 366) - 1)


@pytest.mark.parametrize(("amounts", "why"), [
    ([], "there are no flows"),
    ([0, 0], "there are no flows"),
    ([-100], "all flows are on one day"),
    ([-100, -50], "money is only paid"),
    ([100, 50], "money is only received"),
    ([1000, -3000, 2500], "no rate makes them worth nothing"),
])  # fmt: skip
def test_where_there_is_no_rate_it_says_why(amounts, why):
    found = irr(amounts)
    assert (found.roots, found.chosen, found.single, found.why) == ((), None, None, why)


def test_flows_that_undo_each_other_on_their_days_have_every_rate_and_so_none():
    found = xirr([DAY, DAY, DAY + YEAR, DAY + YEAR], [-100, 100, 50, -50])
    assert (found.chosen, found.why) == (None, "they come to nothing at any rate")


def test_nothing_left_is_a_total_loss_only_if_somebody_says_so_after_the_last_payment():
    assert irr([-100, -50, 0]).single == -1
    assert irr([-100, 0, -50]).single is None
    assert irr([100, 0]).single is None


def test_a_rate_that_no_float_holds_is_said_and_one_at_the_bottom_is_minus_one():
    tomorrow = DAY + timedelta(days=1)
    assert xirr([DAY, tomorrow], [-1, 1000]).why == "its rate is more than 10 ** 308"
    assert xirr([DAY, tomorrow], [-1000, 1]).single == -1


def test_one_that_is_beyond_a_float_is_told_beside_the_others():
    found = xirr([DAY, DAY + timedelta(days=1), DAY + 2 * YEAR], [-1, 1000, -990])
    assert len(found.roots) == 1
    assert found.why == "1 more of more than 10 ** 308"


def test_borrowing_has_one_rate_and_is_not_called_conventional():
    found = irr([100, -110])
    assert (found.single, found.conventional) == (pytest.approx(0.1), False)
    assert "borrowing" in found.rule


def test_the_only_rate_of_many_changes_of_sign_is_the_answer():
    found = irr([-100, 60, -10, 70])
    assert len(found.roots) == 1
    assert (found.single, found.conventional) == (found.chosen, False)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_no_finite_number_is_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        irr([-100, bad])
    with pytest.raises(ValueError, match="finite"):
        xnpv(0.1, [DAY], [bad])


def test_lists_of_unlike_length_and_rates_of_minus_100_percent_are_refused():
    with pytest.raises(ValueError, match="2 days and 1 amounts"):
        xirr([DAY, DAY], [1])
    for rate in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="above -100%"):
            npv(rate, [1, 2])


def test_the_present_is_the_earliest_day():
    assert xnpv(0.1, [DAY + YEAR, DAY], [110, -100]) == pytest.approx(0)


def test_mirr_takes_a_payment_and_a_receipt():
    assert mirr([-100, 0], 0.1, 0.1) is None
    assert mirr([100, 50], 0.1, 0.1) is None
    assert mirr([-100, 0, 121], 0.5, 0.5) == pytest.approx(0.1)


def test_changes_of_sign_and_running_totals():
    assert sign_changes([-1, 0, 0, 2, -3]) == 2
    assert running_totals([DAY + YEAR, DAY, DAY], [5, -2, -1]) == [-3, 2]
