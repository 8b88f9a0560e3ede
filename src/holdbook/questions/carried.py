"""What a shock does beyond where it strikes: through ownership, earnings and debts, with the assumptions on the page."""

from __future__ import annotations

from holdbook.measures.contagion import Carried, contagion
from holdbook.measures.ownership import ClosedCircleError
from holdbook.questions.answer import Answer, Cell, Table
from holdbook.timeline.view import View

_CARRIED = ("entity", "own assets", "after the shock", "worth to outsiders", "fails", "owes", "can pay", "cannot pay")
_EARNINGS = ("entity", "earns with", "its own assets fall by")
_ASSUMED = (
    "Carried on: an entity's own assets fall by the part of its revenue that comes from whom the shock strikes, one step and no further.",
    (
        "What an entity is worth to outsiders counts its parts of the others; below its least value it fails and loses the cost of failure "
        "(Elliott, Golub and Jackson 2014). The waves are the fewest failures that are consistent."
    ),
    (
        "Who owes pays in proportion out of own assets and what the others pay; parts of others are not sold for it, and a failure costs "
        "nothing there (Eisenberg and Noe 2001)."
    ),
)


def put_carried(view: View, answer: Answer) -> None:
    """The table of a book that states own assets of entities; nothing for another."""
    try:
        found = contagion(view)
    except ClosedCircleError as error:
        answer.caveats.append(f"No shock can be carried on: {error}.")
        return
    if found is None:
        return
    title = "A shock carried on" if view.shaken else "Where each stands before any shock"
    answer.tables["carried"] = Table(title, _CARRIED, [_row(view, one, answer) for one in found.entities])
    rows: list[tuple[Cell, ...]] = [(view.book.name_of(one), view.book.name_of(other), lost) for one, other, lost in found.earnings]
    if rows:
        answer.tables["earnings"] = Table("Lost with whom it earns with", _EARNINGS, rows)
    answer.caveats += _ASSUMED
    if found.needs:
        answer.caveats.append(f"Not carried through what is unknown: {'; '.join(found.needs)}.")


def _row(view: View, one: Carried, answer: Answer) -> tuple[Cell, ...]:
    key = one.entity
    for name, quantity in (("own_assets", one.after), ("value", one.value), ("owes", one.owes), ("pays", one.pays)):
        answer.put(f"{key}.{name}", quantity)
    fails = f"wave {one.wave}" if one.wave else "only if others do" if one.may_fail else "no"
    unpaid = "" if one.owes is None else f"round {one.unpaid_wave}" if one.unpaid_wave else "no"
    if one.value is not None:
        answer.labels[f"{key}.fails"] = fails
    if unpaid:
        answer.labels[f"{key}.cannot_pay"] = unpaid
    return view.book.name_of(key), one.before, one.after, one.value, fails if one.value is not None else "", one.owes, one.pays, unpaid
