"""Strain or strategy: which indicators say what?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.funding.indicators import Indicator, deciding, indicators, verdict_of
from holdbook.measures.afterwards import afterwards
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.chances import outcome_of, put_chances
from holdbook.questions.record_charts import put_verdict_chart
from holdbook.simulation.simulate import AS_THE_BOOK_HAS_IT, Futures
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask verdict tiny"
SIMULATES = True
_COLUMNS = ("indicator", "value", "limit", "points to", "why")
_FORMULAS = ("indicator", "formula", "limit set by")
_AFTERWARDS = ("when", "what", "figure", "known")
_NEEDS = ("indicator", "needs, among others")


def verdict(view: View, against: Sequence[View] = (), futures: Futures = AS_THE_BOOK_HAS_IT) -> Answer:
    """Eighteen indicators, each with its value or what it needs, the direction it points to, and what a stated rule makes of those that decide.

    Beside them, deciding nothing: how likely each limit is breached.
    """
    answer = Answer(question="verdict", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    found = indicators(view)
    for one in found:
        answer.put(f"indicators.{one.name}", one.value, view.span)  # some are of the last balance day: a name of their own
        answer.labels[f"indicators.{one.name}.points_to"] = one.direction
    answer.tables["indicators"] = Table("The indicators", _COLUMNS, [_row(one) for one in found])
    missing = [(_words(one), "; ".join(needs(one.value)[:2])) for one in found if one.direction == "not known" and needs(one.value)]
    if missing:
        answer.tables["needs"] = Table("What cannot be said, and what it needs", _NEEDS, list(missing))
    answer.tables["formulas"] = Table(
        "How each is computed", _FORMULAS, [(_words(one), one.formula, one.says_so or "nobody") for one in found]
    )
    decided, why = verdict_of(found)
    answer.labels |= {"verdict": decided, "because": why}
    _afterwards(view, answer)
    for other in against:
        _beside(other, found, answer)
    put_verdict_chart(answer)
    answer.headline = _headline(view, found, decided, why)
    answer.caveats += [
        f"The rule looks at {', '.join(_words(one) for one in deciding(found).values())}; it is this program's own (decision 0026), and nobody's rating.",
        "A sale that a company chose and one that it needed can look alike: the indicators say what the money had to do, not what anyone meant.",
    ]
    outcome = outcome_of(view, futures, answer)
    if outcome is not None:
        put_chances(view, outcome, answer)
        answer.caveats.append("Chances decide nothing here: they rest on assumptions, which `breaks` lists.")
    return answer


def _afterwards(view: View, answer: Answer) -> None:
    """What was known of later days: it changes no indicator, it says how it went on."""
    found = afterwards(view)
    for one in found:
        answer.put(f"afterwards.{one.key}", one.figure, one.day)
    if found:
        rows: list[tuple[Cell, ...]] = [(one.day, one.what, one.figure, one.known) for one in found]
        answer.tables["afterwards"] = Table(f"What happened after {view.day}, as known on {view.known_on}", _AFTERWARDS, rows)


def _row(one: Indicator) -> tuple[Cell, ...]:
    limit = None if one.limit is None else one.limit.named(one.name)
    return _words(one), one.value.named(one.name), limit, one.direction, one.why


def _words(one: Indicator) -> str:
    return one.name.replace("_", " ")


def _beside(other: View, found: list[Indicator], answer: Answer) -> None:
    then = {one.name: one for one in indicators(other)}
    decided, why = verdict_of(list(then.values()))
    label = f"against.{other.day}.{other.known_on}"
    answer.labels |= {f"{label}.verdict": decided, f"{label}.because": why}
    rows: list[tuple[Cell, ...]] = [
        (_words(one), then[one.name].value.named(one.name), then[one.name].direction, one.value.named(one.name), one.direction)
        for one in found
    ]
    columns = ("indicator", "then", "pointed to", "now", "points to")
    answer.tables[label] = Table(f"Beside {other.day}, as known on {other.known_on}: {decided}", columns, rows)


def _headline(view: View, found: list[Indicator], decided: str, why: str) -> Sentence:
    name = view.book.name_of(view.company)
    words: list[Quantity | str] = [f"{name}: {decided}. {why[0].upper()}{why[1:]}"]
    shown = {one.name: one.value for one in found if one.direction in ("strain", "dependence", "strategy")}
    for key, text in (
        ("pro_forma_loan_to_value", "; loan to value with the promises paid "),
        ("liquidity_cover", "; cash covers all that falls due "),
    ):
        if key in shown:
            words += [text, shown[key]]
    return (*words, ".")
