"""The reaction to the results of 11 November 2025 on real closes, which lie beside the project: as traded, and of three indices.

The returns are those of the closes themselves (Nvidia 199.05 to 193.16, SoftBank Group 22,695 to 21,910; Reuters printed -3.46% for
the latter); the models are fitted here a second time, from the files alone.
"""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest
from outside import outside

from holdbook import api
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point

INDICES = ("N225_yahoo_2021-2026_jtitan.csv", "NDX_yahoo_1985-2026_hjyssg.csv", "SPX_yahoo_1927-2026_hjyssg.csv")


@pytest.fixture(scope="module")
def priced():
    return api.read("softbank", [str(outside("data", "prices")), str(outside("data", "indices"))])


@pytest.fixture(scope="module")
def answer(priced):
    return api.ask(priced, "reaction")


def value(answer, name):
    return float(point(answer.quantities[f"reaction.{name}"].quantity))


def closes(*parts, column):
    with outside("data", *parts).open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    at = rows[0].index(column)
    return {
        date.fromisoformat(row[0][:10]): float(row[at]) for row in rows if row[0][:2] in ("19", "20") and row[at] not in ("", "#VALUE!")
    }


def test_each_listing_has_day_zero_by_its_own_clock(answer):
    assert answer.labels["reaction.softbank.day_0"] == "2025-11-12"
    assert answer.labels["reaction.nvidia.day_0"] == "2025-11-11"


def test_raw_returns_are_those_of_the_closes(answer):
    assert value(answer, "nvidia.raw_return") == pytest.approx(193.16 / 199.05 - 1, abs=1e-12)
    assert value(answer, "softbank.raw_return") == pytest.approx(21910 / 22695 - 1, abs=1e-12)
    assert round(value(answer, "softbank.raw_return"), 4) == -0.0346


def test_the_tier_is_two_factors_and_the_statistics_are_there(answer):
    for share in ("nvidia", "softbank"):
        assert answer.labels[f"reaction.{share}.tier"] == "two factors"
        names = ("market_adjusted", "market_model", "two_factors", "abnormal_return", "standard_error", "t", "p_t", "p_sample_quantile",
                 "p_placebo", "detectable", "t_recent")  # fmt: skip
        assert all(f"reaction.{share}.{name}" in answer.quantities for name in names)
        assert all(0 < value(answer, f"{share}.{name}") <= 1 for name in ("p_t", "p_sample_quantile", "p_placebo"))


def fitted(own, others, zero):
    """Coefficients over the 250 sessions that end 11 before day 0, from closes by day; `others` are as of each session's close."""
    days = sorted(own)
    at = days.index(zero)

    def change(series, day, before):
        return series(day) / series(before) - 1

    def row(index):
        return [1.0, *(change(one, days[index], days[index - 1]) for one in others)]

    window = range(at - 260, at - 10)
    design = np.array([row(index) for index in window])
    returns = np.array([own[days[index]] / own[days[index - 1]] - 1 for index in window])
    coefficients = np.linalg.lstsq(design, returns, rcond=None)[0]
    return coefficients, own[zero] / own[days[at - 1]] - 1 - np.array(row(at)) @ coefficients


def test_nvidia_against_the_same_session_of_both_american_indices(answer):
    own = closes("prices", "NVDA_close_2016-2026.csv", column="close_split_adj")
    nasdaq, standard = (closes("indices", name, column="Close") for name in INDICES[1:])
    coefficients, abnormal = fitted(own, [nasdaq.__getitem__, standard.__getitem__], date(2025, 11, 11))
    assert value(answer, "nvidia.nasdaq_100.beta") == pytest.approx(coefficients[1], abs=1e-5)
    assert value(answer, "nvidia.sp_500.beta") == pytest.approx(coefficients[2], abs=1e-5)
    assert value(answer, "nvidia.abnormal_return") == pytest.approx(abnormal, abs=1e-7)


def test_softbank_against_tokyo_and_the_american_session_before(answer):
    """Never the Nasdaq of the same date: it opens hours after Tokyo has closed."""
    own = closes("prices", "9984T_close_2013-2026.csv", column="close_split_adj")
    nikkei, nasdaq = closes("indices", INDICES[0], column="Close"), closes("indices", INDICES[1], column="Close")
    days = sorted(nasdaq)

    def before(day):
        return nasdaq[max(one for one in days[-2000:] if one < day)]

    coefficients, abnormal = fitted(own, [nikkei.__getitem__, before], date(2025, 11, 12))
    assert value(answer, "softbank.nikkei_225.beta") == pytest.approx(coefficients[1], abs=1e-5)
    assert value(answer, "softbank.nasdaq_100.beta") == pytest.approx(coefficients[2], abs=1e-5)
    assert value(answer, "softbank.abnormal_return") == pytest.approx(abnormal, abs=1e-7)


def test_bounds_hold_what_rounding_leaves_open(answer):
    for name in ("nvidia.abnormal_return", "softbank.abnormal_return", "nvidia.p_t"):
        interval = bounds(answer.quantities[f"reaction.{name}"].quantity).interval
        assert interval.low <= point(answer.quantities[f"reaction.{name}"].quantity) <= interval.high


def test_a_regression_names_its_rows_and_not_two_hundred_leaves(priced):
    steps = list(api.explain(priced, "reaction.nvidia.abnormal_return"))
    places = [str(step.origin.place) for step in steps if step.origin is not None]
    assert any(place.startswith("prices/NVDA_close_2016-2026.csv:2481") for place in places)
    assert any("251 rows of lines" in step.origin.source for step in steps if step.origin is not None)
    assert len(steps) < 40


def test_results_days_are_tested_together(answer):
    table = answer.tables["together"]
    assert table.title.startswith("11 results days together")
    assert [row[0] for row in table.rows] == [
        "cross-sectional", "Patell", "Boehmer, Musumeci, Poulsen", "Corrado rank", "generalised sign",
    ]  # fmt: skip


def test_what_was_not_known_yet_changes_nothing(priced, answer):
    """The same day, with the knowledge of two months later: no close of later days is in it."""
    later = api.ask(priced, "reaction", day=date(2025, 11, 12), known_on=date(2026, 1, 15))
    assert value(later, "nvidia.abnormal_return") == value(answer, "nvidia.abnormal_return")


def test_tokyo_had_not_traded_on_the_day_of_the_news(priced):
    early = api.ask(priced, "reaction", day=date(2025, 11, 11), known_on=date(2025, 11, 11))
    assert early.labels["reaction.softbank.tier"] == "not traded yet"
    assert early.labels["reaction.nvidia.tier"] == "two factors"
