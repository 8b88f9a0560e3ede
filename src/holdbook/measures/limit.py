"""Every limit in force, the company's own and the agencies', with what it bounds and whether that keeps it."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.measures.defined import definition_of, evaluated
from holdbook.measures.encumbrance import unlisted_share
from holdbook.measures.leverage import agency_loan_to_value, loan_to_value, loan_to_value_with_asset_backed, standing
from holdbook.measures.liquidity import redemption
from holdbook.model.entity import Entity
from holdbook.model.policy import Policy
from holdbook.quantity.duration import in_months
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, unknown
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

LIMITED = ("loan_to_value", "loan_to_value_with_asset_backed", "redemption_cover", "unlisted_ratio", "derivative_ratio")
"""What a limit can be on beside the definitions of the book. Of derivatives a book has no value: their ratio stays unknown."""
_TWO_YEARS = 24


class Tested(NamedTuple):
    """A limit and what it bounds; `standing` is within, beyond, undecided or not known."""

    policy: Policy
    limit: Quantity
    value: Quantity
    standing: str

    @property
    def room(self) -> Quantity:
        """How much is left to the limit; negative beyond it."""
        return self.limit - self.value if self.policy.at_most is not None else self.value - self.limit


def tested(view: View) -> list[Tested]:
    """The limits in force on the day that are stated as a figure."""
    found = []
    for policy in view.counted(Policy):
        limit = policy.at_most if policy.at_most is not None else policy.at_least
        if limit is not None and view.in_force(policy):
            value = bounded(view, policy, None)
            kept = "not known" if known(value) == "no" else standing(value, limit, most=policy.at_most is not None)
            found.append(Tested(policy, limit, value, kept))
    return found


def bounded(view: View, policy: Policy, at: View | None) -> Quantity:
    """What a policy bounds, of the day or of the last table `at`; unknown where an agency has its own measure, or nobody reckons it."""
    if is_agency(view, policy):
        if is_ratio(policy):
            return agency_loan_to_value(at or view, policy.holder or "").quantity
        name = view.book.name_of(policy.holder or "")
        return unknown(f"{policy.measure.replace('_', ' ')} as {name} reckons it on {view.day}", floor=0)
    if policy.measure == "loan_to_value":
        return loan_to_value(at or view).quantity
    if policy.measure == "loan_to_value_with_asset_backed":
        return loan_to_value_with_asset_backed(at or view).quantity
    if policy.measure == "redemption_cover":
        months = in_months(policy.horizon) if policy.horizon is not None else None
        return _cover(view, int(months) if months else _TWO_YEARS)
    if policy.measure == "unlisted_ratio":
        return unlisted_share(at or view).quantity
    own = definition_of(at or view, policy.measure)
    if own is not None and (value := evaluated(at or view, own)).unit is NUMBER:
        return value
    return unknown(f"{policy.measure.replace('_', ' ')} of {view.book.name_of(view.company)} on {view.day}", floor=0)


def _cover(view: View, months: int) -> Quantity:
    """Cash over the bonds due; unknown where there is no cash position, or no bond that falls due."""
    test = redemption(view, months)
    if test.cover is not None:
        return test.cover
    name = view.book.name_of(view.company)
    none_due = f"a bond of {name} due within {months} months of {test.view.day}: the book has none"
    return unknown(none_due if test.cash is not None else f"cash position and bonds due of {name}", floor=0)


def is_agency(view: View, policy: Policy) -> bool:
    """Whether an agency set the limit, by its own ratio."""
    holder = view.book.get(Entity, policy.holder or "")
    return holder is not None and holder.kind == "agency"


def is_ratio(policy: Policy) -> bool:
    """Whether the limit is on a loan to value."""
    return policy.measure.endswith("loan_to_value")
