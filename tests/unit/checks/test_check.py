from holdbook.checks.check import check
from holdbook.problems import Problem
from holdbook.quantity.origin import Place


def test_a_check_finds_everything_in_one_run(book):
    """
    stakes: {beta: {asset: beta, day: 2025-06-30, until: 2025-05-31, shares: 1000 shares, source: report}}
    trades: {sale: {asset: beta, side: sell, day: 2025-12-01, shares: 5 shares, price: USD 5/share, amount: USD 99, source: report}}
    statements: {table: {day: 2025-09-30, holdings: USD 9bn, net_debt: USD 1bn, nav: USD 3bn, source: report}}
    claims: {wrong: {text: Said., says: USD 1, equals: trades.sale.amount +, source: report}}
    """
    already = Problem("yaml", Place("acme/a.yaml", 1, 1), "a", "b", "c")
    found = check(book, [already])
    assert {one.reason for one in found.problems} == {
        "yaml",
        "until-before-day",
        "identity",
        "learnt-too-early",
        "published",
        "bad-definition",
    }
    assert [one.place for one in found.problems] == sorted(one.place for one in found.problems)


def test_a_check_counts_entries_and_says_how_their_days_were_learnt(book):
    """
    sources:
      report: {title: Report, published: 2025-10-15}
      page: {title: Page, retrieved: 2025-10-20}
    stakes:
      a: {asset: beta, day: 2025-06-30, known: 2025-07-01, shares: 1000 shares, source: report}
      b: {asset: gamma, day: 2025-06-30, shares: 1000 shares, source: report}
      c: {asset: acme, day: 2025-06-30, shares: 1000 shares, source: page}
    """
    found = check(book, [])
    assert found.learnt == {"stakes": {"stated": 1, "published": 1, "retrieved": 1}}
    assert (found.entries["stakes"], found.entries["sources"], found.entries["trades"]) == (3, 2, 0)
    assert (found.problems, found.claims, found.contradictions, found.assertions) == ([], [], [], [])


def test_a_claim_is_never_a_fault(book):
    """
    trades: {sale: {asset: beta, side: sell, day: 2025-08, amount: USD 5bn, source: report}}
    claims: {wrong: {text: Said., says: USD 9bn, equals: trades.sale.amount, source: report}}
    """
    found = check(book, [])
    assert [one.verdict for one in found.claims] == ["inconsistent"]
    assert found.problems == []
