"""A book that was read before is remembered; the memory never says anything that the book does not say now."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from prompt import SOUND, book, holdbook


class Witness:
    """A thing that leaves a trace when somebody unpickles it."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.trace),)


def checked(folder: Path, memory: Path) -> tuple[int, str]:
    done = holdbook("check", folder.name, folder=folder.parent, memory=str(memory))
    assert done.err == ""
    return done.code, done.out


def test_a_changed_figure_is_read_anew(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    before = holdbook("ask", "worth", "acme", folder=tmp_path, memory=str(tmp_path / "memory"))
    (folder / "book.yaml").write_text(SOUND.replace("USD 20.00", "USD 21.00"), encoding="utf-8")
    after = holdbook("ask", "worth", "acme", folder=tmp_path, memory=str(tmp_path / "memory"))
    assert ("USD 200m" in before.out, "USD 210m" in after.out) == (True, True)


@pytest.mark.parametrize("fault", ["not-utf8", "outside", "too-large"])
def test_a_new_fault_is_found_in_a_book_that_is_remembered_as_sound(fault: str, tmp_path: Path) -> None:
    folder, memory = book(tmp_path / "acme"), tmp_path / "memory"
    assert checked(folder, memory)[0] == 0
    path = folder / "moves.yaml"
    if fault == "not-utf8":
        path.write_bytes(b"\xff")
    elif fault == "outside":
        path.symlink_to("/etc/hostname")
    else:
        with open(path, "wb") as file:
            file.truncate(64 * 1024 * 1024 + 1)
    code, out = checked(folder, memory)
    assert (code, f"[file-{fault}]" in out) == (1, True)
    path.unlink()
    assert checked(folder, memory)[0] == 0


def test_a_fault_that_only_a_check_finds_ends_every_question_with_one(tmp_path: Path) -> None:
    folder, memory = book(tmp_path / "acme"), tmp_path / "memory"
    rival = "  rival: {asset: beta, day: 2025-09-30, price: USD 23.00/share, source: report p. 9}\n"
    (folder / "book.yaml").write_text(SOUND + rival, encoding="utf-8")
    words = ("ask", "worth", "acme")
    first = holdbook(*words, folder=tmp_path, memory=str(memory))
    assert (first.code, "[contradiction]" in first.err) == (1, True)
    assert holdbook(*words, folder=tmp_path, memory=str(memory)) == holdbook(*words, folder=tmp_path) == first


def test_a_damaged_memory_changes_no_answer(tmp_path: Path) -> None:
    book(tmp_path / "acme")
    words = ("ask", "worth", "acme")
    sound = holdbook(*words, folder=tmp_path, memory=str(tmp_path / "memory"))
    for kept in sorted((tmp_path / "memory" / "holdbook").iterdir()):
        data = kept.read_bytes()
        flipped = [data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :] for at in range(0, len(data), 13)]
        for damaged in [b"", data[: len(data) // 2], b"\x80\x05N.", *flipped]:
            kept.write_bytes(damaged)
            assert holdbook(*words, folder=tmp_path, memory=str(tmp_path / "memory")) == sound


def test_a_folder_that_others_can_write_is_not_believed(tmp_path: Path) -> None:
    folder, memory = book(tmp_path / "acme"), tmp_path / "memory"
    checked(folder, memory)
    (kept,) = (memory / "holdbook").iterdir()
    kept.write_bytes(pickle.dumps(Witness(tmp_path / "trace")))
    (memory / "holdbook").chmod(0o777)
    assert checked(folder, memory)[0] == 0
    assert not (tmp_path / "trace").exists()


def test_a_memory_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert checked(folder, tmp_path / "file")[0] == 0


def test_a_memory_that_is_switched_off_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "memory"))
    folder = book(tmp_path / "acme")
    assert holdbook("check", "acme", folder=folder.parent).code == 0
    assert sorted(os.listdir(tmp_path)) == ["acme"]


def test_the_memory_keeps_few_books(tmp_path: Path) -> None:
    folder, memory = book(tmp_path / "acme"), tmp_path / "memory"
    for number in range(40):
        (folder / "book.yaml").write_text(f"{SOUND}# {number}\n", encoding="utf-8")
        checked(folder, memory)
    assert 0 < len(os.listdir(memory / "holdbook")) <= 32
