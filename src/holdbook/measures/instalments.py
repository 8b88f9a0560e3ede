"""The instalments of a promise: what is paid and unpaid, the own part and the whole, what others take; and who sells what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from holdbook.model.commitment import Commitment, Tranche
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact


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


def unpaid_part(promise: Commitment) -> Quantity | None:
    """What is still to pay of a promise: its whole amount less what was paid, else its instalments that are not paid.

    Formula:  amount - paid
    """
    if promise.amount is not None:
        rest = promise.amount if promise.paid is None else promise.amount - promise.paid
        return rest.named(f"{promise.id}.unpaid")
    parts = [one.own for one in _tranches(promise) if one.paid is None and one.own is not None]
    return add(parts).named(f"{promise.id}.unpaid") if parts else None


def unfunded_ratio(promise: Commitment) -> Quantity | None:
    """What is not paid of a promise.

    Formula:  unpaid / amount
    """
    rest = unpaid_part(promise)
    whole = promise.amount if promise.amount is not None else _sum(one.own for one in _tranches(promise))
    return None if rest is None or whole is None else (rest / whole).named(f"{promise.id}.unfunded_ratio")


def whole_of(promise: Commitment) -> Whole | None:
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
        _sum(one.gross if one.gross is not None else one.own for one in _tranches(promise) if one.paid is not None),
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


def _tranches(promise: Commitment) -> list[Tranche]:
    return list((promise.tranches or {}).values())


def _sum(amounts: Iterable[Quantity | None]) -> Quantity | None:
    known = [one for one in amounts if one is not None]
    return add(known) if known else None
