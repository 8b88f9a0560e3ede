"""Charts of what a company owes: the ladder of what falls due, and loan to value against its limits."""

from __future__ import annotations

from collections import defaultdict

from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add
from holdbook.quantity.unit import NUMBER
from holdbook.questions.answer import Answer
from holdbook.questions.chart import Chart, Limit, Mark, alike, drawable, size

_YEARS = 12
_FEWEST = 2


def put_debt_charts(answer: Answer) -> None:
    """What falls due year by year and kind by kind; the ratio by each definition against the company's limits."""
    _ladder(answer)
    _limits(answer)


def _ladder(answer: Answer) -> None:
    table = answer.tables.get("maturities")
    if table is None:
        return
    found: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    years = sorted({str(row[0]) for row in table.rows if row[4] is not None and str(row[0]).isdigit()})
    kept = years[:_YEARS]
    for year, kind, _, _, expected in table.rows:
        if isinstance(expected, Quantity) and str(year) in years:
            found[str(year) if str(year) in kept else f"{years[_YEARS]} on", str(kind)].append(expected)
    kinds = tuple(
        sorted({kind for _, kind in found}, key=lambda kind: -sum(size(one) for key in found if key[1] == kind for one in found[key]))
    )
    labels = dict.fromkeys(sorted(label for label, _ in found))
    marks, note = alike(
        [Mark(label, tuple(add(found[label, kind]) if (label, kind) in found else None for kind in kinds)) for label in labels]
    )
    if not marks:
        return
    most = max(marks, key=lambda mark: sum(_low(value) for value in mark.values))
    due = add([value for value in most.values if value is not None]).named(f"due in {most.label}")
    more = max(marks, key=lambda mark: sum(_high(value) for value in mark.values))
    title = (f"The most is sure to fall due in {most.label}: ", due, *((f"; in {more.label} it may be more",) if more is not most else ()))
    answer.charts["ladder"] = Chart(
        kind="ladder", title=title, axis="due by calendar year, hybrids at their first call",
        series=kinds, marks=marks, table="maturities", note=note,
    )  # fmt: skip


def put_breaks_chart(answer: Answer) -> None:
    """Loan to value under each scenario, against the limits on it."""
    table, tested = answer.tables.get("stress"), answer.tables.get("limits")
    if table is None:
        return
    marks, note = alike([Mark(str(row[0]), (row[3] if isinstance(row[3], Quantity) else None,)) for row in table.rows])
    if len(marks) < _FEWEST:
        return
    base, *others = marks
    worst = max(others, key=lambda mark: size(mark.values[0]))
    assert worst.values[0] is not None
    rows = [row for row in (tested.rows if tested else ()) if row[0] == base.label and str(row[1]).startswith("loan to value (")]
    limits = [Limit(str(row[1])[len("loan to value (") : -1], row[2]) for row in rows if isinstance(row[2], Quantity)]
    answer.charts["scenarios"] = Chart(
        kind="bars", title=(f"Loan to value is worst under {worst.label}: ", worst.values[0]), axis="loan to value",
        series=("loan to value",), marks=[base, *sorted(others, key=lambda mark: -size(mark.values[0]))], limits=limits, table="stress", note=note,
    )  # fmt: skip


def _low(value: Quantity | None) -> float:
    """What is owed for certain."""
    return 0.0 if value is None else float(bounds(value).interval.low or 0)


def _high(value: Quantity | None) -> float:
    """What may be owed at the most."""
    return 0.0 if value is None else float(bounds(value).interval.high or 0)


def _limits(answer: Answer) -> None:
    table, limits = answer.tables.get("definitions"), answer.tables.get("limits")
    if table is None:
        return
    rows = [(str(row[0]), row[1]) for row in table.rows if isinstance(row[1], Quantity) and row[1].unit is NUMBER]
    marks = [Mark(label, (ratio,)) for label, ratio in rows if drawable(ratio)]
    left = [label for label, ratio in rows if not drawable(ratio)]
    lines = [
        Limit(str(row[0]), row[1]) for row in (limits.rows if limits else ()) if isinstance(row[1], Quantity) and row[1].unit is NUMBER
    ]
    lines = list({line.value.digest: line for line in lines}.values())
    if not marks:
        return
    note = f"Not known: {', '.join(left)}." if left else ""
    answer.charts["limits"] = Chart(
        kind="bars", title=_standing(answer, marks[0]), axis="loan to value", series=("loan to value",), marks=marks,
        limits=sorted(lines, key=lambda line: size(line.value)), table="definitions", note=note,
    )  # fmt: skip


def _standing(answer: Answer, first: Mark) -> tuple[Quantity | str, ...]:
    """The ratio, and whether every limit holds."""
    value = first.values[0]
    kept = [text for name, text in answer.labels.items() if name.startswith("loan_to_value.") and name.endswith(".standing")]
    verdict = "within every limit" if kept and all(text == "within" for text in kept) else "against its limits"
    assert value is not None
    return (
        f"Loan to value by the {first.label} definition: " if first.label == "company's own" else f"{first.label}: ",
        value,
        f", {verdict}",
    )
