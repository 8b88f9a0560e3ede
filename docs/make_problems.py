"""Writes docs/problems.md: each reason with the lines that provoke it, the message, and what mends it.

The books and their messages stand in tests/errors/books; the tests hold them against the program.

    python docs/make_problems.py
"""

from __future__ import annotations

from pathlib import Path

from holdbook.problems import REASONS

HERE = Path(__file__).resolve().parent
BOOKS = HERE.parent / "tests" / "errors" / "books"
HEAD = """# What can be wrong with a book

`holdbook check` names every fault with one of the reasons below, in brackets behind the message. The list is closed.
A fault shows where it is, the line with the culprit underlined, what was expected, the other places that it has to do with, and a way out.
Each reason stands here with a book that has it: what changes (`-` what is there, `+` what mends it), and what `check` prints.

This page is made by `docs/make_problems.py` from `tests/errors/books`, where the books stand whole.
"""


def page() -> str:
    """The page as text."""
    return "\n".join([HEAD, *(_section(reason, sentence) for reason, sentence in REASONS.items())])


def _section(reason: str, sentence: str) -> str:
    folder = BOOKS / reason
    blocks = [("sh", folder / "made.txt"), ("diff", folder / "mend.txt"), ("text", folder / "expected.txt")]
    shown = [f"```{language}\n{path.read_text(encoding='utf-8')}```\n" for language, path in blocks if path.exists()]
    return "\n".join([f"## {reason}\n", f"{sentence}\n", *shown])


if __name__ == "__main__":
    (HERE / "problems.md").write_text(page(), encoding="utf-8")
