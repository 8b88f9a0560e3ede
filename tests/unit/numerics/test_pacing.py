import pytest

from holdbook.numerics.pacing import Plan, Position, pacing, part_of_year

PLAN = Plan(100.0, (0.5,), life=4, bow=2.0, growth=0.1)


def test_what_is_called_in_the_last_year_stays():
    last = pacing(PLAN)[-1]
    assert last.worth == last.called == 100 * 0.5**4


def test_after_the_investing_years_nothing_is_called():
    found = pacing(PLAN._replace(investing=2))
    assert [one.called for one in found] == [50, 25, 0, 0]
    assert found[-1].worth == 0


def test_quarters_call_by_their_year_and_end_with_the_fund():
    found = pacing(PLAN._replace(calls=(0.5, 0.25), investing=2), periods_a_year=4)
    assert len(found) == 16
    assert [round(one.paid_in, 9) for one in found[3::4]] == [50, 62.5, 62.5, 62.5]
    assert found[-1].worth == pytest.approx(0, abs=1e-12)


def test_a_yield_alone_comes_to_the_same_by_quarters():
    """Without growth and calls, a quarter's share of what is left, four times, is the year's."""
    plan = Plan(0.0, (0.0,), life=40, bow=5.0, growth=0.0, yields=0.2)
    start = Position(age=0, worth=100.0)
    assert pacing(plan, start)[0].worth == pytest.approx(pacing(plan, start, 4)[3].worth) == pytest.approx(80)


def test_a_fund_past_its_life_has_no_periods_left():
    assert pacing(PLAN, Position(age=4, worth=10)) == []


def test_all_at_once_is_all_in_each_part():
    assert part_of_year(1.0, 4) == 1


@pytest.mark.parametrize("change", [
    {"calls": ()}, {"calls": (1.5,)}, {"yields": -0.1}, {"life": 0}, {"growth": -1.0}, {"bow": -1.0}
])  # fmt: skip
def test_what_makes_no_sense_is_refused(change):
    with pytest.raises(ValueError, match=r"between|at least"):
        pacing(PLAN._replace(**change))


def test_a_year_has_a_period():
    with pytest.raises(ValueError, match="a year has a period"):
        pacing(PLAN, periods_a_year=0)


def test_a_fund_taken_up_within_a_year_ends_by_the_last_period_that_its_life_needs():
    found = pacing(PLAN._replace(investing=2), Position(age=1.5, worth=80.0, paid_in=60.0))
    assert [one.age for one in found] == [2.5, 3.5, 4.5]
    assert found[-1].worth == 0
