from datetime import date

from holdbook.measures.concentration import concentration
from holdbook.measures.fund_record import standings, written_down
from holdbook.measures.group import group_funds
from holdbook.measures.investments import investments, last_value, money_in, money_out, unvalued_spin_offs
from holdbook.quantity.point import point
from holdbook.questions.record import record
from holdbook.timeline.view import View

TRADES = """
trades:
  first: {asset: beta, side: buy, day: 2015-03-31, amount: = USD 100, source: report}
  second: {asset: beta, side: buy, day: 2016-03-31, amount: = USD 50, source: report}
  exit: {asset: beta, side: sell, day: 2020-03-31, amount: = USD 300, fraction: = 100%, source: report}
  part: {asset: beta, side: buy, day: 2016-03-31, amount: = USD 20, within: second, source: report}
  plan: {asset: beta, side: buy, day: 2016-03-31, amount: = USD 70, status: planned, source: report}
"""
MARKS = """
marks:
  held: {asset: beta, day: 2018-03-31, value: = USD 400, of: position, kind: valuation, source: report}
  later: {asset: beta, day: 2024-03-31, value: = USD 900, of: position, kind: valuation, source: report}
"""


def seen(reading, *texts, day=None):
    found = reading(*texts)
    assert not found.problems
    return View(found.book, day)


def test_money_in_and_out_is_what_was_traded_and_done(reading):
    view = seen(reading, TRADES, MARKS)
    (one,) = investments(view)
    assert (one.holder, one.asset, one.closed) == ("acme", "beta", True)
    assert (point(money_in(view, one)), point(money_out(view, one))) == (150, 300)
    assert [value.mark.id for value in one.values] == ["held"]
    assert last_value(one) is None


def test_before_the_exit_there_is_a_value_of_what_is_left(reading):
    view = seen(reading, TRADES, MARKS, day=date(2019, 1, 1))
    (one,) = investments(view)
    assert not one.closed
    assert money_out(view, one) is None
    assert point(last_value(one).value) == 400


def test_a_value_from_before_a_sale_is_none_of_what_is_left(reading):
    view = seen(reading, TRADES.replace("fraction: = 100%, ", ""), MARKS, day=date(2021, 1, 1))
    (one,) = investments(view)
    assert last_value(one) is None


def test_of_a_whole_company_an_unknown_part_is_worth_between_nothing_and_all_of_it(reading, near):
    whole = "marks:\n  whole: {asset: beta, day: 2024-03-31, value: = USD 80, of: whole, kind: valuation, source: report}\n"
    bought = "trades:\n  first: {asset: beta, side: buy, day: 2015-03-31, amount: = USD 100, source: report}\n"
    (one,) = investments(seen(reading, bought, whole))
    near(last_value(one).value, None, 0, 80)


def test_what_was_paid_of_a_promise_is_money_in_and_a_stated_loss_is_kept_apart(reading):
    more = """
commitments:
  promise: {to: beta, kind: investment, amount: = USD 90, paid: = USD 30, tranches: {one: {own: = USD 30, paid: 2021-06-30}, two: {own: = USD 60, day: 2026-06-30}}, agreed: 2021-01-01, source: report}
results:
  lost: {subject: acme, measure: loss, about: gamma, amount: = USD 5, source: report}
"""
    view = seen(reading, more)
    found = {one.asset: one for one in investments(view)}
    assert point(money_in(view, found["beta"])) == 30
    assert point(found["gamma"].lost) == 5
    assert money_in(view, found["gamma"]) is None


FUNDS = """
entities:
  acme: {name: Acme}
  fund: {name: Fund one, kind: fund}
  other: {name: Fund two, kind: fund}
  outside: {name: Investor, kind: fund}
relations:
  runs: {from: acme, type: manages, to: fund, source: report}
  puts: {from: outside, type: invested_in, to: fund, source: report}
results:
  gain: {subject: fund, measure: cumulative_gain, amount: = USD 30, source: report}
  loss: {subject: other, measure: cumulative_loss, amount: = USD 8, source: report}
  down: {subject: fund, measure: written_down, count: 47 companies, day: 2020-05, source: report, known: 2020-05}
  told: {subject: fund, measure: written_down_part, ratio: 64%, day: 2020-05, source: report, known: 2020-05}
  companies: {subject: fund, measure: companies, count: 131 companies, day: 2021-02, source: report, known: 2021-02}
"""


def test_an_investor_in_a_fund_is_no_fund_of_the_group(reading):
    assert group_funds(seen(reading, FUNDS)) == ["fund", "other"]


def test_a_loss_of_a_fund_counts_against_it(reading):
    assert [point(one.amount) for one in standings(seen(reading, FUNDS))] == [30, -8]


def test_a_part_written_down_implies_a_number_of_companies(reading, near):
    told, counted = written_down(seen(reading, FUNDS))
    near(told.of, "73.4", "72.9", "74.0")
    near(counted.part, "35.9%", "35.9%", "35.9%")


def test_gains_and_losses_are_concentrated_each_by_itself(reading):
    view = seen(reading, TRADES)
    amounts = {
        name: fact.amount
        for name, fact in seen(
            reading,
            "trades:\n"
            + "".join(f"  t{n}: {{asset: beta, side: buy, day: 2015-03-31, amount: = USD {n}, source: report}}\n" for n in (30, 20)),
        )
        .book.tables["trades"]
        .items()
    }
    spread = concentration(view, {"a": amounts["t30"], "b": amounts["t30"], "c": amounts["t20"], "d": amounts["t20"]})
    assert float(point(spread.gains.herfindahl)) * 10_000 == 2600
    assert round(float(point(spread.gains.effective_number)), 6) == 3.846154
    assert spread.losses.rows == []


CALLS = """
trades:
  call: {asset: fund, side: buy, day: 2020-07-01, amount: = USD 100, source: report}
  back: {asset: fund, side: dividend, day: 2023-07-01, amount: = USD 60, source: report}
stakes: {fund: {asset: fund, day: 2025-06-30, value: = USD 140, source: report}}
"""


def test_a_fund_of_others_is_an_investment_at_the_value_of_its_stake(reading):
    entities = "entities: {acme: {name: Acme, kind: holding}, fund: {name: Fund, kind: fund}, beta: {name: Beta}}\n"
    (one,) = investments(seen(reading, entities, CALLS))
    assert (one.holder, one.asset, point(last_value(one).value)) == ("acme", "fund", 140)
    own = "trades: {inside: {holder: fund, asset: beta, side: buy, day: 2020-08-01, amount: = USD 90, source: report}}\n"
    assert [(one.holder, one.asset) for one in investments(seen(reading, entities, CALLS, own))] == [("fund", "beta")]


SPLIT_OFF = """
trades:
  first: {asset: beta, side: buy, day: 2015-03-31, shares: 10 shares, amount: = USD 100, source: report}
  off: {asset: beta, side: spin_off, received: gamma, received_shares: 5 shares, cost_part: = 10%, day: 2018-03-31WORTH, source: report}
  exit: {asset: beta, side: sell, day: 2020-03-31, amount: = USD 300, fraction: = 100%, source: report}
"""


def test_what_a_spin_off_was_worth_comes_out_of_one_and_goes_into_the_other(reading):
    view = seen(reading, SPLIT_OFF.replace("WORTH", ", amount: = USD 40"))
    found = {one.asset: (money_in(view, one), money_out(view, one)) for one in investments(view)}
    assert {asset: tuple(point(each) if each else None for each in both) for asset, both in found.items()} == {
        "beta": (100, 340),
        "gamma": (40, None),
    }
    assert not list(unvalued_spin_offs(view))


def test_a_spin_off_of_unknown_worth_is_told(reading):
    found = reading(SPLIT_OFF.replace("WORTH", ""))
    assert "Gamma came from Beta by a spin-off, for how much nobody says: it is in no multiple of Beta." in record(View(found.book)).caveats
