"""A book as plain tables: one for each noun, and one more for each of its fields that holds many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from holdbook.model.book import Book
from holdbook.model.fact import Fact
from holdbook.model.kind import DayKind, FigureKind, FlagKind, Kind, ListKind, TableKind
from holdbook.model.nouns import NOUNS
from holdbook.model.plan import Plan, plan_of
from holdbook.render.columns import Column, day_columns, distinct, figure_columns

Tables = dict[str, list[Column]]


def book_tables(book: Book) -> Tables:
    """Every entry of a book, by noun, and every close of its price folders.

    Each row ends with the day the world learnt it, its file and its line. A field that holds many has a table `NOUN_FIELD`.
    """
    found: Tables = {"book": _head(book)}
    for noun, shape in NOUNS.items():
        facts: list[Fact] = list(book.tables.get(noun, {}).values())
        if noun == "trades":
            facts += [trade for ledger in book.ledgers for name in ledger.ids if (trade := ledger.trade(name)) is not None]
        plan = plan_of(shape)
        found[noun] = _entries(facts, plan)
        for field, expected in plan.fields.items():
            if isinstance(expected.kind, ListKind | TableKind):
                found[f"{noun}_{field}"] = _many([(fact.id, getattr(fact, expected.attribute)) for fact in facts], expected.kind)
    found["closes"] = _closes(book)
    return found


def _head(book: Book) -> list[Column]:
    head = book.head
    texts = {"name": head.name, "company": head.company, "currency": head.currency, "folder": head.folder, "extends": head.extends}
    days = [Column("day", "day", [head.day]), Column("known_on", "day", [head.known_on])]
    return [*(Column(name, "text", [text]) for name, text in texts.items()), *days]


def _entries(facts: Sequence[Fact], plan: Plan) -> list[Column]:
    return distinct(
        [
            Column("id", "text", [fact.id for fact in facts]),
            *_fields(facts, plan),
            Column("learnt", "day", [fact.learnt for fact in facts]),
            Column("file", "text", [fact.place.file for fact in facts]),
            Column("line", "whole", [fact.place.line for fact in facts]),
        ]
    )


def _fields(records: Sequence[msgspec.Struct], plan: Plan) -> Iterator[Column]:
    for name, expected in plan.fields.items():
        if not isinstance(expected.kind, ListKind | TableKind):
            yield from _columns(name, expected.kind, [getattr(record, expected.attribute) for record in records])


def _columns(name: str, kind: Kind, values: list[Any]) -> list[Column]:
    if isinstance(kind, FigureKind):
        return figure_columns(name, values)
    if isinstance(kind, DayKind):
        return day_columns(name, values)
    if isinstance(kind, FlagKind):
        return [Column(name, "flag", values)]
    return [Column(name, "text", [None if value is None else str(value) for value in values])]


def _many(rows: Sequence[tuple[str, Any]], kind: ListKind | TableKind) -> list[Column]:
    """A field that holds many, one a row: of which entry, under which key or at which place, and what."""
    items = [(name, key, item) for name, value in rows for key, item in _items(value)]
    found = [Column("id", "text", [name for name, _, _ in items])]
    if isinstance(kind, ListKind):
        found.append(Column("place", "whole", [key for _, key, _ in items]))
        found += _columns("value", kind.of, [item for _, _, item in items])
    elif kind.record is not None:
        found.append(Column("key", "text", [str(key) for _, key, _ in items]))
        found += _fields([item for _, _, item in items], plan_of(kind.record))
    else:
        assert kind.of is not None
        found.append(Column("key", "text", [str(key) for _, key, _ in items]))
        found += _columns("value", kind.of, [item for _, _, item in items])
    return distinct(found)


def _items(value: Any) -> list[tuple[Any, Any]]:
    if value is None:
        return []
    return list(value.items()) if isinstance(value, Mapping) else list(enumerate(value, 1))


def _closes(book: Book) -> list[Column]:
    rows = [(series, index) for series in book.series for index in range(len(series))]
    return [
        Column("asset", "text", [series.asset for series, _ in rows]),
        Column("day", "day", [series.days[index] for series, index in rows]),
        *figure_columns("close", [series.at(index) for series, index in rows]),
        Column("source", "text", [series.source for series, _ in rows]),
        Column("file", "text", [series.file for series, _ in rows]),
        Column("line", "whole", [series.lines[index] for series, index in rows]),
    ]
