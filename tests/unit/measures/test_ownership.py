from datetime import date
from fractions import Fraction

import pytest

from holdbook.measures.ownership import ClosedCircleError, direct_holding, rights
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.needs import needs
from holdbook.quantity.point import point
from holdbook.timeline.view import View

ENTITIES = "entities: {acme: {name: Acme}, beta: {name: Beta}, gamma: {name: Gamma}, delta: {name: Delta}}\n"


@pytest.fixture
def owned(reading):
    """The rights of Acme where stakes are written as `holder asset part`."""

    def made(*stakes, day=None):
        lines = [f"  s{i}: {{holder: {h}, asset: {a}, part: '{p}', source: report}}" for i, (h, a, p) in enumerate(map(str.split, stakes))]
        return rights(View(reading(ENTITIES + "stakes:\n" + "\n".join(lines)).book, day))

    return made


def test_a_pyramid_has_half_of_the_votes_and_a_third_of_the_cash(owned, near):
    found = owned("acme beta =30%", "beta gamma =20%", "acme gamma =30%")
    near(found["gamma"].cash_flow, *[Fraction("0.36")] * 3)
    near(found["gamma"].votes, 0.5, 0.5, 0.5)
    assert found["gamma"].controlled == "no"


def test_a_printed_part_brings_its_bounds(owned):
    found = owned("acme beta 50%", "beta gamma 50%")["gamma"]
    assert bounds(found.cash_flow).interval == Interval.of("0.245025", "0.255025")
    assert found.controlled == "undecided"


def test_control_goes_down_a_chain_of_majorities_where_cash_thins_out(owned, near):
    found = owned("acme beta =51%", "beta gamma =51%", "gamma delta =51%")["delta"]
    near(found.cash_flow, *[Fraction("0.132651")] * 3)
    assert (found.controlled, found.direct) == ("yes", None)


def test_an_unknown_part_narrows_the_answer_and_does_not_break_it(owned):
    found = owned("acme beta =40%", "beta gamma unknown", "acme gamma =10%")["gamma"]
    assert bounds(found.cash_flow).interval == Interval.of("0.1", "0.5")
    assert needs(found.cash_flow) == ["stakes.s1.part"]


def test_halves_of_each_other(owned):
    """Baldone's case from without: each of two owns half of the other, Acme owns half of the first."""
    found = owned("acme beta =50%", "beta gamma =50%", "gamma beta =50%")
    for asset, value in (("beta", 2 / 3), ("gamma", 1 / 3)):
        low, high = bounds(found[asset].cash_flow).interval[:2]
        assert low < value < high
        assert float(high - low) < 1e-8
        assert found[asset].cash_flow.derived == "solved: integrated ownership"
    assert bounds(found["gamma"].votes).interval == Interval.of("0.499999999", "0.500000001")


def test_a_circle_through_the_owner_does_not_add_to_its_rights(owned, near):
    found = owned("acme beta =50%", "beta acme =50%")
    near(found["beta"].cash_flow, 0.5, 0.5, 0.5)


def test_a_circle_of_unknown_parts_is_bounded(owned):
    found = owned("acme beta =10%", "beta gamma unknown", "gamma beta unknown")
    assert bounds(found["gamma"].cash_flow).interval.low == 0
    assert bounds(found["beta"].cash_flow).interval.low + 1e-8 >= 0.1
    assert bounds(found["beta"].cash_flow).interval.high <= 1


def test_a_right_that_an_unknown_part_does_not_touch_keeps_its_value_in_a_circle(owned):
    """Beta and gamma hold each other: by hand b = (.4 + .3 * .2) / (1 - .2 * .5) and c = (.3 + .4 * .5) / (1 - .2 * .5)."""
    found = owned("acme beta =40%", "beta gamma =50%", "gamma beta =20%", "acme gamma =30%", "gamma delta unknown")
    values = [point(found[name].cash_flow) for name in ("beta", "gamma", "delta")]
    assert values[:2] == pytest.approx([0.46 / 0.9, 0.5 / 0.9], abs=1e-9)
    assert values[2] is None


def test_a_closed_circle_is_refused_by_name(owned):
    with pytest.raises(ClosedCircleError) as refused:
        owned("acme delta =1%", "beta gamma =100%", "gamma beta =100%", "acme beta =0%")
    assert set(refused.value.members) == {"beta", "gamma"}


def test_treasury_shares_leave_the_others_all_of_it(owned, near):
    found = owned("acme beta =40%", "beta beta =20%")["beta"]
    near(found.cash_flow, 0.5, 0.5, 0.5)


def test_a_chain_can_be_asked_on_any_day(book):
    """
    relations:
      first: {from: acme, to: beta, type: owns, part: "= 60%", day: 2024-12-31, until: 2025-06-30, source: report}
      second: {from: beta, to: gamma, type: owns, part: "= 50%", day: 2025-03-31, source: report}
    """
    found = {day: sorted(rights(View(book, date.fromisoformat(day)))) for day in ("2025-01-31", "2025-04-30", "2025-09-30")}
    assert found == {"2025-01-31": ["beta"], "2025-04-30": ["beta", "gamma"], "2025-09-30": []}


def test_a_relation_of_control_says_that_it_is_controlled(book):
    """
    relations:
      ours: {from: acme, to: beta, type: controls, source: report}
      fund: {from: acme, to: gamma, type: manages, source: report}
    """
    found = rights(View(book))
    assert list(found) == ["beta"]
    assert found["beta"].controlled == "yes"
    assert bounds(found["beta"].cash_flow).interval == Interval.of(0, 1)


def test_a_direct_holding_is_in_shares_or_a_part_or_not_said(book):
    """
    stakes:
      beta: {asset: beta, day: 2025-06-30, shares: 10 shares, source: report}
      gamma: {asset: gamma, part: 7.5%, source: report}
    relations: {acme: {from: beta, to: acme, type: owns, source: report}}
    """
    view = View(book)
    assert str(direct_holding(view, "beta").unit) == "share"
    assert bounds(direct_holding(view, "gamma")).interval == Interval.of("0.0745", "0.0755")
    assert direct_holding(view, "acme") is None


def test_a_part_of_control_is_one_of_votes_and_says_nothing_of_cash(book):
    """
    relations:
      cash: {from: acme, to: beta, type: owns, part: "= 30%", source: report}
      votes: {from: acme, to: beta, type: controls, part: "= 60%", source: report}
      only: {from: acme, to: gamma, type: controls, part: "= 40%", source: report}
    """
    found = rights(View(book))
    assert bounds(found["beta"].cash_flow).interval == Interval.of("0.3", "0.3")
    assert (bounds(found["beta"].votes).interval, found["beta"].controlled) == (Interval.of("0.6", "0.6"), "yes")
    assert bounds(found["gamma"].cash_flow).interval == Interval.of(0, 1)
    assert found["gamma"].controlled == "no"
