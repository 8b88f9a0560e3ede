"""How likely it is: what many futures of a view came to, as figures, tables and a fan for the questions that ask."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.model.policy import Policy
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.solved import solved
from holdbook.quantity.unit import NUMBER, UNIT, Unit
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.questions.fan import Fan, Level
from holdbook.simulation.limits import AT_LEAST, SHORT
from holdbook.simulation.outcome import Breach, Chance, Outcome, Told
from holdbook.simulation.plan import PARTS, PlanError
from holdbook.simulation.simulate import Futures
from holdbook.timeline.view import View

_OF_MONEY = ("nav", "cash", "unpaid")
_LIMITS = ("limit", "of", "at", "chance by then", "half of them by", "says so")
_MONTHS = ("month", *(f"{part}% lie below" for part in PARTS))
_LEAST = ("limit", "holding", "moves by", "loan to value then")
_SHORT = ("month", "chance", "in 19 of 20 of these no more than")
_STORY = ("month", "net asset value", "loan to value", "cash", "unpaid", "drawn", "sold", "loan called")
_TITLES = {
    "nav": "net asset value", "loan_to_value": "loan to value", "cash": "cash less what stays unpaid",
    "loan_to_value_with_asset_backed": "loan to value with asset-backed finance",
}  # fmt: skip


def outcome_of(view: View, futures: Futures, answer: Answer) -> Outcome | None:
    """What came of the futures of a view; None where its plan cannot be, and the answer says why."""
    try:
        found = futures.of(view)
    except PlanError as error:
        answer.caveats.append(f"No futures are drawn: {error}.")
        return None
    if not found.months or not found.paths:
        why = "its plan draws no month" if not found.months else "it was interrupted before the first future was drawn"
        answer.caveats.append(f"No chance can be said: {why}.")
        return None
    if not found.breaches:
        answer.caveats.append(
            "No chance can be said: the book has neither a limit with holdings and net debt to hold against it, nor cash."
        )
        return None
    return found


def put_chances(view: View, found: Outcome, answer: Answer) -> list[tuple[Breach, Quantity]]:
    """Each limit with how likely it is breached: as `chance.LIMIT`, with the interval that holds 95%, and as a table."""
    rows: list[tuple[Cell, ...]] = []
    chances: list[tuple[Breach, Quantity]] = []
    for one in found.breaches:
        quantity = chance_of(one, found)
        answer.put(quantity.name, quantity)
        chances.append((one, quantity))
        bound = solved("at", [], one.bound, one.bound, one.bound, how="limit") if one.name != SHORT else None
        half = found.months[one.months_to - 1] if one.months_to else ""
        rows.append((limit_words(view, one), _words(one), bound, quantity, half, one.says_so))
    title = f"How likely a limit is breached by the end of {found.months[-1]}, in {found.paths:,} futures"
    answer.tables["chances"] = Table(title, _LIMITS, rows, bounded=("chance by then",))
    return chances


def put_futures(view: View, found: Outcome, answer: Answer) -> None:
    """Everything else that came of them: chances by month, fans, what drove a breach, what stays unpaid, the worst path, what is assumed."""
    _by_month(view, found, answer)
    _fans(view, found, answer)
    _drivers(view, found, answer)
    _least(view, found, answer)
    _shortfall(found, answer)
    _story(found, answer)
    answer.tables["assumed"] = Table("What the futures take for granted", ("assumption",), [(one,) for one in found.assumptions])
    answer.labels |= {"simulated.engine": found.engine, "simulated.seed": str(found.seed), "simulated.worst_path": str(found.worst_path)}
    answer.caveats += found.said
    answer.caveats.append(
        f"Chances are counted over {found.paths:,} futures of the plan in the table of assumptions: they say what follows from it, not what will be."
    )


def chance_of(one: Breach, found: Outcome) -> Quantity:
    """How likely a limit is breached by the end, under its name in an answer."""
    return counted(f"chance.{one.name.replace(' ', '_')}", one.ever, found)


def counted(name: str, one: Chance, found: Outcome) -> Quantity:
    """A chance as a quantity: its ends hold 95%, one draw of so many paths being as good as another."""
    how = f"counted: {round(one.chance * found.paths):,} of {found.paths:,} futures, seed {found.seed}; ends at 95% (Wilson)"
    return solved(name, [], one.chance, one.low, one.high, how=how)


def limit_words(view: View, one: Breach) -> str:
    """A limit in words: when it holds, where its policy says so."""
    policy = view.book.get(Policy, one.name.removesuffix(AT_LEAST))
    words = one.name if policy is None else policy.when or policy.id.replace("_", " ")
    return f"{words} at least" if one.name.endswith(AT_LEAST) else words


def _words(one: Breach) -> str:
    return f"{_TITLES.get(one.measure, one.measure)} {'below' if one.below else 'above'}" if one.name != SHORT else "cash"


def _by_month(view: View, found: Outcome, answer: Answer) -> None:
    columns = ("by the end of", *(limit_words(view, one) for one in found.breaches))
    rows: list[tuple[Cell, ...]] = [
        (month, *(counted("chance", one.by_month[step], found) for one in found.breaches)) for step, month in enumerate(found.months)
    ]
    answer.tables["chances_by_month"] = Table("How likely each limit has been breached by then", columns, rows)


def _fans(view: View, found: Outcome, answer: Answer) -> None:
    for measure, fan in found.fans.items():
        if measure not in _TITLES or (measure != "loan_to_value" and fan == found.fans.get("loan_to_value")):
            continue
        unit, table = _unit(measure, found), f"simulated_{measure}"
        rows: list[tuple[Cell, ...]] = []
        for month, values, margins in zip(found.months, fan, found.margins[measure], strict=True):
            cells = [_value(measure, value, *ends, found, unit) for value, ends in zip(values, margins, strict=True)]
            rows.append((month, *cells))
        for part, cell in zip(PARTS, rows[-1][1:], strict=True):
            answer.put(f"simulated.{measure}.p{part:02}", cell if isinstance(cell, Quantity) else None)
        answer.tables[table] = Table(f"Futures of {_TITLES[measure]}, by month", _MONTHS, rows)
        answer.charts[table] = Fan(
            title=_finding(view, measure, found, rows[-1]), axis=f"{_TITLES[measure]} at the end of the month", months=found.months, values=fan,
            unit=unit, limits=_levels(view, measure, found), table=table,
        )  # fmt: skip


def _finding(view: View, measure: str, found: Outcome, last: tuple[Cell, ...]) -> tuple[Quantity | str, ...]:
    """What a fan shows: how often a limit is breached, else where nine of ten futures lie at the end."""
    chances = [(one, chance_of(one, found)) for one in found.breaches if one.measure == measure]
    if chances:
        first, *rest = likely(view, chances, found)
        return (f"{str(first)[0].upper()}{str(first)[1:]}", *rest)
    low, high = last[1], last[-1]
    assert isinstance(low, Quantity)
    assert isinstance(high, Quantity)
    if low == high:
        return (f"{_TITLES[measure].capitalize()} is ", low, f" in nine of ten futures of {found.months[-1]}")
    return (f"{_TITLES[measure].capitalize()} lies between ", low, " and ", high, f" in nine of ten futures of {found.months[-1]}")


def _levels(view: View, measure: str, found: Outcome) -> list[Level]:
    return [Level(limit_words(view, one), one.bound) for one in found.breaches if one.measure == measure]


def _value(name: str, value: float, low: float, high: float, found: Outcome, unit: Unit) -> Quantity:
    return solved(name, [], value, low, high, how=f"counted: {found.paths:,} futures, seed {found.seed}; ends at 95%", unit=unit)


def _unit(measure: str, found: Outcome) -> Unit:
    return UNIT(found.currency) if measure in _OF_MONEY else NUMBER


def _drivers(view: View, found: Outcome, answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for one in found.breaches:
        for holding, mean in sorted(one.drivers.items(), key=lambda pair: (pair[1], pair[0])):
            moved = solved("mean return", [], mean, mean, mean, how=f"counted: mean until the first breach, {found.paths:,} futures")
            rows.append((limit_words(view, one), view.book.name_of(holding), moved))
    if rows:
        answer.tables["drivers"] = Table(
            "What holdings did until a limit was breached, in the futures that breached it", ("limit", "holding", "return"), rows
        )


def _least(view: View, found: Outcome, answer: Answer) -> None:
    """The combination of moves that reaches a limit and is least unlikely under the plan, run to prove it."""
    rows: list[tuple[Cell, ...]] = []
    words = {one.name: limit_words(view, one) for one in found.breaches}

    def cell(name: str, value: float, how: str) -> Quantity:
        return solved(name, [], value, value, value, how=how)

    for one in found.least_unlikely:
        how = f"least: {one.deviations:.2f} standard deviations of a year (Mahalanobis) from nothing"
        for holding, move in one.moves.items():
            moved = cell(f"least_unlikely.{one.limit}.{holding.replace(' ', '_')}", move, how)
            rows.append(
                (words[one.limit], view.book.name_of(holding), moved, cell("proof", one.proof, "net debt / holdings after the moves"))
            )
        answer.put(f"least_unlikely.{one.limit}.deviations", cell("deviations", one.deviations, how))
    if rows:
        title = "The least unlikely moves of a year that reach a limit, net debt staying as it is"
        answer.tables["least_unlikely"] = Table(title, _LEAST, rows)


def _shortfall(found: Outcome, answer: Answer) -> None:
    unit = UNIT(found.currency)
    rows: list[tuple[Cell, ...]] = [
        (one.month, counted("chance", one.chance, found), _value("unpaid", one.up_to, one.up_to, one.up_to, found, unit))
        for one in found.shortfall
        if one.chance.chance
    ]
    if rows:
        answer.tables["shortfall"] = Table("What is due and cannot be paid, in the months that have some", _SHORT, rows)


def _story(found: Outcome, answer: Answer) -> None:
    if found.worst_path < 0 or not any(one.loan_to_value is not None for one in found.worst):
        return
    rows = [_month(one, found) for one in found.worst]
    title = f"The worst of the {found.paths:,} futures, number {found.worst_path}, month by month"
    answer.tables["worst_path"] = Table(title, _STORY, rows)


def _month(one: Told, found: Outcome) -> tuple[Cell, ...]:
    unit, how = UNIT(found.currency), f"walked: future {found.worst_path} of seed {found.seed}"

    def cell(name: str, value: float | None, of: Unit) -> Quantity | None:
        return None if value is None else solved(name, [], value, value, value, how=how, unit=of)

    sums = ((name, getattr(one, name)) for name in ("cash", "unpaid", "drawn", "sold"))
    return (
        one.month, cell("nav", one.nav, unit), cell("loan to value", one.loan_to_value, NUMBER),
        *(cell(name, value, unit) for name, value in sums), "yes" if one.called else "",
    )  # fmt: skip


def likely(view: View, chances: Sequence[tuple[Breach, Quantity]], found: Outcome) -> list[Quantity | str]:
    """The words of a headline: how likely the limits on loan to value are breached, the least likely first; else that money runs short."""
    ratios = [pair for pair in chances if pair[0].measure.startswith("loan_to_value")] or list(chances)
    words: list[Quantity | str] = []
    for one, chance in sorted(ratios, key=lambda pair: (pair[0].ever.chance, pair[0].name))[:2]:
        name = one.name if one.name == SHORT else f"the {limit_words(view, one)} limit is breached"
        words += [f", {name} with " if words else f"{name} by {found.months[-1]} with a chance of ", chance]
    return words
