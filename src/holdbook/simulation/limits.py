"""What counts as a breach: the company's own limits, and money that runs short."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.model.policy import Policy
from holdbook.numerics.tables import MEASURES
from holdbook.quantity.point import point
from holdbook.timeline.view import View

SHORT = "money runs short"
AT_LEAST = ".at_least"
"""Behind the name of a policy that has both, where its lower limit is meant."""
_ROUNDING = 1e-9


class Limit(NamedTuple):
    """A limit on a measure, met from below or (`below`) from above, and who says so."""

    name: str
    measure: str
    bound: float
    below: bool
    says_so: str


def limits(view: View, money: float, *, balanced: bool) -> list[Limit]:
    """Every limit in force on what is measured; without holdings and debt only that all that is due is paid.

    Of all the `money` of the plan a thousand millionth may stay unpaid: less is the rounding of floats.
    """
    found = [
        Limit(
            SHORT,
            "unpaid",
            _ROUNDING * money,
            below=False,
            says_so="by definition: something due stays unpaid, or cash is below its floor",
        )
    ]
    for policy in view.counted(Policy) if balanced else []:
        mine = view.in_force(policy) and (policy.holder or view.company) == view.company
        for bound, below in ((policy.at_most, False), (policy.at_least, True)):
            value = None if bound is None else point(bound)
            if mine and value is not None and policy.measure in MEASURES[:4]:
                name = f"{policy.id}{AT_LEAST}" if below and policy.at_most is not None else policy.id
                found.append(Limit(name, policy.measure, float(value), below, f"policy {policy.id} ({policy.source})"))
    return found
