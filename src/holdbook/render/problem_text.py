"""A problem as text: where, the line with the culprit underlined, both sides, the way out."""

from __future__ import annotations

from holdbook.problems import Problem
from holdbook.render.style import Style


def problem_text(problem: Problem, style: Style) -> str:
    """A problem: where, the line with the culprit underlined, both sides, the way out."""
    lines = [f"{style.strong(str(problem.place))}: {style.bad(problem.found)}  [{problem.reason}]"]
    if problem.excerpt:
        number = str(problem.place.line)
        start = max(problem.place.column - 1, 0)
        lines += [
            f"  {number} | {problem.excerpt}",
            f"  {' ' * len(number)} | {' ' * start}{style.bad('^' * min(problem.length, max(len(problem.excerpt) - start, 1)))}",
        ]
    lines.append(f"  expected: {problem.expected}")
    lines += [f"  {side.place}: {side.says}" for side in problem.sides]
    lines.append(f"  way out: {problem.way_out}")
    return "\n".join(lines)
