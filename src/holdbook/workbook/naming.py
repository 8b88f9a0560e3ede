"""Names that a spreadsheet allows: of cells and of sheets. None comes twice, whatever a book calls its entries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from holdbook.quantity.quantity import Quantity

_LONGEST = 60
_LONGEST_SHEET = 31
_LONGEST_TEXT = 32_000
_ILLEGAL = re.compile(r"[^A-Za-z0-9_]+")
_TAKEN = re.compile(r"[A-Z]{1,3}\d+|R\d*(C\d*)?|C\d*|TRUE|FALSE", re.IGNORECASE)
_SHEET = re.compile(r"[\[\]:*?/\\']")
FORMULA_STARTS = ("=", "+", "-", "@")


class CellNames:
    """Names cells for `formulas`: after the figure or the measure where it has a name, else by number."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def __call__(self, node: Quantity, number: int) -> str:
        """The name of the cell of a node, which is the cell of that number."""
        return self._once(legal(node.name or node.key or f"step_{number}"))

    def _once(self, name: str) -> str:
        """The name, or the next of its kind that nobody has: `nav`, `nav_2`. Spreadsheets do not tell small letters from capitals."""
        while True:
            self._given[name.casefold()] += 1
            seen = self._given[name.casefold()]
            if seen == 1:
                return name
            name = f"{name}_{seen}"


def legal(text: str) -> str:
    """The name of a cell that a text becomes: letters, digits and underscores, and nothing that reads as another cell.

    >>> legal("debts.bond.amount"), legal("A1"), legal("2025 total")
    ('debts_bond_amount', 'A1_', '_2025_total')
    """
    name = _ILLEGAL.sub("_", unicodedata.normalize("NFKD", text))[:_LONGEST].strip("_") or "cell"
    name = f"_{name}" if name[0].isdigit() else name
    return f"{name}_" if _TAKEN.fullmatch(name) else name


class SheetNames:
    """Names sheets: without the signs that are forbidden there, 31 characters at most, none twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def __call__(self, text: str) -> str:
        """The name of the sheet that a text heads."""
        stem = _SHEET.sub(" ", clean(text)).strip()[:_LONGEST_SHEET] or "Sheet"
        name, number = stem, 1
        while name.casefold() in self._given or name.casefold() == "history":
            number += 1
            name = f"{stem[: _LONGEST_SHEET - len(str(number)) - 1]} {number}"
        self._given.add(name.casefold())
        return name


def clean(text: str) -> str:
    r"""A text without control characters and halves of characters, no longer than a cell holds; a line break becomes a space.

    >>> clean("one\ttwo\x00"), len(clean("x" * 40_000))
    ('one two', 32000)
    """
    spaced = re.sub(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text)
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in "\ufffe\uffff")
    return kept if len(kept) <= _LONGEST_TEXT else f"{kept[: _LONGEST_TEXT - 1]}…"
