"""How likely it is, through the command line: chances with their ends, the same bytes however they are drawn, nothing said that is not known."""

import json
from pathlib import Path

import pytest
from prompt import holdbook as at_prompt

DAYS = ("--day", "2025-09-30", "--known-on", "2026-08-31", "--json")


def holdbook(*words):
    return at_prompt(*words, folder=Path(__file__).parent)


@pytest.fixture(scope="module")
def answer():
    return json.loads(holdbook("ask", "breaks", "softbank", *DAYS).out)


def test_each_limit_has_its_chance_with_ends_that_hold_it(answer):
    for name in ("loan_to_value_normal", "loan_to_value_exceptional"):
        found = answer["quantities"][f"chance.{name}"]
        assert 0 < found["low"] < found["value"] < found["high"] < 1
        assert found["high"] - found["low"] < 0.02
    normal, exceptional = (answer["quantities"][f"chance.loan_to_value_{name}"]["value"] for name in ("normal", "exceptional"))
    assert exceptional < normal


def test_a_count_of_nothing_is_no_certainty(answer):
    """Wilson 1927: of none in 10,000 the upper end is z^2 / (n + z^2)."""
    found = answer["quantities"]["chance.money_runs_short"]
    assert (found["value"], found["low"]) == (0, 0)
    assert found["high"] == pytest.approx(3.8415 / 10003.8415, rel=1e-3)


def test_the_break_evens_stand_beside(answer):
    """33.4% of all holdings until 25%, in closed form: 1 - net debt / (limit * holdings) = 1 - 16.5% / 25%."""
    assert answer["quantities"]["break_even.all.loan_to_value_normal"]["value"] == pytest.approx(0.34, abs=0.005)


def test_the_table_by_month_ends_at_the_chance(answer):
    table = answer["tables"]["chances_by_month"]
    last = dict(zip(table["columns"], table["rows"][-1], strict=True))
    assert last["normal"]["value"] == answer["quantities"]["chance.loan_to_value_normal"]["value"]
    values = [row[table["columns"].index("normal")]["value"] for row in table["rows"]]
    assert values == sorted(values)


def test_the_same_bytes_on_one_thread_and_on_three():
    one, three = (holdbook("ask", "breaks", "softbank", *DAYS, "--threads", threads).out for threads in ("1", "3"))
    assert one == three


def test_another_seed_gives_another_count_within_the_ends():
    first, second = (
        json.loads(holdbook("ask", "breaks", "tiny", "--seed", seed, "--paths", "4000", "--json").out)["quantities"]["chance.ceiling"]
        for seed in ("1", "2")
    )
    assert first["value"] != second["value"]
    assert first["low"] < second["high"]
    assert second["low"] < first["high"]


def test_without_cash_or_debt_no_chance_is_said():
    found = json.loads(holdbook("ask", "breaks", "article", "--json").out)
    assert not [name for name in found["quantities"] if name.startswith("chance.")]
    assert any("No chance can be said" in sentence for sentence in found["caveats"])


def test_without_a_cash_position_money_does_not_run_short():
    found = json.loads(holdbook("ask", "breaks", "softbank", "--day", "2026-06-30", "--known-on", "2026-08-31", "--json").out)
    assert "chance.money_runs_short" not in found["quantities"]
    assert "chance.loan_to_value_normal" in found["quantities"]
    assert any("No cash position is known" in sentence for sentence in found["caveats"])


def test_a_verdict_has_the_same_chances(answer):
    found = json.loads(holdbook("ask", "verdict", "softbank", *DAYS).out)
    assert found["quantities"]["chance.loan_to_value_normal"] == answer["quantities"]["chance.loan_to_value_normal"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--paths", "0"), "write a whole number from 1"),
        (("--paths", "1e4"), "write a whole number from 1"),
        (("--seed", "-1"), "seed"),
        (("--outlook", "ai_them"), "did you mean ai_theme?"),
    ],
)
def test_what_cannot_be_drawn_is_a_wrong_command(words, said):
    done = holdbook("ask", "breaks", "softbank", *words)
    assert done.code == 2
    assert said in done.err


def test_a_policy_with_two_limits_shows_both_chances(tmp_path):
    """The chance of the lower one does not stand in the place of the upper one's."""
    text = (Path(__file__).parents[2] / "src/holdbook/books/tiny/book.yaml").read_text(encoding="utf-8")
    (tmp_path / "book.yaml").write_text(text.replace('at_most: "= 25%"', 'at_most: "= 25%", at_least: "= 1%"'), encoding="utf-8")
    found = json.loads(holdbook("ask", "breaks", str(tmp_path), "--json").out)
    assert {name for name in found["quantities"] if name.startswith("chance.c")} == {"chance.ceiling", "chance.ceiling.at_least"}
    assert found["quantities"]["chance.ceiling"]["value"] > found["quantities"]["chance.ceiling.at_least"]["value"]
    columns = found["tables"]["chances_by_month"]["columns"]
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize(("horizon", "why"), [("0 months", "its plan draws no month"), ("0.5 months", "its plan draws no month")])
def test_no_month_is_no_chance(tmp_path, horizon, why):
    text = (Path(__file__).parents[2] / "src/holdbook/books/tiny/book.yaml").read_text(encoding="utf-8")
    (tmp_path / "book.yaml").write_text(f"{text}outlooks: {{ours: {{horizon: {horizon}}}}}\n", encoding="utf-8")
    found = holdbook("ask", "breaks", str(tmp_path), "--json")
    assert f"No chance can be said: {why}." in json.loads(found.out)["caveats"]
    assert ("whole months, none to 50 years" in found.err) == (horizon == "0.5 months")
