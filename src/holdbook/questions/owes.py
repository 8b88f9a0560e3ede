"""What does it owe? Debt under each definition, against each limit; what falls due when; what is pledged."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.measures.leverage import limits, loan_to_value, loan_to_value_with_asset_backed
from holdbook.measures.liquidity import Redemption
from holdbook.measures.net_debt import adjusted_net_debt, cash_position
from holdbook.measures.published import Sourced
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.debt import Debt
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.debt_charts import put_debt_charts
from holdbook.questions.debt_tables import put_creditors, put_interest, put_ladder, put_margin_loans, put_others, put_redemptions
from holdbook.questions.leverage_tables import put_beside, put_definitions, put_headroom, put_limits, put_other_limits, put_pro_forma
from holdbook.questions.own_definitions import put_own_definitions
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import company_finance
from holdbook.valuation.value import has_tables, table_days, table_of

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
    put_limits(view, answer, tested, at)
    put_other_limits(view, answer, at)
    put_definitions(view, answer, at)
    put_own_definitions(view, answer)
    put_headroom(view, answer, at)
    test = put_redemptions(view, answer, _horizon(view))
    put_pro_forma(view, answer)
    put_ladder(view, answer)
    put_interest(view, answer)
    put_margin_loans(at or view, answer)
    put_creditors(at or view, answer)
    put_others(view, answer)
    if against:
        put_beside(view, list(against), answer)
    put_debt_charts(answer)
    answer.headline = _headline(view, answer, ratio, test)
    _caveats(view, answer, gross, test)
    return answer


def _last(view: View, answer: Answer) -> View | None:
    """The day of the last table that gives a ratio, which is tested against the limits for want of today's."""
    then = next((one for day in table_days(view) if known(loan_to_value(one := view.on(day)).quantity) != "no"), None)
    if then is None:
        return None
    answer.put("last_published.loan_to_value", loan_to_value(then).quantity)
    answer.put("last_published.adjusted_net_debt", adjusted_net_debt(then).quantity, then.span)
    answer.labels["last_published.day"] = then.day.isoformat()
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


def _horizon(view: View) -> int:
    """How many months the company's redemption test looks ahead: two years if no policy says so."""
    stated = [p.horizon for p in view.counted(Policy) if p.measure == "redemption_cover" and p.horizon is not None and view.in_force(p)]
    months = bounds(stated[0]).interval.high if stated else None
    return int(months) if months else _TWO_YEARS


def _owed(name: str, debt: Quantity, ratio: Quantity) -> list[Quantity | str]:
    """What is owed net, in words: net cash is a net debt below nothing, and the ratio may be known where the debt is not."""
    if known(debt) == "no":
        return [f"{name} has a loan to value of ", ratio, "; how much it owes net is not known"]
    most = bounds(debt).interval.high
    if most is not None and most < 0:
        return [f"{name} has net cash of ", (exact(0, debt.unit) - debt).named("net cash"), ", a loan to value of ", ratio]
    return [f"{name} owes ", debt, " net, a loan to value of ", ratio]


def _headline(view: View, answer: Answer, ratio: Sourced, test: Redemption) -> Sentence:
    name = view.book.name_of(view.company)
    if ratio.how != "missing":
        words = _owed(name, answer.quantities["adjusted_net_debt"].quantity, ratio.quantity)
    elif "last_published.loan_to_value" in answer.quantities:
        words = [
            f"The last published loan to value of {name} is ",
            answer.quantities["last_published.loan_to_value"].quantity,
            f" of {answer.labels['last_published.day']}",
        ]
    else:
        words = [f"The loan to value of {name} on {view.day} is not known"]
    words += _to_come(view, answer)
    if test.cover is not None and test.total is not None:
        words += [f"; cash covers the bonds due within {test.months} months of {test.view.day} ", test.cover]
    return (*words, ".")


def _to_come(view: View, answer: Answer) -> list[Quantity | str]:
    """What sales since the balance day and the promises will make of the ratio, beside the tightest limit on it."""
    sold, paid = (answer.quantities.get(f"pro_forma_loan_to_value{case}") for case in (".without_promises", ""))
    words: list[Quantity | str] = []
    if sold is not None:
        words += [f"; with the sales after {answer.labels['pro_forma.day']} taken off, ", sold.quantity]
    if paid is not None and "pro_forma" in answer.tables:
        words += [", and with all promises paid " if words else "; with all promises paid, ", paid.quantity]
    stated = [
        (value, one) for one in limits(view, "loan_to_value", loan_to_value(view).quantity) if (value := point(one.limit)) is not None
    ]
    most = [(value, one.policy.id, one) for value, one in stated if one.policy.at_most is not None]
    if words and most:
        tightest = min(most)[2]
        words += [f" ({tightest.policy.when or tightest.policy.id} limit: ", tightest.limit, ")"]
    return words


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
    if company_finance(view):
        answer.caveats.append(
            "Finance without recourse is left to its lenders: when it ends and what it costs is in no table of what falls due or of interest."
        )
    if test.cash is not None and test.view.day != view.day:
        answer.caveats.append(f"The redemption test is of {test.view.day}, the last day for which a cash position is known.")
    if test.due:
        answer.caveats.append(
            "The redemption test counts contractual senior bonds alone: no hybrids at their call, no commercial paper, no bridge loans, no commitments."
        )
    if "pro_forma" in answer.tables:
        answer.caveats.append(
            "The loan to value after the promises takes all of them as borrowed, what was sold off both sides at what it brought, and all else as it was; the debt of bridges is in it only so far as the promises are."
        )
    answer.caveats.append("Rating agencies compute other ratios; their limits cannot be held against the company's own.")
