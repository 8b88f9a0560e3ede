"""JSON is as its schema says, and the schema of a book admits the books that the program admits."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from prompt import BOOKS, FAULTY, QUESTIONS, SOUND, book, holdbook

from holdbook import api

SHIPPED = Path(api.SHIPPED)
YAML_FILES = sorted(path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.yaml"))


@cache
def schema(what: str) -> jsonschema.Draft202012Validator:
    """The schema that the program prints, ready to judge; it is a schema itself."""
    found = json.loads(holdbook("schema", what, folder=SHIPPED).out)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


@cache
def strict(what: str) -> jsonschema.Draft202012Validator:
    """The same schema, refusing every field that it does not name."""
    return jsonschema.Draft202012Validator(closed(schema(what).schema))


def closed(part: Any) -> Any:
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    refused = {"additionalProperties": False} if "properties" in part else {}
    return refused | {key: closed(value) for key, value in part.items()}


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("memory"))


def printed(*words: str, folder: Path, memory: str = "off") -> Any:
    done = holdbook(*words, "--json", folder=folder, memory=memory)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out, parse_constant=pytest.fail)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "options", [(), ("--currency", "EUR", "--against", "2025-06-30", "--against", "known-on=2025-11-10")], ids=["plain", "against"]
)
def test_an_answer_is_as_its_schema_says(name: str, question: str, options: tuple[str, ...], memory: str, tmp_path: Path) -> None:
    strict("ask").validate(printed("ask", question, name, *options, folder=tmp_path, memory=memory))


@pytest.mark.parametrize("name", BOOKS)
def test_a_check_is_as_its_schema_says(name: str, tmp_path: Path) -> None:
    strict("check").validate(printed("check", name, folder=tmp_path))


def test_a_check_with_faults_is_as_its_schema_says(tmp_path: Path) -> None:
    book(tmp_path / "acme", FAULTY)
    done = holdbook("check", "acme", "--json", folder=tmp_path)
    found = json.loads(done.out)
    strict("check").validate(found)
    assert [fault["reason"] for fault in found["problems"]] == ["bad-figure"]


@pytest.mark.parametrize(
    ("name", "figure"),
    [("tiny", "loan_to_value"), ("article", "nvidia_2025.average_price"), ("softbank", "loan_to_value"), ("softbank", "due.2031")],
)
def test_a_derivation_is_as_its_schema_says(name: str, figure: str, tmp_path: Path) -> None:
    found = printed("explain", figure, name, folder=tmp_path)
    strict("explain").validate(found)
    assert found["name"] == figure
    assert found["steps"][0]["depth"] == 0


@pytest.mark.parametrize("what", ["ask", "check", "explain"])
def test_a_schema_refuses_what_is_not_the_answer(what: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        schema(what).validate({"question": 3})


def test_json_stays_alone_on_its_stream(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", FAULTY)
    done = holdbook("ask", "worth", "--json", folder=folder)
    assert json.loads(done.out)["question"] == "worth"
    assert "[bad-figure]" in done.err


class Editor(yaml.SafeLoader):
    """YAML as an editor reads it: YAML 1.2, where a day is text, and only true and false are flags."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def edited(text: str) -> object:
    return yaml.load(text, Loader=Editor)  # noqa: S506 - a loader of plain values


@pytest.mark.parametrize("file", YAML_FILES, ids=str)
def test_a_shipped_book_is_as_the_schema_of_books_says(file: Path) -> None:
    schema("scenario" if file.parent.name == "scenarios" else "book").validate(edited((SHIPPED / file).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("sound", "faulty"),
    [
        ("stakes:", "stake:"),
        ("shares: 10.0m", "share: 10.0m"),
        ("asset: beta, day: 2025-09-30, shares", "day: 2025-09-30, shares"),
        ("company: acme, ", ""),
        ("USD 20.00/share", "[USD 20.00/share]"),
        ("source: report p. 4}\nmarks", "basis: mine, source: report p. 4}\nmarks"),
    ],
)
def test_the_schema_of_books_refuses_what_the_program_refuses(sound: str, faulty: str, tmp_path: Path) -> None:
    text = SOUND.replace(sound, faulty, 1)
    assert text != SOUND
    with pytest.raises(jsonschema.ValidationError):
        schema("book").validate(edited(text))
    book(tmp_path / "acme", text)
    assert holdbook("check", "acme", folder=tmp_path).code in (1, 3)


def test_the_schema_of_books_admits_every_reading_of_a_flag(tmp_path: Path) -> None:
    for flag in ("yes", "no", '"yes"'):
        text = SOUND + f"debts: {{one: {{kind: loan, amount: USD 1m, recourse: {flag}, source: report}}}}\n"
        schema("book").validate(edited(text))
        book(tmp_path / flag.strip('"') / str(len(flag)), text)
        assert holdbook("check", str(len(flag)), folder=tmp_path / flag.strip('"')).code == 0


def test_every_noun_that_a_book_counts_is_in_its_schema(tmp_path: Path) -> None:
    counted = printed("check", "tiny", folder=tmp_path)["entries"]
    assert {*counted, "book"} == set(schema("book").schema["properties"])
