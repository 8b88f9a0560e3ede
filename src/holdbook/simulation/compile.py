"""A plan and a view, made into tables: holdings and finance on them, the months of the plan of sources and uses, limits and policy."""

from __future__ import annotations

from datetime import date
from math import exp, factorial, sqrt
from typing import Any, NamedTuple

import numpy as np

from holdbook.dates import Span, add_months
from holdbook.funding.dated import Month, months
from holdbook.funding.line import Line
from holdbook.funding.projection import base_day, disposal_policy, least_cash, saleable
from holdbook.funding.sources import sources
from holdbook.funding.uses import uses
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.trade import Trade
from holdbook.numerics.correlation import loadings, nearest_correlation
from holdbook.numerics.tables import JUMPS_AT_MOST, MEASURES, NEVER, Tables, tables
from holdbook.simulation.limits import Limit, limits
from holdbook.simulation.plan import Moves, Plan, PlanError, faults_of
from holdbook.simulation.reading import Reading
from holdbook.simulation.recalled import correlation_of, whitened
from holdbook.simulation.start import OTHERS, simulated_window, start
from holdbook.timeline.view import View

_YEAR = 12
_SAME = 1e-9


class Compiled(NamedTuple):
    """Tables, and what their places mean.

    Fields:
        tables: what an engine runs on.
        holdings: the id of each; `others` is what is in no line of its own.
        months: each as it is written.
        limits: what is counted as a breach, in the order of the tables.
        currency: of all money.
        base: the day of the table from which holdings and debt go on; None where there is none, and net asset value has no meaning.
        opening: whether the cash at the start is known; otherwise cash has no meaning.
        said: what the book left open, and how it was read.
    """

    tables: Tables
    holdings: list[str]
    months: list[str]
    limits: list[Limit]
    currency: str
    base: date | None
    opening: bool
    said: list[str]


def compiled(view: View, plan: Plan, currency: str | None = None) -> Compiled:
    """The tables of a plan on a view.

    Raises:
        PlanError: the plan cannot be.
    """
    faults = faults_of(plan)
    if faults:
        raise PlanError("; ".join(faults))
    return _Compiler(view, plan, currency or view.currency).compiled()


class _Compiler:
    """What is gathered on the way from a view to tables."""

    def __init__(self, view: View, plan: Plan, currency: str) -> None:
        self.view, self.plan, self.currency = view, plan, currency
        self.said: list[str] = []
        self.read = Reading(self.said)
        self.window = simulated_window(view, plan.months)
        came = [line for line in sources(view, self.window, currency) if line.has_figure]
        ends = simulated_window(view).end  # where what has no day comes, however much longer the horizon is
        self.came = [line if line.day is not None else line._replace(day=Span(ends, ends)) for line in came]
        gone = [line for line in uses(view, self.window, currency) if line.has_figure]
        self.gone = [line for line in gone if self.read.ends(line, careful_is_high=True)]
        self.months = self._horizon(months(self.window.start, self.window.end, view.day, self.came, self.gone))
        self.start = start(view, currency, base_day(view), self.read)
        self.holdings = list(self.start.holdings)
        if self.window.opening is None:
            self.said.append(
                "No cash position is known to start from: it is taken as nothing, so that something is sold sooner than it need be;"
                " how likely money runs short cannot be said."
            )
        self._unknown_names()

    def compiled(self) -> Compiled:
        """Everything in its place."""
        size = len(self.months)
        given = {**self._flows(), **self._chance(), **self._policy(size), **self._finance()}
        bounds = limits(self.view, self._money(given), balanced=self.start.balanced)
        given |= {
            "limited": [MEASURES.index(one.measure) for one in bounds],
            "bound": [one.bound for one in bounds],
            "below": [int(one.below) for one in bounds],
        }
        made = tables([self.start.holdings[name] for name in self.holdings], size, **given)
        names = [month.name for month in self.months]
        base = self.start.base if self.start.balanced else None
        return Compiled(made, self.holdings, names, bounds, self.currency, base, self.window.opening is not None, self.said)

    def _money(self, given: dict[str, Any]) -> float:
        """All money that is there at the start or goes through the plan."""
        flows = [*given["comes"], *given["goes"], *given["debt"], *given["if_amount"], *self.start.holdings.values()]
        return float(sum(abs(amount) for amount in flows) + abs(given["cash"]) + abs(given["owed"]) + given["lines"])

    def _horizon(self, found: list[Month]) -> list[Month]:
        wanted = len(found) if self.plan.months is None else self.plan.months
        while len(found) < wanted:
            found.append(Month(add_months(found[-1].first, 1), [], []))
        return found[:wanted]

    def _unknown_names(self) -> None:
        promised = {line.entry for line in self.gone}
        bought = {self._bought(line) for line in self.gone}
        idle = [self.view.book.name_of(name) for name in self.plan.holdings if name not in self.holdings and name not in bought]
        if idle:
            self.said.append(f"The plan also says how these move, which are no holdings of the day: {', '.join(idle)}.")
        closed = [name for name in self.plan.conditions if name not in promised]
        if closed:
            self.said.append(f"The plan also gives a chance to these, of which none is open: {', '.join(closed)}.")

    def _place(self, holding: str) -> int:
        """The place of a holding, one that starts from nothing if it was none."""
        known = holding if holding in self.start.holdings or holding in self.plan.holdings else OTHERS
        if known not in self.holdings:
            self.holdings.append(known)
            self.start.holdings[known] = 0.0
        return self.holdings.index(known)

    def _flows(self) -> dict[str, Any]:
        comes, goes, owes = ([0.0] * len(self.months) for _ in range(3))
        invested: list[tuple[int, str, float]] = []
        debts: list[tuple[float, int]] = []
        maybe: list[tuple[str, float, int, str]] = []
        for step, month in enumerate(self.months):
            for line in month.comes:
                amount = self.read(line.amount, careful_is_high=False)
                comes[step] += amount
                owes[step] += amount * (1 - self._equity(line)) if line.kind == "new debt" else 0.0
                if line.kind == "disposal":
                    invested.append((step, self._sold(line), -amount))
            for line in month.goes:
                amount = self.read(line.amount, careful_is_high=True)
                if line.kind == "redemption":
                    debts.append((amount, step))
                elif line.entry in self.plan.conditions:
                    maybe.append((line.entry, amount, step, self._bought(line)))
                else:
                    goes[step] += amount
                    invested.append((step, self._bought(line), amount))
        chances = list(self.plan.conditions)
        owed = self.start.net_debt - sum(amount for amount, _ in debts) + self._opening()
        return {
            "comes": comes, "goes": goes, "owes": owes, "owed": owed, "cash": self._opening(),
            "debt": [amount for amount, _ in debts], "repaid_in": [step for _, step in debts],
            "if_chance": [self.plan.conditions[one[0]] for one in maybe], "if_draw": [chances.index(one[0]) for one in maybe], "if_amount": [one[1] for one in maybe], "if_step": [one[2] for one in maybe],
            "if_holding": [self._place(one[3]) for one in maybe], "invested": self._invested(invested),
        }  # fmt: skip

    def _invested(self, found: list[tuple[int, str, float]]) -> list[list[float]]:
        placed = [(step, self._place(holding), amount) for step, holding, amount in found]
        rows = [[0.0] * len(self.holdings) for _ in self.months]
        for step, place, amount in placed:
            rows[step][place] += amount
        return rows

    def _opening(self) -> float:
        return sum(self.read(line.amount, careful_is_high=False) for line in self.came if line.kind == "cash")

    def _bought(self, line: Line) -> str:
        promise = self.view.book.get(Commitment, line.entry)
        return OTHERS if promise is None else promise.to

    def _sold(self, line: Line) -> str:
        trade = self.view.book.get(Trade, line.entry)
        return OTHERS if trade is None else trade.asset

    def _equity(self, line: Line) -> float:
        debt = self.view.book.get(Debt, line.entry)
        return 0.0 if debt is None or debt.equity_credit is None else self.read(debt.equity_credit, careful_is_high=False)

    def _chance(self) -> dict[str, Any]:
        """Returns of a month; called after the flows have named what they add to the holdings."""
        plan, moves = self.plan, [self.plan.moves(name) for name in self.holdings]
        lower = self._lower()
        past = {} if plan.past is None or not self.holdings else {"past": whitened(plan.past, lower), "anew": 1 / plan.past.run}
        root = sqrt(1 / _YEAR)
        return past | {
            "drift": [one.growth / _YEAR for one in moves], "own": [one.own * root for one in moves],
            "loading": [[part * root for part in self._loading(one, lower)] for one in moves], "degrees": plan.degrees,
            "every": [one.marked_every for one in moves], "income": [[one.income / _YEAR for one in moves] for _ in self.months],
            "jump_below": [_at_most(jump.a_year / _YEAR) for jump in plan.jumps],
            "jump_mean": [jump.mean for jump in plan.jumps], "jump_deviation": [jump.deviation for jump in plan.jumps],
            "jump_part": [[jump.parts.get(name, 1.0) for jump in plan.jumps] for name in self.holdings],
        }  # fmt: skip

    def _lower(self) -> list[list[float]]:
        if not self.plan.factors:
            return []
        given = correlation_of(self.plan)
        nearest, distance, _ = nearest_correlation(np.asarray(given, dtype=np.float64))
        if distance <= _SAME:
            return loadings(given)
        self.said.append(
            f"The correlations of the factors cannot hold together; the nearest that can are used, {distance:.4g} away (Frobenius norm)."
        )
        return loadings(nearest.tolist())

    def _loading(self, moves: Moves, lower: list[list[float]]) -> list[float]:
        factors = self.plan.factors
        return [
            sum(moves.follows.get(factor.name, 0.0) * factor.volatility * lower[row][column] for row, factor in enumerate(factors))
            for column in range(len(factors))
        ]

    def _policy(self, size: int) -> dict[str, Any]:
        does, policy = self.plan.behaviour, disposal_policy(self.view)
        haircut = does.haircut
        if haircut is None:
            haircut = 0.0 if policy is None or policy.haircut is None else self.read(policy.haircut, careful_is_high=True)
        own = [asset for asset, _ in self._saleable()]
        order = [name for name in (own if does.order is None else does.order) if name in self.holdings]
        lines = [line.amount for line in self.came if line.kind == "undrawn line" and line.standing == "arranged"]
        return {
            "order": [self.holdings.index(name) for name in order], "kept": 1 - haircut, "most": does.most, "impact": does.impact,
            "refinanced": does.refinanced, "refinanced_up_to": does.refinanced_up_to,
            "reduced_above": NEVER if does.reduced_above is None or not self.start.balanced else does.reduced_above, "reduced_to": does.reduced_to,
            "floor": [self.read(least_cash(self.view, self.currency), careful_is_high=True)] * size,
            "lines": sum(self.read(line, careful_is_high=False) for line in lines),
        }  # fmt: skip

    def _saleable(self) -> list[tuple[str, Any]]:
        return saleable(self.view, self.currency, disposal_policy(self.view))

    def _finance(self) -> dict[str, Any]:
        loans = self.start.loans
        return {
            "loan": [one.amount for one in loans],
            "pledged": [[float(name == one.holding) for name in self.holdings] for one in loans],
            "called_at": [one.called_at for one in loans], "cured_to": [one.cured_to for one in loans], "recourse": [0] * len(loans),
        }  # fmt: skip


def _at_most(mean: float) -> list[float]:
    """The chances of no more than 0, 1, ... 7 jumps; an eighth counts as many as come, and what is rarer still is left out.

    Formula:  sum of exp(-m) m^k / k!
    """
    chances = [exp(-mean) * mean**count / factorial(count) for count in range(JUMPS_AT_MOST)]
    return [sum(chances[: count + 1]) for count in range(JUMPS_AT_MOST)]
