"""A plan of a simulation: what may happen, how likely it is held to be, and how the company would behave. Frozen data, no numbers hidden."""

from __future__ import annotations

from typing import Any

import msgspec

from holdbook.model.outlook import FARTHEST

FEWEST_MONTHS = 24
"""Fewer months of the past say nothing about a future."""
PARTS = (5, 25, 50, 75, 95)
"""What is told of a measure in a month: the values below which so many of 100 paths lie."""


class PlanError(ValueError):
    """A plan that cannot be run, with everything that is wrong with it."""


class Factor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that moves many holdings: shares at large, a theme, a currency, rates. `volatility` is of a year."""

    name: str
    volatility: float
    because: str = "assumed"


class Moves(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a holding moves.

    Fields:
        growth: of its median, as a log return of a year.
        follows: how much of each factor's log return it takes.
        own: the volatility of a year that is its own.
        marked_every: in how many months its value is looked at; one that is not listed moves late, and then by all that has gathered.
        income: what it pays out in cash in a year, as a part of its value.
        because: where these come from.
    """

    growth: float = 0.0
    follows: dict[str, float] = msgspec.field(default_factory=dict)
    own: float = 0.0
    marked_every: int = 1
    income: float = 0.0
    because: str = "assumed"


class Jump(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A crash, or a leap: how often in a year, its mean and deviation as a log return, and how much of it a holding takes (1 if not said)."""

    name: str
    a_year: float
    mean: float
    deviation: float
    parts: dict[str, float] = msgspec.field(default_factory=dict)
    because: str = "assumed"


class Behaviour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the company would do.

    Fields:
        order: what it sells first; None: as its policy of disposals says.
        haircut: what a sale brings less than the value; None: as that policy says.
        most: the most of a holding that it sells in a month.
        impact: how much of its value the rest of a holding loses for each whole of it that is sold.
        refinanced, refinanced_up_to: the part of a debt that it borrows anew at maturity, while loan to value is no more than that.
        reduced_above, reduced_to: the loan to value beyond which it sells, and down to which; None: it does not.
    """

    order: tuple[str, ...] | None = None
    haircut: float | None = None
    most: float = 1.0
    impact: float = 0.0
    refinanced: float = 0.0
    refinanced_up_to: float = 0.0
    reduced_above: float | None = None
    reduced_to: float = 0.0
    because: str = "assumed"


class Past(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Months that were, to be drawn again in runs of `run` months in the mean, all factors of a month together.

    `returns` has a row a month, oldest first, with a log return for each factor: how they fall together is taken from them, how far
    from the factors' volatilities; their own mean is taken out.
    """

    run: int
    returns: tuple[tuple[float, ...], ...]
    because: str = "assumed"


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan.

    Fields:
        months: how far; None: as far as the plan of sources and uses. A step is a month.
        paths, seed: how many futures are drawn, and the number that they are all drawn from.
        factors, correlation: what moves many holdings, and how the factors go together (none: each by itself).
        together: where the correlation comes from, if it is not assumed.
        degrees: of freedom of the Student-t that all returns of a month share: 3 to 60, the fewer the more often all fall at once; 0: normal.
        past: months that the factors are drawn from instead.
        holdings: by id, how each moves; `others`: those that are not named.
        jumps, behaviour: see there.
        conditions: by id of a promise, how likely it is to fall due; those not named are certain.
    """

    months: int | None = None
    paths: int = 10_000
    seed: int = 1
    factors: tuple[Factor, ...] = ()
    correlation: tuple[tuple[float, ...], ...] = ()
    together: str = "assumed"
    degrees: int = 0
    past: Past | None = None
    holdings: dict[str, Moves] = msgspec.field(default_factory=dict)
    others: Moves = Moves()
    jumps: tuple[Jump, ...] = ()
    behaviour: Behaviour = Behaviour()
    conditions: dict[str, float] = msgspec.field(default_factory=dict)

    def moves(self, holding: str) -> Moves:
        """How a holding moves."""
        return self.holdings.get(holding, self.others)


STILL = Plan(paths=1)
"""One path on which nothing moves: the projection."""


def plan_from(written: dict[str, Any]) -> Plan:
    """A plan from plain data, such as a YAML or JSON file holds.

    Raises:
        PlanError: it has a field that is none, or numbers that cannot be.

    >>> plan_from({"paths": 100, "degrees": 5}).degrees
    5
    """
    try:
        plan = msgspec.convert(written, Plan)
    except msgspec.ValidationError as fault:
        raise PlanError(str(fault)) from None
    faults = faults_of(plan)
    if faults:
        raise PlanError("; ".join(faults))
    return plan


def faults_of(plan: Plan) -> list[str]:
    """Everything about a plan that cannot be."""
    return [sentence for sentence, holds in _rules(plan) if not holds]


def _rules(plan: Plan) -> list[tuple[str, bool]]:
    names, behaviour = {factor.name for factor in plan.factors}, plan.behaviour
    all_moves = [*plan.holdings.values(), plan.others]
    size = len(plan.factors)
    return [
        ("the horizon is 0 to 600 months", plan.months is None or 0 <= plan.months <= 600),
        ("paths are 1 to ten thousand million", 1 <= plan.paths <= 10**10),
        ("the seed is a whole number from 0 to 2^64 - 1", 0 <= plan.seed < 2**64),
        ("degrees of freedom are 0 (normal) or 3 to 60", plan.degrees == 0 or 3 <= plan.degrees <= 60),
        ("a factor has one name", len(names) == size),
        ("a volatility is no less than 0", all(one.volatility >= 0 for one in plan.factors) and all(one.own >= 0 for one in all_moves)),
        ("a holding follows factors that there are", all(set(one.follows) <= names for one in all_moves)),
        ("a mark moves every 1 to 120 months", all(1 <= one.marked_every <= 120 for one in all_moves)),
        ("the correlation has a row and a column for each factor", not plan.correlation or [len(row) for row in plan.correlation] == [size] * size),
        *_past_rules(plan),
        ("a jump comes 0 to 12 times a year, and its deviation is no less than 0", all(0 <= one.a_year <= 12 and one.deviation >= 0 for one in plan.jumps)),
        ("a haircut is a part below 1", behaviour.haircut is None or 0 <= behaviour.haircut < 1),
        ("the most of a holding sold in a month is a part", 0 <= behaviour.most <= 1),
        ("a price impact is no less than 0", behaviour.impact >= 0),
        ("what is refinanced is a part", 0 <= behaviour.refinanced <= 1),
        ("it sells down to a loan to value below the one that it sells above", behaviour.reduced_above is None or 0 <= behaviour.reduced_to < min(1, behaviour.reduced_above)),
        ("a chance is a part", all(0 <= chance <= 1 for chance in plan.conditions.values())),
        (f"all numbers are finite, none beyond {FARTHEST:,}", all(_held(part) for part in (plan.others, behaviour, *plan.holdings.values(), *plan.factors, *plan.jumps))),
    ]  # fmt: skip


def _past_rules(plan: Plan) -> list[tuple[str, bool]]:
    past = plan.past
    if past is None:
        return []
    return [
        ("months are drawn again in runs of 1 to 600", 1 <= past.run <= 600),
        (f"there are {FEWEST_MONTHS} to 6,000 months to draw again", FEWEST_MONTHS <= len(past.returns) <= 6000),
        ("a month that is drawn again has a return for each factor", all(len(row) == len(plan.factors) for row in past.returns)),
        ("months that are drawn again bring their own tails and correlation: no degrees of freedom and no matrix beside them", not plan.degrees and not plan.correlation),
        (f"a return is a number, none beyond {FARTHEST:,}", all(abs(one) <= FARTHEST for row in past.returns for one in row)),
    ]  # fmt: skip


def _held(part: msgspec.Struct) -> bool:
    values = [getattr(part, name) for name in part.__struct_fields__]
    numbers = [one for value in values for one in (value.values() if isinstance(value, dict) else (value,)) if isinstance(one, float)]
    return all(abs(one) <= FARTHEST for one in numbers)
