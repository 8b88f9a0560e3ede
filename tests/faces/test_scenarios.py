"""A scenario at the prompt: laid over a book it changes what it should and nothing else, and says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prompt import book, holdbook

BOOK = """book: {name: Acme Holding, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-11-14}
entities:
  acme: {name: Acme Holding, kind: holding}
  beta: {name: Beta Motors, layer: cars}
  delta: {name: Delta Rail, layer: trains}
sources:
  report: {title: Acme interim report, published: 2025-11-14}
  press: {title: Press, published: 2025-11-01}
stakes:
  beta: {asset: beta, day: 2025-09-30, shares: 10m shares, source: report p. 4}
  delta: {asset: delta, day: 2025-09-30, shares: 5m shares, source: report p. 4}
marks:
  beta: {asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report p. 4}
  delta: {asset: delta, day: 2025-09-30, price: USD 10.00/share, source: report p. 4}
debts:
  bond: {kind: bond, day: 2025-06-30, amount: USD 60m, maturity: 2027-06-30, source: report p. 9}
  new_bond: {kind: bond, day: 2025-10-15, principal: USD 40m, issued: 2025-10-15, maturity: 2030-10-15, source: report p. 9}
balances:
  cash: {item: cash_position, day: 2025-09-30, amount: USD 25m, source: report p. 8}
trades:
  delta_sale: {asset: delta, side: sell, day: 2025-10-20, shares: 1m shares, amount: USD 12m, source: press}
  delta_sale_told_again: {asset: delta, side: sell, day: 2025-10, amount: about USD 12m, restates: delta_sale, source: press}
commitments:
  gamma:
    to: delta
    kind: investment
    amount: USD 80m
    status: agreed
    closing: 2026-03-31
    conditions: {approval: {text: Approval of the regulator., deadline: 2025-12-31, otherwise: USD 50m, basis: own}}
    source: report p. 12
policies:
  ceiling: {measure: loan_to_value, at_most: "= 25%", day: 2024-01-01, source: report p. 2}
"""
HEAD = "scenario: {name: Test, text: A test.}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return book(tmp_path / "acme", BOOK)


def scenario(folder: Path, text: str, name: str = "test") -> Path:
    path = folder / "scenarios" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def asked(folder: Path, question: str, *words: str) -> dict[str, Any]:
    done = holdbook("ask", question, "acme", "--json", *words, folder=folder.parent)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)  # type: ignore[no-any-return]


def values(answer: dict[str, Any]) -> dict[str, Any]:
    found = {name: (one["value"], one["low"], one["high"]) for name, one in answer["quantities"].items() if not name.startswith("against.")}
    return found | {name: word for name, word in answer["labels"].items() if not name.startswith("against.")}


def differing(folder: Path, question: str, text: str, *words: str) -> set[str]:
    """What differs between an answer with a scenario and one without; the table of `--against` must say the same."""
    scenario(folder, text)
    here, there = values(asked(folder, question, *words)), values(asked(folder, question, "--scenario", "test", *words))
    changed = {name for name in {*here, *there} if here.get(name) != there.get(name)}
    beside = asked(folder, question, "--against", "scenario=test", *words)
    assert values(beside) == here
    assert {row[0] for row in beside["tables"]["against.test"]["rows"]} == changed
    return changed


def test_a_source_of_money_that_is_left_out(folder: Path) -> None:
    changed = differing(folder, "paid", "drop: [debts.new_bond]\n")
    assert {"source.new_bond", "sources", "gap"} <= changed
    assert not changed & {"uses", "source.delta_sale", "source.cash"}


def test_a_sale_that_is_left_out_takes_its_retelling_along(folder: Path) -> None:
    assert "source.delta_sale" in differing(folder, "paid", "drop: [trades.delta_sale]\n", "--day", "2025-10-31")
    answer = asked(folder, "paid", "--scenario", "test", "--day", "2025-10-31")
    assert "source.delta_sale_told_again" not in answer["quantities"]
    assert sum("is left out" in str(one) for one in answer["caveats"]) == 2


def test_a_publication_that_is_left_out_takes_along_what_rests_on_it(folder: Path) -> None:
    assert "source.delta_sale" in differing(folder, "paid", "drop: [sources.press]\n", "--day", "2025-10-31")


def test_a_date_that_moves(folder: Path) -> None:
    changed = differing(folder, "owes", "change: {debts.bond.maturity: 2029-06-30}\n")
    assert {"due.2027", "due.2029", "bonds_due_24_months", "redemption_cover"} <= changed
    assert not changed & {"adjusted_net_debt", "loan_to_value", "cash_position"}


def test_a_condition_that_fails(folder: Path) -> None:
    text = "change: {commitments.gamma.conditions.approval.outcome: failed}\n"
    changed = differing(folder, "paid", text)
    assert {"use.gamma", "uses", "gap", "unpaid_commitments"} <= changed
    assert not {name for name in changed if name.startswith("source")}
    assert asked(folder, "paid", "--scenario", "test")["quantities"]["use.gamma"]["value"] == 50e6
    assert {"gamma.unpaid", "gamma.approval.state"} <= differing(folder, "promised", text)
    assert differing(folder, "worth", text) == set()


def test_a_price_that_falls(folder: Path) -> None:
    changed = differing(folder, "worth", "shocks: {cars: -50%}\n")
    assert {"beta.value", "nav", "loan_to_value", "equity_value_of_holdings"} <= changed
    assert not changed & {"delta.value", "adjusted_net_debt", "delta.last_price"}
    found = asked(folder, "worth", "--scenario", "test")
    assert found["quantities"]["beta.value"]["value"] == 100e6
    assert found["book"] == "Acme Holding, scenario Test"


def test_a_shock_compounds_over_years_and_step_by_step(folder: Path) -> None:
    scenario(folder, "shocks: {beta: {change: -10%, over: 2 years}, delta: [-50%, +20%]}\n")
    found = asked(folder, "worth", "--scenario", "test")["quantities"]
    assert (found["beta.value"]["value"], found["delta.value"]["value"]) == (162e6, 30e6)


def test_the_nearest_shock_counts(folder: Path) -> None:
    scenario(folder, "shocks: {all: -10%, cars: -20%, beta: -30%}\n")
    found = asked(folder, "worth", "--scenario", "test")["quantities"]
    assert (found["beta.value"]["value"], found["delta.value"]["value"]) == (140e6, 45e6)


def test_a_shock_is_felt_from_its_day_on(folder: Path) -> None:
    path = scenario(folder, "shocks: {all: -10%}\n")
    path.write_text(path.read_text(encoding="utf-8").replace("A test.}", "A test., day: 2025-10-01}"), encoding="utf-8")
    assert asked(folder, "worth", "--scenario", "test")["quantities"]["beta.value"]["value"] == 200e6


def test_an_exchange_rate_that_moves(tmp_path: Path) -> None:
    text = BOOK.replace("price: USD 20.00/share", "price: EUR 20.00/share")
    folder = book(tmp_path / "acme", text)
    scenario(folder, "shocks: {EUR/USD: -10%}\n")
    here, there = (asked(folder, "worth", *words)["quantities"]["beta.value"]["value"] for words in ((), ("--scenario", "test")))
    assert there == pytest.approx(0.9 * here, rel=1e-12)
    scenario(folder, "shocks: {USD/EUR: +25%}\n")
    assert asked(folder, "worth", "--scenario", "test")["quantities"]["beta.value"]["value"] == pytest.approx(0.8 * here, rel=1e-12)


def test_a_figure_of_a_scenario_is_explained_with_both_lines(folder: Path) -> None:
    path = scenario(folder, "change:\n  balances.cash.amount: USD 10m\n")
    done = holdbook("explain", "adjusted_net_debt", "acme", "--scenario", str(path), folder=folder.parent)
    assert (done.code, done.err) == (0, "")
    (line,) = (one for one in done.out.splitlines() if "balances.cash.amount (scenario test)" in one)
    assert "acme/scenarios/test.yaml:3:25" in line
    assert "instead of USD 25m at acme/book.yaml:19:56 (Acme interim report, p. 8)" in line


def test_an_entry_that_is_added_needs_no_source(folder: Path) -> None:
    assert "loan_to_value" in differing(folder, "owes", "debts: {loan: {kind: loan, day: 2025-09-30, amount: USD 30m}}\n")


def test_a_scenario_anywhere_is_found_by_its_path(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.yaml"
    path.write_text(f"{HEAD}shocks: {{beta: -50%}}\n", encoding="utf-8")
    assert asked(folder, "worth", "--scenario", "elsewhere.yaml")["quantities"]["beta.value"]["value"] == 100e6


def test_the_folder_of_scenarios_is_no_part_of_the_book(folder: Path) -> None:
    before = asked(folder, "worth")
    scenario(folder, "marks: {more: {asset: beta, day: 2025-09-30, price: USD 1/share}}\n")
    assert asked(folder, "worth") == before


@pytest.mark.parametrize("command", ["ask worth acme", "explain nav acme", "check acme", "report acme --output page.html"])
def test_a_scenario_that_is_not_there_ends_every_command_with_three(folder: Path, command: str) -> None:
    scenario(folder, "")
    done = holdbook(*command.split(), "--scenario", "tset", folder=folder.parent)
    assert (done.code, done.out) == (3, "")
    assert done.err == "holdbook: tset: is no file and no scenario of the book; did you mean test?\n"


def test_a_report_is_written_under_a_scenario(folder: Path) -> None:
    scenario(folder, "shocks: {beta: -50%}\n")
    done = holdbook("report", "acme", "--scenario", "test", "--output", "page.html", folder=folder.parent)
    assert done.code == 0, done.err
    assert "Acme Holding, scenario Test" in (folder.parent / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "fault"), [
    ("change: {debts.bnd.amount: USD 1m}\n", "unknown-name acme/scenarios/test.yaml:2:10"),
    ("change: {debts.bond.amuont: USD 1m}\n", "unknown-field acme/scenarios/test.yaml:2:10"),
    ("change: {debts: {bond: {amount: 'USD 1,000'}}}\n", "bad-figure acme/scenarios/test.yaml:2:38"),
    ("drop: [bonds.bond]\n", "unknown-noun acme/scenarios/test.yaml:2:8"),
    ("debts: {bond: {kind: bond, amount: USD 1m}}\n", "duplicate-id acme/scenarios/test.yaml:2:9"),
    ("shocks: {beat: -10%}\n", "unknown-name acme/scenarios/test.yaml:2:10"),
    ("shocks: {beta: -110%}\n", "out-of-range acme/scenarios/test.yaml:2:16"),
    ("shocks: {beta: USD 3}\n", "bad-unit acme/scenarios/test.yaml:2:16"),
    ("shocks: {beta: {change: -1%, over: 7 months}}\n", "out-of-range acme/scenarios/test.yaml:2:36"),
    ("shocks: [1]\n", "wrong-shape acme/scenarios/test.yaml:2:9"),
    ("shock: {beta: -10%}\n", "unknown-noun acme/scenarios/test.yaml:2:1"),
    ("change: [\n", "yaml acme/scenarios/test.yaml:3:1"),
])  # fmt: skip
def test_a_fault_of_a_scenario_is_told_at_its_own_line(folder: Path, text: str, fault: str) -> None:
    scenario(folder, text)
    done = holdbook("check", "acme", "--scenario", "test", "--json", folder=folder.parent)
    told = ["{} {file}:{line}:{column}".format(one["reason"], **one["place"]) for one in json.loads(done.out)["problems"]]
    assert (done.code, told) == (1, [fault])
    assert holdbook("check", "acme", folder=folder.parent).code == 0


def test_no_link_leads_out_of_the_folder_of_scenarios(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "test.yaml").symlink_to(tmp_path / "secret.yaml")
    done = holdbook("check", "acme", "--scenario", "test", folder=tmp_path)
    assert (done.code, "[file-outside]" in done.out) == (1, True)


def test_a_changed_scenario_is_read_anew(folder: Path, tmp_path: Path) -> None:
    words = ("ask", "worth", "acme", "--json", "--scenario", "test")
    seen = []
    for change in (
        "shocks: {beta: -50%}\n",
        "shocks: {beta: -25%}\n",
        "change: {marks.beta.price: USD 3/share}\n",
        "change: {marks.beta.price: USD 4/share}\n",
    ):
        scenario(folder, change)
        for _ in range(2):
            done = holdbook(*words, folder=folder.parent, memory=str(tmp_path / "memory"))
            seen.append(json.loads(done.out)["quantities"]["beta.value"]["value"])
    assert seen == [100e6, 100e6, 150e6, 150e6, 30e6, 30e6, 40e6, 40e6]


def test_breaks_runs_each_scenario_of_the_book(folder: Path) -> None:
    scenario(folder, "shocks: {all: -60%}\n", "crash")
    scenario(folder, "shocks: {beta: -10%}\n", "dent")
    found = asked(folder, "breaks")
    assert (found["labels"]["crash.first_limit"], found["labels"]["dent.first_limit"]) == ("ceiling", "none")
    assert found["quantities"]["break_even.all.ceiling"]["value"] == pytest.approx(1 - 35 / 250 / 0.25)
    assert found["quantities"]["break_even.beta.ceiling"]["value"] == pytest.approx((250 - 35 / 0.25) / 200)
    for name, one in found["quantities"].items():
        if name.startswith("break_even.") and name.endswith(".loan_to_value") and one["value"] is not None:
            assert one["value"] == pytest.approx(0.25)
    assert found["quantities"]["crash.ceiling.multiple"]["value"] == pytest.approx((1 - 35 / 250 / 0.25) / 0.6)
