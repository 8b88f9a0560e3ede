"""How many hats an entity wears before the company: holding, supplier, partner, rival, seller, collateral, one or several at once."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.ties import DEPENDENCE, HOLDING, RIVALRY, SALE, Tie, group, of_types
from holdbook.timeline.view import View

_ALL = ("now", "to come", "former")

# by the type of a tie, and whether the entity stands at its start
_HATS: dict[tuple[str, bool], str] = {
    ("owns", False): "holding",
    ("controls", False): "holding",
    ("invested_in", False): "holding",
    ("manages", False): "managed",
    ("owns", True): "owner",
    ("controls", True): "owner",
    ("invested_in", True): "investor",
    ("manages", True): "manager",
    ("supplies", True): "supplier",
    ("supplies", False): "customer",
    ("customer_of", True): "customer",
    ("customer_of", False): "supplier",
    ("licenses", True): "licensor",
    ("licenses", False): "licensee",
    ("partner_in", True): "partner",
    ("partner_in", False): "common undertaking",
    ("finances", True): "lender",
    ("finances", False): "borrower",
    ("secured_by", True): "borrower on collateral",
    ("secured_by", False): "collateral",
    ("guarantees", True): "guarantor",
    ("guarantees", False): "guaranteed",
    ("operates", True): "operator",
    ("operates", False): "operated",
    ("competes_with", True): "rival",
    ("competes_with", False): "rival",
    ("acquires_from", True): "buyer",
    ("acquires_from", False): "seller",
}


class Hat(NamedTuple):
    """One role of an entity: its name, whether it is of today, former or to come, and the ties by which it has it."""

    name: str
    when: str
    ties: tuple[Tie, ...]

    @property
    def words(self) -> str:
        """The role as it is said: `former holding`, `rival to be`."""
        return {"former": f"former {self.name}", "to come": f"{self.name} to be"}.get(self.when, self.name)


def hats(view: View) -> dict[str, list[Hat]]:
    """The roles of every entity but the company that has at least one, most roles first.

    A tie of holding gives a role only where one end is the company or something that it holds; what two outsiders hold of each other
    is their affair. A partner is told apart by the role that the book gives it; all other ties of one type make one role. A role that
    is of today is not told again as former or to come.
    """
    within = set(group(view, _ALL))
    found: dict[str, dict[str, list[Tie]]] = {}
    for tie in of_types(view, (*HOLDING, *DEPENDENCE, *RIVALRY, *SALE), _ALL):
        if tie.type in HOLDING and tie.start not in within and tie.end not in within:
            continue
        for node, at_start in ((tie.start, True), (tie.end, False)):
            name = _HATS.get((tie.type, at_start))
            if name is not None and node != view.company and not _inside(tie, node, within):
                found.setdefault(node, {}).setdefault(_named(name, tie), []).append(tie)
    made = {node: [_hat(name, some) for name, some in sorted(_one_role_each(roles).items())] for node, roles in found.items()}
    return dict(sorted(made.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _inside(tie: Tie, node: str, within: set[str]) -> bool:
    """Whether a holding of the group is only seen as the owner of another: that is a layer, not a role."""
    return tie.type in HOLDING and tie.start == node and node in within


def _one_role_each(roles: dict[str, list[Tie]]) -> dict[str, list[Tie]]:
    """An owner who sells to the company is its seller: one role, told twice."""
    return {name: some for name, some in roles.items() if name != "owner" or "seller" not in roles}


def _named(name: str, tie: Tie) -> str:
    return f"{name} ({tie.role})" if name == "partner" and tie.role else name


def _hat(name: str, some: list[Tie]) -> Hat:
    when = next(one for one in _ALL if any(tie.when == one for tie in some))
    return Hat(name, when, tuple(some))
