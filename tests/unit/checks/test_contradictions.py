import pytest

from holdbook.checks.check import check
from holdbook.checks.contradictions import contradictions, unexplained


def pairs(book):
    return [(one.left.fact.id, one.right.fact.id, one.measure) for one in contradictions(book)]


def test_two_facts_of_one_thing_and_day_that_exclude_each_other_are_a_fault(book):
    """
    balances:
      issuer: {item: cash_position, day: 2025-09-30, amount: USD 4.2bn, source: report p. 4}
      blog: {item: cash_position, day: 2025-09-30, amount: USD 3.7bn, source: report p. 9}
    """
    assert pairs(book) == [("issuer", "blog", "balances cash_position")]
    (problem,) = unexplained(contradictions(book))
    assert problem.reason == "contradiction"
    assert "USD 4.2bn" in problem.found
    assert "USD 3.7bn" in problem.sides[0].says
    assert (problem.place, problem.sides[0].place) == tuple(fact.place for fact in book.tables["balances"].values())


def test_figures_that_meet_do_not_contradict(book):
    """
    balances:
      precise: {item: cash_position, day: 2025-09-30, amount: USD 4.24bn, source: report}
      rounded: {item: cash_position, day: 2025-09-30, amount: USD 4.2bn, source: report}
    """
    assert pairs(book) == []


@pytest.mark.parametrize(("one", "other"), [
    ("item: cash_position, day: 2025-06-30", "item: cash_position, day: 2025-09-30"),
    ("item: cash_position, day: 2025-09-30", "item: cash, day: 2025-09-30"),
    ("item: cash_position, day: 2025-09-30", "item: cash_position, entity: gamma, day: 2025-09-30"),
    ("item: cash_position, day: 2025-09-30", "item: cash_position, day: 2025-09-30, basis: group"),
    ("item: cash_position, day: 2025-09-30", "item: cash_position, day: 2025-09-30, supersedes: one"),
])  # fmt: skip
def test_facts_of_another_thing_day_basis_or_a_correction_do_not_contradict(reading, one, other):
    book = reading(f"""
balances:
  one: {{{one}, amount: USD 4.2bn, source: report}}
  other: {{{other}, amount: USD 3.7bn, source: report}}
""").book
    assert pairs(book) == []


def test_a_correction_of_a_correction_does_not_contradict_the_first(book):
    """
    balances:
      first: {item: cash_position, day: 2025-09-30, amount: USD 4.2bn, source: report}
      second: {item: cash_position, day: 2025-09-30, amount: USD 3.7bn, supersedes: first, source: report}
      third: {item: cash_position, day: 2025-09-30, amount: USD 3.2bn, supersedes: second, source: report}
    """
    assert pairs(book) == []


@pytest.mark.parametrize(("noun", "one", "other"), [
    ("stakes", "asset: beta, shares: 10.0m shares", "asset: beta, holder: acme, shares: 12.0m shares"),
    ("balances", "item: cash_position, amount: USD 4.2bn", "item: cash_position, entity: acme, amount: USD 3.7bn"),
    ("statements", "nav: USD 4.2bn", "company: acme, nav: USD 3.7bn"),
    ("marks", "asset: beta, value: USD 4.2bn", "asset: beta, holder: acme, value: USD 3.7bn"),
])  # fmt: skip
def test_a_fact_that_leaves_the_company_out_speaks_of_it_all_the_same(reading, noun, one, other):
    book = reading(f"""
{noun}:
  one: {{{one}, day: 2025-09-30, source: report}}
  other: {{{other}, day: 2025-09-30, source: report}}
""").book
    assert [pair[:2] for pair in pairs(book)] == [("one", "other")]


def test_a_contradiction_that_is_explained_is_shown_and_is_no_fault(book):
    """
    balances:
      issuer: {item: cash_position, day: 2025-09-30, amount: USD 4.2bn, source: report}
      blog: {item: cash_position, day: 2025-09-30, amount: USD 3.7bn, known_difference: Without undrawn lines., source: report}
    """
    assert len(pairs(book)) == 1
    assert unexplained(contradictions(book)) == []


def test_claims_may_contradict_as_they_like_and_are_paired(book):
    """
    claims:
      one: {text: Ten., subject: acme, measure: plan, period: FY2025 Q3, says: USD 10bn, source: report}
      other: {text: Twelve., subject: acme, measure: plan, period: FY2025 Q3, says: USD 12bn, source: report}
      later: {text: Twenty., subject: acme, measure: plan, period: FY2025 Q4, says: USD 20bn, source: report}
      elsewhere: {text: Twenty., subject: acme, measure: cost, period: FY2025 Q3, says: USD 20bn, source: report}
      yen: {text: Yen., subject: acme, measure: plan, period: FY2025 Q3, says: JPY 12bn, source: report}
    """
    assert pairs(book) == [("one", "other", "plan")]
    assert check(book, []).problems == []


@pytest.mark.parametrize(("one", "other", "contradict"), [
    ("says_day: 2025-10", "says_day: 2025-11", True),
    ("says_day: 2025-10", "says_day: 2025-10-15", False),
    ("says_day: 2025-10-15", "says_not_day: 2025-10", True),
    ("says_day: 2025-10", "says_not_day: 2025-10-15", False),
    ("says_not_day: 2025-10", "says_not_day: 2025-11", False),
    ("says_text: BB", "says_text: bb", False),
    ("says_text: BB", "says_text: BB+", True),
])  # fmt: skip
def test_days_and_words_contradict_too(reading, one, other, contradict):
    book = reading(f"""
claims:
  one: {{text: One., subject: sale, measure: booking, {one}, source: report}}
  other: {{text: Other., subject: sale, measure: booking, {other}, source: report}}
""").book
    assert bool(pairs(book)) is contradict


def test_what_tells_a_fact_again_is_held_against_it_field_by_field(book):
    """
    trades:
      sale: {asset: beta, side: sell, day: 2025-08, shares: 32.1m shares, amount: USD 5.83bn, source: report}
      again: {asset: beta, side: sell, day: 2025-09, shares: 32.1m shares, amount: USD 5.8bn, restates: sale, source: report}
    """
    assert pairs(book) == [("sale", "again", "day")]


def test_two_tellings_of_one_fact_contradict_it_once_each(book):
    """
    balances:
      first: {item: cash_position, day: 2025-09-30, amount: USD 4.2bn, source: report}
      again: {item: cash_position, day: 2025-09-30, amount: USD 3.7bn, restates: first, source: report}
    """
    assert pairs(book) == [("first", "again", "amount")]


def test_a_contradiction_says_of_whom_and_what_it_is(book):
    """
    stakes:
      a: {asset: beta, day: 2025-09-30, shares: 10.0m shares, source: report}
      b: {asset: beta, holder: acme, day: 2025-09-30, shares: 12.0m shares, source: report}
      c: {asset: beta, holder: gamma, day: 2025-09-30, shares: 10.0m shares, source: report}
      d: {asset: beta, holder: gamma, day: 2025-09-30, shares: 12.0m shares, source: report}
    balances:
      e: {item: cash, day: 2025-09-30, amount: USD 1m, source: report}
      f: {item: cash, day: 2025-09-30, amount: USD 5m, source: report}
    """
    assert {(one.subject, one.measure) for one in contradictions(book)} == {
        ("beta", "stakes"),
        ("beta gamma", "stakes"),
        ("acme", "balances cash"),
    }


def test_two_agencies_may_reckon_otherwise_and_one_may_not(book):
    """
    entities: {acme: {name: Acme}, one: {name: One, kind: agency}, two: {name: Two, kind: agency}}
    balances:
      a: {item: agency_debt, by: one, day: 2025-09-30, amount: USD 90m, source: report}
      b: {item: agency_debt, by: two, day: 2025-09-30, amount: USD 70m, source: report}
      c: {item: agency_debt, by: two, day: 2025-09-30, amount: USD 80m, source: report}
    """
    assert [(pair.left.fact.id, pair.right.fact.id) for pair in contradictions(book)] == [("b", "c")]
