"""What was sold, for how much, at what gain, in which period, and when did the world learn it?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.dates import fiscal_quarter
from holdbook.measures.cost import METHODS
from holdbook.measures.disposals import (
    average_price,
    disclosure_lag,
    fiscal_period,
    gain_in_currency_of_sale,
    implied_basis,
    return_on_basis,
)
from holdbook.measures.ledger_gains import ledger_gain
from holdbook.model.claim import Claim
from holdbook.model.trade import Trade
from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.gains import put_gains
from holdbook.questions.record_charts import put_sale_chart
from holdbook.timeline.ledgers import holdings, moved
from holdbook.timeline.positions import position
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask sold tiny"
_SALES = ("sale", "of", "when", "shares", "proceeds", "average price")
_TOLD = ("sale", "by", "disclosed", "fiscal period", "counts")
_LEDGER_GAINS = ("of", "by", "cost by", "cost", "gain against cost")
_GAINS = ("sale", "gain as stated", "gain", "implied basis", "return on it", "days to disclosure", "shares left")


def sold(view: View, against: Sequence[View] = ()) -> Answer:
    """Every sale up to the day of the view, as then known; a telling again and a part of another sale do not count twice.

    `against` another knowledge shows which of them were not known by then.
    """
    answer = Answer(question="sold", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    trades = [trade for trade in view.facts(Trade) if trade.side in ("sell", "write_off") and _begun(view, trade)]
    trades.sort(key=lambda trade: (trade.day.first if trade.day else view.day, trade.id))
    rows: list[tuple[Cell, ...]] = []
    told: list[tuple[Cell, ...]] = []
    gains: list[tuple[Cell, ...]] = []
    for trade in trades:
        _one(view, trade, answer)
        rows.append(_row(view, trade))
        told.append(_told_row(view, trade))
        gains += _gain_row(trade, answer)
    if rows:
        answer.tables["sales"] = Table("Sales", _SALES, rows)
        answer.tables["told"] = Table("Who sold, when the world learnt it, and whether it counts", _TOLD, told)
    if gains:
        answer.tables["gains"] = Table("Gains, and what they imply", _GAINS, gains)
    put_gains(view, trades, answer)
    _ledgers(view, answer)
    _total(view, trades, answer)
    for other in against:
        late = [_row(view, trade) for trade in trades if trade.learnt > other.known_on]
        answer.tables[f"learnt_after.{other.known_on}"] = Table(f"Not yet known on {other.known_on}", _SALES, late)
    put_sale_chart(answer, {trade.id for trade in trades if _counts(view, trade) == "yes"})
    answer.headline = _headline(view, trades)
    return answer


def _ledgers(view: View, answer: Answer) -> None:
    """The sales of the ledgers, a line for each asset: rows by the hundred thousand are no list to read."""
    rows: list[tuple[Cell, ...]] = []
    gained: list[tuple[Cell, ...]] = []
    for holder, asset in dict.fromkeys(holdings(view)):
        held = ".".join(part for part in ("ledger", holder if holder != view.company else "", asset) if part)
        for sales in (one for one in moved(view, holder, asset) if one.sold):
            for shares, amount in sales.by_currency():
                name = f"{held}.{amount.unit}"
                again = sum(key.startswith(f"{name}.") and key.endswith(".proceeds") for key in answer.quantities)
                name = f"{name}.{again + 1}" if again else name
                answer.put(f"{name}.proceeds", amount)
                answer.put(f"{name}.shares", shares)
                rows.append((view.book.name_of(asset), view.book.name_of(holder), len(sales.rows), shares, amount, amount / shares))
        gained += _ledger_gain(view, holder, asset, held, answer)
    if rows:
        answer.tables["ledger"] = Table("Sales in the ledgers", ("of", "by", "sales", "shares", "proceeds", "average price"), rows)
    if gained:
        answer.tables["ledger_gains"] = Table("What they earned against cost", _LEDGER_GAINS, gained)


def _ledger_gain(view: View, holder: str, asset: str, name: str, answer: Answer) -> list[tuple[Cell, ...]]:
    found = ledger_gain(view, holder, asset)
    if found is None:
        return []
    for method, cost in found.costs.items():
        answer.put(f"{name}.cost.{method}", cost)
        answer.put(f"{name}.economic_gain.{method}", found.gains[method])
    one = (view.book.name_of(asset), view.book.name_of(holder))
    return [(*one, METHODS[method], found.costs[method], found.gains[method]) for method in found.costs]


def _begun(view: View, trade: Trade) -> bool:
    return trade.day is None or trade.day.first <= view.day


def _counts(view: View, trade: Trade) -> str:
    if view.retells(trade):
        return f"no: {trade.restates} told again"
    if not view.is_apart(trade):
        return f"no: part of {trade.within}"
    if (trade.holder or view.company) != view.company:
        return f"no: by {view.book.name_of(trade.holder)}"
    return "yes" if trade.status in (None, "done") else f"no: {trade.status}"


def _one(view: View, trade: Trade, answer: Answer) -> None:
    name, when = trade.id, trade.day
    answer.put(f"{name}.shares", trade.shares)
    answer.put(f"{name}.proceeds", trade.amount, when)
    answer.put(f"{name}.average_price", average_price(trade), when)
    answer.put(f"{name}.disclosure_lag", disclosure_lag(trade) if trade.status in (None, "done") else None)
    answer.put(f"{name}.fraction_sold", trade.fraction)
    answer.put(f"{name}.gain_stated", trade.gain, when)
    answer.put(f"{name}.gain", gain_in_currency_of_sale(view, trade), when)
    answer.put(f"{name}.implied_basis", implied_basis(view, trade), when)
    answer.put(f"{name}.return_on_basis", return_on_basis(view, trade))
    if trade.day is not None and trade.status in (None, "done") and trade.restates is None:
        answer.put(f"{name}.remaining_shares", _remaining(view, trade))
    answer.labels[f"{name}.fiscal_period"] = fiscal_period(view, trade) or "more than one, or not known"
    answer.labels[f"{name}.disclosed"] = _disclosed(trade)
    _booked(view, trade, answer)
    _basis_caveat(trade, answer)


def _remaining(view: View, trade: Trade) -> Quantity | None:
    if trade.remaining is not None:
        return trade.remaining
    assert trade.day is not None
    return position(view.on(min(trade.day.last, view.day)), trade.asset, trade.holder).shares


def _booked(view: View, trade: Trade, answer: Answer) -> None:
    """The periods in which the gain of the sale is said to have been booked, if they are more than one."""
    told = [claim for claim in view.facts(Claim) if claim.subject == trade.id and claim.measure == "booking_period"]
    ways = [
        f"{'not ' if claim.says_not_day else ''}{claim.says_day or claim.says_not_day} ({claim.source})"
        for claim in told
        if claim.says_day or claim.says_not_day
    ]
    if len(ways) > 1:
        period = fiscal_period(view, trade)
        own = f"; the trade itself falls in {period}" if period else ""
        answer.labels[f"{trade.id}.booking"] = "undetermined"
        answer.caveats.append(f"{trade.id}: the gain is said to be booked in {len(ways)} ways: {'; '.join(ways)}{own}.")


def _basis_caveat(trade: Trade, answer: Answer) -> None:
    if trade.gain is not None and trade.amount is not None:
        answer.caveats.append(
            f"{trade.id}: the implied basis takes the stated gain as the whole gain against cost; a gain since the last mark would imply something else."
        )


def _row(view: View, trade: Trade) -> tuple[Cell, ...]:
    return trade.id, view.book.name_of(trade.asset), trade.day, trade.shares, trade.amount, average_price(trade)


def _told_row(view: View, trade: Trade) -> tuple[Cell, ...]:
    seller = view.book.name_of(trade.holder or view.company)
    return trade.id, seller, _disclosed(trade), fiscal_period(view, trade) or "", _counts(view, trade)


def _gain_row(trade: Trade, answer: Answer) -> list[tuple[Cell, ...]]:
    """The second line of a sale: what was gained, and when it was learnt."""
    names = ("gain_stated", "gain", "implied_basis", "return_on_basis", "disclosure_lag", "remaining_shares")
    found = [answer.quantities.get(f"{trade.id}.{name}") for name in names]
    if trade.restates or not any(found):
        return []
    return [(trade.id, *(None if one is None else one.quantity for one in found))]


def _disclosed(trade: Trade) -> str:
    """The day on which it was disclosed, if somebody stated it; else the day by which it must have been."""
    return trade.learnt.isoformat() if trade.learnt_from == "stated" else f"by {trade.learnt}"


def _total(view: View, trades: list[Trade], answer: Answer) -> None:
    """Proceeds by fiscal quarter and currency, of the sales that count."""
    sums: dict[tuple[str, str], list[Quantity]] = {}
    for trade in trades:
        if _counts(view, trade) == "yes" and trade.amount is not None and trade.day is not None:
            period = fiscal_quarter(trade.day, view.book.head.fiscal_start) or str(trade.day)
            sums.setdefault((period, str(trade.amount.unit)), []).append(trade.amount)
    rows: list[tuple[Cell, ...]] = [(period, add(amounts), len(amounts)) for (period, _), amounts in sorted(sums.items())]
    if rows:
        answer.tables["by_period"] = Table("Proceeds by fiscal period", ("period", "proceeds", "sales"), rows)


def _headline(view: View, trades: list[Trade]) -> Sentence:
    counting = [trade for trade in trades if _counts(view, trade) == "yes" and trade.amount is not None and trade.day is not None]
    if not counting:
        return (f"No sale of {view.book.name_of(view.company)} up to {view.day} was known by {view.known_on}.",)
    last = max(counting, key=lambda trade: (trade.day.last if trade.day else view.day, trade.learnt))
    words: list[Quantity | str] = [f"The last sale known by {view.known_on}: {view.book.name_of(last.asset)}, "]
    if last.shares is not None:
        words += [last.shares, " for "]
    assert last.amount is not None
    words += [last.amount]
    price = average_price(last)
    words += [" (", price, ")"] if price is not None else []
    return (*words, f" in {last.day}, disclosed {_disclosed(last) if last.learnt_from != 'stated' else f'on {last.learnt}'}.")
