import pytest

from holdbook.dates import Span
from holdbook.quantity.unit import UNIT
from holdbook.timeline.names import UnknownNameError, entry, lookup, quantity

BOOK = """
book: {name: Acme, company: acme, currency: EUR, day: 2025-09-30, known_on: 2025-12-31, fiscal_year_starts: 04-01}
trades:
  sale: {asset: beta, side: sell, day: FY2025 Q1, shares: 5m shares, source: report}
  friday: {asset: beta, side: sell, day: 2025-10-31, shares: 5m shares, amount: EUR 20m, tags: [one, two], source: report}
rates:
  stated: {pair: USD/JPY, rate: JPY 150/USD, kind: spot, day: 2025-09-30, source: report}
  implied: {pair: USD/JPY, of: [JPY 3tn, USD 20bn], kind: implied, day: 2025-09-30, source: report}
commitments:
  deal: {to: beta, source: report, tranches: {first: {gross: "= EUR 10bn", own: "= EUR 7bn"}}}
relations:
  stake: {from: acme, type: owns, to: beta, prospective: yes, source: report}
statements:
  table: {day: 2025-09-30, nav: EUR 9bn, parts: {beta: EUR 10bn}, source: report}
"""


@pytest.fixture(scope="module")
def facts(reading):
    found = reading(BOOK)
    assert not found.problems
    return found.book


def test_a_name_leads_to_a_figure_a_day_or_a_word(facts, near):
    near(lookup(facts, "trades.friday.amount"), 20_000_000, 19_500_000, 20_500_000)
    assert str(lookup(facts, "trades.sale.day")) == "FY2025 Q1"
    assert lookup(facts, "trades.sale.side") == "sell"
    assert lookup(facts, "trades.sale.amount") is None
    assert lookup(facts, "relations.stake.prospective") == "yes"
    assert lookup(facts, "relations.stake.from") == "acme"
    assert lookup(facts, "trades.friday.tags.2") == "two"


def test_an_entry_alone_is_its_day(facts):
    assert lookup(facts, "trades.sale") == facts.tables["trades"]["sale"].day
    assert isinstance(lookup(facts, "trades.friday.learnt"), Span)


def test_a_deeper_name_goes_on_with_dots(facts, near):
    near(lookup(facts, "commitments.deal.tranches.first.own"), 7_000_000_000, 7_000_000_000, 7_000_000_000)
    near(lookup(facts, "statements.table.parts.beta"), 10_000_000_000, 9_500_000_000, 10_500_000_000)


def test_a_day_has_months_days_and_a_weekday(facts, near):
    near(lookup(facts, "trades.sale.day.months"), 3, 3, 3)
    near(lookup(facts, "trades.sale.day.days"), 91, 91, 91)
    assert lookup(facts, "trades.friday.day.weekday") == "Friday"
    assert lookup(facts, "trades.sale.day.months").unit is UNIT("month")


def test_a_rate_is_stated_or_implied(facts, near):
    near(quantity(facts, "rates.stated.rate"), 150, "149.5", "150.5")
    near(quantity(facts, "rates.implied.rate"), 150, "121.95", "179.49")


@pytest.mark.parametrize(("name", "unit"), [
    ("trades.sale.amount", "EUR"),
    ("trades.sale.price", "EUR/share"),
    ("trades.sale.remaining", "share"),
    ("trades.sale.fraction", ""),
    ("trades.sale.fees", "EUR"),
    ("commitments.deal.tranches.first.syndicated", "EUR"),
    ("statements.table.nav_per_share", "EUR/share"),
    ("statements.table.shares", "share"),
])  # fmt: skip
def test_a_figure_that_is_not_there_is_unknown_in_the_unit_of_its_field(facts, name, unit):
    found = quantity(facts, name)
    assert (found.key, found.stated.is_unknown, found.unit) == (name, True, UNIT(unit))


@pytest.mark.parametrize(("name", "part", "possible"), [
    ("sales.friday.amount", "sales", "trades"),
    ("trades", "", "friday"),
    ("trades.monday.amount", "monday", "friday"),
    ("trades.friday.amounts", "amounts", "amount"),
    ("trades.friday.amount.low", "low", None),
    ("trades.sale.day.weekday", "weekday", "months"),
    ("commitments.deal.tranches.second", "second", "first"),
    ("statements.table.parts", "parts", None),
    ("trades.friday.tags.3", "3", None),
])  # fmt: skip
def test_a_name_that_leads_nowhere_says_which_part_and_what_there_is(facts, name, part, possible):
    with pytest.raises(UnknownNameError) as refusal:
        lookup(facts, name)
    assert refusal.value.part == part
    assert possible is None or possible in refusal.value.possible


def test_a_word_or_a_day_is_no_figure(facts):
    for name in ("trades.sale.side", "trades.sale.day"):
        with pytest.raises(UnknownNameError):
            quantity(facts, name)


def test_a_name_begins_with_its_entry(facts):
    assert entry(facts, "trades.friday.amount").id == "friday"
    for name in ("trades.monday", "sales.friday", "trades"):
        with pytest.raises(UnknownNameError):
            entry(facts, name)
