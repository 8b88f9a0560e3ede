"""The least unlikely way to a limit: of all combinations of moves that meet it, the one that the plan holds most plausible."""

from __future__ import annotations

import msgspec
import numpy as np

from holdbook.numerics.reverse_stress import Least, least_unlikely
from holdbook.numerics.tables import Tables
from holdbook.simulation.compile import Compiled

_AT_ONCE = 12


class LeastUnlikely(msgspec.Struct, frozen=True):
    """One limit on loan to value.

    Fields:
        limit: its name.
        moves: of each holding, as a part of its value.
        deviations: how far that is from nothing, in standard deviations of a year (Mahalanobis).
        proof: loan to value after these moves, by the definition of the walk itself.
    """

    limit: str
    moves: dict[str, float]
    deviations: float
    proof: float


def least_unlikely_ways(made: Compiled) -> list[LeastUnlikely]:
    """For each limit on loan to value that is not met yet; of a year's moves, without jumps, net debt staying as it is.

    Formula:  least x'C^-1 x with net debt / (holdings + v'x) = limit; C = 12 (B B' + diag own^2), B the parts of the factors in a month
    Says so:  Studer (1997); Breuer, Jandačka, Rheinberger and Summer (2009)
    """
    of = made.tables
    net = _net_debt(of)
    if made.base is None or net <= 0:
        return []
    limits = [one for one in made.limits if one.measure == "loan_to_value" and not one.below and one.bound > 0]
    found = ((limit, _moves(of, net, limit.bound)) for limit in limits)
    return [
        LeastUnlikely(
            limit.name, {name: float(move) for name, move, value in zip(made.holdings, least.moves, of.value, strict=True) if value},
            least.radius, net / _holdings(of, least.moves),
        )
        for limit, least in found
        if least is not None
    ]  # fmt: skip


def _moves(of: Tables, net: float, bound: float) -> Least | None:
    """The moves; a pledge that they leave to its lenders is worth nothing from then on, and the rest must fall for it.

    Where neither having it nor being without it agrees with itself, the pledge falls just to what is lent on it, and the rest moves
    with that known. What would fall by more than it is worth falls by all of it.
    """
    moving = _AT_ONCE * (of.loading @ of.loading.T + np.diag(of.own**2))
    lost, edge, seen = np.zeros(len(of.loan), dtype=bool), np.zeros(len(of.loan), dtype=bool), set[bytes]()
    gone = np.zeros(len(of.value), dtype=bool)
    for _ in range(4 * len(of.loan) + len(gone) + 1):
        least = _given(of, moving, net, bound, lost, edge, gone)
        if least is None:
            return None
        deeper = ~gone & (of.value > 0) & (least.moves < -1)
        if deeper.any():
            gone |= deeper
            continue
        now = (of.recourse == 0) & ~edge & (of.loan > of.pledged @ (of.value * (1 + least.moves)))
        if (now == lost).all():
            return least
        if now.tobytes() in seen:
            edge |= now ^ lost
        seen.add(lost.tobytes())
        lost = now & ~edge
    return None


def _given(of: Tables, moving: np.ndarray, net: float, bound: float, lost: np.ndarray, edge: np.ndarray, gone: np.ndarray) -> Least | None:
    """The moves while some pledges are lost, some worth just what is lent on them, some holdings gone: the rest is as these moves make it likely.

    Formula:  of normal x with x_e known: mean C_re C_ee^-1 x_e, covariance C - C_re C_ee^-1 C_er; the squares of both distances add up
    """
    own = of.value * (1 - of.pledged[lost | edge].sum(axis=0))
    held = float(own.sum() - of.loan[(of.recourse == 0) & ~lost & ~edge].sum())
    places = np.flatnonzero(gone | (of.pledged[edge].sum(axis=0) > 0))
    if held <= 0:
        return None
    lent = [0.0 if gone[place] else float(of.loan[edge & (of.pledged[:, place] > 0)].sum()) for place in places]
    known = np.array([amount / of.value[place] - 1 for amount, place in zip(lent, places, strict=True)])
    mean, left, far = np.zeros(len(own)), moving, 0.0
    try:
        if len(places):
            towards = np.linalg.solve(moving[np.ix_(places, places)], moving[places]).T
            mean, left = towards @ known, moving - towards @ moving[places]
            far = float(known @ np.linalg.solve(moving[np.ix_(places, places)], known))
        least = least_unlikely(left, own / held, net / held, bound, mean)
    except (ValueError, np.linalg.LinAlgError):
        return None
    return Least(least.moves, float(np.sqrt(least.radius**2 + far)))


def _holdings(of: Tables, moves: np.ndarray) -> float:
    """After moves: a pledge is worth no less than nothing to the company that its lenders cannot ask for more."""
    values = np.maximum(of.value * (1 + moves), 0.0)
    left = of.recourse == 0
    taken = np.minimum(of.loan[left], of.pledged[left] @ values)
    return float(values.sum() - taken.sum())


def _net_debt(of: Tables) -> float:
    return float(of.owed + of.debt.sum() + of.loan[of.recourse == 1].sum() - of.cash)
