from datetime import date

import pytest

from holdbook.numerics.linked_returns import Valuation, annualised, modified_dietz, time_weighted

JAN, FEB, MAR = date(2025, 1, 1), date(2025, 1, 31), date(2025, 3, 2)


def test_a_flow_counts_from_the_end_or_from_the_start_of_its_day():
    first, last, flow = Valuation(JAN, 100), Valuation(FEB, 220), [(date(2025, 1, 16), 100.0)]
    assert modified_dietz(first, last, flow).average_capital == 150
    assert modified_dietz(first, last, flow, "start of day").average_capital == pytest.approx(100 + 100 * 16 / 30)
    assert modified_dietz(first, last, flow).rate == pytest.approx(20 / 150)


def test_flows_on_the_first_and_on_the_last_day_are_the_valuations_own():
    with_flows = modified_dietz(Valuation(JAN, 0, 100), Valuation(FEB, 110, -110), [])
    assert with_flows == modified_dietz(Valuation(JAN, 100), Valuation(FEB, 110), [])
    assert with_flows.rate == pytest.approx(0.1)


def test_average_capital_of_nothing_or_less_is_refused():
    """More was taken out early than there was: a gain of 10 on a negative capital would read as a loss."""
    found = modified_dietz(Valuation(JAN, 100), Valuation(FEB, -90), [(date(2025, 1, 2), -200.0)])
    assert (found.rate, found.gain) == (None, 10)
    assert found.average_capital < 0
    assert "nothing or less" in found.why
    assert modified_dietz(Valuation(JAN, 0), Valuation(FEB, 0), []).rate is None


@pytest.mark.parametrize(("first", "last", "flows"), [
    (Valuation(JAN, 1), Valuation(JAN, 1), []),
    (Valuation(JAN, 1), Valuation(FEB, 1), [(JAN, 1.0)]),
    (Valuation(JAN, 1), Valuation(FEB, 1), [(MAR, 1.0)]),
    (Valuation(JAN, float("nan")), Valuation(FEB, 1), []),
])  # fmt: skip
def test_periods_flows_and_figures_that_make_no_sense_are_refused(first, last, flows):
    with pytest.raises(ValueError, match=r"period|finite"):
        modified_dietz(first, last, flows)


def test_time_weighted_revalues_at_each_flow():
    found = time_weighted([Valuation(JAN, 100), Valuation(FEB, 110, 890), Valuation(MAR, 500)])
    assert found.periods == pytest.approx((0.1, -0.5))
    assert found.total == pytest.approx(-0.45)
    assert found.a_year is None


def test_time_weighted_takes_two_valuations_in_order_above_zero():
    assert time_weighted([Valuation(JAN, 1)]).why == "it takes two valuations"
    assert time_weighted([Valuation(JAN, 1, -1), Valuation(FEB, 1)]).total is None
    with pytest.raises(ValueError, match="order"):
        time_weighted([Valuation(FEB, 1), Valuation(JAN, 1)])


def test_a_total_loss_is_minus_one_and_nothing_is_linked_after_it():
    assert time_weighted([Valuation(JAN, 1), Valuation(FEB, 0)]).total == -1
    assert time_weighted([Valuation(JAN, 1), Valuation(FEB, 0), Valuation(MAR, 0)]).total is None


def test_only_a_year_or_more_is_annualised():
    assert annualised(0.5, 364) is None
    assert annualised(0.5, 365) == pytest.approx(0.5)
    assert annualised(-1, 730) == -1
