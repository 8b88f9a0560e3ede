"""Tables that other holding companies published, entered as small books: the same measures and checks, no special case."""

from datetime import date

from holdbook.checks.check import check
from holdbook.checks.claims import check_claims
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import discount, equity_value_of_holdings, nav, nav_per_share
from holdbook.quantity.bounds import bounds
from holdbook.quantity.stated import parse_figure
from holdbook.timeline.view import View
from holdbook.valuation.listed import listed


def failing(book):
    return {(one.statement.id, one.what) for one in check(book, []).assertions if not one.holds}


def published(quantity, written):
    """Whether a published figure comes out within rounding."""
    return bounds(quantity).interval.meets(parse_figure(written).core)


def verdicts(book):
    return {one.claim.id: one.verdict for one in check_claims(book, [])}


def test_investor_ab(book, near):
    """
    # Interim report, 30 June 2025: adjusted value 960,650m (314 a share), reported 839,992m (274), market value 857,021m, B share 279.75.
    book: {name: Investor AB, company: investor, currency: SEK, day: 2025-06-30, known_on: 2025-12-31}
    entities: {investor: {name: Investor AB, kind: holding}}
    statements:
      adjusted: {day: 2025-06-30, basis: own, nav: SEK 960650m, nav_per_share: SEK 314/share, known: 2025-07-17, source: report}
    marks:
      b_share: {asset: investor, day: 2025-06-30, price: SEK 279.75/share, kind: close, source: report}
      market: {asset: investor, day: 2025-06-30, value: SEK 857021m, of: whole, source: report}
    claims:
      discount: {text: Discount to adjusted value, says: 10.8%, equals: 1 - marks.market.value / statements.adjusted.nav, source: report}
      shares: {text: Both values are for as many shares., says: SEK 274/share, equals: 839992 / 960650 * statements.adjusted.nav_per_share, source: report}
    """
    near(discount(View(book)), "10.9%", "10.76%", "11.05%")
    assert published(discount(View(book)), "10.8%")
    assert verdicts(book) == {"discount": "consistent", "shares": "consistent"}
    assert check(book, []).problems == []


def test_gbl(book, near):
    """
    # gbl.com/en/net-asset-value, 31 March 2025: value 15,385m, 111.17 a share, discount 38.11%, relative to the value.
    book: {name: GBL, company: gbl, currency: EUR, day: 2025-03-31, known_on: 2025-12-31}
    entities: {gbl: {name: GBL, kind: holding}}
    statements: {table: {day: 2025-03-31, nav: EUR 15385m, nav_per_share: EUR 111.17/share, source: report}}
    marks: {close: {asset: gbl, day: 2025-03-31, price: EUR 68.80/share, kind: close, source: report}}
    """
    near(discount(View(book)), "38.11%", "38.11%", "38.12%")
    near(nav(View(book)).quantity, 15_385_000_000, 15_384_500_000, 15_385_500_000)


def test_industrivarden(book, near):
    """
    # industrivarden.se, key ratios 2014 to 2024 and the interim report of June 2025. The figure for one share of 2023 is the share's price.
    book: {name: Industrivarden, company: industrivarden, currency: SEK, day: 2025-06-30, known_on: 2025-12-31}
    entities: {industrivarden: {name: Industrivarden, kind: holding}}
    statements:
      y2023: {day: 2023-12-31, nav: SEK 150252m, nav_per_share: SEK 329/share, shares: 431.899m shares, source: report}
      y2024: {day: 2024-12-31, holdings: SEK 166504m, net_debt: SEK 6914m, nav: SEK 159590m, nav_per_share: SEK 370/share, shares: 431.899m shares, loan_to_value: 4%, source: report}
      june: {day: 2025-06-30, nav: SEK 165635m, nav_per_share: SEK 384/share, shares: 431.899m shares, source: report}
    marks: {june: {asset: industrivarden, day: 2025-06-30, price: SEK 341.70/share, kind: close, source: report}}
    """
    assert failing(book) == {("y2023", "net asset value per share")}
    (problem,) = check(book, []).problems
    assert (problem.reason, problem.place.line) == ("published", book.tables["statements"]["y2023"].nav_per_share.origin.place.line)
    near(discount(View(book)), "11.02%", "10.9%", "11.1%")
    assert published(discount(View(book)), "11%")
    near(nav_per_share(View(book, date(2024, 12, 31))).quantity, "370", "369.5", "370.5")


def test_wendel(book, near):
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
        parts: {listed: EUR 3103m, unlisted: EUR 3369m, others: EUR 42m, cash: EUR 1293m}
        source: report
    marks: {close: {asset: wendel, day: 2020-06-30, price: EUR 86.4/share, kind: average, source: report}}
    """
    view = View(book)
    near(equity_value_of_holdings(view).quantity, 7_807_000_000, "7805m", "7809m")
    near(nav(view).quantity, 6_191_000_000, "6188.5m", "6193.5m")
    near(discount(view), "37.7%", "37.60%", "37.72%")
    assert published(discount(view), "37.6%")
    assert check(book, []).problems == []


def test_prosus(book, near):
    """
    # prosus.com, daily net asset value, 6 December 2024, in billions of dollars: listed 131.4, unlisted 21.7, cash 17.5, debt 15.4, value 155.2.
    # Tencent: 2,226.3 million shares at 412.6 Hong Kong dollars make 118.1 (at the central bank's rate of the day).
    book: {name: Prosus, company: prosus, currency: USD, day: 2024-12-06, known_on: 2025-12-31}
    entities: {prosus: {name: Prosus, kind: holding}, tencent: {name: Tencent}, listed: {name: Listed}, unlisted: {name: Unlisted}}
    stakes: {tencent: {asset: tencent, day: 2024-12-06, shares: 2226.3m shares, within: listed, source: report}}
    marks: {tencent: {asset: tencent, day: 2024-12-06, price: HKD 412.6/share, kind: close, source: report}}
    balances:
      cash: {item: cash, day: 2024-12-06, amount: USD 17.5bn, source: report}
      debt: {item: gross_debt, day: 2024-12-06, amount: USD 15.4bn, source: report}
    statements:
      table: {day: 2024-12-06, holdings: USD 153.1bn, net_debt: USD -2.0bn, nav: USD 155.2bn, parts: {listed: USD 131.4bn, unlisted: USD 21.7bn}, source: report}
    claims: {net: {text: Net cash, says: USD 2.0bn, equals: balances.cash.amount - balances.debt.amount, source: report}}
    """
    view = View(book)
    near(listed(view, "tencent"), "118.1bn", "118.06bn", "118.09bn")
    near(nav(view).quantity, "155.1bn", "154.95bn", "155.25bn")
    near(loan_to_value(view).quantity, "-1.3%", "-1.34%", "-1.27%")
    assert verdicts(book) == {"net": "consistent"}
    assert check(book, []).problems == []


def test_exor(book, near):
    """
    # Results of Exor, 30 June 2024 and 1 January 2024: gross assets, net asset value, net financial position, loan to value; price 97.70.
    # The published ratio rests on gross assets less cash, and the value on gross debt: the same words, other sums.
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


def test_kinnevik(book, near):
    """
    # kinnevik.com, 31 March 2025: value 36,171m, 130.59 a share, price 70.66, net cash 10,474m; the portfolio is the rest.
    book: {name: Kinnevik, company: kinnevik, currency: SEK, day: 2025-03-31, known_on: 2025-12-31}
    entities: {kinnevik: {name: Kinnevik, kind: holding}}
    statements: {table: {day: 2025-03-31, holdings: SEK 25697m, net_debt: SEK -10474m, nav: SEK 36171m, nav_per_share: SEK 130.59/share, source: report}}
    marks: {close: {asset: kinnevik, day: 2025-03-31, price: SEK 70.66/share, kind: close, source: report}}
    """
    near(discount(View(book)), "45.9%", "45.89%", "45.90%")
    near(adjusted_net_debt(View(book)).quantity, "-10474m", -10_474_500_000, -10_473_500_000)
    assert check(book, []).problems == []
