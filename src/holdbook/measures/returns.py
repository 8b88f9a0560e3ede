"""Returns on dated flows: money in and out, multiples, and the money-weighted rate with bounds that hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from holdbook.dates import Span, day_span
from holdbook.numerics.cash_flows import Rates, xirr
from holdbook.numerics.rate_bounds import Dated, rate_bounds
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.solved import solved
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_HOW = "solved: internal rate of return, act/365"
_YEAR = 365


class Flow(NamedTuple):
    """Money between an investor and an investment, on a day or somewhere in a period.

    Fields:
        day: when; of a period all days give the bounds, and there is no value.
        amount: how much, as it stands in the book: not below zero.
        paid: whether the investor paid it; else it was received (proceeds, a dividend) or is a value still held.
        said: the entry that says so; may be empty.
    """

    day: Span
    amount: Quantity
    paid: bool
    said: str = ""


class Return(NamedTuple):
    """A money-weighted rate of return.

    Fields:
        rate: a year's, with bounds; without a value where there is no single rate or a figure is unknown.
        roots: every rate that fits the figures as printed; several are no fault, but then none of them is the answer.
        conventional: whether, as printed, money is first only paid and then only received.
        why: why there is no value, or what was assumed; empty otherwise.
        period: of flows on known days within less than a year, the rate over those days, which is to be shown rather than a year's.
    """

    rate: Quantity
    roots: tuple[float, ...]
    conventional: bool
    why: str
    period: Quantity | None = None


class Multiples(NamedTuple):
    """Sums and multiples of flows; a multiple is None where nothing was paid.

    Fields:
        money_in: what was paid.
        money_out: what was received, without the value still held.
        dpi: money out over money in.
        rvpi: value still held over money in.
        tvpi: both over money in.
        moic: both over the capital invested in the asset itself, which may be less than what was paid in (fees).
        pic: money in over what was committed; None where no commitment is given.
    """

    money_in: Quantity | None
    money_out: Quantity | None
    dpi: Quantity | None
    rvpi: Quantity | None
    tvpi: Quantity | None
    moic: Quantity | None
    pic: Quantity | None


def payment(day: Span | date, amount: Quantity) -> Flow:
    """Money that the investor paid."""
    return Flow(day if isinstance(day, Span) else day_span(day), amount, paid=True)


def receipt(day: Span | date, amount: Quantity) -> Flow:
    """Money that the investor received, or a value still held on a day."""
    return Flow(day if isinstance(day, Span) else day_span(day), amount, paid=False)


def in_currency(view: View, flows: Iterable[Flow], currency: str) -> list[Flow]:
    """The flows in one currency, each at the rate of its own day or period; a rate of return is never converted itself."""
    return [flow._replace(amount=convert(view, flow.amount, currency, flow.day)) for flow in flows]


def money_in(flows: Iterable[Flow], name: str) -> Quantity | None:
    """What was paid in all; None if nothing was.

    Formula:  sum of flows paid
    """
    return _sum([flow.amount for flow in flows if flow.paid], name)


def money_out(flows: Iterable[Flow], name: str) -> Quantity | None:
    """What was received in all; None if nothing was.

    Formula:  sum of flows received
    """
    return _sum([flow.amount for flow in flows if not flow.paid], name)


def multiples(
    flows: Sequence[Flow], name: str, final: Flow | None = None, *, invested: Quantity | None = None, committed: Quantity | None = None
) -> Multiples:
    """How often the money came back; `final` is the value still held, not one of the flows.

    Without receipts nothing came back, and without `final` nothing is held: where it is not known, pass an unknown quantity.

    Formula:  dpi = out / in; rvpi = value / in; tvpi = (out + value) / in; moic = (out + value) / invested; pic = in / committed
    Says so:  GIPS 2020; moic is a deal's: without `invested` all that was paid counts as invested
    """
    came, went = money_out(flows, f"{name}.money_out"), money_in(flows, f"{name}.money_in")
    held = None if final is None else final.amount
    parts = [part for part in (came, held) if part is not None]
    every = add(parts) if parts else None if went is None else exact(0, went.unit)
    none = None if went is None else exact(0, went.unit)
    return Multiples(
        went,
        came,
        _ratio(came or none, went, f"{name}.dpi"),
        _ratio(held or none, went, f"{name}.rvpi"),
        _ratio(every, went, f"{name}.tvpi"),
        _ratio(every, invested or went, f"{name}.moic"),
        _ratio(went, committed, f"{name}.pic"),
    )


def money_weighted(flows: Sequence[Flow], name: str, final: Flow | None = None) -> Return:
    """The internal rate of return a year of flows of one currency, with a value still held as the last receipt.

    The bounds hold every rate that fits any amounts within their bounds, on any day of their periods, each for itself. They need
    no convention: at a given rate the worth of the flows is greatest and least at known ends of amounts and days, so a rate
    can fit where the one is not below zero and the other not above it. A total loss is -100%.

    Formula:  sum of amount / (1 + rate) ** ((day - first day) / 365) = 0
    Says so:  Microsoft, XIRR; several rates: Lorie and Savage (1955)
    """
    every = [*flows, final] if final is not None else list(flows)
    _one_currency(every)
    low, high = rate_bounds([_dated(flow) for flow in every])
    gap = _gap(every)
    found = Rates((), None, "", conventional=False, why=gap) if gap else xirr([flow.day.first for flow in every], _printed(every))
    value = found.single
    if low is None or (low == high and value is not None):  # exact flows, or a total loss
        low = high = value
    if low == -1 and high is None and value is None:
        low = None  # any rate at all fits: nothing is known
    rate = solved(name, [flow.amount for flow in every], value, low, high, how=_HOW)
    return Return(rate, found.roots, found.conventional, _why(found), _over_the_period(rate, every))


def _over_the_period(rate: Quantity, flows: Sequence[Flow]) -> Quantity | None:
    """The rate of all the days together.

    Formula:  (1 + rate) ** (days / 365) - 1
    Says so:  GIPS 2020, which annualises no return of less than a year
    """
    length = (max(flow.day.last for flow in flows) - min(flow.day.first for flow in flows)).days if flows else 0
    if rate.stated is None or not 0 < length < _YEAR or not all(flow.day.is_day for flow in flows):
        return None
    ends = (rate.stated.centre, rate.stated.core.low, rate.stated.core.high)
    value, low, high = (None if end is None else math.pow(1 + float(end), length / _YEAR) - 1 for end in ends)
    return solved(f"{rate.name}.period", [rate], value, low, high, how=f"solved: the rate over {length} days")


def _gap(flows: Sequence[Flow]) -> str:
    """What is not known well enough to give a value."""
    unknown = [flow.amount.title for flow in flows if point(flow.amount) is None]
    vague = [flow.amount.title for flow in flows if not flow.day.is_day]
    if unknown:
        return f"no value is known of {', '.join(dict.fromkeys(unknown))}"
    return f"only a period is known of {', '.join(dict.fromkeys(vague))}" if vague else ""


def _printed(flows: Sequence[Flow]) -> list[float]:
    return [float(point(flow.amount) or 0) * (-1 if flow.paid else 1) for flow in flows]


def _why(found: Rates) -> str:
    return f"{len(found.roots)} rates fit, and no rule says which is right" if len(found.roots) > 1 else found.why


def _dated(flow: Flow) -> Dated:
    interval = bounds(flow.amount).interval
    low, high = (None if end is None else float(end) for end in interval[:2])
    if flow.paid:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Dated(flow.day.first, flow.day.last, low, high)


def _one_currency(flows: Sequence[Flow]) -> None:
    units = {str(flow.amount.unit) for flow in flows}
    if len(units) > 1:
        raise ValueError(f"flows of one rate have one currency, not {', '.join(sorted(units))}: convert each at the rate of its day")


def _sum(amounts: list[Quantity], name: str) -> Quantity | None:
    return add(amounts).named(name) if amounts else None


def _ratio(above: Quantity | None, below: Quantity | None, name: str) -> Quantity | None:
    return None if above is None or below is None else (above / below).named(name)
