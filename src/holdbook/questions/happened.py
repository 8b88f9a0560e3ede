"""What happened, when, and when did the world learn it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from holdbook.dates import Span
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.event import Event
from holdbook.model.fact import Fact
from holdbook.model.move import Move
from holdbook.model.result import Result
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.record_charts import put_event_chart
from holdbook.timeline.view import View

_COLUMNS = ("when", "kind", "what", "amount", "known", "lag", "source")
_VERBS = {
    "buy": "bought",
    "sell": "sold",
    "transfer": "transferred",
    "dividend": "had a dividend of",
    "spin_off": "had a spin-off of",
    "write_off": "wrote off",
}
_DEEDS = (*_VERBS.values(), "promised", "borrowed")
EXAMPLE = "holdbook ask happened tiny"


def happened(view: View, against: Sequence[View] = ()) -> Answer:
    """The events up to the day of the view, in order, with the day each became known; `against` shows what was not known by then."""
    answer = Answer(question="happened", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    known = sorted(_events(view), key=lambda event: (event[0].first, event[0].last, event[4].id))
    found = [event for event in known if event[0].first <= view.day]
    ahead = [event for event in known if event[0].first > view.day]
    for name, title, events in (("events", "What happened", found), ("ahead", "What lay ahead, as then known", ahead)):
        if events:
            answer.tables[name] = Table(title, _COLUMNS, [_row(view, event) for event in events])
    for _, _, _, amount, fact in found:
        answer.put(f"{fact.id}.amount", amount, fact.day)
    for other in against:
        late = [_row(view, event) for event in found if view.first_learnt(event[4]) > other.known_on]
        answer.tables[f"learnt_after.{other.known_on}"] = Table(f"Not yet known on {other.known_on}", _COLUMNS, late)
    put_event_chart(answer)
    answer.headline = _headline(view, found)
    answer.caveats.append("A period says that something happened within it; its day is not known.")
    return answer


def _row(view: View, event: _Row) -> tuple[Cell, ...]:
    when, kind, what, amount, fact = event
    return when, kind, what, amount, _known(view, fact), _lag(view, fact), fact.source or ""


_Row = tuple[Span, str, str, Quantity | None, Fact]


def _events(view: View) -> Iterator[_Row]:
    name = view.book.name_of
    for trade in view.counted(Trade):
        verb = _VERBS[trade.side]
        if trade.day is not None and trade.status in (None, "done"):
            yield trade.day, verb, f"{name(trade.holder or view.company)} {verb} {name(trade.asset)}", trade.amount, trade
    for commitment in view.counted(Commitment):
        if commitment.agreed is not None or commitment.day is not None:
            yield (
                commitment.agreed or commitment.day,
                "promised",
                f"{name(commitment.by or view.company)} to {name(commitment.to)}",
                commitment.amount,
                commitment,
            )  # type: ignore[misc]
    for debt in view.counted(Debt):
        if debt.issued is not None:
            yield (
                debt.issued,
                "borrowed",
                debt.name or f"{name(debt.borrower or view.company)}, {debt.kind.replace('_', ' ')}",
                debt.principal or debt.amount,
                debt,
            )
    for event in view.counted(Event):
        if event.day is not None:
            yield event.day, event.kind or "event", event.text, None, event
    yield from _reported(view)


def _reported(view: View) -> Iterator[_Row]:
    name = view.book.name_of
    for result in view.counted(Result):
        if result.day is not None:
            about = f" on {name(result.about)}" if result.about else ""
            yield (
                result.day,
                "result",
                f"{name(result.subject)}: {result.measure.replace('_', ' ')}{about}",
                result.amount or result.count or result.ratio,
                result,
            )
    for move in view.counted(Move):
        if move.day is not None:
            yield move.day, "price", f"{name(move.asset)} {(move.kind or '').replace('_', ' ')}", move.change, move
    for table in view.counted(Statement):
        if table.day is not None and table.nav is not None:
            yield table.day, "published", f"net asset value of {name(table.company or view.company)}", table.nav, table


def _known(view: View, fact: Fact) -> str:
    """The day on which the world learnt it, if somebody stated it; else the day by which it had."""
    return f"{'' if fact.learnt_from == 'stated' else 'by '}{view.first_learnt(fact)}"


def _lag(view: View, fact: Fact) -> str:
    """Days from when it happened to when it was known, as words: from the latest to the earliest possible day."""
    if fact.day is None:
        return ""
    shortest, longest = ((view.first_learnt(fact) - day).days for day in (fact.day.last, fact.day.first))
    if longest < 0:
        return ""
    if fact.learnt_from != "stated":
        return f"at most {longest} d"
    return f"{longest} d" if shortest == longest else f"{max(shortest, 0)} to {longest} d"


def _headline(view: View, found: list[_Row]) -> Sentence:
    past = [row for row in found if row[0].first <= view.day and row[1] in _DEEDS and row[4].learnt_from == "stated"]
    if not past:
        return (f"The book has {_counted(len(found))} known by {view.known_on}.",)
    when, _, what, amount, fact = max(past, key=lambda row: (view.first_learnt(row[4]), row[0].last))
    words: list[Quantity | str] = [f"{_counted(len(found))} known by {view.known_on}; the last to become known: {what}"]
    words += [" for ", amount] if amount is not None else []
    return (*words, f", in {when}, known on {view.first_learnt(fact)}.")


def _counted(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"
