"""What is it worth? The sum of the parts, the net asset value, per share, the discount, and what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.measures.bridge import bridge
from holdbook.measures.defined import definition_of
from holdbook.measures.leverage import loan_to_value, loan_to_value_with_asset_backed
from holdbook.measures.net_debt import adjusted_net_debt, deductions
from holdbook.measures.published import Sourced
from holdbook.measures.worth import discount, equity_value_of_holdings, nav, nav_per_share, shares_outstanding
from holdbook.model.event import Event
from holdbook.model.statement import Statement
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.own_definitions import put_own_definitions
from holdbook.questions.worth_charts import put_worth_charts
from holdbook.timeline.positions import Position, positions
from holdbook.timeline.view import View
from holdbook.valuation.listed import last_price, listed, price
from holdbook.valuation.value import Part, last_table, part, parts, table_of

EXAMPLE = "holdbook ask worth tiny"
_PUBLISHED = ("nav", "loan_to_value", "nav_per_share", "holdings", "net_debt")


def worth(view: View, against: Sequence[View] = ()) -> Answer:
    """Answer for the day of the view; `against` are other days or knowledge to set it beside."""
    answer = Answer(question="worth", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    measures = {
        one.__name__: one(view)
        for one in (equity_value_of_holdings, adjusted_net_debt, nav, loan_to_value, loan_to_value_with_asset_backed, nav_per_share)
    }
    for name, measure in measures.items():
        answer.put(name, measure.quantity, view.span)
        answer.labels[f"{name}.basis"] = measure.how
    answer.put("deductions", deductions(view), view.span)
    answer.put("shares_outstanding", shares_outstanding(view))
    answer.put("share_price", price(view, view.company), view.span)
    answer.put("discount", discount(view))
    _published(view, answer)
    _last_published(view, answer, measures["nav"])
    _parts(view, answer)
    put_own_definitions(view, answer)
    _positions(view, answer)
    for other in against:
        _compared(view, other, answer)
    put_worth_charts(answer)
    answer.headline = _headline(view, answer, measures)
    _caveats(view, answer, measures)
    return answer


def _published(view: View, answer: Answer) -> None:
    """The company's own figures of the day, beside the computed ones."""
    table = table_of(view)
    if table is not None:
        for name in _PUBLISHED:
            answer.put(f"published.{name}", getattr(table, name), view.span)
        answer.labels["published.source"] = (table.source or "").split(" ")[0]


def _last_published(view: View, answer: Answer, value: Sourced) -> None:
    last = last_table(view)
    if last is None or last.day is None or (last.day.last == view.day and value.how != "missing"):
        return
    then = view.on(last.day.last)
    per_share = last.nav_per_share or nav_per_share(then).quantity
    answer.put("last_published.nav", last.nav or nav(then).quantity, last.day)
    answer.put("last_published.loan_to_value", last.loan_to_value or loan_to_value(then).quantity, last.day)
    answer.put("last_published.nav_per_share", per_share, last.day)
    age = (view.day - last.day.last).days
    answer.put("last_published.age", exact(age, UNIT("day"), "last_published.age"))
    answer.labels["last_published.day"] = last.day.last.isoformat()
    latest = price(view, view.company)
    if value.how == "missing" and latest is not None and known(per_share) == "yes" and not _split_between(view, last):
        answer.put("discount_to_last_published", exact(1) - latest / per_share)


def _split_between(view: View, table: Statement) -> bool:
    return any(
        event.kind == "split"
        and event.entity == view.company
        and event.day is not None
        and table.day is not None
        and table.day.last < event.day.first <= view.day
        for event in view.facts(Event)
    )


def _parts(view: View, answer: Answer) -> None:
    lines = parts(view)
    table = table_of(view)
    if lines is None and table is not None and table.parts:
        lines = [part(view, asset, published) for asset, published in table.parts.items()]
        answer.labels["parts"] = "partial"
    rows: list[tuple[Cell, ...]] = []
    total = answer.quantities["equity_value_of_holdings"].quantity
    for line in lines or []:
        answer.put(f"{line.asset}.value", line.value, view.span)
        rows.append((view.book.name_of(line.asset), line.gross, _finance(line), line.value, line.published, line.value / total, line.basis))
    if rows:
        columns = ("holding", "gross", "asset-backed", "value", "published", "of total", "basis")
        answer.tables["parts"] = Table("Equity value of holdings", columns, sorted(rows, key=lambda row: str(row[0]) == "Others"))


def _finance(line: Part) -> Quantity | None:
    return add([one.settlement for one in line.finance]) if line.finance and line.gross is not None else None


def _positions(view: View, answer: Answer) -> None:
    """The shares held, as far as they were known, with the last filing beside them."""
    rows: list[tuple[Cell, ...]] = []
    for held in positions(view):
        name = held.asset
        answer.put(f"{name}.shares", held.shares)
        if f"{name}.value" not in answer.quantities:
            answer.put(f"{name}.value", listed(view, name), view.span)
        if held.filing is not None and held.filing.day is not None and held.filing.day.first != view.day:
            answer.put(f"{name}.last_filing.shares", held.filing.shares)
            answer.labels[f"{name}.last_filing.day"] = str(held.filing.day)
        if held.sold is not None and held.sold.shares is not None:
            answer.put(f"{name}.sold_shares", held.sold.shares)
        rows.append(_position_row(view, held, answer))
    if rows:
        columns = ("asset", "shares held", "last figure", "of", "last sale", "sold in", "last price", "of ")
        answer.tables["positions"] = Table("Shares held", columns, rows)


def _position_row(view: View, held: Position, answer: Answer) -> tuple[Cell, ...]:
    mark = last_price(view, held.asset)
    if mark is not None:
        answer.put(f"{held.asset}.last_price", mark.price, mark.day)
    return (
        view.book.name_of(held.asset), held.shares,
        held.filing.shares if held.filing else None, held.filing.day if held.filing else None,
        held.sold.shares if held.sold else None, held.sold.day if held.sold else None,
        mark.price if mark else None, mark.day if mark else None,
    )  # fmt: skip


def _compared(view: View, other: View, answer: Answer) -> None:
    """What changed from the other view to this one: the bridge of net asset value, line by line."""
    label = other.day.isoformat() if other.day != view.day else f"known_on_{other.known_on.isoformat()}"
    steps = bridge(other, view)
    rows: list[tuple[Cell, ...]] = []
    for step in steps:
        answer.put(f"bridge.{label}.{step.name}.before", step.before, other.span)
        answer.put(f"bridge.{label}.{step.name}.after", step.after, view.span)
        answer.put(f"bridge.{label}.{step.name}", step.change, view.span)
        rows.append((step.label, step.before, step.after, step.change))
    if not rows:
        rows.append(("net asset value", None, None, "not known on both"))
    title = f"From {other.day} (known on {other.known_on}) to {view.day} (known on {view.known_on})"
    answer.tables[f"bridge.{label}"] = Table(title, ("line", "before", "after", "change"), rows, bounded=("change",))


def _headline(view: View, answer: Answer, measures: dict[str, Sourced]) -> Sentence:
    name = view.book.name_of(view.company)
    last = answer.quantities.get("last_published.nav")
    if measures["nav"].how == "missing":
        if last is None:
            return (f"The net asset value of {name} on {view.day} is not known.",)
        day, age = answer.labels["last_published.day"], answer.quantities["last_published.age"].quantity
        return (
            f"The last published net asset value of {name} is ",
            last.quantity,
            f" of {day} (",
            age,
            f" old); for {view.day} itself it is not known.",
        )
    if known(measures["nav"].quantity) == "no":
        return (f"The net asset value of {name} on {view.day} is not known: figures behind it are missing.",)
    words: list[Quantity | str] = [f"{name} is worth ", measures["nav"].quantity, f" on {view.day}"]
    holdings, debt, ratio = (measures[name].quantity for name in ("equity_value_of_holdings", "adjusted_net_debt", "loan_to_value"))
    if known(holdings) != "no":
        words += _sum(view, holdings, debt)
    if known(ratio) != "no":
        words += [", a loan to value of ", ratio]
    return (*words, ".")


def _sum(view: View, holdings: Quantity, debt: Quantity) -> list[Quantity | str]:
    """Holdings and net debt in words: as a sum where the value is one; net cash is a net debt below nothing."""
    most, taken = bounds(debt).interval.high, deductions(view)
    cash = most is not None and most < 0
    amount = (exact(0, debt.unit) - debt).named("net cash") if cash else debt
    if definition_of(view, "nav") is not None:
        return [", by its own definition; holdings are ", holdings, f" and net {'cash' if cash else 'debt'} ", amount]
    words: list[Quantity | str] = [": holdings of ", holdings, " plus net cash of " if cash else " less net debt of ", amount]
    if taken is not None:
        words += [" and deductions of ", taken]
    return words


def _caveats(view: View, answer: Answer, measures: dict[str, Sourced]) -> None:
    for name, measure in measures.items():
        if measure.how == "published" and name == "nav":
            answer.caveats.append("The net asset value is as published: the book has no parts to compute it from.")
        if measure.how == "derived" and name == "equity_value_of_holdings":
            answer.caveats.append("Holdings and net debt are derived from published ratios, not published themselves.")
    table = table_of(view)
    if table is not None and table.pro_forma:
        answer.caveats.append("The figure of this day is pro forma: only prices were brought up to date.")
    for line in parts(view) or []:
        for one in line.finance:
            if one.assumed:
                answer.caveats.append(
                    f"The settlement amount of {one.debt.name or one.debt.id} is not published: its carrying amount stands in for it."
                )
    if any(held.shares.stated is not None and held.shares.stated.is_unknown for held in positions(view)):
        answer.caveats.append(
            "Where shares held are unknown, nobody had said how many by then; the last figure beside them, a filing or a report, binds on its own day alone."
        )
    answer.caveats.append("Net asset value is before tax on disposals; minorities and management's share are not in the book.")
