"""How holdings are seen through a fund, by hand."""

import pytest

from holdbook import api
from holdbook.quantity.point import point

BOOK = """
entities: {acme: {name: Acme}, fund: {name: Fund, kind: fund}, beta: {name: Beta}, gamma: {name: Gamma}}
stakes:
  beta: {asset: beta, value: = USD 50, day: 2025-09-30, source: report}
  fund: {asset: fund, value: = USD 50, part: = 50%, day: 2025-09-30, source: report}
  in_beta: {holder: fund, asset: beta, value: = USD 60, day: 2025-09-30, source: report}
  in_gamma: {holder: fund, asset: gamma, shares: 10 shares, day: 2025-09-30, source: report}
marks: {gamma: {asset: gamma, price: = USD 2/share, kind: close, day: 2025-09-30, source: report}}
"""


def test_half_of_what_a_fund_holds_counts_as_held(reading):
    """Half of the fund: 30 of beta, 10 of gamma, and 10 of its 50 that the book does not explain; so 80, 10 and 10 of 100."""
    found = api.ask(reading(BOOK), "links").quantities
    assert float(point(found["holdings.herfindahl"].quantity)) == 0.5
    assert float(point(found["looked_through.herfindahl"].quantity)) == pytest.approx(0.66)


@pytest.mark.parametrize("text", [
    BOOK.replace("part: = 50%, ", ""),  # nobody says how much of the fund is held
    BOOK.replace("= USD 60", "= USD 160"),  # more than the fund is worth: it has debts
    BOOK.replace("holder: fund, ", "holder: beta, "),
])  # fmt: skip
def test_what_cannot_be_seen_through_stays_what_it_is(reading, text):
    assert "looked_through.herfindahl" not in api.ask(reading(text), "links").quantities
