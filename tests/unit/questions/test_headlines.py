"""The first sentence of an answer says nothing of what is not known."""

from __future__ import annotations

from pathlib import Path

from prompt import SOUND, book

from holdbook import api
from holdbook.render.cells import sentence

_CASH = "balances:\n  cash: {item: cash_position, day: 2025-09-30, amount: USD 25.0m, source: report p. 8}\n"
_BOND = "debts:\n  bond: {kind: bond, day: 2025-06-30, amount: USD 60m, source: report p. 9}\n"


def _headline(text: str, folder: Path) -> str:
    return sentence(api.ask(api.read(str(book(folder, text + _CASH + _BOND))), "worth").headline)


def test_holdings_and_ratio_that_are_unknown_are_not_in_it(tmp_path: Path) -> None:
    told = _headline(SOUND.replace("price: USD 20.00/share", "price: unknown"), tmp_path / "acme")
    assert told == "Acme Holding is worth at least USD -35.05m on 2025-09-30."


def test_holdings_and_ratio_that_are_known_are_in_it(tmp_path: Path) -> None:
    told = _headline(SOUND, tmp_path / "acme")
    assert told == (
        "Acme Holding is worth USD 165m on 2025-09-30: holdings of USD 200m less net debt of USD 35m, a loan to value of 17.5%."
    )
