"""What each noun expects of its entries: field by field, the kind and whether it must be there."""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import Kind

_FILLED_IN = frozenset(("id", "place", "learnt", "learnt_from"))


class Expected(NamedTuple):
    """One field: what Python calls it, its kind, and whether it must be there."""

    attribute: str
    kind: Kind
    required: bool


class Plan(NamedTuple):
    """The fields of a noun, by the names that stand in the file, and those of them that must be there."""

    fields: dict[str, Expected]
    required: tuple[str, ...]


@cache
def plan_of(record: type[msgspec.Struct]) -> Plan:
    """The fields that a person writes for a noun or a record within one, by the name that stands in the file."""
    hints: dict[str, Any] = {
        name: hint for base in reversed(record.__mro__) for name, hint in vars(base).get("__annotations__", {}).items()
    }
    fields: dict[str, Expected] = {}
    for field in msgspec.structs.fields(record):
        if not (issubclass(record, Fact) and field.name in _FILLED_IN):
            kind = _kind(hints[field.name])
            fields[field.encode_name.rstrip("_")] = Expected(field.name, kind, field.required)
    return Plan(fields, tuple(name for name, expected in fields.items() if expected.required))


def _kind(hint: Any) -> Kind:
    if get_origin(hint) is Annotated:
        return get_args(hint)[1]  # type: ignore[no-any-return]
    parts = [part for part in get_args(hint) if part is not NoneType]
    if not parts:
        raise TypeError(f"{hint} has no kind")
    return _kind(parts[0])
