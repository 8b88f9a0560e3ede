"""The documentation is true: every command of a ```console block prints what the page says it prints.

The blocks of a page run in order, in one empty folder. A line `...` stands for any lines.
To write new outputs after a change of format, and then read the difference:  python tests/test_documentation.py
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from holdbook.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
ANY_LINES = "..."
_TARGET = re.compile(r"(?<!!)\[[^]]*\]\((?!https?:|#)([^)#\s]+)")


class Step(NamedTuple):
    """One command of a page: its text, what the page shows below it, and the lines of the page that this takes up."""

    command: str
    shown: list[str]
    first: int
    last: int


def steps(page: Path) -> Iterator[Step]:
    """The commands of a page's console blocks, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    inside, start = False, 0
    for number, line in enumerate(lines):
        ends = inside and (line == "```" or line.startswith("$ "))
        if ends and start:
            yield Step(lines[start - 1][2:], lines[start:number], start, number)
        if line == "```console":
            inside, start = True, 0
        elif inside and line == "```":
            inside, start = False, 0
        elif inside and line.startswith("$ "):
            start = number + 1


class Shell:
    """Runs the few commands that pages use: holdbook in this process, sed to change a figure, and `echo $?`."""

    def __init__(self) -> None:
        self.code = 0

    def run(self, command: str) -> list[str]:
        """What a command prints, on both streams, in order."""
        if command == "echo $?":
            return [str(self.code)]
        program, *arguments = shlex.split(command)
        if program == "sed":
            done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
            return done.stdout.splitlines()
        assert program == "holdbook", f"pages run holdbook, sed and echo $?, not {program}"
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                self.code = main(arguments)
            except SystemExit as stopped:
                self.code = int(stopped.code or 0)
        return [line.rstrip() for line in printed.getvalue().splitlines()]


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether a page shows what was printed."""
    pattern = "".join(r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line.rstrip()) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def difference(page: Path, step: Step, printed: list[str]) -> str:
    """How a page and the program differ, as a reader of tests would want to see it."""
    where = f"{page.relative_to(ROOT)}:{step.first}"
    return "\n".join([f"$ {step.command}", *difflib.unified_diff(step.shown, printed, where, "printed now", lineterm="", n=1)])


def compared(page: Path) -> Iterator[tuple[Step, list[str]]]:
    """The commands of a page with what they print in an empty folder."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            shell = Shell()
            for step in steps(page):
                yield step, shell.run(step.command)
        finally:
            os.chdir(before)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_its_commands_print(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    wrong = [difference(page, step, printed) for step, printed in compared(page) if not agrees(step.shown, printed)]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page_lead_to_files(page: Path) -> None:
    targets = _TARGET.findall(page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_dots_stand_for_any_lines() -> None:
    assert agrees(["a", ANY_LINES, "c"], ["a", "b", "b", "c"])
    assert agrees(["a", ANY_LINES], ["a"])
    assert not agrees(["a", ANY_LINES, "c"], ["a", "b"])
    assert not agrees(["a"], ["a", "b"])


def rewrite(page: Path) -> list[str]:
    """Write what the commands of a page print now into it; what holds dots is left, and returned where it is wrong."""
    found = list(compared(page))
    lines = page.read_text(encoding="utf-8").splitlines()
    left = []
    for step, printed in reversed(found):
        if agrees(step.shown, printed):
            continue
        if ANY_LINES in step.shown:
            left.append(difference(page, step, printed))
        else:
            lines[step.first : step.last] = printed
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return left[::-1]


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.stdout.write("\n\n".join(text for page in PAGES for text in rewrite(page)) + "\n")
