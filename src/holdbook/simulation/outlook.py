"""The plan that a book states: its outlook in force, each figure read at its centre."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from holdbook.model.outlook import OTHERS, Factor, Jump, Moves, Outlook
from holdbook.problems import nearest
from holdbook.quantity.duration import in_months
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.simulation import plan as simulated
from holdbook.simulation.assumed import assumed_plan
from holdbook.simulation.plan import Plan, PlanError
from holdbook.timeline.view import View


def stated_plan(view: View, name: str = "") -> Plan:
    """The plan of the outlook of that name; without a name that of the latest in force, and if the book has none the assumed one.

    Raises:
        PlanError: no outlook has that name, or it cannot be.
    """
    there = [one for one in view.counted(Outlook) if view.in_force(one)]
    if name:
        found = next((one for one in view.counted(Outlook) if one.id == name), None)
        if found is None:
            raise PlanError(f"no outlook {name!r}; {nearest(name, [one.id for one in view.counted(Outlook)])}")
        return _plan(found)
    return _plan(max(there, key=lambda one: (one.day.last if one.day else date.min, one.id))) if there else assumed_plan(view)


def _plan(one: Outlook) -> Plan:
    factors = list((one.factors or {}).items())
    holdings = {name: _moves(moves) for name, moves in (one.holdings or {}).items()}
    given = Plan(
        factors=tuple(simulated.Factor(name=name, volatility=_number(of.volatility), because=_why(of.because, one)) for name, of in factors),
        correlation=_correlation(factors),
        holdings={name: moves for name, moves in holdings.items() if name != OTHERS}, others=holdings.get(OTHERS, simulated.Moves()),
        jumps=tuple(_jump(name, jump, one) for name, jump in (one.jumps or {}).items()),
        conditions={name: _number(chance) for name, chance in (one.chances or {}).items()},
        behaviour=_behaviour(one),
    )  # fmt: skip
    months = None if one.horizon is None else in_months(one.horizon)
    figures = {"paths": one.paths, "seed": one.seed, "degrees": one.degrees}
    counts = {"months": months, **{name: _exact(figure) for name, figure in figures.items() if figure is not None}}
    return msgspec.structs.replace(given, **{name: int(value) for name, value in counts.items() if value is not None})


def _correlation(factors: list[tuple[str, Factor]]) -> tuple[tuple[float, ...], ...]:
    """The matrix; a pair that nobody states goes each by itself, and one stated twice is read where it stands first."""
    names = [name for name, _ in factors]
    if not any(factor.correlation for _, factor in factors):
        return ()
    matrix = [[float(row == column) for column in names] for row in names]
    for row, (_, factor) in reversed(list(enumerate(factors))):
        for other, part in (factor.correlation or {}).items():
            if other in names:
                column = names.index(other)
                matrix[row][column] = matrix[column][row] = _number(part)
    return tuple(tuple(row) for row in matrix)


def _moves(one: Moves) -> simulated.Moves:
    months = None if one.marked_every is None else in_months(one.marked_every)
    return simulated.Moves(
        growth=_maybe(one.growth) or 0.0, follows={name: _number(part) for name, part in (one.follows or {}).items()},
        own=_maybe(one.own) or 0.0, marked_every=int(months or 1), income=_maybe(one.income) or 0.0, because=one.because or "assumed",
    )  # fmt: skip


def _jump(name: str, one: Jump, outlook: Outlook) -> simulated.Jump:
    return simulated.Jump(
        name=name, a_year=_number(one.a_year), mean=_number(one.mean), deviation=_maybe(one.deviation) or 0.0,
        parts={holding: _number(part) for holding, part in (one.parts or {}).items()}, because=_why(one.because, outlook),
    )  # fmt: skip


def _behaviour(one: Outlook) -> simulated.Behaviour:
    """What the outlook states; the rest as a plan takes it that states nothing."""
    stated = {
        "haircut": one.haircut, "most": one.most, "impact": one.impact, "refinanced": one.refinanced,
        "refinanced_up_to": one.refinanced_up_to, "reduced_above": one.reduced_above, "reduced_to": one.reduced_to,
    }  # fmt: skip
    given = {name: _number(figure) for name, figure in stated.items() if figure is not None}
    return simulated.Behaviour(order=one.order, because=_why(None, one), **given)


def _why(because: str | None, outlook: Outlook) -> str:
    return because or outlook.because or "assumed"


def _maybe(figure: Quantity | None) -> float | None:
    return None if figure is None else _number(figure)


def _number(figure: Quantity) -> float:
    return float(_exact(figure))


def _exact(figure: Quantity) -> Fraction:
    value = point(figure)
    if value is None:
        raise PlanError(f"{figure.title} is no one figure ({figure.origin.place})")
    return value
