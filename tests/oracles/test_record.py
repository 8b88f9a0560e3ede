"""The record of the SoftBank book by the article's own sums and the world's.

Sources: the article (lines 150 to 168) and the cross-checks of its figures; Axios on the 88 companies of March 2020; the concentration of
the United States Department of Justice's example (30, 30, 20, 20 per cent: 2,600) stands in the unit tests.
"""

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point


@pytest.fixture(scope="module")
def record(softbank):
    return api.ask(softbank, "record")


def figure(answer, name):
    return answer.quantities[name].quantity


def ends(quantity, places):
    interval = bounds(quantity).interval
    return [None if end is None else round(float(end), places) for end in (interval.low, interval.high)]


def test_alibaba_was_worth_3700_times_its_cost_at_the_listing(record):
    assert point(figure(record, "alibaba.alibaba_2014.multiple")) == 3700
    low, high = ends(figure(record, "alibaba.alibaba_2014.return"), 2)
    assert low < 0.8 < high


def test_wework_lost_13_7_billion_of_more_than_10(record):
    assert ends(figure(record, "wework.stated_loss"), -8) == [13.6e9, 13.8e9]
    assert ends(figure(record, "wework.money_in"), -8) == [1e10, None]
    assert ends(figure(record, "wework.peak"), -9) == [46e9, 48e9]


def test_of_view_at_most_a_twentieth_is_left(record):
    low, high = ends(figure(record, "view.multiple"), 3)
    assert (low, high) == (0, 0.048)


def test_the_first_nvidia_stake_may_have_made_or_lost_money(record):
    low, high = ends(figure(record, "vision_fund.nvidia.gain"), -8)
    assert low < 0 < high


def test_the_funds_come_to_23_7_billion_together(record):
    assert ends(figure(record, "funds.net.no_day"), -8) == [23.6e9, 23.8e9]


def test_47_written_down_are_64_per_cent_of_73_or_74_but_36_of_131(record):
    assert ends(figure(record, "vision_fund.written_down.fund_written_down_part.of"), 1) == [72.9, 74.0]
    assert float(point(figure(record, "vision_fund.written_down.fund_companies.part"))) == pytest.approx(47 / 131)
    assert any("another number of companies" in str(caveat) for caveat in record.caveats)


def test_what_has_no_figure_is_said_to_need_one(record):
    needed = {row[0]: row[1] for row in record.tables["missing"].rows}
    assert {"Didi", "OneWeb", "Zume Pizza", "Katerra"} <= set(needed)
    assert needed["T-Mobile US"] == "money in, a value of what is left"
