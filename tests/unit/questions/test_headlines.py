"""The first sentence of an answer says nothing of what is not known."""

from __future__ import annotations

from pathlib import Path

from prompt import SOUND, book

from holdbook import api
from holdbook.render.cells import sentence

_CASH = "balances:\n  cash: {item: cash_position, day: 2025-09-30, amount: USD 25.0m, source: report p. 8}\n"
_BOND = "debts:\n  bond: {kind: bond, day: 2025-06-30, amount: USD 60m, source: report p. 9}\n"


def _headline(text: str, folder: Path, question: str = "worth") -> str:
    return sentence(api.ask(api.read(str(book(folder, text + _CASH + _BOND))), question).headline)


def test_holdings_and_ratio_that_are_unknown_are_not_in_it(tmp_path: Path) -> None:
    told = _headline(SOUND.replace("price: USD 20.00/share", "price: unknown"), tmp_path / "acme")
    assert told == "Acme Holding is worth at least USD -35.05m on 2025-09-30."


def test_holdings_and_ratio_that_are_known_are_in_it(tmp_path: Path) -> None:
    told = _headline(SOUND, tmp_path / "acme")
    assert told == (
        "Acme Holding is worth USD 165m on 2025-09-30: holdings of USD 200m less net debt of USD 35m, a loan to value of 17.5%."
    )


def test_one_of_a_kind_is_not_told_as_many(tmp_path: Path) -> None:
    bought = "trades:\n  beta: {asset: beta, side: buy, day: 2024-06-30, shares: 10m shares, amount: USD 100m, source: report p. 5}\n"
    assert _headline(SOUND + bought, tmp_path / "one", "record").startswith(
        "One investment can be reckoned, Beta Motors: 2.00x of the money in"
    )


def test_one_scenario_breaks_a_limit_or_does_not(tmp_path: Path) -> None:
    limit = "policies: {ceiling: {measure: loan_to_value, at_most: 40%, day: 2024-01-01, source: report p. 2}}\n"
    folder = book(tmp_path / "acme", SOUND + _CASH + _BOND + limit)
    (folder / "scenarios").mkdir()
    for fall, told in ((10, "the one scenario does not break a limit"), (70, "the one scenario breaks a limit")):
        (folder / "scenarios" / "fall.yaml").write_text(f"scenario: {{name: Fall}}\nshocks: {{beta: -{fall}%}}\n", encoding="utf-8")
        assert f"; {told}" in sentence(api.ask(api.read(str(folder)), "breaks").headline)
