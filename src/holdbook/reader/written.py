"""What stands in a file before anybody knows what it means: scalars, lists and mappings, with their lines and columns."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """A line and a column, counted from one."""

    line: int
    column: int


class Scalar(NamedTuple):
    """A single value, as text."""

    text: str
    spot: Spot


class Listing(NamedTuple):
    """A list of values."""

    items: tuple[Written, ...]
    spot: Spot


class Mapping(NamedTuple):
    """Keys and values, in order; a key may stand twice, which is for the reader of it to say."""

    pairs: tuple[tuple[Scalar, Written], ...]
    spot: Spot


Written = Scalar | Listing | Mapping


class RawEntry(NamedTuple):
    """An entry of a noun before it is shaped."""

    noun: str
    name: Scalar
    body: Written
    file: str
