"""Answers, checks and derivations as text for a terminal: aligned figures, colour only where a person looks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from holdbook.checks.check import Soundness
from holdbook.checks.claims import Checked
from holdbook.dates import Span
from holdbook.problems import Problem
from holdbook.quantity.explain import Step
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Table
from holdbook.render.cells import cell, is_number, sentence
from holdbook.render.needs import needs
from holdbook.render.numbers import UNKNOWN, between, bracketed, with_bounds
from holdbook.render.numbers import figure as plain_figure
from holdbook.render.style import Style

_WIDTH = 110
_WIDEST_CELL = 46
_BEHIND = ("published", "last_published")


def answer_text(answer: Answer, style: Style) -> str:
    """An answer: the headline, its figures, its tables, what is missing, what to beware of."""
    blocks = [
        style.dim(f"{answer.book} · {answer.question} · {answer.day}, as known on {answer.known_on}"),
        style.strong(_wrap(sentence(answer.headline))),
        _figures(answer, style),
        *(_table(table, style) for table in answer.tables.values()),
        _needs(answer, style),
        _caveats(answer, style),
    ]
    return "\n\n".join(block for block in blocks if block)


def _figures(answer: Answer, style: Style) -> str:
    """The figures that stand for themselves, and the published ones beside them."""
    rows = []
    for name, figure in answer.quantities.items():
        head, _, rest = name.partition(".")
        if not rest or head in _BEHIND:
            basis = answer.labels.get(f"{name}.basis", "")
            rows.append((name, with_bounds(figure.quantity), {"parts": "from its parts", "published": "as published", "derived": "derived", "missing": ""}.get(basis, basis)))
    for name in ("last_published.day", "redemption.day"):
        if name in answer.labels:
            rows.append((name, answer.labels[name], ""))
    return "\n".join(_aligned(rows, [False, False, False], style))


def _table(table: Table, style: Style) -> str:
    texts = [[cell(value) for value in row] for row in table.rows]
    numeric = [any(is_number(row[i]) for row in table.rows) for i in range(len(table.columns))]
    keep = [i for i in range(len(table.columns)) if any(row[i] for row in texts)]
    head = [table.columns[i].strip() for i in keep]
    lines = _aligned([[row[i] for i in keep] for row in texts], [numeric[i] for i in keep], style, head)
    return "\n".join([style.strong(table.title), *lines])


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], style: Style, head: Sequence[str] | None = None) -> Iterator[str]:
    if not rows:
        return
    everything = [head, *rows] if head else list(rows)
    widths = [min(max(len(row[i]) for row in everything), _WIDEST_CELL if not right[i] else 60) for i in range(len(right))]
    if head:
        yield style.dim(_line(head, widths, right))
    for row in rows:
        columns = [textwrap.wrap(text, max(width, 1)) or [""] for text, width in zip(row, widths, strict=True)]
        for i in range(max(len(column) for column in columns)):
            yield _line([column[i] if i < len(column) else "" for column in columns], widths, right)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [text.rjust(width) if to_right else text.ljust(width) for text, width, to_right in zip(texts, widths, right, strict=True)]
    return ("  " + "  ".join(padded)).rstrip()


def _needs(answer: Answer, style: Style) -> str:
    missing: dict[str, None] = {}
    for name, figure in answer.quantities.items():
        if "." not in name:
            missing.update(dict.fromkeys(needs(figure.quantity)))
    return style.strong("Would be narrowed by") + "\n" + "\n".join(f"  - {need}" for need in missing) if missing else ""


def _caveats(answer: Answer, style: Style) -> str:
    texts = dict.fromkeys(sentence(caveat) for caveat in answer.caveats)
    return style.strong("Beware") + "\n" + "\n".join(_wrap(text, "  - ", "    ") for text in texts) if texts else ""


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)


def problem_text(problem: Problem, style: Style) -> str:
    """A problem: where, the line with the culprit underlined, both sides, the way out."""
    lines = [f"{style.strong(str(problem.place))}: {style.bad(problem.found)}  [{problem.reason}]"]
    if problem.excerpt:
        number = str(problem.place.line)
        start = max(problem.place.column - 1, 0)
        lines += [f"  {number} | {problem.excerpt}", f"  {' ' * len(number)} | {' ' * start}{style.bad('^' * min(problem.length, max(len(problem.excerpt) - start, 1)))}"]
    lines.append(f"  expected: {problem.expected}")
    lines += [f"  {side.place}: {side.says}" for side in problem.sides]
    lines.append(f"  way out: {problem.way_out}")
    return "\n".join(lines)


def check_text(name: str, found: Soundness, style: Style) -> str:
    """A check: the faults, the claims with their sums, the contradictions, and where known days come from."""
    entries = sum(found.entries.values())
    failed = [one for one in found.assertions if not one.holds]
    blocks = [problem_text(problem, style) for problem in found.problems]
    faults = f"{len(found.problems)} fault{'s' if len(found.problems) != 1 else ''}" if found.problems else "no faults"
    summary = f"{name}: {entries} entries, {faults}; {len(found.assertions) - len(failed)} of {len(found.assertions)} published figures come out of the parts."
    blocks.append((style.bad if found.problems else style.good)(summary))
    blocks += [_claims(found.claims, style), _contradictions(found, style), _learnt(found, style)]
    return "\n\n".join(block for block in blocks if block)


def _claims(claims: list[Checked], style: Style) -> str:
    if not claims:
        return ""
    order = ["inconsistent", "ambiguous", "not checkable", "consistent"]
    counts = ", ".join(f"{sum(one.verdict == verdict for one in claims)} {verdict}" for verdict in order)
    lines = [style.strong(f"Claims: {counts}")]
    for one in sorted(claims, key=lambda one: order.index(one.verdict)):
        lines += _claim(one, style)
    return "\n".join(lines)


def _claim(one: Checked, style: Style) -> Iterator[str]:
    colour = {"inconsistent": style.bad, "consistent": style.good}.get(one.verdict, style.dim)
    said = one.claim.says.origin.words if one.claim.says is not None else ""
    yield f"  {colour(one.verdict.ljust(13))}  {one.claim.id}{f': says {said}' if said else ''}  {style.dim(f'({one.claim.source})')}"
    for reading in one.readings:
        label = f"{reading.label.replace('_', ' ')}: " if reading.label else ""
        yield f"{'':17}{label}{reading.text} = {_result(reading.result)}"
    for text in (one.why, one.mend, f"needs {', '.join(one.needs)}" if one.needs else ""):
        if text:
            yield f"{'':17}{text}"


def _result(result: Quantity | Span | str | None) -> str:
    return with_bounds(result) if isinstance(result, Quantity) else UNKNOWN if result is None else str(result)


def _contradictions(found: Soundness, style: Style) -> str:
    if not found.contradictions:
        return ""
    lines = [style.strong(f"Contradictions: {len(found.contradictions)} pairs that exclude each other")]
    for one in found.contradictions:
        lines.append(f"  {one.subject}, {one.measure.replace('_', ' ')}")
        for side in (one.left, one.right):
            said = side.said.origin.words if isinstance(side.said, Quantity) else str(side.said)
            lines.append(f"{'':4}{'not ' if side.denied else ''}{said}  {style.dim(f'{side.fact.place}, {side.fact.source}')}")
        if one.explained:
            lines.append(_wrap(one.explained, "    explained: ", "    "))
    return "\n".join(lines)


def _learnt(found: Soundness, style: Style) -> str:
    rows = [(noun, *(str(ways.get(way, "")) for way in ("stated", "published", "retrieved", "unknown"))) for noun, ways in found.learnt.items()]
    if not rows:
        return ""
    head = ("noun", "stated", "source published", "source retrieved", "not known")
    return "\n".join([style.strong("Where the day comes from on which each fact was known"), *_aligned(rows, [False, True, True, True, True], style, head)])


def explain_text(steps: Iterable[Step], style: Style) -> str:
    """A derivation as a tree; each figure with the line of the book that states it."""
    rows = []
    for step in steps:
        value = between(step.interval, step.unit) if step.value is None else plain_figure(step.value, step.unit)
        ends = "" if step.value is None or step.interval.is_point else bracketed(step.interval, step.unit, step.value)
        name = step.name if step.name not in _SIGNS else _SIGNS[step.name]
        where = str(step.origin) if step.origin else "explained above" if step.again else step.derived
        rows.append((f"{'  ' * step.depth}{name}", value, ends, where))
    first = min(max((len(row[0]) for row in rows), default=0), 62)
    second = max((len(row[1]) for row in rows), default=0)
    third = max((len(row[2]) for row in rows), default=0)
    return "\n".join(f"{a:<{first}}  {b:>{second}}  {c:<{third}}  {style.dim(d)}".rstrip() for a, b, c, d in rows)


_SIGNS = {"+": "sum", "-": "difference", "*": "product", "/": "quotient", "min": "least", "max": "greatest"}

