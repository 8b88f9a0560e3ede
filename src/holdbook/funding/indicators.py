"""What a credit analyst would look at to tell strain from strategy: eighteen indicators, each with its formula, its limit and what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from holdbook.funding.cut_off import window
from holdbook.funding.line import Line, total
from holdbook.funding.sources import sources
from holdbook.funding.uses import uses
from holdbook.measures.accounting import carried_before
from holdbook.measures.disposals import average_price, return_on_basis
from holdbook.measures.encumbrance import encumbrance, listed_share
from holdbook.measures.headroom import LEFT, loan_to_value_at
from holdbook.measures.instalments import unpaid_part
from holdbook.measures.interest import interest_cover
from holdbook.measures.kept import sales
from holdbook.measures.leverage import loan_to_value
from holdbook.measures.liquidity import wider_redemption
from holdbook.measures.net_debt import hybrid_debt
from holdbook.measures.pro_forma import pro_forma_loan_to_value, pro_forma_view
from holdbook.model.commitment import Commitment
from holdbook.model.move import Move
from holdbook.model.policy import Policy
from holdbook.model.result import Result
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact, greatest, unknown
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.value import parts

Direction = Literal["strain", "dependence", "strategy", "either", "not known"]
_MONTHS, _RECENT = 24, 92


class Indicator(NamedTuple):
    """One indicator.

    Fields:
        name: as it stands in answers.
        formula: in words.
        value: unknown, with what it needs, where the book cannot give it.
        limit, says_so: the threshold and where it comes from; None where nobody sourced sets one.
        direction: what it points to; `either` where it has a value and no threshold, so that only its size speaks.
        why: what was compared with what, in words.
    """

    name: str
    formula: str
    value: Quantity
    limit: Quantity | None
    says_so: str
    direction: Direction
    why: str


def indicators(view: View) -> list[Indicator]:
    """All of them, in the order in which an analyst asks: debt, cover, the plan, what the gains rest on, the market.

    Says so:  limits are the company's own policies where it has them; otherwise none is made up
    """
    return [*_of_debt(view), *_of_the_plan(view), *_of_gains(view), *_of_the_market(view)]


def _of_debt(view: View) -> Iterator[Indicator]:
    at = pro_forma_view(view) or view
    yield _limited(view, "loan_to_value", "net debt / holdings, at the last balance day", loan_to_value(at).quantity)
    promised = "(net debt + unpaid promises - sold) / (holdings + unpaid promises - sold)"
    yield _limited(view, "pro_forma_loan_to_value", promised, pro_forma_loan_to_value(view).quantity)
    cover = wider_redemption(view, _MONTHS).cover
    yield _against(
        "liquidity_cover", f"cash position / all that falls due in {_MONTHS} months: bonds, hybrids at their call, paper, loans, promises",
        _or_need(view, cover, "cash position, debts and promises"), exact(1), "by definition: below one the money does not suffice", most=False,
    )  # fmt: skip
    yield _bare("interest_cover", "(dividends + fees received) / interest, of the holding alone", interest_cover(view).quantity)
    yield _bare("equity_adjusted_hybrids", "hybrids * (1 - equity credit)", hybrid_debt(at).quantity)
    yield _bare("secured_share", "holdings that lie with lenders / holdings", encumbrance(at).quantity)
    halved = "loan to value if the largest holding halves, its finance left to the lenders"
    yield _limited(view, "stress_loan_to_value", halved, _stressed(at))
    yield _bare("listed_share", "listed holdings / holdings", listed_share(at).quantity)
    yield _bare("concentration", "largest holding / holdings", _largest_part(at))


def _of_the_plan(view: View) -> Iterator[Indicator]:
    plan = window(view)
    currency = _currency(uses(view, plan, view.currency)) or view.currency
    came, goes = sources(view, plan, currency), uses(view, plan, currency)
    money, needed = total(came, currency, "sources"), total(goes, currency, "uses")
    pays = bool(bounds(needed).interval.low)
    yield _against(
        "funding_coverage", "sources / uses, of those with a figure",
        money / needed if pays else _nothing(view, "uses with a figure"), exact(1), "by definition: below one a gap is left", most=False,
    )  # fmt: skip
    yield _against("funding_gap", "uses - sources", needed - money, exact(0, UNIT(currency)), "by definition", most=True)
    sold = total([line for line in came if line.kind == "disposal"], currency, "disposals")
    yield _bare("disposal_dependence", "disposals / sources", sold / money if bounds(money).interval.low else _nothing(view, "sources"))
    yield _bare("unfunded_commitments", "unpaid / promised", _unfunded(view, currency))
    issued = total([line for line in came if line.kind == "new debt"], currency, "new debt")
    repaid = total([line for line in goes if line.kind == "redemption"], currency, "redemptions")
    yield _bare("refinancing_balance", "new issues - redemptions", issued - repaid)


def _of_gains(view: View) -> Iterator[Indicator]:
    yield _bare("quality_of_earnings", "unrealised gains / net profit, of the last period with both", _unrealised_part(view))
    last = max((trade for trade in sales(view) if (trade.holder or view.company) == view.company), key=_day, default=None)
    yield _bare("sale_against_last_mark", "proceeds / value at the balance day before - 1, of the last sale", _drift(view, last))
    gained = None if last is None else return_on_basis(view, last)
    multiple = None if gained is None else exact(1) + gained
    yield _bare(
        "multiple_at_exit",
        "proceeds / cost, of the last sale; the cost as the stated gain implies it",
        _or_need(view, multiple, "cost of what was sold"),
    )


def _of_the_market(view: View) -> Iterator[Indicator]:
    moves = [move for move in view.counted(Move) if move.asset == view.company and move.kind == "close" and _recent(view, move)]
    last = max(moves, key=lambda move: (move.day or view.span, move.id), default=None)
    value = None if last is None else last.change
    found = _bare(
        "market_verdict",
        "move of the company's share on the day after the news, as stated; abnormal returns stand in `reaction`",
        _or_need(view, value, "a stated move of the share"),
    )
    high = None if value is None else bounds(value).interval.high
    yield found._replace(
        direction="strain" if high is not None and high < 0 else found.direction,
        why="the share fell" if high is not None and high < 0 else found.why,
    )


def _recent(view: View, move: Move) -> bool:
    """Whether a move is stated, of the quarter before the day."""
    return move.change is not None and move.day is not None and 0 <= (view.day - move.day.last).days <= _RECENT


def _limited(view: View, name: str, formula: str, value: Quantity) -> Indicator:
    """A loan to value against the strictest limit of the company's own policies on it."""
    own = [
        one
        for one in view.counted(Policy)
        if one.measure == "loan_to_value" and (one.holder or view.company) == view.company and view.in_force(one)
    ]
    found = [(one.at_most, one) for one in own if one.at_most is not None]
    if not found:
        return _bare(name, formula, value)
    limit, policy = min(found, key=lambda pair: bounds(pair[0]).interval.low or 0)
    return _against(name, formula, value, limit, f"policy {policy.id} ({policy.source})", most=True)


def _against(name: str, formula: str, value: Quantity, limit: Quantity, says_so: str, *, most: bool) -> Indicator:
    """Beyond the limit it points to strain, within it to strategy; undecided where the bounds lie on both sides."""
    room = bounds(limit - value if most else value - limit).interval
    if room.low is not None and room.low >= 0:
        direction: Direction = "strategy"
        why = "within the limit"
    elif room.high is not None and room.high < 0:
        direction, why = ("dependence", "a gap that other money must close") if "funding" in name else ("strain", "beyond the limit")
    else:
        direction, why = (
            "not known",
            "its bounds lie on both sides of the limit" if room.low is not None or room.high is not None else "not enough is known",
        )
    return Indicator(name, formula, value, limit, says_so, direction, why)


def _bare(name: str, formula: str, value: Quantity) -> Indicator:
    nothing = value.stated is not None and value.stated.is_unknown
    interval = bounds(value).interval
    known_at_all = not nothing and (interval.high is not None or interval.low not in (None, 0))
    why = "no limit is stated" if known_at_all else "not enough is known"
    return Indicator(name, formula, value, None, "", "either" if known_at_all else "not known", why)


def _or_need(view: View, value: Quantity | None, what: str) -> Quantity:
    return value if value is not None else _nothing(view, what)


def _nothing(view: View, what: str) -> Quantity:
    return unknown(f"{what} of {view.book.name_of(view.company)}", NUMBER)


def _currency(lines: list[Line]) -> str | None:
    stated = [line.stated.unit.currency for line in lines if line.has_figure and line.kind == "commitment"]
    found = [one for one in stated if one is not None]
    return max(sorted(set(found)), key=found.count, default=None)


def _largest_part(at: View) -> Quantity:
    lines = parts(at) or []
    if not lines:
        return _nothing(at, "a value of every holding")
    return greatest([line.value for line in lines]) / add([line.value for line in lines])


def _stressed(at: View) -> Quantity:
    lines = parts(at) or []
    if not lines:
        return _nothing(at, "a value of every holding")
    largest = max(lines, key=lambda line: bounds(line.value).interval.low or 0)
    return loan_to_value_at(at, largest.asset, exact(1) / exact(2), LEFT).quantity


def _unfunded(view: View, currency: str) -> Quantity:
    """What is unpaid of everything that the company and its funds promised and did not drop.

    Formula:  unpaid / promised
    """
    promised = [
        (one, unpaid_part(one, view.day))
        for one in view.counted(Commitment)
        if one.amount is not None and one.status not in ("ended", "rumoured")
    ]
    known_ones = [(one, rest) for one, rest in promised if rest is not None and one.amount is not None]
    if not known_ones:
        return _nothing(view, "promises with an amount")
    whole = add([convert(view, one.amount, currency, view.span) for one, _ in known_ones if one.amount is not None])
    return add([convert(view, rest, currency, view.span) for _, rest in known_ones]) / whole


def _unrealised_part(view: View) -> Quantity:
    """Unrealised gains, derivatives among them, over the net profit of the last period that has both."""
    profits = [one for one in view.counted(Result) if one.measure == "net_profit" and one.subject == view.company and _ended(one, view)]
    for profit in sorted(profits, key=lambda one: (one.day or view.span, one.id), reverse=True):
        gains = [
            one.amount
            for one in view.counted(Result)
            if one.measure in ("unrealised_gain", "derivative_gain") and one.day == profit.day and one.subject == view.company
            and one.amount is not None and profit.amount is not None and one.amount.unit is profit.amount.unit
        ]  # fmt: skip
        if gains and profit.amount is not None:
            return add([one for one in gains if one is not None]) / profit.amount
    return _nothing(view, "unrealised gains and net profit of one period")


def _ended(one: Result, view: View) -> bool:
    return one.amount is not None and one.day is not None and one.day.last <= view.day


def _day(trade: Trade) -> tuple[int, str]:
    return (trade.day.last.toordinal() if trade.day is not None else 0, trade.id)


def _drift(view: View, trade: Trade | None) -> Quantity:
    carried = None if trade is None else carried_before(view, trade)
    if (
        trade is None
        or carried is None
        or trade.amount is None
        or average_price(trade) is None
        or carried.amount.unit is not trade.amount.unit
    ):
        return _nothing(view, "a sale, and a value of it at the balance day before")
    return trade.amount / carried.amount - exact(1)


def deciding(found: list[Indicator]) -> dict[str, Indicator]:
    """The indicators on which the decision rests, by name."""
    names = ("loan_to_value", "pro_forma_loan_to_value", "liquidity_cover", "funding_coverage")
    return {one.name: one for one in found if one.name in names}


Verdict = Literal["distress", "strategy", "funding dependence", "undetermined"]


def verdict_of(found: list[Indicator]) -> tuple[Verdict, str]:
    """What the indicators come to by the stated rule, and why.

    Distress: a limit is broken, now or with the promises paid; or cash does not cover what falls due and the sources known do not close the
    gap. Strategy: cash covers all that falls due and the limits hold. Funding dependence: other money makes it good. Undetermined: a
    figure that decides is missing.

    Says so:  holdbook, decision 0026; nobody publishes such a rule
    """
    by = deciding(found)
    if by["loan_to_value"].direction == "strain":
        return "distress", "a limit of the company's own policy is broken"
    if by["pro_forma_loan_to_value"].direction == "strain":
        return "distress", "with its promises paid the company breaks its own limit"
    if by["loan_to_value"].direction == "not known" and by["pro_forma_loan_to_value"].direction == "not known":
        needed = [one.name for one in by.values() if one.direction == "not known"]
        return "undetermined", f"not known: {', '.join(needed)}"
    cover, funded = by["liquidity_cover"], by["funding_coverage"]
    if cover.direction == "strategy":
        return "strategy", "cash covers all that falls due, and with its promises paid the company keeps to its policy"
    if cover.direction == "strain":
        if funded.direction == "dependence":
            return "distress", "cash does not cover what falls due, and the sources that are known do not close the gap"
        return (
            "funding dependence",
            "cash alone does not cover what falls due: sales, new debt and lines must, and they are there or arranged",
        )
    return "undetermined", f"{cover.name.replace('_', ' ')}: {cover.why}"
