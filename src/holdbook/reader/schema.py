"""The JSON Schema of a book's YAML files, made from the nouns, so that an editor completes and checks."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from holdbook.model.kind import ChoiceKind, DayKind, FigureKind, FlagKind, Kind, ListKind, NameKind, TableKind, TimeKind
from holdbook.model.nouns import NOUNS
from holdbook.model.plan import plan_of
from holdbook.reader.figures import EXAMPLES
from holdbook.reader.head import FIELDS

_PLAIN = {"type": ["string", "number"]}


def book_schema() -> str:
    """The schema as JSON text: any file of a book may hold the head and any nouns."""
    entries = {noun: _noun(shape) for noun, shape in NOUNS.items()}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A book of holdbook",
        "type": ["object", "null"],
        "properties": {
            "book": _head(),
            **{noun: {"type": ["object", "null"], "additionalProperties": entry} for noun, entry in entries.items()},
        },
        "additionalProperties": False,
    }
    return json.dumps(schema, indent=2)


def scenario_schema() -> str:
    """The schema of a scenario's file: what it is, what it changes and leaves out, its shocks, and entries that it adds."""
    words = {"type": "string"}
    change = {"type": ["string", "number"]}
    step = {
        "anyOf": [
            change,
            {"type": "object", "properties": {"change": change, "over": words}, "required": ["change"], "additionalProperties": False},
        ]
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of holdbook",
        "type": "object",
        "properties": {
            "scenario": {
                "type": "object",
                "properties": {"name": words, "text": words, "source": words, "day": words, "tags": {"type": "array", "items": words}},
                "required": ["name", "text"],
                "additionalProperties": False,
            },
            "change": {"type": "object"},
            "drop": {"type": "array", "items": words},
            "shocks": {"type": "object", "additionalProperties": {"anyOf": [step, {"type": "array", "items": step}]}},
            **{noun: {"type": "object", "additionalProperties": _noun(shape)} for noun, shape in NOUNS.items()},
        },
        "required": ["scenario"],
        "additionalProperties": False,
    }
    return json.dumps(schema, indent=2)


def _head() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict.fromkeys(FIELDS, _PLAIN),
        "required": ["name", "company", "currency", "day"],
        "additionalProperties": False,
    }


def _noun(shape: type[msgspec.Struct]) -> dict[str, Any]:
    plan = plan_of(shape)
    properties = {name: _kind(expected.kind) for name, expected in plan.fields.items()}
    return {
        "type": "object",
        "description": (shape.__doc__ or "").split("\n")[0],
        "properties": properties,
        "required": list(plan.required),
        "additionalProperties": False,
    }


def _kind(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, ChoiceKind):
        return {"enum": [int(word) if word.isdigit() else word for word in kind.words]}
    if isinstance(kind, FlagKind):
        return {"enum": ["yes", "no", True, False]}
    if isinstance(kind, ListKind):
        return {"anyOf": [{"type": "array", "items": _kind(kind.of)}, _kind(kind.of)]}
    if isinstance(kind, TableKind):
        item = _noun(kind.record) if kind.record is not None else _kind(kind.of) if kind.of is not None else {}
        return {"type": "object", "additionalProperties": item}
    descriptions = {
        DayKind: "a day or a period",
        TimeKind: "a time of day and its zone, such as 15:30 Asia/Tokyo",
        NameKind: f"the id of an entry of {getattr(kind, 'noun', '')}",
    }
    text = EXAMPLES[kind.family] if isinstance(kind, FigureKind) else descriptions.get(type(kind), "text")
    return {**_PLAIN, "description": text}
