"""A chart as a figure that stands alone, for a place that has no page around it: with its style, its title and the table behind it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache

from holdbook.questions.answer import Picture
from holdbook.render.cells import sentence
from holdbook.render.charts.canvas import clean
from holdbook.render.charts.drawing import BROAD, BROAD_KINDS, WIDE, behind, svg, unit

_STYLE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "templates", "chart.css")
_AROUND = (
    "background: var(--paper); color: var(--ink); padding: .5rem 1rem 1rem; font: 14px sans-serif; "
    "svg { display: block; width: 100%; height: auto; font-size: 12px; font-variant-numeric: tabular-nums; } "
    "figure { margin: 0 0 1.5rem; } figcaption small { display: block; color: var(--quiet); }"
)


def figures(charts: Iterable[Picture]) -> str:
    """Charts as markup, every text escaped; nothing for none. Nothing outside of it takes its style."""
    drawn = [_figure(chart) for chart in charts]
    return f'<div class="holdbook"><style>{_style()}</style>{"".join(drawn)}</div>' if drawn else ""


@cache
def _style() -> str:
    """The style of drawings, kept to what stands within."""
    with open(_STYLE, encoding="utf-8") as file:
        return f".holdbook {{ {_AROUND}\n{file.read().replace(':root', '&')}}}"


def _figure(chart: Picture) -> str:
    broad = chart.kind in BROAD_KINDS
    # the name tells the ids of two drawings of one page apart; it is made of what is drawn, so the same chart gives the same bytes
    name = f"c{hashlib.sha256(svg(chart, 'c').encode()).hexdigest()[:12]}"
    measured = ", ".join(part for part in (chart.axis, unit(chart)) if part)
    head = f"<figcaption><strong>{clean(sentence(chart.title))}</strong><small>{clean(measured)}</small></figcaption>"
    note = f"<p><small>{clean(chart.note)}</small></p>" if chart.note else ""
    return f'<figure style="max-width:{BROAD if broad else WIDE:.0f}px">{head}{svg(chart, name, BROAD if broad else WIDE)}{note}{_table(chart)}</figure>'


def _table(chart: Picture) -> str:
    rows = ["".join(f"<td>{clean(text)}</td>" for text in row) for row in behind(chart)]
    if not rows:
        return ""
    return f"<details><summary>The figures</summary><table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table></details>"
