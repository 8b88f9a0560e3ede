"""A shock carried on: through who owns whom, through who earns with whom, and through who owes whom.

Three separate readings of one book. None of them says how likely it is, and their losses do not add.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from holdbook.measures.dependency import channel
from holdbook.measures.ownership import ClosedCircleError, direct_parts
from holdbook.measures.ties import DEPENDENCE, of_types
from holdbook.model.balance import Balance
from holdbook.model.relation import Relation
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.shocks import value_factor
from holdbook.timeline.view import View


class Carried(NamedTuple):
    """An entity after the shock.

    Fields:
        entity: its id.
        before, after: its own assets as stated, and as the shock and the loss of earnings leave them.
        value: what it is worth to outsiders, its parts of the others with it, costs of failure taken off.
        wave: in which wave it falls below its least value; 0 if in none.
        may_fail: whether it fails where as many do as can.
        owes: what it owes in all; None where nothing is said.
        pays: what it can pay of that.
        unpaid_wave: in which round it cannot pay; 0 if in none.
    """

    entity: str
    before: Quantity
    after: Quantity
    value: Quantity | None
    wave: int
    may_fail: bool
    owes: Quantity | None
    pays: Quantity | None
    unpaid_wave: int


class Spread(NamedTuple):
    """All entities with own assets, who is left out for want of a figure, and what each loses by whom it earns with."""

    entities: list[Carried]
    needs: list[str]
    earnings: list[tuple[str, str, Quantity]]


def contagion(view: View) -> Spread | None:
    """Where the shock of the view's scenario goes; without a scenario where everyone stands. None if no entity has own assets.

    Formula:  own assets * factor of the shock * product over those it earns with of (1 - part of its revenue * their fall);
              v = A (p - b), A = diag(1 - parts owned) (I - C)^-1, b the costs of who is below its least value, wave by wave;
              paid = min(owed, own assets + what the others pay), the greatest such payments
    Says so:  Elliott, Golub and Jackson 2014; Eisenberg and Noe 2001

    Raises ClosedCircleError where entities own all of each other.
    """
    stated = _accounts(view, "own_assets")
    if not stated:
        return None
    needs = [f"own assets of {view.book.name_of(one)}" for one, amount in stated.items() if point(amount) is None]
    before = {one: amount for one, amount in stated.items() if point(amount) is not None}
    after, earnings = _struck(view, before)
    values, waves, worst = _valued(view, after, needs)
    owed, paid, rounds = _cleared(view, after, needs)
    found = [
        Carried(
            one, before[one], after[one], values.get(one), waves.get(one, 0), one in worst, owed.get(one), paid.get(one), rounds.get(one, 0)
        )
        for one in before
    ]
    return Spread(found, needs, earnings)


def _accounts(view: View, item: str) -> dict[str, Quantity]:
    """The latest balance of an item of every entity, in the currency of the view."""
    found = {}
    for one in sorted(view.actual(Balance), key=lambda one: (one.day.last if one.day else view.day.min, one.id)):
        if one.item == item and one.amount is not None and (one.day is None or one.day.last <= view.day):
            entity = one.entity or view.company
            found[entity] = convert(view, one.amount, view.currency, one.day or view.span).named(f"{entity}.{item}")
    return found


def _struck(view: View, before: Mapping[str, Quantity]) -> tuple[dict[str, Quantity], list[tuple[str, str, Quantity]]]:
    """Own assets after the shock: an entity's own fall, else a part of the fall of each that it earns with."""
    direct = {one: factor for one in before if (factor := value_factor(view.book, one, view.day)) is not None}
    falls = dict(direct)
    ties = of_types(view, DEPENDENCE)
    for node in (end for tie in ties for end in (tie.start, tie.end)):
        factor = value_factor(view.book, node, view.day)
        if factor is not None:
            falls.setdefault(node, factor)
    after, earnings = dict(before), []
    for one, amount in before.items():
        after[one] = (amount * direct[one]).named(f"{one}.own_assets.after") if one in direct else amount
    for tie in ties:
        part = tie.fact.part
        for earner, other in ((tie.start, tie.end), (tie.end, tie.start)):
            way = channel(tie, earner)
            if way is None or not way.earns or part is None or earner in direct or earner not in after or other not in falls:
                continue
            lost = part * (exact(1) - falls[other])
            after[earner] = (after[earner] * (exact(1) - lost)).named(f"{earner}.own_assets.after")
            earnings.append((earner, other, lost))
    return after, earnings


def _valued(view: View, after: Mapping[str, Quantity], needs: list[str]) -> tuple[dict[str, Quantity], dict[str, int], set[str]]:
    """What each is worth, who falls below its least value in which wave, and who would where as many fail as can."""
    from holdbook.numerics import ownership  # numpy and scipy: only a book with own assets pays for them
    from holdbook.numerics.cascades import cascade, worst_cascade

    names = list(after)
    place = {name: index for index, name in enumerate(names)}
    edges = {ends: part for ends, part in direct_parts(view).items() if ends[0] in place and ends[1] in place}
    unknown = [ends for ends, part in edges.items() if point(part) is None]
    needs += [f"part of {view.book.name_of(end)} that {view.book.name_of(start)} holds" for start, end in unknown]
    if unknown:
        return {}, {}, set()
    parts = [float(point(part) or 0) for part in edges.values()]
    try:
        made = ownership.direct_parts(len(names), [place[start] for start, _ in edges], [place[end] for _, end in edges], parts)
        dependence = ownership.market_values(made)
    except ownership.OwnershipError as error:
        raise ClosedCircleError(names[member] for member in error.members) from error
    least, costs = _accounts(view, "least_value"), _accounts(view, "cost_of_failure")
    limits = [_figure(least.get(one), float("-inf")) for one in names]
    given = dependence, [_figure(one, 0.0) for one in after.values()], limits, [_figure(costs.get(one), 0.0) for one in names]
    found = cascade(*given)
    of = [*after.values(), *edges.values()]
    values = {one: _money(view, f"{one}.value", of, float(found.values[place[one]]), "worth to outsiders") for one in names}
    waves = {names[member]: number for number, wave in enumerate(found.waves, 1) for member in wave}
    return values, waves, {names[member] for wave in worst_cascade(*given).waves for member in wave}


def _cleared(
    view: View, after: Mapping[str, Quantity], needs: list[str]
) -> tuple[dict[str, Quantity], dict[str, Quantity], dict[str, int]]:
    """What each owes and can pay, and who cannot pay all in which round; of those that owe, or are owed, stated amounts."""
    from holdbook.numerics.clearing import clearing

    names = list(after)
    place = {name: index for index, name in enumerate(names)}
    outside = _accounts(view, "outside_debt")
    loans: dict[tuple[str, str], Quantity] = {}
    for tie in of_types(view, ("finances",)):
        if tie.start not in place or tie.end not in place or not isinstance(tie.fact, Relation):
            continue
        amount = tie.fact.amount
        if amount is None or point(amount) is None:
            needs.append(f"what {view.book.name_of(tie.end)} owes {view.book.name_of(tie.start)}")
            continue
        turned = convert(view, amount, view.currency, tie.fact.day or view.span)
        ends = (tie.end, tie.start)
        loans[ends] = loans[ends] + turned if ends in loans else turned
    if not loans and not outside:
        return {}, {}, {}
    owes = [[_figure(loans.get((debtor, lender)), 0.0) for lender in names] for debtor in names]
    beyond = [_figure(outside.get(one), 0.0) for one in names]
    found = clearing(owes, [max(_figure(one, 0.0), 0.0) for one in after.values()], beyond)
    of = [*after.values(), *loans.values(), *outside.values()]
    owed = {one: _money(view, f"{one}.owes", of, sum(owes[place[one]]) + beyond[place[one]], "all that it owes") for one in names}
    paid = {one: _money(view, f"{one}.pays", of, float(found.payments[place[one]]), "clearing payments") for one in names}
    return owed, paid, {names[member]: number for number, wave in enumerate(found.waves, 1) for member in wave}


def _figure(quantity: Quantity | None, otherwise: float) -> float:
    value = None if quantity is None else point(quantity)
    return otherwise if value is None else float(value)


def _money(view: View, name: str, of: list[Quantity], value: float, how: str) -> Quantity:
    """A solved amount; it has ends only where all that it was found from is exact."""
    ends = [bounds(one).interval for one in of]
    end = value if all(one.low is not None and one.low == one.high for one in ends) else None
    return solved(name, of, value, end, end, how=f"solved: {how}", unit=UNIT(view.currency))
