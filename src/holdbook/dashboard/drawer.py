"""What stands behind a number: its bounds, what would narrow it, and its derivation down to the lines of the book."""

from __future__ import annotations

from itertools import islice
from typing import Any

from holdbook import api
from holdbook.quantity.explain import Step, explain
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity
from holdbook.render.explain_text import named, valued
from holdbook.render.numbers import with_bounds, words

_MOST, _DEEPEST = 400, 9


def drawer(opened: api.OpenBook, quantity: Quantity) -> dict[str, Any]:
    """The parts of the drawer of a quantity; a derivation longer than anyone reads is cut, and says so."""
    steps = list(islice(explain(quantity), _MOST + 1))
    return {
        "title": quantity.title.replace("_", " "),
        "value": words(quantity),
        "bounds": with_bounds(quantity),
        "derived": quantity.derived,
        "needs": needs(quantity),
        "steps": [_step(opened, step) for step in steps[:_MOST]],
        "cut": len(steps) > _MOST,
    }


def _step(opened: api.OpenBook, step: Step) -> dict[str, Any]:
    value, ends = valued(step)
    origin = step.origin
    file = opened.files.get(origin.place.file) if origin is not None else None
    return {
        "depth": min(step.depth, _DEEPEST),
        "name": named(step),
        "value": value,
        "bounds": ends,
        "again": step.again,
        "derived": step.derived,
        "place": str(origin.place) if origin is not None else "",
        "source": origin.source if origin is not None else "",
        "said": ", ".join(part for part in (origin.speaker and f"says {origin.speaker}", origin.kind, origin.day) if part)
        if origin
        else "",
        "known": origin.known if origin is not None else "",
        "line": file.line(origin.place.line).strip() if file is not None and origin is not None else "",
    }
