"""The part of `sold` that is about gains: lots and methods side by side, the period of the sale, and the causes of each gain."""

from __future__ import annotations

from holdbook.dates import fiscal_quarter
from holdbook.measures.accounting import DEFAULT, SHOWN, Carried, Shown, accounted_as, balance_day, carried_before, level
from holdbook.measures.cost import METHODS
from holdbook.measures.gains import Effects, Gain, gain_of_any_lots, gain_of_period, gains, transferred_to_realised
from holdbook.model.result import Result
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.timeline.view import View

_METHODS = ("sale", "cost by", "cost", "gain against cost")
_PERIOD = ("sale", "stood at before", "by the mark of", "gain of the period", "earlier gain, now cash", "shown in")
_EFFECTS = ("sale", "gain", "part of it", "amount")
_GAINS = ("gain", "unrealised_gain", "investment_gain", "derivative_gain")
_CAUSES = {"total": "in all", "price_effect": "price", "rate_effect": "exchange rate", "cross_effect": "both together"}


def put_gains(view: View, trades: list[Trade], answer: Answer) -> None:
    """Add to the answer what is known of each disposal's gain: against cost by every method, of the period, and by cause."""
    methods: list[tuple[Cell, ...]] = []
    periods: list[tuple[Cell, ...]] = []
    causes: list[tuple[Cell, ...]] = []
    for trade in trades:
        if trade.day is None or trade.status not in (None, "done"):
            continue
        found = gains(view, trade)
        _put_methods(view, trade, found, answer, methods, causes)
        _put_period(view, trade, answer, periods, causes)
    if methods:
        answer.tables["methods"] = Table("Gain against cost, by which lots are taken", _METHODS, methods)
    if periods:
        answer.tables["period"] = Table("What the period of the sale shows", _PERIOD, periods, bounded=("gain of the period",))
    if causes:
        answer.tables["causes"] = Table("Gains in the currency of the book, by cause", _EFFECTS, causes, bounded=("amount",))


def _put_methods(
    view: View, trade: Trade, found: list[Gain], answer: Answer, methods: list[tuple[Cell, ...]], causes: list[tuple[Cell, ...]]
) -> None:
    """The cost and the gain by each method; methods that agree share a line."""
    lines: dict[object, tuple[list[str], Gain]] = {}
    for gain in found:
        answer.put(f"{trade.id}.cost.{gain.method}", gain.cost, trade.day)
        answer.put(f"{trade.id}.economic_gain.{gain.method}", gain.gain, trade.day)
        _put_effects(trade, f"{trade.id}.economic_gain.{gain.method}", gain.effects, answer)
        lines.setdefault((point(gain.cost), bounds(gain.cost).interval), ([], gain))[0].append(METHODS[gain.method])
    for names, gain in lines.values():
        shown = "every method" if len(names) == len(found) else ", ".join(names)
        methods.append((trade.id, shown, gain.cost, gain.gain))
    first = next((gain for gain in found if gain.method == "specific"), found[0]) if found else None
    if first is not None and first.effects is not None:
        causes += _causes(trade, "against cost" if len(lines) == 1 else f"against cost, {METHODS[first.method]}", first.effects)
    anything = gain_of_any_lots(view, trade)
    if found and anything is not None and len(lines) > 1:
        answer.put(f"{trade.id}.cost.any_lots", anything.cost, trade.day)
        answer.put(f"{trade.id}.economic_gain.any_lots", anything.gain, trade.day)
        methods.append((trade.id, "any lots", anything.cost, anything.gain))


def _causes(trade: Trade, words: str, found: Effects) -> list[tuple[Cell, ...]]:
    return [(trade.id, words, cause, quantity) for cause, quantity in zip(_CAUSES.values(), found, strict=True)]


def _put_effects(trade: Trade, name: str, found: Effects | None, answer: Answer) -> None:
    if found is not None:
        for cause, quantity in zip(_CAUSES, found, strict=True):
            answer.put(f"{name}.{cause}", quantity, trade.day)


def _put_period(view: View, trade: Trade, answer: Answer, periods: list[tuple[Cell, ...]], causes: list[tuple[Cell, ...]]) -> None:
    """What the shares stood at, what the period of the sale shows, and where; the gain that was booked before."""
    measured = accounted_as(view, trade)
    shown = SHOWN[measured or DEFAULT]
    if measured is not None:
        answer.labels[f"{trade.id}.measured"] = measured
        answer.labels[f"{trade.id}.shown_in"] = shown.words
    carried = carried_before(view, trade)
    period = gain_of_period(view, trade, carried, shown.key) if carried is not None else None
    if carried is None or period is None:
        return
    gain, apart = period
    transferred = transferred_to_realised(view, trade, carried, "specific" if trade.lots else "fifo")
    answer.labels[f"{trade.id}.shown_in"] = shown.words + ("" if measured else " (by default: the class of the holding is not in the book)")
    answer.put(f"{trade.id}.carrying_before", carried.amount, trade.day)
    answer.put(f"{trade.id}.{shown.key}", gain, trade.day)
    answer.put(f"{trade.id}.transferred_to_realised", transferred, trade.day)
    _put_effects(trade, f"{trade.id}.{shown.key}", apart, answer)
    place = shown.words.partition(",")[0]
    periods.append((trade.id, carried.amount, _mark(carried), gain, transferred, place if measured else f"{place}, by default"))
    if apart is not None:
        causes += _causes(trade, "of the period", apart)
    _put_mark(view, trade, carried, answer)
    _not_the_sale(view, trade, shown, gain, apart, answer)


def _put_mark(view: View, trade: Trade, carried: Carried, answer: Answer) -> None:
    """On which mark the carrying amount rests: of which day, which level, and how old it was."""
    mark = carried.mark
    if mark is None:
        return
    age = "of the balance day" if carried.age == 0 else f"{carried.age} days older than the balance day, {balance_day(view, trade)}"
    answer.labels[f"{trade.id}.mark"] = f"marks.{mark.id} of {mark.day}, {level(mark)}, {age}"


def _mark(carried: Carried) -> str:
    """The day of a mark, its level and its age, in a few words."""
    if carried.mark is None:
        return "cost, bought since"
    age = f", {carried.age} days old" if carried.age else ""
    return f"{carried.mark.day}, {level(carried.mark).partition(',')[0]}{age}"


def _not_the_sale(view: View, trade: Trade, shown: Shown, gain: Quantity, apart: Effects | None, answer: Answer) -> None:
    """Say so where a stated gain is not what the sale added, and name the gains that were reported for it before the sale."""
    if trade.gain is None or trade.day is None:
        return
    added = gain if trade.gain.unit is gain.unit else None if apart is None else apart.total
    if added is None or added.unit is not trade.gain.unit or bounds(added).interval.meets(bounds(trade.gain).interval):
        return
    answer.labels[f"{trade.id}.stated_gain"] = "not the gain of the sale: booked before it, as the value rose"
    answer.caveats.append(_because(view, trade, shown, gain, added))
    for result in _reported(view, trade):
        assert result.amount is not None
        told = f" that is reported for {result.day} ({result.source}) came before the sale: a revaluation, which the sale turns into cash."
        answer.caveats.append((f"{trade.id}: the {result.measure.replace('_', ' ')} of ", result.amount, told))


def _because(view: View, trade: Trade, shown: Shown, gain: Quantity, added: Quantity) -> Sentence:
    """Why the stated gain is not that of the sale, and what the sale added."""
    assert trade.gain is not None
    assert trade.day is not None
    words = f" is not the gain of the sale. The shares stood in the accounts at their value of {balance_day(view, trade)} already; "
    period = f"{fiscal_quarter(trade.day, view.book.head.fiscal_start)}, in which they were sold, shows "
    said: list[Quantity | str] = [f"{trade.id}: the stated gain of ", trade.gain, words, period, gain]
    said += [] if added is gain else [", or ", added, " at the rates of the two days,"]
    return (*said, f" in {shown.words.partition(',')[0]}.")


def _reported(view: View, trade: Trade) -> list[Result]:
    """Gains on the asset that were reported for a period which had ended by the balance day, the latest of them."""
    day, holder = balance_day(view, trade), trade.holder or view.company
    found = [
        result
        for result in view.actual(Result)
        if result.subject == holder and result.about == trade.asset and result.measure in _GAINS
        and result.amount is not None and result.day is not None and day is not None and result.day.last <= day
    ]  # fmt: skip
    latest = max((result.day.last for result in found if result.day), default=None)
    return [result for result in found if result.day is not None and result.day.last == latest]
