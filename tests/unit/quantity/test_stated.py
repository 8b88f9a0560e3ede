"""Every row of the table of figures in docs/book.md, and every spelling that is refused."""

import re
from fractions import Fraction

import pytest

from holdbook.quantity.stated import FigureError, parse_figure

FIGURES = [  # written, core, widest if it differs, shown value, unit
    ("USD 5.83bn", "[5825000000, 5835000000]", "", 5_830_000_000, "USD"),
    ("USD 5.830bn", "[5829500000, 5830500000]", "", 5_830_000_000, "USD"),
    ("= USD 22.5bn", "[22500000000, 22500000000]", "", 22_500_000_000, "USD"),
    ("~ USD 181", "[361/2, 363/2]", "[180, 182]", 181, "USD"),
    ("about USD 181", "[361/2, 363/2]", "[180, 182]", 181, "USD"),
    ("> USD 3bn", "(3000000000, inf)", "", None, "USD"),
    ("more than USD 3bn", "(3000000000, inf)", "", None, "USD"),
    ("over USD 3bn", "(3000000000, inf)", "", None, "USD"),
    (">= USD 3bn", "[3000000000, inf)", "", None, "USD"),
    ("at least USD 3bn", "[3000000000, inf)", "", None, "USD"),
    ("< USD 50m", "(-inf, 50000000)", "", None, "USD"),
    ("less than USD 50m", "(-inf, 50000000)", "", None, "USD"),
    ("under USD 50m", "(-inf, 50000000)", "", None, "USD"),
    ("<= USD 30.5bn", "[0, 30500000000]", "", None, "USD"),
    ("up to USD 30.5bn", "[0, 30500000000]", "", None, "USD"),
    ("almost 3%", "[1/50, 3/100)", "", None, ""),
    ("nearly 3%", "[1/50, 3/100)", "", None, ""),
    ("just under 3%", "[1/50, 3/100)", "", None, ""),
    ("almost 150%", "[7/5, 3/2)", "", None, ""),
    ("almost -4%", "(-1/25, -3/100]", "", None, ""),
    ("well over 2%", "(1/50, 3/100]", "", None, ""),
    ("well over -2%", "[-3/100, -1/50)", "", None, ""),
    ("607m ± 2m shares", "[605000000, 609000000]", "", 607_000_000, "share"),
    ("USD 5.8bn +- 0.1bn", "[5700000000, 5900000000]", "", 5_800_000_000, "USD"),
    ("4.9% ± 0.1%", "[6/125, 1/20]", "", Fraction("0.049"), ""),
    ("USD 150bn..200bn", "[150000000000, 200000000000]", "", None, "USD"),
    ("USD 150bn..USD 200bn", "[150000000000, 200000000000]", "", None, "USD"),
    ("10%..20%", "[1/10, 1/5]", "", None, ""),
    ("about 10%..20%", "[1/10, 1/5]", "[9/100, 21/100]", None, ""),
    ("USD 0..200bn", "[0, 200000000000]", "", None, "USD"),
    ("as much as 10%", "[19/200, 21/200]", "", Fraction(1, 10), ""),
    ("32.1m shares", "[32050000, 32150000]", "", 32_100_000, "share"),
    ("10512320 shares", "[10512320, 10512320]", "", 10_512_320, "share"),
    ("0 shares", "[0, 0]", "", 0, "share"),
    ("USD 224/share", "[447/2, 449/2]", "", 224, "USD/share"),
    ("USD 224 a share", "[447/2, 449/2]", "", 224, "USD/share"),
    ("JPY 148.88/USD", "[29775/200, 29777/200]", "", Fraction("148.88"), "JPY/USD"),
    ("4.9%", "[97/2000, 99/2000]", "", Fraction("0.049"), ""),
    ("-0.5%", "[-11/2000, -9/2000]", "", Fraction("-0.005"), ""),
    ("3700x", "[7399/2, 7401/2]", "", 3700, ""),
    ("1.5 GW", "[29/20, 31/20]", "", Fraction("1.5"), "GW"),
    ("1500 MW", "[2999/2000, 3001/2000]", "", Fraction("1.5"), "GW"),
    ("3 years", "[3, 3]", "", 3, "year"),
    ("18 months", "[18, 18]", "", 18, "month"),
    ("131 companies", "[131, 131]", "", 131, "company"),
    ("about 130 companies", "[259/2, 261/2]", "[129, 131]", 130, "company"),
    ("5.83 million shares", "[5825000, 5835000]", "", 5_830_000, "share"),
]


def plain(interval):
    """An interval as text with its fractions in lowest terms."""
    first, low, high, last = interval[0], *interval[1:-1].split(", "), interval[-1]
    ends = [end if "inf" in end else str(Fraction(end)) for end in (low, high)]
    return f"{first}{ends[0]}, {ends[1]}{last}"


@pytest.mark.parametrize(("written", "core", "widest", "value", "unit"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_figure_means_the_interval_of_the_table(written, core, widest, value, unit):
    stated = parse_figure(written)
    assert str(stated.core) == plain(core)
    assert str(stated.widest) == plain(widest or core)
    assert (stated.centre, str(stated.unit)) == (value, unit)


@pytest.mark.parametrize(("written", "floor", "core"), [
    ("< USD 50m", 0, "[0, 50000000)"),
    ("JPY 0.0tn", 0, "[0, 50000000000]"),
    ("JPY 0.0tn", None, "[-50000000000, 50000000000]"),
    ("unknown", 0, "[0, inf)"),
    ("unknown", None, "(-inf, inf)"),
])  # fmt: skip
def test_a_field_that_cannot_be_below_zero_cuts_the_interval_there(written, floor, core):
    assert str(parse_figure(written, floor=floor).core) == core


def test_an_unknown_figure_prints_no_value_and_may_name_its_currency():
    assert parse_figure("USD unknown") == parse_figure("unknown")._replace(unit=parse_figure("USD 1").unit)
    assert parse_figure("unknown").is_unknown
    assert parse_figure("unknown").centre is None


@pytest.mark.parametrize(("written", "core"), [
    ("USD 22.5bn", "[22500000000, 22500000000]"),
    ("~ USD 22.5bn", "[22450000000, 22550000000]"),
    ("up to USD 30bn", "[0, 30000000000]"),
    ("USD 1bn..2bn", "[1000000000, 2000000000]"),
])  # fmt: skip
def test_an_agreed_amount_is_exact_unless_it_is_hedged(written, core):
    assert str(parse_figure(written, contract=True).core) == core


@pytest.mark.parametrize(("written", "core"), [
    ("JPY 58m", "[58000000, 59000000)"),
    ("JPY -58m", "(-59000000, -58000000]"),
    ("JPY 0m", "(-1000000, 1000000)"),
    ("= JPY 58m", "[58000000, 58000000]"),
])  # fmt: skip
def test_what_a_truncating_source_cut_off_lies_away_from_zero(written, core):
    assert str(parse_figure(written, truncated=True).core) == core


def test_a_range_printed_backwards_is_turned_and_noted():
    stated = parse_figure("100000..25000 jobs")
    assert str(stated.core) == "[25000, 100000]"
    assert stated.backwards
    assert not parse_figure("25000..100000 jobs").backwards


RESPELT = [  # written, the figure that is meant and offered
    ("USD 1,000", "USD 1000"),
    ("12,345.67", "12345.67"),
    ("USD 5,83bn", "USD 5.83bn"),
    ("USD 5B", "USD 5bn"),
    ("GBP 5B", "GBP 5bn"),
    ("TRY 5T", "TRY 5tn"),
    ("USD 5 mrd", "USD 5 bn"),
    ("USD 5mln", "USD 5m"),
    ("1 000 000 shares", "1000000 shares"),
    ("1'000 shares", "1000 shares"),
    ("1_000 shares", "1000 shares"),
    ("usd 5bn", "USD 5bn"),
    ("5bn USD", "USD 5bn"),
    ("5 USD/share", "USD 5/share"),
    ("about 5bn USD", "about USD 5bn"),
    ("~ 181 USD/share", "~ USD 181/share"),
    ("5 euros", "EUR 5"),
]


@pytest.mark.parametrize(("written", "offered"), RESPELT, ids=[row[0] for row in RESPELT])
def test_a_spelling_that_could_mean_two_is_refused_and_the_right_one_is_offered(written, offered):
    with pytest.raises(FigureError) as refusal:
        parse_figure(written)
    assert re.search(rf"write {re.escape(offered)}( without separators)?$", refusal.value.way_out)
    assert parse_figure(offered).centre is not None
    assert 0 <= refusal.value.at < len(written)


REFUSED = [  # written, what the way out speaks of
    ("$5bn", "USD"),
    ("¥5bn", "JPY"),
    ("€5bn", "EUR"),
    ("£5bn", "GBP"),
    ("USD 150..200bn", "the multiplier at both ends"),
    ("1e9", "k, m, bn or tn"),
    ("XYZ 5bn", "ISO 4217"),
    ("XYZ unknown", "ISO 4217"),
    ("5 apples", "shares, %, x, GW"),
    ("USD 5/apple", "/share"),
    ("USD 5 apples", "USD 224/share"),
    ("USD five", "unknown"),
    ("", "USD 5.83bn"),
    ("> 10%..20%", "the two ends only"),
    ("1.000.000", "at most one point"),
    ("1" * 31, "30 digits"),
    ("about" + " " * 200 + "USD 5", "a number and its unit"),
]


@pytest.mark.parametrize(("written", "offered"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_what_cannot_be_read_is_refused_with_a_way_out(written, offered):
    with pytest.raises(FigureError) as refusal:
        parse_figure(written)
    assert offered in refusal.value.way_out


def test_the_culprit_of_a_refusal_is_pointed_at():
    with pytest.raises(FigureError) as refusal:
        parse_figure("USD 5 mrd")
    assert refusal.value.at == len("USD 5 ")


@pytest.mark.parametrize(("written", "core"), [
    ("18 months..24 months", "[18, 24]"),
    ("1.5 GW..2 GW", "[3/2, 2]"),
    ("3x..4x", "[3, 4]"),
    ("10m shares..20m shares", "[10000000, 20000000]"),
])  # fmt: skip
def test_a_range_may_write_its_unit_at_both_ends(written, core):
    assert str(parse_figure(written).core) == core
