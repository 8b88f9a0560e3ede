"""What something was worth on a day."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Flag, Price, Ratio, Worth


class Mark(Fact, frozen=True, kw_only=True):
    """A value, and the price or valuation behind it.

    `price` is for one share; `value` is for the whole entity (`of: whole`) or for the company's position (`of: position`).
    `net: yes` says that asset-backed finance has already been taken off. `kind` close is a closing price, target an opinion.
    """

    noun: ClassVar[str] = "marks"

    asset: Entity
    holder: Entity | None = None
    price: Price | None = None
    value: Worth | None = None
    of: Annotated[str, ChoiceKind(("position", "whole"))] | None = None
    net: Flag | None = None
    kind: (
        Annotated[
            str,
            ChoiceKind(("close", "average", "valuation", "pre_money", "post_money", "carrying", "target", "peak", "threshold", "multiple")),
        ]
        | None
    ) = None
    multiple: Ratio | None = None
    level: Annotated[str, ChoiceKind(("1", "2", "3"))] | None = None
