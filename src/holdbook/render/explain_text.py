"""A derivation as a tree of text; each figure with the line of the book that states it."""

from __future__ import annotations

from collections.abc import Iterable

from holdbook.quantity.explain import Step
from holdbook.render.numbers import AS_MULTIPLE, MULTIPLE, as_kind, between, bracketed, figure, kind_of, printed_decimals
from holdbook.render.style import Style

_SIGNS = {"+": "sum", "-": "first less second", "*": "product", "/": "first over second", "min": "least of", "max": "greatest of"}
_WIDEST_NAME = 62


def _decimals(step: Step) -> int | None:
    """As many places as the book prints, for a figure that it states."""
    return printed_decimals(step.origin.words) if step.origin is not None and step.origin.words else None


def named(step: Step) -> str:
    """What a step is called, and the operation that it is."""
    worked = step.op in _SIGNS and not step.again and not step.single
    return _SIGNS.get(step.name, f"{step.name} ({_SIGNS[step.op]})" if worked else step.name)


def valued(step: Step) -> tuple[str, str]:
    """The value of a step as an answer has it, and its bounds where they say more."""
    kind = kind_of(step.name, step.unit, step.op)
    if step.value is None:
        return between(step.interval, step.unit, as_multiple=kind == MULTIPLE), ""
    ends = "" if step.interval.is_point else bracketed(step.interval, step.unit, AS_MULTIPLE if kind == MULTIPLE else step.value)
    return as_kind(step.value, kind) if kind else figure(step.value, step.unit, _decimals(step)), ends


def explain_text(steps: Iterable[Step], style: Style) -> str:
    """A derivation as a tree; each figure with the line of the book that states it."""
    rows = []
    for step in steps:
        where = str(step.origin) if step.origin else "explained above" if step.again else step.derived
        rows.append((f"{'  ' * step.depth}{named(step)}", *valued(step), where))
    first = min(max((len(row[0]) for row in rows), default=0), _WIDEST_NAME)
    second = max((len(row[1]) for row in rows), default=0)
    third = max((len(row[2]) for row in rows), default=0)
    return "\n".join(f"{a:<{first}}  {b:>{second}}  {c:<{third}}  {style.dim(d)}".rstrip() for a, b, c, d in rows)
