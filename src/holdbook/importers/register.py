"""What a register of owners says, as a file of a book: parties, edges between them, and the publications that say so."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from holdbook.importers.generated import Change, changed, made
from holdbook.importers.thirteen_f import Imported
from holdbook.model.book import Book
from holdbook.model.entity import Entity
from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import text_of

Fields = Mapping[str, "str | Sequence[str] | Fields"]
GENERATED = ("bods-", "gleif-")
_END = 6
_LONGEST = 90
_WORD = re.compile(r"[a-z_]+")


class Party(NamedTuple):
    """Somebody who owns or is owned: the key of the register, and what becomes an entity; `id` where the key makes one for all files.

    `source` is where the register described it, `statement` what it said beyond that, by the id of its statement.
    A name that is the key is none: another file may know it.
    """

    key: str
    name: str
    kind: str
    country: str = ""
    founded: str = ""
    note: str = ""
    id: str = ""
    source: str = ""
    statement: Fields | None = None


class Edge(NamedTuple):
    """One relation, between two keys of the register; `part` is as a book writes it, days are ISO 8601 or empty.

    `before` is the id of the edge that it corrects, `statement` what the register said beyond all this, by the id of its statement.
    """

    id: str
    start: str
    type: str
    end: str
    part: str
    day: str
    until: str
    known: str
    source: str
    role: str = ""
    before: str = ""
    statement: Fields | None = None


class Publication(NamedTuple):
    """A source of the book: its id, its title, the day on which it was published, and its other fields as a book writes them."""

    id: str
    title: str
    day: str
    more: Mapping[str, str | tuple[str, ...]] = MappingProxyType({})


class Register(NamedTuple):
    """All of it."""

    parties: dict[str, Party]
    edges: list[Edge]
    publications: dict[str, Publication]
    remarks: list[str]


class Form(NamedTuple):
    """A form of register: its name, how a text of it is read (the second is the name for its sources), and what it is in words."""

    kind: str
    read: Callable[[str, str], Register]
    expected: str


def slug(text: str, otherwise: str = "party") -> str:
    """An id of a book: small letters, digits and _, beginning with a letter.

    >>> slug("Pérez & Söhne GmbH")
    'perez_sohne_gmbh'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
    return words if words[:1].isalpha() else f"{otherwise}_{words}".rstrip("_")


def import_registers(
    book: Book, folder: str, paths: Sequence[str], form: Form, progress: Callable[[str], None] = lambda _: None
) -> Imported:
    """The owners that some files tell of, a book file for each file."""
    found = Imported([], [], [])
    registers: dict[str, Register] = {}
    for number, path in enumerate(paths, 1):
        progress(f"{number} of {len(paths)}: {path}")
        text = text_of(path, path, found.problems)
        try:
            if text is not None:
                registers[path] = form.read(text, f"{form.kind}_{_stem(path, form)}")
        except ValueError as error:
            found.problems.append(_unreadable(path, error, form.expected))
    named = {key: party for one in registers.values() for key, party in one.parties.items() if party.name != key}
    earlier: set[str] = set()
    for path, register in registers.items():
        register.parties.update({key: named.get(key, party) for key, party in register.parties.items()})
        found.remarks.extend(f"{path}: {remark}" for remark in register.remarks)
        change = _change(book, folder, path, register, form, earlier)
        if change is not None:
            (found.changes if isinstance(change, Change) else found.problems).append(change)  # type: ignore[arg-type]
    return found


def _stem(path: str, form: Form) -> str:
    return slug(os.path.basename(path).rpartition(".")[0] or path).removeprefix(f"{form.kind}_")


def _change(book: Book, folder: str, path: str, register: Register, form: Form, earlier: set[str]) -> Change | Problem | None:
    """What is to become of the book file of a file, if there is anything to write."""
    name = f"{form.kind}-{_stem(path, form).replace('_', '-')}.yaml"
    shown = f"{book.head.folder}/{name}"
    text = body(book, register, shown, earlier)
    return changed(os.path.join(folder, name), shown, made(form.kind, os.path.basename(path), text)) if text else None


def _unreadable(path: str, error: ValueError, expected: str) -> Problem:
    """The problem of a file that is not what it should be."""
    found = "".join(sign if sign.isprintable() else "?" for sign in str(error))[:200]
    return Problem("wrong-shape", Place(path, 1, 1), found, expected, "give such a file, or mend this one")


def body(book: Book, register: Register, target: str, earlier: set[str]) -> str:
    """The text of a book file: entities that stand nowhere else, sources, relations. `target` is that file.

    `earlier` are the entities that files before it in the same import define; those of this one are added to it.
    """
    ids = {key: _id(book, key, party) for key, party in register.parties.items()}
    known = {entity.id for entity in book.all(Entity) if entity.place.file != target} | earlier
    lines = [line for key, party in register.parties.items() if ids[key] not in known for line in _party(ids[key], party, register)]
    earlier.update(ids.values())
    parts = [
        ("entities:", lines),
        (
            "sources:",
            [f"  {one.id}: {_flow({'title': one.title, 'published': one.day, **one.more})}" for one in register.publications.values()],
        ),
        ("relations:", [f"  {edge.id}: {_flow(_edge(edge, ids))}" for edge in register.edges]),
    ]
    return "".join(f"{line}\n" for head, rows in parts if rows for line in (head, *rows))


def _id(book: Book, key: str, party: Party) -> str:
    """The id of a party: that of an entity of this name that a person wrote, else one made of the name and the end of its key.

    So it is the same in every import, whatever else was imported.
    """
    if party.id:
        return party.id
    name = party.name.casefold()
    for one in book.all(Entity):
        if not one.place.file.rpartition("/")[2].startswith(GENERATED) and name in (
            one.name.casefold(),
            *(told.casefold() for told in one.aka or ()),
        ):
            return one.id
    return f"{slug(party.name)}_{slug(key)[-_END:].strip('_')}"


def _party(name: str, party: Party, register: Register) -> Iterable[str]:
    fields = {"name": party.name, "kind": party.kind, "country": party.country, "founded": party.founded}
    source = party.source or next(
        (edge.source for edge in register.edges if party.key in (edge.start, edge.end)), next(iter(register.publications), "")
    )
    yield f"  {name}: {_flow({**fields, 'source': f'{source} {party.key}', 'note': party.note, 'statement': party.statement or {}})}"


def _edge(edge: Edge, ids: dict[str, str]) -> Fields:
    return {
        "from": ids[edge.start], "type": edge.type, "to": ids[edge.end], "part": edge.part, "day": edge.day, "until": edge.until,
        "known": edge.known, "role": edge.role, "supersedes": edge.before, "source": edge.source,
        "statement": edge.statement or {},
    }  # fmt: skip


def _flow(fields: Fields) -> str:
    """A mapping on one line; every value in quotes, so that no name is read as a number or a yes."""
    return (
        "{" + ", ".join(f"{key if _WORD.fullmatch(key) else _quoted(key)}: {_value(value)}" for key, value in fields.items() if value) + "}"
    )


def _value(value: str | Sequence[str] | Fields) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return _flow(value) if isinstance(value, Mapping) else f"[{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
