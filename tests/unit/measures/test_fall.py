"""All holdings down by a part: net asset value falls by as much money, loan to value rises by the inverse of what is left."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from holdbook import api
from holdbook.measures.fall import all_fall
from holdbook.measures.headroom import headroom
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact
from holdbook.timeline.view import View

TINY = api.read("tiny").book


@pytest.mark.parametrize(("percent", "nav", "ratio"), [(0, 165, "7/40"), (30, 105, "1/4"), (50, 65, "7/20")])
def test_a_fall_by_hand(percent: int, nav: int, ratio: str) -> None:
    """Holdings of 200m less net debt of 35m."""
    fallen = all_fall(View(TINY), exact(Fraction(percent, 100)))
    assert fallen is not None
    assert fallen.loan_to_value is not None
    assert point(fallen.nav) == nav * 10**6
    assert point(fallen.loan_to_value) == Fraction(ratio)


def test_nothing_left_has_no_ratio() -> None:
    fallen = all_fall(View(TINY), exact(1))
    assert fallen is not None
    assert point(fallen.holdings) == 0
    assert fallen.loan_to_value is None


@given(some.fractions(min_value=0, max_value=Fraction(99, 100), max_denominator=1000))
def test_what_is_lost_of_the_holdings_is_lost_of_net_asset_value(part: Fraction) -> None:
    before, after = all_fall(View(TINY), exact(0)), all_fall(View(TINY), exact(part))
    assert before is not None
    assert after is not None
    ends = [point(one) for one in (before.holdings, after.holdings, before.nav, after.nav)]
    held, left, nav, nav_left = (one or Fraction(0) for one in ends)
    assert held - left == nav - nav_left


def test_the_fall_to_a_limit_meets_it() -> None:
    view = View(TINY)
    (limit,) = headroom(view)
    fallen = all_fall(view, limit.fall)
    assert fallen is not None
    assert fallen.loan_to_value is not None
    assert point(fallen.loan_to_value) == point(limit.limit)


def test_a_day_without_figures_has_no_fall() -> None:
    view = View(api.read("softbank").book)
    assert all_fall(view, exact(0)) is None
