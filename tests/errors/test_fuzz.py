"""Whatever stands in a file, reading a book never fails: it gives a book with faults, or says why there is none."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf import SOUND, book, holdbook

from holdbook import api

LONGEST = 60
QUESTIONS = ("happened", "worth", "owes", "sold", "reaction")
few = settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TINY = (Path(api.SHIPPED) / "tiny" / "book.yaml").read_bytes()
NOUNS: Mapping[str, Any] = {
    noun: shape["additionalProperties"]["properties"]
    for noun, shape in json.loads(api.book_schema())["properties"].items()
    if noun != "book"
}
WORDS = [
    "USD",
    "3",
    "..",
    "%",
    "bn",
    "shares",
    "/",
    "~",
    ">",
    "=",
    "-",
    "2025",
    "-10",
    "FY",
    "Q3",
    "unknown",
    " ",
    ".",
    ",",
    "(",
    ")",
    "trades.",
    "min",
    "x",
]
figures = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
texts = st.text(max_size=LONGEST) | figures
noise = st.binary(max_size=LONGEST) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NOUNS, "book", "beta", "asset", "x"]) | texts, inner, max_size=3)
    ),
    max_leaves=12,
)


def survives(**files: str | bytes) -> None:
    """Check a book with these files, and ask it one of the questions; an exception fails the test, and so does another exit code."""
    question = QUESTIONS[sum(len(text) for text in files.values()) % len(QUESTIONS)]
    with tempfile.TemporaryDirectory() as shelf:
        book(Path(shelf) / "acme", **files)
        for words in (("check", "--all"), ("check", "--json"), ("ask", question)):
            assert holdbook(*words, "acme", folder=Path(shelf)).code in (0, 1, 3)


@few
@given(noise)
def test_no_bytes_in_a_yaml_file_break_the_reader(data: bytes) -> None:
    survives(more_yaml=data)


@few
@given(noise)
def test_no_bytes_for_the_book_itself_break_the_reader(data: bytes) -> None:
    survives(book_yaml=data)


@few
@given(st.sampled_from(sorted(NOUNS)), noise)
def test_no_bytes_in_a_table_break_the_reader(noun: str, data: bytes) -> None:
    survives(**{f"{noun}_csv": b"id,asset,day,source\n" + data})


@few
@given(noise, st.lists(st.lists(texts, max_size=8), max_size=4))
def test_no_ledger_breaks_a_command(data: bytes, rows: list[list[str]]) -> None:
    head = b"id,asset,side,day,shares,amount,source\none,beta,sell,2025-09-01,3 shares,USD 30.00,report\n"
    survives(ledger_csv=head + "\n".join(",".join(row) for row in rows).encode("utf-8", "replace") + b"\n" + data)


@few
@given(st.sampled_from(sorted(NOUNS)), st.lists(st.lists(texts, max_size=6), max_size=4))
def test_no_cells_in_a_table_break_the_reader(noun: str, rows: list[list[str]]) -> None:
    survives(
        **{f"{noun}_csv": "\n".join(["id,asset,day,shares,amount,source", *(",".join(row) for row in rows)]).encode("utf-8", "replace")}
    )


@few
@given(trees)
def test_no_tree_in_a_yaml_file_breaks_the_reader(tree: object) -> None:
    survives(more_yaml=yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "replace"))


@few
@given(trees)
def test_no_tree_for_the_head_breaks_the_reader(tree: object) -> None:
    survives(book_yaml=yaml.safe_dump({"book": tree}, allow_unicode=True).encode("utf-8", "replace") + SOUND.partition("\n")[2].encode())


@few
@given(st.data())
def test_no_value_in_a_field_breaks_a_command(data: st.DataObject) -> None:
    noun = data.draw(st.sampled_from(sorted(NOUNS)))
    names = data.draw(st.lists(st.sampled_from(sorted(NOUNS[noun])), min_size=1, max_size=4, unique=True))
    entry = {"asset": "beta", "source": "report p. 1"} | {name: data.draw(texts | trees) for name in names}
    survives(more_yaml=yaml.safe_dump({noun: {"one": entry}}, allow_unicode=True).encode("utf-8", "replace"))


@few
@given(st.integers(0, len(TINY)), st.integers(0, 20), noise)
def test_no_damage_to_a_sound_book_breaks_a_command(at: int, gone: int, data: bytes) -> None:
    survives(book_yaml=TINY[:at] + data + TINY[at + gone :])


@few
@given(figures)
def test_no_definition_breaks_the_check(definition: str) -> None:
    sums = json.dumps(definition)
    survives(more_yaml=f"claims:\n  one: {{text: x, says: 3x, equals: {sums}, readings: {{a: {sums}}}, source: report}}\n")


@pytest.mark.parametrize("name", ["", " ", "a" * 5000, "\n", "../" * 50, "tiny/..", "~", "con"])
def test_a_name_that_is_no_book_is_no_file(name: str, tmp_path: Path) -> None:
    assert holdbook("check", name, folder=tmp_path).code == 3
