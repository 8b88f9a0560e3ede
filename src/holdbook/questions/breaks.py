"""What could break it? Each scenario of the book against every limit, the smallest falls that reach one, and how likely one is breached."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.measures.break_even import BreakEven, break_evens, severity
from holdbook.measures.exposure import exposures
from holdbook.measures.leverage import limits, loan_to_value
from holdbook.measures.limit import Tested, tested
from holdbook.measures.stress import Effect, effect, promised_changes
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.chances import likely, outcome_of, put_chances, put_futures
from holdbook.questions.debt_charts import put_breaks_chart
from holdbook.questions.paid import paid
from holdbook.simulation.simulate import AS_THE_BOOK_HAS_IT, Futures
from holdbook.timeline.view import View
from holdbook.valuation.value import last_table

EXAMPLE = "holdbook ask breaks tiny"
SIMULATES = True
_STRESS = ("scenario", "net asset value", "change", "loan to value", "gap", "gives way first")
_LIMITS = ("scenario", "limit", "at", "value", "room", "standing")
_FALLS = ("what falls", "until", "at", "by", "reached", "loan to value there")
_PROMISED = ("scenario", "promise", "on the shares", "on the forward", "in all")
_TIMES = ("scenario", "until", "at", "times its shocks", "reached", "loan to value there")


def breaks(view: View, against: Sequence[View] = (), futures: Futures = AS_THE_BOOK_HAS_IT) -> Answer:
    """Answer for the day of the view, or for the day of the company's last table where the day has none; `against` are other days."""
    answer = Answer(question="breaks", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    at = _tested_on(view)
    answer.labels["tested.day"] = at.day.isoformat()
    before = tested(at)
    base = effect(at, before)
    worlds = [_moved_to(at, one) for one in view.scenarios()]
    effects = [effect(one, before) for one in worlds]
    _stress(base, effects, answer)
    _limits(base, effects, answer)
    _promised(worlds, answer)
    falls = break_evens(at)
    _falls(at, falls, answer)
    _times(at, worlds, answer)
    for other in against:
        _beside(other, answer)
    put_breaks_chart(answer)
    answer.headline = _headline(at, falls, effects)
    _caveats(view, at, worlds, falls, answer)
    found = outcome_of(view, futures, answer)
    if found is not None:
        chances = put_chances(view, found, answer)
        answer.headline = (*answer.headline[:-1], "; ", *likely(view, chances, found), " under the assumptions below.")
        put_futures(view, found, answer)
    return answer


def _tested_on(view: View) -> View:
    """The day itself, or that of the last table of the company where only that says how indebted it is."""
    table = last_table(view)
    if loan_to_value(view).how != "missing" or table is None or table.day is None:
        return view
    return _moved_to(view.on(table.day.last), view)


def _moved_to(at: View, scenario: View) -> View:
    """A view under a scenario, of another day: its shocks are felt from then on."""
    return scenario.felt_on(at.day)


def _stress(base: Effect, effects: list[Effect], answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for one in (base, *effects):
        key, name = _named(one.view, base.view)
        for measure, quantity in one.measures.items():
            answer.put(f"{key}.{measure}", quantity, one.view.span)
        change = None if one is base else (one.measures["nav"] - base.measures["nav"]).named("change")
        answer.put(f"{key}.nav.change", change, one.view.span)
        gap = paid(one.view).quantities.get("gap")
        answer.put(f"{key}.gap", None if gap is None else gap.quantity, None if gap is None else gap.when)
        first = "" if one is base else one.first.policy.when or one.first.policy.id if one.first is not None else "none"
        answer.labels[f"{key}.first_limit"] = one.first.policy.id if one.first is not None else "none"
        rows.append((name, one.measures["nav"], change, one.measures["loan_to_value"], None if gap is None else gap.quantity, first))
    answer.tables["stress"] = Table(f"Each scenario, {base.view.day}", _STRESS, rows)


def _named(view: View, base: View) -> tuple[str, str]:
    scenario = view.book.scenario
    return ("base", "as it is") if scenario is None or view is base else (scenario.key, scenario.name)


def _limits(base: Effect, effects: list[Effect], answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for one in (base, *effects):
        key, name = _named(one.view, base.view)
        for limit in one.limits:
            answer.put(f"{key}.{limit.policy.id}.room", limit.room)
            answer.labels[f"{key}.{limit.policy.id}.standing"] = limit.standing
            measure = limit.policy.measure  # by its name a cover is shown as a multiple, its limit and its room too
            rows.append((name, _words(limit), limit.limit.named(measure), limit.value, limit.room.named(measure), limit.standing))
    if rows:
        answer.tables["limits"] = Table("Every limit under each scenario", _LIMITS, rows)


def _words(limit: Tested) -> str:
    measure = limit.policy.measure.replace("_", " ")
    return f"{measure} ({limit.policy.when})" if limit.policy.when else measure


def _promised(worlds: list[View], answer: Answer) -> None:
    """What each scenario does to promises at a fixed price: more than to what is carried, for the forward moves by the whole of it."""
    rows: list[tuple[Cell, ...]] = []
    for view in worlds:
        for one, shares, forward in promised_changes(view):
            whole = shares if forward is None else shares + forward
            key, name = _named(view, view.bare)
            answer.put(f"{key}.{one.asset}.change", whole, view.span)
            answer.put(f"{key}.{one.asset}.shares.change", shares, view.span)
            answer.put(f"{key}.{one.asset}.forward.change", forward, view.span)
            rows.append((name, view.book.name_of(one.asset), shares, forward, whole))
    if rows:
        answer.tables["promised"] = Table("What moves with the value of what is promised at a fixed price", _PROMISED, rows)


def _falls(view: View, falls: list[BreakEven], answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for one in falls:
        name = f"break_even.{one.target.replace('/', '_')}.{one.policy.id}"
        fall = None if one.fall is None else one.fall.named(name)
        answer.put(name, fall)
        answer.put(f"{name}.loan_to_value", one.proof)
        answer.labels[f"{name}.reached"] = one.reached
        what = "all holdings" if one.target == "all" else view.book.name_of(one.target)
        rows.append((what, one.policy.when or one.policy.id, one.limit, None if one.reached == "no" else fall, one.reached, one.proof))
    if rows:
        answer.tables["break_evens"] = Table("The smallest fall of one thing that reaches a limit on loan to value", _FALLS, rows)


def _times(at: View, worlds: list[View], answer: Answer) -> None:
    """How many times its shocks each scenario would need."""
    rows: list[tuple[Cell, ...]] = []
    for view in worlds:
        if not view.shaken:
            continue
        for limit in limits(at, "loan_to_value", loan_to_value(at).quantity):
            if limit.policy.at_most is not None:
                key, name = _named(view, at)
                one = severity(at, view, limit.policy, limit.limit)
                size = None if one.fall is None else one.fall.named(f"{key}.{limit.policy.id}.multiple")
                answer.put(f"{key}.{limit.policy.id}.multiple", size)
                answer.labels[f"{key}.{limit.policy.id}.reached"] = one.reached
                rows.append((name, limit.policy.when or limit.policy.id, limit.limit, size, one.reached, one.proof))
    if rows:
        answer.tables["severity"] = Table("How many times its shocks a scenario needs to reach a limit", _TIMES, rows)


def _beside(other: View, answer: Answer) -> None:
    """The break-evens of another day, or with other knowledge."""
    at = _tested_on(other)
    label = other.day.isoformat() if other.day.isoformat() != answer.day else f"known_on_{other.known_on}"
    for one in break_evens(at):
        answer.put(f"against.{label}.break_even.{one.target.replace('/', '_')}.{one.policy.id}", one.fall)
    rows: list[tuple[Cell, ...]] = [
        (one.target, one.policy.when or one.policy.id, one.limit, one.fall, one.reached) for one in break_evens(at)
    ]
    if rows:
        answer.tables[f"against.{label}"] = Table(f"The same of {at.day}", ("what falls", "until", "at", "by", "reached"), rows)


def _headline(view: View, falls: list[BreakEven], effects: list[Effect]) -> Sentence:
    name = view.book.name_of(view.company)
    of_all = [(value, one) for one in falls if one.target == "all" and one.fall is not None and (value := point(one.fall)) is not None]
    nearest = min(of_all, key=lambda pair: (pair[0], pair[1].policy.id))[1] if of_all else None
    words: list[Quantity | str] = []
    if nearest is not None and nearest.fall is not None:
        words += [f"All that {name} holds may fall by ", nearest.fall, " before its loan to value reaches ", nearest.limit]
    else:
        words += [f"How far what {name} holds may fall is not known for {view.day}"]
    broken = [one for one in effects if one.first is not None]
    if effects:
        of_them = (
            f"of {len(effects)} scenarios {len(broken) or 'none'}"
            if len(effects) > 1
            else f"the one scenario{'' if broken else ' does not'}"
        )
        words += [f"; {of_them} {'breaks' if len(broken) == 1 else 'break'} a limit"]
    return (*words, ".")


def _caveats(view: View, at: View, worlds: list[View], falls: list[BreakEven], answer: Answer) -> None:
    if at.day != view.day:
        answer.caveats.append(f"Tested is {at.day}, the day of the company's last table: for {view.day} itself its leverage is not known.")
    if view.book.scenario is not None:
        answer.caveats.append("Under a scenario no other is run, and no smallest fall is looked for where its shocks are felt.")
    elif not worlds:
        answer.caveats.append("The book has no scenarios of its own: each is a small file in its folder scenarios.")
    if falls:
        answer.caveats.append("A fall moves what is held before the finance on it; loans, net debt and exchange rates stay as they are.")
    if exposures(at):
        answer.caveats.append("Promises at a fixed price are taken at their cost with the gains booked on them over the last period known.")
    answer.caveats.append("A scenario says what would follow; how likely it is, nobody says.")
