"""The plan that a book states: its outlook in force, each figure read at its centre, or measured from closes where it says so."""

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
from holdbook.simulation.measured import FEWEST_WEEKS, OVER, Measure
from holdbook.simulation.plan import Plan, PlanError
from holdbook.simulation.recalled import correlation_of
from holdbook.timeline.view import View


def stated_plan(view: View, name: str = "") -> Plan:
    """The plan of the outlook of that name; without a name that of the latest in force, and if the book has none the assumed one.

    Raises:
        PlanError: no outlook has that name, it cannot be, or the closes that shall measure it are too few.
    """
    there = [one for one in view.counted(Outlook) if view.in_force(one)]
    if name:
        found = next((one for one in view.counted(Outlook) if one.id == name), None)
        if found is None:
            raise PlanError(f"no outlook {name!r}; {nearest(name, [one.id for one in view.counted(Outlook)])}")
        return _plan(view, found)
    return _plan(view, max(there, key=lambda one: (one.day.last if one.day else date.min, one.id))) if there else assumed_plan(view)


def _plan(view: View, one: Outlook) -> Plan:
    read = _Reader(view, one)
    holdings = {name: read.moves(moves) for name, moves in (one.holdings or {}).items()}
    given = Plan(
        factors=read.factors, correlation=read.correlation, together=read.together, past=read.past,
        holdings={name: moves for name, moves in holdings.items() if name != OTHERS}, others=holdings.get(OTHERS, simulated.Moves()),
        jumps=tuple(_jump(name, jump, one) for name, jump in (one.jumps or {}).items()),
        conditions={name: _number(chance) for name, chance in (one.chances or {}).items()},
        behaviour=_behaviour(one),
    )  # fmt: skip
    figures = {"paths": one.paths, "seed": one.seed, "degrees": one.degrees}
    counts = {"months": _length(one.horizon), **{name: _exact(figure) for name, figure in figures.items() if figure is not None}}
    return msgspec.structs.replace(given, **{name: int(value) for name, value in counts.items() if value is not None})


class _Reader:
    """How the factors of an outlook move and go together, and what holdings take of them: as stated, else as closes say."""

    def __init__(self, view: View, one: Outlook) -> None:
        self.one, self.named = one, one.factors or {}
        self.measure = Measure(view, _length(one.measured_over) or OVER)
        self.closes = {name: factor.closes for name, factor in self.named.items() if factor.closes}
        self.together = "assumed"
        self.correlation = self._correlation()
        self.past = self._past()
        self.factors = tuple(self._factor(name, factor) for name, factor in self.named.items())

    def _factor(self, name: str, factor: Factor) -> simulated.Factor:
        if factor.volatility is not None:
            return simulated.Factor(name=name, volatility=_number(factor.volatility), because=_why(factor.because, self.one))
        if factor.closes is None:
            raise PlanError(f"factor {name} has neither a volatility nor closes")
        found = self.measure.swings(factor.closes)
        if found is None:
            raise PlanError(_too_few(self.measure, f"the volatility of {name}", [factor.closes]))
        return simulated.Factor(name=name, volatility=found.volatility, because=self.measure.because(found.weeks, [factor.closes]))

    def _correlation(self) -> tuple[tuple[float, ...], ...]:
        """A pair stated twice is read where it stands first; one that nobody states is measured, else each goes by itself."""
        names = list(self.named)
        stated = any(factor.correlation for factor in self.named.values())
        if self.one.blocks is not None or (not stated and len(self.closes) < 2):
            return ()
        matrix = [[float(row == column) for column in names] for row in names]
        self._put_measured(matrix)
        for row, factor in reversed(list(enumerate(self.named.values()))):
            for other, part in (factor.correlation or {}).items():
                if other in names:
                    column = names.index(other)
                    matrix[row][column] = matrix[column][row] = _number(part)
        return tuple(tuple(row) for row in matrix)

    def _put_measured(self, matrix: list[list[float]]) -> None:
        places = [place for place, name in enumerate(self.named) if name in self.closes]
        if len(places) < 2:
            return
        found = self.measure.together(list(self.closes.values()))
        if found is None:
            raise PlanError(_too_few(self.measure, f"how {', '.join(self.closes)} go together", list(self.closes.values())))
        for row, values in zip(places, found.matrix, strict=True):
            for column, value in zip(places, values, strict=True):
                matrix[row][column] = value
        weeks = self.measure.because(found.weeks, list(self.closes.values()))
        self.together = f"where not stated {weeks}, and drawn {found.shrunk:.1%} of the way towards none"

    def _past(self) -> simulated.Past | None:
        run = _length(self.one.blocks)
        if run is None:
            return None
        bare = [name for name in self.named if name not in self.closes]
        if bare or not self.named:
            raise PlanError(f"months are drawn again only if every factor has closes{'; without: ' if bare else ''}{', '.join(bare)}")
        rows, first, last = self.measure.past(list(self.closes.values()))
        return simulated.Past(run=run, returns=tuple(rows), because=f"closes of {first} to {last}, {len(rows)} months")

    def moves(self, one: Moves) -> simulated.Moves:
        """How a holding moves."""
        follows = {name: _number(part) for name, part in (one.follows or {}).items()}
        own, because = _maybe(one.own), one.because or "assumed"
        if one.closes is not None and (own is None or one.follows is None):
            measured = self._taken(one.closes) if one.follows is None else self._rest(one.closes, follows)
            follows, own = measured.follows, measured.own if own is None else own
            because = one.because or measured.because
        return simulated.Moves(
            growth=_maybe(one.growth) or 0.0, follows=follows, own=own or 0.0, marked_every=_length(one.marked_every) or 1,
            income=_maybe(one.income) or 0.0, because=because,
        )  # fmt: skip

    def _taken(self, asset: str) -> simulated.Moves:
        found = self.measure.taken(asset, list(self.closes.values()))
        if found is None:
            raise PlanError(_too_few(self.measure, "what a holding takes of the factors", [asset, *self.closes.values()], len(self.closes)))
        follows = {name: part for name, part in zip(self.closes, found.parts, strict=True) if part}
        return simulated.Moves(follows=follows, own=found.own, because=self.measure.because(found.weeks, [asset]))

    def _rest(self, asset: str, follows: dict[str, float]) -> simulated.Moves:
        """What the factors that it follows leave of its volatility is its own.

        Formula:  sqrt(max(v^2 - f' C f, 0)), C the covariance of the factors
        """
        found = self.measure.swings(asset)
        if found is None:
            raise PlanError(_too_few(self.measure, "the volatility of a holding", [asset]))
        taken = [follows.get(factor.name, 0.0) * factor.volatility for factor in self.factors]
        matrix = correlation_of(Plan(factors=self.factors, correlation=self.correlation, past=self.past))
        common = sum(one * other * matrix[row][column] for row, one in enumerate(taken) for column, other in enumerate(taken))
        own = round(max(found.volatility**2 - common, 0.0) ** 0.5, 6)
        return simulated.Moves(follows=follows, own=own, because=self.measure.because(found.weeks, [asset]))


def _too_few(measure: Measure, what: str, assets: list[str], more: int = 0) -> str:
    """What cannot be measured, how many weeks it would take (`more` than the fewest: one a factor), and how many there are."""
    known = ", ".join(f"{asset} {len(measure.weeks(asset))}" for asset in dict.fromkeys(assets))
    return (
        f"{what} cannot be measured: it takes {FEWEST_WEEKS + more} weeks of closes, common to all, and from {measure.since} to {measure.view.day}"
        f" there are: {known}; state it, or give the closes (--prices DIR)"
    )


def _length(length: Quantity | None) -> int | None:
    months = None if length is None else in_months(length)
    return None if months is None else int(months)


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
