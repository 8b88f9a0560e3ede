"""What is promised, from the article's facts alone: the tranches, the sellers and the programme, by the sums of its analysis (S05 to S07)."""

from datetime import date

from holdbook import api
from holdbook.checks.claims import check_claims
from holdbook.quantity.bounds import bounds
from holdbook.questions.promised import promised
from holdbook.render.numbers import words
from holdbook.timeline.view import View


def figures(name, day=None, known_on=None):
    answer = api.ask(api.read(name), "promised", day=day, known_on=known_on)
    return {key: figure.quantity for key, figure in answer.quantities.items()}, answer


def test_the_tranches(near):
    found, answer = figures("article")
    for name, value in {
        "unpaid": "34.375bn",
        "purchases": "11.875bn",
        "openai.unfunded_ratio": "75%",
        "openai.paid_gross": "10bn",
        "openai.syndicated": "2.5bn",
        "openai.gross_if_no_syndicate": "32.5bn",
        "openai.gross_if_syndicated_alike": "40bn",
        "openai.recapitalisation.left_if_own": "12.5bn",
        "openai.recapitalisation.left_if_gross": "10bn",
        "openai.recapitalisation.days_left": "49 days",
        "ampere.days_left": "49 days",
    }.items():
        near(found[name], value, value, value)
    assert answer.labels["openai.recapitalisation.state"] == "open"


def test_the_gain_and_what_it_takes(near):
    found, _ = figures("article")
    near(found["openai.gain"], 2_156_500_000_000, "2155.95bn", "2157.05bn")
    assert words(found["openai.gain.printed"]) == "JPY 2.16tn"
    near(found["openai.gain.forward_part"], "54.53%", "54.52%", "54.54%")
    near(found["openai.gain.implied_by_shares"], "480bn", "475bn", "485bn")
    near(found["openai.gain.implied_by_forward"], "348bn", "346bn", "350bn")
    near(found["openai.gain.implied_by_all"], "381bn", "378bn", "384bn")
    near(found["openai.gain.by_forecast"], "4.615bn", "4.615bn", "4.615bn")
    near(found["openai.gain.by_forecast_on_paid"], "1.154bn", "1.154bn", "1.154bn")
    assert "openai.forward.value" not in found  # the article knows no later value than the one of the agreement
    assert not any(name.startswith(("ampere.forward", "abb_robotics.forward")) for name in found)


def test_the_sellers(near):
    found, answer = figures("article")
    near(found["ampere.price.carlyle"], "3.877bn", "3.877bn", "3.878bn")
    near(found["ampere.price.oracle"], "2.098bn", "2.097bn", "2.098bn")
    near(found["ampere.price.not_named"], "0.525bn", "0.525bn", "0.526bn")
    assert any("assum" in str(caveat) for caveat in answer.caveats)
    assert "ampere_release.price.not_named" not in figures("softbank")[0]  # the third seller is named there


def test_the_programme():
    found, _ = figures("article")
    low = bounds(found["stargate.expansion.capital_per_gw"]).interval
    assert (float(low.low) > 57.1e9, low.high) == (True, None)
    assert bounds(found["stargate.capital_per_gw"]).interval.high == 50_000_000_000
    last = bounds(found["stargate.target.capital_per_gw"]).interval
    assert 33.3e9 < float(last.high) < 33.4e9
    assert tuple(bounds(found["stargate.own_capital"]).interval[:2]) == (0, 500_000_000_000)
    assert bounds(found["stargate.a_year"]).interval.high == 125_000_000_000


def test_the_chain_of_the_press_is_taken_apart(near, softbank):
    """The press: 15.0 on the forward, 12.45 of them own, less 8.0 booked leaves 4.45. Like for like it would be 5.81."""
    found, answer = figures("softbank")
    near(found["openai.forward.basis"], "300bn", "300bn", "300bn")
    near(found["openai.forward.value"], "15.0bn", "15.0bn", "15.0bn")
    near(found["openai.forward.carrying"], "37.5bn", "37.5bn", "37.5bn")
    assert answer.labels["openai.forward.scope"] == "derivative (IFRS 9)"
    checked = {one.claim.id: one for one in check_claims(softbank.book, [])}
    assert checked["forward_gain_in_all"].verdict == "consistent"
    assert checked["forward_gain_from_pre_money"].verdict == "ambiguous"
    readings = {one.label: one.result for one in checked["forward_gain_left"].readings}
    near(readings["as_printed"], "4.45bn", "4.39bn", "4.51bn")
    near(readings["like_for_like"], "5.81bn", "5.76bn", "5.86bn")


def test_a_condition_that_fails_changes_what_is_left_in_both_answers(reading, near):
    lapsed = """
book: {name: If it fails, company: softbank, currency: USD, day: 2025-11-12, known_on: 2025-11-12, extends: article}
sources: {report: {title: A thought, published: 2025-11-12}}
entities: {thought: {name: A thought}}
calendar:
  failed: {text: The structure stays., day: 2025-12-31, known: 2025-11-12, condition: openai.recapitalisation, state: lapsed, source: report}
"""
    opened = reading(lapsed)
    assert api.check(opened).problems == []
    found = promised(View(opened.book)).quantities
    plan = api.ask(opened, "paid").quantities
    for quantity in (found["openai.unpaid"].quantity, plan["use.openai"].quantity):
        near(quantity, None, "10bn", "12.5bn")
    usual = api.ask(api.read("article"), "paid").quantities
    changed = {name for name in usual if bounds(usual[name].quantity).interval != bounds(plan[name].quantity).interval}
    assert {name for name in changed if name.startswith(("use.", "source."))} == {"use.openai"}


def test_with_hindsight_the_clause_was_waived():
    _, answer = figures("softbank", date(2025, 11, 12), date(2026, 3, 1))
    assert not any(name.startswith("openai.recapitalisation") for name in answer.labels)  # paid in December, and no promise any more
    book = api.read("softbank").book
    event = book.tables["calendar"]["openai_clause_amended"]
    assert (event.condition, event.state) == ("openai.recapitalisation", "waived")
