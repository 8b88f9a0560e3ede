"""Who is tied to whom, and how."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Entity, Flag, Part, TableKind, Text, Worth
from holdbook.model.registered import Registered


class Relation(Fact, frozen=True, kw_only=True):
    """An edge from one entity to another.

    `member_of` puts a share into an index, `part` is its weight.
    `holds_through` is an interest that a register tells of and that others hold for `from`; the links tell it already, so it is in no sum.
    `statement` is the statement of a register that says so, by its id there.
    Ownership (`owns`, `controls`, `invested_in`) and dependency (`supplies`, `customer_of`, ...) are never mixed in one sum.
    """

    noun: ClassVar[str] = "relations"

    from_: Entity
    type: Annotated[
        str,
        ChoiceKind(
            (
                "owns",
                "controls",
                "invested_in",
                "holds_through",
                "manages",
                "acquires_from",
                "supplies",
                "customer_of",
                "licenses",
                "partner_in",
                "finances",
                "secured_by",
                "guarantees",
                "competes_with",
                "leads",
                "founded",
                "rates",
                "located_in",
                "operates",
                "disputes",
                "member_of",
            )
        ),
    ]
    to: Entity
    part: Part | None = None
    amount: Worth | None = None
    role: Text | None = None
    prospective: Flag | None = None
    statement: Annotated[dict[str, Registered], TableKind(record=Registered)] | None = None
