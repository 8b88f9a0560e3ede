"""Writes docs/nouns.md from the nouns themselves: each with its fields, their kinds, and which must be there."""

from __future__ import annotations

import inspect
from pathlib import Path

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, DayKind, FigureKind, FlagKind, FormulaKind, Kind, ListKind, NameKind, TableKind, TimeKind
from holdbook.model.nouns import NOUNS
from holdbook.model.plan import plan_of
from holdbook.reader.figures import EXAMPLES

HERE = Path(__file__).parent


def kind_text(kind: Kind) -> str:
    """A kind in words."""
    if isinstance(kind, FigureKind):
        return EXAMPLES[kind.family] + ("; a plain figure is exact" if kind.contract else "")
    if isinstance(kind, ChoiceKind):
        return "one of " + ", ".join(f"`{word}`" for word in kind.words)
    if isinstance(kind, NameKind):
        return f"the id of one of `{kind.noun}`"
    if isinstance(kind, ListKind):
        return f"a list: {kind_text(kind.of)}"
    if isinstance(kind, TableKind):
        if kind.record is not None:
            return "names, each with " + ", ".join(f"`{name}`" for name in plan_of(kind.record).fields)
        assert kind.of is not None
        return f"names, each with {kind_text(kind.of)}"
    return {
        DayKind: "a day or a period",
        TimeKind: "a time of day and its zone such as 15:30 Asia/Tokyo",
        FlagKind: "`yes` or `no`",
        FormulaKind: "a sum over facts, or a name of one",
    }.get(type(kind), "words")


def noun_text(noun: type[Fact], shared: frozenset[str]) -> str:
    """One noun: what it is, and a table of its own fields."""
    module = inspect.getmodule(noun)
    lines = [f"## {noun.noun}", "", (inspect.getdoc(module) or "").splitlines()[0], "", inspect.cleandoc(noun.__doc__ or ""), ""]
    lines += ["| field | holds | |", "|---|---|---|"]
    for name, expected in plan_of(noun).fields.items():
        if name not in shared:
            lines.append(f"| `{name}` | {kind_text(expected.kind)} | {'must be there' if expected.required else ''} |")
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    shared = frozenset(plan_of(Fact).fields)
    common = "\n".join(f"| `{name}` | {kind_text(expected.kind)} |" for name, expected in plan_of(Fact).fields.items())
    head = (
        "# The nouns of a book\n\nMade from the program by `docs/make_nouns.py`; do not edit. How figures and days are written: [book.md](book.md).\n\n"
        f"## Fields that every entry may have\n\n{inspect.cleandoc(Fact.__doc__ or '')}\n\n| field | holds |\n|---|---|\n{common}"
    )
    return "\n\n".join([head, *(noun_text(noun, shared) for noun in NOUNS.values())]) + "\n"


if __name__ == "__main__":
    (HERE / "nouns.md").write_text(page(), encoding="utf-8")
