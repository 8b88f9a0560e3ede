"""The smallest fall that reaches a limit on loan to value: in closed form where a run of it proves that, else by search."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import msgspec

from holdbook.measures.exposure import Exposure, exposures
from holdbook.measures.headroom import fall_of, headroom
from holdbook.measures.leverage import limits, loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.entity import Entity
from holdbook.model.exchange import EXCHANGES
from holdbook.model.policy import Policy
from holdbook.model.scenario import Driver, Scenario, Shock
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import needs
from holdbook.quantity.origin import Place
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact, unknown
from holdbook.quantity.solved import solved
from holdbook.timeline.positions import positions
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.value import last_table, parts

_STEPS = 50
_CLOSE = Fraction(1, 10**9)
_WHERE = Place("break-even")


class BreakEven(NamedTuple):
    """How far something must fall until a limit is reached.

    Fields:
        policy: the limit.
        limit: its figure.
        target: what falls: `all`, an asset, a pair of currencies, or a scenario.
        fall: the fall; of a scenario, how many times its shocks; None where nobody can say.
        reached: yes, no (not by this alone), undecided, or not known.
        proof: loan to value when it is run; None where it was not.
    """

    policy: Policy
    limit: Quantity
    target: str
    fall: Quantity | None
    reached: str
    proof: Quantity | None


def run(view: View, driver: Driver, target: str, factor: Quantity) -> View:
    """The view under one shock."""
    return _under(view, (Shock(driver, target, factor, _WHERE, ""),))


def break_evens(view: View) -> list[BreakEven]:
    """For each limit on loan to value: the fall of all holdings, of each holding and promise, of each currency, that reaches it."""
    found: list[BreakEven] = []
    ratio = loan_to_value(view)
    if ratio.how == "missing" or view.shaken:
        return []
    fall_of_all = {one.policy.id: one.fall for one in headroom(view)}
    pairs = _pairs(view)
    for limit in limits(view, "loan_to_value", ratio.quantity):
        if limit.policy.at_most is None:
            continue
        fall = fall_of_all[limit.policy.id]
        found.append(_proven(view, limit.policy, limit.limit, "all", "all", fall))
        found += [one for asset in _assets(view) if (one := _of_holding(view, limit.policy, limit.limit, asset)) is not None]
        found += [_of_promise(view, limit.policy, limit.limit, promise) for promise in _promises(view)]
        found += [_of_currency(view, limit.policy, limit.limit, pair) for pair in pairs]
    return found


def severity(view: View, scenario: View, policy: Policy, limit: Quantity) -> BreakEven:
    """How many times the shocks of a scenario it takes to reach a limit; found by search, at most until something is worth nothing."""
    shocks = scenario.book.scenario.shocks if scenario.book.scenario is not None else ()
    target = scenario.book.scenario.key if scenario.book.scenario is not None else ""
    moves = [value - 1 for one in shocks if one.driver != "interest" and (value := point(one.factor)) is not None]
    deepest = min(moves, default=Fraction(0))

    def at(times: Fraction) -> View:
        scaled = tuple(one._replace(factor=exact(1) + (one.factor - 1) * exact(times)) for one in shocks if one.driver != "interest")
        return _under(scenario, scaled)

    if deepest >= 0:
        return BreakEven(policy, limit, target, None, "no", None)
    return _searched(view, policy, limit, target, at, Fraction(-1) / deepest)


def _under(view: View, shocks: tuple[Shock, ...]) -> View:
    old = view.book.scenario
    scenario = Scenario(key="break_even", name="", text="", place=_WHERE) if old is None else old
    laid = msgspec.structs.replace(scenario, day=view.day, shocks=shocks)
    return View(msgspec.structs.replace(view.book, scenario=laid), view.day, view.known_on)


def _proven(view: View, policy: Policy, limit: Quantity, driver: Driver, target: str, fall: Quantity, reached: str = "") -> BreakEven:
    """A fall in closed form, run to prove it; where finance, or a definition, bends the line so that the run ends elsewhere, searched."""
    shown = point(fall)
    if shown is None or shown > 1:
        return BreakEven(policy, limit, target, fall, reached or ("not known" if shown is None else "no"), None)
    there = run(view, driver, target, exact(1) - fall)
    if shown > 0 and reached in ("", "yes") and not _meets(there, limit):
        return _searched(view, policy, limit, target, lambda size: run(view, driver, target, exact(1 - size)), Fraction(1))
    return BreakEven(policy, limit, target, fall, reached or "yes", loan_to_value(there).quantity)


def _assets(view: View) -> list[str]:
    table = last_table(view)
    lines = [one.asset for one in parts(view) or []]
    today = table is not None and table.day is not None and table.day.last == view.day
    return lines or list((table.parts or {}) if table is not None and today else {})


def _of_holding(view: View, policy: Policy, limit: Quantity, asset: str) -> BreakEven | None:
    found = fall_of(view, asset, limit)
    if found is None or any(one.asset == asset for one in exposures(view)):
        return None
    if found.reached == "no" or not parts(view):
        return BreakEven(policy, limit, asset, found.fall, found.reached, None)
    return _proven(view, policy, limit, "asset", asset, found.fall, found.reached)


def _promises(view: View) -> list[Exposure]:
    lines = {one.asset for one in parts(view) or []}
    return [one for one in exposures(view) if one.asset not in lines]


def _of_promise(view: View, policy: Policy, limit: Quantity, promise: Exposure) -> BreakEven:
    """The fall of an asset that is held through promises.

    Formula:  (holdings - net debt / limit) / (shares + forward)
    """
    held, debt = equity_value_of_holdings(view).quantity, adjusted_net_debt(view).quantity
    fall = ((held - debt / limit) / convert(view, promise.whole, view.currency, view.span)).named(f"break_even.{promise.asset}")
    ends = bounds(fall).interval
    reached = "no" if ends.low is not None and ends.low > 1 else "yes" if ends.high is not None and ends.high <= 1 else "undecided"
    return _proven(view, policy, limit, "asset", promise.asset, fall, reached)


def _pairs(view: View) -> list[str]:
    """The pairs of the book's currency with those in which what it holds is quoted."""
    entities = [view.book.get(Entity, one) for one in {*_assets(view), *(held.asset for held in positions(view))}]
    codes = {code for one in entities if one is not None for code in one.listings or {}}
    codes = {EXCHANGES[code].currency for code in codes if code in EXCHANGES} | {str(one.paid.unit) for one in exposures(view)}
    return [f"{one}/{view.currency}" for one in sorted(codes) if one and one != view.currency]


def _of_currency(view: View, policy: Policy, limit: Quantity, pair: str) -> BreakEven:
    return _searched(view, policy, limit, pair, lambda fall: run(view, "pair", pair, exact(1 - fall)), Fraction(1))


def _straight(view: View, far: View, size: Fraction, limit: Quantity) -> Fraction | None:
    """The size of a shock that meets a limit if the holdings fall with it in a straight line and the debt stays.

    Formula:  size * (holdings - net debt / limit) / (holdings - holdings after)
    """
    start, end = point(equity_value_of_holdings(view).quantity), point(equity_value_of_holdings(far).quantity)
    debt, bound = point(adjusted_net_debt(view).quantity), point(limit)
    if start is None or end is None or debt is None or not bound or start <= end:
        return None
    found = size * (start - debt / bound) / (start - end)
    return found if 0 < found < size else None


def _meets(view: View, limit: Quantity) -> bool:
    value, bound = point(loan_to_value(view).quantity), point(limit)
    return value is not None and bound is not None and abs(value - bound) < _CLOSE


def _between(quantity: Quantity) -> list[str]:
    """The figures of which only the ends are known."""
    return list(dict.fromkeys(leaf.title for leaf in quantity.leaves() if leaf.stated is not None and leaf.stated.centre is None))


def _searched(view: View, policy: Policy, limit: Quantity, target: str, at: Callable[[Fraction], View], most: Fraction) -> BreakEven:
    """The least size of a shock that reaches a limit, by halving; the definitions are those of every answer."""

    def beyond(size: Fraction) -> bool | None:
        there = at(size)
        value, bound = point(loan_to_value(there).quantity), point(limit)
        if value is None and point(equity_value_of_holdings(there).quantity) == 0:
            return True
        return None if value is None or bound is None else value >= bound or value < 0

    low, high = Fraction(0), most * Fraction(999_999, 1_000_000)
    if beyond(high) is None:
        lacks = needs(loan_to_value(at(high)).quantity) or _between(loan_to_value(at(high)).quantity)
        return BreakEven(policy, limit, target, unknown("; ".join(lacks[:2]) or target), "not known", None)
    if not beyond(high):
        return BreakEven(policy, limit, target, None, "no", loan_to_value(at(high)).quantity)
    straight = _straight(view, at(high), high, limit)
    if straight is not None and _meets(at(straight), limit):
        low = high = straight
    for _ in range(_STEPS if low < high else 0):
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) else (middle, high)
    ratio = loan_to_value(view).quantity
    fall = solved(f"break_even.{target}", [ratio, limit], float(high), None, None, how="solved: where loan to value reaches the limit")
    return BreakEven(policy, limit, target, fall, "yes", loan_to_value(at(high)).quantity)
