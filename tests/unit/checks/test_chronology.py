import pytest

from holdbook.checks.chronology import chronology, circles


@pytest.mark.parametrize(("fields", "early"), [
    ("day: 2025-10, known: 2025-09-30", True),
    ("day: 2025-10, known: 2025-10-01", False),
    ("day: 2025-10, known: 2025-09-30, status: planned", False),
    ("day: 2025-10, known: 2025-09-30, status: done", True),
])  # fmt: skip
def test_nothing_is_known_before_it_happened_unless_it_is_a_plan(reading, fields, early):
    book = reading(f"trades: {{sale: {{asset: beta, side: sell, {fields}, source: report}}}}").book
    assert [one.reason for one in chronology(book)] == ["learnt-too-early"] * early


def test_a_debt_or_an_event_of_tomorrow_may_be_known_today(book):
    """
    debts: {bond: {kind: bond, day: 2025-12-31, known: 2025-09-30, source: report}}
    calendar: {split: {text: Split., day: 2026-01-01, known: 2025-09-30, source: report}}
    """
    assert list(chronology(book)) == []


def test_nothing_ends_before_it_begins(book):
    """
    stakes:
      wrong: {asset: beta, day: 2025-03-31, until: 2025-02, shares: 1m shares, source: report}
      short: {asset: beta, day: 2025-03-31, until: 2025-03, shares: 1m shares, source: report}
    """
    assert [(one.reason, "stakes.wrong" in one.found) for one in chronology(book)] == [("until-before-day", True)]


def test_an_entry_never_tells_or_corrects_itself(book):
    """
    stakes:
      alone: {asset: beta, restates: alone, source: report}
      a: {asset: beta, supersedes: b, source: report}
      b: {asset: beta, supersedes: c, source: report}
      c: {asset: beta, supersedes: a, source: report}
      tail: {asset: beta, supersedes: a, source: report}
      fine: {asset: beta, restates: tail, source: report}
    """
    assert sorted(one.found for one in circles(book)) == [
        "stakes.a supersedes itself",
        "stakes.alone restates itself",
        "stakes.b supersedes itself",
        "stakes.c supersedes itself",
    ]
