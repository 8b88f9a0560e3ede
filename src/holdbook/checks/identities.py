"""Do the figures of one entry fit together, and is no more sold or owned than there is?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from holdbook.checks.compare import agree
from holdbook.model.book import Book
from holdbook.model.relation import Relation
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add
from holdbook.timeline.positions import position
from holdbook.timeline.view import View


def price_times_shares(book: Book) -> Iterator[Problem]:
    """Trades whose price and number of shares do not come to their amount."""
    for trade in book.all(Trade):
        if trade.price is None or trade.shares is None or trade.amount is None or trade.known_difference:
            continue
        product = trade.shares * trade.price
        if product.unit is trade.amount.unit and agree(product, trade.amount) == "inconsistent":
            sides = tuple(Side(leaf.origin.place, leaf.origin.words) for leaf in (trade.shares, trade.price))
            yield Problem(
                "identity",
                trade.amount.origin.place,
                f"{trade.amount.origin.words} for trades.{trade.id}",
                "price times shares",
                "correct one of the three, or say why in known_difference",
                sides=sides,
            )


def oversold(book: Book) -> Iterator[Problem]:
    """Sales after which less than nothing is left, by all that the book says."""
    for trade in book.all(Trade):
        if trade.side != "sell" or trade.day is None or trade.restates or trade.within or trade.status not in (None, "done"):
            continue
        held = position(View(book, trade.day.last, date.max), trade.asset, trade.holder)
        left = bounds(held.shares).interval
        if left.high is not None and left.high < 0:
            sides = (Side(held.stake.place, f"stakes.{held.stake.id}"),) if held.stake is not None else ()
            yield Problem(
                "oversold",
                trade.place,
                f"trades.{trade.id} leaves {float(left.high):,.0f} shares of {trade.asset} at most",
                "no less than nothing",
                "add the missing purchase or stake, or correct the number",
                sides=sides,
            )


def ownership(book: Book) -> Iterator[Problem]:
    """Edges from an entity to itself, and entities of which more than all is owned on one day."""
    for relation in book.all(Relation):
        if relation.from_ == relation.to:
            yield Problem(
                "ownership", relation.place, f"relations.{relation.id} runs from {relation.to} to itself", "two entities", "correct one end"
            )
    owned: dict[tuple[str, str], list[tuple[Quantity, Stake]]] = defaultdict(list)
    for stake in book.all(Stake):
        if stake.part is not None and stake.day is not None and stake.restates is None and stake.basis is None:
            owned[stake.asset, str(stake.day[:2])].append((stake.part, stake))
    for (asset, _), parts in owned.items():
        low = bounds(add([part for part, _ in parts])).interval.low
        if low is not None and low > 1:
            first = parts[0][1]
            yield Problem(
                "ownership",
                first.place,
                f"{float(low):.1%} of {asset} at least is owned",
                "at most 100%",
                "correct a part",
                sides=tuple(Side(s.place, f"stakes.{s.id} {p.origin.words}") for p, s in parts),
            )
