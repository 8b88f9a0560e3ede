"""Tables that other holding companies published, as shipped books and as books that a stranger writes: no special case for any."""

from datetime import date

import pytest
from prompt import QUESTIONS, holdbook

from holdbook import api
from holdbook.checks.check import check
from holdbook.checks.claims import check_claims
from holdbook.measures.defined import definitions, evaluated
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import discount, equity_value_of_holdings, nav, nav_per_share
from holdbook.quantity.bounds import bounds
from holdbook.quantity.stated import parse_figure
from holdbook.render.cells import sentence
from holdbook.timeline.view import View
from holdbook.valuation.listed import listed

BOOKS = ("exor", "gbl", "industrivarden", "investor", "kinnevik", "prosus", "wendel")


def failing(book):
    return {(one.statement.id, one.what) for one in check(book, []).assertions if not one.holds}


def published(quantity, written):
    """Whether a published figure comes out within rounding."""
    return bounds(quantity).interval.meets(parse_figure(written).core)


def verdicts(book):
    return {one.claim.id: one.verdict for one in check_claims(book, [])}


def defined(view):
    return {one.id: evaluated(view, one) for one in definitions(view)}


@pytest.mark.parametrize("name", BOOKS)
def test_a_shipped_book_passes_its_check(name):
    opened = api.read(name)
    assert api.check(opened).problems == []
    assert {source.id for source in opened.book.tables["sources"].values() if not source.publisher} == set()


@pytest.mark.parametrize("name", BOOKS)
def test_every_question_has_an_answer(name, tmp_path):
    for question in QUESTIONS:
        done = holdbook("ask", question, name, folder=tmp_path)
        assert (done.code, done.err) == (0, ""), question


@pytest.mark.parametrize(
    ("name", "question", "says"),
    [
        ("exor", "worth", "EUR 38.343bn on 2024-06-30, by its own definition; holdings are EUR 43.091bn and net debt EUR 3.705bn"),
        ("kinnevik", "worth", "holdings of SEK 25.70bn plus net cash of SEK 10.47bn, a loan to value of -40.8%"),
        ("prosus", "owes", "has net cash of USD 2bn"),
        ("investor", "owes", "has a loan to value of 1.2%; how much it owes net is not known"),
        ("industrivarden", "owes", "The last published loan to value of Industrivarden is 4% of 2024-12-31"),
        ("gbl", "owes", "on 2025-03-31 is not known"),
    ],
)
def test_a_headline_says_what_is_known(name, question, says):
    assert says in sentence(api.ask(api.read(name), question).headline)


@pytest.mark.parametrize(
    ("name", "day", "value", "per_share", "below", "leverage"),
    [
        ("exor", "2024-06-30", "EUR 38343m", "EUR 178.46/share", None, "8.9%"),
        ("exor", "2024-01-01", "EUR 35423m", "EUR 164.02/share", None, "10.1%"),
        ("exor", "2025-06-30", None, None, None, "5.5%"),
        ("gbl", "2025-03-31", "EUR 15385m", "EUR 111.17/share", "38.11%", None),
        ("industrivarden", "2023-12-31", "SEK 150252m", None, None, None),
        ("industrivarden", "2024-12-31", "SEK 159590m", "SEK 370/share", None, "4%"),
        ("industrivarden", "2025-06-30", "SEK 165635m", "SEK 384/share", "11%", None),
        ("investor", "2025-06-30", "SEK 960650m", "SEK 314/share", "10.8%", "1.2%"),
        ("kinnevik", "2025-03-31", "SEK 36171m", "SEK 130.59/share", None, None),
        ("prosus", "2024-12-06", "USD 155.2bn", "EUR 62.3/share", None, None),
        ("wendel", "2020-06-30", "EUR 6191m", "EUR 138.6/share", "37.6%", None),
        ("wendel", "2020-09-30", None, None, None, "6.4%"),
    ],
)
def test_the_published_figures_come_out_within_their_rounding(name, day, value, per_share, below, leverage):
    view = View(api.read(name).book, date.fromisoformat(day))
    reached = (nav(view).quantity, nav_per_share(view).quantity, discount(view), loan_to_value(view).quantity)
    for found, written in zip(reached, (value, per_share, below, leverage), strict=True):
        assert written is None or published(found, written), written


def test_where_a_publisher_contradicts_itself_the_check_says_so():
    industrivarden, exor = api.read("industrivarden").book, api.read("exor").book
    assert failing(industrivarden) == {("y2023", "net asset value per share")}
    assert verdicts(industrivarden)["column_of_2023"] == "inconsistent"
    assert failing(exor) == {(day, what) for day in ("june_2024", "january_2024") for what in ("net asset value", "loan to value")}
    assert verdicts(exor)["ratio_on_gross_assets_june"] == "inconsistent"
    (reason,) = {one.explained for one in check(exor, []).assertions if one.what == "loan to value" and not one.holds}
    assert reason == "definitions.loan_to_value has another sum: net_debt / (holdings - cash)"


def test_own_definitions_stand_side_by_side(near):
    wendel = View(api.read("wendel").book)
    near(defined(wendel)["gross_asset_value"], "7807m", "7805m", "7809m")
    near(defined(wendel)["gross_debt_to_gross_assets"], "20.70%", "20.69%", "20.71%")
    near(loan_to_value(wendel).quantity, "5.0%", "4.9%", "5.0%")
    investor = View(api.read("investor").book)
    near(defined(investor)["discount"], "10.79%", "10.79%", "10.79%")
    near(defined(investor)["discount_of_the_b_share"], "10.9%", "10.76%", "11.05%")


def test_net_cash_is_a_leverage_below_nothing(near):
    prosus, kinnevik = View(api.read("prosus").book), View(api.read("kinnevik").book)
    near(listed(prosus, "tencent"), "118.1bn", "118.06bn", "118.09bn")  # 2,226.3 million shares at 412.6 Hong Kong dollars make 118.1
    near(nav(prosus).quantity, "155.1bn", "154.95bn", "155.25bn")
    near(loan_to_value(prosus).quantity, "-1.3%", "-1.34%", "-1.27%")
    near(adjusted_net_debt(kinnevik).quantity, "-10474m", -10_474_500_000, -10_473_500_000)
    near(equity_value_of_holdings(kinnevik).quantity, "25697m", "25696m", "25698m")
    near(loan_to_value(kinnevik).quantity, "-40.76%", "-40.76%", "-40.76%")
    near(discount(kinnevik), "45.9%", "45.89%", "45.90%")


# What a stranger writes, knowing docs/book.md alone.


def test_exor_without_definitions_is_at_fault(book, near):
    """
    # Results of Exor, 30 June 2024 and 1 January 2024: gross assets, net asset value, net financial position, loan to value; price 97.70.
    book: {name: Exor, company: exor, currency: EUR, day: 2024-06-30, known_on: 2025-12-31}
    entities: {exor: {name: Exor, kind: holding}}
    statements:
      june: {day: 2024-06-30, holdings: EUR 43091m, net_debt: EUR 3705m, nav: EUR 38343m, nav_per_share: EUR 178.46/share, loan_to_value: 8.9%, source: report}
      january: {day: 2024-01-01, holdings: EUR 39739m, net_debt: EUR 3968m, nav: EUR 35423m, nav_per_share: EUR 164.02/share, loan_to_value: 10.1%, source: report}
    marks: {close: {asset: exor, day: 2024-06-30, price: EUR 97.70/share, kind: close, source: report}}
    """
    assert failing(book) == {(day, what) for day in ("june", "january") for what in ("net asset value", "loan to value")}
    assert {problem.reason for problem in check(book, []).problems} == {"published"}
    near(discount(View(book)), "45.25%", "45.25%", "45.26%")


def test_wendel_with_cash_among_the_parts(book, near):
    """
    # Net asset value of Wendel, 30 June 2020: 3,103 + 3,369 + 42 + 1,293 = 7,807; less 1,616 = 6,191; 138.6 a share against 86.4, -37.6%.
    book: {name: Wendel, company: wendel, currency: EUR, day: 2020-06-30, known_on: 2025-12-31}
    entities: {wendel: {name: Wendel, kind: holding}, listed: {name: Listed}, unlisted: {name: Unlisted}, others: {name: Others}, cash: {name: Cash}}
    statements:
      table:
        day: 2020-06-30
        holdings: EUR 7807m
        net_debt: EUR 1616m
        nav: EUR 6191m
        nav_per_share: EUR 138.6/share
        discount: 37.6%
        parts: {listed: EUR 3103m, unlisted: EUR 3369m, others: EUR 42m, cash: EUR 1293m}
        source: report
    definitions: {loan_to_value: {formula: (net_debt - parts.cash) / (holdings - parts.cash), source: report}}
    marks: {close: {asset: wendel, day: 2020-06-30, price: EUR 86.4/share, kind: average, source: report}}
    """
    view = View(book)
    near(equity_value_of_holdings(view).quantity, 7_807_000_000, "7805m", "7809m")
    near(nav(view).quantity, 6_191_000_000, "6188.5m", "6193.5m")
    near(discount(view), "37.7%", "37.60%", "37.72%")
    near(loan_to_value(view).quantity, "5.0%", "4.9%", "5.0%")
    assert check(book, []).problems == []
    assert {one.what for one in check(book, []).assertions} >= {"discount", "net asset value", "equity value of holdings"}


def test_the_ratio_of_somebody_else_stands_beside_and_replaces_nothing(book, near):
    """
    # SoftBank Group, 30 June 2023: 1.35 over 16.90 is 8.0%; with asset-backed finance added back, by carrying and settlement amounts, 36.9%.
    book: {name: A stranger's book, company: group, currency: JPY, day: 2023-06-30, known_on: 2023-12-31}
    entities: {group: {name: The Group, kind: holding}, agency: {name: The Agency, kind: agency}}
    sources: {report: {title: Report, published: 2023-08-08}}
    statements:
      table:
        {day: 2023-06-30, holdings: JPY 16.90tn, net_debt: JPY 1.35tn, nav: JPY 15.54tn, lines: {carrying: JPY 7.44tn, settlement: JPY 6.94tn}, source: report}
    definitions:
      with_asset_backed: {holder: agency, formula: (net_debt + lines.carrying) / (statement.holdings + settlement), source: report}
      loan_to_value: {holder: agency, formula: 2 * measures.loan_to_value, source: report}
    """
    near(loan_to_value(View(book)).quantity, "7.99%", "7.96%", "8.02%")
    near(defined(View(book))["with_asset_backed"], "36.9%", "36.8%", "36.9%")
    near(defined(View(book))["loan_to_value"], "15.98%", "15.91%", "16.04%")
    assert check(book, []).problems == []


def test_deductions_stand_between_holdings_and_value(book, near):
    """
    # As Wendel's layout has it: bond debt, then the value of written puts; here with other liabilities, tax, and an asset that is added.
    book: {name: Layout, company: acme, currency: EUR, day: 2025-06-30, known_on: 2025-12-31}
    statements:
      table:
        day: 2025-06-30
        holdings: EUR 1000m
        gross_debt: EUR 250m
        cash: EUR 50m
        net_debt: EUR 200m
        deductions: {written_puts: EUR 30m, deferred_tax: EUR 20m, minorities: EUR 15m, own_office: EUR -5m}
        nav: EUR 740m
        nav_per_share: USD 43.36/share
        discount: -2%
        shares: 20m shares
        source: report
    rates: {eur_usd: {pair: EUR/USD, day: 2025-06-30, kind: spot, rate: USD 1.1720/EUR, source: report}}
    marks: {close: {asset: acme, day: 2025-06-30, price: EUR 37.74/share, kind: close, source: report}}
    definitions: {before_puts: {formula: nav + written_puts, source: report}}
    """
    assert failing(book) == set()
    assert check(book, []).problems == []
    assert {one.what for one in check(book, []).assertions} >= {
        "adjusted net debt",
        "net asset value",
        "net asset value per share",
        "discount",
    }
    near(discount(View(book)), "-2.01%", "-2.04%", "-1.98%")
    near(defined(View(book))["before_puts"], "770m", "769m", "771m")


def test_a_table_of_debt_and_cash_without_net_debt_is_held_against_its_value(book):
    """
    # Prosus, 6 December 2024, in billions of dollars, with a slip in the value and a minus at the discount.
    book: {name: Slips, company: acme, currency: USD, day: 2024-12-06, known_on: 2025-12-31}
    statements:
      table: {day: 2024-12-06, holdings: USD 153.1bn, cash: USD 17.5bn, gross_debt: USD 15.4bn, nav: USD 152.2bn, shares: 2.45bn shares, discount: -37%, source: report}
    marks: {close: {asset: acme, day: 2024-12-06, price: USD 39.14/share, kind: close, source: report}}
    """
    assert failing(book) == {("table", "net asset value"), ("table", "discount")}
    assert [problem.reason for problem in check(book, []).problems] == ["published"] * 2


def test_what_a_table_leaves_out_is_derived_from_the_rest(book, near):
    """
    # Industrivarden at the end of 2024, told three ways.
    book: {name: Three ways, company: acme, currency: SEK, day: 2024-12-31, known_on: 2025-12-31}
    statements:
      value_and_holdings: {day: 2024-12-31, holdings: SEK 166504m, nav: SEK 159590m, source: report}
      value_and_debt: {day: 2024-12-30, net_debt: SEK 6914m, nav: SEK 159590m, source: report}
      per_share: {day: 2024-12-29, nav_per_share: SEK 370/share, shares: 431.899m shares, source: report}
    """
    first, second, third = (View(book, date(2024, 12, day)) for day in (31, 30, 29))
    near(adjusted_net_debt(first).quantity, "6914m", "6913m", "6915m")
    near(equity_value_of_holdings(second).quantity, "166504m", "166503m", "166505m")
    near(loan_to_value(first).quantity, "4.152%", "4.152%", "4.153%")
    near(loan_to_value(second).quantity, "4.152%", "4.152%", "4.153%")
    assert published(nav(third).quantity, "SEK 159.8bn")
