"""How the price of a share answered to an event: raw, against its market, against a model; as far as the book's prices go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from holdbook.measures.abnormal import Modelled, modelled
from holdbook.measures.aligned import Track, benchmarks, pairs_of, track
from holdbook.measures.release import told_on
from holdbook.model.event import Event
from holdbook.model.move import Move
from holdbook.model.relation import Relation
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.timeline.clock import DayZero, Listing, closes_between, day_zero, listings
from holdbook.timeline.closes import close_on
from holdbook.timeline.splits import split_days
from holdbook.timeline.view import View

NOTHING, NOT_YET, MOVE, RAW, ADJUSTED, MODEL = "nothing", "not traded yet", "stated move", "raw only", "market adjusted", "market model"
_NUMBERS = {2: "two", 3: "three", 4: "four"}


class Reaction(NamedTuple):
    """A share's answer to an event.

    Fields:
        listing, zero: where it is listed and which session there was the first to know; None where that is not known.
        tier: how far the prices go: `raw only`, `market adjusted`, `market model`, `two factors`; the market is the index of its own exchange.
        figures: by name, such as `raw_return`; `abnormal_return` is that of the tier.
        factors: the indices that were used, the market first.
        model: the fit behind the abnormal return, if there is one.
        needs: what the next tier would take.
    """

    asset: str
    listing: Listing | None
    zero: DayZero | None
    tier: str
    figures: dict[str, Quantity]
    factors: tuple[str, ...] = ()
    model: Modelled | None = None
    needs: str = ""


def reaction(view: View, event: Event, asset: str, name: str) -> Reaction:
    """The return of day 0 and what was abnormal in it; figures are named below `name`.

    Where the hour of the news is not known, day 0 is one of two sessions, and returns are summed over both.

    Formula:  abnormal return = R - a - sum_k b_k F_k;  market adjusted R - F_1;  raw R = close / close before - 1
    Says so:  Brown and Warner 1985; MacKinlay 1997.
    """
    day, place = told_on(view, event), next(iter(listings(view, asset)), None)
    if day is None or place is None:
        return Reaction(asset, place, None, NOTHING, {}, needs="the exchange on which it is listed")
    zero = day_zero(place.exchange, day, event.time)
    if zero is None:
        return Reaction(asset, place, None, NOTHING, {}, needs=f"the calendar of {place.exchange}")
    if zero.last > min(view.day, view.known_on):
        return Reaction(asset, place, zero, NOT_YET, {}, needs=f"the close of {zero.last}")
    share = track(view, asset)
    if share is None or _moves(share, (), zero) is None:
        return _from_the_book(view, Reaction(asset, place, zero, NOTHING, {}), name)
    return _from_prices(view, Reaction(asset, place, zero, RAW, {}), share, name)


def elsewhere(view: View, event: Event, asset: str) -> dict[str, DayZero]:
    """Day 0 on the other exchanges where a share is listed: each has its own clock."""
    day = told_on(view, event)
    zeros = {one.exchange: day_zero(one.exchange, day, event.time) for one in listings(view, asset)[1:]} if day is not None else {}
    return {exchange: zero for exchange, zero in zeros.items() if zero is not None}


def without_itself(view: View, found: Reaction, name: str) -> Quantity | None:
    """The return less that of its market, if the market did not hold the share itself; None where its weight is not known.

    Formula:  (R - F) / (1 - w),  as F = w R + (1 - w) F without it
    """
    ties = [tie for tie in view.counted(Relation) if tie.type == "member_of" and tie.from_ == found.asset and tie.to in found.factors[:1]]
    last = max(ties, key=lambda tie: tie.day.last if tie.day is not None else tie.learnt, default=None)
    less = found.figures.get("market_adjusted")
    if last is None or last.part is None or less is None:
        return None
    return (less / (exact(1) - last.part)).named(f"{name}.market_adjusted_without_itself", "if the market did not hold it")


def _places(share: Track, zero: DayZero) -> range:
    return range(share.place(zero.first), share.place(zero.last) + 1)


def _moves(share: Track, factors: Sequence[Track], zero: DayZero) -> list[tuple[Quantity, ...]] | None:
    """The returns of the share and of its factors on each session that may be day 0; None where a close is missing."""
    found: list[tuple[Quantity, ...]] = []
    for place in _places(share, zero):
        rows = pairs_of(share, factors, place)
        if rows is None:
            return None
        found.append(
            tuple(one.change(*pair) if pair[0] != pair[1] else exact(0) for one, pair in zip((share, *factors), rows, strict=True))
        )
    return found


def _from_prices(view: View, found: Reaction, share: Track, name: str) -> Reaction:
    """As far as the closes of the share and of its indices go."""
    assert found.zero is not None
    wanted = benchmarks(view, found.asset)
    tracks = [one for one in (track(view, index) for index in wanted) if one is not None and _moves(share, (one,), found.zero)]
    moves = _moves(share, tracks, found.zero)
    assert moves is not None
    figures = {"raw_return": _sum([day[0] for day in moves]).named(f"{name}.raw_return", "close over the close before, less one")}
    missing = [view.book.name_of(index) for index in wanted if index not in [one.asset for one in tracks]]
    if not tracks or tracks[0].asset != wanted[0]:
        need = f"closes of {' and '.join(missing)}" if missing else "an index entity that is the benchmark of it"
        return found._replace(figures=figures, needs=need)
    figures["market_return"] = _sum([day[1] for day in moves]).named(f"{name}.market_return", view.book.name_of(tracks[0].asset))
    figures["market_adjusted"] = _sum([day[0] - day[1] for day in moves]).named(f"{name}.market_adjusted", "return less that of the market")
    figures["abnormal_return"] = figures["market_adjusted"]
    found = found._replace(tier=ADJUSTED, figures=figures, factors=(tracks[0].asset,))
    return _from_models(found, share, tracks, moves, name, missing)


def _from_models(
    found: Reaction, share: Track, tracks: list[Track], moves: list[tuple[Quantity, ...]], name: str, missing: list[str]
) -> Reaction:
    """The same with one factor, then with all, as far as there are days to estimate from."""
    assert found.zero is not None
    need = f"closes of {' and '.join(missing)}" if missing else "" if len(tracks) > 1 else "a second benchmark"
    for count in dict.fromkeys((1, len(tracks))):
        tier = MODEL if count == 1 else f"{_NUMBERS.get(count, count)} factors"
        model = modelled(share, tracks[:count], _places(share, found.zero), moves, f"{name}.{tier.replace(' ', '_')}")
        if isinstance(model, str):
            return found._replace(needs=model)
        figures = found.figures | {tier.replace(" ", "_"): model.abnormal, "abnormal_return": model.abnormal}
        found = found._replace(tier=tier, figures=figures, factors=tuple(one.asset for one in tracks[:count]), model=model, needs=need)
    return found


def _from_the_book(view: View, found: Reaction, name: str) -> Reaction:
    """Without a price file: the closes that the book states for the days, else a move that it states."""
    assert found.listing is not None
    assert found.zero is not None
    figures: dict[str, Quantity] = {}
    days = _days(found.listing.exchange, found.zero)
    prices = [close_on(view, found.asset, day) for day in days]
    split = any(days[0] < day <= days[-1] for day in split_days(view, found.asset))
    known = [price for price in prices if price is not None]
    lacking = ", ".join(str(day) for day, price in zip(days, prices, strict=True) if price is None or split)
    market = next((view.book.name_of(index) for index in benchmarks(view, found.asset)), "an index that is its benchmark")
    need = f"closes of {view.book.name_of(found.asset)} on {lacking}" if lacking else f"closes of {market} and of days before"
    need += ": a price folder, --prices DIR"
    if len(known) == len(days) and not split:
        changes = [later / before - 1 for before, later in pairwise(known)]
        figures["raw_return"] = _sum(changes).named(f"{name}.raw_return", "close over the close before, less one")
        return found._replace(tier=RAW, figures=figures, needs=need)
    moves = stated_moves(view, found)
    if moves and moves[0].change is not None:
        figures["raw_return"] = moves[0].change.named(f"{name}.raw_return", "a move that is stated")
        return found._replace(tier=MOVE, figures=figures, needs=need)
    return found._replace(needs=need)


def _days(exchange: str, zero: DayZero) -> list[date]:
    """The session before day 0 and those that may be it."""
    closes = closes_between(exchange, zero.first - timedelta(days=14), zero.last) or {}
    return [*[day for day in closes if day < zero.first][-1:], *[day for day in closes if day >= zero.first]]


def stated_moves(view: View, found: Reaction) -> list[Move]:
    """Changes from close to close that the book states for a day that may be day 0."""
    if found.zero is None:
        return []
    return [
        move
        for move in view.actual(Move)
        if move.asset == found.asset and move.kind == "close" and move.day is not None and move.day.is_day
        and found.zero.first <= move.day.first <= found.zero.last
    ]  # fmt: skip


def _sum(parts: list[Quantity]) -> Quantity:
    return parts[0] if len(parts) == 1 else add(parts)
