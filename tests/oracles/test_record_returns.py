"""The returns of `record` as an analyst asks for them, against published figures.

Wikipedia, Public Market Equivalent (its table of LN and of PME+, and the ratio of its figures), and directalphamethod.info (Gredil,
Griffiths and Stucke), by way of methods/oracles.json; three rates of one polynomial by hand; the modified Dietz return of Wikipedia.
"""

import json
from datetime import date, timedelta

import pytest
from outside import outside

from holdbook import api
from holdbook.numerics.market_equivalent import values_of_units
from holdbook.quantity.point import point

HEAD = """
entities:
  acme: {{name: Acme, kind: holding}}
  beta: {{name: Beta, kind: company}}
  market: {{name: Market, kind: index, benchmark_of: [beta]{more}}}
"""
KEPT = ", total_return: yes"


@pytest.fixture(scope="module")
def cases():
    return {case["id"]: case for case in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8"))}


@pytest.fixture
def asked(reading):
    """The record of flows a year (of 365 days) apart, or on `days`, in an index of those levels, with values `along` the way and at the end."""

    def asked(flows, levels=(), worth=0, more=KEPT, *, days=None, along=()):
        days = days or [date(2001, 1, 1) + timedelta(days=365 * year) for year in range(max(len(flows), len(levels)))]
        trades = [
            f"  t{n}: {{asset: beta, side: {'buy' if flow < 0 else 'sell'}, day: {day}, amount: '= USD {abs(flow)}', source: report}}"
            for n, (day, flow) in enumerate(zip(days, flows, strict=False)) if flow
        ]  # fmt: skip
        marks = [
            f"  m{n}: {{asset: market, day: {day}, price: '= USD {level}/share', kind: close, source: report}}"
            for n, (day, level) in enumerate(zip(days, levels, strict=False))
        ]
        marks += [
            f"  v{n}: {{asset: beta, day: {day}, value: '= USD {value}', of: position, kind: valuation, source: report}}"
            for n, (day, value) in enumerate(zip(days, along, strict=False)) if value is not None
        ]  # fmt: skip
        marks.append(f"  end: {{asset: beta, day: {days[-1]}, value: '= USD {worth}', of: position, kind: valuation, source: report}}")
        found = reading(HEAD.format(more=more) + "trades:\n" + "\n".join(trades) + "\nmarks:\n" + "\n".join(marks))
        assert not found.problems
        return api.ask(found, "record")

    return asked


def values(answer, *names):
    return [float(point(answer.quantities[f"beta.{name}"].quantity)) for name in names]


def test_the_table_of_long_and_nickels(asked, cases):
    case = cases["pme_wiki_ln"]
    given = case["inputs"]
    answer = asked(given["cf"], given["index"], given["nav"])
    own, _, market = case["expected"]
    assert values(answer, "return", "market.long_nickels") == pytest.approx([own, market], abs=1e-4)
    ratio = cases["pme_wiki_ks"]
    assert values(answer, "market.kaplan_schoar") == pytest.approx(ratio["expected"], abs=ratio["tol"])


def test_the_table_of_pme_plus(asked, cases):
    case = cases["pme_wiki_plus"]
    given = case["inputs"]
    assert values(asked(given["cf"], given["index"], given["nav"]), "market.pme_plus") == pytest.approx(
        case["expected"][1:], abs=case["tol"]
    )


def test_a_direct_alpha_whose_account_in_the_index_falls_below_nothing(asked, cases):
    case = cases["pme_direct_alpha_paper"]
    given = case["inputs"]
    answer = asked(given["cf"], given["index"], given["nav"])
    assert values(answer, "market.direct_alpha") == pytest.approx(case["expected"], abs=case["tol"])
    assert "beta.market.long_nickels" not in answer.quantities
    (row,) = answer.tables["markets"].rows
    assert "falls below zero" in row[-1]


def test_the_modified_equivalent_of_pypme_on_days(asked, cases):
    case = cases["pypme_readme"]
    given = case["inputs"]
    flows = [*given["cashflows"], 0]
    *along, worth = values_of_units(flows, given["prices"])
    days = [date.fromisoformat(day) for day in given["dates"]]
    answer = asked(flows, given["pme_prices"], worth, days=days, along=along)
    assert values(answer, "market.m_pme", "return") == pytest.approx(case["expected"], abs=case["tol"])


def test_the_modified_equivalent_of_wikipedia(asked):
    (case,) = json.loads(outside("data", "pme", "expected_cases.json").read_text(encoding="utf-8"))["m_pme"]
    *along, worth = case["nav"]
    answer = asked(case["flows"], case["index"], worth, along=along)
    assert values(answer, "market.m_pme") == pytest.approx([case["irr"]], abs=1e-4)


def test_without_a_value_on_the_day_of_a_receipt_there_is_no_modified_equivalent(asked):
    answer = asked([-100, -50, 60, 10, 0], [100, 105, 115, 117, 120], 110, along=[None, None, None, 90])
    assert "beta.market.m_pme" not in answer.quantities
    (row,) = answer.tables["markets"].rows
    assert row[-1] == "mPME lacks what it was worth on 2003-01-01"


@pytest.mark.parametrize("more", ["", ", total_return: no"])
def test_an_index_that_does_not_keep_its_dividends_is_no_market(asked, more):
    answer = asked([-100, -50, 60, 10, 0], [100, 105, 115, 117, 120], 110, more)
    assert not any(name.startswith("beta.market.") for name in answer.quantities)
    assert "dividends" in answer.tables["markets"].rows[0][-1]


def test_every_rate_is_told_where_three_fit(asked):
    """By hand: (x - 1.1) (x - 1.2) (x - 1.3) = x^3 - 3.6 x^2 + 4.31 x - 1.716."""
    answer = asked([-1000, 3600, -4310, 1716])
    assert answer.labels["beta.roots"] == "10.0000%, 20.0000%, 30.0000%"
    assert point(answer.quantities["beta.return"].quantity) is None


def test_the_modified_dietz_return_of_wikipedia(asked, cases):
    case = cases["mod_dietz_wiki"]
    answer = asked([-100, -50, 0], (), 300)
    assert values(answer, "modified_dietz") == pytest.approx(case["expected"][:1], abs=case["tol"])


def test_multiples_of_what_came_back_and_what_is_held(asked):
    assert values(asked([-100, -50, 60, 10, 0], (), 110), "dpi", "rvpi", "tvpi") == pytest.approx([70 / 150, 110 / 150, 180 / 150])


def test_the_time_weighted_return_of_the_forum(reading):
    """analystforum.com/t/money-weighted-example/2935: 42 in, worth 55 and 55 more in, then 108 for both; 13.39% a year over two years."""
    answer = api.ask(
        reading("""
trades:
  one: {asset: beta, side: buy, day: 2001-01-01, amount: = USD 42, source: report}
  two: {asset: beta, side: buy, day: 2002-01-01, amount: = USD 55, source: report}
marks:
  then: {asset: beta, day: 2002-01-01, value: = USD 110, of: position, kind: valuation, source: report}
  now: {asset: beta, day: 2003-01-01, value: = USD 108, of: position, kind: valuation, source: report}
"""),
        "record",
    )
    (total,) = values(answer, "time_weighted")
    assert (1 + total) ** 0.5 - 1 == pytest.approx(0.1339, abs=6e-5)
    assert values(answer, "return") == pytest.approx([0.0773], abs=6e-5)


def test_dividends_in_cash_and_in_kind_and_fees_are_money_that_moved(reading):
    answer = api.ask(
        reading("""
trades:
  bought: {asset: beta, side: buy, day: 2001-01-01, shares: 10 shares, amount: = USD 98, fees: = USD 2, source: report}
  cash: {asset: beta, side: dividend, day: 2002-01-01, amount: = USD 10, source: report}
  kind: {asset: beta, side: dividend, received: gamma, received_shares: 5 shares, day: 2002-01-01, amount: = USD 30, source: report}
  sold: {asset: beta, side: sell, day: 2003-01-01, shares: 10 shares, amount: = USD 85, fees: = USD 5, remaining: 0 shares, source: report}
"""),
        "record",
    )
    assert values(answer, "money_in", "money_out", "tvpi") == pytest.approx([100, 120, 1.2])
    assert float(point(answer.quantities["gamma.money_in"].quantity)) == 30
