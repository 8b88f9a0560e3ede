"""Tables of leverage: the ratio by each definition, the limits and the way to them, and what the promises will make of it."""

from __future__ import annotations

from fractions import Fraction

from holdbook.measures.headroom import LEFT, REPAID, fall_of, for_a_share, gross_of, headroom, holdings, loan_to_value_at, sensitivity
from holdbook.measures.leverage import (
    agency_loan_to_value,
    limits,
    loan_to_value,
    loan_to_value_gross,
    loan_to_value_with_asset_backed,
    standing,
)
from holdbook.measures.limit import bounded, is_agency, is_ratio
from holdbook.measures.net_debt import adjusted_net_debt
from holdbook.measures.pro_forma import none, pro_forma_loan_to_value, pro_forma_view, sold_since
from holdbook.measures.published import Sourced
from holdbook.measures.unpaid import unpaid
from holdbook.measures.worth import equity_value_of_holdings
from holdbook.model.commitment import Commitment
from holdbook.model.policy import Policy
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import known, needs
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity, exact
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.view import View
from holdbook.valuation.value import Part

_LARGEST = 3
_HUNDRED = 100


def put_definitions(view: View, answer: Answer, at: View | None) -> None:
    """Loan to value by each definition, side by side, of the day or else of the last table; the agencies' are of those that set a limit on it."""
    day = at or view
    rows: list[tuple[Cell, ...]] = []
    for words, name, found in _definitions(day):
        answer.put(f"definitions.{name}", found.quantity)
        answer.labels[f"definitions.{name}.basis"] = found.how
        rows.append((words, found.quantity, "; ".join(needs(found.quantity)[:2])))
    answer.labels["definitions.day"] = day.day.isoformat()
    answer.tables["definitions"] = Table(
        f"Loan to value by each definition, {day.day}", ("definition", "loan to value", "needs"), rows, ("loan to value",)
    )


def _definitions(view: View) -> list[tuple[str, str, Sourced]]:
    found = [
        ("company's own", "loan_to_value", loan_to_value(view)),
        ("asset-backed finance added back", "loan_to_value_with_asset_backed", loan_to_value_with_asset_backed(view)),
        ("gross: all debt over all assets", "loan_to_value_gross", loan_to_value_gross(view)),
    ]
    agencies = [(f"by {view.book.name_of(one)}", f"loan_to_value_by.{one}", agency_loan_to_value(view, one)) for one in _agencies(view)]
    return found + agencies


def _agencies(view: View) -> list[str]:
    """The agencies that watch the company's loan to value: those whose limit on it the book has."""
    watched = [
        policy.holder for policy in view.counted(Policy) if policy.holder is not None and is_agency(view, policy) and is_ratio(policy)
    ]
    return list(dict.fromkeys(watched))


def put_limits(view: View, answer: Answer, ratio: Sourced, at: View | None) -> None:
    """Loan to value against the company's own limits: of the day, or of the last table where the day has none."""
    rows: list[tuple[Cell, ...]] = []
    for limit in limits(view, "loan_to_value", ratio.quantity):
        name = f"loan_to_value.{limit.policy.id}"
        room = limit.limit - ratio.quantity
        answer.put(f"{name}.limit", limit.limit)
        answer.put(f"{name}.room", room)
        kept = "not known" if ratio.how == "missing" else limit.standing
        answer.labels[f"{name}.standing"] = kept
        rows.append((f"{limit.policy.when or limit.policy.id}", limit.limit, ratio.quantity, room, kept, None if at is None else at.span))
    if rows:
        answer.tables["limits"] = Table(
            "Loan to value against its limits", ("limit", "at most", "loan to value", "room", "standing", "of"), rows
        )


def put_other_limits(view: View, answer: Answer, at: View | None) -> None:
    """Every other limit in force, the company's and the agencies', with what it bounds as far as that is known."""
    rows: list[tuple[Cell, ...]] = []
    for policy in view.counted(Policy):
        own = (policy.holder or view.company) == view.company
        if not view.in_force(policy) or (own and policy.measure == "loan_to_value"):
            continue
        value, kept = bounded(view, policy, at), "not known"
        limit, side = (policy.at_most, "at most") if policy.at_most is not None else (policy.at_least, "at least")
        if limit is not None and known(value) != "no":
            kept = standing(value, limit, most=policy.at_most is not None)
        answer.put(f"limits.{policy.id}", value)
        answer.labels[f"limits.{policy.id}.standing"] = kept
        words, who = policy.measure.replace("_", " "), view.book.name_of(policy.holder or view.company)
        shown = (side, limit.named(policy.measure)) if limit is not None else ("", "not stated")
        rows.append((words, who, *shown, value, kept, "; ".join(needs(value)[:1])))
    if rows:
        columns = ("measure", "set by", " ", "limit", "value", "standing", "needs")
        answer.tables["other_limits"] = Table("Other limits", columns, rows)


def put_headroom(view: View, answer: Answer, at: View | None) -> None:
    """How far all holdings, or one of the largest, may fall until a limit is reached; and what is left at nothing."""
    if at is None or loan_to_value(at).how == "missing":
        return
    rows: list[tuple[Cell, ...]] = []
    found = headroom(at)
    answer.labels["headroom.day"] = at.day.isoformat()
    taken_off = "taken off first" if any(part.finance for part in holdings(at)) else ""
    for one in found:
        answer.put(f"headroom.{one.policy.id}", one.fall)
        answer.put(f"headroom.{one.policy.id}.holdings", one.holdings, at.span)
        rows.append(("all holdings", taken_off, one.limit, one.fall, "yes"))
    for part in _largest(at):
        for cure in (LEFT, REPAID) if part.finance else (LEFT,):
            key = f"headroom.{{}}.{part.asset}" + (".repaid" if cure == REPAID else "")
            for one in found:
                fall = fall_of(at, part.asset, one.limit, cure)
                if fall is not None:
                    answer.put(key.format(one.policy.id), fall.fall)
                    answer.labels[f"{key.format(one.policy.id)}.reached"] = fall.reached
                    loan = f"loan {cure}" if part.finance else ""
                    shown = fall.fall if fall.reached != "no" else None
                    if part.finance or shown is not None:
                        rows.append((view.book.name_of(part.asset), loan, one.limit, shown, fall.reached))
    columns = ("what falls", "finance on it", "limit", "may fall by", "can reach it")
    if rows:
        answer.tables["headroom"] = Table(f"How far holdings may fall before loan to value reaches a limit, {at.day}", columns, rows)
    _put_falls(at, answer)


def _put_falls(at: View, answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for part in _largest(at):
        move = sensitivity(at, part.asset, exact(1) / exact(_HUNDRED)).quantity
        share = for_a_share(at, move)
        answer.put(f"sensitivity.{part.asset}", move, at.span)
        answer.put(f"sensitivity.{part.asset}.per_share", share, at.span)
        left, repaid = (loan_to_value_at(at, part.asset, exact(1), cure).quantity for cure in (LEFT, REPAID))
        answer.put(f"loan_to_value_without.{part.asset}", left)
        if part.finance:
            answer.put(f"loan_to_value_without.{part.asset}.repaid", repaid)
        rows.append((at.book.name_of(part.asset), gross_of(part), move, share, left, repaid if part.finance else None))
    columns = ("holding", "before finance", "1% of it", "per share", "ratio without it", "its loan repaid")
    if rows:
        answer.tables["falls"] = Table(
            f"The largest holdings: a move of 1%, and loan to value if one falls to nothing, {at.day}", columns, rows
        )


def _largest(at: View) -> list[Part]:
    """The largest holdings by what is known of their value before finance: the middle of a range, the least of what has no upper end."""
    sized = [(one, size) for one in holdings(at) if (size := _size(gross_of(one))) is not None]
    return [one for one, _ in sorted(sized, key=lambda pair: (-pair[1], pair[0].asset))[:_LARGEST]]


def _size(gross: Quantity) -> Fraction | None:
    if known(gross) != "bounded":
        return point(gross)
    low, high = bounds(gross).interval[:2]
    ends = [end for end in (low, high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends)


def put_pro_forma(view: View, answer: Answer) -> None:
    """Loan to value once the promises are paid: all at cost, whole purchases worth nothing, each promise left out in turn, and all of them."""
    at = pro_forma_view(view)
    if at is None or loan_to_value(at).how == "missing":
        return
    promised = unpaid(at)
    answer.put("pro_forma_loan_to_value", pro_forma_loan_to_value(view).quantity)
    answer.labels["pro_forma.day"], answer.labels["pro_forma.known_on"] = at.day.isoformat(), at.known_on.isoformat()
    after_sales = pro_forma_loan_to_value(view, counts=none).quantity if sold_since(at) else None
    answer.put("pro_forma_loan_to_value.without_promises", after_sales)
    if not promised:
        return
    rows: list[tuple[Cell, ...]] = [("all promises, worth what they cost", answer.quantities["pro_forma_loan_to_value"].quantity)]
    if any(_is_purchase(one.promise) for one in promised):
        worthless = pro_forma_loan_to_value(view, worthless=_is_purchase).quantity
        answer.put("pro_forma_loan_to_value.purchases_at_nothing", worthless)
        rows.append(("all promises, whole purchases worth nothing", worthless))
    for one in promised:
        without = pro_forma_loan_to_value(view, lambda promise, out=one.promise: promise is not out).quantity  # type: ignore[misc]
        answer.put(f"pro_forma_loan_to_value.without_{one.promise.to}", without)
        answer.put(f"pro_forma.unpaid.{one.promise.to}", one.amount, at.span)
        rows.append((f"without {view.book.name_of(one.promise.to)}", without))
    if after_sales is not None:
        rows.append(("without any promise", after_sales))
    title = f"Loan to value of {at.day} after the promises known on {at.known_on}, what was sold since taken off"
    answer.tables["pro_forma"] = Table(title, ("case", "loan to value"), rows, ("loan to value",))


def _is_purchase(promise: Commitment) -> bool:
    return promise.kind == "purchase"


def put_beside(view: View, against: list[View], answer: Answer) -> None:
    """The same ratios for other days, or with other knowledge."""
    rows: list[tuple[Cell, ...]] = []
    for one in (*against, view):
        debt, ratio, gross = adjusted_net_debt(one).quantity, loan_to_value(one).quantity, loan_to_value_with_asset_backed(one).quantity
        rows.append((one.day.isoformat(), one.known_on.isoformat(), debt, equity_value_of_holdings(one).quantity, ratio, gross))
        if one is not view:
            label = f"{one.day}" if one.known_on == view.known_on else f"{one.day}.known_on_{one.known_on}"
            answer.put(f"against.{label}.loan_to_value", ratio)
            answer.put(f"against.{label}.adjusted_net_debt", debt, one.span)
    columns = ("day", "known on", "adjusted net debt", "holdings", "loan to value", "with asset-backed")
    answer.tables["against"] = Table("Beside other days", columns, rows)
