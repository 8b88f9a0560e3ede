"""What would it be worth had it not sold?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.checks.estimates import Estimate, estimates
from holdbook.measures.instead import instead
from holdbook.measures.kept import Kept, kept, sales
from holdbook.model.commitment import Commitment
from holdbook.model.trade import Trade
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, least
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.record_charts import put_missed_charts
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask missed tiny"
_KEPT = ("sale", "when", "brought", "shares kept", "price", "of")
_WORTH = ("sale", "worth by shares", "missed", "worth by part", "missed by part", "dividends")
_INSTEAD = ("sale", "the proceeds instead", "come to", "less than the shares kept by")
_ESTIMATES = ("who", "for", "says", "by shares", "by part", "verdict")
_PRICES = ("estimate", "needs a price of", "as between")
_UNFUNDED = ("sale", "promise", "to", "still to pay")


def missed(view: View, against: Sequence[View] = ()) -> Answer:
    """Every sale undone in thought: what the shares would be worth on the day of the view, against what the proceeds could do instead."""
    answer = Answer(question="missed", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    found = [one for one in (kept(view, trade) for trade in sales(view)) if one.value is not None or one.value_by_part is not None]
    found.sort(key=lambda one: (one.trade.day or view.span, one.trade.id))
    for one in found:
        _put(view, one, answer)
    _table(answer, "kept", "What was sold, in shares of the day", _KEPT, [_kept_row(one) for one in found])
    _table(answer, "worth", "Had it not been sold", _WORTH, [row for one in found for row in _worth_rows(view, one, answer)])
    _table(
        answer,
        "instead",
        "What the proceeds could have become",
        _INSTEAD,
        [row for one in found for row in _instead_rows(view, one, answer)],
    )
    _estimates(view, found, answer)
    _table(answer, "unfunded", "What the sale paid for, and would be without that money", _UNFUNDED, _unfunded_rows(view, found, answer))
    for other in against:
        _beside(other, found, answer)
    put_missed_charts(answer)
    answer.headline = _headline(view, found)
    _caveats(view, found, answer)
    return answer


def _table(answer: Answer, name: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    if rows:
        answer.tables[name] = Table(title, columns, rows, bounded=("worth by shares", "worth by part"))


def _put(view: View, one: Kept, answer: Answer) -> None:
    name = one.trade.id
    answer.put(f"{name}.proceeds", one.proceeds, one.trade.day)
    answer.put(f"{name}.kept_shares", one.shares)
    answer.put(f"{name}.price", one.mark.price if one.mark else None, one.mark.day if one.mark else None)
    answer.put(f"{name}.kept_value", one.value, view.span)
    answer.put(f"{name}.kept_value_by_part", one.value_by_part, view.span)
    answer.put(f"{name}.dividends", one.dividends, view.span)
    answer.put(f"{name}.forgone", one.forgone, view.span)
    answer.put(f"{name}.forgone_by_part", one.forgone_by_part, view.span)
    _with_currency(view, one, answer)
    for key, mark in (("price_day", one.mark), ("whole_day", one.whole)):
        if mark is not None:
            answer.labels[f"{name}.{key}"] = str(mark.day)


def _kept_row(one: Kept) -> tuple[Cell, ...]:
    price, day = (one.mark.price, one.mark.day) if one.mark else (None, None)
    return one.trade.id, one.trade.day, one.proceeds, one.shares, price, day


def _worth_rows(view: View, one: Kept, answer: Answer) -> list[tuple[Cell, ...]]:
    """The sale, and each other telling of what it brought."""
    rows: list[tuple[Cell, ...]] = [(one.trade.id, one.value, one.forgone, one.value_by_part, one.forgone_by_part, one.dividends)]
    for trade in view.facts(Trade):
        if trade.restates == one.trade.id and trade.amount is not None:
            again = one._replace(trade=trade, proceeds=trade.amount)
            answer.put(f"{trade.id}.forgone", again.forgone, view.span)
            answer.put(f"{trade.id}.forgone_by_part", again.forgone_by_part, view.span)
            rows.append(
                (f"{trade.id} (the same sale, told again)", one.value, again.forgone, one.value_by_part, again.forgone_by_part, None)
            )
    return rows


def _with_currency(view: View, one: Kept, answer: Answer) -> None:
    """The same in the currency of the book: what was kept at the rate of the day, the proceeds at the rate of their own."""
    if one.value is None or one.proceeds is None or one.proceeds.unit.currency in (None, view.currency):
        return
    worth, brought = convert(view, one.value, view.currency, view.span), convert(view, one.proceeds, view.currency, one.trade.day)
    answer.put(f"{one.trade.id}.forgone_in_{view.currency}", worth - brought, view.span)


def _instead_rows(view: View, one: Kept, answer: Answer) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for other in instead(view, one.trade):
        answer.put(f"{one.trade.id}.instead.{other.name}", other.value, view.span)
        comparable = one.value is not None and one.value.unit is other.value.unit
        gap = one.value - other.value if comparable and one.value is not None else None
        answer.put(f"{one.trade.id}.cost_against.{other.name}", gap, view.span)
        rows.append((one.trade.id, other.what, other.value, gap))
    return rows


def _estimates(view: View, found: list[Kept], answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    prices: list[tuple[Cell, ...]] = []
    for one in found:
        for estimate in estimates(view, one):
            claim = estimate.claim
            _put_estimate(view, one, estimate, answer)
            who = f"{claim.source or ''}: {claim.measure}"
            day = claim.period if claim.period is not None else "no day said"
            rows.append((who, day, claim.says, estimate.own, estimate.by_part, estimate.verdict))
            fits = f"{estimate.fits[0]} and {estimate.fits[1]}" if estimate.fits else "no close of the book"
            prices.append((who, estimate.price, fits))
    _table(answer, "estimates", "What others reckon, beside the book's figure of their day", _ESTIMATES, rows)
    _table(answer, "prices", "The price that each of them needs, and closes that meet it", _PRICES, prices)


def _put_estimate(view: View, one: Kept, estimate: Estimate, answer: Answer) -> None:
    claim = estimate.claim
    name = f"{one.trade.id}.estimates.{claim.id}"
    answer.put(f"{name}.says", claim.says, claim.period)
    answer.put(f"{name}.by_shares", estimate.own, claim.period or view.span)
    answer.put(f"{name}.by_part", estimate.by_part, claim.period or view.span)
    answer.put(f"{name}.price_needed", estimate.price)
    answer.labels[f"{name}.verdict"] = estimate.verdict
    answer.labels[f"{name}.reason"] = _reason(view, one, estimate)
    answer.caveats.append(f"{claim.id} ({claim.source}): {_reason(view, one, estimate)}")


def _reason(view: View, one: Kept, estimate: Estimate) -> str:
    """Why an estimate and the book's own figure are not the same, in words."""
    same = {
        "consistent": "it agrees with the book",
        "ambiguous": "it may agree with the book",
        "inconsistent": "it does not agree with the book",
    }
    found = same.get(estimate.verdict, "the book has no price to compare it with")
    words = f"for {estimate.day} {found}" if estimate.day is not None else f"it names no day; for {view.day}, the day asked, {found}"
    if estimate.fits is None or one.mark is None or estimate.price is None:
        return f"{words}; no close of the book meets the price that it needs." if estimate.price is not None else f"{words}."
    words += f"; the price that it needs was that of closes between {estimate.fits[0]} and {estimate.fits[1]}"
    now = one.mark.price is not None and bounds(estimate.price).interval.meets(bounds(one.mark.price).interval)
    return f"{words}." if now else f"{words}, not of {one.mark.day}: what differs is the day of the price, not the number of shares."


def _unfunded_rows(view: View, found: list[Kept], answer: Answer) -> list[tuple[Cell, ...]]:
    """The promises that a sale is said to pay for: without it that money is missing, up to what the sale brought."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        paid_for = set(one.trade.paid_for or ())
        named = [each for each in view.counted(Commitment) if paid_for & {fact.id for fact in view.corrects(each)}]
        uses = [(commitment, _to_pay(commitment)) for commitment in named]
        sums = [use for _, use in uses if use is not None]
        rows += [(one.trade.id, commitment.id, view.book.name_of(commitment.to), use) for commitment, use in uses]
        if sums and one.proceeds is not None and all(use.unit is one.proceeds.unit for use in sums):
            answer.put(f"{one.trade.id}.uses", add(sums), view.span)
            answer.put(f"{one.trade.id}.unfunded", least((add(sums), one.proceeds)), view.span)
    return rows


def _to_pay(commitment: Commitment) -> Quantity | None:
    if commitment.amount is None or commitment.paid is None:
        return commitment.amount
    return commitment.amount - commitment.paid


def _beside(other: View, found: list[Kept], answer: Answer) -> None:
    """The same sales on another day or by other knowledge."""
    rows: list[tuple[Cell, ...]] = []
    known = {trade.id for trade in sales(other)}
    for one in found:
        if one.trade.id in known:
            then = kept(other, one.trade)
            rows.append((one.trade.id, then.mark.day if then.mark else None, then.value, then.forgone, one.value, one.forgone))
    columns = ("sale", "price of", "worth then", "missed then", "worth", "missed")
    answer.tables[f"against.{other.day}.{other.known_on}"] = Table(f"On {other.day}, as known on {other.known_on}", columns, rows)


def _headline(view: View, found: list[Kept]) -> Sentence:
    dear = [one for one in found if one.forgone is not None and (bounds(one.forgone).interval.low or 0) > 0]
    if not dear:
        return (f"No sale of {view.book.name_of(view.company)} is known that would have been worth more by {view.day}.",)
    most = max(dear, key=lambda one: bounds(one.forgone).interval.low or 0)  # type: ignore[arg-type]
    assert most.value is not None
    assert most.proceeds is not None
    assert most.forgone is not None
    assert most.mark is not None
    trade: Trade = most.trade
    seller = view.book.name_of(trade.holder or view.company)
    words = f"What {seller} sold of {view.book.name_of(trade.asset)} in {trade.day} for "
    return (words, most.proceeds, " would be worth ", most.value, f" at the price of {most.mark.day}: ", most.forgone, " more.")


def _caveats(view: View, found: list[Kept], answer: Answer) -> None:
    notes: list[str] = ["A gain forgone is hindsight: it names a day, and what else the money did."]
    for one in found:
        if one.mark is not None and one.mark.day is not None and one.mark.day.last != view.day:
            age = (view.day - one.mark.day.last).days
            notes.append(f"{one.trade.id}: the last price is of {one.mark.day}, {age} days before the day asked.")
        if one.value_by_part is not None:
            notes.append(
                f"{one.trade.id}: by its part, of the whole company's value in {one.whole.day if one.whole else ''}, as if the number of shares had not changed."
            )
    if any(trade.restates in {one.trade.id for one in found} for trade in view.facts(Trade)):
        notes.append("A sale that is told with several amounts is reckoned with each of them.")
    if found:
        notes.append(
            "A price of a period lies between the closes of it that the book has; in between it may have been outside. Dividends on the alternatives, tax and fees are not in them."
        )
    answer.caveats[:0] = notes
