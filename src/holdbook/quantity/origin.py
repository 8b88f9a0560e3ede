"""Where a figure stands and who says it: file, line, column; source, speaker, day."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A spot in a file of a book; lines and columns count from one."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part)


class Origin(NamedTuple):
    """What is behind a figure: where it stands, which source says it, who, and for which day.

    `kind` is said of rates (`spot`, `average`), `words` is the figure as it was written.
    """

    place: Place
    source: str = ""
    speaker: str = ""
    day: str = ""
    known: str = ""
    kind: str = ""
    words: str = ""

    def __str__(self) -> str:
        said = [part for part in (self.kind, self.day, self.source, self.speaker and f"says {self.speaker}") if part]
        return f"{self.place}  {', '.join(said)}" if said else str(self.place)


NOWHERE = Origin(Place(""))
