"""`new` and `demo` write whole things, never over what is there; a screen has colour, a pipe has none."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from prompt import Done, holdbook

from holdbook.questions.catalogue import CATALOGUE

ESCAPE = "\x1b"
ANSWERING = [("ask", "worth", "tiny"), ("ask", "happened", "article"), ("explain", "nav", "tiny"), ("check", "article")]


def refuse(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_new_book_passes_check_and_answers_every_question(tmp_path: Path) -> None:
    assert "holdbook check mine" in holdbook("new", "mine", folder=tmp_path).out
    assert holdbook("check", "mine", folder=tmp_path).code == 0
    for question in CATALOGUE:
        assert holdbook("ask", question.name, "mine", folder=tmp_path).code == 0


def test_a_new_book_may_lie_in_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    assert holdbook("new", "a/b/mine", folder=tmp_path).code == 0
    assert holdbook("check", "a/b/mine", folder=tmp_path).code == 0


@pytest.mark.parametrize("kind", ["folder", "file", "link to nothing"])
def test_a_new_book_is_never_put_over_what_is_there(kind: str, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    if kind == "folder":
        place.mkdir()
    elif kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.symlink_to("nowhere")
    done = holdbook("new", "mine", folder=tmp_path)
    assert (done.code, "mine" in done.err, os.listdir(tmp_path)) == (3, True, ["mine"])


@pytest.mark.parametrize("step", ["rename", "makedirs", "mkdir"])
def test_a_new_book_is_there_whole_or_not_at_all(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, step, refuse)
    assert holdbook("new", "mine", folder=tmp_path).code == 3
    monkeypatch.undo()
    assert os.listdir(tmp_path) == []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, holdbook("demo", "--into", "there", folder=folder)


def test_the_demonstration_leaves_a_book_and_a_page_and_nothing_else(demo: tuple[Path, Done]) -> None:
    folder, done = demo
    assert (done.code, done.err) == (0, "")
    assert sorted(os.listdir(folder / "there")) == ["report.html", "softbank"]
    assert (folder / "there" / "softbank" / "book.yaml").is_file()


def test_the_demonstration_answers_every_question(demo: tuple[Path, Done]) -> None:
    for number, question in enumerate(CATALOGUE, 1):
        assert f"[{number}/{len(CATALOGUE)}] {question.asks}" in demo[1].out


def test_the_demonstration_says_all_answers_in_short_at_its_end(demo: tuple[Path, Done]) -> None:
    """The tables fill many screens; the last one has to answer by itself."""
    full, _, short = demo[1].out.partition("In short\n")
    for question in CATALOGUE:
        told = short.partition(f"  {question.name} ")[2].split("\n  ")[0].split()[:6]
        assert len(told) == 6
        assert " ".join(told) in full


def test_the_demonstration_ends_with_a_command_that_works(demo: tuple[Path, Done]) -> None:
    folder, done = demo
    command = next(line for line in done.out.splitlines() if line.startswith("Next"))
    words = shlex.split(command.partition("holdbook ")[2])
    assert holdbook(*words, folder=folder).code == 0


def test_the_copied_book_answers_as_the_shipped_one(demo: tuple[Path, Done]) -> None:
    folder, _ = demo
    shipped = holdbook("ask", "worth", "softbank", folder=folder)
    assert holdbook("ask", "worth", "softbank", folder=folder / "there") == shipped


def test_a_second_demonstration_keeps_the_user_s_changes(tmp_path: Path) -> None:
    holdbook("new", "softbank", folder=tmp_path)
    before = (tmp_path / "softbank" / "book.yaml").read_bytes()
    done = holdbook("demo", folder=tmp_path)
    assert (done.code, "already" in done.out, "Acme Holding" in done.out) == (0, True, True)
    assert (tmp_path / "softbank" / "book.yaml").read_bytes() == before


@pytest.mark.parametrize("words", ANSWERING, ids=" ".join)
def test_a_pipe_has_no_colour(words: tuple[str, ...], tmp_path: Path) -> None:
    done = holdbook(*words, folder=tmp_path)
    assert ESCAPE not in done.out + done.err


@pytest.mark.parametrize("words", ANSWERING, ids=" ".join)
def test_a_screen_has_colour_and_the_same_words(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = holdbook(*words, folder=tmp_path, terminal=True).out
    assert ESCAPE in shown
    for code in ("1", "2", "31", "32", "0"):
        shown = shown.replace(f"{ESCAPE}[{code}m", "")
    assert shown == holdbook(*words, folder=tmp_path).out


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("NO_COLOR", ""), ("TERM", "dumb")])
def test_who_wants_no_colour_gets_none(name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert ESCAPE not in holdbook("check", "tiny", folder=tmp_path, terminal=True).out
