"""A promise at a fixed price on a value that moves: what it gains or loses before it closes, and what that does to the cost."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.dates import Span
from holdbook.measures.booked import booked
from holdbook.measures.instalments import paid_part, unpaid_part
from holdbook.model.commitment import Commitment
from holdbook.model.mark import Mark
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, exact
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

_OPINIONS = ("threshold", "target", "multiple", "carrying", "peak")


class Forward(NamedTuple):
    """What is left of a promise at the value at which it was agreed.

    Fields:
        in_scope: whether it is a derivative; not where it will be a business combination (IFRS 9, 2.1(f)).
        own: what is left to pay: the cash cost, whatever it gains.
        basis: the value of the whole at which it was agreed; after the money of the round, where the book has that.
        mark, marked: the last value of the whole that was known, and of when.
        value: what the promise is worth, recognised before it closes; unknown without a value of the whole.
        recognised: what was already booked on it, in the currency of the promise.
        still: the value less what was booked: what a later closing adds to net asset value.
        carrying: the initial carrying amount of what is bought: the cash with the value, so that the gain is counted once.
        implied_mark: the value of the whole that would bear out what was booked.
    """

    promise: Commitment
    in_scope: bool
    own: Quantity
    basis: Quantity
    mark: Quantity | None
    marked: Span | None
    value: Quantity | None
    recognised: Quantity | None
    still: Quantity | None
    carrying: Quantity | None
    implied_mark: Quantity | None


def forward(view: View, promise: Commitment) -> Forward | None:
    """The value of a promise at a fixed price, or None where nobody says at which value it was agreed, or nothing is left of it.

    Formula:  value = own * (mark / basis - 1); carrying = own + value; still = value - recognised
    Says so:  IFRS 9 for the derivative; the carrying amount of it becomes a part of the initial cost
    """
    own, basis = unpaid_part(promise, view.day), basis_of(view, promise)
    if own is None or basis is None or bounds(own).interval.high == 0:
        return None
    latest = _latest(view, promise, basis)
    mark = None if latest is None or latest.value is None else convert(view, latest.value, basis.unit.currency or view.currency)
    value = None if mark is None else gain(own, mark, basis)
    known = booked(view, promise.to, "derivative_gain", str(own.unit))
    taken = None if known is None else known.amount
    return Forward(
        promise, in_scope(promise), own, basis, mark, None if latest is None else latest.day, value, taken,
        None if value is None or taken is None else (value - taken).named("still to be recognised"),
        None if value is None else (own + value).named("initial carrying amount"),
        None if taken is None else implied_mark(basis, own, taken),
    )  # fmt: skip


def in_scope(promise: Commitment) -> bool:
    """Whether the promise is a derivative until it closes: not where it will be a business combination, as most purchases are."""
    combination = promise.combination if promise.combination is not None else promise.kind == "purchase"
    return not combination


def gain(own: Quantity, mark: Quantity, basis: Quantity) -> Quantity:
    """What an amount gains when the whole goes from one value to another.

    Formula:  own * (mark / basis - 1)
    """
    return (own * (mark / basis - exact(1))).named("value of the promise")


def implied_mark(basis: Quantity, own: Quantity, taken: Quantity) -> Quantity:
    """The value of the whole at which an amount has gained what was booked.

    Formula:  basis * (1 + booked / own)
    """
    return (basis * (exact(1) + taken / own)).named("implied value of the whole")


def forecast(view: View, promise: Commitment) -> Mark | None:
    """A value of the whole that is expected of a later day; the nearest, where there are several."""
    found = [
        one
        for one in view.counted(Mark)
        if one.asset == promise.to and one.value is not None and one.of == "whole" and one.status == "planned"
        and one.day is not None and one.day.first > view.day
    ]  # fmt: skip
    return min(found, key=lambda one: (one.day or view.span, one.id), default=None)


def basis_of(view: View, promise: Commitment) -> Quantity | None:
    """The value of the whole at which a promise was agreed, after the money of its round where the book has both of one day.

    So it is like for like with later values.
    """
    before = promise.price_basis
    if before is None:
        return None
    marks = [one for one in view.actual(Mark) if one.asset == promise.to and one.value is not None and one.day is not None]
    days = [one.day for one in marks if one.kind == "pre_money" and one.value is not None and _meets(one.value, before)]
    after = [one.value for one in marks if one.kind == "post_money" and one.day in days]
    return after[0] if after else before


class Gains(NamedTuple):
    """What was booked on the shares paid for and on the promise, and which value of the whole bears it out.

    Fields:
        shares, rest: as stated.
        both: the two together.
        printed: what is printed of them together, rounded.
        on_shares, on_rest, on_all: the value of the whole that each implies.
        expected, expected_on_paid: what a forecast of the value would bring on all of it, and on what is paid.
    """

    shares: Quantity
    rest: Quantity
    both: Quantity
    printed: Quantity | None
    on_shares: Quantity
    on_rest: Quantity
    on_all: Quantity
    expected: Quantity | None
    expected_on_paid: Quantity | None


def gains(view: View, promise: Commitment) -> Gains | None:
    """The gains booked on a promise that is partly paid, against the value at which it was agreed; None where one of the figures is missing.

    Formula:  basis * (1 + booked / own), of the paid part, the rest and all; amount * (forecast / basis - 1)
    """
    basis, left, whole = basis_of(view, promise), unpaid_part(promise, view.day), promise.amount
    paid = paid_part(promise, view.day)
    if basis is None or left is None or whole is None or paid is None:
        return None
    currency = str(whole.unit)
    shares, rest = (booked(view, promise.to, measure, currency) for measure in ("unrealised_gain", "derivative_gain"))
    if shares is None or rest is None or shares.stated.unit is not rest.stated.unit or shares.result.day != rest.result.day:
        return None
    whole_gain = booked(view, promise.to, "gain", currency)
    printed = None if whole_gain is None or whole_gain.result.day != rest.result.day else whole_gain.stated
    expected = forecast(view, promise)
    value = None if expected is None else expected.value
    return Gains(
        shares.stated, rest.stated, (shares.stated + rest.stated).named("gain booked"), printed,
        implied_mark(basis, paid, shares.amount), implied_mark(basis, left, rest.amount), implied_mark(basis, whole, shares.amount + rest.amount),
        None if value is None else gain(whole, value, basis), None if value is None else gain(paid, value, basis),
    )  # fmt: skip


def _meets(one: Quantity, other: Quantity) -> bool:
    return one.unit is other.unit and bounds(one).interval.meets(bounds(other).interval)


def _latest(view: View, promise: Commitment, basis: Quantity) -> Mark | None:
    """The last value of the whole that was known and so, and that is not the one at which the promise was agreed."""
    found = [
        one
        for one in view.actual(Mark)
        if one.asset == promise.to and one.value is not None and one.kind not in _OPINIONS
        and one.day is not None and one.day.first <= view.day and (one.of == "whole" or one.kind in ("pre_money", "post_money"))
        and not _is_basis(promise, one, basis)
    ]  # fmt: skip
    return max(found, key=lambda one: (one.day.last if one.day else view.day, one.kind == "post_money", one.id), default=None)


def _is_basis(promise: Commitment, mark: Mark, basis: Quantity) -> bool:
    """Whether a value is that of the agreement: the same figure, and not surely of a later day."""
    later = promise.agreed is not None and mark.day is not None and mark.day.first > promise.agreed.last
    same = [one for one in (basis, promise.price_basis) if one is not None and mark.value is not None and _meets(mark.value, one)]
    return bool(same) and not later
