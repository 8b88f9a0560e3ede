"""The double entry under a projection: every posting has its counter-posting, so that each currency comes to nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from holdbook.funding.line import Line
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT


class Posting(NamedTuple):
    """An amount on an account, in its own currency: what the account receives is positive."""

    month: str
    account: str
    amount: Quantity


class Journal:
    """All postings of a projection. Cash is kept in one currency; what is stated in another goes through `exchange`."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.postings: list[Posting] = []

    def receive(self, month: str, line: Line) -> None:
        """Money of a source comes in."""
        self._move(month, line, paid=False)

    def pay(self, month: str, line: Line) -> None:
        """Money of a use goes out."""
        self._move(month, line, paid=True)

    def transfer(self, month: str, account: str, amount: Quantity) -> None:
        """Cash from an account of the same currency: a line that is drawn, an asset that is sold, what stays unpaid."""
        self._post(month, "cash", amount)
        self._post(month, account, _less(amount))

    def balances(self, month: str) -> dict[str, Quantity]:
        """What all postings of a month come to, by currency: exactly nothing, whatever the amounts."""
        found: dict[str, list[Quantity]] = {}
        for posting in self.postings:
            if posting.month == month:
                found.setdefault(str(posting.amount.unit), []).append(posting.amount)
        return {currency: add(amounts) for currency, amounts in found.items()}

    def _move(self, month: str, line: Line, *, paid: bool) -> None:
        turn = _less if paid else _same
        self._post(month, "cash", turn(line.amount))
        if line.stated.unit is line.amount.unit:
            self._post(month, line.name, turn(_less(line.amount)))
            return
        self._post(month, "exchange", turn(_less(line.amount)))
        self._post(month, "exchange", turn(line.stated))
        self._post(month, line.name, turn(_less(line.stated)))

    def _post(self, month: str, account: str, amount: Quantity) -> None:
        self.postings.append(Posting(month, account, amount))


def cash(postings: Iterable[Posting], currency: str) -> Quantity:
    """What came onto the account of cash."""
    return add([one.amount for one in postings if one.account == "cash"] or [exact(0, UNIT(currency))])


def _less(amount: Quantity) -> Quantity:
    return exact(0, amount.unit) - amount


def _same(amount: Quantity) -> Quantity:
    return amount
