"""What each trade does to holdings: shares that come into one, and shares that leave one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from holdbook.dates import Span
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, exact
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

NO_SHARES = exact(0, UNIT("share"), "no shares")


class Change(NamedTuple):
    """Shares that come into, or leave, the holding of one asset by one holder.

    Fields:
        trade: what did it.
        holder, asset: whose holding of what.
        incoming: whether they come in.
        shares: how many; None where the book does not say.
        remaining: how many are left after it, where that is known.
    """

    trade: Trade
    holder: str
    asset: str
    incoming: bool
    shares: Quantity | None
    remaining: Quantity | None = None

    @property
    def day(self) -> Span | None:
        """When it happened."""
        return self.trade.day

    @property
    def key(self) -> str:
        """The name of the number of shares, where the book does not give it."""
        return f"trades.{self.trade.id}.{'shares' if self.asset == self.trade.asset else 'received_shares'}"


def changes(view: View) -> dict[tuple[str, str], list[Change]]:
    """All changes of the view by holder and asset, in the order of their ids; made once for a view.

    A trade that is only planned, told again, or part of a larger one changes nothing.
    """
    found: dict[tuple[str, str], list[Change]] = view.kept.get("changes", {})
    if "changes" not in view.kept:
        for trade in view.actual(Trade):
            if view.is_apart(trade):
                for change in changes_of(trade, view.company):
                    found.setdefault((change.holder, change.asset), []).append(change)
        view.kept["changes"] = found
    return found


def changes_of(trade: Trade, company: str) -> Iterator[Change]:
    """The changes that one trade makes; a dividend in cash makes none."""
    holder = trade.holder or company
    if trade.side in ("buy", "sell", "transfer", "write_off"):
        all_gone = trade.side == "write_off" and trade.shares is None and trade.fraction is None
        remaining = NO_SHARES if all_gone else trade.remaining
        yield Change(trade, holder, trade.asset, trade.side == "buy", trade.shares, remaining)
    if trade.side == "transfer" and trade.to is not None:
        yield Change(trade, trade.to, trade.asset, incoming=True, shares=trade.shares)
    if trade.side in ("dividend", "spin_off") and trade.received is not None:
        yield Change(trade, holder, trade.received, incoming=True, shares=trade.received_shares)
