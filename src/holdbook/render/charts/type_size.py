"""How wide a text will be, so that it fits before anybody has drawn it: the advance widths of a plain sans serif, in thousandths of its size."""

from __future__ import annotations

import unicodedata

_WIDE = "".join(chr(code) for code in range(32, 127))
_ADVANCES = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278,
    584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
    667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_ADVANCE = dict(zip(_WIDE, _ADVANCES, strict=True))
_OTHER, _FULL = 600, 1000
_SLACK = 1.06
_CUT = "…"


def width_of(text: str, size: float) -> float:
    """The width of a text at a size, with a little room for fonts that run wider.

    >>> width_of("ill", 10) < width_of("WWW", 10)
    True
    """
    return sum(map(_advance, text)) * size * _SLACK / 1000


def _advance(character: str) -> int:
    known = _ADVANCE.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return _FULL if unicodedata.east_asian_width(character) in "WF" else _OTHER


def cut(text: str, room: float, size: float) -> str:
    """The text, or as much of it as fits with a mark that it was cut.

    >>> cut("a holding with a long name", 60, 10)
    'a holding w…'
    """
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + _CUT, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + _CUT


def lines_of(text: str, room: float, size: float, most: int = 2) -> list[str]:
    """The text in lines that fit; what is left over after the last is cut, and so is a word that is wider than a line.

    >>> lines_of("a holding with a long name", 70, 10)
    ['a holding with', 'a long name']
    """
    words, lines = text.split(), [""]
    while words:
        word = words[0]
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= room:
            lines[-1] = longer
        elif lines[-1] and len(lines) < most:
            lines.append("")
            continue
        else:
            return [*lines[:-1], cut(" ".join([*lines[-1:], *words]).strip(), room, size)]
        words.pop(0)
    return lines
