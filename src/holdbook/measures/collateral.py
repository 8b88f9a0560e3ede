"""What is an asset and collateral at once: its price enters the value of the holdings and the finance on them."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.ties import group, of_types
from holdbook.model.debt import Debt
from holdbook.quantity.quantity import Quantity
from holdbook.timeline.view import View


class Pledge(NamedTuple):
    """Something that is held and secures a borrowing.

    Fields:
        asset: what is held.
        borrower: who borrowed on it.
        by: the id of the debt, or of the relation that tells of it.
        amount: what is outstanding, else what was agreed, where the book says.
        to_come: whether it is only agreed or in talks.
    """

    asset: str
    borrower: str
    by: str
    amount: Quantity | None
    to_come: bool


def pledges(view: View) -> list[Pledge]:
    """The borrowings of the day, or to come, that are secured on something that the company holds, by asset."""
    held = set(group(view)) - {view.company}
    found = [
        Pledge(
            one.secured_by, one.borrower or view.company, one.id, one.amount or one.drawn or one.principal, one.status not in (None, "done")
        )
        for one in view.counted(Debt)
        if one.secured_by in held and one.status != "ended" and _runs(view, one)
    ]
    found += [
        Pledge(tie.end, tie.start, tie.fact.id, None, tie.when == "to come")
        for tie in of_types(view, ("secured_by",), ("now", "to come"))
        if tie.end in held
    ]
    return sorted(found, key=lambda one: (one.asset, one.to_come, one.by))


def _runs(view: View, debt: Debt) -> bool:
    """Whether a debt runs on the day, as far as its dates say."""
    return view.in_force(debt) and (debt.maturity is None or debt.maturity.last >= view.day)
