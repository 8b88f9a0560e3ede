"""What does it owe? Debt under each definition, against each limit; what falls due when; what is pledged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from holdbook.dates import Span
from holdbook.measures.leverage import limits, loan_to_value, loan_to_value_with_asset_backed
from holdbook.measures.liquidity import Redemption, maturities, redemption
from holdbook.measures.net_debt import adjusted_net_debt, cash_position
from holdbook.measures.published import Sourced
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.debt import Debt
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.definitions import put_definitions
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import company_finance
from holdbook.valuation.value import has_tables, last_table, table_of

EXAMPLE = "holdbook ask owes tiny"
_TWO_YEARS = 24


def owes(view: View, against: Sequence[View] = ()) -> Answer:
    """Answer for the day of the view; where the company's table of another day is the last, its ratios stand beside with their day."""
    answer = Answer(question="owes", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    debt, holdings, ratio, gross = (
        adjusted_net_debt(view),
        equity_value_of_holdings(view),
        loan_to_value(view),
        loan_to_value_with_asset_backed(view),
    )
    for name, measure in (
        ("adjusted_net_debt", debt),
        ("equity_value_of_holdings", holdings),
        ("loan_to_value", ratio),
        ("loan_to_value_with_asset_backed", gross),
    ):
        answer.put(name, measure.quantity, view.span)
        answer.labels[f"{name}.basis"] = measure.how
    answer.put("cash_position", cash_position(view), view.span)
    _bridge(view, answer)
    at = view if ratio.how != "missing" else _last(view, answer)
    tested = loan_to_value(at) if at is not None else ratio
    _limits(view, answer, tested, at)
    put_definitions(view, answer)
    test = _redemption(view, answer)
    _debts(view, answer)
    if against:
        _beside(view, against, answer)
    answer.headline = _headline(view, answer, ratio, test)
    _caveats(view, answer, gross, test)
    return answer


def _beside(view: View, against: Sequence[View], answer: Answer) -> None:
    """The same ratios for other days, or with other knowledge."""
    rows: list[tuple[Cell, ...]] = []
    for one in (*against, view):
        debt, ratio, gross = adjusted_net_debt(one).quantity, loan_to_value(one).quantity, loan_to_value_with_asset_backed(one).quantity
        rows.append((one.day.isoformat(), one.known_on.isoformat(), debt, equity_value_of_holdings(one).quantity, ratio, gross))
        if one is not view:
            label = f"{one.day}" if one.known_on == view.known_on else f"{one.day}.known_on_{one.known_on}"
            answer.put(f"against.{label}.loan_to_value", ratio)
            answer.put(f"against.{label}.adjusted_net_debt", debt, one.span)
    columns = ("day", "known on", "adjusted net debt", "holdings", "loan to value", "with asset-backed")
    answer.tables["against"] = Table("Beside other days", columns, rows)


def _last(view: View, answer: Answer) -> View | None:
    """The day of the last table, whose ratio is tested against the limits for want of today's."""
    last = last_table(view)
    if last is None or last.day is None:
        return None
    then = view.on(last.day.last)
    answer.put("last_published.loan_to_value", loan_to_value(then).quantity)
    answer.put("last_published.adjusted_net_debt", adjusted_net_debt(then).quantity, last.day)
    answer.labels["last_published.day"] = last.day.last.isoformat()
    return then


def _bridge(view: View, answer: Answer) -> None:
    table = table_of(view)
    rows: list[tuple[Cell, ...]] = []
    for name, amount in (table.bridge or {}).items() if table is not None else ():
        rows.append((name.replace("_", " "), amount, ""))
    for one in company_finance(view):
        answer.put(f"{one.debt.id}.carrying", one.carrying, view.span)
        answer.put(f"{one.debt.id}.settlement", one.settlement, view.span)
        rows.append((f"  of which {one.debt.name or one.debt.id}", one.carrying, f"on {view.book.name_of(one.debt.secured_by)}"))
    if rows:
        answer.tables["net_debt"] = Table(
            "From consolidated net debt to adjusted net debt (lines after the first are taken off)", ("line", "amount", "secured on"), rows
        )


def _limits(view: View, answer: Answer, ratio: Sourced, at: View | None) -> None:
    rows: list[tuple[Cell, ...]] = []
    for limit in limits(view, "loan_to_value", ratio.quantity):
        name = f"loan_to_value.{limit.policy.id}"
        room = limit.limit - ratio.quantity
        answer.put(f"{name}.limit", limit.limit)
        answer.put(f"{name}.room", room)
        standing = "not known" if ratio.how == "missing" else limit.standing
        answer.labels[f"{name}.standing"] = standing
        rows.append(
            (f"{limit.policy.when or limit.policy.id}", limit.limit, ratio.quantity, room, standing, None if at is None else at.span)
        )
    if rows:
        answer.tables["limits"] = Table(
            "Loan to value against its limits", ("limit", "at most", "loan to value", "room", "standing", "of"), rows
        )


def _redemption(view: View, answer: Answer) -> Redemption:
    horizon = next(
        (p.horizon for p in view.counted(Policy) if p.measure == "redemption_cover" and p.horizon is not None and view.in_force(p)), None
    )
    months = bounds(horizon).interval.high if horizon is not None else None
    test = redemption(view, int(months) if months else _TWO_YEARS)
    answer.put(f"bonds_due_{test.months}_months", test.total, test.view.span)
    answer.put("redemption.cash_position", test.cash, test.view.span)
    answer.put("redemption_cover", test.cover)
    if test.cash is not None:
        answer.labels["redemption.day"] = test.view.day.isoformat()
    if test.due:
        rows: list[tuple[Cell, ...]] = [(one.debt.name or one.debt.id, one.day, one.amount, one.debt.coupon) for one in test.due]
        answer.tables["redemptions"] = Table(
            f"Bonds due within {test.months} months of {test.view.day}", ("bond", "due", "amount", "coupon"), rows
        )
    return test


def _debts(view: View, answer: Answer) -> None:
    """What falls due in each year, contractual bonds apart from hybrids at their first call."""
    by_year: dict[int, list[Quantity]] = defaultdict(list)
    for one in maturities(view):
        if one.day is not None:
            by_year[one.day.first.year].append(one.amount)
    rows: list[tuple[Cell, ...]] = []
    for year, amounts in sorted(by_year.items()):
        total = add(amounts)
        answer.put(f"due.{year}", total, view.span)
        rows.append((str(year), total, len(amounts)))
    if rows:
        answer.tables["maturities"] = Table("Senior bonds by calendar year of maturity", ("year", "amount", "bonds"), rows)
    others = [
        d
        for d in view.counted(Debt)
        if (d.borrower or view.company) == view.company and d.kind not in ("bond", "retail_bond") and _stands(view, d)
    ]
    listed: list[tuple[Cell, ...]] = [
        (
            d.name or d.id,
            d.kind.replace("_", " "),
            d.amount or d.drawn or d.principal or "unknown",
            d.limit,
            _first(d),
            view.book.name_of(d.secured_by) if d.secured_by else "",
            d.status or "done",
        )
        for d in others
    ]
    if listed:
        answer.tables["other_debts"] = Table(
            "Hybrids, loans and secured finance",
            ("debt", "kind", "amount", "limit", "first call or maturity", "secured on", "status"),
            listed,
        )


def _stands(view: View, debt: Debt) -> bool:
    return view.in_force(debt) and (debt.maturity is None or debt.maturity.last > view.day)


def _first(debt: Debt) -> Span | None:
    return debt.first_call or debt.maturity


def _headline(view: View, answer: Answer, ratio: Sourced, test: Redemption) -> Sentence:
    name = view.book.name_of(view.company)
    if ratio.how != "missing":
        words: list[Quantity | str] = [
            f"{name} owes ",
            answer.quantities["adjusted_net_debt"].quantity,
            " net, a loan to value of ",
            ratio.quantity,
        ]
    elif "last_published.loan_to_value" in answer.quantities:
        words = [
            f"The last published loan to value of {name} is ",
            answer.quantities["last_published.loan_to_value"].quantity,
            f" of {answer.labels['last_published.day']}",
        ]
    else:
        words = [f"The loan to value of {name} on {view.day} is not known"]
    if test.cover is not None and test.total is not None:
        words += [f"; cash covers the bonds due within {test.months} months of {test.view.day} ", test.cover]
    return (*words, ".")


def _caveats(view: View, answer: Answer, gross: Sourced, test: Redemption) -> None:
    if gross.how != "missing" and (has_tables(view) or company_finance(view)):
        answer.caveats.append(
            (
                "The company leaves asset-backed finance out of both sides, so that drawing on it lowers the ratio; with it added back the loan to value is ",
                gross.quantity,
                ".",
            )
        )
    elif has_tables(view) and any(debt.secured_by is not None and debt.recourse is False for debt in view.counted(Debt)):
        answer.caveats.append(
            "The company leaves asset-backed finance out of both sides; the book does not list it by contract for this day, so the ratio with it added back is not known."
        )
    if test.cash is not None and test.view.day != view.day:
        answer.caveats.append(f"The redemption test is of {test.view.day}, the last day for which a cash position is known.")
    if test.due:
        answer.caveats.append(
            "The redemption test counts contractual senior bonds alone: no hybrids at their call, no commercial paper, no bridge loans, no commitments."
        )
    answer.caveats.append("Rating agencies compute other ratios; their limits cannot be held against the company's own.")
