"""The walk of many paths, in NumPy: the specification of `kernel.c`, which must come to the same bits, and the engine where that is not.

Every sum is taken in the order in which it stands, one operation after the other, as the kernel takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np

from holdbook.numerics.draws import FACTORS, OWN, Places, conditions, jump, mixing, recalled, standard_normals
from holdbook.numerics.elementary import Array, exp
from holdbook.numerics.tables import BINS, NEVER, Tables
from holdbook.numerics.tally import ONE, Grid, Tally

HUGE = 1e9
"""A ratio to holdings that are worth nothing, or as good as nothing."""
WORTH_AT_MOST = 1e30
"""A holding that grows beyond is worth that: sums of such are still numbers, in either precision."""
AT_ONCE = 4096
Watch = Callable[["Walk", int], None]


def run(of: Tables, grid: Grid, seed: int, first: int, count: int, tally: Tally, watch: Watch | None = None) -> None:
    """Walk the paths from `first` on, `count` of them, and add them to the tally; `watch` sees every block after every step.

    It computes in the precision of the tables.

    Formula:  see `Walk.step`
    """
    grid = Grid(*(part.astype(of.precision) for part in grid))
    for start in range(first, first + count, AT_ONCE):
        walk = Walk(of, seed, start, min(AT_ONCE, first + count - start))
        for step in range(of.steps):
            walk.step(step)
            walk.tell(step, grid, tally)
            if watch is not None:
                watch(walk, step)
        walk.close(tally)


@contextmanager
def walker(of: Tables, grid: Grid, seed: int, tally: Tally) -> Iterator[Callable[[int, int], None]]:
    """What walks the paths from a first one on, so many; at its end the tally has them all."""
    yield lambda first, count: run(of, grid, seed, first, count, tally)


class Walk:
    """Some paths side by side, as they stand after a step.

    Fields, one item a path: value (A) and their total, debt (D), loan (M), cash (less what is due and unpaid), owed, drawn; sold (S) and
    the flows of the step: received (income), paid (coupons, interest, cures, repayments), promised (by conditions).
    """

    def __init__(self, of: Tables, seed: int, first: int, count: int) -> None:
        self.of, self.seed = of, seed
        self.paths = np.arange(first, first + count, dtype=np.uint64)
        self.none = np.zeros(count, of.precision)
        self.value = of.value[:, None] + self._zeros(len(of.value))
        self.total, self.pending, self.grown = self.none, np.zeros_like(self.value), np.zeros_like(self.value)
        self.debt, self.loan = of.debt[:, None] + self._zeros(len(of.debt)), of.loan[:, None] + self._zeros(len(of.loan))
        self.cash, self.owed, self.drawn = of.cash + self.none, of.owed + self.none, self.none.copy()
        self.sold = self._zeros(len(of.order))
        self.met = conditions(self.paths, of.if_chance, of.if_draw, seed, of.precision)
        self.beyond = np.zeros((len(of.bound), count), bool)
        self.highest = self.none - 1.0
        self.past: Places | None = None
        self.measures = self._zeros(5)
        self.was_called, self.was_sold, self.was_drawn = (np.zeros(count, bool) for _ in range(3))
        self.received, self.paid, self.promised = self.none, self.none, self.none

    def _zeros(self, rows: int) -> Array:
        return np.zeros((rows, len(self.paths)), self.of.precision)

    def step(self, step: int) -> None:
        """One step.

        Formula:  marks move; income, what comes and what goes; coupons, interest and cures; what falls due, part of it borrowed anew;
                  then what is short of the floor is drawn, then sold in order; last is sold what loan to value asks for
        """
        self._move(step)
        self._flow(step)
        self._service(step)
        self._repay(step)
        self._fill(step)
        self._reduce()
        self._measure(step)

    def _move(self, step: int) -> None:
        of = self.of
        factors = self._factors(step)
        own = standard_normals(self.paths, step, OWN, len(of.own) if of.own.any() else 0, self.seed, of.precision)
        mixed = mixing(self.paths, step, of.degrees, self.seed, of.precision) if of.degrees else None
        jumps = [
            jump(self.paths, step, kind, of.jump_below[kind], of.jump_mean[kind], of.jump_deviation[kind], self.seed, of.precision)
            for kind in range(len(of.jump_mean))
        ]
        self.total = self.none
        for place in range(len(of.value)):
            gained = self.none
            for loading, factor in zip(of.loading[place], factors, strict=True):
                gained = gained + loading * factor
            if len(own):
                gained = gained + of.own[place] * own[place]
            gained = gained if mixed is None else gained * mixed
            gained = of.drift[place] + gained
            for part, size in zip(of.jump_part[place], jumps, strict=True):
                gained = gained + part * size
            self._mark(place, step, gained)

    def _factors(self, step: int) -> Array:
        of = self.of
        if not len(of.past):
            return standard_normals(self.paths, step, FACTORS, of.loading.shape[1], self.seed, of.precision)
        self.past = recalled(self.paths, step, self.past, len(of.past), of.anew, self.seed)
        return of.past[self.past].T

    def _mark(self, place: int, step: int, gained: Array) -> None:
        pending = self.pending[place] + gained
        if (step + 1) % self.of.every[place] == 0:
            with np.errstate(over="ignore"):
                self.value[place] = np.minimum(self.value[place] * exp(pending), WORTH_AT_MOST)
            self.grown[place] = self.grown[place] + pending
            pending = self.none
        self.pending[place] = pending
        self.total = self.total + self.value[place]

    def _flow(self, step: int) -> None:
        of, before = self.of, self.cash
        for place, income in enumerate(of.income[step]):
            self.cash = self.cash + income * self.value[place]
        self.received = self.cash - before
        self.cash = (self.cash + of.comes[step]) - of.goes[step]
        self.owed = self.owed + of.owes[step]
        for place, more in enumerate(of.invested[step]):
            self._invest(place, more)
        before = self.cash
        for condition in np.flatnonzero(of.if_step == step):
            amount = self.met[condition] * of.if_amount[condition]
            self.cash = self.cash - amount
            if of.if_holding[condition] >= 0:
                self._invest(of.if_holding[condition], amount)
        self.promised = before - self.cash

    def _invest(self, place: int, more: Array) -> None:
        self.value[place] = self.value[place] + more
        self.total = self.total + more

    def _service(self, step: int) -> None:
        of, before = self.of, self.cash
        self.was_called = np.zeros_like(self.was_called)
        for place, coupon in enumerate(of.coupon[step]):
            self.cash = self.cash - coupon * self.debt[place]
        for place, interest in enumerate(of.interest):
            self.cash = self.cash - interest * self.loan[place]
            if of.called_at[place] < NEVER:
                pledge = self._pledge(place)
                called = self.loan[place] > of.called_at[place] * pledge
                cure = np.where(called, self.loan[place] - of.cured_to[place] * pledge, self.none)
                self.was_called |= called
                self.cash, self.loan[place] = self.cash - cure, self.loan[place] - cure
        self.paid = before - self.cash

    def _repay(self, step: int) -> None:
        due = np.flatnonzero(self.of.repaid_in == step)
        if not len(due):
            return
        before, (holdings, owed) = self.cash, self._balance()
        renewed = _ratio(owed - self.cash, holdings) <= self.of.refinanced_up_to
        for place in due:
            kept = np.where(renewed, self.of.refinanced * self.debt[place], self.none)
            self.cash = self.cash - (self.debt[place] - kept)
            self.debt[place] = kept
        self.paid = self.paid + (before - self.cash)

    def _fill(self, step: int) -> None:
        need = np.maximum(self.of.floor[step] - self.cash, 0.0)
        more = np.minimum(need, self.of.lines - self.drawn)
        self.was_drawn, self.was_sold = more > 0.0, np.zeros_like(self.was_sold)
        self.cash, self.drawn = self.cash + more, self.drawn + more
        self._sell(need - more)

    def _reduce(self) -> None:
        of = self.of
        if of.reduced_above >= NEVER:
            return
        holdings, owed = self._balance()
        net = owed - self.cash
        one = holdings.dtype.type(1.0)
        wanted = (net - of.reduced_to * holdings) * (one / (one - holdings.dtype.type(of.reduced_to)))
        self._sell(np.where(net > of.reduced_above * holdings, wanted, self.none))

    def _sell(self, need: Array) -> None:
        of = self.of
        for place, (holding, kept, most, impact) in enumerate(zip(of.order, of.kept, of.most, of.impact, strict=True)):
            before = self.value[holding]
            brings = np.maximum(np.minimum(self._free(holding) * (most * kept), need), 0.0)
            gone = brings * (kept.dtype.type(1.0) / kept)
            left = before - gone
            if impact:
                left = left * np.maximum(1.0 - impact * (gone / np.where(before > 0.0, before, self.none + 1.0)), 0.0)
                gone = before - left
            self.value[holding], self.total = left, self.total - gone
            self.cash, need = self.cash + brings, need - brings
            self.sold[place] = self.sold[place] + brings
            self.was_sold |= brings > 0.0

    def _pledge(self, place: int) -> Array:
        total = self.none
        for part, value in zip(self.of.pledged[place], self.value, strict=True):
            if part:
                total = total + part * value
        return total

    def _free(self, holding: int) -> Array:
        """What of a holding is not its lenders'."""
        free: Array = self.value[holding]
        for place in self._left:
            if self.of.pledged[place][holding]:
                free = free - self.loan[place]
        return free

    @cached_property
    def _left(self) -> list[int]:
        """The loans that are left to the pledge."""
        return [place for place, own in enumerate(self.of.recourse) if not own]

    def _balance(self) -> tuple[Array, Array]:
        """Holdings after finance that is left to its pledge, and all that the company owes."""
        holdings, bonds = self.total, self.none
        for debt in self.debt:
            bonds = bonds + debt
        owed = (self.owed + self.drawn) + bonds
        for place, loan in enumerate(self.loan):
            if self.of.recourse[place]:
                owed = owed + loan
        for place in self._left:
            holdings = holdings - np.minimum(self.loan[place], self._pledge(place))
        return holdings, owed

    def _measure(self, step: int) -> None:
        holdings, owed = self._balance()
        net = owed - self.cash
        added, above = holdings, net
        for place in self._left:
            added = added + np.minimum(self.loan[place], self._pledge(place))
            above = above + self.loan[place]
        ratio = _ratio(net, holdings)
        self.measures = np.stack([holdings - net, ratio, self.cash, _ratio(above, added), np.maximum(self.of.floor[step] - self.cash, 0.0)])
        self.highest = np.maximum(self.highest, ratio)

    def tell(self, step: int, grid: Grid, tally: Tally) -> None:
        """Count how the paths stand after a step."""
        of = self.of
        for place, measure in enumerate(self.measures):
            at = (measure - grid.low[place]) * grid.per_unit[place]
            at = np.minimum(np.maximum(at, 0.0), BINS - 1.0)
            tally.bins[step, place] += np.bincount(at.astype(np.int64), minlength=BINS)
        tally.least[step] = np.minimum(tally.least[step], self.measures.min(axis=1))
        tally.most[step] = np.maximum(tally.most[step], self.measures.max(axis=1))
        tally.called[step] += self.was_called.sum()
        tally.sold[step] += self.was_sold.sum()
        tally.drawn[step] += self.was_drawn.sum()
        for place, (which, bound, below) in enumerate(zip(of.limited, of.bound, of.below, strict=True)):
            measure = self.measures[which]
            beyond = measure < bound if below else measure > bound
            fresh = beyond & ~self.beyond[place]
            self.beyond[place] |= beyond
            tally.breached[step, place] += beyond.sum()
            tally.first[step, place] += fresh.sum()
            if fresh.any():
                tally.drivers[place] += np.floor(self.grown[:, fresh] * ONE + 0.5).astype(np.int64).sum(axis=1)

    def close(self, tally: Tally) -> None:
        """Count the paths, and keep the worst."""
        tally.paths += len(self.paths)
        worst = int(np.argmax(self.highest))
        tally.consider(float(self.highest[worst]), int(self.paths[worst]))


def _ratio(net: Array, holdings: Array) -> Array:
    """What is owed, if anything, over the holdings."""
    owes = np.maximum(net, 0.0)
    nothing, one = np.zeros_like(holdings), np.ones_like(holdings)
    none = np.where(owes > 0.0, HUGE * one, nothing)
    with np.errstate(over="ignore"):
        return np.where(holdings > 0.0, np.minimum(owes / np.where(holdings > 0.0, holdings, one), HUGE), none)
