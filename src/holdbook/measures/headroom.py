"""How far the holdings, or one of them, may fall until a limit on loan to value is reached; in closed form."""

from __future__ import annotations

from typing import Literal, NamedTuple

from holdbook.measures.leverage import limits, loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.published import Sourced, missing
from holdbook.measures.worth import equity_value_of_holdings, nav, nav_per_share, shares_outstanding
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact, floored
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import Finance, asset_backed
from holdbook.valuation.value import Part, parts, table_of

Cure = Literal["left to the lenders", "repaid"]
LEFT: Cure = "left to the lenders"
REPAID: Cure = "repaid"


class Headroom(NamedTuple):
    """A limit on loan to value, how far the value of all holdings after the finance on them may fall until it is reached, and what is then left."""

    policy: Policy
    limit: Quantity
    fall: Quantity
    holdings: Quantity


class Fall(NamedTuple):
    """How far one holding may fall until a limit is met; `reached` says whether it can be met by this holding alone."""

    fall: Quantity
    reached: Literal["yes", "no", "undecided"]


def headroom(view: View) -> list[Headroom]:
    """For each limit on loan to value in force: how far the holdings may fall, debt and exchange rates staying as they are.

    It is their value after the finance on them that falls; prices may fall less far where there is such finance, as `break_even` finds.

    Formula:  1 - loan_to_value / limit; holdings at the limit = adjusted_net_debt / limit
    Says so:  algebra of the company's definition
    """
    ratio, debt = loan_to_value(view), adjusted_net_debt(view)
    found = []
    for limit in limits(view, "loan_to_value", ratio.quantity):
        if limit.policy.at_most is not None:
            name = f"headroom.{limit.policy.id}"
            held = (debt.quantity / limit.limit).named(f"{name}.holdings")
            found.append(Headroom(limit.policy, limit.limit, fall_to(ratio.quantity, limit.limit).named(name), held))
    return found


def fall_to(ratio: Quantity, limit: Quantity) -> Quantity:
    """How far the value may fall until a ratio of debt to it meets a limit; negative where it already exceeds it.

    Formula:  1 - ratio / limit
    """
    return (exact(1) - ratio / limit).named("fall to the limit")


def gross_of(one: Part) -> Quantity:
    """What a holding is worth before the finance on it: it is this that moves with the price; the loan does not.

    Formula:  gross value; else value + settlement of asset-backed finance
    """
    if one.gross is not None:
        return one.gross
    return add([one.value, *(finance.settlement for finance in one.finance)]).named(f"gross value of {one.asset}")


def sensitivity(view: View, asset: str, move: Quantity) -> Sourced:
    """By how much the value of the holdings changes when the price of one of them moves by a part, its loan staying as it is.

    Formula:  gross value * move
    Says so:  issuer, results presentation (1% on Arm)
    """
    one = holding(view, asset)
    if one is None:
        return missing(view, f"sensitivity.{asset}", f"the value of {view.book.name_of(asset)} in the holdings")
    return Sourced((gross_of(one) * move).named(f"sensitivity.{asset}"), "parts")


def for_a_share(view: View, amount: Quantity) -> Quantity | None:
    """An amount for each share in issue; where the shares are not stated, by way of the value for a share.

    Formula:  amount / shares; else amount * nav_per_share / nav
    """
    shares = shares_outstanding(view)
    if shares is not None:
        return (amount / shares).named(f"{amount.title} per share")
    value, each = nav(view), nav_per_share(view)
    if "missing" in (value.how, each.how):
        return None
    return (amount * each.quantity / value.quantity).named(f"{amount.title} per share")


def loan_to_value_at(view: View, asset: str, fall: Quantity, cure: Cure) -> Sourced:
    """Loan to value after one holding has fallen by a part.

    Left to the lenders, the finance without recourse can take the holding and no more: its value has a floor at zero. Repaid, the
    company owes its carrying amount itself, and keeps the holding.

    Formula:  left: debt / (holdings - value + max(gross * (1 - fall) - settlement, 0));
              repaid: (debt + carrying amount) / (holdings - value + gross * (1 - fall))
    Says so:  issuer, appendix on asset-backed finance (non-recourse)
    """
    debt, held, one = adjusted_net_debt(view), equity_value_of_holdings(view), holding(view, asset)
    name = f"loan_to_value_at.{asset}"
    if one is None or "missing" in (debt.how, held.how):
        return missing(view, name, f"net debt, and the value of {view.book.name_of(asset)} among all holdings,", NUMBER)
    after = [gross_of(one) * (exact(1) - fall), *_owed_inside(one)]
    rest, finance = held.quantity - one.value, _outside(one)
    if cure == REPAID or not finance:
        owed = add([debt.quantity, *(contract.carrying for contract in finance)])
        return Sourced((owed / (rest + floored(_less(after)))).named(name, REPAID if finance else ""), "parts")
    left = floored(_less([*after, *(contract.settlement for contract in finance)]))
    return Sourced((debt.quantity / (rest + left)).named(name, LEFT), "parts")


def fall_of(view: View, asset: str, limit: Quantity, cure: Cure = LEFT) -> Fall | None:
    """How far one holding alone may fall until loan to value meets a limit.

    Formula:  left: (holdings - debt / limit) / gross value, if that leaves its value above zero;
              repaid: (holdings + settlement - (debt + carrying amount) / limit) / gross value
    """
    debt, held, one = adjusted_net_debt(view), equity_value_of_holdings(view), holding(view, asset)
    if one is None or "missing" in (debt.how, held.how):
        return None
    gross, finance = gross_of(one), _outside(one)
    if cure == REPAID and finance:
        owed = add([debt.quantity, *(contract.carrying for contract in finance)])
        free = _less([gross, *_owed_inside(one)])
        fall, most = (held.quantity - one.value + free - owed / limit) / gross, free / gross
    else:
        fall, most = (held.quantity - debt.quantity / limit) / gross, one.value / gross
    return Fall(fall.named(f"headroom.{asset}"), _reached(most - fall))


def holdings(view: View) -> list[Part]:
    """The holdings of the day: all, or the lines of a table that is printed in part."""
    whole, table = parts(view), table_of(view)
    if whole is not None or table is None:
        return [one for one in whole or [] if one.basis != "unknown"]
    return [Part(asset, None, asset_backed(view, asset), value, value, "as published") for asset, value in (table.parts or {}).items()]


def holding(view: View, asset: str) -> Part | None:
    """One of the holdings of the day."""
    return next((one for one in holdings(view) if one.asset == asset), None)


def _outside(one: Part) -> list[Finance]:
    """The finance of outsiders on a holding."""
    return [contract for contract in one.finance if contract.debt.kind != "intragroup"]


def _owed_inside(one: Part) -> list[Quantity]:
    """What is still owed for a holding within the group: it leaves the value whoever repays what."""
    return [contract.settlement for contract in one.finance if contract.debt.kind == "intragroup"]


def _less(amounts: list[Quantity]) -> Quantity:
    """The first of some amounts less the others."""
    first, *others = amounts
    return first - add(others) if others else first


def _reached(room: Quantity) -> Literal["yes", "no", "undecided"]:
    interval = bounds(room).interval
    if interval.low is not None and interval.low >= 0:
        return "yes"
    return "no" if interval.high is not None and interval.high < 0 else "undecided"
