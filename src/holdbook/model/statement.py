"""A table that the company itself published: an assertion that the book must reproduce."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import Entity, FigureKind, Flag, Money, NameKind, PerShare, Ratio, Shares, TableKind, Worth
from holdbook.quantity.quantity import Quantity


class Statement(Fact, frozen=True, kw_only=True):
    """A published net asset value, with what was published beside it.

    `net_debt` is negative for net cash; with `gross_debt` and `cash` printed it is the one less the other. `deductions` are what else is
    taken off the holdings (other liabilities, tax, written puts, minorities, management's share); what is added is negative.
    `lines` are other figures of the table under names of its own: a definition can use them, and one of that name must reach them.
    `parts` are the lines of the table, each after asset-backed finance; `partial: yes` says that lines are missing.
    `bridge` runs from consolidated net debt to adjusted net debt; `self_financing` splits that line by entity.
    `pro_forma: yes` marks a figure that is not a closing table.
    """

    noun: ClassVar[str] = "statements"

    company: Entity | None = None
    holdings: Worth | None = None
    net_debt: Money | None = None
    nav: Money | None = None
    loan_to_value: Ratio | None = None
    nav_per_share: PerShare | None = None
    holdings_per_share: PerShare | None = None
    net_debt_per_share: PerShare | None = None
    shares: Shares | None = None
    parts: Annotated[dict[str, Quantity], TableKind(FigureKind("money", floor=0), key=NameKind("entities"))] | None = None
    parts_per_share: Annotated[dict[str, Quantity], TableKind(FigureKind("price"), key=NameKind("entities"))] | None = None
    partial: Flag | None = None
    bridge: Annotated[dict[str, Quantity], TableKind(FigureKind("money"))] | None = None
    self_financing: Annotated[dict[str, Quantity], TableKind(FigureKind("money"), key=NameKind("entities"))] | None = None
    pro_forma: Flag | None = None
    cash: Worth | None = None
    gross_debt: Worth | None = None
    deductions: Annotated[dict[str, Quantity], TableKind(FigureKind("money"))] | None = None
    discount: Ratio | None = None
    lines: Annotated[dict[str, Quantity], TableKind(FigureKind("any"))] | None = None
