"""The instalments of a promise: what is paid and unpaid and when, the own part and the whole, what others take; and who sells what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from holdbook.dates import Span
from holdbook.model.commitment import Commitment, Tranche
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact, unknown, within
from holdbook.quantity.unit import NUMBER


class Whole(NamedTuple):
    """The whole of a promise of which others take a part: paid, and in all by two readings of what is not said."""

    paid: Quantity | None
    syndicated: Quantity | None
    if_none_syndicated: Quantity | None
    if_syndicated_alike: Quantity | None


class Sale(NamedTuple):
    """What a seller gets of a price; `assumed` says that it is what the named ones leave."""

    seller: str | None
    part: Quantity
    price: Quantity
    assumed: bool


def tranches(promise: Commitment) -> dict[str, Tranche]:
    """The instalments by their names, each with its own part: as stated, else the whole less what others take, which may be none or all.

    Of an instalment without a figure, in a promise without an amount, the own part is unknown, in the currency of the other ones.

    Formula:  own = gross - syndicated
    """
    return {
        name: one if one.own is not None else msgspec.structs.replace(one, own=_own(promise, name, one))
        for name, one in (promise.tranches or {}).items()
    }


def promised_amount(promise: Commitment) -> Quantity | None:
    """The whole of a promise: its amount, else the sum of its instalments.

    Formula:  amount; or sum of own parts
    """
    if promise.amount is not None:
        return promise.amount
    whole = _sum(one.own for one in _tranches(promise))
    return None if whole is None else whole.named(f"{promise.id}.promised")


def paid_part(promise: Commitment, day: date | None = None) -> Quantity | None:
    """What was paid of a promise by a day: its instalments that were, else what it says was paid in all; without a day all that is known.

    Formula:  sum of instalments paid
    """
    parts = [one.own for one in _tranches(promise) if one.own is not None and is_paid(one, day)]
    return add(parts).named(f"{promise.id}.paid") if parts else None if _all_dated(promise) else promise.paid


def unpaid_part(promise: Commitment, day: date | None = None) -> Quantity | None:
    """What is still to pay of a promise on a day: its whole amount less what was paid, else its instalments that are not paid.

    Formula:  amount - paid
    """
    if promise.amount is not None:
        paid = paid_part(promise, day)
        rest = promise.amount if paid is None else promise.amount - paid
        return rest.named(f"{promise.id}.unpaid")
    parts = [one.own for one in _tranches(promise) if one.own is not None and not is_paid(one, day)]
    return add(parts).named(f"{promise.id}.unpaid") if parts else None


def is_paid(tranche: Tranche, day: date | None = None) -> bool:
    """Whether an instalment was paid by a day; without a day whether it was at all."""
    return tranche.paid is not None and (day is None or tranche.paid.first <= day)


def when_due(promise: Commitment, day: date) -> Span | None:
    """When the rest of a promise is to be paid: its closing, else from the first to the last of the instalments not paid by a day."""
    if promise.closing is not None:
        return promise.closing
    days = [one.day for one in _tranches(promise) if one.day is not None and not is_paid(one, day)]
    if not days:
        return None
    first, last = min(one.first for one in days), max(one.last for one in days)
    return Span(first, last, str(days[0]) if len(days) == 1 else "")


def open_instalments(promise: Commitment, day: date) -> Iterator[tuple[str, Quantity, Span | None]]:
    """What is still to pay of a promise, each instalment by its name on its day; without a name where they do not make up the whole.

    They do not where one has no amount or no day, or where a condition has changed the whole.
    """
    rest = unpaid_part(promise, day)
    if rest is None:
        return
    left = [(name, one) for name, one in tranches(promise).items() if not is_paid(one, day)]
    known = [(name, one.own, one.day) for name, one in left if one.own is not None and one.day is not None]
    whole = add([own for _, own, _ in known]) if len(known) == len(left) > 1 and promise.closing is None else None
    if whole is not None and whole.unit is rest.unit and bounds(whole).interval == bounds(rest).interval:
        yield from known
    else:
        yield "", rest, when_due(promise, day)


def unfunded_ratio(promise: Commitment, day: date | None = None) -> Quantity | None:
    """What is not paid of a promise on a day.

    Formula:  unpaid / amount; of instalments 1 - paid / their sum
    """
    rest = unpaid_part(promise, day)
    whole = promised_amount(promise)
    if promise.amount is None and whole is not None and (paid := paid_part(promise, day)) is not None:
        return None if rest is None else (exact(1) - paid / whole).named(f"{promise.id}.unfunded_ratio")
    return None if rest is None or whole is None else (rest / whole).named(f"{promise.id}.unfunded_ratio")


def whole_of(promise: Commitment, day: date | None = None) -> Whole | None:
    """The whole of a promise, where an instalment says more than the own part.

    Formula:  gross, else own; or own * gross / own of those that say both
    """
    said = [one for one in _tranches(promise) if one.gross is not None and one.own is not None]
    if not said:
        return None
    gross, own = _sum(one.gross for one in said), _sum(one.own for one in said)
    rest = _sum(one.own for one in _tranches(promise) if one.gross is None)
    assert gross is not None
    assert own is not None
    return Whole(
        _sum(one.gross if one.gross is not None else one.own for one in _tranches(promise) if is_paid(one, day)),
        _sum(one.syndicated for one in _tranches(promise)),
        gross if rest is None else (gross + rest).named("if the rest has no syndicate"),
        gross if rest is None else (gross + rest * gross / own).named("if the rest is syndicated alike"),
    )


def sales(promise: Commitment) -> list[Sale]:
    """What each seller gets of a price, at one price for each percent; what the named ones surely leave is somebody's.

    Formula:  amount * part
    """
    if not promise.sellers or promise.amount is None:
        return []
    price = promise.amount
    found = [Sale(name, part, (price * part).named(f"price to {name}"), assumed=False) for name, part in promise.sellers.items()]
    if (bounds(add(promise.sellers.values())).interval.high or 0) >= 1:
        return found
    rest = (exact(1) - add(promise.sellers.values())).named("part of sellers not named")
    return [*found, Sale(None, rest, (price * rest).named("price to sellers not named"), assumed=True)]


def _all_dated(promise: Commitment) -> bool:
    """Whether each instalment says when it was paid, so that what is paid in all is only their sum."""
    return bool(promise.tranches) and all(one.paid is not None for one in _tranches(promise))


def _tranches(promise: Commitment) -> list[Tranche]:
    return list(tranches(promise).values())


def _own(promise: Commitment, name: str, one: Tranche) -> Quantity | None:
    said = f"own part of {promise.id}.{name}"
    if one.gross is not None:
        left = (
            one.syndicated
            if one.syndicated is not None
            else within(0, 1, NUMBER, key=f"part of {promise.id}.{name} that others take") * one.gross
        )
        return (one.gross - left).named(said)
    alike = next((each for other in (promise.tranches or {}).values() for each in (other.own, other.gross) if each is not None), None)
    return None if alike is None or promise.amount is not None else unknown(said, alike.unit, floor=0)


def _sum(amounts: Iterable[Quantity | None]) -> Quantity | None:
    known = [one for one in amounts if one is not None]
    return add(known) if known else None
