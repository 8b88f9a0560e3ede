import pytest

from holdbook.checks.claims import check_claims

BOOK = """
book: {{name: Acme, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-12-31, fiscal_year_starts: 04-01}}
trades:
  sale: {{asset: beta, side: sell, day: 2025-10, known: 2025-11-11, shares: 32.1m shares, amount: USD 5.83bn, source: report}}
  other: {{asset: gamma, side: sell, day: 2025-11-05, amount: USD 2bn, source: report}}
results:
  gain: {{subject: acme, measure: realised_gain, day: CY2025 Q3, amount: USD 1.60bn, source: report}}
claims:
  claim: {{text: It is said., {claim}, source: report}}
"""
PRICE = "trades.sale.amount / trades.sale.shares"


@pytest.fixture(scope="session")
def judged(reading):
    def judged(claim):
        found = reading(BOOK.format(claim=claim))
        assert not found.problems
        problems = []
        (one,) = check_claims(found.book, problems)
        return one, problems

    return judged


@pytest.mark.parametrize(("claim", "verdict"), [
    (f"says: ~ USD 181/share, equals: {PRICE}", "consistent"),
    (f"says: ~ USD 184/share, equals: {PRICE}", "inconsistent"),
    (f"says: ~ USD 183/share, equals: {PRICE}", "ambiguous"),
    (f"says: USD 207/share, above: {PRICE}", "consistent"),
    (f"says: USD 150/share, above: {PRICE}", "inconsistent"),
    (f"says: USD 182/share, above: {PRICE}", "ambiguous"),
    (f"says: USD 150/share, below: {PRICE}", "consistent"),
    (f"says: USD 207/share, below: {PRICE}", "inconsistent"),
    (f"says: USD 150/share, within: {PRICE}", "consistent"),
    (f"says: USD 207/share, within: {PRICE}", "inconsistent"),
    (f"says: USD 182/share, within: {PRICE}", "ambiguous"),
    (f"says: USD 182/share, equals: {PRICE}, above: {PRICE}", "ambiguous"),
    (f"says: USD 207/share, equals: {PRICE}, above: {PRICE}", "inconsistent"),
    ("says: USD 5.8bn, about: trades.sale.amount", "consistent"),
    ("says: USD 6.8bn, about: trades.sale.amount", "inconsistent"),
    ("says: USD 5m, equals: trades.other.shares * trades.other.price", "not checkable"),
    ("says: USD -5m, equals: trades.other.shares * trades.sale.amount / trades.sale.shares", "inconsistent"),
    ("says_day: 2025-10, about: trades.sale.day", "consistent"),
    ("says_day: 2025-10-31, about: trades.sale.day", "consistent"),
    ("says_day: 2025-09, about: trades.sale.day", "inconsistent"),
    ("says_not_day: 2025, about: trades.sale.day", "inconsistent"),
    ("says_not_day: 2025-10-15, about: trades.sale.day", "ambiguous"),
    ("says_not_day: 2025-09, about: trades.sale.day", "consistent"),
    ("says_text: Realised_gain, about: results.gain.measure", "consistent"),
    ("says_text: loss, about: results.gain.measure", "inconsistent"),
    ("says_day: 2025-09, about: trades.other.until", "not checkable"),
    ("cause: trades.sale, effect: trades.other", "consistent"),
    ("cause: trades.other, effect: trades.sale", "inconsistent"),
    ("cause: trades.sale, effect: trades.sale", "ambiguous"),
    ("cause: trades.other, effect: trades.other", "consistent"),
    ("cause: trades.sale, effect: claims.claim", "not checkable"),
    ("says: 100000..25000 jobs", "inconsistent"),
    ("cause: trades.sale", "not checkable"),
])  # fmt: skip
def test_a_claim_has_the_verdict_of_the_table(judged, claim, verdict):
    found, problems = judged(claim)
    assert (found.verdict, problems) == (verdict, [])


@pytest.mark.parametrize(("says", "readings", "verdict"), [
    ("says: USD 6bn", {"own": "trades.sale.amount", "both": "trades.sale.amount + trades.other.amount"}, "ambiguous"),
    ("says: USD 5.83bn", {"own": "trades.sale.amount", "again": "trades.sale.amount"}, "consistent"),
    ("says: USD 9bn", {"own": "trades.sale.amount", "both": "trades.sale.amount + trades.other.amount"}, "inconsistent"),
    ("says: USD 9bn", {"own": "trades.sale.amount", "gone": "trades.other.fees + trades.sale.amount"}, "not checkable"),
    ("says: USD 6bn", {"own": "trades.sale.amount", "gone": "trades.other.remaining * trades.sale.amount / trades.sale.shares"}, "ambiguous"),
    ("kind: question", {"own": "trades.sale.amount", "again": "trades.sale.amount"}, "consistent"),
    ("kind: question", {"own": "trades.sale.amount", "both": "trades.sale.amount + trades.other.amount"}, "ambiguous"),
    ("kind: question", {"own": "trades.sale.amount", "gone": "trades.other.remaining * trades.sale.amount / trades.sale.shares"}, "not checkable"),
])  # fmt: skip
def test_readings_leave_a_claim_open_when_some_fit_and_some_do_not(judged, says, readings, verdict):
    found, problems = judged(f"{says}, readings: {{{', '.join(f'{label}: {text}' for label, text in readings.items())}}}")
    assert (found.verdict, problems) == (verdict, [])
    assert [reading.label for reading in found.readings] == list(readings)


@pytest.mark.parametrize(("claim", "mend"), [
    ("says: USD 5.83m, equals: trades.sale.amount", "a thousand times larger"),
    ("says: USD 5.83k, equals: trades.sale.amount", "a million times larger"),
    ("says: USD 5.83tn, equals: trades.sale.amount", "a thousand times smaller"),
    ("says: USD 0.583bn, equals: trades.sale.amount", "ten times larger"),
    ("says: USD 58.3bn, equals: trades.sale.amount", "ten times smaller"),
    ("says: USD 7.43bn, equals: trades.sale.amount, repairs: {with_the_gain: trades.sale.amount + results.gain.amount}", "with the gain"),
    ("says: USD 6bn, readings: {own: trades.sale.amount, both: trades.sale.amount + trades.other.amount}", "read as own"),
    ("says: USD 190/share, equals: trades.sale.amount / trades.sale.shares", ""),
    ("says_day: CY2025 Q2, about: results.gain.day", "FY2025 Q2"),
])  # fmt: skip
def test_what_would_make_a_claim_fit_is_found(judged, claim, mend):
    found, _ = judged(claim)
    assert mend in found.mend
    assert bool(found.mend) == bool(mend)


def test_a_figure_that_was_cut_off_not_rounded_is_noticed(reading):
    found = reading("""
trades: {sale: {asset: beta, side: sell, day: 2025-10, known: 2025-11-11, amount: = USD 5.839bn, source: report}}
claims: {claim: {text: It is said., says: USD 5.83bn, equals: trades.sale.amount, source: report}}
""")
    (one,) = check_claims(found.book, [])
    assert (one.verdict, one.mend) == ("inconsistent", "fits if its digits were cut off, not rounded")


def test_what_a_claim_needs_is_named(judged):
    found, _ = judged("says: USD 5m, equals: trades.other.shares * trades.other.price")
    assert found.needs == ("trades.other.shares", "trades.other.price")
    found, _ = judged("says_day: 2025-09, about: trades.other.until")
    assert found.needs == ("trades.other.until",)


@pytest.mark.parametrize(("claim", "found_words", "way_out"), [
    ("says: USD 5bn, equals: trades.sale.amount +", "stands where a name", "complete the sum"),
    ("says: USD 5bn, equals: trades.sale.amounts", "amounts", "amount"),
    ("says: USD 5bn, equals: trades.sail.amount", "sail", "sale"),
    ("says: USD 5bn, equals: trades.sale.shares", "USD and share", "rate"),
    ("says: USD 5bn, equals: trades.sale.amount + trades.sale.shares", "USD and share", "rate"),
    ("says: USD 5bn, about: trades.sale.amounts", "amounts", "amount"),
    ("says_day: 2025-10, about: trades.sale.dey", "dey", "day"),
    ("cause: trades.sail, effect: trades.other", "sail", "sale"),
    ("says: USD 5bn, equals: claims.claim.says", "itself", "facts"),
])  # fmt: skip
def test_a_definition_that_cannot_be_read_is_a_fault_with_a_way_out(judged, claim, found_words, way_out):
    found, problems = judged(claim)
    assert found.verdict == "not checkable"
    (problem,) = problems
    assert problem.reason == "bad-definition"
    assert found_words in problem.found
    assert way_out in problem.way_out


def test_only_claims_that_name_something_are_checked(book):
    """
    claims:
      words: {text: It was a bold sale., kind: opinion, source: report}
      figure: {text: It is large., says: USD 5bn, source: report}
    """
    assert check_claims(book, []) == []


def test_a_claim_of_a_word_against_a_figure_is_told_so_and_does_not_pass(judged):
    found, problems = judged("says_text: much, about: trades.sale.amount")
    assert found.verdict == "not checkable" or problems
