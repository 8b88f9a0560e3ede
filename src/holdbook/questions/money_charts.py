"""Charts of money: sources against uses, cash month by month, what is promised and paid."""

from __future__ import annotations

from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.answer import Answer, Table
from holdbook.questions.chart import Chart, Mark, alike, drawable, size

_MOST = 8
TO_BE_FOUND, LEFT_OVER = "still to be found", "left over"


def put_money_charts(answer: Answer) -> None:
    """Sources and uses on one scale; the cash that is left month by month."""
    _both_sides(answer)
    _columns(answer)
    _months(answer)


def _both_sides(answer: Answer) -> None:
    if "sources" not in answer.quantities or "uses" not in answer.quantities:
        return
    sides = {side: _lines(answer.tables.get(side), side) for side in ("sources", "uses")}
    if not sides["uses"]:
        return
    whole = {side: Mark(side, (answer.quantities[side].quantity,), "total") for side in sides}
    marks, note = alike([mark for side in ("uses", "sources") for mark in (whole[side], *sides[side])])
    gap = answer.quantities["gap"].quantity
    low, high = bounds(gap).interval[:2]
    title: tuple[Quantity | str, ...] = ("Whether the sources cover the uses is not certain: the gap is ", gap)
    if high is not None and high <= 0:
        title = ("The sources cover the uses of ", answer.quantities["uses"].quantity, ", if all of them come")
    elif low is not None and low > 0:
        title = (gap, " is still to be found")
    answer.charts["sources_and_uses"] = Chart(
        kind="sources_and_uses", title=title, axis="sources and uses, each added to those before", series=("amount",), marks=marks,
        table="balance", note=note,
    )  # fmt: skip


def _columns(answer: Answer) -> None:
    """Both sides by their standing, as high as each other once the gap is counted."""
    table = answer.tables.get("balance")
    if table is None:
        return
    marks: list[Mark] = []
    for row in (*table.rows, *answer.tables["binding"].rows):
        side, _, standing = str(row[0]).partition(" ")
        group = side if standing and side in ("sources", "uses") else "gap" if row[0] in (TO_BE_FOUND, LEFT_OVER) else ""
        if group and isinstance(row[1], Quantity):
            marks.append(Mark(standing if group != "gap" else str(row[0]), (row[1],), group))
    kept, note = alike([mark for mark in marks if mark.group != "gap"])
    if not kept:
        return
    answer.charts["balance"] = Chart(
        kind="balance", title=("What is realised covers ", answer.quantities["coverage_realised"].quantity, " of the uses"),
        axis="each side by its standing; a broken frame is what one side lacks to the other", series=("amount",),
        marks=[*kept, *(mark for mark in marks if mark.group == "gap")], table="balance", note=note,
    )  # fmt: skip


def _lines(table: Table | None, side: str) -> list[Mark]:
    """The largest lines of a side, the others as one."""
    found = [] if table is None else [(str(row[0]), row[3]) for row in table.rows if isinstance(row[3], Quantity) and drawable(row[3])]
    marks = [Mark(label, (amount,), side) for label, amount in found]
    if len(marks) <= _MOST:
        return marks
    kept = set(sorted(range(len(marks)), key=lambda index: -size(marks[index].values[0]))[: _MOST - 1])
    rest = [value for index, mark in enumerate(marks) if index not in kept for value in mark.values if value is not None]
    return [*(mark for index, mark in enumerate(marks) if index in kept), Mark(f"{len(rest)} smaller ones", (add(rest),), side)]


def _months(answer: Answer) -> None:
    table = answer.tables.get("projection")
    if table is None:
        return
    place = table.columns.index("closing")
    marks, note = alike([Mark(str(row[0]), (row[place],)) for row in table.rows if isinstance(row[place], Quantity)])  # type: ignore[arg-type]
    if len(marks) < 2:
        return
    least = min(marks, key=lambda mark: size(mark.values[0]))
    assert least.values[0] is not None
    answer.charts["cash"] = Chart(
        kind="line", title=(f"Cash is lowest at the end of {least.label}: ", least.values[0]), axis="cash at the end of the month",
        series=("closing",), marks=marks, table="projection", note=note,
    )  # fmt: skip


def put_promise_chart(answer: Answer) -> None:
    """What is promised, split into what was paid and what was not."""
    table = answer.tables.get("promises")
    if table is None:
        return
    marks, note = alike([Mark(str(row[0]), (_amount(row[3]), _amount(row[4]))) for row in table.rows])
    if not marks:
        return
    most = max(marks, key=lambda mark: size(mark.values[1]))
    unpaid = most.values[1]
    title = (
        ("Everything promised is paid",)
        if not drawable(unpaid) or unpaid is None
        else (f"The largest sum still to pay goes to {most.label}: ", unpaid)
    )
    answer.charts["promises"] = Chart(
        kind="bars", title=title, axis="promised", series=("paid", "unpaid"), marks=sorted(marks, key=lambda mark: -size(mark.values[1])),
        table="promises", note=note,
    )  # fmt: skip


def _amount(value: object) -> Quantity | None:
    return value if isinstance(value, Quantity) else None
