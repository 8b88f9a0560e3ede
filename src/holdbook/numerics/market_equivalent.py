"""Public market equivalents: what a fund's dated flows would have become in an index.

Every flow counts, also one on the day of the last value. The index must be a total return one (dividends kept), in the currency
of the flows, and have a value at each of their times; on a day without a session the caller gives the last close before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from holdbook.numerics.cash_flows import Rates, rates, years

PRICE_INDEX = "the index leaves dividends out: the market looks worse than it was, the fund better"


class Fund(NamedTuple):
    """A fund beside an index.

    Fields:
        times: years from any start, in order; the last one is that of the value.
        paid: paid into it at each time, 0 or more.
        received: received from it at each time, 0 or more.
        levels: the index at each time.
        worth: its value at the last time, after that time's flows.
        total_return: whether the index keeps dividends.
    """

    times: tuple[float, ...]
    paid: tuple[float, ...]
    received: tuple[float, ...]
    levels: tuple[float, ...]
    worth: float
    total_return: bool = True

    @property
    def caveat(self) -> str:
        """What is wrong with every comparison to this index; empty if nothing is."""
        return "" if self.total_return else PRICE_INDEX

    @property
    def growth(self) -> list[float]:
        """What one unit in the index at each time is at the last time."""
        return [self.levels[-1] / level for level in self.levels]

    @property
    def flows(self) -> list[float]:
        """Received less paid at each time, without the value at the end."""
        return [received - paid for paid, received in zip(self.paid, self.received, strict=True)]


class Ratio(NamedTuple):
    """A multiple of the market; None with a reason where nothing was paid."""

    value: float | None
    caveat: str
    why: str = ""


class Equivalent(NamedTuple):
    """What the market would have returned on the same flows.

    Fields:
        rate: the market's rate on them; None with a reason where it is undefined or one of several.
        fund: the fund's own rate.
        alpha: the fund's less the market's.
        factor: what receipts were multiplied by (PME+); 1 elsewhere.
        worth: the value of the market's account at each time.
        caveat: what is wrong with the index.
        why: why there is no rate.
    """

    rate: float | None
    fund: float | None
    alpha: float | None
    factor: float | None
    worth: tuple[float, ...]
    caveat: str
    why: str = ""


class Alpha(NamedTuple):
    """A direct alpha: a year's (compounded), its logarithm, and every root; None with a reason where there is no single one."""

    annual: float | None
    log: float | None
    roots: tuple[float, ...]
    caveat: str
    why: str = ""


def fund(
    times: Sequence[date] | Sequence[float], flows: Sequence[float], index: Sequence[float], worth: float = 0.0, *, total_return: bool
) -> Fund:
    """A fund from net flows of the investor's sign on days, or at times in years (0, 1, 2 for periods).

    Raises ValueError where lists differ in length, days fall back, a level is not above zero, or the value is below it.
    """
    _refuse(not len(times) == len(flows) == len(index) > 0, "each time has one flow and one index level")
    _refuse(not all(math.isfinite(figure) for figure in (*flows, *index, worth)), "figures are finite numbers")
    _refuse(min(index) <= 0 or worth < 0, "an index is above zero, and a value is not below it")
    _refuse(any(after < before for before, after in pairwise(times)), "times stand in order")  # type: ignore[operator]
    days = [time for time in times if isinstance(time, date)]
    at = years(days) if days else [float(time) for time in times]  # type: ignore[arg-type]
    paid, received = tuple(max(-flow, 0.0) for flow in flows), tuple(max(flow, 0.0) for flow in flows)
    return Fund(tuple(at), paid, received, tuple(index), worth, total_return)


def kaplan_schoar(of: Fund) -> Ratio:
    """Receipts and value over payments, each grown with the index to the last day; above one beats the market.

    Formula:  (sum of FV(received) + worth) / sum of FV(paid)
    Says so:  Kaplan and Schoar (2005)
    """
    paid, received = _future(of, of.paid), _future(of, of.received)
    return Ratio(None, of.caveat, "nothing was paid") if paid == 0 else Ratio((received + of.worth) / paid, of.caveat)


def long_nickels(of: Fund) -> Equivalent:
    """The rate of the same flows with the value that the index would have left; undefined where that falls below zero.

    Formula:  worth[k] = worth[k-1] * index[k] / index[k-1] + paid[k] - received[k]
    Says so:  Long and Nickels (1996)
    """
    worth, held = [], 0.0
    for before, level, flow in zip((of.levels[0], *of.levels), of.levels, of.flows, strict=False):
        held = held * level / before - flow
        worth.append(held)
    if min(worth) < -1e-9 * max(map(abs, worth)):
        why = "undefined: the receipts are more than the index would have left, its account falls below zero"
        return _equivalent(of, None, 1.0, worth, why)
    return _equivalent(of, rates(of.times, _with(of.flows, max(held, 0.0))), 1.0, worth)


def pme_plus(of: Fund) -> Equivalent:
    """The rate with receipts scaled by one factor so that the index leaves the fund's own value.

    Formula:  factor = (sum of FV(paid) - worth) / sum of FV(received)
    Says so:  Rouvinez (2003)
    """
    received = _future(of, of.received)
    if received == 0:
        return _equivalent(of, None, None, (), "undefined: nothing was received that could be scaled")
    factor = (_future(of, of.paid) - of.worth) / received
    if factor < 0:
        return _equivalent(of, None, factor, (), "undefined: the fund's value alone is more than the index would have left")
    scaled = [factor * back - paid for paid, back in zip(of.paid, of.received, strict=True)]
    return _equivalent(of, rates(of.times, _with(scaled, of.worth)), factor, ())


def modified(of: Fund, worth: Sequence[float]) -> Equivalent:
    """The rate if as large a share of the index account is taken out each time as was of the fund; needs its value at each time.

    Formula:  share = received / (received + worth); taken = share * (account * index[k] / index[k-1] + paid)
    Says so:  Cambridge Associates, mPME

    `worth` is the fund's value at each time after its flows; the last one is taken for `of.worth`.
    """
    _refuse(len(worth) != len(of.times), "each time has one value of the fund")
    account, accounts, flows = 0.0, [], []
    for before, level, paid, back, left in zip((of.levels[0], *of.levels), of.levels, of.paid, of.received, worth, strict=False):
        account = account * level / before + paid
        share = back / (back + left) if back else 0.0
        flows.append(share * account - paid)
        account *= 1 - share
        accounts.append(account)
    return _equivalent(of._replace(worth=worth[-1]), rates(of.times, _with(flows, account)), 1.0, accounts)


def direct_alpha(of: Fund) -> Alpha:
    """The rate of the flows after each is grown with the index to the last day: the fund's rate over the market's.

    Formula:  a = rate of (FV(flows), worth); log = log(1 + a)
    Says so:  Gredil, Griffiths and Stucke (2014)
    """
    found = rates(of.times, _with([flow * growth for flow, growth in zip(of.flows, of.growth, strict=True)], of.worth))
    alpha = found.single
    log = math.log1p(alpha) if alpha is not None and alpha > -1 else None
    return Alpha(alpha, log, found.roots, of.caveat, "" if alpha is not None else _why(found))


def values_of_units(flows: Sequence[float], prices: Sequence[float]) -> list[float]:
    """The value after each flow of a holding that flows buy and sell at the prices of their times.

    >>> values_of_units([-10000, 7500, 0], [100, 120, 100])
    [10000.0, 4500.0, 3750.0]
    """
    units, worth = 0.0, []
    for flow, price in zip(flows, prices, strict=True):
        units -= flow / price
        worth.append(units * price)
    return worth


def _future(of: Fund, amounts: Sequence[float]) -> float:
    return math.fsum(amount * growth for amount, growth in zip(amounts, of.growth, strict=True))


def _with(flows: Sequence[float], worth: float) -> list[float]:
    """The flows with a value received at the end, on top of what else is received then."""
    return [*flows[:-1], flows[-1] + worth]


def _equivalent(of: Fund, market: Rates | None, factor: float | None, worth: Sequence[float], why: str = "") -> Equivalent:
    own = rates(of.times, _with(of.flows, of.worth)).single
    rate = None if market is None else market.single
    alpha = None if own is None or rate is None else own - rate
    return Equivalent(rate, own, alpha, factor, tuple(worth), of.caveat, why if market is None or rate is not None else _why(market))


def _why(found: Rates) -> str:
    return found.why or f"{len(found.roots)} rates fit, none more than the other"


def _refuse(wrong: bool, rule: str) -> None:
    if wrong:
        raise ValueError(rule)
