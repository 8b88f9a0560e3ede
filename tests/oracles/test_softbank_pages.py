"""SoftBank Group's own pages on its net asset value (group.softbank/en/ir/stock/sotp): all agree within rounding.

Added up as printed, five of the sums are off by one in the last digit.
"""

import pytest

from holdbook.checks.check import check
from holdbook.checks.compare import agree
from holdbook.quantity.point import point
from holdbook.quantity.quantity import add, leaf
from holdbook.quantity.stated import parse_figure


def figures(*written, unit="JPY {}tn"):
    return [leaf(parse_figure(unit.format(one)), key=f"{one} {number}") for number, one in enumerate(written)]


PAGES = {  # parts, holdings, net debt, its bridge, value, ratio, per share, shares; whether naive sums hold: parts, value, bridge
    "2023-03-31": (
        ("0.71", "2.37", "2.80", "3.52", "0.79", "1.23", "0.28", "2.87", "1.30"), "15.87", "1.75", ("13.59", "5.38", "6.46"), "14.13", "11.0%", "9656", "1463",
        (True, False, True),
    ),
    "2023-06-30": (
        ("0.02", "2.39", "3.03", "4.04", "0.91", "1.20", "0.23", "3.66", "1.42"), "16.90", "1.35", ("14.70", "5.76", "7.59"), "15.54", "8.0%", "10616", "1464",
        (True, False, True),
    ),
}  # fmt: skip


@pytest.mark.parametrize("day", PAGES)
def test_a_page_agrees_with_itself_within_rounding(day):
    written_parts, *rest = PAGES[day]
    parts = figures(*written_parts)
    holdings, debt, bridge, value, ratio, per_share, shares = rest[:7]
    (holdings, debt, value), bridge = figures(holdings, debt, value), figures(*bridge)
    adjusted = bridge[0] - bridge[1] - bridge[2]
    assert agree(add(parts), holdings) == "consistent"
    assert agree(holdings - debt, value) == "consistent"
    assert agree(adjusted, debt) == "consistent"
    assert agree(debt / holdings, figures(ratio, unit="{}")[0]) == "consistent"
    assert agree(value / figures(shares, unit="{}m shares")[0], figures(per_share, unit="JPY {}/share")[0]) == "consistent"
    naive = (point(add(parts)) == point(holdings), point(holdings - debt) == point(value), point(adjusted) == point(debt))
    assert naive == rest[7]


def test_the_page_of_march_2023_is_a_table_without_a_fault(book):
    """
    book: {name: Acme, company: acme, currency: JPY, day: 2023-03-31, known_on: 2025-12-31}
    entities: {acme: {name: A}, a: {name: A}, b: {name: B}, c: {name: C}, d: {name: D}, e: {name: E}, f: {name: F}, g: {name: G}, h: {name: H}, i: {name: I}}
    statements:
      table:
        day: 2023-03-31
        holdings: JPY 15.87tn
        net_debt: JPY 1.75tn
        nav: JPY 14.13tn
        loan_to_value: 11.0%
        nav_per_share: JPY 9656/share
        shares: 1463m shares
        parts: {a: JPY 0.71tn, b: JPY 2.37tn, c: JPY 2.80tn, d: JPY 3.52tn, e: JPY 0.79tn, f: JPY 1.23tn, g: JPY 0.28tn, h: JPY 2.87tn, i: JPY 1.30tn}
        bridge: {consolidated_net_debt: JPY 13.59tn, self_financing_net_debt: JPY 5.38tn, other_adjustments: JPY 6.46tn}
        source: report
    """
    assert check(book, []).problems == []
    assert len(check(book, []).assertions) == 8


def test_per_share_figures_of_april_2021_add_up():
    """The page of 1 April 2021."""
    parts = figures("7334", "1298", "3568", "751", "867", "1566", "957", "808", unit="JPY {}/share")
    holdings, debt, value = figures("17149", "2134", "15015", unit="JPY {}/share")
    assert point(add(parts)) == point(holdings) == 17149
    assert point(holdings - debt) == point(value) == 15015
    assert agree(debt / holdings, figures("12.4%", unit="{}")[0]) == "consistent"


def test_per_share_figures_of_august_2020_are_off_by_one_yen_and_agree():
    """The page of 11 August 2020."""
    parts = figures("9264", "2013", "1384", "464", "1458", unit="JPY {}/share")
    holdings, debt, value = figures("14582", "1609", "12973", unit="JPY {}/share")
    assert point(add(parts)) == point(holdings) + 1
    assert agree(add(parts), holdings) == "consistent"
    assert point(holdings - debt) == point(value)
    assert agree(debt / holdings, figures("11%", unit="{}")[0]) == "consistent"


def test_the_adjustments_of_september_2023_agree():
    """Presentation of the second quarter of fiscal 2023: 25.7 - 5.6 - 1.8 is printed as 18.4; 10.0 - 5.9 - 1.8 - 0.4 = 1.9."""
    gross, forwards, margin, holdings = figures("25.7", "5.6", "1.8", "18.4")
    assert point(gross - forwards - margin) == 18_300_000_000_000
    assert agree(gross - forwards - margin, holdings) == "consistent"
    alone, carried, loans, hybrids, debt = figures("10.0", "5.9", "1.8", "0.4", "1.9")
    assert point(alone - carried - loans - hybrids) == point(debt)


def test_the_openai_tranches_in_yen(book):
    """
    rates: {release: {pair: USD/JPY, rate: "= JPY 149.52/USD", kind: spot, day: 2025-03-31, source: report}}
    commitments:
      openai: {to: beta, amount: "= USD 40bn", source: report, tranches: {own: {own: "= USD 30bn"}}}
    claims:
      whole: {text: "Release of 1 April 2025.", says: JPY 5.98tn, equals: commitments.openai.amount * rates.release.rate, source: report}
      own: {text: "Release of 1 April 2025.", says: JPY 4.49tn, equals: commitments.openai.tranches.own.own * rates.release.rate, source: report}
    """
    assert [one.verdict for one in check(book, []).claims] == ["consistent", "consistent"]
