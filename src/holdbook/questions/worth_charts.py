"""Charts of what a company is worth: its parts, and the way from one net asset value to another."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, exact
from holdbook.questions.answer import Answer
from holdbook.questions.chart import Chart, Mark, alike, size

_TOTALS = frozenset(("equity value of holdings", "adjusted net debt", "deductions", "nav", "nav per share"))


class _Line(NamedTuple):
    """A line of a bridge: what it is, before, after, and the change."""

    label: str
    before: Quantity | None
    after: Quantity | None
    change: Quantity | None


def put_worth_charts(answer: Answer) -> None:
    """The parts, largest first; a bridge for each day beside which the answer was set."""
    _parts(answer)
    for name, table in answer.tables.items():
        if name.startswith("bridge."):
            _bridge(answer, name, [_Line(str(row[0]), *map(_amount, row[1:4])) for row in table.rows])


def _parts(answer: Answer) -> None:
    table = answer.tables.get("parts")
    if table is None:
        return
    place = table.columns.index("value")
    marks = [Mark(str(row[0]), (_amount(row[place]),)) for row in table.rows]
    marks, note = alike(sorted(marks, key=lambda mark: -size(mark.values[0])))
    if not marks:
        return
    first = marks[0]
    share = next(row[table.columns.index("of total")] for row in table.rows if row[0] == first.label)
    found = (f"{first.label}: ", share, " of the holdings") if isinstance(share, Quantity) else (f"{first.label} is the largest holding",)
    title = found if len(marks) > 1 else (f"{first.label} is the only holding",)
    answer.charts["parts"] = Chart(
        kind="bars", title=title, axis="equity value of holdings", series=("value",), marks=marks, table="parts", note=note
    )


def _bridge(answer: Answer, name: str, lines: list[_Line]) -> None:
    """From before to after by the changes of the holdings, of net debt and of deductions, or of the holdings as a whole where their lines are not known."""
    by_label = {line.label: line for line in lines}
    whole, debt, held = (by_label.get(label) for label in ("nav", "adjusted net debt", "equity value of holdings"))
    if whole is None or whole.change is None or whole.before is None or whole.after is None:
        return
    steps = [Mark(line.label, (line.change,)) for line in lines if line.label not in _TOTALS]
    if not steps and held is not None:
        steps = [Mark("holdings", (held.change,))]
    if debt is not None and debt.before is not None and debt.after is not None:
        steps.append(Mark("net debt", ((debt.before - debt.after).named("change of net debt, taken off"),)))
    if (taken := by_label.get("deductions")) is not None and taken.change is not None:
        steps.append(Mark("deductions", ((exact(0, taken.change.unit) - taken.change).named("change of deductions, taken off"),)))
    then = name.partition(".")[2].replace("_", " ")
    marks = [Mark(then, (whole.before,), "total"), *steps, Mark(answer.day, (whole.after,), "total")]
    answer.charts[name] = Chart(
        kind="bridge", title=_moved(whole.change, then), axis="net asset value", series=("change",), marks=marks, table=name
    )


def _amount(value: object) -> Quantity | None:
    return value if isinstance(value, Quantity) else None


def _moved(change: Quantity, day: str) -> tuple[Quantity | str, ...]:
    low, high = bounds(change).interval[:2]
    verb = "rose" if low is not None and low > 0 else "fell" if high is not None and high < 0 else "changed"
    return (f"Net asset value {verb} since {day}: ", change)
