"""An answer as text for a terminal: the headline, its figures, its tables, what is missing, what to beware of."""

from __future__ import annotations

from holdbook.quantity.needs import needs
from holdbook.questions.answer import Answer, Table
from holdbook.render.cells import is_number, sentence, texts
from holdbook.render.layout import aligned, wrapped
from holdbook.render.numbers import UNKNOWN, with_bounds
from holdbook.render.style import Style

_BEHIND = ("published", "last_published")
_BASIS = {"parts": "from its parts", "published": "as published", "derived": "derived", "defined": "by its own definition", "missing": ""}


def answer_text(answer: Answer, style: Style) -> str:
    """An answer: the headline, its figures, its tables, what is missing, what to beware of."""
    blocks = [
        style.dim(f"{answer.book} · {answer.question} · {answer.day}, as known on {answer.known_on}"),
        style.strong(wrapped(sentence(answer.headline))),
        _figures(answer, style),
        *(_table(table, style) for table in answer.tables.values()),
        _needs(answer, style),
        _caveats(answer, style),
    ]
    return "\n\n".join(block for block in blocks if block)


def _figures(answer: Answer, style: Style) -> str:
    """The figures that stand for themselves, and the published ones beside them; what is unknown comes last."""
    rows = []
    for name, figure in answer.quantities.items():
        head, _, rest = name.partition(".")
        if not rest or head in _BEHIND:
            basis = answer.labels.get(f"{name}.basis", "")
            rows.append((name, with_bounds(figure.quantity), _BASIS.get(basis, basis)))
    rows.sort(key=lambda row: row[1] == UNKNOWN)
    rows += [(name, answer.labels[name], "") for name in ("last_published.day", "redemption.day") if name in answer.labels]
    return "\n".join(aligned(rows, [False, False, False], style))


def _table(table: Table, style: Style) -> str:
    rows = texts(table)
    numeric = [any(is_number(row[i]) for row in table.rows) for i in range(len(table.columns))]
    keep = [i for i in range(len(table.columns)) if any(row[i] for row in rows)]
    head = [table.columns[i].strip() for i in keep]
    lines = aligned([[row[i] for i in keep] for row in rows], [numeric[i] for i in keep], style, head)
    return "\n".join([style.strong(table.title), *lines])


def _needs(answer: Answer, style: Style) -> str:
    missing: dict[str, None] = {}
    for name, figure in answer.quantities.items():
        if "." not in name:
            missing.update(dict.fromkeys(needs(figure.quantity)))
    return style.strong("Would be narrowed by") + "\n" + "\n".join(f"  - {need}" for need in missing) if missing else ""


def _caveats(answer: Answer, style: Style) -> str:
    texts = dict.fromkeys(sentence(caveat) for caveat in answer.caveats)
    return style.strong("Beware") + "\n" + "\n".join(wrapped(text, "  - ", "    ") for text in texts) if texts else ""
