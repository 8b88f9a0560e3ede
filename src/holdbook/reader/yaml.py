"""YAML text into written values. Scalars stay text, so that `no` is a word and `5.830` keeps its last digit."""

from __future__ import annotations

from typing import Any

import yaml

from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.written import Listing, Mapping, Scalar, Spot, Written

_DEEPEST = 12
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", None, "!")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(file: TextFile) -> tuple[Written | None, list[Problem]]:
    """What a YAML file says, or why it cannot be read."""
    problems: list[Problem] = []
    if file.text.count("[") + file.text.count("{") and _nesting(file.text) > 200:
        return None, [_problem(file, Spot(1, 1), "brackets nested hundreds deep", "entries, fields, figures", "write it out")]
    try:
        node = yaml.compose(file.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
        return None, [_problem(file, spot, error.problem or "not YAML", "plain YAML", _hint(file, spot))]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, [_problem(file, Spot(1, 1), str(error).splitlines()[0], "plain YAML", "remove the characters that YAML does not allow")]
    if node is None:
        return None, []
    return _Converter(file, problems).convert(node, 0), problems


def _nesting(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth = max(0, depth - 1)
    return deepest


def _hint(file: TextFile, spot: Spot) -> str:
    line = file.line(spot.line)
    if "\t" in line:
        return "indent with spaces, not with tabs"
    value = line.partition(": ")[2].strip()
    if value[:1] in (">", "~", "=", "<", "*", "%", "&", "@", "`", "|", "!"):
        return f'put the value in quotes: "{value}"'
    if ": " in value:
        return "put a value that contains a colon in quotes"
    return "check the indentation and the quotes of this line and the one before"


def _problem(file: TextFile, spot: Spot, found: str, expected: str, way_out: str) -> Problem:
    return Problem("yaml", Place(file.name, *spot), found, expected, way_out, file.line(spot.line))


class _Converter:
    """Walks composed nodes, refusing what a book does not need."""

    def __init__(self, file: TextFile, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems
        self._seen: set[int] = set()

    def convert(self, node: Any, depth: int) -> Written:
        spot = Spot(node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, spot)
        if id(node) in self._seen or depth > _DEEPEST:
            what = "an alias" if id(node) in self._seen else "values nested more than a dozen deep"
            self._problems.append(_problem(self._file, spot, what, "each fact written once, where it stands", "write it out"))
            return Scalar("", spot)
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._problems.append(_problem(self._file, spot, f"the tag {node.tag}", "plain values", "remove the tag"))
        if isinstance(node, yaml.SequenceNode):
            return Listing(tuple(self.convert(item, depth + 1) for item in node.value), spot)
        return Mapping(tuple(self._pair(key, value, depth) for key, value in node.value), spot)

    def _pair(self, key: Any, value: Any, depth: int) -> tuple[Scalar, Written]:
        name = self.convert(key, depth + 1)
        if not isinstance(name, Scalar):
            self._problems.append(_problem(self._file, name.spot, "a key that is not a word", "a word before the colon", "write a word"))
            name = Scalar("", name.spot)
        return name, self.convert(value, depth + 1)
