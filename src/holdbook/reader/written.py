"""What stands in a file before anybody knows what it means: scalars, lists and mappings, with their lines and columns.

They are the nodes that the YAML library composes; the reader of CSV builds the same. Scalars stay text.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from yaml.error import Mark
from yaml.nodes import MappingNode as Mapping
from yaml.nodes import Node as Written
from yaml.nodes import ScalarNode as Scalar
from yaml.nodes import SequenceNode as Listing


class LaidOver(Mark):
    """The spot of a value that a scenario wrote: in another file than the entry; `instead` tells what stood there before."""

    def __init__(self, spot: Any, file: str, scenario: str, instead: str = "") -> None:
        super().__init__("", spot.index, spot.line, spot.column, None, 0)
        self.file, self.scenario, self.instead = file, scenario, instead


class RawEntry(NamedTuple):
    """An entry of a noun before it is shaped."""

    noun: str
    name: Scalar
    body: Written
    file: str


def spot(written: Written) -> tuple[int, int]:
    """The line and the column at which a value stands, counted from one."""
    mark: Any = written.start_mark
    return mark.line + 1, mark.column + 1


def laid_over(written: Written) -> LaidOver | None:
    """The spot of a value, if a scenario wrote it."""
    mark: Any = written.start_mark
    return mark if isinstance(mark, LaidOver) else None


def scalar(text: str, line: int, column: int) -> Scalar:
    """A single value at a line and a column, counted from one."""
    return Scalar("", text, _mark(line - 1, column - 1), None)


def mapping(pairs: list[tuple[Scalar, Scalar]], line: int) -> Mapping:
    """Keys and values that stand on one line."""
    return Mapping("", pairs, _mark(line - 1, 0), None)


def _mark(line: int, column: int) -> Mark:
    return Mark("", 0, line, column, None, 0)


def length(written: Written) -> int:
    """How many characters a single value has; one for what spans lines."""
    return max(len(written.value), 1) if isinstance(written, Scalar) else 1


__all__ = ["LaidOver", "Listing", "Mapping", "RawEntry", "Scalar", "Written", "laid_over", "length", "mapping", "scalar", "spot"]
