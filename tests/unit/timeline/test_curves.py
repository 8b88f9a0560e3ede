from datetime import date

import pytest

from holdbook.quantity.needs import needs
from holdbook.timeline.curves import curve_level
from holdbook.timeline.view import View

LEVELS = """
rates:
  spring: {curve: swap, level: "= 2%", kind: fixing, day: 2025-03-31, source: report}
  autumn: {curve: swap, level: "= 3%", kind: fixing, day: 2025-09-30, source: report}
  forward: {curve: swap, level: "= 4%", kind: fixing, day: 2027-01-01, known: 2025-10-15, source: report}
  flat: {curve: flat, level: "= 1%", kind: fixing, day: 2025-09-30, until: 2030-12-31, source: report}
  other: {pair: EUR/USD, rate: "= USD 1.2/EUR", kind: spot, day: 2025-09-30, source: report}
"""


@pytest.mark.parametrize(("curve", "day", "level"), [
    ("swap", date(2025, 3, 31), "2%"),
    ("swap", date(2025, 9, 29), "2%"),
    ("swap", date(2025, 12, 31), "3%"),
    ("swap", date(2027, 1, 1), "4%"),
    ("swap", date(2027, 6, 30), "4%"),
    ("flat", date(2030, 12, 31), "1%"),
])  # fmt: skip
def test_a_level_holds_until_the_next_one(reading, near, curve, day, level):
    near(curve_level(View(reading(LEVELS).book), curve, day), level, level, level)


@pytest.mark.parametrize(("curve", "day"), [
    ("swap", date(2025, 3, 30)),
    ("swap", date(2026, 1, 1)),
    ("flat", date(2031, 1, 1)),
    ("none", date(2025, 9, 30)),
])  # fmt: skip
def test_a_level_that_nobody_states_is_unknown(reading, curve, day):
    assert needs(curve_level(View(reading(LEVELS).book), curve, day)) == [f"{curve} on {day}"]


def test_a_level_is_not_known_before_it_is_stated(reading):
    view = View(reading(LEVELS).book, date(2025, 9, 30), date(2025, 10, 14))
    assert needs(curve_level(view, "swap", date(2025, 9, 30))) == ["swap on 2025-09-30"]
