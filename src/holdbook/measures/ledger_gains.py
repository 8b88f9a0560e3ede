"""What the sales of a ledger earned against cost: whole-number arithmetic over all rows of a holding, one figure for each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.model.event import Event
from holdbook.model.ledger import ONE, Ledger
from holdbook.numerics.lots import Row, first_in_first_out, moving_average, shortest
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import EVERYTHING, Interval
from holdbook.quantity.quantity import LEAF, Quantity, unknown
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT
from holdbook.timeline.changes import changes
from holdbook.timeline.ledgers import known_rows
from holdbook.timeline.steps import opening
from holdbook.timeline.view import View

METHODS = ("fifo", "moving_average")


class LedgerGain(NamedTuple):
    """What the sales of one holding in the ledgers brought and had cost, by method; one currency."""

    proceeds: Quantity
    costs: dict[str, Quantity]
    gains: dict[str, Quantity]


class _Rows(NamedTuple):
    """The rows of one holding in one ledger, in order; `factors` make shares of each day shares of the view's day, all times one number."""

    ledger: Ledger
    rows: list[int]
    factors: list[int]

    def readings(self) -> tuple[list[Row], list[Row], list[Row]]:
        """The rows in millionths: as they make the cost of what was sold least, as they are printed, as they make it most."""
        one, rows = self.ledger, self.rows
        sells = [one.sells[row] for row in rows]
        shares = [one.shares[row] * factor for row, factor in zip(rows, self.factors, strict=True)]
        amounts = [one.amounts[row] for row in rows]
        printed = list(zip(sells, shares, amounts, strict=True))
        less = [one.amount_steps[row] for row in rows]
        if not any(less) and not any(one.share_steps[row] for row in rows):
            return printed, printed, printed
        half = [(1 if sell else -1) * one.share_steps[row] * f for row, sell, f in zip(rows, sells, self.factors, strict=True)]
        ends = (
            list(
                zip(
                    sells,
                    [share + end * step for share, step in zip(shares, half, strict=True)] if any(half) else shares,
                    [amount + end * step for amount, step in zip(amounts, less, strict=True)],
                    strict=True,
                )
            )
            for end in (-1, 1)
        )
        return next(ends), printed, next(ends)


def ledger_gain(view: View, holder: str, asset: str) -> LedgerGain | None:
    """The gain of all sales of a holding in a ledger up to the day of the view, by two methods.

    None without sales, with sales in several currencies, or where entries of `trades` change the same holding: those are reckoned
    trade by trade. Unknown where shares of unknown cost were there before, or more was sold than the ledger bought.

    Formula:  sum of amounts of sales - cost of what was sold
    """
    found = _rows(view, holder, asset)
    if found is None:
        return None
    ledger, rows, _ = found
    sold = [row for row in rows if ledger.sells[row]]
    name = f"ledger.{asset}"
    proceeds = ledger.amount_of(sold, f"{ledger.file} {asset} sold {ledger.ids[sold[0]]}..{ledger.ids[sold[-1]]} ({len(sold)})")
    costs = _costs(view, found, (holder, asset))
    return LedgerGain(
        proceeds, costs, {method: (proceeds - cost).named(f"{name}.economic_gain.{method}") for method, cost in costs.items()}
    )


def _rows(view: View, holder: str, asset: str) -> _Rows | None:
    """The known rows of a holding, if they stand in one ledger, in one currency, and some of them sell."""
    pairs = [(one, rows) for one in view.book.ledgers if (rows := known_rows(view, one, holder, asset))]
    if len(pairs) != 1 or (holder, asset) in changes(view):
        return None
    ledger, known = pairs[0]
    factors = _factors(view, asset, ledger, known)
    if factors is None or not any(ledger.sells[row] for row in known) or len({ledger.currencies[row] for row in known}) != 1:
        return None
    return _Rows(ledger, known, factors)


def _factors(view: View, asset: str, ledger: Ledger, rows: list[int]) -> list[int] | None:
    """What a share of each day has become by the day of the view, all times one number that makes them whole; None if not exact."""
    splits: list[tuple[Span, Fraction]] = []
    for event in view.counted(Event):
        if event.kind == "split" and event.entity == asset and event.day and event.day.first <= view.day:
            size = EVERYTHING if event.factor is None else bounds(event.factor).interval
            if not size.is_point or size.low is None:
                return None
            splits.append((event.day, size.low))
    if not splits:
        return [1] * len(rows)
    whole = 1
    for _, factor in splits:
        whole *= factor.denominator
    return [int(_product(whole, [factor for when, factor in splits if ledger.days[row].last < when.first])) for row in rows]


def _product(start: int, factors: list[Fraction]) -> Fraction:
    found = Fraction(start)
    for factor in factors:
        found *= factor
    return found


def _fifo(rows: list[Row]) -> tuple[Fraction, Fraction]:
    cost = first_in_first_out(((shares, cost) for sells, shares, cost in rows if not sells), sum(row[1] for row in rows if row[0]))
    return cost, cost


_BY: dict[str, Callable[[list[Row]], tuple[Fraction, Fraction]]] = {"fifo": _fifo, "moving_average": moving_average}


def _costs(view: View, found: _Rows, key: tuple[str, str]) -> dict[str, Quantity]:
    """The cost of what was sold by each method: the value at the figures as printed, the ends at theirs."""
    ledger, rows, _ = found
    unit, origin = UNIT(ledger.currencies[rows[0]]), ledger.origin(rows)
    least, printed, most = found.readings()
    if opening(view, *key, ledger.days[rows[0]].first) or shortest(printed) < 0:
        nobody = unknown(f"cost of {key[1]} held before {ledger.ids[rows[0]]}", unit, floor=0, origin=origin)
        return dict.fromkeys(METHODS, nobody)
    costs = {}
    for method, reckon in _BY.items():
        middle = reckon(printed)
        low, high = middle if most is printed else (reckon(least)[0], reckon(most)[1])
        core, name = Interval(low / ONE, high / ONE), f"ledger.{key[1]}.cost.{method}"
        stated = Stated(core, core, (middle[0] + middle[1]) / 2 / ONE, unit)
        costs[method] = Quantity(LEAF, (), unit, key=name, name=name, stated=stated, origin=origin)
    return costs
