"""Definitions as text: names of facts, numbers, + - * /, min, max and brackets, read into a quantity.

Nothing in one can run code; its depth and length are limited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from holdbook.quantity.quantity import Quantity, exact, greatest, least

_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_][\w]*(?:\.[\w]+)*)|(?P<number>\d+(?:\.\d+)?)(?P<percent>%?)|(?P<sign>[-+*/(),]))")
_LONGEST = 2000
_DEEPEST = 50

Resolve = Callable[[str, int], Quantity]


class DefinitionError(ValueError):
    """A definition that cannot be read; `at` is the offset of the culprit."""

    def __init__(self, message: str, way_out: str, at: int) -> None:
        super().__init__(message)
        self.way_out = way_out
        self.at = at


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def define(text: str, resolve: Resolve) -> Quantity:
    """The quantity that a definition means.

    `resolve` turns a name and its offset into a quantity. Raises DefinitionError, UnitError, or what `resolve` raises.

    >>> define("(1 + 2) * 3", resolve=None).op
    '*'
    """
    if len(text) > _LONGEST:
        raise DefinitionError(f"{len(text)} characters are too many", f"split it: at most {_LONGEST}", 0)
    reader = _Reader(_tokens(text), resolve, len(text))
    result = reader.sum(0)
    if reader.peek().kind != "end":
        raise DefinitionError(f"{reader.peek().text!r} is not expected here", "write an operation between two names", reader.peek().at)
    return result


def names_in(text: str) -> list[str]:
    """The names that a definition uses, in order; functions are not names."""
    return [token.text for token in _tokens(text) if token.kind == "name" and token.text not in ("min", "max")]


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise DefinitionError(
                f"{text[start]!r} has no meaning in a definition", "use names, numbers, + - * / min max and brackets", start
            )
        kind = match.lastgroup or ""
        kind = "number" if kind == "percent" else kind
        word = match[kind] if kind != "number" else match["number"] + match["percent"]
        tokens.append(_Token(kind, word, match.start(kind)))
        at = match.end()
    return tokens


class _Reader:
    """Reads tokens by the usual precedence."""

    def __init__(self, tokens: list[_Token], resolve: Resolve, length: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._resolve = resolve
        self._end = _Token("end", "the end", length)

    def peek(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else self._end

    def take(self, *texts: str) -> _Token | None:
        token = self.peek()
        if token.kind == "sign" and token.text in texts:
            self._next += 1
            return token
        return None

    def sum(self, depth: int) -> Quantity:
        if depth > _DEEPEST:
            raise DefinitionError("the brackets are too deep", f"split it: at most {_DEEPEST}", self.peek().at)
        result = self.product(depth)
        while sign := self.take("+", "-"):
            right = self.product(depth)
            result = result + right if sign.text == "+" else result - right
        return result

    def product(self, depth: int) -> Quantity:
        result = self.atom(depth)
        while sign := self.take("*", "/"):
            right = self.atom(depth)
            result = result * right if sign.text == "*" else result / right
        return result

    def atom(self, depth: int) -> Quantity:
        if self.take("-"):
            return exact(-1) * self.atom(depth + 1) if depth < _DEEPEST else self.sum(depth + 1)
        if self.take("("):
            return self._closed(self.sum(depth + 1))
        token = self.peek()
        self._next += 1
        if token.kind == "number":
            return exact(Fraction(token.text.rstrip("%")) / (100 if token.text.endswith("%") else 1))
        if token.kind == "name" and token.text in ("min", "max"):
            return self._function(token.text, depth)
        if token.kind == "name":
            return self._resolve(token.text, token.at)
        raise DefinitionError(f"{token.text!r} stands where a name or a number is expected", "complete the sum", token.at)

    def _function(self, name: str, depth: int) -> Quantity:
        if not self.take("("):
            raise DefinitionError(f"{name} needs brackets", f"write {name}(a, b)", self.peek().at)
        args = [self.sum(depth + 1)]
        while self.take(","):
            args.append(self.sum(depth + 1))
        return self._closed(least(args) if name == "min" else greatest(args))

    def _closed(self, result: Quantity) -> Quantity:
        if not self.take(")"):
            raise DefinitionError("a bracket is not closed", "add )", self.peek().at)
        return result
