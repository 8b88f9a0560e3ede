"""Colour for a terminal, or none."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """Whether text is coloured; plain where no person looks."""

    colour: bool = False

    def strong(self, text: str) -> str:
        """Bold."""
        return self._in("1", text)

    def dim(self, text: str) -> str:
        """Grey."""
        return self._in("2", text)

    def bad(self, text: str) -> str:
        """Red."""
        return self._in("31", text)

    def good(self, text: str) -> str:
        """Green."""
        return self._in("32", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text
