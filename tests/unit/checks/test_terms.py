import pytest

from holdbook.checks.terms import terms

SOUND = {
    "kind": "collar",
    "amount": "USD 60m",
    "issued": "2025-06-30",
    "first_call": "2026-06-30",
    "called": "2026-05-31",
    "call_day": "2026-06-30",
    "maturity": "2027-06-30",
    "floor": "USD 90/share",
    "cap": "USD 110/share",
    "reset_ratio": "40%",
    "call_ratio": "50%",
    "sale_ratio": "60%",
    "repayments": "{one: {day: 2025-12-31, amount: USD 30m}, two: {day: 2026-12-31, amount: USD 30m}}",
}


@pytest.mark.parametrize(("changed", "found"), [
    ({}, []),
    ({"cap": "USD 90/share"}, []),
    ({"cap": "about USD 90/share", "floor": "about USD 90.2/share"}, []),
    ({"cap": "USD 80/share"}, ["the cap of debts.one is USD 80/share"]),
    ({"cap": "EUR 110/share"}, ["the cap of debts.one is EUR 110/share"]),
    ({"reset_ratio": "55%"}, ["the ratio of the call of debts.one is 50%"]),
    ({"sale_ratio": "45%"}, ["the ratio of the sale of debts.one is 45%"]),
    ({"amount": "USD 59m"}, ["the last repayment of debts.one is USD 30m"]),
    ({"amount": "EUR 60m"}, ["a repayment of debts.one is USD 30m"]),
    ({"maturity": "2026-03"}, ["debts.one matures 2026-03"]),
    ({"issued": "2026-07-01"}, ["debts.one may be called 2026-06-30"]),
    ({"call_day": "2026-05-30"}, ["debts.one is called for 2026-05-30"]),
])  # fmt: skip
def test_terms_that_exclude_each_other_are_faults(reading, changed, found):
    fields = ", ".join(f"{name}: {value}" for name, value in (SOUND | changed).items())
    read = reading(f"debts: {{one: {{{fields}, day: 2025-06-30, source: report}}}}")
    assert not read.problems
    assert [problem.found for problem in terms(read.book)] == found
