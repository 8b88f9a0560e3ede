"""An answer as the parts of a page: its figures, charts and tables as texts, each with the key of the quantity behind it."""

from __future__ import annotations

from typing import Any, NamedTuple

from holdbook.dates import Span
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Picture, Sentence, Table
from holdbook.questions.catalogue import Question
from holdbook.questions.ranges import Ranges
from holdbook.render.cells import is_number, sentence, texts
from holdbook.render.charts.drawing import BROAD, BROAD_KINDS, NARROW, WIDE, behind, svg, unit
from holdbook.render.numbers import UNKNOWN, with_bounds, words

_KEPT_WHOLE = 24
_SHOWN = 16
_CALLED = {"network": "The ties", "standings": "The table"}
_WORDS = {
    "nav": "net asset value", "nav_per_share": "net asset value per share", "loan_to_value_with_asset_backed": "loan to value with asset-backed finance",
    "redemption_cover": "cash over bonds due", "expected_redemption_cover": "cash over bonds and hybrids called", "expected_paper_cover": "the same with commercial paper",
    "wider_redemption_cover": "cash over all due, promises too", "pro_forma_loan_to_value": "loan to value, all promises paid",
    "unpaid_at_the_most": "unpaid at the worst",
}  # fmt: skip
_WAYS = {"parts": "from its parts", "published": "as published", "derived": "derived", "defined": "by its own definition"}

SIDES = ("wide", "narrow")
"""The pages for which a chart is drawn."""


class Piece(NamedTuple):
    """A text of a sentence or a cell, and the key of the quantity that it shows, if it shows one."""

    text: str
    key: str = ""
    bounds: str = ""
    number: bool = False
    whole: bool = False


def section(question: Question, answer: Answer) -> dict[str, Any]:
    """All that a page shows of an answer. Nothing in it is markup but the drawings, whose texts are escaped."""
    places = {name: f"{question.name}-t{number}" for number, name in enumerate(answer.tables, 1)}
    return {
        "name": question.name,
        "asks": question.asks,
        "headline": sentence(answer.headline),
        "lead": pieces(answer.headline),
        "figures": sorted((_figure(name, answer) for name in answer.quantities if _stands_out(name)), key=lambda one: bool(one["unknown"])),
        "charts": [_chart(f"{question.name}-c{number}", chart, places) for number, chart in enumerate(answer.charts.values(), 1)],
        "tables": [_table(places[name], table) for name, table in answer.tables.items()],
        "caveats": [pieces(caveat) for caveat in {sentence(one): one for one in answer.caveats}.values()],
        "needs": list(
            dict.fromkeys(need for name, figure in answer.quantities.items() if "." not in name for need in needs(figure.quantity))
        ),
        "day": answer.day,
        "known_on": answer.known_on,
    }


def pieces(parts: Sentence | str) -> list[Piece]:
    """A sentence in pieces, its quantities apart."""
    if isinstance(parts, str):
        return [Piece(parts)]
    return [piece(part) if isinstance(part, Quantity) else Piece(part) for part in parts]


def key_of(quantity: Quantity) -> str:
    """What stands for a quantity on a page: it finds the derivation again."""
    return quantity.digest.hex()


def quantities_of(answer: Answer) -> dict[str, Quantity]:
    """Every quantity that a page of the answer shows, by its key."""
    cells = (value for table in answer.tables.values() for row in table.rows for value in row)
    said = (part for parts in (answer.headline, *answer.caveats) if not isinstance(parts, str) for part in parts)
    drawn = (quantity for chart in answer.charts.values() for quantity in chart.quantities())
    named = (figure.quantity for figure in answer.quantities.values())
    return {key_of(one): one for source in (cells, said, drawn, named) for one in source if isinstance(one, Quantity)}


def piece(quantity: Quantity) -> Piece:
    """A quantity as a piece of a page."""
    return Piece(words(quantity), key_of(quantity), with_bounds(quantity), number=True)


def _stands_out(name: str) -> bool:
    """Whether a figure stands for itself: it belongs to no part, sale or year, or it is the last that was published, or a chance."""
    return "." not in name or name.startswith(("last_published.", "chance."))


def _label(name: str) -> str:
    head, _, rest = name.rpartition(".")
    if head == "chance":
        head = "chance that" if rest == "money_runs_short" else "chance of a breach:"
    text = f"{head} {_WORDS.get(rest, rest)}".strip().replace("_", " ")
    return text[:1].upper() + text[1:]


def _figure(name: str, answer: Answer) -> dict[str, Any]:
    quantity = answer.quantities[name].quantity
    value = words(quantity)
    basis = _WAYS.get(answer.labels.get(f"{name}.basis", ""), "")
    day = answer.labels.get("last_published.day", "") if name.startswith("last_published") else ""
    return {
        "label": _label(name),
        "unknown": value == UNKNOWN,
        "piece": piece(quantity),
        "bounds": with_bounds(quantity).removeprefix(value).strip(),
        "basis": " ".join(part for part in (basis, day) if part),
    }


def _chart(place: str, chart: Picture, places: dict[str, str]) -> dict[str, Any]:
    return picture(place, chart) | {"table": places.get(chart.table, "")}


def picture(place: str, chart: Picture | Ranges, sides: tuple[str, ...] = SIDES, *, half: bool = False) -> dict[str, Any]:
    """A chart with its words, drawn for a wide page and for a narrow one, or for one of them, and the table behind it where it has one.

    `half` is for half of a wide page, whatever its kind.
    """
    broad, rows, own = chart.kind in BROAD_KINDS and not half, behind(chart), f"{place}-figures"
    widths = {"wide": BROAD if broad else WIDE, "narrow": NARROW}
    drawn = {side: svg(chart, f"{place}{side[0]}", widths[side], own if rows else "") if side in sides else "" for side in SIDES}
    return {
        "kind": chart.kind, "broad": broad, "title": pieces(chart.title), "axis": ", ".join(part for part in (chart.axis, unit(chart)) if part),
        "note": chart.note, **drawn, "table": "", "behind": rows, "own": own,
        "called": _CALLED.get(chart.kind, "The figures"),
    }  # fmt: skip


def _table(place: str, table: Table) -> dict[str, Any]:
    shown = texts(table)
    keep = [i for i in range(len(table.columns)) if any(row[i] for row in shown)]
    numeric = {i for i in keep if any(is_number(row[i]) for row in table.rows)}
    rows = [[_cell(row[i], source[i], i in numeric) for i in keep] for row, source in zip(shown, table.rows, strict=True)]
    columns = [{"text": table.columns[i].strip(), "number": i in numeric} for i in keep]
    return {"place": place, "title": table.title, "columns": columns, "rows": rows, "long": len(rows) > _SHOWN}


def _cell(text: str, value: Cell, number: bool) -> Piece:
    whole = len(text) <= _KEPT_WHOLE or isinstance(value, Span)
    if isinstance(value, Quantity):
        return Piece(text, key_of(value), with_bounds(value), number, whole)
    return Piece(text, "", "", number, whole)
