"""How is it paid for: sources and uses, the gap, and what is no source?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.funding.cut_off import Window, window
from holdbook.funding.line import Line, total
from holdbook.funding.projection import projection
from holdbook.funding.sources import rejected, sources
from holdbook.funding.uses import uses
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, greatest
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.money_charts import LEFT_OVER, TO_BE_FOUND, put_money_charts
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask paid tiny"
_SOURCES = ("source", "kind", "as stated", "amount", "standing", "when")
_USES = ("use", "kind", "as stated", "amount", "standing", "when")
_BALANCE = ("line", "amount", "of the uses")
_SURE, _BINDING = ("realised", "arranged", "hoped"), ("promised", "called", "due")
_MONTHS = ("month", "opening", "comes", "goes", "drawn by then", "sold by then", "unpaid", "closing")
_SHEET = ("month", "net debt", "holdings", "loan to value")
_NO_FIGURE = ("line", "side", "needs")
_REJECTED = ("called a source", "amount", "why it is none")


def paid(view: View, against: Sequence[View] = ()) -> Answer:
    """Sources and uses that balance: what is realised, arranged and hoped for against what is promised, called and due; the gap between."""
    answer = Answer(question="paid", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    plan = window(view)
    currency = _currency(view, plan)
    came, goes = sources(view, plan, currency), uses(view, plan, currency)
    sums = _sums(came, goes, currency)
    for name, quantity in sums.items():
        answer.put(name, quantity, view.span)
    for line in (*came, *goes):
        answer.put(f"{'source' if line in came else 'use'}.{line.name}", line.amount, view.span)
    answer.labels |= {"window": f"{plan.start}..{plan.end}", "currency": currency}
    _table(answer, "sources", "Sources", _SOURCES, [_row(line) for line in came if line.has_figure])
    _table(answer, "uses", "Uses", _USES, [_row(line) for line in goes if line.has_figure])
    _balance(came, goes, sums, answer)
    _projected(view, plan, currency, came, goes, answer)
    _table(
        answer,
        "no_figure",
        "In no sum, for want of a figure",
        _NO_FIGURE,
        [_needed(line, came) for line in (*came, *goes) if not line.has_figure],
    )
    _table(answer, "rejected", "Called a source, and none", _REJECTED, [(one.what, one.amount, one.why) for one in rejected(view, plan)])
    for other in against:
        _beside(other, sums, answer)
    put_money_charts(answer)
    answer.headline = _headline(view, sums, came, goes)
    _caveats(plan, came, goes, answer)
    return answer


def _currency(view: View, plan: Window) -> str:
    """The currency of the plan: the one in which most of the uses are stated, else the book's."""
    stated = [line.stated.unit.currency for line in uses(view, plan, view.currency) if line.has_figure and line.kind == "commitment"]
    found = [one for one in stated if one is not None]
    return max(sorted(set(found)), key=found.count, default=view.currency)


def _sums(came: list[Line], goes: list[Line], currency: str) -> dict[str, Quantity]:
    """The sums and ratios of a plan.

    Formula:  gap = uses - sources; coverage = sources / uses; each again for what is realised, and without what may be spent
    """
    money, needed = total(came, currency, "sources"), total(goes, currency, "uses")
    realised = total([line for line in came if line.standing == "realised"], currency, "sources_realised")
    unspent = total([line for line in came if not line.spent], currency, "sources_unspent")
    found = {
        "sources": money,
        "uses": needed,
        "gap": needed - money,
        "sources_realised": realised,
        "gap_realised": needed - realised,
        "sources_unspent": unspent,
        "gap_unspent": needed - unspent,
        "unpaid_commitments": total([line for line in goes if line.kind == "commitment"], currency, "unpaid_commitments"),
        "disposals": total([line for line in came if line.kind == "disposal"], currency, "disposals"),
        "new_debt": total([line for line in came if line.kind in ("new debt", "undrawn line")], currency, "new_debt"),
        "redemptions": total([line for line in goes if line.kind == "redemption"], currency, "redemptions"),
    }
    if bounds(needed).interval.low:
        found |= {
            "coverage": money / needed,
            "coverage_realised": realised / needed,
            "coverage_unspent": unspent / needed,
        }
    if bounds(money).interval.low:
        found["disposal_dependence"] = found["disposals"] / money
    found["refinancing_balance"] = (
        total([line for line in came if line.kind == "new debt"], currency, "new_debt_issued") - found["redemptions"]
    )
    return found


def _table(answer: Answer, name: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    if rows:
        answer.tables[name] = Table(title, columns, rows)


def _row(line: Line) -> tuple[Cell, ...]:
    alike = line.stated.unit is line.amount.unit
    standing = f"{line.standing}, may be spent" if line.spent else line.standing
    return line.what, line.kind, None if alike else line.stated, line.amount, standing, line.day


def _needed(line: Line, came: list[Line]) -> tuple[Cell, ...]:
    return line.what, "source" if line in came else "use", line.stated.first_leaf().title


def _balance(came: list[Line], goes: list[Line], sums: dict[str, Quantity], answer: Answer) -> None:
    """Both sides: the sources by their standing and what is still to be found, or less what is left over, come to the uses exactly."""
    needed = sums["uses"]
    if "coverage" not in sums:
        return
    rows = _by_standing(came, "sources", _SURE, needed)
    most = bounds(sums["gap"]).interval.high
    rest = LEFT_OVER if most is not None and most < 0 else TO_BE_FOUND
    rows += [(rest, sums["gap"], sums["gap"] / needed), ("uses", needed, needed / needed)]
    answer.tables["balance"] = Table(f"Sources and what is {rest}, against the uses", _BALANCE, rows)
    _table(answer, "binding", "Uses, by how they bind", _BALANCE, _by_standing(goes, "uses", _BINDING, needed))


def _by_standing(lines: list[Line], side: str, standings: tuple[str, ...], needed: Quantity) -> list[tuple[Cell, ...]]:
    """The sum of each standing of a side that has a figure."""
    rows: list[tuple[Cell, ...]] = []
    for standing in standings:
        some = [line for line in lines if line.standing == standing and line.has_figure]
        if some:
            part = total(some, str(needed.unit), f"{side} {standing}")
            rows.append((f"{side} {standing}", part, part / needed))
    return rows


def _projected(view: View, plan: Window, currency: str, came: list[Line], goes: list[Line], answer: Answer) -> None:
    """The plan month by month, and the debt that it makes."""
    if not any(line.has_figure for line in goes):
        return
    found = projection(view, plan, currency, came, goes)
    flows: list[tuple[Cell, ...]] = []
    sheet: list[tuple[Cell, ...]] = []
    for step in found.steps:
        name = f"month.{step.month}"
        for field in ("closing", "drawn", "sold", "unpaid", "net_debt", "holdings", "loan_to_value"):
            answer.put(f"{name}.{field}", getattr(step, field), view.span)
        if step.month < f"{view.day:%Y-%m}":
            continue
        flows.append((step.month, step.opening, step.comes, step.goes, step.drawn, step.sold, step.unpaid, step.closing))
        if step.net_debt is not None:
            sheet.append((step.month, step.net_debt, step.holdings, step.loan_to_value))
    _table(answer, "projection", "Month by month: cash", _MONTHS, flows)
    _table(answer, "balance_sheet", f"Month by month: debt and holdings, at the marks of {found.base}", _SHEET, sheet)
    answer.put("unpaid_at_the_most", greatest([step.unpaid for step in found.steps]), view.span)
    first = next((step.month for step in found.steps if (bounds(step.unpaid).interval.low or 0) > 0), None)
    perhaps = next((step.month for step in found.steps if bounds(step.unpaid).interval.high != 0), None)
    answer.labels["first_month_unpaid"] = first or (f"perhaps {perhaps}" if perhaps else "none")
    if found.policy is None:
        answer.caveats.append("The book states no policy of disposals: the projection sells nothing, and what is not covered stays unpaid.")
    answer.caveats.append(
        "In the projection a use falls due on its first possible day and a source comes on its last; marks stay as they are; interest is not in it."
    )


def _beside(other: View, sums: dict[str, Quantity], answer: Answer) -> None:
    plan = window(other)
    currency = str(sums["uses"].unit)
    then = _sums(sources(other, plan, currency), uses(other, plan, currency), currency)
    rows: list[tuple[Cell, ...]] = [(name.replace("_", " "), then.get(name), quantity) for name, quantity in sums.items()]
    answer.tables[f"against.{other.day}.{other.known_on}"] = Table(
        f"Beside {other.day}, as known on {other.known_on}", ("line", "then", "now"), rows
    )


def _headline(view: View, sums: dict[str, Quantity], came: list[Line], goes: list[Line]) -> Sentence:
    """What has no figure is in no sum: then a sum is the least that it can be, and enough is enough for the rest alone."""
    name = view.book.name_of(view.company)
    if not any(line.has_figure for line in goes):
        return (f"{name} has nothing to pay that the book gives a figure for.",)
    to_pay, to_come, here = (
        "" if all(line.has_figure for line in lines) else "at least "
        for lines in (goes, came, [line for line in came if line.standing == "realised"])
    )
    words: list[Quantity | str] = [f"{name} has to pay {to_pay}", sums["uses"], f" and has sources of {to_come}", sums["sources"]]
    short = bounds(sums["gap"]).interval
    figured = " of what has a figure" if to_pay or to_come else ""
    if short.low is not None and short.low > 0:
        words += [": ", sums["gap"], f"{figured} is still to be found"]
    elif short.high is not None and short.high <= 0:
        words += [f": enough{' for what has a figure' if to_pay else ''}, if all of them come"]
    return (*words, f" (realised so far: {here}", sums["sources_realised"], ").")


def _caveats(plan: Window, came: list[Line], goes: list[Line], answer: Answer) -> None:
    answer.caveats.append(
        f"Counted is what came after {plan.start}: "
        + (
            "the cash position of that day holds what came before."
            if plan.opening is not None
            else "the book states no cash position, so the plan begins with the fiscal year."
        )
    )
    if any(line.spent for line in came):
        answer.caveats.append("Proceeds of the days before the last payment may be spent already; `coverage_unspent` leaves them out.")
    if any(not line.has_figure for line in (*came, *goes)):
        answer.caveats.append("What has no figure is in no sum: the true gap is larger by its uses and smaller by its sources.")
    answer.caveats.append("Money has no name: which source paid for which use cannot be said, only whether all together suffice.")
