"""The reference problem of the simulation: a made-up holding company, as tables, and as an analyst would write it for it alone.

20 holdings that move together with fat tails (Student-t of 5), dividends by quarter, 10 promises in instalments, 8 debts with coupons of
which part is borrowed anew at maturity, a margin loan on two holdings that is called and cured, a least cash by month, sales in an
order with haircuts and a cap, and a company that sells down when its loan to value is beyond 35%. 60 months.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from holdbook.numerics.draws import FACTORS, mixing, standard_normals
from holdbook.numerics.tables import Tables, tables

HELD, MONTHS, PROMISES, DEBTS = 20, 60, 10, 8
SOFT, HARD, DOWN_TO, CALLED, CURED, ANEW, COSTS = 0.25, 0.35, 0.30, 0.55, 0.45, 0.70, 2.0
Array = NDArray[np.float64]


class Company(NamedTuple):
    """Its numbers, drawn once from a fixed seed."""

    value: Array
    drift: Array
    lower: Array
    income: Array
    instalments: Array
    into: NDArray[np.int64]
    debt: Array
    due: NDArray[np.int64]
    coupon: Array
    least: Array
    order: NDArray[np.int64]
    kept: Array
    most: Array


def company() -> Company:
    """The numbers."""
    draw = np.random.default_rng(2026)
    deviation, growth = draw.uniform(0.15, 0.4, HELD), draw.uniform(0.01, 0.09, HELD)
    wide = draw.normal(size=(HELD, 3))
    covariance = wide @ wide.T / 2 + np.diag(draw.uniform(0.8, 1.6, HELD))
    root = np.sqrt(np.diag(covariance))
    lower = np.linalg.cholesky(covariance / np.outer(root, root)) * (deviation / np.sqrt(12))[:, None]
    months = np.arange(MONTHS)
    income = np.where(months[:, None] % 3 == np.arange(HELD) % 3, draw.uniform(0, 0.035, HELD) / 4, 0.0)
    instalments = np.where(draw.random((MONTHS, PROMISES)) < 0.15, draw.uniform(4, 16, (MONTHS, PROMISES)), 0.0)
    debt, rate, every = draw.uniform(100, 300, DEBTS), draw.uniform(0.02, 0.06, DEBTS), draw.choice([3, 6, 12], DEBTS)
    coupon = np.where(months[:, None] % every == 0, rate * every / 12, 0.0)
    least = np.array([40 + 0.6 * instalments[month : month + 3].sum() for month in months])
    return Company(
        draw.uniform(80, 600, HELD), growth / 12 - deviation**2 / 24, lower, income, instalments, draw.integers(5, HELD, PROMISES), debt,
        np.sort(draw.choice(np.arange(3, MONTHS), DEBTS, replace=False)), coupon, least, np.array([2, 3, 0, 4, 6]),
        1 - np.array([0.01, 0.02, 0.03, 0.06, 0.12]), np.array([0.25, 0.25, 0.2, 0.15, 0.1]),
    )  # fmt: skip


def as_tables(of: Company) -> Tables:
    """The company for our engine."""
    invested = np.zeros((MONTHS, HELD))
    np.add.at(invested.T, of.into, of.instalments.T)
    pledged = np.zeros((1, HELD))
    pledged[0, :2] = 1.0
    return tables(
        of.value, MONTHS, drift=of.drift, loading=of.lower, degrees=5, income=of.income, goes=COSTS + of.instalments.sum(axis=1),
        invested=invested, debt=of.debt, repaid_in=of.due, coupon=of.coupon, refinanced=ANEW, refinanced_up_to=SOFT,
        loan=[0.4 * of.value[:2].sum()], pledged=pledged, interest=[0.045 / 12], called_at=[CALLED], cured_to=[CURED], cash=180.0,
        floor=of.least, order=of.order, kept=of.kept, most=of.most, reduced_above=HARD, reduced_to=DOWN_TO,
        limited=[1, 1, 2], bound=[SOFT, HARD, 0.0], below=[0, 0, 1],
    )  # fmt: skip


def our_draws(paths: int, seed: int) -> tuple[Array, Array]:
    """The normals (paths, months, holdings) and mixing variables (paths, months) that our engine draws, for the analyst to use."""
    numbers = np.arange(paths, dtype=np.uint64)
    normals = np.stack([standard_normals(numbers, month, FACTORS, HELD, seed).T for month in range(MONTHS)], axis=1)
    return normals, np.stack([mixing(numbers, month, 5, seed) for month in range(MONTHS)], axis=1)


def analyst(of: Company, paths: int, seed: int = 0, draws: tuple[Array, Array] | None = None) -> dict[str, Any]:
    """All paths at once in NumPy, written for this company alone: fans, and counts of breaches by month."""
    draw = np.random.default_rng(seed)
    normals, mixed = draws or (draw.standard_normal((paths, MONTHS, HELD)), np.sqrt(3 / draw.chisquare(5, (paths, MONTHS))))
    returns = np.exp(of.drift + (normals @ of.lower.T) * mixed[..., None])
    value, debt = np.tile(of.value, (paths, 1)), np.tile(of.debt, (paths, 1))
    loan, cash = np.full(paths, 0.4 * of.value[:2].sum()), np.full(paths, 180.0)
    told = np.empty((3, paths, MONTHS))

    def sell(need: Array) -> Array:
        brought = np.zeros(paths)
        for place, kept, most in zip(of.order, of.kept, of.most, strict=True):
            part = np.clip(np.minimum(value[:, place] * (most * kept), need - brought), 0, None)
            value[:, place] -= part / kept
            brought += part
        return brought

    for month in range(MONTHS):
        value *= returns[:, month]
        cash += value @ of.income[month] - COSTS - of.instalments[month].sum()
        np.add.at(value.T, of.into, of.instalments[month][:, None])
        cash -= debt @ of.coupon[month] + loan * (0.045 / 12)
        pledge = value[:, 0] + value[:, 1]
        cure = np.where(loan > CALLED * pledge, loan - CURED * pledge, 0)
        cash, loan = cash - cure, loan - cure
        if (of.due == month).any():
            ratio = np.maximum(debt.sum(1) + loan - cash, 0) / value.sum(1)
            for place in np.flatnonzero(of.due == month):
                anew = np.where(ratio <= SOFT, ANEW * debt[:, place], 0)
                cash -= debt[:, place] - anew
                debt[:, place] = anew
        cash += sell(np.maximum(of.least[month] - cash, 0))
        net, held = debt.sum(1) + loan - cash, value.sum(1)
        cash += sell(np.where(net > HARD * held, (net - DOWN_TO * held) / (1 - DOWN_TO), 0))
        net, held = debt.sum(1) + loan - cash, value.sum(1)
        told[:, :, month] = held - net, np.maximum(net, 0) / held, cash
    fans = np.quantile(told, [0.05, 0.25, 0.5, 0.75, 0.95], axis=1)
    return {"fans": fans, "breached": np.stack([told[1] > SOFT, told[1] > HARD, told[2] < 0], axis=-1).sum(axis=0), "told": told}
