from datetime import date
from fractions import Fraction

import pytest

from holdbook.dates import Span, parse_span
from holdbook.measures.returns import Flow, in_currency, money_in, money_out, money_weighted, multiples, payment, receipt
from holdbook.numerics.cash_flows import xirr
from holdbook.quantity.bounds import bounds
from holdbook.quantity.explain import explain
from holdbook.quantity.needs import needs
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact, leaf, unknown
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

START, END = date(2024, 1, 1), date(2024, 12, 31)


def usd(text, key=None):
    """Dollars as printed, or with a hedge before them: `= 100` is exact."""
    hedge, _, number = text.rpartition(" ")
    return leaf(parse_figure(f"{hedge} USD {number}"), key=key or f"USD {text}")


def ends(found):
    interval = bounds(found.rate).interval
    return [None if end is None else float(end) for end in (interval.low, interval.high)]


def test_multiples_are_graphs_over_the_flows_and_exact():
    flows = [payment(START, usd("= 100")), payment(START, usd("= 20", "fee")), receipt(END, usd("= 90"))]
    found = multiples(
        flows, "fund", final=receipt(END, usd("= 60")), invested=usd("= 100", "invested"), committed=usd("= 200", "committed")
    )
    assert [point(one) for one in found] == [120, 90, Fraction(3, 4), Fraction(1, 2), Fraction(5, 4), Fraction(3, 2), Fraction(3, 5)]
    assert found.tvpi.name == "fund.tvpi"


def test_nothing_received_is_nothing_out_and_nothing_paid_has_no_multiple():
    one_sided = multiples([payment(START, usd("= 100"))], "one")
    assert [point(one_sided.dpi), point(one_sided.rvpi), point(one_sided.tvpi)] == [0, 0, 0]
    assert one_sided.pic is None
    assert multiples([receipt(END, usd("= 100"))], "one").tvpi is None
    assert money_in([], "in") is money_out([], "out") is None


def test_a_rate_of_rounded_amounts_has_bounds_from_their_ends():
    found = money_weighted([payment(START, usd("100")), receipt(END, usd("110"))], "record.irr")
    assert float(point(found.rate)) == pytest.approx(0.1)
    assert ends(found) == pytest.approx([109.5 / 100.5 - 1, 110.5 / 99.5 - 1])
    assert (found.why, found.conventional, len(found.roots)) == ("", True, 1)


def test_less_than_a_year_has_a_rate_of_its_days_beside_that_of_a_year():
    """Five per cent in a month are 80 a year, of which nobody has seen eleven twelfths."""
    found = money_weighted([payment(START, usd("= 100")), receipt(date(2024, 1, 31), usd("105"))], "irr")
    assert float(point(found.rate)) == pytest.approx(1.05 ** (365 / 30) - 1)
    assert float(point(found.period)) == pytest.approx(0.05)
    interval = bounds(found.period).interval
    assert [float(interval.low), float(interval.high)] == pytest.approx([0.045, 0.055])
    assert money_weighted([payment(START, usd("= 100")), receipt(END, usd("105"))], "irr").period is None
    assert money_weighted([payment(parse_span("2024-01"), usd("= 100")), receipt(date(2024, 3, 1), usd("105"))], "irr").period is None


def test_a_rate_of_which_only_the_payment_is_known_is_unknown_and_says_what_it_needs():
    found = money_weighted([payment(START, usd("= 100"))], "irr", final=receipt(END, unknown("value of beta", UNIT("USD"), floor=0)))
    assert found.rate.stated.is_unknown
    assert needs(found.rate) == ["value of beta"]


def test_without_flows_nothing_is_known():
    found = money_weighted([], "irr")
    assert (found.rate.stated.is_unknown, found.why, found.period) == (True, "there are no flows", None)


def test_its_derivation_goes_down_to_the_flows():
    found = money_weighted([payment(START, usd("100", "paid")), receipt(END, usd("110", "received"))], "irr")
    assert [step.name for step in explain(found.rate)] == ["irr", "paid", "received"]
    assert next(explain(found.rate)).derived == "solved: internal rate of return, act/365"


def test_a_rate_of_exact_flows_is_one_number():
    found = money_weighted([payment(START, usd("= 100")), receipt(END, usd("= 110"))], "irr")
    assert bounds(found.rate).interval.is_point
    assert ends(found)[0] == pytest.approx(0.1)


def test_days_known_as_a_month_widen_the_rate_and_give_no_value():
    bought = payment(parse_span("2024-01"), usd("= 100"))
    found = money_weighted([bought, receipt(END, usd("= 110"))], "irr")
    assert ends(found) == pytest.approx([1.1 ** (365 / 365) - 1, 1.1 ** (365 / 335) - 1])
    assert point(found.rate) is None
    assert found.why.startswith("only a period is known")


def test_a_loss_in_the_month_is_worst_if_it_took_least_time():
    """Below zero the days work the other way round."""
    found = money_weighted([payment(parse_span("2024-01"), usd("= 100")), receipt(END, usd("= 50"))], "irr")
    assert ends(found) == pytest.approx([0.5 ** (365 / 335) - 1, 0.5 - 1])


def test_a_period_of_years_gives_wide_bounds_and_no_value():
    found = money_weighted([payment(parse_span("2014..2024-01-01"), usd("= 100", "trade")), receipt(END, usd("= 110"))], "irr")
    assert (point(found.rate), found.why) == (None, "only a period is known of trade")
    assert ends(found) == pytest.approx([1.1 ** (365 / 4017) - 1, 0.1])


def test_an_unknown_value_still_held_leaves_the_rate_bounded_below():
    still = receipt(END, unknown("value of beta", UNIT("USD"), floor=0))
    found = money_weighted([payment(START, usd("= 100")), receipt(date(2024, 7, 1), usd("= 60"))], "irr", final=still)
    least = xirr([START, date(2024, 7, 1)], [-100, 60]).single
    assert (point(found.rate), ends(found)[1], found.why) == (None, None, "no value is known of value of beta")
    assert ends(found)[0] == pytest.approx(least)
    assert needs(found.rate) == ["value of beta"]


def test_a_day_of_which_nobody_says_anything_is_no_more_than_far_away():
    found = money_weighted([payment(Span(date.min, START), usd("= 100", "trade")), receipt(END, usd("= 110"))], "irr")
    assert point(found.rate) is None
    assert ends(found) == pytest.approx([0.1 / 2000, 0.1], abs=1e-4)


def test_several_rates_are_listed_and_none_is_the_answer():
    flows = [payment(START, usd("= 100")), receipt(END, usd("= 230")), payment(date(2025, 12, 31), usd("= 132"))]
    found = money_weighted(flows, "irr")
    assert found.roots == pytest.approx([0.1, 0.2])
    assert (point(found.rate), found.conventional, found.why) == (None, False, "2 rates fit, and no rule says which is right")
    assert ends(found) == pytest.approx([0.1, 0.2])


def test_no_rate_is_unknown_and_says_why():
    flows = [receipt(START, usd("= 1000")), payment(END, usd("= 3000")), receipt(date(2025, 12, 31), usd("= 2500"))]
    found = money_weighted(flows, "irr")
    assert found.rate.stated.is_unknown
    assert found.why == "no rate makes them worth nothing"


def test_a_total_loss_is_minus_100_percent():
    found = money_weighted([payment(START, usd("100"))], "irr", final=receipt(END, exact(0, UNIT("USD"))))
    assert (point(found.rate), ends(found)) == (-1, [-1.0, -1.0])
    bounded = money_weighted([payment(START, usd("= 100"))], "irr", final=receipt(END, usd("up to 5")))
    assert ends(bounded)[0] == -1


def test_flows_of_two_currencies_are_refused():
    flows = [payment(START, usd("= 100")), receipt(END, leaf(parse_figure("JPY 100"), key="yen"))]
    with pytest.raises(ValueError, match="one currency, not JPY, USD"):
        money_weighted(flows, "irr")


def test_each_flow_is_converted_at_the_rate_of_its_own_day(opened):
    """
    rates:
      one: {pair: USD/JPY, rate: "= JPY 100/USD", day: 2024-01-01, kind: spot, source: report}
      two: {pair: USD/JPY, rate: "= JPY 150/USD", day: 2024-12-31, kind: spot, source: report}
    """
    flows = [payment(START, usd("= 100")), receipt(END, usd("= 110"))]
    converted = in_currency(View(opened.book), flows, "JPY")
    assert [point(flow.amount) for flow in converted] == [10_000, 16_500]
    assert float(point(money_weighted(converted, "irr").rate)) == pytest.approx(0.65)
    assert all(isinstance(flow, Flow) for flow in converted)


def test_multiples_of_published_cases():
    """pyxirr's tests: a DPI of 1.5, and INSEAD's TVPI of 1.4, as the data folder beside the checkout has them."""
    paid_in = [payment(START, usd("= 10", "a")), payment(START, usd("= 20", "b"))]
    back = [receipt(END, usd("= 15", "c")), receipt(END, usd("= 30", "d"))]
    assert point(multiples([*paid_in, *back], "one").dpi) == Fraction(3, 2)
    insead = multiples([payment(START, usd("= 25")), receipt(END, usd("= 15"))], "two", final=receipt(END, usd("= 20")))
    assert point(insead.tvpi) == Fraction(7, 5)
