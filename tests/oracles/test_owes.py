"""What SoftBank owes, against published and hand-computed figures.

Sources: domain notes on holding companies, sections 2.4a, 2.5 and 2.6 (published 1% on Arm at June 2025, redemptions from issue amounts,
headroom of December 2025 and of June 2026), analysis of the article, section 5, indicator 2 (loan to value after the promises).
"""

from datetime import date

import pytest

from holdbook import api

LATEST = date(2026, 8, 31)


@pytest.fixture(scope="module")
def owes(softbank):
    kept = {}

    def ask(day, known_on=LATEST):
        if (day, known_on) not in kept:
            kept[day, known_on] = api.ask(softbank, "owes", day=date.fromisoformat(day), known_on=known_on)
        return kept[day, known_on]

    return ask


def figure(answer, name):
    return answer.quantities[name].quantity


def test_the_expected_redemptions_beside_the_contractual_ones(owes, near):
    """About 4.1 by contract, about 2.3 with hybrids at their first call, about 2.05 with commercial paper."""
    found = owes("2025-09-30")
    near(figure(found, "redemption_cover"), "4.14x", "4.09x", "4.19x")
    near(figure(found, "expected_redemption_cover"), "2.26x", "2.23x", "2.29x")
    near(figure(found, "expected_paper_cover"), "2.05x", "2.03x", "2.07x")
    near(figure(found, "redemption.expected_due"), "1.858tn", "1.8579tn", "1.8580tn")


def test_with_bridges_and_promises_cash_covers_half(owes, near):
    """22.5 for OpenAI, 6.5 for Ampere, 5.375 for ABB Robotics, none to all of two bridges of 15 billion dollars: each is due within two years."""
    found = owes("2025-09-30")
    near(figure(found, "wider_redemption_cover"), None, "0.44x", "0.59x")
    near(figure(found, "redemption.all_due"), None, "7.166tn", "9.400tn")


def test_june_2025_one_per_cent_on_arm_is_148_yen_a_share(owes, near):
    """Published with the results of that quarter: the whole stake moves, the loan on it does not."""
    found = owes("2025-06-30")
    near(figure(found, "sensitivity.arm"), "0.21tn", "0.21tn", "0.21tn")
    near(figure(found, "sensitivity.arm.per_share"), "148", "148", "148")


def test_december_2025_headroom_of_all_holdings(owes, near):
    found = owes("2025-12-31")
    near(figure(found, "headroom.loan_to_value_normal"), "17.6%", "17.4%", "17.8%")
    near(figure(found, "headroom.loan_to_value_exceptional"), "41.1%", "41.0%", "41.3%")


def test_june_2026_without_arm(owes, near):
    found = owes("2026-06-30")
    near(figure(found, "loan_to_value_without.arm"), "32.6%", "32.5%", "32.7%")
    near(figure(found, "loan_to_value_without.arm.repaid"), "42.3%", "42.2%", "42.4%")
    near(figure(found, "headroom.loan_to_value_normal.arm"), "75%", "75%", "75%")
    assert found.labels["headroom.loan_to_value_normal.arm.reached"] == "yes"
    assert found.labels["headroom.loan_to_value_exceptional.arm.reached"] == "no"


def test_june_2023_the_ratios_side_by_side(owes, near):
    found = owes("2023-06-30")
    near(figure(found, "definitions.loan_to_value"), "8.0%", "7.9%", "8.1%")
    near(figure(found, "definitions.loan_to_value_with_asset_backed"), "36.9%", "36.7%", "37.0%")
    near(figure(found, "creditors.structural_subordination"), "39.2%", "39.1%", "39.2%")


@pytest.mark.parametrize(("case", "per_cent", "low", "high"), [
    ("pro_forma_loan_to_value", "24.5%", "24.5%", "24.6%"),
    ("pro_forma_loan_to_value.purchases_at_nothing", "25.6%", "25.5%", "25.6%"),
    ("pro_forma_loan_to_value.without_abb_robotics", "23.1%", "23.1%", "23.2%"),
])  # fmt: skip
@pytest.mark.parametrize(("day", "known_on"), [("2025-09-30", LATEST), ("2025-11-12", date(2025, 11, 12))])
def test_loan_to_value_after_the_promises(owes, near, day, known_on, case, per_cent, low, high):
    """At 148.88 yen a dollar, with the 5.83 billion dollars of Nvidia taken off."""
    found = owes(day, known_on)
    near(figure(found, case), per_cent, low, high)
    assert found.labels["pro_forma.day"] == "2025-09-30"


def test_an_agencys_ratio_cannot_be_read_off_and_says_what_it_needs(owes):
    for day in ("2021-03-31", "2025-12-31", "2026-06-30"):
        found = owes(day)
        (row,) = [row for row in found.tables["definitions"].rows if row[0] == "by S&P Global Ratings"]
        assert row[2].startswith("debt as S&P Global Ratings adjusts it of SoftBank Group on")
    assert owes("2025-12-31").labels["limits.sp_trigger.standing"] == "not known"


def test_the_ladder_by_contract_and_by_expectation(owes, near):
    """The hybrids of 2021 may be called in February and June 2026; by contract they run to 2056."""
    found = owes("2025-09-30")
    near(figure(found, "ladder.2026.hybrid.JPY.expected"), "582bn", "582bn", "582bn")
    near(figure(found, "ladder.2056.hybrid.JPY.contractual"), "582bn", "582bn", "582bn")
    near(figure(found, "ladder.2027.hybrid.USD.expected"), "260.5bn", "260.5bn", "260.5bn")
    assert "ladder.2026.hybrid.JPY.contractual" not in found.quantities
    near(figure(found, "ladder.2026.bridge.USD.contractual"), None, 0, "2.233tn")


def test_the_loan_on_arm_is_a_sixteenth_of_the_stake(owes, near):
    near(figure(owes("2026-06-30"), "arm_margin.over_the_whole_holding"), "6.06%", "6.05%", "6.07%")


def test_before_its_first_table_of_bonds_no_sum_of_redemptions_is_given(owes):
    found = owes("2025-06-30")
    assert "expected_redemption_cover" not in found.quantities
    assert "wider_redemption_cover" not in found.quantities
