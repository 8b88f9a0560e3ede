"""A scenario's file: what it adds to a book, changes in it and leaves out; its shocks stand in `shocks.py`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Names
from datetime import date
from typing import Any

import msgspec

from holdbook.dates import REACH, DayError, in_reach, parse_span
from holdbook.model.fact import Fact
from holdbook.model.nouns import NOUNS
from holdbook.model.scenario import Change, Scenario
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile
from holdbook.reader.head import problem_at
from holdbook.reader.shocks import shocks_of
from holdbook.reader.written import LaidOver, Listing, Mapping, RawEntry, Scalar, Written, scalar, spot
from holdbook.reader.yaml import read_yaml

_ENDINGS = (".yaml", ".yml")
_FIELDS = ("name", "text", "source", "tags", "day")
_SECTIONS = ("scenario", "change", "drop", "shocks")
_SIGNS = re.compile(r"[^a-z0-9_]")


class Layer:
    """A scenario's file as it is laid over the raw entries of a book.

    Fields, once it is laid: `entries` of the book with the scenario, `left_out` the names that are gone, `scenario` what it is (None
    where the file has no readable head), `shocks` as they are written, `alters` whether there is more than shocks, `problems` at its
    own lines.
    """

    def __init__(self, file: TextFile, entries: Sequence[RawEntry]) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.left_out: set[tuple[str, str]] = set()
        self.shocks: Mapping | None = None
        self.alters = False
        self.entries = list(entries)
        self.scenario: Scenario | None = None
        self._changes: list[Change] = []
        stem = os.path.splitext(os.path.basename(file.name))[0].lower()
        self.key = _SIGNS.sub("_", stem)
        self._said = f"scenario {self.key}"
        written, faults = read_yaml(file)
        self.problems += faults
        if isinstance(written, Mapping):
            self._lay(written)
        elif written is not None or not faults:
            self._note(
                written or scalar("", 1, 1),
                "wrong-shape",
                "no sections",
                "scenario:, change:, drop:, shocks: or nouns",
                "begin with scenario:",
            )

    def laid(self, entities: Names[str, Fact]) -> Scenario | None:
        """The scenario with its shocks, once the entities of the book are known."""
        if self.scenario is None or self.shocks is None:
            return self.scenario
        return msgspec.structs.replace(self.scenario, shocks=shocks_of(self.shocks, self.file, self.key, entities, self.problems))

    def _note(self, written: Written, reason: str, found: str, expected: str, way_out: str) -> None:
        self.problems.append(problem_at(self.file, written, reason, found, expected, way_out))

    def _lay(self, written: Mapping) -> None:
        sections: dict[str, Written] = {}
        for key, body in written.value:
            if not isinstance(key, Scalar) or key.value not in (*_SECTIONS, *NOUNS):
                word = key.value if isinstance(key, Scalar) else ""
                expected = "a section of scenarios, or a noun of books"
                self._note(
                    key, "unknown-noun", repr(word) if word else "a key that is no word", expected, nearest(word, [*_SECTIONS, *NOUNS])
                )
            elif key.value in sections:
                self._note(key, "duplicate-key", f"{key.value!r} stands twice", "once in a file", "join the two")
            else:
                sections[key.value] = body
        self.alters = bool(sections.keys() - {"scenario", "shocks"})
        if "drop" in sections:
            self._drop(sections["drop"])
        if "change" in sections:
            self._change(sections["change"])
        for noun in NOUNS:
            if noun in sections:
                self._add(noun, sections[noun])
        shocks = sections.get("shocks")
        if isinstance(shocks, Mapping):
            self.shocks = shocks
        elif shocks is not None and shocks.value != "":
            self._note(
                shocks, "wrong-shape", "a single value or a list", "what moves, and by how much", "write TARGET: -30% on a line of its own"
            )
        self.scenario = self._head(sections.get("scenario"), written)

    def _head(self, body: Written | None, owner: Written) -> Scenario | None:
        fields: dict[str, Written] = {}
        for key, value in body.value if isinstance(body, Mapping) else ():
            if not isinstance(key, Scalar) or key.value not in _FIELDS:
                self._note(
                    key, "unknown-field", f"scenario has a field {key.value!r}", ", ".join(_FIELDS), nearest(str(key.value), _FIELDS)
                )
            else:
                fields[key.value] = value
        said = {name: str(value.value) for name, value in fields.items() if isinstance(value, Scalar) and value.value}
        if "name" not in said or "text" not in said:
            self._note(
                body or owner, "missing-field", "a scenario without name or text", "name and text", "write scenario: {name: ..., text: ...}"
            )
        tags = fields.get("tags")
        words = tuple(str(tag.value) for tag in tags.value if isinstance(tag, Scalar)) if isinstance(tags, Listing) else ()
        place = Place(self.file.name, *spot(body or owner))
        return Scenario(
            key=self.key, name=said.get("name", self.key), text=said.get("text", ""), place=place, source=said.get("source", ""), tags=words,
            day=self._day(fields.get("day")), changes=tuple(self._changes),
        )  # fmt: skip

    def _day(self, written: Written | None) -> date | None:
        if written is None or written.value == "":
            return None
        try:
            span = parse_span(str(written.value))
        except DayError as error:
            self._note(written, "bad-day", f"{written.value!r} is no day", "a day", error.way_out)
            return None
        if not span.is_day:
            self._note(written, "bad-day", f"{written.value!r} is a period", "a day", f"write a day such as {span.first}")
            return None
        if not in_reach(span.first):
            self._note(written, "bad-day", f"{written.value!r} is out of reach", REACH, f"write {REACH}")
            return None
        return span.first

    def _drop(self, body: Written) -> None:
        """Leave entries out, with those that only tell them again; with a source goes all that rests on it."""
        for item in body.value if isinstance(body, Listing) else (body,):
            noun, _, name = str(item.value).partition(".") if isinstance(item, Scalar) else ("", "", "")
            old = self._find(noun, name, item)
            if old is None:
                continue
            gone = [old, *(raw for raw in self.entries if raw is not old and self._goes_with(raw, noun, name))]
            place = Place(self.file.name, *spot(item))
            self._changes += [Change(place, f"{raw.noun}.{raw.name.value}", "", "", Place(raw.file, *spot(raw.name))) for raw in gone]
            self.left_out |= {(raw.noun, raw.name.value) for raw in gone}
            self.entries = [raw for raw in self.entries if not any(raw is one for one in gone)]

    def _goes_with(self, raw: RawEntry, noun: str, name: str) -> bool:
        fields = dict(_scalars(raw.body))
        retells = raw.noun == noun and fields.get("restates") == name
        return retells or (noun == "sources" and raw.noun != "sources" and fields.get("source", "").partition(" ")[0] == name)

    def _find(self, noun: str, name: str, written: Written) -> RawEntry | None:
        """The entry of that name, or None after noting that there is none."""
        if noun not in NOUNS:
            self._note(written, "unknown-noun", f"{noun!r}", "a noun of books, then the id of an entry", nearest(noun, NOUNS))
            return None
        found = next((raw for raw in self.entries if raw.noun == noun and raw.name.value == name), None)
        if found is None and (noun, name) not in self.left_out:
            known = [str(raw.name.value) for raw in self.entries if raw.noun == noun and isinstance(raw.name, Scalar)]
            self._note(written, "unknown-name", f"no {noun} entry {name!r}", f"the id of an entry of {noun}", nearest(name, known))
        return found

    def _change(self, body: Written) -> None:
        for noun, entries in self._pairs(body, "NOUN: {ID: {FIELD: VALUE}}"):
            for name, fields in self._pairs(entries, "ID: {FIELD: VALUE}"):
                old = self._find(str(noun.value), str(name.value), noun if noun.value not in NOUNS else name)
                if old is None:
                    continue
                if not isinstance(fields, Mapping) or not isinstance(old.body, Mapping):
                    self._note(fields, "wrong-shape", "a single value or a list", "fields and their new values", "write FIELD: VALUE")
                    continue
                body = self._merged(old.body, fields, f"{noun.value}.{name.value}", old.file)
                self.entries[self.entries.index(old)] = old._replace(body=body)

    def _pairs(self, body: Written, shape: str) -> Iterator[tuple[Scalar, Written]]:
        """The names and values of a mapping; `a.b: value` is `a: {b: value}`."""
        if not isinstance(body, Mapping):
            if not isinstance(body, Scalar) or body.value:
                self._note(body, "wrong-shape", "a single value or a list", shape, f"write {shape}")
            return
        for key, value in body.value:
            if not isinstance(key, Scalar):
                self._note(key, "wrong-shape", "a list or a mapping for a name", "a name", "write a word")
                continue
            first, dot, rest = key.value.partition(".")
            if not dot:
                yield key, value
                continue
            inner = Scalar("", rest, key.start_mark, None)
            yield Scalar("", first, key.start_mark, None), Mapping("", [(inner, value)], value.start_mark, None)

    def _merged(self, old: Mapping, new: Mapping, what: str, file: str) -> Mapping:
        """An entry's fields with those that the scenario gives; within a table field by field."""
        pairs = list(old.value)
        for key, value in self._pairs(new, "FIELD: VALUE"):
            at = next((index for index, (name, _) in enumerate(pairs) if isinstance(name, Scalar) and name.value == key.value), None)
            before = None if at is None else pairs[at][1]
            name = f"{what}.{key.value}"
            if isinstance(value, Mapping) and isinstance(before, Mapping):
                laid: Written = self._merged(before, value, name, file)
            else:
                spot_before = Place("") if before is None else Place(file, *spot(before))
                words = "" if before is None else _words(before)
                self._changes.append(Change(Place(self.file.name, *spot(value)), name, _words(value), words, spot_before))
                laid = self._over(value, f"{words} at {spot_before}" if before is not None else "")
            if at is None:
                pairs.append((self._over(key), laid))
            else:
                pairs[at] = (pairs[at][0], laid)
        return Mapping("", pairs, old.start_mark, None)

    def _add(self, noun: str, body: Written) -> None:
        taken = {raw.name.value for raw in self.entries if raw.noun == noun and isinstance(raw.name, Scalar)}
        if not isinstance(body, Mapping):
            if not isinstance(body, Scalar) or body.value:
                self._note(body, "wrong-shape", "a single value or a list", f"entries of {noun}", "write ID: and its fields below it")
            return
        for name, fields in body.value:
            if isinstance(name, Scalar) and name.value in taken:
                found = f"{noun} has an entry {name.value!r} already"
                self._note(name, "duplicate-id", found, "a new id, or a change", f"put it below change: {noun}:, or rename it")
                continue
            self._changes.append(Change(Place(self.file.name, *spot(name)), f"{noun}.{name.value}", "added"))
            self.entries.append(RawEntry(noun, self._over(name), self._over(fields), self.file.name))

    def _over(self, written: Any, instead: str = "") -> Any:
        """The same value, marked as the scenario's, and all that is within it."""
        mark = LaidOver(written.start_mark, self.file.name, self._said, instead)
        if isinstance(written, Mapping):
            return Mapping("", [(self._over(key), self._over(value, instead)) for key, value in written.value], mark, None)
        if isinstance(written, Listing):
            return Listing("", [self._over(item, instead) for item in written.value], mark, None)
        return Scalar("", written.value, mark, None, style=written.style)


def _scalars(body: Written) -> Iterator[tuple[str, str]]:
    for key, value in body.value if isinstance(body, Mapping) else ():
        if isinstance(key, Scalar) and isinstance(value, Scalar):
            yield key.value, value.value


def _words(written: Written) -> str:
    return str(written.value) if isinstance(written, Scalar) else "what stands there"
