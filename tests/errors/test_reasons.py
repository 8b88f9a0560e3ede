"""Each reason for which a book can be refused: a book that gives it, the message, and the way out of it."""

from __future__ import annotations

import os
import runpy
from itertools import takewhile
from pathlib import Path

import pytest
from shelf import BOOKS, Hunk, faults, faulty, holdbook, hunks, mended, message

from holdbook.problems import REASONS, Problem

ROOT = Path(__file__).resolve().parents[2]
OF_WHOLE_FILES = ("book-missing", "file-outside", "file-too-large")
OF_WHOLE_LINES = (
    "yaml",
    "book-head",
    "csv",
    "missing-field",
    "bad-definition",
    "learnt-too-early",
    "until-before-day",
    "contradiction",
    "circle",
    "oversold",
    "ownership",
    "adjusted-price",
    "unrecorded-split",
    "price-gap",
    "stale-price",
)
MENDED_ELSEWHERE = ("unrecorded-split", "price-gap")  # a price file is right, and the book lacks what explains it
each_reason = pytest.mark.parametrize("reason", REASONS)


def test_every_reason_has_a_book_and_every_book_a_reason() -> None:
    assert sorted(os.listdir(BOOKS)) == sorted(REASONS)


@each_reason
def test_a_book_has_faults_of_its_own_reason_only(reason: str, tmp_path: Path) -> None:
    assert {fault.reason for fault in faults(faulty(reason, tmp_path))} == {reason}


@each_reason
def test_the_message_reads_as_expected(reason: str, tmp_path: Path) -> None:
    assert message(reason, tmp_path) == (BOOKS / reason / "expected.txt").read_text(encoding="utf-8")


@each_reason
def test_who_follows_the_way_out_has_a_sound_book(reason: str, tmp_path: Path) -> None:
    mended(reason, tmp_path)
    done = holdbook("check", reason, folder=tmp_path)
    assert (done.code, done.err) == (0, ""), done.out + done.err


@each_reason
def test_a_fault_makes_the_exit_code_one_or_three(reason: str, tmp_path: Path) -> None:
    faulty(reason, tmp_path)
    assert holdbook("check", reason, folder=tmp_path).code == (3 if reason in ("book-missing", "book-head") else 1)


@each_reason
def test_a_fault_names_what_was_found_what_was_expected_and_a_way_out(reason: str, tmp_path: Path) -> None:
    for fault in faults(faulty(reason, tmp_path)):
        assert all(text.strip() and text == text.strip() for text in (fault.found, fault.expected, fault.way_out)), fault


@each_reason
def test_both_sides_of_a_fault_are_places_of_the_book(reason: str, tmp_path: Path) -> None:
    folder = faulty(reason, tmp_path)
    for fault in faults(folder):
        for side in fault.sides:
            assert side.place.line, side
            assert line_at(tmp_path, side.place.file, side.place.line), side
            assert side.says.strip(), side


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason not in OF_WHOLE_FILES])
def test_a_fault_shows_the_line_at_which_it_points(reason: str, tmp_path: Path) -> None:
    for fault in faults(faulty(reason, tmp_path)):
        assert fault.place.line, f"{fault.place} has no line"
        assert fault.excerpt == line_at(tmp_path, fault.place.file, fault.place.line), fault.place
        assert fault.excerpt, f"{fault.place} shows no line"


@pytest.mark.parametrize(
    "reason", [reason for reason in REASONS if (BOOKS / reason / "mend.txt").exists() and reason not in MENDED_ELSEWHERE]
)
def test_the_caret_stands_under_what_a_mended_copy_changes(reason: str, tmp_path: Path) -> None:
    for fault in faults(faulty(reason, tmp_path)):
        assert any(marks(fault, hunk, tmp_path) for hunk in hunks(reason)), fault


def test_the_page_of_reasons_is_up_to_date() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_problems.py"))["page"]()
    assert page == (ROOT / "docs" / "problems.md").read_text(encoding="utf-8"), "python docs/make_problems.py"


def line_at(shelf: Path, file: str, number: int) -> str:
    """A line of a file as an editor shows it."""
    lines = (shelf / file).read_bytes().split(b"\n")
    return lines[number - 1].decode("utf-8", "replace") if number <= len(lines) else ""


def marks(fault: Problem, hunk: Hunk, shelf: Path) -> bool:
    """Whether a fault points into the lines that a mended copy changes; that of one value, at the characters that it changes."""
    if fault.place.file.partition("/")[2] != hunk.file:
        return False
    if hunk.renamed:
        return True
    lines = (shelf / fault.place.file).read_text(encoding="utf-8").splitlines()
    first = next(i for i in range(len(lines)) if lines[i : i + len(hunk.old)] == hunk.old)
    if not first < fault.place.line <= first + len(hunk.old):
        return False
    if fault.reason in OF_WHOLE_LINES or len(hunk.old) > 1 or len(hunk.new) != 1:
        return True
    start, end = changed(hunk.old[0], hunk.new[0])
    return fault.place.column - 1 <= end and start <= fault.place.column - 1 + fault.length


def changed(old: str, new: str) -> tuple[int, int]:
    """The first and the last column that differ between two lines, counted from zero."""
    first = alike(old, new)
    return first, max(len(old) - alike(old[first:][::-1], new[first:][::-1]), first)


def alike(one: str, other: str) -> int:
    """With how many characters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
