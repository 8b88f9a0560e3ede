"""What the Nvidia stake that was sold in 2019 would have come to, as others reckoned it and as the book does.

Sources: The Wall Street Journal of 2024-06-21 (4.9% of 3.22 trillion dollars, less 3.3 billion), Benzinga of June 2024; the counts of
shares are those of Nvidia's annual report for the year to January 2019.
"""

from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point


@pytest.fixture(scope="module")
def missed(softbank):
    return api.ask(softbank, "missed", day=date(2025, 11, 11))


def figure(answer, name):
    return answer.quantities[name].quantity


def ends(answer, name):
    interval = bounds(figure(answer, name)).interval
    return [round(float(end) / 1e9, 1) for end in (interval.low, interval.high)]


def test_by_shares_it_is_worth_about_230_billion_at_the_close(missed):
    assert ends(missed, "nvidia_2019.kept_value") == [226.7, 232.9]
    assert float(point(figure(missed, "nvidia_2019.kept_value"))) == pytest.approx(230e9, abs=0.5e9)


def test_by_the_part_of_a_company_of_five_trillion_it_is_245(missed):
    assert ends(missed, "nvidia_2019.kept_value_by_part") == [242.5, 247.5]


def test_both_amounts_of_the_sale_stand_side_by_side(missed):
    first, again = (point(figure(missed, f"{name}.forgone")) for name in ("nvidia_2019", "nvidia_2019_fund"))
    assert again - first == 300_000_000


def test_the_estimate_of_the_article_belongs_to_an_older_price(missed):
    name = "nvidia_2019.estimates.forgone_gain"
    assert ends(missed, f"{name}.says") == [150, 200]
    assert missed.labels[f"{name}.verdict"] == "inconsistent"
    assert "not of 2025-11-11" in missed.labels[f"{name}.reason"]
    needed = bounds(figure(missed, f"{name}.price_needed")).interval
    assert (round(float(needed.low)), round(float(needed.high))) == (127, 174)


def test_the_estimate_of_2024_comes_out_on_its_own_day(missed, softbank):
    assert missed.labels["nvidia_2019.estimates.forgone_wsj_2024.verdict"] == "consistent"
    then = api.ask(softbank, "missed", day=date(2024, 6, 20), known_on=date(2025, 11, 12))
    assert float(point(figure(then, "nvidia_2019.kept_value_by_part"))) == pytest.approx(157.78e9)
    assert float(point(figure(then, "nvidia_2019_fund.forgone_by_part"))) == pytest.approx(154.48e9)


def test_the_sale_of_2025_missed_little_and_pays_for_three_promises(missed):
    assert ends(missed, "nvidia_2025.forgone") == [0.4, 0.4]
    assert float(point(figure(missed, "nvidia_2025.uses"))) == pytest.approx(34.375e9)
    assert point(figure(missed, "nvidia_2025.unfunded")) == 5_830_000_000


def test_yen_count_at_the_rates_of_both_days(missed):
    assert missed.quantities["nvidia_2019.forgone_in_JPY"].quantity.unit.currency == "JPY"
