"""The same book gives the same bytes: on another day of the machine, in another folder, under another locale, from memory."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prompt import SOUND, apart, book, holdbook

COMMANDS = (
    *(f"ask {question} softbank" for question in ("happened", "worth", "owes", "sold")),
    "ask worth softbank --json --against 2025-06-30 --currency EUR",
    "explain loan_to_value softbank --json",
    "check article --all",
    "schema book",
    "schema check",
    "report softbank --output page.html",
)
ONE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "HOME": "/nowhere"}
OTHER = {
    "PYTHONHASHSEED": "12345",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C.utf8",
    "LANG": "de_DE.UTF-8",
    "COLUMNS": "40",
    "PYTHONOPTIMIZE": "1",
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    folder = tmp_path_factory.mktemp("one")
    done = apart(*COMMANDS, folder=folder, environment=ONE)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout, (folder / "page.html").read_bytes()


def test_another_environment_changes_no_byte(first: tuple[bytes, bytes], tmp_path: Path) -> None:
    done = apart(*COMMANDS, folder=tmp_path, environment=OTHER)
    assert (done.stdout, (tmp_path / "page.html").read_bytes()) == first


def test_a_remembered_book_changes_no_byte(tmp_path: Path) -> None:
    commands = ("ask worth softbank", "check article --all", "explain loan_to_value softbank --json")
    memory = {"HOLDBOOK_CACHE": "", "XDG_CACHE_HOME": str(tmp_path / "memory")}
    forgotten, learnt, known = (apart(*commands, folder=tmp_path, environment=ONE | extra) for extra in ({}, memory, memory))
    assert forgotten.stdout == learnt.stdout == known.stdout != b""
    assert list((tmp_path / "memory" / "holdbook").iterdir())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_a_terminal_that_knows_few_characters_is_no_traceback(encoding: str, tmp_path: Path) -> None:
    done = apart("ask worth tiny", "check article --all", folder=tmp_path, environment=ONE | {"PYTHONIOENCODING": encoding})
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


def test_the_way_to_a_book_changes_no_byte(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    ways = [("acme", tmp_path), (str(folder), tmp_path), ("./acme/", tmp_path), ("../acme", folder), (".", folder)]
    answers = {holdbook("explain", "nav", way, folder=stands).out for way, stands in ways}
    assert len(answers) == 1


def test_no_answer_names_a_folder_of_the_machine(first: tuple[bytes, bytes]) -> None:
    for printed in first:
        assert not re.search(rb"(^|[\s\"'(])/(home|root|tmp|usr|work|var)/", printed)


def test_files_of_a_book_may_be_named_in_any_order(tmp_path: Path) -> None:
    head, *sections = re.split(r"\n(?=[a-z]+:\n)", SOUND.rstrip("\n"))
    outs: set[str] = set()
    for order in (sections, sections[::-1]):
        folder = tmp_path / str(len(outs)) / "acme"
        folder.mkdir(parents=True)
        (folder / "book.yaml").write_text("\n".join([head, *order]) + "\n", encoding="utf-8")
        outs.add(holdbook("ask", "worth", "acme", folder=folder.parent).out)
    assert len(outs) == 1
