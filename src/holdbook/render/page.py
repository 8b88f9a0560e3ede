"""All answers as one page of HTML that stands alone: no script, no network, light and dark, printable."""

from __future__ import annotations

import os
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from holdbook.checks.check import Soundness
from holdbook.model.book import Head
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Table
from holdbook.questions.catalogue import Question
from holdbook.render.cells import is_number, sentence, texts
from holdbook.render.numbers import with_bounds, words

_KEPT_WHOLE = 24
_ORDER = ("inconsistent", "ambiguous", "not checkable", "consistent")
_WORDS = {"nav": "net asset value", "nav_per_share": "net asset value per share"}


def page(head: Head, answers: list[tuple[Question, Answer]], found: Soundness) -> str:
    """The page. Every text of the book is escaped: nothing in a book can become markup."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        head=head, answers=[_answer(question, answer) for question, answer in answers], check=_check(found)
    )


def _answer(question: Question, answer: Answer) -> dict[str, Any]:
    return {
        "name": question.name,
        "asks": question.asks,
        "headline": sentence(answer.headline),
        "figures": [_figure(name, answer) for name in answer.quantities if _stands_out(name)],
        "tables": [_table(table) for table in answer.tables.values()],
        "caveats": list(dict.fromkeys(sentence(caveat) for caveat in answer.caveats)),
        "needs": list(
            dict.fromkeys(need for name, figure in answer.quantities.items() if "." not in name for need in needs(figure.quantity))
        ),
        "day": answer.day,
        "known_on": answer.known_on,
    }


def _stands_out(name: str) -> bool:
    """Whether a figure stands for itself: it belongs to no part, sale or year, or it is the last that was published."""
    return "." not in name or name.startswith("last_published.")


def _label(name: str) -> str:
    head, _, rest = name.rpartition(".")
    text = f"{head} {_WORDS.get(rest, rest)}".strip().replace("_", " ")
    return text[:1].upper() + text[1:]


def _figure(name: str, answer: Answer) -> dict[str, str]:
    quantity = answer.quantities[name].quantity
    value = words(quantity)
    ends = with_bounds(quantity).removeprefix(value).strip()
    ways = {"parts": "from its parts", "published": "as published", "derived": "derived", "defined": "by its own definition"}
    basis = ways.get(answer.labels.get(f"{name}.basis", ""), "")
    day = answer.labels.get("last_published.day", "") if name.startswith("last_published") else ""
    return {"label": _label(name), "value": value, "bounds": ends, "basis": " ".join(part for part in (basis, day) if part)}


def _table(table: Table) -> dict[str, Any]:
    shown = texts(table)
    keep = [i for i in range(len(table.columns)) if any(row[i] for row in shown)]
    numeric = {i for i in keep if any(is_number(row[i]) for row in table.rows)}
    rows = [
        [{"text": row[i], "number": i in numeric, "bounds": _ends(source[i]), "whole": len(row[i]) <= _KEPT_WHOLE} for i in keep]
        for row, source in zip(shown, table.rows, strict=True)
    ]
    return {"title": table.title, "columns": [{"text": table.columns[i].strip(), "number": i in numeric} for i in keep], "rows": rows}


def _ends(value: object) -> str:
    return with_bounds(value) if isinstance(value, Quantity) else ""


def _check(found: Soundness) -> dict[str, Any]:
    claims = sorted(found.claims, key=lambda one: _ORDER.index(one.verdict))
    return {
        "entries": sum(found.entries.values()),
        "problems": found.problems,
        "held": sum(one.holds for one in found.assertions),
        "assertions": len(found.assertions),
        "counts": {verdict: sum(one.verdict == verdict for one in claims) for verdict in _ORDER},
        "claims": [
            {
                "verdict": one.verdict, "text": one.claim.text, "source": one.claim.source or "", "id": one.claim.id,
                "says": one.claim.says.origin.words if one.claim.says is not None else str(one.claim.says_day or one.claim.says_text or ""),
                "readings": [
                    {"label": r.label.replace("_", " "), "sum": r.text, "result": with_bounds(r.result) if isinstance(r.result, Quantity) else str(r.result or "unknown")}
                    for r in one.readings
                ],
                "why": one.why, "mend": one.mend, "needs": ", ".join(one.needs),
            }
            for one in claims
        ],
        "contradictions": [
            {
                "subject": f"{one.subject}, {one.measure.replace('_', ' ')}", "explained": one.explained,
                "sides": [
                    {"says": ("not " if side.denied else "") + (side.said.origin.words if isinstance(side.said, Quantity) else str(side.said)), "source": side.fact.source or "", "place": str(side.fact.place)}
                    for side in (one.left, one.right)
                ],
            }
            for one in found.contradictions
        ],
    }  # fmt: skip
