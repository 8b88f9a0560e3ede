"""Does a trade say what its kind needs, and do the lots that a sale names exist?"""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.model.book import Book
from holdbook.model.trade import Trade
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import add
from holdbook.timeline.changes import changes_of

_NEEDS = {"transfer": ("to",), "spin_off": ("received",)}


def incomplete(book: Book) -> Iterator[Problem]:
    """Trades of a kind without what that kind cannot be without: a transfer to nobody, a dividend of nothing."""
    for trade in book.all(Trade):
        needs = _NEEDS.get(trade.side, ())
        if trade.side == "dividend" and trade.amount is None and trade.received is None:
            needs = ("amount",)
        for field in (name for name in needs if getattr(trade, name) is None):
            found = f"trades.{trade.id} is a {trade.side.replace('_', '-')} without {field!r}"
            way_out = f"add {field}, or another side"
            yield Problem("missing-field", trade.place, found, f"{field} must be there", way_out)


def named_lots(book: Book) -> Iterator[Problem]:
    """Sales that name lots which never came into that holding, or more shares of them than they sold."""
    for trade in book.all(Trade):
        for name in trade.lots or {}:
            lot = book.get(Trade, name)
            if lot is None:
                continue  # the reader has said so
            came = {change.asset for change in changes_of(lot, book.head.company) if change.incoming}
            parents = {one.asset for one in book.all(Trade) if one.side == "spin_off" and one.received == trade.asset}
            if not came & {trade.asset, *parents}:
                found = f"trades.{trade.id} takes from {name}, which brought no shares of {trade.asset}"
                sides = (Side(lot.place, f"trades.{name}, {lot.side} of {lot.asset}"),)
                yield Problem("identity", trade.place, found, f"a purchase of {trade.asset}", "name another purchase", sides=sides)
        yield from _too_many(trade)


def _too_many(trade: Trade) -> Iterator[Problem]:
    if not trade.lots or trade.shares is None:
        return
    named, sold = bounds(add(list(trade.lots.values()))).interval, bounds(trade.shares).interval
    if named.low is not None and sold.high is not None and named.low > sold.high:
        sides = (Side(trade.shares.origin.place, trade.shares.origin.words),)
        found = f"the lots of trades.{trade.id} come to {float(named.low):,.0f} shares"
        yield Problem("identity", trade.place, found, "no more than the sale's own shares", "correct one of the two", sides=sides)
