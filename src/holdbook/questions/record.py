"""How good is the record: what went in, what came out, where gains and losses sit, and the funds?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from holdbook.checks.compare import agree
from holdbook.measures.concentration import Concentration, concentration
from holdbook.measures.fund_record import Standing, standings, written_down
from holdbook.measures.investments import Investment, Valued, currency_of, investments, last_value, money_in, money_out, unvalued_spin_offs
from holdbook.measures.returns import Flow, in_currency, money_weighted
from holdbook.model.stake import Stake
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.record_charts import put_record_charts
from holdbook.questions.record_returns import Reckoned, put_returns
from holdbook.timeline.ledgers import holdings
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask record tiny"
_MONEY = ("investment", "by", "money in", "money out", "left", "of", "stated loss")
_RESULTS = ("investment", "as of", "gain", "multiple", "return a year")
_PATH = ("investment", "when", "worth", "multiple", "return a year")
_GAINS = ("investment", "gain or loss", "part of all gains", "part of all losses")
_SPREAD = ("all", "names", "total", "largest", "Herfindahl", "as many as equal ones")
_FUNDS = ("fund", "when", "gain or loss", "of the same source and day, all funds")
_DOWN = ("fund", "written down", "of", "is", "when", "by")
_MISSING = ("investment", "needs")
_YEAR = 365


class _Result(NamedTuple):
    """What an investment came to: as of when, and what is known of it."""

    one: Investment
    last: Valued | None
    paid: Quantity | None
    received: Quantity | None
    left: Quantity | None
    gain: Quantity | None
    multiple: Quantity | None
    needs: list[str]


def record(view: View, against: Sequence[View] = ()) -> Answer:
    """Each investment's money in, peak, exit, multiple and return; where gains and losses sit; the funds; and what cannot be computed."""
    answer = Answer(question="record", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    results = [_result(view, one) for one in investments(view)]
    with_money = [result for result in results if result.one.flows or result.one.lost is not None]
    _table(answer, "money", "Money in, money out, and what is left", _MONEY, [_money_row(view, one, answer) for one in with_money])
    _table(answer, "results", "What each came to", _RESULTS, [row for one in with_money for row in _result_row(view, one, answer)])
    _table(
        answer,
        "path",
        "What they were worth on the way: first, at the most, at the last",
        _PATH,
        [row for one in with_money for row in _path(view, one, answer)],
    )
    reckoned = [
        Reckoned(one.one, _name(view, one), _key(view, one.one), one.left, one.last.day if one.last else None) for one in with_money
    ]
    put_returns(view, reckoned, answer)
    spread = concentration(view, {_name(view, one): gain for one in with_money if (gain := _told(one)) is not None})
    _concentrated(spread, answer)
    _funds(view, answer)
    _table(
        answer,
        "missing",
        "What cannot be computed, and what it needs",
        _MISSING,
        [(_name(view, one), ", ".join(one.needs)) for one in results if one.needs],
    )
    for other in against:
        _beside(other, answer)
    put_record_charts(answer)
    answer.headline = _headline(view, with_money)
    _caveats(view, answer, spread)
    return answer


def _table(answer: Answer, name: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    if rows:
        answer.tables[name] = Table(title, columns, rows, bounded=("multiple",))


def _name(view: View, result: _Result) -> str:
    by = f" ({view.book.name_of(result.one.holder)})" if result.one.holder != view.company else ""
    return f"{view.book.name_of(result.one.asset)}{by}"


def _key(view: View, one: Investment) -> str:
    return one.asset if one.holder == view.company else f"{one.holder}.{one.asset}"


def _result(view: View, one: Investment) -> _Result:
    currency = currency_of(view, one)
    last = last_value(one)
    until = last.day.last if last is not None else None
    paid, received = money_in(view, one, until), money_out(view, one, until)
    left = exact(0, UNIT(currency), f"nothing left of {one.asset}") if one.closed else None
    if last is not None:
        left = convert(view, last.value, currency, last.day)
    back = None if left is None else left if received is None else add((received, left))
    gain = None if paid is None or back is None else (back - paid).named(f"{_key(view, one)}.gain")
    multiple = None if paid is None or back is None else (back / paid).named(f"{_key(view, one)}.multiple")
    return _Result(one, last, paid, received, left, gain, multiple, list(_needs(one, paid, left)))


def _needs(one: Investment, paid: Quantity | None, left: Quantity | None) -> Iterator[str]:
    if paid is None:
        yield "money in"
    if left is None and one.lost is None:
        yield "a value of what is left" if one.flows else "money out or a value"


def _money_row(view: View, result: _Result, answer: Answer) -> tuple[Cell, ...]:
    one, key = result.one, _key(view, result.one)
    answer.put(f"{key}.money_in", result.paid, result.last.day if result.last else None)
    answer.put(f"{key}.money_out", result.received, result.last.day if result.last else None)
    answer.put(f"{key}.left", result.left, result.last.day if result.last else None)
    answer.put(f"{key}.stated_loss", one.lost)
    answer.put(f"{key}.peak", one.peak.value if one.peak is not None else None, one.peak.day if one.peak is not None else None)
    day = "nothing left" if one.closed else result.last.day if result.last is not None else None
    return view.book.name_of(one.asset), view.book.name_of(one.holder), result.paid, result.received, result.left, day, one.lost


def _result_row(view: View, result: _Result, answer: Answer) -> list[tuple[Cell, ...]]:
    key = _key(view, result.one)
    answer.put(f"{key}.gain", result.gain)
    answer.put(f"{key}.multiple", result.multiple)
    if result.one.lost is not None and result.paid is not None and result.one.lost.unit is result.paid.unit:
        answer.put(f"{key}.part_lost", result.one.lost / result.paid)
    if result.gain is None:
        return []
    rate = _rate(view, result, result.last)
    answer.put(f"{key}.return", rate)
    as_of = result.last.day if result.last is not None else result.one.flows[-1].day
    return [(_name(view, result), as_of, result.gain, result.multiple, rate)]


def _rate(view: View, result: _Result, valued: Valued | None) -> Quantity | None:
    """The money-weighted return a year up to a value, or up to the last money out; of less than a year there is none."""
    until = valued.day.last if valued is not None else view.day
    flows = [flow for flow in result.one.flows if flow.day.first <= until]
    if valued is not None:
        flows.append(Flow(valued.day, valued.value, paid=False, said=valued.mark.id))
    if (max(flow.day.last for flow in flows) - min(flow.day.last for flow in flows)).days < _YEAR:
        return None
    alike = in_currency(view, flows, currency_of(view, result.one))
    return money_weighted(alike, f"{_key(view, result.one)}.return").rate


def _path(view: View, result: _Result, answer: Answer) -> list[tuple[Cell, ...]]:
    """The first value, the greatest and the last one that was stated of the position."""
    stated = [valued for valued in result.one.values if isinstance(valued.mark, Stake) or valued.mark.of == "position"]
    if result.paid is None or not stated:
        return []
    currency = currency_of(view, result.one)
    top = max(stated, key=lambda valued: bounds(convert(view, valued.value, currency, valued.day)).interval.low or 0)
    rows: list[tuple[Cell, ...]] = []
    for valued in dict.fromkeys((stated[0], top, stated[-1])):
        paid, received = money_in(view, result.one, valued.day.last), money_out(view, result.one, valued.day.last)
        worth = convert(view, valued.value, currency, valued.day)
        if paid is None:
            continue
        multiple = ((worth if received is None else add((received, worth))) / paid).named(f"{valued.mark.id}.multiple")
        rate = _rate(view, result, valued)
        answer.put(f"{_key(view, result.one)}.{valued.mark.id}.multiple", multiple)
        answer.put(f"{_key(view, result.one)}.{valued.mark.id}.return", rate)
        rows.append((_name(view, result), valued.day, worth, multiple, rate))
    return rows


def _told(result: _Result) -> Quantity | None:
    """The gain that was reckoned, or the loss that was stated."""
    lost = result.one.lost
    return result.gain if lost is None else exact(0, lost.unit) - lost


def _concentrated(spread: Concentration, answer: Answer) -> None:
    for side in (spread.gains, spread.losses):
        answer.put(f"concentration.{side.name}.total", side.total)
        answer.put(f"concentration.{side.name}.largest_part", side.largest_part)
        answer.put(f"concentration.{side.name}.herfindahl", side.herfindahl)
        answer.put(f"concentration.{side.name}.effective_number", side.effective_number)
    rows: list[tuple[Cell, ...]] = [(name, amount, part, None) for name, amount, part in spread.gains.rows]
    rows += [(name, amount, None, part) for name, amount, part in spread.losses.rows]
    _table(answer, "concentration", "Where gains and losses sit", _GAINS, rows)
    sides = [
        (side.name, len(side.rows), side.total, side.largest_part, side.herfindahl, side.effective_number)
        for side in (spread.gains, spread.losses)
        if side.rows
    ]
    _table(answer, "spread", "In how few names", _SPREAD, sides)  # type: ignore[arg-type]


def _funds(view: View, answer: Answer) -> None:
    found = list(standings(view))
    together: dict[tuple[str, str], list[Standing]] = {}
    for one in found:
        together.setdefault(((one.result.source or "").split(" ")[0], str(one.day)), []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        group = together[(one.result.source or "").split(" ")[0], str(one.day)]
        whole = len({each.fund for each in group}) > 1 and all(each.amount.unit is one.amount.unit for each in group)
        net = add([each.amount for each in group]) if whole else None
        answer.put(f"{one.fund}.{one.result.id}", one.amount, one.day)
        answer.put(f"funds.net.{one.day or 'no_day'}", net, one.day)
        rows.append((view.book.name_of(one.fund), one.day or "no day said", one.amount, net))
    _table(answer, "funds", "What the funds had made", _FUNDS, rows)
    down = list(written_down(view))
    for part in down:
        answer.put(f"{part.fund}.written_down.{part.said}.of", part.of)
        answer.put(f"{part.fund}.written_down.{part.said}.part", part.part)
    _table(
        answer,
        "written_down",
        "Companies written down",
        _DOWN,
        [(view.book.name_of(one.fund), one.number, one.of, one.part, one.day or "no day said", one.said) for one in down],
    )
    answer.caveats += _disagreeing(view)


def _disagreeing(view: View) -> Iterator[str]:
    """The numbers of companies that exclude each other, with what would reconcile them."""
    down = list(written_down(view))
    for told in (one for one in down if point(one.of) is None or one.of.derived):
        for other in down:
            if other.fund == told.fund and not other.of.derived and agree(told.of, other.of) == "inconsistent":
                yield (
                    f"{view.book.name_of(told.fund)}: the part that was told means another number of companies than {other.said}; "
                    "the two are of other days, or count other things."
                )


def _beside(other: View, answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for one in investments(other):
        then = _result(other, one)
        if then.multiple is not None:
            rows.append((_name(other, then), then.last.day if then.last else None, then.gain, then.multiple))
    columns = ("investment", "as of", "gain", "multiple")
    _table(answer, f"against.{other.day}.{other.known_on}", f"On {other.day}, as known on {other.known_on}", columns, rows)


def _headline(view: View, results: list[_Result]) -> Sentence:
    ranked = [(one, one.multiple) for one in results if one.multiple is not None and bounds(one.multiple).interval.low is not None]
    if not ranked:
        return (f"No multiple of an investment of {view.book.name_of(view.company)} can be computed by {view.known_on}.",)
    best = max(ranked, key=lambda pair: bounds(pair[1]).interval.low or 0)
    words: list[Quantity | str] = [
        f"One investment can be reckoned, {_name(view, best[0])}: " if len(ranked) == 1
        else f"{len(ranked)} investments can be reckoned; the best is {_name(view, best[0])} with ",
        best[1],
        " of the money in",
    ]  # fmt: skip
    worst = min((one for one in results if one.one.lost is not None or _is_loss(one)), key=_loss, default=None)
    if worst is not None and (told := _told(worst)) is not None:
        words += [f", the largest loss {_name(view, worst)}: ", told]
    return (*words, ".")


def _is_loss(result: _Result) -> bool:
    high = None if result.gain is None else bounds(result.gain).interval.high
    return high is not None and high < 0


def _loss(result: _Result) -> float:
    told = _told(result)
    low = None if told is None else bounds(told).interval.high
    return float(low) if low is not None else 0.0


def _caveats(view: View, answer: Answer, spread: Concentration) -> None:
    answer.caveats.append("A multiple is of the money that the book knows of: what came out and is not in the book is not in it.")
    if spread.gains.rows or spread.losses.rows:
        answer.caveats.append("A return is a year's: nothing that was held for less than a year has one.")
        answer.caveats.append("Gains and losses are added at the rate of the day asked; gains of an unknown size are in none of the parts.")
    for one in unvalued_spin_offs(view):
        came, parent = view.book.name_of(one.received or ""), view.book.name_of(one.asset)
        answer.caveats.append(f"{came} came from {parent} by a spin-off, for how much nobody says: it is in no multiple of {parent}.")
    if any(holdings(view)):
        answer.caveats.append("Trades of a ledger are in no figure here; `sold` has what they brought and gained.")
    elif not answer.tables:
        answer.caveats.append(f"The book of {view.book.head.name} has no investment with money in or out.")
