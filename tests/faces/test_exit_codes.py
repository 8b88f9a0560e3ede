"""Exit codes: 0 answered, 1 the book has faults, 2 the command line is wrong, 3 a file cannot be read or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from prompt import FAULTY, SOUND, book, holdbook

COMMANDS = ("ask", "explain", "check", "new", "demo", "report", "schema")


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "worth", "tiny"),
        ("ask", "worth", "tiny", "--json"),
        ("ask", "owes", "tiny", "--against", "2025-06-30", "--against", "known-on=2025-11-13", "--against", "day=2025-06-30"),
        ("--day", "2025-09-30", "ask", "worth", "tiny"),
        ("ask", "worth", "--currency", "eur", "tiny"),
        ("explain", "nav", "tiny"),
        ("check", "tiny"),
        ("check", "tiny", "--all"),
        ("new", "mine"),
        ("report", "tiny", "--output", "page.html"),
        ("schema", "book"),
        ("--help",),
        *((command, "--help") for command in COMMANDS),
    ],
    ids=" ".join,
)
def test_what_is_answered_ends_with_zero(words: tuple[str, ...], tmp_path: Path) -> None:
    done = holdbook(*words, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()


@pytest.mark.parametrize(
    "words",
    [("ask", "worth", "acme"), ("explain", "nav", "acme"), ("check", "acme"), ("report", "acme", "--output", "page.html")],
    ids=" ".join,
)
def test_a_book_with_faults_is_answered_and_ends_with_one(words: tuple[str, ...], tmp_path: Path) -> None:
    book(tmp_path / "acme", FAULTY)
    done = holdbook(*words, folder=tmp_path)
    assert done.code == 1
    assert done.out.strip()
    assert "[bad-figure]" in (done.out if words[0] == "check" else done.err)


def test_a_demonstration_on_a_book_with_faults_ends_with_one(tmp_path: Path) -> None:
    book(tmp_path / "softbank", FAULTY)
    assert holdbook("demo", folder=tmp_path).code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "COMMAND"),
        (("sell",), "invalid choice"),
        (("worth", "tiny"), "write: holdbook ask worth tiny"),
        (("explain", "ltv", "tiny"), "did you mean loan_to_value?"),
        (("ask",), "QUESTION"),
        (("ask", "wroth", "tiny"), "did you mean worth?"),
        (("ask", "worth", "tiny", "more"), "unrecognized arguments: more"),
        (("ask", "worth", "tiny", "--day"), "--day"),
        (("ask", "worth", "tiny", "--day", "2025-02-30"), "calendar"),
        (("ask", "worth", "tiny", "--day", "2025-09"), "write a day such as 2025-09-30"),
        (("ask", "worth", "tiny", "--known-on", "soon"), "2025-09-30"),
        (("ask", "worth", "tiny", "--currency", "XYZ"), "three letters"),
        (("ask", "worth", "tiny", "--against", "when=2025-09-30"), "known-on=DAY"),
        (("ask", "worth", "tiny", "--colour"), "--colour"),
        (("explain",), "NAME"),
        (("explain", "nva", "tiny"), "did you mean nav?"),
        (("check", "tiny", "--day", "2025-09-30"), "--day"),
        (("new",), "DIR"),
        (("demo", "here"), "here"),
        (("report", "tiny"), "--output"),
        (("schema",), "what"),
        (("schema", "books"), "'book'"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_wrong_command_line_ends_with_two_and_says_what_is_right(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = holdbook(*words, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("ask", "worth", "nowhere"), "nowhere"),
        (("explain", "nav", "nowhere"), "nowhere"),
        (("check", "nowhere"), "nowhere"),
        (("check", "nowhere", "--json"), "nowhere"),
        (("report", "nowhere", "--output", "page.html"), "nowhere"),
        (("report", "tiny", "--output", "nowhere/page.html"), "nowhere/page.html"),
        (("report", "tiny", "--output", "folder"), "folder"),
        (("new", "folder"), "folder"),
        (("new", "file"), "file"),
        (("new", "file/mine"), "file"),
        (("demo", "--into", "file"), "file"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_file_that_cannot_be_read_or_written_ends_with_three_and_is_named(words: tuple[str, ...], named: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = holdbook(*words, folder=tmp_path)
    assert (done.code, done.out) == (3, "")
    assert named in done.err
    assert ".holdbook-" not in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_claim_that_turns_out_wrong_does_not_change_the_code(tmp_path: Path) -> None:
    book(tmp_path / "acme", SOUND + "claims: {one: {text: x, says: 3x, equals: 1 + 1, source: report}}\n")
    done = holdbook("check", "acme", folder=tmp_path)
    assert (done.code, "1 inconsistent" in done.out) == (0, True)


def test_without_a_book_the_folder_one_stands_in_is_asked_and_named(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", SOUND)
    done = holdbook("ask", "worth", folder=folder)
    assert (done.code, done.err) == (0, "(book: acme)\n")
    assert done.out.startswith("Acme Holding")
