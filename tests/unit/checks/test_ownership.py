from holdbook.checks.check import check
from holdbook.checks.ownership import beyond_all, closed_circles, to_itself


def ownership(book):
    return [*to_itself(book), *beyond_all(book), *closed_circles(book)]


def test_nobody_owns_itself_or_more_than_all(book):
    """
    relations: {loop: {from: beta, type: owns, to: beta, source: report}}
    stakes:
      a: {asset: beta, day: 2025-09-30, part: 60%, source: report}
      b: {asset: beta, holder: gamma, day: 2025-09-30, part: 41%, source: report}
      other_day: {asset: beta, holder: gamma, day: 2025-06-30, part: 50%, source: report}
      all: {asset: gamma, day: 2025-09-30, part: "= 100%", source: report}
    """
    assert [(one.reason, one.found.split(" ")[0]) for one in ownership(book)] == [("ownership", "relations.loop")]


def test_more_than_all_of_one_day_is_a_fault(book):
    """
    stakes:
      a: {asset: beta, day: 2025-09-30, part: 60%, source: report}
      b: {asset: beta, holder: gamma, day: 2025-09-30, part: 43%, source: report}
    """
    (problem,) = ownership(book)
    assert "of beta at least is owned" in problem.found
    assert [side.says for side in problem.sides] == ["stakes.a 60%", "stakes.b 43%"]


def test_a_corrected_part_does_not_count_beside_its_correction(book):
    """
    stakes:
      a: {asset: beta, day: 2025-09-30, part: 60%, source: report}
      again: {asset: beta, day: 2025-09-30, part: 61%, restates: a, known_difference: Rounded., source: report}
      corrected: {asset: beta, day: 2025-09-30, part: 75%, supersedes: a, source: report}
    """
    assert list(ownership(book)) == []
    assert check(book, []).problems == []


def test_a_holder_told_by_a_stake_and_by_a_relation_counts_once(book):
    """
    stakes:
      a: {asset: beta, day: 2025-09-30, part: 60%, source: report}
      b: {asset: beta, holder: gamma, day: 2025-09-30, part: 40%, source: report}
    relations: {a: {from: acme, to: beta, type: owns, day: 2025-09-30, part: 60%, source: report}}
    """
    assert list(beyond_all(book)) == []


def test_a_relation_can_be_the_part_too_many(book):
    """
    stakes: {a: {asset: beta, day: 2025-09-30, part: 60%, source: report}}
    relations: {b: {from: gamma, to: beta, type: owns, day: 2025-09-30, part: 45%, source: report}}
    """
    (problem,) = beyond_all(book)
    assert problem.found == "104.0% of beta at least is owned"
    assert [side.says for side in problem.sides] == ["stakes.a 60%", "relations.b 45%"]


def test_a_circle_that_owns_all_of_itself_is_a_fault_only_while_it_does(book):
    """
    entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}, delta: {name: Delta}, epsilon: {name: Epsilon}}
    stakes:
      there: {asset: beta, holder: gamma, day: 2024-12-31, part: 100%, source: report}
      back: {asset: gamma, holder: beta, day: 2025-03-31, part: 60%, source: report}
      rest: {asset: gamma, holder: delta, day: 2025-03-31, part: 40%, source: report}
      into: {asset: delta, holder: beta, day: 2025-03-31, part: 100%, source: report}
      before: {asset: epsilon, holder: acme, day: 2024-03-31, until: 2024-12-31, part: 100%, source: report}
      after: {asset: acme, holder: epsilon, day: 2025-03-31, part: 100%, source: report}
    """
    (problem,) = closed_circles(book)
    assert problem.found == "beta, delta, gamma own all of each other"
    assert {side.says for side in problem.sides} == {"stakes.there 100%", "stakes.back 60%", "stakes.rest 40%", "stakes.into 100%"}


def test_a_circle_with_somebody_outside_is_none(book):
    """
    stakes:
      there: {asset: beta, holder: gamma, part: 100%, source: report}
      back: {asset: gamma, holder: beta, part: 99%, source: report}
      plan: {asset: gamma, holder: beta, part: 100%, status: planned, source: report}
    """
    assert ownership(book) == []
