"""What stands in a file before anybody knows what it means: scalars, lists and mappings, with their lines and columns.

They are the nodes that the YAML library composes; the reader of CSV builds the same. Scalars stay text.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from yaml.nodes import MappingNode as Mapping
from yaml.nodes import Node as Written
from yaml.nodes import ScalarNode as Scalar
from yaml.nodes import SequenceNode as Listing


class Mark(NamedTuple):
    """A line and a column, counted from nought as the YAML library does."""

    line: int
    column: int


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


def scalar(text: str, line: int, column: int) -> Scalar:
    """A single value at a line and a column, counted from one."""
    return Scalar(None, text, Mark(line - 1, column - 1), None)


def mapping(pairs: list[tuple[Scalar, Written]], line: int) -> Mapping:
    """Keys and values that stand on one line."""
    return Mapping(None, pairs, Mark(line - 1, 0), None)


def length(written: Written) -> int:
    """How many characters a single value has; one for what spans lines."""
    return max(len(written.value), 1) if isinstance(written, Scalar) else 1


__all__ = ["Listing", "Mapping", "Mark", "RawEntry", "Scalar", "Written", "length", "mapping", "scalar", "spot"]
