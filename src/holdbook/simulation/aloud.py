"""A plan read aloud: plain English, every assumption called one."""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.simulation.plan import Moves, Plan


def read_aloud(plan: Plan, names: dict[str, str] | None = None) -> list[str]:
    """A sentence for each thing that the plan takes for granted; `names` gives holdings their full names.

    >>> print(read_aloud(Plan(months=12, paths=500))[0])
    500 futures of 12 months are drawn from seed 1, a step a month.
    """
    return list(_sentences(plan, names or {}))


def _sentences(plan: Plan, names: dict[str, str]) -> Iterator[str]:
    far = "up to the end of the plan of sources and uses" if plan.months is None else f"of {plan.months} months"
    yield f"{plan.paths:,} futures {far} are drawn from seed {plan.seed}, a step a month."
    for factor in plan.factors:
        yield f"{_assumption(factor.because)}: {factor.name}: a volatility of {_percent(factor.volatility)} a year."
    yield from _together(plan)
    for holding, moves in plan.holdings.items():
        if moves == Moves(follows={names.get(holding, holding): 1.0}, because=moves.because):
            continue  # it is the factor of its name
        yield f"{_assumption(moves.because)}: {names.get(holding, holding)}: {_moves(moves)}."
    yield f"{_assumption(plan.others.because)}: {'every other holding' if plan.holdings else 'every holding'}: {_moves(plan.others)}."
    for jump in plan.jumps:
        which = "; ".join(f"{names.get(name, name)} takes {part:g} of it" for name, part in jump.parts.items())
        yield (
            f"{_assumption(jump.because)}: {jump.name} comes {jump.a_year:g} times a year and moves values by a log return of"
            f" {jump.mean:g}, give or take {jump.deviation:g}{'; ' + which if which else ''}."
        )
    for promise, chance in plan.conditions.items():
        yield f"Assumption: the promise {promise} falls due with a chance of {_percent(chance)}, whatever else happens."
    yield from _behaves(plan, names)
    yield "Assumption: interest, costs of running and tax are left out; exchange rates stay where they are; a factor moves the holdings that follow it, no debt and no promise."


def _together(plan: Plan) -> Iterator[str]:
    if plan.past is not None:
        yield (
            f"{_assumption(plan.past.because)}: whole months of the past are drawn again, all factors of a month together, in runs of"
            f" {plan.past.run} months in the mean; without the growth that they had."
        )
        yield "Assumption: what is a holding's own is normal."
        return
    pairs = [
        (factor.name, plan.factors[column].name, plan.correlation[row][column])
        for row, factor in enumerate(plan.factors)
        for column in range(row if plan.correlation else 0)
    ]
    if plan.together == "assumed":
        for one, other, part in pairs:
            yield f"Assumption: {one} and {other} go together with a correlation of {part:g}."
    elif pairs:
        yield f"Assumption ({plan.together}): correlations are {'; '.join(f'{part:g} of {one} and {other}' for one, other, part in pairs)}."
    if len(plan.factors) > 1 and not plan.correlation:
        yield "Assumption: the factors move each by itself."
    if plan.degrees:
        yield f"Assumption: all returns of a month share a Student-t of {plan.degrees} degrees of freedom, so that large moves come at once."
    else:
        yield "Assumption: returns are normal; large moves come at once no more often than chance has it."


def _behaves(plan: Plan, names: dict[str, str]) -> Iterator[str]:
    does, say = plan.behaviour, _assumption(plan.behaviour.because)
    order = "in the order of its policy" if does.order is None else "in this order: " + ", ".join(names.get(one, one) for one in does.order)
    haircut = "the haircut of its policy" if does.haircut is None else f"a haircut of {_percent(does.haircut)}"
    yield (
        f"{say}: when cash is short the company draws its lines and then sells {order}, at {haircut},"
        f" at most {_percent(does.most)} of a holding a month."
    )
    if does.impact:
        yield f"{say}: a sale of a part of a holding takes {does.impact:g} of that part off the price of the rest."
    yield (
        f"{say}: it borrows {_percent(does.refinanced)} of a debt anew at maturity while loan to value is at most {_percent(does.refinanced_up_to)}."
        if does.refinanced
        else f"{say}: no debt that falls due is borrowed anew, unless the plan of sources says so."
    )
    if does.reduced_above is not None:
        yield f"{say}: beyond a loan to value of {_percent(does.reduced_above)} it sells down to {_percent(does.reduced_to)}."


def _moves(moves: Moves) -> str:
    betas = " and ".join(f"of {part:g} to {name}" for name, part in moves.follows.items())
    parts = [f"a beta {betas}" if betas else "", f"a volatility of its own of {_percent(moves.own)} a year" if moves.own else ""]
    parts += [f"growth of {_percent(moves.growth)} a year at the median" if moves.growth else ""]
    parts += [f"marked every {moves.marked_every} months" if moves.marked_every > 1 else ""]
    parts += [f"pays out {_percent(moves.income)} a year" if moves.income else ""]
    return ", ".join(part for part in parts if part) or "stays where it is"


def _assumption(because: str) -> str:
    return "Assumption" if because == "assumed" else f"Assumption ({because})"


def _percent(part: float) -> str:
    return f"{part * 100:g}%"
