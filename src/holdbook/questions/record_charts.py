"""Charts of what was done and what came of it: gains, multiples, sales, estimates, events, prices."""

from __future__ import annotations

from collections import Counter
from datetime import date

from holdbook.dates import Span
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Table
from holdbook.questions.chart import Chart, Mark, Title, alike, size

_DEEDS = ("bought", "sold", "promised", "borrowed")
_LANES = 8
_YEARS = 3


def put_record_charts(answer: Answer) -> None:
    """The gain of each investment, and how many times the money came back."""
    table = answer.tables.get("results")
    if table is None:
        return
    gains, note = alike(_column(table, "gain"))
    if gains:
        gains.sort(key=lambda mark: -size(mark.values[0]))
        answer.charts["gains"] = Chart(
            kind="bars", title=_most("The largest gain is ", gains[0]), axis="gain against the money in", series=("gain",), marks=gains,
            table="results", note=note,
        )  # fmt: skip
    multiples, note = alike(_column(table, "multiple"))
    multiples = [mark for mark in multiples if mark.values[0] is not None and (bounds(mark.values[0]).interval.high or 0) > 0]
    if multiples:
        multiples.sort(key=lambda mark: -size(mark.values[0]))
        answer.charts["multiples"] = Chart(
            kind="range_plot", title=_most("The most for its money came of ", multiples[0]), axis="times the money in, on a scale of ratios",
            series=("multiple",), marks=multiples, table="results", ratio_scale=True, note=note,
        )  # fmt: skip


def put_sale_chart(answer: Answer, counting: set[str]) -> None:
    """What each sale brought, of those that count."""
    table = answer.tables.get("sales")
    if table is None:
        return
    of, when, proceeds = (table.columns.index(name) for name in ("of", "when", "proceeds"))
    marks, note = alike([Mark(f"{row[of]}, {row[when]}", (_amount(row[proceeds]),)) for row in table.rows if row[0] in counting])
    if marks:
        most = max(marks, key=lambda mark: size(mark.values[0]))
        answer.charts["sales"] = Chart(
            kind="bars",
            title=_most("The largest sale: ", most),
            axis="proceeds",
            series=("proceeds",),
            marks=marks,
            table="sales",
            note=note,
        )


def put_missed_charts(answer: Answer) -> None:
    """What others reckon beside what the shares of that day come to; what was brought beside what would be held."""
    kept, worth = answer.tables.get("kept"), answer.tables.get("worth")
    if kept is not None and worth is not None:
        value = {str(row[0]): _amount(row[1]) for row in worth.rows}
        marks, note = alike([Mark(str(row[0]), (_amount(row[2]), value.get(str(row[0])))) for row in kept.rows])
        if marks:
            marks.sort(key=lambda mark: -size(mark.values[1]))
            most = marks[0].values[1]
            title: Title = (f"What {marks[0].label} sold would be worth ", most) if most is not None else ("What the sales brought",)
            answer.charts["kept"] = Chart(
                kind="bars",
                title=title,
                axis="brought, and worth had it been kept",
                series=("brought", "kept"),
                marks=marks,
                table="worth",
                note=note,
            )
    _estimates(answer)


def _estimates(answer: Answer) -> None:
    table = answer.tables.get("estimates")
    if table is None:
        return
    marks, note = alike([Mark(f"{row[0]}, for {row[1]}", (_amount(row[2]), _amount(row[3]))) for row in table.rows])
    against = sum(row[-1] == "inconsistent" for row in table.rows)
    if marks:
        found = f"{against or 'None'} of {len(table.rows)} estimates cannot be had from the shares that were sold"
        answer.charts["estimates"] = Chart(
            kind="range_plot", title=(found,), axis="estimated, and by the shares of that day", series=("says", "by shares"), marks=marks,
            table="estimates", note=note,
        )  # fmt: skip


def put_event_chart(answer: Answer) -> None:
    """The events of the last years, a lane for each kind."""
    table = answer.tables.get("events")
    if table is None:
        return
    until = date.fromisoformat(answer.day)
    since = date(until.year - _YEARS, 1, 1)
    rows = [row for row in table.rows if isinstance(row[0], Span) and row[0].last >= since]
    counts = Counter(str(row[1]) for row in rows)
    lanes = sorted(counts, key=lambda kind: (kind not in _DEEDS, -counts[kind], kind))[:_LANES]
    marks = [Mark(str(row[2]), (_amount(row[3]),), str(row[1]), row[0]) for row in rows if row[1] in lanes and isinstance(row[0], Span)]
    if not marks:
        return
    left = len(table.rows) - len(marks)
    count = Counter(mark.when.first.year for mark in marks if mark.when is not None)
    year, number = max(count.items(), key=lambda pair: pair[1])
    title = (f"{number} of the {len(marks)} events since {since.year} fall in {year}",)
    answer.charts["events"] = Chart(
        kind="timeline", title=title, axis="when it happened; a bar where only the period is known", series=tuple(lanes), marks=marks,
        table="events", note=f"{left} more events, earlier or of other kinds, are in the table." if left else "",
    )  # fmt: skip


def put_reaction_chart(answer: Answer) -> None:
    """What each share did on its day 0."""
    table = answer.tables.get("returns")
    if table is None:
        return
    marks, note = alike([Mark(str(row[0]), (_amount(row[table.columns.index("return")]),)) for row in table.rows])
    if marks:
        answer.charts["returns"] = Chart(
            kind="bars", title=_most(f"On day 0 {marks[0].label} returned ", marks[0], named=False), axis="return from close to close",
            series=("return",), marks=marks, table="returns", note=note,
        )  # fmt: skip


def put_verdict_chart(answer: Answer) -> None:
    """The direction to which each indicator points."""
    table = answer.tables.get("indicators")
    if table is None:
        return
    points = table.columns.index("points to")
    counts = Counter(str(row[points]) for row in table.rows)
    columns = tuple(sorted(counts, key=lambda name: (name == "not known", -counts[name])))
    marks = [Mark(str(row[0]), (_amount(row[1]),), str(row[points])) for row in table.rows]
    marks.sort(key=lambda mark: columns.index(mark.group))
    title = "; ".join(f"{counts[name]} {name}" for name in columns)
    answer.charts["directions"] = Chart(
        kind="matrix",
        title=(f"Where the indicators point: {title}",),
        axis="direction of each indicator",
        series=columns,
        marks=marks,
        table="indicators",
    )


def _column(table: Table, name: str) -> list[Mark]:
    place = table.columns.index(name)
    return [Mark(str(row[0]), (_amount(row[place]),)) for row in table.rows]


def _amount(value: object) -> Quantity | None:
    return value if isinstance(value, Quantity) else None


def _most(words: str, mark: Mark, *, named: bool = True) -> Title:
    value = mark.values[0]
    assert value is not None
    return (f"{words}{mark.label}: ", value) if named else (words, value)
