"""Is there money? Month by month: cash, what comes and goes, what is drawn and sold, what stays unpaid, and the debt that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import product
from typing import NamedTuple

from holdbook.funding.cut_off import Window
from holdbook.funding.dated import Month, months
from holdbook.funding.journal import Journal
from holdbook.funding.line import Line, planned
from holdbook.funding.walk import Due, Means, Standing, walk
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.debt import Debt
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View
from holdbook.valuation.value import last_table, parts

_LEAST, _MOST = 0, 1
_HOW = "solved: month by month, see `funding/walk.py`"
Read = Callable[[Quantity], Fraction]


class Step(NamedTuple):
    """One month.

    Fields:
        month: as it is written.
        opening, closing: cash at its start and end; never below the floor.
        comes, goes: what comes in, and what is due in it for the first time.
        drawn, sold: what has been drawn on arranged lines, and what the policy has sold, by its end.
        unpaid: what is due by its end and cannot be paid.
        net_debt, holdings, loan_to_value: after the month, at the marks of the start; None where the book has no table to start from.
    """

    month: str
    opening: Quantity
    comes: Quantity
    goes: Quantity
    drawn: Quantity
    sold: Quantity
    unpaid: Quantity
    closing: Quantity
    net_debt: Quantity | None
    holdings: Quantity | None
    loan_to_value: Quantity | None


class Projection(NamedTuple):
    """The months of a plan, the policy of disposals, the day of the table that it starts from, and the journal under it."""

    steps: list[Step]
    policy: Policy | None
    base: date | None
    journal: Journal


class _Plan(NamedTuple):
    """What a projection walks over: the months, the means, and everything that they are made of."""

    months: list[Month]
    opening: Quantity
    floor: Quantity
    lines: Quantity
    assets: list[tuple[str, Quantity]]

    @property
    def made_of(self) -> list[Quantity]:
        amounts = [line.amount for month in self.months for line in (*month.comes, *month.goes)]
        return list(dict.fromkeys([self.opening, self.floor, self.lines, *(worth for _, worth in self.assets), *amounts]))


def projection(view: View, plan: Window, currency: str, sources: list[Line], uses: list[Line]) -> Projection:
    """The plan month by month, from its start to its end; what has no figure is not in it, but for cash and lines that there are.

    Bounds come from walking at the ends: cash is least when little comes and much goes. What is drawn and sold depends on both sides,
    so every mix of the ends of flows, lines and assets is walked. What has no end is walked as more than all the rest together.

    Formula:  closing = opening + comes - goes + drawn + sold + unpaid, month after month
    """
    came, goes = ([line for line in lines if line.has_figure] for lines in (sources, uses))
    policy = disposal_policy(view)
    walked = _Plan(
        months(plan.start, plan.end, view.day, came, goes),
        next((line.amount for line in sources if line.kind == "cash"), exact(0, UNIT(currency), "no cash position is stated")),
        least_cash(view, currency),
        _sum([line.amount for line in sources if line.kind == "undrawn line" and line.standing == "arranged"], currency).named(
            "lines not drawn"
        ),
        saleable(view, currency, policy),
    )
    steps = list(_steps(view, plan, currency, walked, policy))
    return Projection(steps, policy, base_day(view), _journal(walked, steps, currency))


def _steps(view: View, plan: Window, currency: str, walked: _Plan, policy: Policy | None) -> Iterator[Step]:
    centre = _centre(walked)
    vast = _vast(walked)
    ends = [_ends(walked, mix, vast) for mix in product((_LEAST, _MOST), repeat=3)]
    made_of = walked.made_of
    debt, holdings = balance_sheet(view, plan, currency)
    for place, month in enumerate(walked.months):

        def figure(name: str, read: Callable[[Standing], Fraction], place: int = place, month: Month = month) -> Quantity:
            value = None if centre is None else read(centre[place])
            found = [read(one[place]) for one in ends]
            low, high = (None if abs(end) * 2 > vast else end for end in (min(found), max(found)))
            value = low if value is None and low == high else value
            return solved(f"{month.name}.{name}", made_of, value, low, high, how=_HOW, unit=UNIT(currency))

        sold = figure("sold", lambda one: sum(one.sold, Fraction(0)))
        debt, holdings = _after(view, month, debt, currency, bought=True), _after(view, month, holdings, currency, bought=False)
        owed = None if debt is None else (debt - sold).named(f"{month.name}.net_debt")
        held = None if holdings is None else (holdings - _given(sold, policy)).named(f"{month.name}.holdings")
        yield Step(
            month.name, figure("opening", lambda one: one.opening),
            _sum([line.amount for line in month.comes], currency).named(f"{month.name}.comes"),
            _sum([line.amount for line in month.goes], currency).named(f"{month.name}.goes"),
            figure("drawn", lambda one: one.drawn), sold, figure("unpaid", lambda one: one.unpaid), figure("closing", lambda one: one.closing),
            owed, held, None if owed is None or held is None else (owed / held).named(f"{month.name}.loan_to_value"),
        )  # fmt: skip


def _vast(plan: _Plan) -> Fraction:
    """More than twice what all amounts of a plan that have an end can come to: a result beyond half of it has no end."""
    flows = [line.amount for month in plan.months for line in (*month.comes, *month.goes)]
    every = [plan.opening, plan.floor, plan.lines, *(worth for _, worth in plan.assets), *flows]
    return 4 * (1 + sum((abs(end) for one in every for end in bounds(one).interval[:2] if end is not None), Fraction(0)))


def _ends(plan: _Plan, mix: tuple[int, ...], vast: Fraction) -> list[Standing]:
    """The walk at one mix of ends: flows (little comes and much goes, or the other way round), lines, assets."""
    flows, lines, assets = mix
    return _walked(plan, *(partial(_end, which=which, vast=vast) for which in (flows, lines, assets, 1 - flows)))


def _end(quantity: Quantity, which: int, vast: Fraction) -> Fraction:
    end = bounds(quantity).interval[:2][which]
    return end if end is not None else vast if which else -vast


def _walked(plan: _Plan, comes: Read, lines: Read, assets: Read, goes: Read) -> list[Standing]:
    """The walk with every amount read in one way."""
    due = [Due(_total(month.comes, comes), _total(month.goes, goes)) for month in plan.months]
    worth = tuple(assets(amount) for _, amount in plan.assets)
    return walk(Means(comes(plan.opening), goes(plan.floor), lines(plan.lines), worth), due)


def _centre(plan: _Plan) -> list[Standing] | None:
    """The walk at the centres; None where an amount has none."""
    centres = {amount: point(amount) for amount in plan.made_of}
    found = {amount: centre for amount, centre in centres.items() if centre is not None}
    read = found.__getitem__
    return _walked(plan, read, read, read, read) if len(found) == len(centres) else None


def _total(lines: list[Line], read: Read) -> Fraction:
    return sum((read(line.amount) for line in lines), Fraction(0))


def _sum(amounts: list[Quantity], currency: str) -> Quantity:
    return add(amounts or [exact(0, UNIT(currency))])


def balance_sheet(view: View, plan: Window, currency: str) -> tuple[Quantity | None, Quantity | None]:
    """Net debt and holdings of the last table, from which the projection goes on; None where the plan begins before it."""
    at = base_day(view)
    if at is None or at > plan.start:
        return None, None
    then = view.on(at)
    owed, held = adjusted_net_debt(then).quantity, equity_value_of_holdings(then).quantity
    return planned(view, owed, currency, then.span), planned(view, held, currency, then.span)


def base_day(view: View) -> date | None:
    """The day of the last table from which debt and holdings go on."""
    table = last_table(view)
    if table is None or table.day is None or loan_to_value(view.on(table.day.last)).how == "missing":
        return None
    return table.day.last


def _after(view: View, month: Month, amount: Quantity | None, currency: str, *, bought: bool) -> Quantity | None:
    """Net debt, or holdings, after the flows of a month.

    Formula:  + what is paid for promises - proceeds of sales; of debt also less the part of new hybrids that counts as equity
    """
    if amount is None:
        return None
    paid = [line.amount for line in month.goes if line.kind == "commitment"]
    received = [line.amount for line in month.comes if line.kind == "disposal"]
    received += _equity(view, month) if bought else []
    total = add([amount, *paid])
    return total - _sum(received, currency)


def _equity(view: View, month: Month) -> list[Quantity]:
    """What of new hybrids counts as equity: it brings cash and no debt."""
    new = [(line.amount, view.book.get(Debt, line.name)) for line in month.comes if line.kind == "new debt"]
    return [amount * debt.equity_credit for amount, debt in new if debt is not None and debt.equity_credit is not None]


def _given(sold: Quantity, policy: Policy | None) -> Quantity:
    """The value that was given up for what a sale brought.

    Formula:  proceeds / (1 - haircut)
    """
    return sold if policy is None or policy.haircut is None else sold / (exact(1) - policy.haircut)


def least_cash(view: View, currency: str) -> Quantity:
    """The least cash that a policy allows; nothing where none does."""
    for policy in view.counted(Policy):
        if policy.measure == "minimum_cash" and policy.amount is not None and _own(view, policy):
            return planned(view, policy.amount, currency, view.span)
    return exact(0, UNIT(currency), "no floor of cash is stated")


def disposal_policy(view: View) -> Policy | None:
    """The company's rule of what is sold first; None where it has none."""
    return next((one for one in view.counted(Policy) if one.measure == "disposals" and one.order and _own(view, one)), None)


def _own(view: View, policy: Policy) -> bool:
    return view.in_force(policy) and (policy.holder or view.company) == view.company


def saleable(view: View, currency: str, policy: Policy | None) -> list[tuple[str, Quantity]]:
    """What the policy may sell, in its order: what each would bring at the value of the last table, after the haircut."""
    at = base_day(view)
    if policy is None or at is None:
        return []
    then = view.on(at)
    worth = {part.asset: part.value for part in parts(then) or [] if known(part.value) != "no"}
    kept = exact(1) if policy.haircut is None else exact(1) - policy.haircut
    return [
        (asset, (planned(view, worth[asset], currency, then.span) * kept).named(f"{asset}, sold"))
        for asset in policy.order or ()
        if asset in worth
    ]


def _journal(plan: _Plan, steps: list[Step], currency: str) -> Journal:
    """Every flow with its counter-posting; what is newly drawn, sold and left unpaid too."""
    journal = Journal(currency)
    before: Step | None = None
    for month, step in zip(plan.months, steps, strict=True):
        for line in month.comes:
            journal.receive(month.name, line)
        for line in month.goes:
            journal.pay(month.name, line)
        for account in ("drawn", "sold", "unpaid"):
            now = getattr(step, account)
            journal.transfer(month.name, account, now if before is None else now - getattr(before, account))
        before = step
    return journal
