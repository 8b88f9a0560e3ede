"""Do the figures of one entry fit together, and is no more sold than there is?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from holdbook.checks.compare import agree
from holdbook.model.book import Book
from holdbook.model.event import Event
from holdbook.model.ledger import ONE
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import Place
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
    """Sales after which less than nothing is left, by all that the book says. One pass over each holder's stakes and trades."""
    events: dict[tuple[str, str], list[Stake | Trade]] = defaultdict(list)
    told: list[Stake | Trade] = [*book.all(Stake), *book.all(Trade)]
    corrected = {(fact.noun, fact.supersedes) for fact in told}
    for fact in told:
        if (fact.noun, fact.id) in corrected:
            continue
        whole = fact.restates is None and fact.day is not None and fact.status in (None, "done")
        if whole and not (isinstance(fact, Trade) and fact.within) and not (isinstance(fact, Stake) and fact.shares is None):
            events[fact.holder or book.head.company, fact.asset].append(fact)
    yield from _oversold_ledgers(book)
    for (_, asset), facts in events.items():
        yield from _oversold(book, asset, sorted(facts, key=lambda fact: (fact.day.last, isinstance(fact, Trade))))  # type: ignore[union-attr]


def _oversold_ledgers(book: Book) -> Iterator[Problem]:
    """Rows of ledgers after which less than nothing is left, where the book says what was there before the first of them."""
    for ledger in book.ledgers:
        for (holder, asset), rows in ledger.by_holding.items():
            first = ledger.days[rows[0]].first
            before = position(View(book, first - timedelta(days=1), date.max), asset, holder or None).shares
            most = bounds(before).interval.high
            trades = [t for t in book.all(Trade) if t.asset == asset and (t.holder or book.head.company) == (holder or book.head.company)]
            later = any(s.asset == asset and s.day is not None and s.day.last >= first and s.binds != "day" for s in book.all(Stake))
            if most is None or trades or later or _splits(book, asset) or most.denominator != 1:
                continue
            left = int(most) * ONE
            for row in rows:
                left += (-1 if ledger.sells[row] else 1) * ledger.shares[row] + ledger.share_steps[row]
                if left < 0:
                    found = f"row {ledger.ids[row]} leaves at most {left / ONE:,.0f} shares of {asset}"
                    yield Problem(
                        "oversold",
                        Place(ledger.file, ledger.lines[row], 1),
                        found,
                        "no less than nothing",
                        "add the missing purchase, or correct the number",
                    )
                    break


def _oversold(book: Book, asset: str, facts: list[Stake | Trade]) -> Iterator[Problem]:
    most: Fraction | None = None
    rests_on: Stake | Trade | None = None
    splits = _splits(book, asset)
    for fact in facts:
        while splits and fact.day is not None and splits[0][0] <= fact.day.last:
            most = None if most is None else most * splits[0][1]
            splits.pop(0)
        if isinstance(fact, Stake):
            if fact.binds != "day" and fact.shares is not None:
                most, rests_on = bounds(fact.shares).interval.high, fact
            continue
        if fact.remaining is not None:
            most, rests_on = bounds(fact.remaining).interval.high, fact
            continue
        if most is not None:
            most = _after(most, fact)
        if most is not None and most < 0:
            sides = (Side(rests_on.place, f"{rests_on.noun}.{rests_on.id}"),) if rests_on is not None else ()
            found = f"trades.{fact.id} leaves at most {float(most):,.0f} shares of {asset}"
            yield Problem(
                "oversold",
                fact.place,
                found,
                "no less than nothing",
                "add the missing purchase or stake, or correct the number",
                sides=sides,
            )
            most = None


def _splits(book: Book, asset: str) -> list[tuple[date, Fraction]]:
    """The days and the largest factors of the splits of an asset, in order."""
    events = [event for event in book.all(Event) if event.kind == "split" and event.entity == asset]
    return sorted(
        (e.day.first, bounds(e.factor).interval.high or Fraction(1)) for e in events if e.day is not None and e.factor is not None
    )


def _after(most: Fraction, trade: Trade) -> Fraction | None:
    """The most that can be held after a trade."""
    if trade.shares is None:
        return most if trade.side == "sell" else None
    core = bounds(trade.shares).interval
    if trade.side == "buy":
        return None if core.high is None else most + core.high
    return most - (core.low or 0)
