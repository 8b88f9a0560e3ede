"""A file of a book that an import made: it says from what, and knows whether a person has changed it since."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import unified_diff
from hashlib import blake2b
from typing import NamedTuple

from holdbook.problems import Problem
from holdbook.quantity.origin import Place

_MADE = "# Made by `holdbook import "
_SUM = "# Sum of what follows: "


class Change(NamedTuple):
    """What an import wants of a file: its path, the name by which messages call it, its text now (None if it is not there) and then."""

    path: str
    shown: str
    before: str | None
    after: str

    @property
    def is_none(self) -> bool:
        """Whether the file stays as it is, byte for byte."""
        return self.before == self.after

    def diff(self) -> Iterator[str]:
        """The lines that go and come, as in a diff."""
        old = (self.before or "").splitlines()
        name = self.shown if self.before is not None else "/dev/null"
        return unified_diff(old, self.after.splitlines(), name, self.shown, lineterm="")


def made(kind: str, sources: str, body: str) -> str:
    """The text of a generated file: from what it was made, the sum of its body, the body."""
    sources = "".join(sign if sign.isprintable() else "?" for sign in sources)
    return f"{_MADE}{kind}` from {sources}. To change it, take these two lines out: it is then yours.\n{_SUM}{_sum(body)}\n{body}"


def is_untouched(text: str) -> bool:
    """Whether a text was made by an import and nobody has changed it since."""
    first, _, rest = text.partition("\n")
    second, _, body = rest.partition("\n")
    return first.startswith(_MADE) and second == f"{_SUM}{_sum(body)}"


def changed(path: str, shown: str, after: str) -> Change | Problem:
    """What is to become of a file; a problem where a person has written it or changed it.

    Raises OSError when it is there and cannot be read.
    """
    before = None
    if os.path.lexists(path):
        with open(path, encoding="utf-8", newline="") as file:
            before = file.read()
    if before is None or before == after or is_untouched(before):
        return Change(path, shown, before, after)
    found, expected = "a file that a person has written or changed", "one that an import made and nobody touched"
    return Problem(
        "duplicate-key", Place(shown, 1, 1), found, expected, "rename it, or remove it, and import again", before.partition("\n")[0]
    )


def _sum(body: str) -> str:
    return blake2b(body.encode(), digest_size=8).hexdigest()
