"""Rates of return of Portfolio Performance's own test files (EPL): its answers, from flows read out of its XML here.

Amounts there are in hundredths; shares in units of 10 ** -5, 10 ** -6 or 10 ** -8 by the age of the file, prices in hundredths or 10 ** -8.
"""

import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from outside import outside

from holdbook.numerics.cash_flows import xirr
from holdbook.numerics.linked_returns import Valuation, annualised, modified_dietz, time_weighted
from holdbook.timeline.reference import euro_rate

_CENT = 100


def opened(name):
    place = outside("data", "ledgers")
    answers = json.loads((place / "expected.json").read_text(encoding="utf-8"))["portfolio_performance"][name]
    return ET.parse(place / "portfolio_performance" / name).getroot(), answers  # noqa: S314 - a file of the tests' own


def price_on(security, day):
    """The close of a day, or the last one before it."""
    closes = {one.get("t"): int(one.get("v")) / _CENT for one in security.iter("price")}
    return closes[max(known for known in closes if known <= day.isoformat())]


def period_of(answers):
    return [date.fromisoformat(day) for day in answers["period"]]


def test_a_share_that_was_delivered_and_a_refund_of_tax():
    """Both returns leave taxes out: they start from the delivery without them, and take no notice of the refund."""
    client, answers = opened("security_performance_tax_refund.xml")
    first, last = period_of(answers)
    delivery, refund = client.find(".//portfolio-transaction"), client.find(".//account-transaction")
    worth = int(delivery.findtext("shares")) / 10**5 * price_on(client.find(".//security"), last)
    paid, taxes = (int(delivery.findtext(field)) / _CENT for field in ("amount", "taxes"))
    assert (worth, paid) == (answers["market_value"], answers["cost_fifo"])
    assert taxes - int(refund.findtext("amount")) / _CENT == answers["taxes"]
    day = date.fromisoformat(delivery.findtext("date"))
    assert xirr([day, last], [taxes - paid, worth]).single == pytest.approx(answers["irr"], abs=1e-8)  # as near as Excel goes
    found = time_weighted([Valuation(day, 0.0, paid - taxes), Valuation(last, worth)])
    assert annualised(found.total, (last - first).days) == pytest.approx(answers["ttwror_annualised"], abs=1e-12)


def test_two_currencies_over_twelve_days():
    """Cash and shares in euros and dollars, at the central bank's rates; nothing came in or went out."""
    client, answers = opened("currency_sample.xml")
    apple, basf = client.findall("securities/security")
    days, worth = period_of(answers), []
    for day in days:
        dollar = float(euro_rate("USD", day)[0])
        worth.append(1000 + 1000 / dollar + 20 * price_on(basf, day) + 10 * price_on(apple, day) / dollar)
    assert worth == pytest.approx([answers["initial_value"], answers["final_value"]], abs=0.006)
    assert xirr(days, [-worth[0], worth[1]]).single == pytest.approx(answers["irr"], abs=5e-5)
    assert time_weighted([Valuation(day, one) for day, one in zip(days, worth, strict=True)]).a_year is None


def test_shares_bought_in_two_currencies_on_two_days():
    """At that project's own rates: 1.2141 dollars a euro at the start, 1.1588 in August. A flow counts from the start of its day."""
    client, answers = opened("currency_sample.xml")
    answers = answers["as_of_2015-08-09"]
    apple = client.find("securities/security")
    bought, again, last = date(2015, 1, 1), date(2015, 8, 3), period_of(answers)[1]
    first, second = 454.60 + 571.90 / 1.2141, 577.60 / 1.1588
    worth = answers["shares"] * answers["quote_usd"] / 1.1588
    assert worth == pytest.approx(answers["market_value_eur"], abs=0.005)
    assert first + second == pytest.approx(answers["cost_moving_average_eur"], abs=0.005)
    assert worth - first - second == pytest.approx(answers["delta"], abs=0.005)
    before_tax = first - answers["taxes"]
    assert xirr([bought, again, last], [-before_tax, -second, worth]).single == pytest.approx(answers["irr"], abs=1e-5)
    before = 10 * price_on(apple, date(2015, 7, 31)) / 1.1588
    found = time_weighted([Valuation(bought, 0.0, before_tax), Valuation(again, before, second), Valuation(last, worth)])
    assert found.total == pytest.approx(answers["ttwror"], abs=2e-5)


_SIGNS = {"DEPOSIT": 1, "DELIVERY_INBOUND": 1, "REMOVAL": -1, "DELIVERY_OUTBOUND": -1}


def external(client, first, last):
    """What came in and went out after the first day, in euros at the rate of its day; some entries stand inside others."""
    for entry in client.iter():
        if entry.tag in {"account-transaction", "portfolio-transaction"} and entry.findtext("type") in _SIGNS:
            day = date.fromisoformat(entry.findtext("date")[:10])
            if first < day <= last:
                amount = int(entry.findtext("amount")) / _CENT / float(euro_rate(entry.findtext("currencyCode"), day)[0])
                yield day, _SIGNS[entry.findtext("type")] * amount


def test_the_gain_of_a_portfolio_is_what_is_left_when_transfers_are_out():
    client, answers = opened("client_performance_snapshot.xml")
    first, last = period_of(answers)
    flows = list(external(client, first, last))
    assert sum(amount for _, amount in flows) == pytest.approx(answers["transfers"], abs=0.01)
    found = modified_dietz(Valuation(first, answers["initial_value"]), Valuation(last, answers["final_value"]), flows)
    made = [answers[part] for part in ("capital_gains_unrealised", "realised_gains", "earnings", "currency_gains")]
    assert found.gain == pytest.approx(sum(made) - answers["fees"] - answers["taxes"], abs=0.02)
    assert found.average_capital < answers["initial_value"] + answers["transfers"]
    held = [(first, -answers["initial_value"]), *((day, -amount) for day, amount in flows), (last, answers["final_value"])]
    rate = xirr([day for day, _ in held], [amount for _, amount in held]).single
    assert (1 + rate) ** ((last - first).days / 365) - 1 == pytest.approx(found.rate, abs=2e-4)
