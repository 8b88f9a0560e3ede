"""Text laid out for a terminal: aligned columns, wrapped sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from holdbook.render.style import Style

_WIDTH = 110
_WIDEST_CELL = 46
_WIDEST_NUMBER = 60


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], style: Style, head: Sequence[str] | None = None) -> Iterator[str]:
    """Rows in columns as wide as their texts, numbers to the right; long texts go on below."""
    if not rows:
        return
    everything = [head, *rows] if head else list(rows)
    widths = [min(max(len(row[i]) for row in everything), _WIDEST_NUMBER if right[i] else _WIDEST_CELL) for i in range(len(right))]
    if head:
        yield style.dim(_line(head, widths, right))
    for row in rows:
        columns = [textwrap.wrap(text, max(width, 1)) or [""] for text, width in zip(row, widths, strict=True)]
        for i in range(max(len(column) for column in columns)):
            yield _line([column[i] if i < len(column) else "" for column in columns], widths, right)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [text.rjust(width) if to_right else text.ljust(width) for text, width, to_right in zip(texts, widths, right, strict=True)]
    return ("  " + "  ".join(padded)).rstrip()


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """A sentence over as many lines as it takes."""
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
