"""What others reckon that a sale cost: each figure beside the book's own of the same day, and the price that it would need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from holdbook.checks.compare import Verdict, agree
from holdbook.measures.instead import closes
from holdbook.measures.kept import Kept, kept
from holdbook.model.claim import Claim
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View

FORGONE, VALUE = "forgone gain", "kept value"
_NEAR = timedelta(days=7)


class Estimate(NamedTuple):
    """One estimate and the book's own figure.

    Fields:
        claim: who reckons, and what; its `period` is the day for which it is meant.
        day: that day, if it was said.
        own: the book's figure of the same kind for that day, by shares; for the view's day where none was said.
        by_part: the same by the part of the company.
        verdict: whether the estimate and either of them can be the same.
        price: what a share, of the view's day, would have to cost for the estimate to hold by shares.
        fits: the first and the last of the book's closes that such a price meets.
    """

    claim: Claim
    day: date | None
    own: Quantity | None
    by_part: Quantity | None
    verdict: Verdict
    price: Quantity | None
    fits: tuple[date, date] | None


def estimates(view: View, sale: Kept) -> Iterator[Estimate]:
    """The claims about what a sale cost: those whose subject is the sale and whose measure is `forgone gain` or `kept value`."""
    told = [claim for claim in view.facts(Claim) if claim.subject == sale.trade.id and claim.measure in (FORGONE, VALUE)]
    for claim in sorted(told, key=lambda claim: (claim.period is None, claim.period or view.span, claim.id)):
        if claim.says is not None and claim.about is None:
            yield _estimate(view, sale, claim)


def _estimate(view: View, sale: Kept, claim: Claim) -> Estimate:
    assert claim.says is not None
    day = claim.period.last if claim.period is not None else None
    then = sale if day is None else _then(view, sale.trade, day)
    own = None if then is None else _of_kind(claim, then.forgone, then.value)
    by_part = None if then is None else _of_kind(claim, then.forgone_by_part, then.value_by_part)
    price = _price(sale, claim)
    return Estimate(claim, day, own, by_part, _verdict(claim.says, own, by_part), price, _fits(view, sale.trade, price))


def _then(view: View, trade: Trade, day: date) -> Kept | None:
    """The sale undone on another day, if the book has a price of that day or of the week before it."""
    found = kept(view.on(day), trade)
    near = found.mark is not None and found.mark.day is not None and day - found.mark.day.last <= _NEAR
    return found if near else None


def _of_kind(claim: Claim, forgone: Quantity | None, value: Quantity | None) -> Quantity | None:
    return forgone if claim.measure == FORGONE else value


def _verdict(says: Quantity, own: Quantity | None, by_part: Quantity | None) -> Verdict:
    found = [agree(says, figure) for figure in (own, by_part) if figure is not None and figure.unit is says.unit]
    order: tuple[Verdict, ...] = ("consistent", "ambiguous", "inconsistent", "not checkable")
    return next((verdict for verdict in order if verdict in found), "not checkable")


def _price(sale: Kept, claim: Claim) -> Quantity | None:
    """The price at which the kept shares come to the estimate.

    Formula:  (forgone gain + proceeds) / shares, or kept value / shares
    """
    if sale.shares is None or sale.proceeds is None or claim.says is None or claim.says.unit is not sale.proceeds.unit:
        return None
    value = claim.says + sale.proceeds if claim.measure == FORGONE else claim.says
    return (value / sale.shares).named(f"{claim.id}.price")


def _fits(view: View, trade: Trade, price: Quantity | None) -> tuple[date, date] | None:
    """The first and the last close after the sale that an implied price meets."""
    assert trade.day is not None
    if price is None:
        return None
    wanted = bounds(price).interval
    days = [day for day, close in closes(view, trade.asset) if day > trade.day.last and bounds(close).interval.meets(wanted)]
    return (days[0], days[-1]) if days else None
