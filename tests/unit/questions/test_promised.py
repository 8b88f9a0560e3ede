"""What `promised` says of promises that came after the day that is asked about."""

from datetime import date

import pytest

from holdbook import api

BOOK = """
entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}}
commitments:
  early: {to: beta, kind: investment, amount: USD 6, agreed: 2025-09-01, known: 2025-09-01, source: report}
  late: {to: gamma, kind: investment, amount: USD 4, agreed: 2025-11-20, known: 2025-11-20, source: report}
"""


@pytest.mark.parametrize(("known", "told"), [(date(2025, 12, 31), True), (date(2025, 11, 1), False)])
def test_a_promise_agreed_after_the_day_is_named(reading, known, told):
    answer = api.ask(reading(BOOK), "promised", day=date(2025, 9, 30), known_on=known)
    found = [str(one) for one in answer.caveats if str(one).startswith("Agreed only after 2025-09-30")]
    assert [one.partition("what is promised to ")[2] for one in found] == (["Gamma."] if told else [])
