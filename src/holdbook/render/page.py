"""All answers as one page of HTML that stands alone: no script, no network, light and dark, printable."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from holdbook.checks.check import Soundness
from holdbook.checks.compare import WORST_FIRST
from holdbook.model.book import Head
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer
from holdbook.questions.catalogue import Question
from holdbook.questions.ranges import ranges
from holdbook.render.numbers import with_bounds
from holdbook.render.section import picture, section

TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")


def page(head: Head, answers: list[tuple[Question, Answer]], found: Soundness) -> str:
    """The page. Every text of the book is escaped: nothing in a book can become markup."""
    sections = [section(question, answer) for question, answer in answers]
    return environment(TEMPLATES).get_template("report.html").render(head=head, answers=sections, check=soundness(found), live=False)


@cache
def environment(*folders: str) -> Environment:
    """The templates of some folders; they escape by themselves, and a name that is not there is an error."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def soundness(found: Soundness) -> dict[str, Any]:
    """What a check found, as a page shows it: faults, claims with their verdicts, entries that exclude each other."""
    claims = sorted(found.claims, key=lambda one: WORST_FIRST.index(one.verdict))
    return {
        "entries": sum(found.entries.values()),
        "problems": found.problems,
        "chart": None if (drawn := ranges(found)) is None else picture("claims-c", drawn),
        "held": sum(one.holds for one in found.assertions),
        "assertions": len(found.assertions),
        "counts": {verdict: sum(one.verdict == verdict for one in claims) for verdict in WORST_FIRST},
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
