"""What is promised: how much, on which conditions, how much of it is paid, and what is left to pay when?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.dates import Span
from holdbook.funding.cut_off import promises
from holdbook.measures.conditions import Standing, standings
from holdbook.measures.forward import Forward, forward, gains
from holdbook.measures.instalments import is_paid, paid_part, promised_amount, sales, tranches, unfunded_ratio, unpaid_part, whole_of
from holdbook.measures.paced import paced
from holdbook.measures.programmes import own_capital, stages, yearly
from holdbook.model.commitment import Commitment
from holdbook.model.programme import Programme
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, add, exact
from holdbook.quantity.unit import UNIT
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.money_charts import put_promise_chart
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask promised article"
_PROMISES = ("promise", "kind", "amount", "paid", "unpaid", "unfunded", "closing or due", "days left")
_INSTALMENTS = ("instalment", "whole", "others take", "own part", "paid", "due")
_WHOLES = ("promise", "paid, whole", "others take", "in all, if the rest has no syndicate", "in all, if it is syndicated alike")
_CONDITIONS = ("promise", "condition", "deadline", "days left", "state", "otherwise", "left, if own part", "left, if the whole")
_SELLERS = ("seller", "of", "part", "price", "")
_FORWARDS = ("promise", "left to pay", "agreed at", "value since", "of", "worth", "already booked", "still to book", "booked at closing as")
_GAINS = ("gain on", "booked", "as printed", "of all", "takes a value of", "the forecast brings")
_PACING = ("promise", "assumed", "age in years", "called", "paid back", "worth at its end")
_PROGRAMMES = ("programme", "until", "capital", "capacity", "capital per GW")


def promised(view: View, against: Sequence[View] = ()) -> Answer:
    """The company's promises as their conditions leave them, what is paid, who sells, and the building programmes; other views beside."""
    answer = Answer(question="promised", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    found = promises(view)
    _table(answer, "promises", "Promises", _PROMISES, [_promise(view, one, answer) for one in found])
    _table(answer, "instalments", "Instalments", _INSTALMENTS, [row for one in found for row in _instalments(view, one, answer)])
    _table(
        answer, "wholes", "The whole of it, with what others take", _WHOLES, [row for one in found for row in _wholes(view, one, answer)]
    )
    _table(answer, "conditions", "Conditions", _CONDITIONS, [row for one in found for row in _conditions(view, one, answer)])
    _table(answer, "sellers", "Who sells", _SELLERS, [row for one in found for row in _sellers(view, one, answer)])
    _table(answer, "forwards", "Promises at a fixed price", _FORWARDS, [row for one in found for row in _forwards(view, one, answer)])
    _table(answer, "gains", "Gains already booked on what is promised", _GAINS, [row for one in found for row in _gains(view, one, answer)])
    _table(
        answer,
        "pacing",
        "How funds would call and pay back, year by year",
        _PACING,
        [row for one in found for row in _pacing(view, one, answer)],
    )
    programmes = [one for one in view.counted(Programme) if one.status not in ("done", "ended")]
    _table(answer, "programmes", "Building programmes", _PROGRAMMES, [row for one in programmes for row in _programme(view, one, answer)])
    _sums(view, found, answer)
    for other in against:
        _beside(view, other, found, answer)
    put_promise_chart(answer)
    answer.headline = _headline(view, found, answer)
    _caveats(view, found, programmes, answer)
    return answer


def _table(answer: Answer, name: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    if rows:
        answer.tables[name] = Table(title, columns, rows)


def _promise(view: View, one: Commitment, answer: Answer) -> tuple[Cell, ...]:
    due, left, paid = _due(view, one), unpaid_part(one, view.day), paid_part(one, view.day)
    days = _days_left(view, due)
    whole = promised_amount(one)
    answer.put(f"{one.id}.promised", whole, view.span)
    answer.put(f"{one.id}.paid", paid, view.span)
    answer.put(f"{one.id}.unpaid", left, view.span)
    answer.put(f"{one.id}.unfunded_ratio", unfunded_ratio(one, view.day))
    answer.put(f"{one.id}.days_left", days)
    return view.book.name_of(one.to), one.kind or "", whole, paid, left, unfunded_ratio(one, view.day), due, days


def _pacing(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    """What a fund calls and pays back, as the book assumes it."""
    found = paced(view, one)
    for year in found.years:
        for quantity in (year.called, year.paid_back, year.worth):
            answer.put(quantity.title, quantity, view.span)
    answer.caveats += [f"No pacing without {need}." for need in found.needs]
    if found.years:
        answer.caveats.append(
            f"{one.id}: what the fund calls and pays back is assumed (Takahashi and Alexander 2002), and stands in no other sum."
        )
    return [(view.book.name_of(one.to), year.plan, f"{year.age:g}", year.called, year.paid_back, year.worth) for year in found.years]


def _due(view: View, one: Commitment) -> Span | None:
    """The closing, or the day of the next instalment that is not paid."""
    days = [part.day for part in (one.tranches or {}).values() if part.day is not None and not is_paid(part, view.day)]
    return one.closing if one.closing is not None else min(days, default=None)


def _days_left(view: View, due: Span | None) -> Quantity | None:
    """Days until the end of a window; below nothing when it is over."""
    return None if due is None else exact((due.last - view.day).days, UNIT("day"), f"days until {due.last}")


def _instalments(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for name, part in tranches(one).items():
        for side, amount in (("gross", part.gross), ("syndicated", part.syndicated), ("own", part.own)):
            answer.put(f"{one.id}.{name}.{side}", amount, view.span)
        paid = part.paid if part.paid is not None and is_paid(part, view.day) else "no"
        rows.append((f"{view.book.name_of(one.to)}, {name}", part.gross, part.syndicated, part.own, paid, part.day))
    return rows


def _wholes(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    whole = whole_of(one, view.day)
    if whole is None:
        return []
    names = ("paid_gross", "syndicated", "gross_if_no_syndicate", "gross_if_syndicated_alike")
    for name, amount in zip(names, whole, strict=True):
        answer.put(f"{one.id}.{name}", amount, view.span)
    return [(view.book.name_of(one.to), *whole)]


def _conditions(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    for standing in standings(view, one, ahead=True):
        answer.labels[f"{one.id}.{standing.name}.outcome"] = standing.state
    return [_condition(view, one, standing, answer) for standing in standings(view, one)]


def _condition(view: View, one: Commitment, standing: Standing, answer: Answer) -> tuple[Cell, ...]:
    name = f"{one.id}.{standing.name}"
    answer.labels[f"{name}.state"] = standing.state
    days = _days_left(view, standing.deadline)
    answer.put(f"{name}.days_left", days)
    answer.put(f"{name}.otherwise", standing.otherwise, view.span)
    answer.put(f"{name}.left_if_own", standing.left_own, view.span)
    answer.put(f"{name}.left_if_gross", standing.left_gross, view.span)
    state = standing.state if standing.event is None else f"{standing.state} {standing.event.day}"
    return (
        view.book.name_of(one.to), standing.condition.text, standing.deadline, days, state,
        standing.otherwise, standing.left_own, standing.left_gross,
    )  # fmt: skip


def _sellers(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for sale in sales(one):
        seller = "not named" if sale.seller is None else view.book.name_of(sale.seller)
        answer.put(f"{one.id}.price.{sale.seller or 'not_named'}", sale.price, view.span)
        remark = "assumed: the same price for each percent" if sale.assumed else ""
        rows.append((seller, view.book.name_of(one.to), sale.part, sale.price, remark))
    return rows


def _forwards(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    found = forward(view, one)
    if found is None:
        return []
    answer.labels[f"{one.id}.forward.scope"] = "derivative (IFRS 9)" if found.in_scope else "none: a business combination"
    if not found.in_scope:
        return []
    _put_forward(view, one, found, answer)
    row: tuple[Cell, ...] = (found.own, found.basis, found.mark, found.marked, found.value, found.recognised, found.still, found.carrying)
    return [(view.book.name_of(one.to), *row)]


def _put_forward(view: View, one: Commitment, found: Forward, answer: Answer) -> None:
    for name in ("basis", "mark", "value", "recognised", "still", "carrying", "implied_mark"):
        answer.put(f"{one.id}.forward.{name}", getattr(found, name), view.span)


def _gains(view: View, one: Commitment, answer: Answer) -> list[tuple[Cell, ...]]:
    found = gains(view, one)
    if found is None:
        return []
    names = (
        "gain.shares",
        "gain.forward",
        "gain",
        "gain.printed",
        "gain.implied_by_shares",
        "gain.implied_by_forward",
        "gain.implied_by_all",
    )
    for name, amount in zip((*names, "gain.by_forecast", "gain.by_forecast_on_paid"), found, strict=True):
        answer.put(f"{one.id}.{name}", amount, view.span)
    answer.put(f"{one.id}.gain.forward_part", found.rest / found.both)
    rows: list[tuple[Cell, ...]] = [
        ("the shares paid for", found.shares, None, found.shares / found.both, found.on_shares, found.expected_on_paid),
        ("the promise", found.rest, None, found.rest / found.both, found.on_rest, None),
        ("all of it", found.both, found.printed, found.both / found.both, found.on_all, found.expected),
    ]
    return rows


def _programme(view: View, one: Programme, answer: Answer) -> list[tuple[Cell, ...]]:
    answer.put(f"{one.id}.ceiling", one.ceiling, view.span)
    answer.put(f"{one.id}.a_year", yearly(one), view.span)
    answer.put(f"{one.id}.own_capital", own_capital(view, one), view.span)
    name = view.book.name_of(one.programme)
    rows: list[tuple[Cell, ...]] = []
    for stage in stages(one):
        label = f"{one.id}.capital_per_gw" if stage.whole else f"{one.id}.{stage.until}.capital_per_gw"
        answer.put(label, stage.per_gw, view.span)
        rows.append((name, "in all" if stage.whole else stage.until.replace("_", " "), stage.amount, stage.capacity, stage.per_gw))
    return rows or [(name, "in all", one.ceiling, None, None)]


def _sums(view: View, found: list[Commitment], answer: Answer) -> None:
    """All promises in the currency of most of them: promised, unpaid, and the part that is not paid."""
    wholes = [(promised_amount(one), unpaid_part(one, view.day)) for one in found]
    pairs = [(whole, left) for whole, left in wholes if whole is not None and left is not None]
    if not pairs:
        return
    currencies = sorted(str(amount.unit) for amount, _ in pairs)
    currency = max(currencies, key=currencies.count)
    whole = add([convert(view, amount, currency) for amount, _ in pairs]).named("promised")
    left = add([convert(view, rest, currency) for _, rest in pairs]).named("unpaid")
    answer.put("promised", whole, view.span)
    answer.put("unpaid", left, view.span)
    answer.put("unfunded_ratio", left / whole)
    answer.put("purchases", _purchases(view, found, currency), view.span)


def _purchases(view: View, found: list[Commitment], currency: str) -> Quantity | None:
    wholes = [promised_amount(one) for one in found if one.kind == "purchase"]
    prices = [convert(view, whole, currency) for whole in wholes if whole is not None]
    return add(prices).named("purchases") if prices else None


def _beside(view: View, other: View, found: list[Commitment], answer: Answer) -> None:
    """What is left of each promise, and how its conditions stand, for another day or with other knowledge."""
    then = {one.id: one for one in promises(other)}
    now = {one.id: one for one in found}
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys([*then, *now]):
        one, same = then.get(name), now.get(name)
        before = None if one is None else unpaid_part(one, other.day)
        after = None if same is None else unpaid_part(same, view.day)
        states = "" if one is None else ", ".join(f"{standing.name} {standing.state}" for standing in standings(other, one))
        rows.append((name, before, after, states))
    label = f"against.{other.day}.{other.known_on}"
    answer.tables[label] = Table(
        f"Beside {other.day}, as known on {other.known_on}", ("promise", "unpaid then", "unpaid now", "then"), rows
    )


def _headline(view: View, found: list[Commitment], answer: Answer) -> Sentence:
    name = view.book.name_of(view.company)
    if "unpaid" not in answer.quantities:
        return (f"{name} has no promise on {view.day} that the book gives a figure for.",)
    most = max((one for one in found if f"{one.id}.unfunded_ratio" in answer.quantities), key=lambda one: _size(view, one), default=None)
    words: list[Quantity | str] = [
        f"{name} has promised ", answer.quantities["promised"].quantity, " and still has to pay ", answer.quantities["unpaid"].quantity,
    ]  # fmt: skip
    if most is not None:
        ratio = answer.quantities[f"{most.id}.unfunded_ratio"].quantity
        words += [f"; of the promise to {view.book.name_of(most.to)} ", ratio, " is not paid"]
    return (*words, ".")


def _size(view: View, one: Commitment) -> float:
    whole = promised_amount(one)
    value = None if whole is None else point(convert(view, whole, view.currency))
    return float(value) if value is not None else 0.0


def _caveats(view: View, found: list[Commitment], programmes: list[Programme], answer: Answer) -> None:
    later = [view.book.name_of(one.to) for one in found if one.agreed is not None and one.agreed.first > view.day]
    if later:
        answer.caveats.append(
            f"Agreed only after {view.day}, and counted because it was known by {view.known_on}: what is promised to {', '.join(later)}."
        )
    if "conditions" in answer.tables and any("left_if_gross" in name for name in answer.quantities):
        answer.caveats.append(
            "What is left if a condition fails is read twice: the amount otherwise as the own part, and as the whole with what others take."
        )
    if any(sale.assumed for one in found for sale in sales(one)):
        answer.caveats.append("Sellers are taken to get the same price for each percent, and the target to have no debt: an assumption.")
    if "forwards" in answer.tables or "gains" in answer.tables:
        answer.caveats.append(
            "What a promise is worth is booked before it closes and goes into the first carrying amount: it counts once. The cash that is paid, "
            "and with it every return on cost, stays as agreed."
        )
    if any(one.own_part is None or one.own_part.stated is None or one.own_part.stated.is_unknown for one in programmes):
        answer.caveats.append("The company's part of a building programme is not known: none of it is in the sums.")
