"""What an engine runs on: a plan as plain tables, so that any plan is run by one program and none is compiled.

Sizes: A holdings, K common factors, H steps of the past, J kinds of jumps, T steps, D debts, M loans on holdings, C conditions, S places in the order of
selling, L limits. Money is in one currency throughout.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from holdbook.numerics.elementary import Precision

Floats = NDArray[Any]
Whole = NDArray[np.int64]

MEASURES = ("nav", "loan_to_value", "cash", "loan_to_value_with_asset_backed", "unpaid")
"""What is measured at the end of every step; limits and fans name them by their place."""
BINS = 1024
JUMPS_AT_MOST = 8
NEVER = 1e30
"""A limit that nothing meets, in either precision."""


class Tables(NamedTuple):
    """One plan.

    Fields, of holdings:
        value (A): worth at the start, before finance on them.
        drift (A), loading (A, K), own (A): of log returns in a step: what is certain, the part of each factor, the part of its own.
        degrees: of freedom of the Student-t that all returns of a step share; 0 for normal ones.
        past (H, K): the factors of steps that were; with any, the factors are drawn from these and not as normals. anew: the chance in a
        step that the next is drawn from them at random; otherwise it is the one after, and after the last the first.
        jump_below (J, 8): chance that a step has no more than 0, 1, ... 7 jumps; jump_mean, jump_deviation (J): of the size of one;
        jump_part (A, J): how much of it each holding takes.
        every (A): in how many steps a mark moves once, by all that has gathered.
        income (T, A): what is paid out in cash, of the value.
    Of flows:
        comes, goes, owes (T): cash in, cash out, and what is owed more besides; invested (T, A): what holdings grow by with them.
        if_chance, if_amount (C), if_step, if_holding (C): what goes into a holding (-1: none) in a step if a condition is met;
        if_draw (C): which draw decides, the same for what falls due together or not at all.
    Of debts and loans:
        debt (D), repaid_in (D; T if not), coupon (T, D), refinanced: the part borrowed anew at maturity, refinanced_up_to: while LTV is no more.
        loan (M), pledged (M, A): what secures it, interest (M): of a step; called_at, cured_to (M): loan to the value pledged;
        recourse (M): 1 if the company owes it itself, 0 if lenders have the pledge alone.
    Of policy:
        cash, owed: at the start; owed is all that is in no table above, so that net debt is whole.
        floor (T): the least cash; lines: what can be drawn in all.
        order (S), kept, most, impact (S): what is sold, what a sale brings of the value, the most of it in a step,
        how much of its value the rest loses for each whole that is sold.
        reduced_above, reduced_to: the LTV beyond which is sold, and down to which.
    Of limits:
        limited (L): the measure; bound (L); below (L): 1 if it is breached below the bound.
    """

    value: Floats
    drift: Floats
    loading: Floats
    own: Floats
    degrees: int
    past: Floats
    anew: float
    jump_below: Floats
    jump_mean: Floats
    jump_deviation: Floats
    jump_part: Floats
    every: Whole
    income: Floats
    comes: Floats
    goes: Floats
    owes: Floats
    invested: Floats
    if_chance: Floats
    if_draw: Whole
    if_amount: Floats
    if_step: Whole
    if_holding: Whole
    debt: Floats
    repaid_in: Whole
    coupon: Floats
    refinanced: float
    refinanced_up_to: float
    loan: Floats
    pledged: Floats
    interest: Floats
    called_at: Floats
    cured_to: Floats
    recourse: Whole
    cash: float
    owed: float
    floor: Floats
    lines: float
    order: Whole
    kept: Floats
    most: Floats
    impact: Floats
    reduced_above: float
    reduced_to: float
    limited: Whole
    bound: Floats
    below: Whole

    @property
    def steps(self) -> int:
        """How many there are."""
        return len(self.comes)

    @property
    def precision(self) -> Precision:
        """Of the floats that an engine computes with: those of the values at the start."""
        return "float32" if self.value.dtype == np.float32 else "float64"

    def at(self, precision: Precision) -> Tables:
        """The same plan in another precision; chances keep theirs, so that the same things happen."""
        kept = ("jump_below", "if_chance", "anew")
        floats = {name: given for name, given in zip(self._fields, self, strict=True) if name not in kept and _is_float(given)}
        return self._replace(**{name: _rounded(given, precision) for name, given in floats.items()})


def tables(value: Any, steps: int, **given: Any) -> Tables:
    """The tables of a plan in which nothing happens but what is given.

    >>> tables([100.0], 12, cash=5.0).steps
    12
    """
    held = len(value)
    sizes = {
        "factors": len(given["loading"][0]) if held and "loading" in given else 0, "past": len(given.get("past", ())), "jumps": len(given.get("jump_mean", ())),
        "debts": len(given.get("debt", ())), "loans": len(given.get("loan", ())), "conditions": len(given.get("if_chance", ())),
        "sold": len(given.get("order", ())), "limits": len(given.get("bound", ())),
    }  # fmt: skip
    blank = _blank(held, steps, **sizes)
    made = {name: _shaped(name, given.get(name, blank[name]), blank[name]) for name in Tables._fields if name != "value"}
    return Tables(value=np.ascontiguousarray(value, np.float64), **made)


def _is_float(given: Any) -> bool:
    return isinstance(given, float) or (isinstance(given, np.ndarray) and given.dtype.kind == "f")


def _rounded(given: Any, precision: Precision) -> Any:
    return given.astype(precision) if isinstance(given, np.ndarray) else float(np.dtype(precision).type(given))


def _blank(
    held: int, steps: int, factors: int, past: int, jumps: int, debts: int, loans: int, conditions: int, sold: int, limits: int
) -> dict[str, Any]:
    no, one = np.zeros, np.ones
    return {
        "drift": no(held), "loading": no((held, factors)), "own": no(held), "degrees": 0, "past": no((past, factors)), "anew": 1.0,
        "jump_below": one((jumps, JUMPS_AT_MOST)), "jump_mean": no(jumps), "jump_deviation": no(jumps), "jump_part": one((held, jumps)),
        "every": one(held, np.int64), "income": no((steps, held)),
        "comes": no(steps), "goes": no(steps), "owes": no(steps), "invested": no((steps, held)),
        "if_chance": no(conditions), "if_draw": np.arange(conditions), "if_amount": no(conditions),
        "if_step": no(conditions, np.int64), "if_holding": np.full(conditions, -1, np.int64),
        "debt": no(debts), "repaid_in": np.full(debts, steps, np.int64), "coupon": no((steps, debts)),
        "refinanced": 0.0, "refinanced_up_to": 0.0,
        "loan": no(loans), "pledged": no((loans, held)), "interest": no(loans), "called_at": np.full(loans, NEVER), "cured_to": no(loans),
        "recourse": one(loans, np.int64),
        "cash": 0.0, "owed": 0.0, "floor": no(steps), "lines": 0.0,
        "order": no(sold, np.int64), "kept": one(sold), "most": one(sold), "impact": no(sold),
        "reduced_above": NEVER, "reduced_to": 0.0,
        "limited": one(limits, np.int64), "bound": no(limits), "below": no(limits, np.int64),
    }  # fmt: skip


def _shaped(name: str, given: Any, blank: Any) -> Any:
    if not isinstance(blank, np.ndarray):
        return type(blank)(given)
    if not blank.size and not np.size(given):
        return blank
    if np.shape(given) not in ((), blank.shape):
        raise ValueError(f"{name} has the shape {np.shape(given)}; it takes {blank.shape}")
    return np.ascontiguousarray(np.broadcast_to(np.asarray(given, blank.dtype), blank.shape))
