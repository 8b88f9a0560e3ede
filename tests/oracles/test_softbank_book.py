"""The shipped book of SoftBank Group gives every figure that the company published, within rounding.

Sources: the company's pages on its net asset value (group.softbank/en/ir/stock/sotp, of many days), its presentations, and from
2024 on press and trackers that repeat them; the sources of the book name each.
"""

from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.stated import parse_figure

LATEST = date(2026, 8, 31)
NAMES = {
    "holdings": "equity_value_of_holdings",
    "net_debt": "adjusted_net_debt",
    "nav": "nav",
    "loan_to_value": "loan_to_value",
    "nav_per_share": "nav_per_share",
}
PUBLISHED = {  # holdings, net debt, value in trillions of yen; ratio; yen a share
    "2020-09-30": ("", "", "27.3", "12%", "14528"),
    "2021-03-31": ("29.81", "3.71", "", "12.4%", "15015"),
    "2021-06-30": ("", "", "", "16.2%", "15450"),
    "2021-09-30": ("25.70", "4.81", "20.89", "18.7%", "12191"),
    "2022-06-30": ("21.66", "3.15", "18.52", "14.5%", "11640"),
    "2023-03-31": ("15.87", "1.75", "14.13", "11.0%", "9656"),
    "2023-06-30": ("16.90", "1.35", "15.54", "8.0%", "10616"),
    "2023-09-30": ("18.35", "1.9", "", "", ""),
    "2023-12-31": ("21.72", "2.49", "19.23", "11.5%", "13119"),
    "2024-03-31": ("30.35", "2.55", "27.79", "", "18961"),
    "2024-06-30": ("", "", "35.28", "7.8%", ""),
    "2024-09-30": ("", "", "29.01", "12.5%", ""),
    "2024-12-31": ("", "", "29.33", "12.9%", ""),
    "2025-03-31": ("", "", "25.72", "18.0%", ""),
    "2025-06-30": ("39.05", "6.64", "32.40", "17.0%", "22748"),
    "2025-09-30": ("", "", "33.3", "16.5%", "23379"),
    "2025-11-10": ("", "", "36.2", "", ""),
    "2025-12-31": ("", "", "30.9", "20.6%", ""),
    "2026-03-31": ("48.26", "8.21", "40.06", "", ""),
    "2026-06-30": ("83.11", "10.81", "72.30", "13.0%", ""),
}
UNITS = ("JPY {}tn", "JPY {}tn", "JPY {}tn", "{}", "JPY {}/share")


def asked(softbank, question, day, known_on=LATEST):
    day, known_on = (one if isinstance(one, date) else date.fromisoformat(one) for one in (day, known_on))
    answer = api.ask(softbank, question, day=day, known_on=known_on)
    return {name: figure.quantity for name, figure in answer.quantities.items()}, answer.labels


@pytest.mark.parametrize("day", PUBLISHED)
def test_each_published_figure_comes_out_within_rounding(softbank, day):
    found, _ = asked(softbank, "worth", day)
    for name, written, unit in zip(NAMES.values(), PUBLISHED[day], UNITS, strict=True):
        if written:
            published = parse_figure(unit.format(written))
            assert bounds(found[name]).interval.meets(published.core), name
            assert found[name].unit is published.unit


def test_every_table_of_the_book_is_one_of_these(softbank):
    days = {table.day.text for table in softbank.book.tables["statements"].values() if table.company == "softbank"}
    assert days == set(PUBLISHED)


def test_every_line_of_every_table_comes_out_within_rounding(softbank):
    for table in softbank.book.tables["statements"].values():
        found, _ = asked(softbank, "worth", table.day.first)
        for asset, published in (table.parts or {}).items():
            assert bounds(found[f"{asset}.value"]).interval.meets(bounds(published).interval), (table.id, asset)
        for field, name in NAMES.items():
            published = getattr(table, field)
            assert published is None or bounds(found[name]).interval.meets(bounds(published).interval), (table.id, field)


def test_the_book_has_no_fault(softbank):
    assert api.check(softbank).problems == []


def test_june_2023_to_the_last_contract(softbank, near):
    """Presentation of the first quarter of fiscal 2023: the deepest table there is."""
    found, _ = asked(softbank, "owes", "2023-06-30")
    near(found["equity_value_of_holdings"], "16.90tn", "16.85tn", "16.94tn")
    near(found["adjusted_net_debt"], "1.35tn", "1.33tn", "1.36tn")
    near(found["loan_to_value"], "8.0%", "7.9%", "8.1%")
    near(found["loan_to_value_with_asset_backed"], "36.9%", "36.7%", "37.0%")
    near(asked(softbank, "worth", "2023-06-30")[0]["nav"], "15.55tn", "15.49tn", "15.61tn")
    contracts = {
        "alibaba_forward": "4764.7",
        "arm_margin": "1225.3",
        "tmobile_collar": "409.8",
        "dt_collar": "481.5",
        "sbkk_margin": "560.9",
    }
    for name, billions in contracts.items():
        near(found[f"{name}.carrying"], f"{billions}bn", f"{float(billions) - 0.05:.2f}bn", f"{float(billions) + 0.05:.2f}bn")
    near(found["alibaba_forward.carrying"] - found["alibaba_forward.settlement"], "0.4995tn", "0.4994tn", "0.4996tn")


def test_cash_covers_the_bonds_of_two_years_four_times(softbank, near):
    """Bonds at 30 September 2025 (group.softbank/en/ir/stock/bond), the cash position from the results of that quarter."""
    found, labels = asked(softbank, "owes", "2025-09-30")
    near(found["bonds_due_24_months"], 1_015_418_000_000, "1015414m", "1015422m")
    near(found["redemption.cash_position"], "4.2tn", "4.15tn", "4.25tn")
    near(found["redemption_cover"], "4.1x", "4.09x", "4.19x")
    assert labels["redemption.day"] == "2025-09-30"
    assert asked(softbank, "owes", "2025-11-12", "2025-11-12")[1]["redemption.day"] == "2025-09-30"


@pytest.mark.parametrize(("year", "millions"), [(2026, 626_654), (2027, 388_764), (2030, 613_850)])
def test_bonds_by_year_of_maturity(softbank, year, millions):
    found, _ = asked(softbank, "owes", "2025-09-30", "2025-11-12")
    assert millions * 1_000_000 in bounds(found[f"due.{year}"]).interval


def test_the_sale_of_nvidia(softbank, near):
    """Results of the second quarter of fiscal 2025, 11 November 2025: 32.1 million shares in October for 5.83 billion dollars."""
    found, labels = asked(softbank, "sold", "2025-11-12", "2025-11-12")
    near(found["nvidia_2025.average_price"], "181.62", "181.18", "182.06")
    near(found["nvidia_2025.proceeds"], 5_830_000_000, 5_825_000_000, 5_835_000_000)
    near(found["nvidia_2025.disclosure_lag"], None, 11, 41)
    near(found["tmobile_2025.average_price"], "228.11", "227.70", "228.52")
    assert labels["nvidia_2025.fiscal_period"] == "FY2025 Q3"
    assert labels["nvidia_2025.disclosed"] == "2025-11-11"


def test_the_day_before_the_disclosure_nobody_knew_how_many_shares_were_left(softbank, near):
    """The last filing with the regulator was that of 31 December 2024; it binds on its own day alone."""
    found, labels = asked(softbank, "worth", "2025-10-31", "2025-11-10")
    near(found["nvidia.shares"], None, 0, None)
    near(found["nvidia.last_filing.shares"], 10_512_320, 10_512_320, 10_512_320)
    assert labels["nvidia.last_filing.day"] == "2024-12-31"
    assert "nvidia.sold_shares" not in found


@pytest.mark.parametrize(("day", "known_on", "value", "low", "high"), [
    ("2025-10-31", "2025-11-11", 0, 0, 0),
    ("2025-09-30", "2025-11-12", "32.1m", "32.05m", "32.15m"),
    ("2025-10-15", "2025-11-12", None, 0, "32.15m"),
    ("2025-09-29", "2025-11-12", None, 0, None),
    ("2024-12-31", "2025-11-12", 10_512_320, 10_512_320, 10_512_320),
    ("2024-12-31", "2025-02-13", None, None, None),
    ("2025-12-31", "2026-02-17", 0, 0, 0),
])  # fmt: skip
def test_the_two_clocks_of_the_nvidia_shares(softbank, near, day, known_on, value, low, high):
    found, _ = asked(softbank, "worth", day, known_on)
    if low is None and high is None:
        assert "nvidia.shares" not in found
    else:
        near(found["nvidia.shares"], value, low, high)
