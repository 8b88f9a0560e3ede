"""What a field of a book may hold: a figure, a day, a name, a choice, some text.

A kind says how a field is read, what its JSON Schema is, and how wide it is when nobody knows it. It reads nothing itself.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from holdbook.dates import Span
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.unit import NUMBER, UNIT, Unit

Family = Literal["money", "shares", "price", "rate", "ratio", "count", "power", "time", "any"]


class FigureKind(msgspec.Struct, frozen=True):
    """A figure of one family; `floor` is the least that it can be, `contract` makes a plain figure a point."""

    family: Family
    floor: int | None = None
    ceiling: int | None = None
    contract: bool = False


class DayKind(msgspec.Struct, frozen=True):
    """A day or a period: `2025-10-31`, `2025-10`, `FY2025 Q3`."""


class TimeKind(msgspec.Struct, frozen=True):
    """A time of day and its zone: `15:30 Asia/Tokyo`."""


class TextKind(msgspec.Struct, frozen=True):
    """Words, kept as they are written."""


class NameKind(msgspec.Struct, frozen=True):
    """The id of an entry of another noun."""

    noun: str


class FormulaKind(msgspec.Struct, frozen=True):
    """A definition: names of facts, numbers, + - * / min max."""


class FlagKind(msgspec.Struct, frozen=True):
    """yes or no."""


class ChoiceKind(msgspec.Struct, frozen=True):
    """One word of a closed list."""

    words: tuple[str, ...]


class ListKind(msgspec.Struct, frozen=True):
    """A list of one kind."""

    of: Kind


class TableKind(msgspec.Struct, frozen=True):
    """A mapping from a name to one kind, or to a small record of kinds."""

    of: Kind | None = None
    key: NameKind | None = None
    record: type[msgspec.Struct] | None = None


Kind = FigureKind | DayKind | TimeKind | TextKind | NameKind | FormulaKind | FlagKind | ChoiceKind | ListKind | TableKind

Money = Annotated[Quantity, FigureKind("money")]
Principal = Annotated[Quantity, FigureKind("money", floor=0, contract=True)]
Worth = Annotated[Quantity, FigureKind("money", floor=0)]
Shares = Annotated[Quantity, FigureKind("shares", floor=0)]
Price = Annotated[Quantity, FigureKind("price", floor=0)]
PerShare = Annotated[Quantity, FigureKind("price")]
ExchangeRate = Annotated[Quantity, FigureKind("rate", floor=0)]
Ratio = Annotated[Quantity, FigureKind("ratio")]
Part = Annotated[Quantity, FigureKind("ratio", floor=0, ceiling=1)]
Count = Annotated[Quantity, FigureKind("count", floor=0)]
Power = Annotated[Quantity, FigureKind("power", floor=0)]
Duration = Annotated[Quantity, FigureKind("time", floor=0)]
Figure = Annotated[Quantity, FigureKind("any")]
Factor = Annotated[Quantity, FigureKind("any", floor=0, contract=True)]
Day = Annotated[Span, DayKind()]
Time = Annotated[str, TimeKind()]
Text = Annotated[str, TextKind()]
Formula = Annotated[str, FormulaKind()]
Flag = Annotated[bool, FlagKind()]
Entity = Annotated[str, NameKind("entities")]


def unit_of(family: Family, currency: str) -> Unit:
    """The unit that a field has when nobody states a figure."""
    units = {
        "money": UNIT(currency),
        "shares": UNIT("share"),
        "price": UNIT(f"{currency}/share"),
        "power": UNIT("GW"),
        "time": UNIT("year"),
    }
    return units.get(family, NUMBER)
