"""SQL:2011 periods (Kulkarni and Michels 2012, SIGMOD Record 41:3; Teradata's manual), told as stakes that are corrected.

An update of a portion of a period is a later stake that holds from the portion's first day, and one that holds again after it.
"""

from datetime import date

import pytest

from holdbook.timeline.positions import position
from holdbook.timeline.view import View

BEFORE, AFTER = date(2012, 1, 31), date(2012, 2, 1)


def rows(book, known_on, *days):
    found = [position(View(book, date.fromisoformat(day), known_on), "beta").shares.stated for day in days]
    return [None if stated.is_unknown else int(stated.centre) for stated in found]


def test_an_update_of_a_portion_leaves_what_came_before_and_after(book):
    """
    stakes:
      row: {asset: beta, day: 2010-01-01, until: 2011-11-11, known: 2010-01-01, shares: 3 shares, source: report}
      portion: {asset: beta, day: 2011-02-03, until: 2011-09-09, known: 2012-02-01, shares: 4 shares, source: report}
      rest: {asset: beta, day: 2011-09-10, until: 2011-11-11, known: 2012-02-01, shares: 3 shares, source: report}
    """
    days = ("2010-01-01", "2011-02-02", "2011-02-03", "2011-09-09", "2011-09-10", "2011-11-11", "2011-11-12")
    assert rows(book, BEFORE, *days) == [3, 3, 3, 3, 3, 3, None]
    assert rows(book, AFTER, *days) == [3, 3, 4, 4, 3, 3, None]


def test_a_deletion_of_a_portion_leaves_a_gap(book):
    """
    stakes:
      row: {asset: beta, day: 2010-01-01, until: 2011-11-11, known: 2010-01-01, shares: 3 shares, source: report}
      first: {asset: beta, day: 2010-01-01, until: 2011-02-02, known: 2012-02-01, shares: 3 shares, supersedes: row, source: report}
      rest: {asset: beta, day: 2011-09-10, until: 2011-11-11, known: 2012-02-01, shares: 3 shares, source: report}
    """
    days = ("2010-01-01", "2011-02-02", "2011-02-03", "2011-09-09", "2011-09-10", "2011-11-11")
    assert rows(book, BEFORE, *days) == [3, 3, 3, 3, 3, 3]
    assert rows(book, AFTER, *days) == [3, 3, None, None, 3, 3]


def test_an_update_from_a_day_on_holds_for_ever(book):
    """
    stakes:
      row: {asset: beta, day: 2004-12-01, until: 9999-12-31, known: 2004-12-01, shares: 10 shares, source: report}
      portion: {asset: beta, day: 2005-12-01, until: 9999-12-31, known: 2012-02-01, shares: 11 shares, source: report}
    """
    days = ("2004-12-01", "2005-11-30", "2005-12-01", "2099-01-01")
    assert rows(book, BEFORE, *days) == [10, 10, 10, 10]
    assert rows(book, AFTER, *days) == [10, 10, 11, 11]


@pytest.mark.parametrize("day", ["2010-06-30", "2011-06-30", "2011-10-31"])
def test_a_correction_changes_nothing_outside_of_its_period_and_no_history(reading, day):
    row = "row: {asset: beta, day: 2010-01-01, known: 2010-01-01, shares: 3 shares, source: report}"
    portion = "portion: {asset: beta, day: 2011-02-03, known: 2012-02-01, shares: 4 shares, source: report}"
    plain, corrected = reading(f"stakes:\n  {row}").book, reading(f"stakes:\n  {row}\n  {portion}").book
    assert rows(corrected, BEFORE, day) == rows(plain, BEFORE, day) == [3]
    assert rows(corrected, AFTER, day) == [4 if day > "2011-02-03" else 3]
