"""Instalments, sellers and building programmes."""

from datetime import date
from fractions import Fraction

from holdbook import api
from holdbook.measures.instalments import open_instalments, sales, unfunded_ratio, unpaid_part, when_due, whole_of
from holdbook.measures.programmes import own_capital, stages, yearly
from holdbook.model.commitment import Commitment
from holdbook.model.programme import Programme
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.timeline.view import View


def test_without_an_amount_the_instalments_that_are_not_paid_are_left(book, near):
    """
    commitments:
      deal: {to: beta, tranches: {one: {own: USD 10m, paid: 2025-06-30}, two: {own: USD 30m, day: 2026-06-30}}, source: report}
      bare: {to: beta, source: report}
    """
    deal, bare = (book.get(Commitment, name) for name in ("deal", "bare"))
    near(unpaid_part(deal), "30m", "30m", "30m")
    near(unfunded_ratio(deal), "75%", "75%", "75%")
    assert (unpaid_part(bare), unfunded_ratio(bare), whole_of(bare), whole_of(deal), sales(bare)) == (None, None, None, None, [])


def test_an_instalment_counts_as_paid_from_its_day(book):
    """
    commitments:
      deal: {to: beta, amount: USD 40m, tranches: {one: {own: USD 10m, paid: 2025-06-30}, two: {own: USD 30m, paid: 2026-06-30}}, source: report}
      told: {to: beta, amount: USD 40m, paid: USD 10m, tranches: {one: {own: USD 30m, day: 2026-06-30}}, source: report}
    """
    deal, told = (book.get(Commitment, name) for name in ("deal", "told"))
    days = (date(2025, 1, 1), date(2025, 6, 30), date(2026, 6, 30), None)
    assert [point(unpaid_part(deal, day)) / 1_000_000 for day in days] == [40, 30, 0, 0]
    assert [point(unpaid_part(told, day)) / 1_000_000 for day in days] == [30] * 4


def test_what_is_left_falls_due_between_its_first_and_last_instalment_however_they_are_listed(book):
    """
    commitments:
      deal:
        to: beta
        tranches:
          last: {own: USD 30m, day: 2027-06-30, paid: 2027-06-30}
          first: {own: USD 10m, day: 2026-03, paid: 2026-03-31}
          undated: {own: USD 5m}
        source: report
      sealed: {to: beta, amount: USD 40m, closing: 2026-09-30, source: report}
    """
    deal, sealed = (book.get(Commitment, name) for name in ("deal", "sealed"))
    days = (date(2025, 12, 31), date(2026, 3, 31), date(2027, 6, 30))
    assert [str(when_due(deal, day)) for day in days] == ["2026-03-01..2027-06-30", "2027-06-30", "None"]
    assert str(when_due(sealed, days[0])) == "2026-09-30"


def test_each_instalment_is_due_on_its_own_day_unless_they_do_not_make_up_the_whole(book):
    """
    commitments:
      deal: {to: beta, amount: USD 60m, tranches: {one: {own: USD 10m, paid: 2025-06-30}, two: {own: USD 20m, day: 2026-03}, three: {own: USD 30m, day: 2026-09}}, source: report}
      more: {to: beta, amount: USD 90m, tranches: {one: {own: USD 10m, day: 2026-03}, two: {own: USD 20m, day: 2026-09}}, source: report}
    """
    found = {
        name: [
            (key, point(own) / 1_000_000, str(due)) for key, own, due in open_instalments(book.get(Commitment, name), date(2025, 12, 31))
        ]
        for name in ("deal", "more")
    }
    assert found["deal"] == [("two", 20, "2026-03"), ("three", 30, "2026-09")]
    assert found["more"] == [("", 90, "2026-03-01..2026-09-30")]


def test_sellers_that_are_all_named_leave_nothing(book):
    """
    commitments:
      all: {to: beta, amount: USD 10m, sellers: {gamma: 60%, acme: 40%}, source: report}
      some: {to: beta, amount: USD 10m, sellers: {gamma: 60%}, source: report}
    """
    assert [sale.seller for sale in sales(book.get(Commitment, "all"))] == ["gamma", "acme"]
    assert [(sale.seller, sale.assumed) for sale in sales(book.get(Commitment, "some"))] == [("gamma", False), (None, True)]


def test_a_programme_of_one_stage_has_one_ratio_and_an_unknown_part_is_none_to_all(book, near):
    """
    entities: {acme: {name: Acme}, park: {name: Park, kind: programme}}
    programmes:
      park: {programme: park, ceiling: = USD 100m, horizon: = 4 years, phases: {all: {amount: = USD 80m, capacity: = 2 GW}}, source: report}
      owned: {programme: park, ceiling: = USD 100m, own_part: = 25%, source: report}
    """
    park, owned = (book.get(Programme, name) for name in ("park", "owned"))
    (only,) = stages(park)
    near(only.per_gw, "40m", "40m", "40m")
    near(yearly(park), "25m", "25m", "25m")
    assert tuple(bounds(own_capital(View(book), park)).interval[:2]) == (0, 100_000_000)
    near(own_capital(View(book), owned), "25m", "25m", "25m")
    assert (stages(owned), yearly(owned)) == ([], None)


def test_the_own_part_of_an_instalment_is_what_others_leave_of_the_whole(book, near):
    """
    commitments:
      deal:
        to: beta
        tranches:
          paid: {own: USD 5m, paid: 2025-06-30}
          shared: {gross: USD 40m, syndicated: USD 10m, day: 2026-03-31}
          silent: {gross: USD 20m, day: 2026-09-30}
        source: report
      bare: {to: beta, tranches: {known: {own: USD 5m, day: 2026-03-31}, unknown: {day: 2026-09-30}}, source: report}
    """
    deal, bare = (book.get(Commitment, name) for name in ("deal", "bare"))
    near(unpaid_part(deal, date(2025, 12, 31)), None, "30m", "50m")
    near(unfunded_ratio(deal, date(2025, 12, 31)), None, Fraction(30, 35), Fraction(50, 55))
    assert [name for name, _, _ in open_instalments(deal, date(2025, 12, 31))] == ["shared", "silent"]
    near(unpaid_part(bare), None, "5m", None)


def test_promises_of_which_only_instalments_are_said_are_in_the_sums(opened, near):
    """
    commitments:
      whole: {to: beta, amount: USD 10m, source: report}
      parts: {to: gamma, tranches: {one: {own: USD 5m, paid: 2025-06-30}, two: {gross: USD 20m, syndicated: USD 5m, day: 2026-03-31}}, source: report}
    """
    found = api.ask(opened, "promised").quantities
    near(found["promised"].quantity, "30m", "30m", "30m")
    near(found["unpaid"].quantity, "25m", "25m", "25m")
