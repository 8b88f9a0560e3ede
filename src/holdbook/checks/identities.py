"""Do the figures of one entry fit together, and is no more sold than there is?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TypeVar

from holdbook.checks.compare import agree
from holdbook.model.book import Book
from holdbook.model.event import Event
from holdbook.model.fact import Fact
from holdbook.model.ledger import ONE, Ledger
from holdbook.model.relation import Relation
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.problems import Problem, Side
from holdbook.quantity.bounds import bounds
from holdbook.quantity.origin import Place
from holdbook.timeline.changes import Change, changes_of

FactType = TypeVar("FactType", bound=Fact)


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
    """Sales after which less than nothing is left, by all that the book says. One pass over each holder's stakes and trades.

    Of one day, what came in counts before what left, and a stake is what was there in the evening.
    """
    events: dict[tuple[str, str], list[Stake | Change]] = defaultdict(list)
    for stake in _told(book, Stake):
        if stake.shares is not None and stake.binds != "day":
            events[stake.holder or book.head.company, stake.asset].append(stake)
    for trade in _told(book, Trade):
        if not trade.within:
            for change in changes_of(trade, book.head.company):
                events[change.holder, change.asset].append(change)
    begun = _perhaps_held_before(book)
    yield from _oversold_ledgers(book, begun)
    for key, told in events.items():
        yield from _oversold(book, key[1], sorted(told, key=_order), nothing_before=key not in begun)


def _perhaps_held_before(book: Book) -> set[tuple[str, str]]:
    """The holdings of which the book says something else than dated shares: its first purchase need not be the first of all."""
    company = book.head.company
    found = {(one.holder or company, one.asset) for one in book.all(Stake) if one.shares is None or one.binds == "day" or one.day is None}
    found |= {(one.from_, one.to) for one in book.all(Relation)}
    undated = [one for one in book.all(Trade) if one.day is None or one.status not in (None, "done")]
    return found | {(change.holder, change.asset) for one in undated for change in changes_of(one, company)}


def _told(book: Book, noun: type[FactType]) -> Iterator[FactType]:
    """The entries of a noun that are so, on some day, and neither corrected nor told again."""
    corrected = {fact.supersedes for fact in book.all(noun)}
    for fact in book.all(noun):
        if fact.id not in corrected and fact.restates is None and fact.day is not None and fact.status in (None, "done"):
            yield fact


def _order(told: Stake | Change) -> tuple[date, int]:
    assert told.day is not None
    return told.day.last, 2 if isinstance(told, Stake) else 0 if told.incoming else 1


def _oversold_ledgers(book: Book, begun: set[tuple[str, str]]) -> Iterator[Problem]:
    """Rows of ledgers after which less than nothing is left, where it is said what was before the first of them, or that one is a purchase."""
    changed = {(change.holder, change.asset) for trade in book.all(Trade) for change in changes_of(trade, book.head.company)}
    split = {event.entity for event in book.all(Event) if event.kind == "split"}
    stakes: dict[tuple[str, str], list[Stake]] = defaultdict(list)
    for stake in _told(book, Stake):
        if stake.binds != "day" and stake.shares is not None:
            stakes[stake.holder or book.head.company, stake.asset].append(stake)
    for key, rows in _rows(book).items():
        ledger, row = rows[0][0], rows[0][1][0]
        anchor = _anchor(stakes[key], ledger.days[row].first)
        most = None if anchor is None or anchor.shares is None else bounds(anchor.shares).interval.high
        if not stakes[key] and key not in begun and not ledger.sells[row]:
            most = Fraction(0)
        if most is not None and most.denominator == 1 and key not in changed and key[1] not in split:
            came = Side(Place(ledger.file, ledger.lines[row], 1), "") if anchor is None else Side(anchor.place, f"stakes.{anchor.id}")
            yield from _oversold_rows(key[1], rows, int(most) * ONE, came)


def _rows(book: Book) -> dict[tuple[str, str], list[tuple[Ledger, list[int]]]]:
    """The rows of all ledgers by holder and asset, in runs of one ledger, in the order of their days; of one day, purchases first."""
    found: dict[tuple[str, str], list[tuple[Ledger, list[int]]]] = {}
    for ledger in book.ledgers:
        for (holder, asset), rows in ledger.by_holding.items():
            key = (holder or book.head.company, asset)
            runs = [*found.get(key, []), (ledger, rows)]
            if len(runs) > 1:
                runs = [(one, [row]) for one, rows in runs for row in rows]
                runs.sort(key=lambda run: (run[0].days[run[1][0]].last, run[0].sells[run[1][0]]))
            found[key] = runs
    return found


def _anchor(stakes: list[Stake], first: date) -> Stake | None:
    """The stake of the day before some rows; None where none says it, or a later one says what the rows themselves may not."""
    if any(stake.day is not None and stake.day.last >= first for stake in stakes):
        return None
    return max(stakes, key=lambda stake: (stake.day.last if stake.day else date.min, stake.id), default=None)


def _oversold_rows(asset: str, runs: list[tuple[Ledger, list[int]]], left: int, came: Side) -> Iterator[Problem]:
    """The first row that sells more than there is, and where the shares had come from: the last purchase, or the stake."""
    last: tuple[Ledger, int] | None = None
    for ledger, rows in runs:
        sells, shares, steps = ledger.sells, ledger.shares, ledger.share_steps
        for row in rows:
            if not sells[row]:
                left += shares[row] + steps[row]
                last = ledger, row
                continue
            left += steps[row] - shares[row]
            if left < 0:
                if last is not None:
                    came = Side(Place(last[0].file, last[0].lines[last[1]], 1), f"the last purchase, {last[0].ids[last[1]]}")
                found = f"row {ledger.ids[row]} leaves at most {left / ONE:,.0f} shares of {asset}"
                place, way_out = Place(ledger.file, ledger.lines[row], 1), "add the missing purchase, or correct the number"
                yield Problem("oversold", place, found, "no less than nothing", way_out, sides=(came,))
                return


def _oversold(book: Book, asset: str, told: list[Stake | Change], *, nothing_before: bool) -> Iterator[Problem]:
    """What is sold beyond all that was held; where the first word of a holding is a purchase, nothing was held before it."""
    first = told[0]
    most = Fraction(0) if nothing_before and isinstance(first, Change) and first.incoming else None
    since: date | None = None
    came: list[Side] = []
    splits = _splits(book, asset)
    for one in told:
        assert one.day is not None
        while splits and splits[0][0] <= one.day.last:
            factor = splits.pop(0)[1]
            most = None if most is None or factor is None else most * factor
        fact, anchor = (one, one.shares) if isinstance(one, Stake) else (one.trade, one.remaining)
        if anchor is not None:
            most, since, came = bounds(anchor).interval.high, one.day.last, [Side(fact.place, f"{fact.noun}.{fact.id}")]
        elif isinstance(one, Change) and most is not None:
            most = _after(most, one, since)
            came += [Side(fact.place, f"trades.{fact.id}")] if one.incoming else []
            if most is not None and most < 0:
                yield _shortage(one, most, (*came[:1], *came[1:][-1:]))
                most = None


def _shortage(change: Change, most: Fraction, sides: tuple[Side, ...]) -> Problem:
    found = f"trades.{change.trade.id} leaves at most {float(most):,.0f} shares of {change.asset}"
    way_out = "add the missing purchase or stake, or correct the number"
    return Problem("oversold", change.trade.place, found, "no less than nothing", way_out, sides=sides)


def _splits(book: Book, asset: str) -> list[tuple[date, Fraction | None]]:
    """The days and the largest factors of the splits of an asset, in order; None where it may be any."""
    events = [event for event in book.all(Event) if event.kind == "split" and event.entity == asset]
    found = [(one.day.first, None if one.factor is None else bounds(one.factor).interval.high) for one in events if one.day is not None]
    return sorted(found, key=lambda pair: pair[0])


def _after(most: Fraction, change: Change, since: date | None) -> Fraction | None:
    """The most that can be held after a change; one whose days begin before what is known to be left may be in that already."""
    size = None if change.shares is None else bounds(change.shares).interval
    if change.incoming:
        return None if size is None or size.high is None else most + size.high
    perhaps_before = since is not None and change.day is not None and change.day.first <= since
    return most if size is None or perhaps_before else most - (size.low or 0)
