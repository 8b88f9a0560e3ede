"""YAML text into written values. Scalars stay text, so that `no` is a word and `5.830` keeps its last digit."""

from __future__ import annotations

import re
from typing import Any

import yaml

from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.written import Listing, Mapping, Scalar, Written, spot

_DEEPEST = 12
_DEEPEST_BRACKETS = 200
_SUSPICIOUS = re.compile(r"(?:^|[\s\[{,:-])[&*!][\w!<]")
_STACKED = re.compile(r"(?:[-?] ){100}|(?m:^ {400})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STARTERS = (">", "~", "=", "<", "*", "%", "&", "@", "`", "|", "!")
_Parser: Any = getattr(yaml.cyaml, "CParser") if yaml.__with_libyaml__ else yaml.BaseLoader  # noqa: B009 - the types of the library hide its C parser


class _Loader(_Parser):  # type: ignore[misc]
    """Composes nodes without guessing what kind of value each one is."""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Nothing depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a value stands."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """A value without a tag keeps none."""


def read_yaml(file: TextFile) -> tuple[Written | None, list[Problem]]:
    """What a YAML file says, or why it cannot be read."""
    refused = _deep(file.text) or _several(file.text)
    if refused is not None:
        line, found, way_out = refused
        return None, [_problem(file, line, 1, found, "plain YAML", way_out)]
    bad = _CONTROL.search(file.text)
    if bad is not None:
        line, column = file.text.count("\n", 0, bad.start()) + 1, bad.start() - file.text.rfind("\n", 0, bad.start())
        return None, [_problem(file, line, column, f"the character {bad[0]!r}", "text", "remove it")]
    try:
        node = yaml.compose(file.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_from(file, error)]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, [_problem(file, 1, 1, str(error).splitlines()[0], "plain YAML", "remove the characters that YAML does not allow")]
    if isinstance(node, Scalar) and not node.value:
        return None, []
    return node, _needless(file, node) if node is not None and _SUSPICIOUS.search(file.text) else []


def _from(file: TextFile, error: yaml.MarkedYAMLError) -> Problem:
    """What the library found; what is not closed is told where it opens."""
    opens = (error.context or "").startswith(("while parsing a flow", "while scanning a quoted"))
    mark = error.context_mark if opens else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    way_out = "close the bracket or the quotes that open here" if opens else _hint(file, line)
    return _problem(file, line, column, error.problem or "not YAML", "plain YAML", way_out)


def _deep(text: str) -> tuple[int, str, str] | None:
    """Whether values are nested so deep that reading them could not end well: brackets, dashes, or indentation."""
    found = _STACKED.search(text)
    if found is not None:
        return text.count("\n", 0, found.start()) + 1, "values nested hundreds deep", "write them on lines of their own"
    return (1, "brackets nested hundreds deep", "write it out") if _nesting(text) > _DEEPEST_BRACKETS else None


def _several(text: str) -> tuple[int, str, str] | None:
    """Whether a second document begins, and in which line."""
    if "---" not in text:
        return None
    begun = False
    for number, line in enumerate(text.split("\n"), 1):
        if begun and line.rstrip() == "---":
            return number, "a second document", "remove the line ---; a file is one document"
        begun |= bool(line.strip()) and not line.startswith(("#", "%"))
    return None


def _nesting(text: str) -> int:
    """How deep the brackets go at most."""
    if text.count("[") + text.count("{") <= _DEEPEST_BRACKETS:
        return 0
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth = max(0, depth - 1)
    return deepest


def _hint(file: TextFile, line_number: int) -> str:
    line = file.line(line_number)
    if "\t" in line:
        return "indent with spaces, not with tabs"
    value = line.partition(": ")[2].strip()
    if value.startswith(_STARTERS):
        return f'put the value in quotes: "{value}"'
    if ": " in value:
        return "put a value that contains a colon in quotes"
    return "check the indentation and the quotes of this line and the one before"


def _problem(file: TextFile, line: int, column: int, found: str, expected: str, way_out: str) -> Problem:
    return Problem("yaml", Place(file.name, line, column), found, expected, way_out, file.line(line))


def _needless(file: TextFile, root: Written) -> list[Problem]:
    """What a book does not need: one value in two places, tags."""
    problems = []
    seen: set[int] = set()
    stack: list[tuple[Written, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if not isinstance(node, Scalar) and (id(node) in seen or depth > _DEEPEST):
            what = "an alias" if id(node) in seen else "values nested more than a dozen deep"
            problems.append(_problem(file, *spot(node), what, "each fact written once, where it stands", "write it out"))
            continue
        if id(node) in seen:
            problems.append(_problem(file, *spot(node), "an alias", "each fact written once, where it stands", "write it out"))
        seen.add(id(node))
        if node.tag not in (None, "!"):
            problems.append(_problem(file, *spot(node), f"the tag {node.tag}", "plain values", "remove the tag"))
        if isinstance(node, Listing):
            stack.extend((item, depth + 1) for item in node.value)
        elif isinstance(node, Mapping):
            stack.extend((part, depth + 1) for pair in node.value for part in pair)
    return problems
