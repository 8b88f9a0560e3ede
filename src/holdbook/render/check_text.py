"""A check as text: the faults, the claims with their sums, the contradictions, and where known days come from."""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.checks.check import Soundness
from holdbook.checks.claims import Checked
from holdbook.checks.compare import WORST_FIRST
from holdbook.checks.published import Assertion
from holdbook.dates import Span
from holdbook.quantity.quantity import Quantity
from holdbook.render.layout import aligned, wrapped
from holdbook.render.numbers import UNKNOWN, with_bounds
from holdbook.render.problem_text import problem_text
from holdbook.render.style import Style

_FEW = 20
_UNDER = " " * 17


def check_text(name: str, found: Soundness, style: Style, *, everything: bool = False) -> str:
    """A check: the faults, the claims with their sums, the contradictions, and where known days come from."""
    entries = sum(found.entries.values())
    failed = [one for one in found.assertions if not one.holds]
    blocks = [problem_text(problem, style) for problem in found.problems]
    faults = f"{len(found.problems)} fault{'s' if len(found.problems) != 1 else ''}" if found.problems else "no faults"
    held = (
        f"; {len(found.assertions) - len(failed)} of {len(found.assertions)} published figures come out of the parts"
        if found.assertions
        else ""
    )
    summary = f"{name}: {entries} entries, {faults}{held}."
    blocks.append((style.bad if found.problems else style.good)(summary))
    blocks += [
        _explained(failed, style),
        _claims(found.claims, style, everything=everything),
        _contradictions(found, style),
        _prices(found, style),
        _learnt(found, style),
    ]
    return "\n\n".join(block for block in blocks if block)


def _explained(failed: list[Assertion], style: Style) -> str:
    """Published figures that do not come out of the usual sum, with the reason that the book gives."""
    head = style.strong("Published figures that do not come out, and why")
    lines = [
        f"  {one.what} is {one.published.origin.words} in statements.{one.statement.id}; the sum is {with_bounds(one.computed)}\n"
        + wrapped(one.explained, "    explained: ", "    ")
        for one in failed
        if one.explained
    ]
    return "\n".join([head, *dict.fromkeys(lines)]) if lines else ""


def _claims(claims: list[Checked], style: Style, *, everything: bool) -> str:
    if not claims:
        return ""
    counts = ", ".join(f"{sum(one.verdict == verdict for one in claims)} {verdict}" for verdict in WORST_FIRST)
    lines = [style.strong(f"Claims: {counts}")]
    everything = everything or len(claims) <= _FEW
    shown = [one for one in claims if everything or one.verdict != "consistent"]
    for one in sorted(shown, key=lambda one: WORST_FIRST.index(one.verdict)):
        lines += _claim(one, style)
    if len(shown) < len(claims):
        lines.append(style.dim(f"  the {len(claims) - len(shown)} consistent ones: --all"))
    return "\n".join(lines)


def _claim(one: Checked, style: Style) -> Iterator[str]:
    """A claim: the verdict, what was said, each sum that it was held against, and why they do not meet."""
    colour = {"inconsistent": style.bad, "consistent": style.good}.get(one.verdict, style.dim)
    said = one.claim.says.origin.words if one.claim.says is not None else ""
    yield f"  {colour(one.verdict.ljust(13))}  {one.claim.id}{f': says {said}' if said else ''}  {style.dim(f'({one.claim.source})')}"
    yield wrapped(one.claim.text, _UNDER, _UNDER)
    for reading in one.readings:
        label = f"{reading.label.replace('_', ' ')}: " if reading.label else ""
        yield f"{_UNDER}{label}{reading.text} = {_result(reading.result)}"
    for text in (one.why, one.mend, f"needs {', '.join(one.needs)}" if one.needs else ""):
        if text:
            yield f"{_UNDER}{text}"


def _result(result: Quantity | Span | str | None) -> str:
    return with_bounds(result) if isinstance(result, Quantity) else UNKNOWN if result is None else str(result)


def _contradictions(found: Soundness, style: Style) -> str:
    if not found.contradictions:
        return ""
    pairs = "1 pair" if len(found.contradictions) == 1 else f"{len(found.contradictions)} pairs"
    lines = [style.strong(f"Contradictions: {pairs} that exclude each other")]
    for one in found.contradictions:
        lines.append(f"  {one.subject}, {one.measure.replace('_', ' ')}")
        for side in (one.left, one.right):
            said = side.said.origin.words if isinstance(side.said, Quantity) else str(side.said)
            lines.append(f"{'':4}{'not ' if side.denied else ''}{said}  {style.dim(f'{side.fact.place}, {side.fact.source}')}")
        if one.explained:
            lines.append(wrapped(one.explained, "    explained: ", "    "))
    return "\n".join(lines)


def _prices(found: Soundness, style: Style) -> str:
    """What to know of the price files."""
    notes = [wrapped(f"{note.place}: {note.says}", "  ", "    ") for note in found.notes]
    return "\n".join([style.strong("Price files"), *notes]) if notes else ""


def _learnt(found: Soundness, style: Style) -> str:
    rows = [
        (noun, *(str(ways.get(way, "")) for way in ("stated", "period", "published", "retrieved", "unknown")))
        for noun, ways in found.learnt.items()
    ]
    if not rows:
        return ""
    head = ("noun", "stated", "as a period", "source published", "source retrieved", "not known")
    return "\n".join(
        [
            style.strong("Where the day comes from on which each fact was known"),
            *aligned(rows, [False, True, True, True, True, True], style, head),
        ]
    )
