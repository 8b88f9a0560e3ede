"""Text laid out for a terminal: aligned columns, wrapped sentences."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from holdbook.render.style import Style

_WIDTH = 100
_WIDEST_NUMBER = 60
_NARROWEST, _TIGHTEST = 18, 10
_BETWEEN_DAYS = re.compile(r"(?<=\d)\.\.(?=\d)")
_GAP = 2


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], style: Style, head: Sequence[str] | None = None) -> Iterator[str]:
    """Rows in columns as wide as their texts, numbers to the right; what would not fit beside the others goes on below."""
    if not rows:
        return
    widths = _widths(rows, right, head)
    if head:
        yield from (style.dim(line) for line in _lines(head, widths, right, low=True))
    for row in rows:
        yield from _lines(row, widths, right)


def _widths(rows: Sequence[Sequence[str]], right: Sequence[bool], head: Sequence[str] | None) -> list[int]:
    """As wide as the longest text; beyond the width of a page the widest give way: words, and headings of numbers, never a number.

    Where that does not do, words give way further, and the two ends of a period stand below each other.
    """
    everything = [head, *rows] if head else list(rows)
    widths = [max(len(row[i]) for row in everything) for i in range(len(right))]
    for narrowest, split in ((_NARROWEST, str.split), (_TIGHTEST, _pieces)):
        least = [max(len(word) for row in everything for word in split(row[i]) or ("",)) for i in range(len(right))]
        for i, to_right in enumerate(right):
            whole = min(max(len(row[i]) for row in rows), _WIDEST_NUMBER) if to_right else min(widths[i], narrowest)
            least[i] = max(least[i], whole)
        while sum(widths) + _GAP * len(widths) > _WIDTH and any(width > low for width, low in zip(widths, least, strict=True)):
            widest = max(range(len(widths)), key=lambda i: (widths[i] > least[i], widths[i]))
            widths[widest] -= 1
    return widths


def _pieces(text: str) -> list[str]:
    """The words of a text, a period as its two ends."""
    return _BETWEEN_DAYS.sub(".. ", text).split()


def _broken(text: str, width: int) -> list[str]:
    """A text over as many lines as it takes."""
    told = text if len(text) <= width else _BETWEEN_DAYS.sub(".. ", text)
    return [line.replace(".. ", "..") for line in textwrap.wrap(told, max(width, 1))] or [""]


def _lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool], *, low: bool = False) -> Iterator[str]:
    """One row, over as many lines as its longest cell takes; a heading stands on what it heads (`low`)."""
    columns = [_broken(text, width) for text, width in zip(row, widths, strict=True)]
    most = max(len(column) for column in columns)
    padded = [[""] * (most - len(column)) + column if low else column + [""] * (most - len(column)) for column in columns]
    yield from (_line(texts, widths, right) for texts in zip(*padded, strict=True))


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [text.rjust(width) if to_right else text.ljust(width) for text, width, to_right in zip(texts, widths, right, strict=True)]
    return ("  " + "  ".join(padded)).rstrip()


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """A sentence over as many lines as it takes."""
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
