"""Many plain trades, as columns: a broker's ledger of a hundred thousand rows is one thing, not a hundred thousand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cached_property

from holdbook.dates import Span
from holdbook.model.trade import Trade
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin, Place
from holdbook.quantity.quantity import Quantity, leaf
from holdbook.quantity.stated import Stated
from holdbook.quantity.unit import UNIT

PLACES = 6
ONE = 10**PLACES


class Ledger:
    """The rows of one file of trades. Figures are whole numbers of millionths, with half a unit of the last printed digit beside them.

    Fields, one item a row: ids, lines, assets, holders (empty for the company), sells, days, learnt, shares, amounts, currencies,
    sources. `share_steps` and `amount_steps` are the half units. `titles` gives the title of each source.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.ids: list[str] = []
        self.lines: list[int] = []
        self.assets: list[str] = []
        self.holders: list[str] = []
        self.sells: list[bool] = []
        self.days: list[Span] = []
        self.learnt: list[date] = []
        self.shares: list[int] = []
        self.share_steps: list[int] = []
        self.amounts: list[int] = []
        self.amount_steps: list[int] = []
        self.currencies: list[str] = []
        self.sources: list[str] = []
        self.titles: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def by_holding(self) -> dict[tuple[str, str], list[int]]:
        """The rows of each holder and asset, in the order of their days; of one day, purchases before sales, else as in the file."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, key in enumerate(zip(self.holders, self.assets, strict=True)):
            found[key].append(row)
        for rows in found.values():
            rows.sort(key=self.order.__getitem__)
        return dict(found)

    @cached_property
    def order(self) -> list[int]:
        """For each row a number that sorts by day, purchases before sales; equal ones stay as in the file."""
        return [2 * day.last.toordinal() + sold for day, sold in zip(self.days, self.sells, strict=True)]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.ids)}

    def trade(self, name: str) -> Trade | None:
        """The row of that id as a trade like any other, if there is one."""
        row = self._rows.get(name)
        if row is None:
            return None
        return Trade(
            id=name, place=Place(self.file, self.lines[row], 1), learnt=self.learnt[row], day=self.days[row], source=self.sources[row],
            asset=self.assets[row], holder=self.holders[row] or None, side="sell" if self.sells[row] else "buy",
            shares=self.shares_of([row], f"trades.{name}.shares"), amount=self.amount_of([row], f"trades.{name}.amount"),
        )  # fmt: skip

    def shares_of(self, rows: list[int], key: str) -> Quantity:
        """The shares of some rows together, as one figure that names its rows."""
        return self._sum(rows, key, self.shares, self.share_steps, "share")

    def amount_of(self, rows: list[int], key: str) -> Quantity:
        """The amounts of some rows together; they must be of one currency."""
        return self._sum(rows, key, self.amounts, self.amount_steps, self.currencies[rows[0]])

    def _sum(self, rows: list[int], key: str, values: list[int], steps: list[int], unit: str) -> Quantity:
        value, step = sum(map(values.__getitem__, rows)), sum(map(steps.__getitem__, rows))
        core = Interval(Fraction(value - step, ONE), Fraction(value + step, ONE))
        return leaf(Stated(core, core, Fraction(value, ONE), UNIT(unit)), key=key, origin=self.origin(rows))

    def origin(self, rows: list[int]) -> Origin:
        """Where some rows stand, as the origin of a figure made of them."""
        lines = list(map(self.lines.__getitem__, rows))
        first, last = min(lines), max(lines)
        source = self.sources[rows[0]].partition(" ")
        title = self.titles.get(source[0], source[0])
        where = f"{title}, {source[2]}" if len(rows) == 1 else f"{title}, {len(rows):,} rows of lines {first} to {last}"
        return Origin(Place(self.file, first, 1), where)
