"""A line of a plan of sources and uses: money that came, is arranged or is hoped for; money that must go out."""

from __future__ import annotations

from typing import Literal, NamedTuple

from holdbook.dates import Span
from holdbook.model.rate import Rate
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.rates import convert, implied
from holdbook.timeline.view import View

Standing = Literal["realised", "arranged", "hoped", "due", "called", "promised"]


class Line(NamedTuple):
    """One source or use.

    Fields:
        name: the id of the entry, with the part of it after a point.
        what: it, in words.
        kind: cash, disposal, new debt, undrawn line; or commitment, redemption.
        stated: the amount as it stands.
        amount: the same in the currency of the plan.
        standing: realised, arranged or hoped for a source; promised, called or due for a use.
        day: when.
        spent: of a source, whether it may have paid for something already.
    """

    name: str
    what: str
    kind: str
    stated: Quantity
    amount: Quantity
    standing: Standing
    day: Span | None = None
    spent: bool = False

    @property
    def entry(self) -> str:
        """The id of the entry, without the part of it."""
        return self.name.partition(".")[0]

    @property
    def has_figure(self) -> bool:
        """Whether anything at all is known of its amount."""
        return known(self.amount) != "no"


def total(lines: list[Line], currency: str, name: str) -> Quantity:
    """The sum of the lines that have a figure; of none it is exactly nothing.

    Formula:  sum of amounts
    """
    amounts = [line.amount for line in lines if line.has_figure]
    return add(amounts or [exact(0, UNIT(currency), "no line")]).named(name)


def planned(view: View, amount: Quantity, currency: str, when: Span | None, rate: str | None = None) -> Quantity:
    """An amount in the currency of the plan: at the rate that its source used, else at the rate of its day, and no later than the view's."""
    fact = next((one for one in view.facts(Rate) if one.id == rate), None)
    at = implied(fact) if fact is not None else None
    base = amount.unit.currency
    if at is None or base is None or base == currency:
        past = when is not None and when.last <= view.day
        return convert(view, amount, currency, when if past else view.span)
    if at.unit is UNIT(f"{currency}/{base}"):
        return (amount * at).named(f"{amount.title} in {currency}")
    if at.unit is UNIT(f"{base}/{currency}"):
        return (amount / at).named(f"{amount.title} in {currency}")
    return convert(view, amount, currency, when)
