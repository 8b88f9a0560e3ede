"""What the ledgers of a book moved: shares bought and sold by a day, as then known, each sum one figure that names its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from holdbook.model.ledger import Ledger
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.splits import split_days, split_since
from holdbook.timeline.view import View


class Moved(NamedTuple):
    """Rows of one ledger for one holder and asset, all purchases or all sales, with no split between their days."""

    view: View
    ledger: Ledger
    asset: str
    sold: bool
    rows: list[int]

    def shares(self) -> Quantity:
        """Their shares, in shares of the view's day."""
        last = self.ledger.days[self.rows[-1]].last
        return split_since(self.view, self.asset, self.ledger.shares_of(self.rows, f"{self._key()}.shares"), last)

    def by_currency(self) -> Iterator[tuple[Quantity, Quantity]]:
        """Their shares and their amounts, for each currency by itself."""
        last = self.ledger.days[self.rows[-1]].last
        for currency in dict.fromkeys(self.ledger.currencies[row] for row in self.rows):
            rows = [row for row in self.rows if self.ledger.currencies[row] == currency]
            shares = self.ledger.shares_of(rows, f"{self._key()}.{currency}.shares")
            yield split_since(self.view, self.asset, shares, last), self.ledger.amount_of(rows, f"{self._key()}.{currency}")

    def _key(self) -> str:
        rows = self.rows
        return f"{self.ledger.file} {self.asset} {'sold' if self.sold else 'bought'} {self.ledger.ids[rows[0]]}..{self.ledger.ids[rows[-1]]} ({len(rows)})"


def known_rows(view: View, ledger: Ledger, holder: str, asset: str) -> list[int]:
    """The rows of one holding in a ledger up to the day of the view that were known, in order; made once for a view."""
    key = f"rows {ledger.file} {holder} {asset}"
    if key not in view.kept:
        days, learnt = ledger.days, ledger.learnt
        names = dict.fromkeys((holder, "") if holder == view.company else (holder,))
        both = [rows for name in names if (rows := ledger.by_holding.get((name, asset)))]
        found = both[0] if len(both) == 1 else sorted((row for rows in both for row in rows), key=ledger.order.__getitem__)
        view.kept[key] = [row for row in found if days[row].last <= view.day and learnt[row] <= view.known_on]
    return view.kept[key]  # type: ignore[no-any-return]


def holdings(view: View) -> Iterator[tuple[str, str]]:
    """The holders and assets of which a ledger had rows by the day of the view."""
    for ledger in view.book.ledgers:
        for holder, asset in dict.fromkeys((holder or view.company, asset) for holder, asset in ledger.by_holding):
            if known_rows(view, ledger, holder, asset):
                yield holder, asset


def moved(view: View, holder: str, asset: str, after: date | None = None) -> Iterator[Moved]:
    """The rows after a day up to the day of the view that were known: purchases, then sales, of each ledger."""
    for ledger in view.book.ledgers:
        days, rows = ledger.days, known_rows(view, ledger, holder, asset)
        if after is not None and rows and days[rows[0]].last <= after:
            rows = [row for row in rows if days[row].last > after]
        for first, last in pairwise((date.min, *split_days(view, asset), date.max)):
            part = [row for row in rows if first <= days[row].last < last] if last != date.max or first != date.min else rows
            for sold in (False, True):
                some = [row for row in part if ledger.sells[row] is sold]
                if some:
                    yield Moved(view, ledger, asset, sold, some)
