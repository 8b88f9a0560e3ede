"""Tables of debts: what falls due and what stands against it, what is lent on shares, what creditors can count on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from holdbook.measures.after_tax import nav_after_tax
from holdbook.measures.encumbrance import (
    debt_ahead,
    encumbrance,
    listed_share,
    structural_subordination,
    unencumbered_cover,
    unsecured_debt,
)
from holdbook.measures.headroom import gross_of, holding
from holdbook.measures.interest import hybrid_coupons, interest_cover, interest_of_a_year
from holdbook.measures.liquidity import Redemption, expected_redemption, ladder, maturities, redemption, wider_redemption
from holdbook.measures.net_debt import account, company_debts, hybrid_debt, owed
from holdbook.measures.outstanding import outstanding
from holdbook.measures.pro_forma import listed_share_after
from holdbook.measures.schedule import payments
from holdbook.model.debt import Debt
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.hybrid import is_called
from holdbook.valuation.margin_loan import Lending, call_price, cure_by_sale, cure_in_cash, lending, limit_of

_NO_YEAR = 10_000
_YEARS = 3
_LISTED_APART = ("bond", "retail_bond")


def put_redemptions(view: View, answer: Answer, months: int) -> Redemption:
    """The company's own test, and the wider ones beside it."""
    test = redemption(view, months)
    answer.put(f"bonds_due_{months}_months", test.total, test.view.span)
    answer.put("redemption.cash_position", test.cash, test.view.span)
    answer.put("redemption_cover", test.cover)
    if test.cash is not None:
        answer.labels["redemption.day"] = test.view.day.isoformat()
    if test.due:
        rows: list[tuple[Cell, ...]] = [(one.debt.name or one.debt.id, one.day, one.amount, one.debt.coupon) for one in test.due]
        answer.tables["redemptions"] = Table(
            f"Bonds due within {months} months of {test.view.day}", ("bond", "due", "amount", "coupon"), rows
        )
    _put_tests(view, answer, test)
    return test


def _put_tests(view: View, answer: Answer, test: Redemption) -> None:
    expected, paper = expected_redemption(view, test.months), expected_redemption(view, test.months, paper=True)
    wider = wider_redemption(view, test.months)
    answer.put("expected_redemption_cover", expected.cover)
    answer.put("expected_paper_cover", paper.cover)
    answer.put("wider_redemption_cover", wider.cover)
    for name, due in (("expected_due", expected.total), ("expected_due_with_paper", paper.total), ("all_due", wider.total)):
        answer.put(f"redemption.{name}", due, test.view.span)
    rows: list[tuple[Cell, ...]] = [
        ("bonds, as the contracts say", test.total, test.cover),
        ("and hybrids at their first call", expected.total, expected.cover),
        ("and commercial paper", paper.total, paper.cover),
        ("and bridges and loans as drawn, and promises", wider.total, wider.cover),
    ]
    rows = [row for row in rows if row[1] is not None]
    if rows:
        title = f"What falls due within {test.months} months of {test.view.day}, against the cash position"
        answer.tables["tests"] = Table(title, ("what counts", "due", "cover"), rows, ("due", "cover"))


def put_ladder(view: View, answer: Answer) -> None:
    """What falls due in each calendar year, by currency and kind: as the contracts say, and as is expected."""
    by_year: dict[int, list[Quantity]] = defaultdict(list)
    for one in maturities(view):
        if one.day is not None:
            by_year[one.day.first.year].append(one.amount)
    for year, amounts in sorted(by_year.items()):
        answer.put(f"due.{year}", add(amounts), view.span)
    rows: list[tuple[Cell, ...]] = []
    for (year, kind, currency), rung in sorted(_rungs(view).items()):
        label = str(year) if year < _NO_YEAR else "no maturity"
        amounts_due = [add(amounts) if amounts else None for amounts in rung]
        for name, amount in zip(("contractual", "expected"), amounts_due, strict=True):
            answer.put(f"ladder.{label.replace(' ', '_')}.{kind}.{currency}.{name}", amount, view.span)
        rows.append((label, kind.replace("_", " "), currency, *amounts_due))
    if rows:
        title = f"What falls due by calendar year, in {view.currency}: as the contracts say, and expected (hybrids at their first call)"
        answer.tables["maturities"] = Table(title, ("year", "kind", "in", "contractual", "expected"), rows)


def _rungs(view: View) -> dict[tuple[int, str, str], tuple[list[Quantity], list[Quantity]]]:
    found: dict[tuple[int, str, str], tuple[list[Quantity], list[Quantity]]] = defaultdict(lambda: ([], []))
    for one in ladder(view):
        for side, day in enumerate((one.contractual, one.expected)):
            year = day.first.year if day is not None else _NO_YEAR
            found[year, one.debt.kind, one.currency][side].append(one.amount)
    return found


def put_interest(view: View, answer: Answer) -> None:
    """What the company's debts pay in the coming years, hybrids until their first call, at the exchange rates of the day."""
    until = date(view.day.year + _YEARS, 12, 31)
    paid: dict[int, list[Quantity]] = defaultdict(list)
    silent = 0
    for debt in company_debts(view):
        found = [one for one in payments(view, debt, until, expected=True) if one.kind == "interest"]
        silent += not found
        for one in found:
            paid[one.day.year].append(convert(view, one.amount, view.currency, view.span))
    rows: list[tuple[Cell, ...]] = []
    for year, amounts in sorted(paid.items()):
        total = add(amounts).named(f"interest.{year}")
        answer.put(f"interest.{year}", total, view.span)
        rows.append((str(year), total, len(amounts)))
    if rows:
        without = f"; debts without an exact day, left out: {silent}" if silent else ""
        title = (
            f"Interest to be paid after {view.day}, in {view.currency}: once a year unless stated, hybrids until their first call{without}"
        )
        answer.tables["interest"] = Table(title, ("year", "interest", "payments"), rows)


def put_margin_loans(view: View, answer: Answer) -> None:
    """What is lent on shares, how much of them that is, and how far they may fall until the lenders call."""
    rows: list[tuple[Cell, ...]] = []
    for debt in view.counted(Debt):
        if debt.kind != "margin_loan" or not _stands(view, debt) or debt.status not in (None, "done"):
            continue
        loan = lending(view, debt, owed(view, debt))
        held = holding(view, debt.secured_by or "")
        over_all = (loan.owed / gross_of(held)).named(f"{debt.id} over the whole holding") if held is not None and held.finance else None
        answer.put(f"{debt.id}.owed", loan.owed, view.span)
        answer.put(f"{debt.id}.loan_to_value", loan.ratio)
        answer.put(f"{debt.id}.fall_to_call", loan.room)
        answer.put(f"{debt.id}.over_the_whole_holding", over_all)
        _put_call(answer, debt, loan)
        answer.put(f"{debt.id}.cure", debt.cure)
        limit = limit_of(view, debt)
        answer.put(f"{debt.id}.limit", limit)
        lacks = "" if loan.room is not None else "call level" if loan.ratio is not None else "pledged shares, call level"
        on = view.book.name_of(debt.secured_by) if debt.secured_by else ""
        rows.append((debt.name or debt.id, loan.owed, limit, on, loan.ratio, over_all, loan.room, lacks))
    columns = ("loan", "owed", "limit", "on", "of the pledge", "of the whole", "fall to the call", "not known")
    if rows:
        answer.tables["margin_loans"] = Table("Lent on shares", columns, rows)


def _put_call(answer: Answer, debt: Debt, loan: Lending) -> None:
    """The price at which the lenders call, and what would cure a call today: in cash, or by a sale of what is pledged."""
    if debt.call_ratio is not None and debt.pledged is not None and debt.pledged_cash is None:
        answer.put(f"{debt.id}.call_price", call_price(loan.owed, debt.pledged, debt.call_ratio))
    if debt.reset_ratio is not None and loan.collateral is not None:
        answer.put(f"{debt.id}.cure_in_cash", cure_in_cash(loan.owed, loan.collateral, debt.reset_ratio))
        answer.put(f"{debt.id}.cure_by_sale", cure_by_sale(loan.owed, loan.collateral, debt.reset_ratio))


def put_creditors(view: View, answer: Answer) -> None:
    """What is pledged and what is free, who stands ahead, what pays the interest."""
    rows: list[tuple[Cell, ...]] = []
    for words, name, quantity in _for_creditors(view):
        answer.put(f"creditors.{name}", quantity, view.span)
        rows.append((words, quantity, "; ".join(needs(quantity)[:1])))
    answer.tables["creditors"] = Table(f"What creditors can count on, {view.day}", ("measure", "value", "needs, among others"), rows)


def _for_creditors(view: View) -> Iterator[tuple[str, str, Quantity]]:
    yield "holdings that lie with lenders", "encumbrance", encumbrance(view).quantity
    yield "listed part of the holdings", "listed_share", listed_share(view).quantity
    yield "listed part after the promises", "listed_share_after", listed_share_after(view).quantity
    yield "unsecured debt", "unsecured_debt", unsecured_debt(view).quantity
    yield "free listed holdings over unsecured debt", "unencumbered_cover", unencumbered_cover(view).quantity
    yield "net debt of the group that stands ahead", "structural_subordination", structural_subordination(view).quantity
    yield "debts of subsidiaries and funds in the book", "debt_ahead", debt_ahead(view).quantity
    yield "hybrids, as far as they count as debt", "hybrid_debt", hybrid_debt(view).quantity
    givers = [one.agency for debt in company_debts(view) for one in (debt.equity_credits or {}).values()]
    for agency in dict.fromkeys(givers):
        yield f"the same by {view.book.name_of(agency)}", f"hybrid_debt_by.{agency}", hybrid_debt(view, agency).quantity
    yield "interest of a year", "interest_of_a_year", interest_of_a_year(view).quantity
    yield "of it coupons of hybrids", "hybrid_coupons", hybrid_coupons(view).quantity
    yield "dividends and fees over interest", "interest_cover", interest_cover(view).quantity
    yield "net asset value after tax, own share", "nav_after_tax", nav_after_tax(view).quantity
    for words, item in (("cash of the company alone", "cash"), ("cash of the group", "consolidated_cash")):
        stated = account(view, item)
        if stated is not None:
            yield words, item, stated


def put_others(view: View, answer: Answer) -> None:
    """Every debt that is no bond, and every guarantee."""
    listed = [debt for debt in view.counted(Debt) if debt.kind not in _LISTED_APART and _stands(view, debt) and _concerns(view, debt)]
    for debt in listed:
        said = {"conditions": debt.conditions, "repaid_from": debt.repaid_from, "deferrable": "yes" if debt.deferrable else None}
        answer.labels.update({f"{debt.id}.{name}": words for name, words in said.items() if words is not None})
    rows: list[tuple[Cell, ...]] = [
        (
            debt.name or debt.id,
            debt.kind.replace("_", " "),
            outstanding(view, debt, view.day) if debt.amount or debt.drawn or debt.principal else "unknown",
            debt.limit,
            debt.first_call or debt.maturity,
            _remark(view, debt),
        )
        for debt in listed
    ]
    if rows:
        columns = ("debt", "kind", "amount", "limit", "call or end", "remark")
        answer.tables["other_debts"] = Table("Hybrids, loans, secured finance and guarantees", columns, rows)


def _concerns(view: View, debt: Debt) -> bool:
    return view.company in {debt.borrower or view.company, debt.guarantor}


def _remark(view: View, debt: Debt) -> str:
    """On what it is secured, for whom it is guaranteed, whether it is called or not yet drawn."""
    words = [f"on {view.book.name_of(debt.secured_by)}"] if debt.secured_by else []
    if debt.guarantor == view.company:
        words.append("guaranteed")
    if is_called(debt, view.day):
        words.append("called")
    if debt.status not in (None, "done"):
        words.append(str(debt.status))
    return ", ".join(words)


def _stands(view: View, debt: Debt) -> bool:
    return view.in_force(debt) and (debt.maturity is None or debt.maturity.last > view.day)
