"""What would be left of the net asset value for the company's own shareholders after tax; no published one says it."""

from __future__ import annotations

from holdbook.measures.net_debt import account
from holdbook.measures.published import How, Sourced
from holdbook.measures.worth import nav
from holdbook.quantity.quantity import add, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

_TAKEN = {
    "tax_on_disposals": "tax on disposals of all holdings",
    "minorities_share": "the share of minorities in the holdings",
    "managements_share": "the share of the managers in the holdings",
}


def nav_after_tax(view: View) -> Sourced:
    """Net asset value less tax on disposals, less what belongs to minorities and to the managers of funds.

    Each is a balance of the day; one that the book does not state is unknown, and the value is then at most what the others leave.

    Formula:  nav - tax_on_disposals - minorities_share - managements_share
    Says so:  analysts; the company calls its own value one before tax
    """
    value = nav(view)
    stated = {item: account(view, item) for item in _TAKEN}
    of = f"of {view.book.name_of(view.company)} on {view.day}"
    taken = [
        amount if amount is not None else unknown(f"{_TAKEN[item]} {of}", UNIT(view.currency), floor=0) for item, amount in stated.items()
    ]
    how: How = "missing" if value.how == "missing" or None in stated.values() else value.how
    return Sourced((value.quantity - add(taken).named("not the shareholders'")).named("nav_after_tax"), how)
