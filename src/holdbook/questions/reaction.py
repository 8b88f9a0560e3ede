"""How did prices answer to the news, and was it more than their market did?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from holdbook.measures.abnormal import FEW
from holdbook.measures.aligned import benchmarks
from holdbook.measures.many_events import together
from holdbook.measures.reaction import MOVE, NOT_YET, Reaction, elsewhere, stated_moves, without_itself
from holdbook.measures.reaction import reaction as answered
from holdbook.measures.release import concerned, releases, same_day, told_on
from holdbook.model.event import Event
from holdbook.model.move import Move
from holdbook.model.relation import Relation
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.record_charts import put_reaction_chart
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask reaction"
_RETURNS = ("share", "exchange", "day 0", "tier", "return", "market", "less market", "market model", "abnormal")
_TESTS = ("share", "abnormal", "standard error", "t", "p of t", "p of sample", "p of placebos", "smallest seen", "t of late")
_WINDOW = ("share", "set against", "from", "to", "sessions", "alpha", "beta", "releases in it")
_MOVES = ("share", "stated for", "kind", "change", "day 0", "source")
_EARLIER = ("event", "told", "share", "day 0", "tier", "return", "abnormal", "t", "p of t")
_NEAR = timedelta(days=3)
_CLOSE = 0.8


def reaction(view: View, against: Sequence[View] = ()) -> Answer:
    """The last release of news in full, those before it a row each; `against` shows the last release of another day or knowledge."""
    answer = Answer(question="reaction", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    events = releases(view)
    if not events:
        answer.headline = (f"No results day and no announcement up to {view.day} was known by {view.known_on}.",)
        return answer
    last = events[-1]
    found = [answered(view, last, asset, f"reaction.{asset}") for asset in concerned(view, last)]
    answer.labels |= {"reaction.event": last.id, "reaction.told": str(told_on(view, last))}
    for one in found:
        _put(answer, one, f"reaction.{one.asset}")
        answer.put(f"reaction.{one.asset}.market_adjusted_without_itself", without_itself(view, one, f"reaction.{one.asset}"))
        zeros = elsewhere(view, last, one.asset)
        answer.labels |= {f"reaction.{one.asset}.day_0.{exchange}": str(zero) for exchange, zero in zeros.items()}
    answer.tables |= _tables(view, found, events)
    _earlier(view, answer, events[:-1])
    _together(view, answer, [event for event in events if event.kind == "results"])
    put_reaction_chart(answer)
    answer.headline = _headline(view, last, found)
    answer.caveats += _confounders(view, last, found)
    answer.caveats += _limits(view, found, events)
    for other in against:
        before = releases(other)[-1:]
        rows = [_row(other, answered(other, one, asset, f"reaction.{asset}")) for one in before for asset in concerned(other, one)]
        title = f"The last release up to {other.day}, as known on {other.known_on}: {before[0].text if before else 'none'}"
        answer.tables[f"against.{other.day}.{other.known_on}"] = Table(title, _RETURNS, rows)
    return answer


def _put(answer: Answer, one: Reaction, name: str) -> None:
    """The figures and the words of one share's answer."""
    for part, quantity in one.figures.items():
        answer.put(f"{name}.{part}", quantity)
    for part, quantity in (one.model.tests if one.model else {}).items():
        answer.put(f"{name}.{part}", quantity)
    words = {"tier": one.tier, "needs": one.needs, "day_0": str(one.zero or ""), "exchange": one.listing.exchange if one.listing else ""}
    if one.model is not None:
        words["estimation"] = f"{one.model.days} sessions, {one.model.first} to {one.model.last}"
    answer.labels |= {f"{name}.{part}": text for part, text in words.items() if text}


def _tables(view: View, found: list[Reaction], events: list[Event]) -> dict[str, Table]:
    name = view.book.name_of
    tests: list[tuple[Cell, ...]] = []
    windows: list[tuple[Cell, ...]] = []
    for one in (one for one in found if one.model is not None):
        assert one.model is not None
        part = one.model.tests.get
        tests.append(
            (name(one.asset), one.figures["abnormal_return"], part("standard_error"), part("t"), part("p_t"), part("p_sample_quantile"),
             part("p_placebo"), part("detectable"), part("t_recent"))
        )  # fmt: skip
        windows += _window(view, one, events)
    moves = [_move_row(view, one, move) for one in found for move in _near(view, one)]
    tables = {
        "returns": Table("What prices did", _RETURNS, [_row(view, one) for one in found]),
        "tests": Table("Was it more than chance", _TESTS, tests),
        "estimation": Table("What the models were fitted to", _WINDOW, windows),
        "moves": Table("Moves as the book states them", _MOVES, moves),
    }
    return {key: table for key, table in tables.items() if table.rows}


def _row(view: View, one: Reaction) -> tuple[Cell, ...]:
    get = one.figures.get
    return (
        view.book.name_of(one.asset), one.listing.exchange if one.listing else "", str(one.zero or ""), one.tier, get("raw_return"),
        get("market_return"), get("market_adjusted"), get("market_model"), get("abnormal_return"),
    )  # fmt: skip


def _window(view: View, one: Reaction, events: list[Event]) -> list[tuple[Cell, ...]]:
    """The estimation window of a share: a row for each factor, with its beta."""
    assert one.model is not None
    name, model = view.book.name_of, one.model
    inside = sum(1 for event in events if model.first <= (told_on(view, event) or view.day) <= model.last)
    rows: list[tuple[Cell, ...]] = []
    for index, factor in enumerate(one.factors):
        beta = model.tests[f"{factor}.beta"]
        head = (name(one.asset), name(factor), str(model.first), str(model.last), model.days, model.tests["alpha"], beta, inside)
        rows.append(head if not index else ("", name(factor), "", "", None, None, beta, None))
    return rows


def _near(view: View, one: Reaction) -> list[Move]:
    """Moves of a share that the book states for the days around its day 0."""
    if one.zero is None:
        return []
    first, last = one.zero.first - _NEAR, one.zero.last + _NEAR
    return [
        move for move in view.actual(Move) if move.asset == one.asset and move.day and first <= move.day.first and move.day.last <= last
    ]


def _move_row(view: View, one: Reaction, move: Move) -> tuple[Cell, ...]:
    fits = "yes" if move in stated_moves(view, one) else "another day" if move.kind == "close" else ""
    return view.book.name_of(one.asset), move.day, move.kind.replace("_", " "), move.change, fits, move.source or ""


def _earlier(view: View, answer: Answer, events: list[Event]) -> None:
    """The releases before the last one: the company's own share, and that of whom each was about."""
    rows: list[tuple[Cell, ...]] = []
    for event in events:
        about = [asset for asset in concerned(view, event) if asset in (view.company, event.entity)]
        for one in (answered(view, event, asset, f"reaction.{event.id}.{asset}") for asset in about):
            if not one.figures:
                continue
            tests = one.model.tests if one.model else {}
            abnormal = one.figures.get("abnormal_return")
            rows.append(
                (event.id, str(told_on(view, event)), view.book.name_of(one.asset), str(one.zero), one.tier, one.figures["raw_return"],
                 abnormal, tests.get("t"), tests.get("p_t"))
            )  # fmt: skip
            for part in ("raw_return", "abnormal_return"):
                answer.put(f"reaction.{event.id}.{one.asset}.{part}", one.figures.get(part))
    if rows:
        answer.tables["earlier"] = Table("Releases before", _EARLIER, rows)


def _together(view: View, answer: Answer, events: list[Event]) -> None:
    """All results days of the company taken together, where there are closes for enough of them."""
    own = [event for event in events if event.entity in (None, view.company)]
    found = together(view, own, view.company, "reaction.results")
    if found is None:
        return
    answer.put("reaction.results.average", found.average)
    rows: list[tuple[Cell, ...]] = [(test, statistic, p) for test, statistic, p in found.tests]
    title = f"{found.events} results days together, two sessions each, against {view.book.name_of(found.market)}"
    answer.tables["together"] = Table(title, ("test", "statistic", "p"), rows)
    answer.caveats.append(
        ("Over ", f"{found.events} results days ", view.book.name_of(view.company), " moved by ", found.average,
         " beyond its market on average, good and bad news together; their estimation windows overlap.")
    )  # fmt: skip


def _headline(view: View, last: Event, found: list[Reaction]) -> Sentence:
    words: list[Cell] = [f"{last.text.rstrip('.')}: known on {told_on(view, last)}{f' at {last.time}' if last.time else ''}."]
    for one in found:
        name, raw, abnormal = view.book.name_of(one.asset), one.figures.get("raw_return"), one.figures.get("abnormal_return")
        if raw is None:
            words += [f" {name}: {one.tier}, day 0 {one.zero}."] if one.tier == NOT_YET else []
            continue
        words += [f" {name}, day 0 {one.zero}: ", raw]
        words += [", abnormal ", abnormal] if abnormal is not None else []
        chance = one.model.tests["p_t"] if one.model else None
        words += [f" ({one.tier}, p ", chance, ")."] if chance is not None else [f" ({one.tier})."]
    words += [] if any(one.figures for one in found) else [" No close of day 0 is known."]
    return tuple(word for word in words if word is not None and not isinstance(word, int))  # type: ignore[misc]


def _confounders(view: View, last: Event, found: list[Reaction]) -> list[Sentence | str]:
    """What else could have moved the prices: other news of the day, the share's own weight in its index."""
    caveats: list[Sentence | str] = []
    others: dict[str, list[str]] = {}
    for fact in same_day(view, last):
        others.setdefault(fact.noun, []).append(fact.id)
    if others:
        count = sum(map(len, others.values()))
        shown = "; ".join(
            f"{noun} {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}" for noun, names in others.items()
        )
        caveats.append(
            f"The world learnt {count} other fact{'s' if count > 1 else ''} on that day, and no price tells them apart: {shown}."
        )
    for one in found:
        name = view.book.name_of(one.asset)
        for tie in (tie for tie in view.counted(Relation) if tie.type == "member_of" and tie.from_ == one.asset and tie.to in one.factors):
            index, less = (
                view.book.name_of(tie.to),
                without_itself(view, one, f"reaction.{one.asset}") if tie.to == one.factors[0] else None,
            )
            weight = (f"{name} is itself ", tie.part, f" of {index}") if tie.part is not None else (f"{name} is itself in {index}",)
            rest = (", without it less market would be ", less, ".") if less is not None else (".",)
            caveats.append((*weight, ": its own move is in the index, so what is abnormal reads too small", *rest))
        for exchange, zero in elsewhere(view, last, one.asset).items():
            caveats.append(f"{name} is listed on {exchange} too, where day 0 is {zero}.")
    return caveats


def _limits(view: View, found: list[Reaction], events: list[Event]) -> list[str]:
    """What the answer cannot say, and what it would take."""
    caveats = [f"{view.book.name_of(one.asset)}: {one.tier}; the next tier takes {one.needs}." for one in found if one.needs]
    for one in found:
        name = view.book.name_of(one.asset)
        if one.zero is not None and not one.zero.is_decided:
            summed = "; returns are summed over both" if one.figures and one.tier != MOVE else ""
            caveats.append(f"{name}: the hour of the news is not known, so day 0 is {one.zero}{summed}.")
        if one.model is not None and one.model.shared > _CLOSE:
            caveats.append(f"{name}: its factors move together, so their betas are not to be read apart; what is abnormal can be.")
        if one.model is not None and one.model.days < FEW:
            caveats.append(f"{name}: {one.model.days} sessions to estimate from; {FEW} are usual.")
    if any(one.model is not None for one in found):
        caveats.append(
            "One event of one share: tests over many firms do not exist for it. t takes residuals as normal, the sample and the placebos do not;"
            " where they disagree the effect is not established."
        )
    if any(one.figures for one in found):
        caveats.append("Returns are from close to close: dividends are not in them, and a day holds whatever else happened on it.")
    if not any(benchmarks(view, one.asset) for one in found) and events:
        caveats.append("The book has no index entity with a benchmark_of: no market to set a return against.")
    return caveats
