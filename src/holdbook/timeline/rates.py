"""Exchange rates: the book's own for the day, else the central bank's history; each says which it is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from holdbook.dates import Span, day_span
from holdbook.model.rate import Rate
from holdbook.model.source import Source
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import Quantity, exact, leaf, unknown
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT
from holdbook.timeline.reference import NoRateError, euro_rate
from holdbook.timeline.shocks import rate_factor
from holdbook.timeline.view import View

_BANK = "European Central Bank, euro reference rates"
_SATURDAY = 5
_PREFERRED = ("issuer", "regulator", "central bank")


def rate(view: View, base: str, counter: str, when: Span | date | None = None) -> Quantity:
    """How much of `counter` is paid for one unit of `base` on a day, or over a period.

    For a day: the book's own spot rate of that day, the company's before others'; else the central bank's. For a period, on a
    day of which nobody knows: the mean of the daily rates, between the lowest and the highest. Unknown where neither has it.
    """
    span = when if isinstance(when, Span) else day_span(when or view.day)
    found = _stated(view, base, counter, span) or _stated_inverse(view, base, counter, span)
    return found or _moved(view, base, counter, span)


def convert(view: View, amount: Quantity, currency: str, when: Span | date | None = None, at: Quantity | None = None) -> Quantity:
    """An amount, or a price, in another currency, at the rate of a day or a period; the original stays in the derivation."""
    base = amount.unit.currency
    if base is None or base == currency:
        return amount
    return (amount * (at or rate(view, base, currency, when))).named(f"{amount.title} in {currency}")


def implied(fact: Rate) -> Quantity | None:
    """The rate that an entry states, or that two amounts which it gives as equal imply."""
    if fact.rate is not None:
        return fact.rate
    if fact.of is not None and len(fact.of) == 2:
        return (fact.of[0] / fact.of[1]).named(f"rates.{fact.id}.rate", "implied by two amounts")
    return None


def rivals(view: View, key: str) -> list[Rate]:
    """Other rates that the book has for the pair and day of the rate with that key: an issuer and a central bank differ."""
    used = view.book.get(Rate, key.split(".")[1]) if key.startswith("rates.") else None
    if used is None or used.day is None:
        return []
    return [
        one
        for one in view.facts(Rate)
        if one.id != used.id and one.pair == used.pair and one.day is not None and one.day[:2] == used.day[:2]
    ]


def _stated(view: View, base: str, counter: str, span: Span) -> Quantity | None:
    wanted = UNIT(f"{counter}/{base}")
    found = []
    for fact in view.facts(Rate):
        value = implied(fact)
        if value is not None and value.unit is wanted and fact.day is not None and fact.day[:2] == span[:2] and _fits(fact, span):
            found.append((_rank(view, fact), value))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _fits(fact: Rate, span: Span) -> bool:
    return fact.kind == ("spot" if span.is_day else "average")


def _rank(view: View, fact: Rate) -> int:
    source = view.book.get(Source, (fact.source or "").split(" ")[0])
    kind = source.kind if source is not None and source.kind is not None else ""
    return _PREFERRED.index(kind) if kind in _PREFERRED else len(_PREFERRED)


def _stated_inverse(view: View, base: str, counter: str, span: Span) -> Quantity | None:
    found = _stated(view, counter, base, span)
    return None if found is None else exact(1) / found


def _moved(view: View, base: str, counter: str, span: Span) -> Quantity:
    """The central bank's rate, as the shocks of a scenario leave it."""
    found, factor = _historic(view, base, counter, span), rate_factor(view.book, base, counter, span.first)
    return found if factor is None else (found * factor).named(found.title, "moved by the scenario")


def _historic(view: View, base: str, counter: str, span: Span) -> Quantity:
    key = f"{counter} per {base} {'on' if span.is_day else 'in'} {span}"
    unit = UNIT(f"{counter}/{base}")
    if span.last > view.known_on:
        return unknown(key, unit, floor=0)
    try:
        if span.is_day:
            value, day = _cross(base, counter, span.first)
            return leaf(Stated(Interval.point(value), Interval.point(value), value, unit), key=key, origin=_origin("spot", day))
        return _average(base, counter, span, key)
    except NoRateError:
        return unknown(key, unit, floor=0)


def _cross(base: str, counter: str, day: date) -> tuple[Fraction, date]:
    above, published = euro_rate(counter, day)
    below, other = euro_rate(base, day)
    return above / below, min(published, other)


def _average(base: str, counter: str, span: Span, key: str) -> Quantity:
    days = [span.first + timedelta(days=offset) for offset in range(span.days)]
    values = [_cross(base, counter, day)[0] for day in days if day.weekday() < _SATURDAY] or [_cross(base, counter, span.last)[0]]
    mean = sum(values, Fraction(0)) / len(values)
    core = Interval(min(values), max(values))
    return leaf(Stated(core, core, mean, UNIT(f"{counter}/{base}")), key=key, origin=_origin("average", span))


def _origin(kind: str, day: date | Span) -> Origin:
    return Origin(Place("reference rates"), _BANK, "", str(day), str(day), f"{kind} rate")
