"""Event studies that others published: what they printed comes out of our formulas.

Sources: the vignette and reference pages of the R package estudy2 0.10.0 (seven firms around the lockdown of March 2020, `^GSPC`);
data and a run of the Python package eventstudy 0.1a12 (its printed AAPL table has its sign flipped and is no oracle);
MacKinlay 1997, Journal of Economic Literature 35:13.
"""

from __future__ import annotations

import csv
import json
from datetime import date

import numpy as np
import pytest
from outside import outside

from holdbook.numerics import event_tests, rank_tests
from holdbook.numerics.event_study import Window, abnormal, panel
from holdbook.numerics.single_event import power

FIRMS = ("AMZN", "ZM", "UBER", "NFLX", "SHOP", "FB", "UPWK")
EVENT = ["2020-03-16", "2020-03-17", "2020-03-18", "2020-03-19", "2020-03-20"]


def oracle(name):
    return next(one for one in json.loads(outside("methods", "oracles.json").read_text(encoding="utf-8")) if one["id"] == name)


@pytest.fixture(scope="module")
def lockdown():
    """Log returns of closes; UBER, ZM came to the market within the estimation window."""
    with outside("data", "eventstudy", "estudy2_prices.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    prices = np.array([[float(row[name] or "nan") for name in (*FIRMS, "GSPC")] for row in rows])
    returns, days = np.diff(np.log(prices), axis=0), [row["date"] for row in rows][1:]
    before, after = slice(days.index("2019-04-02"), days.index("2020-03-13") + 1), slice(days.index(EVENT[0]), days.index(EVENT[-1]) + 1)
    return panel(returns[before, :-1], returns[before, -1], returns[after, :-1], returns[after, -1])


def test_alpha_and_beta_are_those_of_the_reference_run(lockdown):
    expected = oracle("es_estudy2_alpha_beta")
    for name, firm in zip(FIRMS, lockdown.firms, strict=True):
        assert firm.fit.coefficients == pytest.approx(expected["expected"][name], abs=1e-9)
        assert len(firm.fit.residuals) == expected["T"][name]


PRINTED = {
    "bw1980": lambda study: event_tests.brown_warner_1980(study, "estudy2"),
    "bw1985": event_tests.brown_warner_1985,
    "patell": lambda study: event_tests.patell(study, "estudy2"),
    "bmp": lambda study: event_tests.boehmer(study, "estudy2"),
    "sign": rank_tests.sign,
    "gsign": lambda study: rank_tests.generalised_sign(study, "estudy2"),
    "rank": lambda study: rank_tests.corrado_rank(study, "estudy2"),
    "mrank": lambda study: rank_tests.modified_rank(study, "estudy2"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_statistic_is_what_estudy2_printed(lockdown, name):
    expected = oracle(f"es_estudy2_{name}")
    assert PRINTED[name](lockdown).statistic == pytest.approx(expected["expected"], abs=expected["tol"])


TABLE = [  # the vignette's rows that the list of oracles leaves out, and what the textbooks' formulas give for the same data
    ("AAR", lambda study: study.average, [0.02329740, -0.03157867, -0.01617850, 0.07672027, 0.05840545]),
    ("cross-sectional", lambda study: event_tests.cross_sectional(study).statistic, [1.3941497, -1.2769075, -0.4023135, 1.7958275, 5.1233281]),
    ("Lamb", lambda study: event_tests.lamb(study, "estudy2").statistic, [1.620049, -2.435456, -1.254626, 6.105794, 4.565195]),
    ("Corrado sign", lambda study: rank_tests.corrado_sign(study, "estudy2").statistic, [0.8636930, 0.2878977, 0.8636930, 1.4394883, 2.0152836]),
    ("Wilcoxon", lambda study: rank_tests.wilcoxon(study).statistic, [23, 10, 15, 27, 28]),
    ("Patell, textbook", lambda study: event_tests.patell(study).statistic, [2.544440, -2.942074, 0.328963, 8.402698, 6.305735]),
    ("BMP, textbook", lambda study: event_tests.boehmer(study).statistic, [1.204284, -1.175179, 0.076378, 2.166887, 8.654536]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "ours", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_a_row_of_the_table_comes_out(lockdown, name, ours, expected):
    assert ours(lockdown) == pytest.approx(expected, abs=1e-6), name


def test_the_share_of_positive_days_is_that_of_the_vignette(lockdown):
    assert rank_tests.positive_share(lockdown, "estudy2") == pytest.approx(0.4966442953, abs=1e-10)


def test_the_whole_window_is_that_of_the_reference_pages(lockdown):
    expected = oracle("es_estudy2_car")
    found = [
        lockdown.average.mean(),
        event_tests.over_window(event_tests.lamb(lockdown, "estudy2")).statistic,
        event_tests.over_window(event_tests.brown_warner_1985(lockdown)).statistic,
        rank_tests.window_rank(lockdown, "estudy2").statistic,
    ]
    assert [float(one) for one in found] == pytest.approx(expected["expected"], abs=expected["tol"])


def test_power_is_that_of_the_formula():
    expected = oracle("es_power")
    given = expected["inputs"]
    found = [power(given["delta"], given["sigma"], firms) for firms in given["N"]]
    assert found == pytest.approx(expected["expected"], abs=expected["tol"])


@pytest.mark.parametrize(("effect", "error", "theta"), [(0.965, 0.104, 9.28), (-0.091, 0.098, -0.93), (-0.679, 0.098, -6.93)])
def test_the_ratios_of_mackinlay_agree(effect, error, theta):
    """Day 0 of 600 announcements, market model: good news, no news, bad news."""
    assert float(event_tests.effect_test(np.array(effect), np.array(error)).statistic) == pytest.approx(theta, abs=0.005)


def python_returns():
    with outside("data", "eventstudy", "eventstudy_py", "returns_GAFAM.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])[1:]
    return [row["date"] for row in rows], {name: np.array([float(row[name] or "nan") for row in rows]) for name in names}


def python_expected():
    return json.loads(outside("data", "eventstudy", "eventstudy_py", "expected.json").read_text(encoding="utf-8"))


def test_the_average_over_annual_reports_is_that_of_the_other_package():
    days, returns = python_returns()
    with outside("data", "eventstudy", "eventstudy_py", "10K.csv").open(encoding="utf-8-sig") as file:
        events = [(row["security_ticker"], "-".join(reversed(row["event_date"].split("/")))) for row in csv.DictReader(file)]
    expected = python_expected()["multiple_market_model"]
    first, last = expected["event_window"]
    firms = []
    for name, day in events:
        zero = next((index for index, one in enumerate(days) if one >= day), len(days))
        end = zero + first - expected["buffer_size"]
        if zero + last < len(days):
            firms.append((returns[name], slice(end - expected["estimation_size"], end), slice(zero + first, zero + last + 1)))
    assert len(firms) == expected["n_events"]
    study = panel(*(np.column_stack(part) for part in zip(*(
        (own[before], returns["SPY"][before], own[event], returns["SPY"][event]) for own, before, event in firms
    ), strict=True)))  # fmt: skip
    assert study.cumulated_average == pytest.approx(expected["CAAR"], abs=1e-5)


def test_three_factors_give_the_abnormal_returns_of_the_first_iphone_and_not_the_flipped_table():
    days, returns = python_returns()
    expected = python_expected()["single_FF3_AAPL_iPhone_2007-01-09"]
    with outside("data", "eventstudy", "eventstudy_py", "famafrench.csv").open(encoding="utf-8") as file:
        factors = {row["date"]: [float(row[name]) / 100 for name in ("Mkt-RF", "SMB", "HML", "RF")] for row in csv.DictReader(file)}
    known = [day for day in days if date.fromisoformat(day).strftime("%Y%m%d") in factors]
    table = np.array([factors[day.replace("-", "")] for day in known])
    excess = returns["AAPL"][: len(known)] - table[:, 3]
    zero, (first, last) = known.index("2007-01-09"), expected["event_window"]
    end = zero + first - expected["buffer_size"]
    before, event = slice(end - expected["estimation_size"], end), slice(zero + first, zero + last + 1)
    found = abnormal("factors", Window(excess[before], table[before, :3]), Window(excess[event], table[event, :3]))
    assert found.returns == pytest.approx(expected["AR_3dp"], abs=0.00051)
    assert found.returns[5] > 0.07
