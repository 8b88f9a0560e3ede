"""A raw entry into a noun: every field by its kind, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import msgspec

from holdbook.dates import DayError, Span, parse_span
from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, DayKind, FigureKind, FlagKind, FormulaKind, Kind, ListKind, NameKind, TableKind, TextKind
from holdbook.model.nouns import UNDATED
from holdbook.model.source import Source
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Origin, Place
from holdbook.reader.figures import EXAMPLES, FigureError, UnfitError, figure_leaf
from holdbook.reader.plan import Expected, plan_of
from holdbook.reader.written import Listing, Mapping, RawEntry, Scalar, Written

Report = Callable[[str, Scalar | Written, str, str, str], None]


class Mention(NamedTuple):
    """A name that an entry uses of another noun, to be looked up when all entries are there."""

    noun: str
    name: str
    place: Place


class Setting(NamedTuple):
    """What shaping needs to know of the book: its currency, its fiscal year, its sources."""

    currency: str
    fiscal_start: tuple[int, int]
    sources: dict[str, Source]


class Shaper:
    """Shapes entries, gathering problems and the names that they mention."""

    def __init__(self, setting: Setting, excerpt: Callable[[str, int], str]) -> None:
        self.setting = setting
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self._excerpt = excerpt
        self._file = ""
        self._origin = Origin(Place(""))
        self._truncated = False
        self._spoilt = False

    def report(self, reason: str, written: Written, found: str, expected: str, way_out: str) -> None:
        """Note a problem at a place of the entry in hand."""
        place = Place(self._file, *written.spot)
        length = len(written.text) if isinstance(written, Scalar) else 1
        self._spoilt = True
        self.problems.append(Problem(reason, place, found, expected, way_out, self._excerpt(self._file, place.line), max(length, 1)))

    def entry(self, raw: RawEntry, noun: type[Fact]) -> Fact | None:
        """The noun that an entry means, or None if something that it must have cannot be read."""
        self._file, self._spoilt = raw.file, False
        if not isinstance(raw.body, Mapping):
            self.report("wrong-shape", raw.body, "a single value or a list", f"fields of {noun.noun}", "write each field on a line of its own, indented")
            return None
        written = self._fields(raw.body, plan_of(noun), f"{raw.noun} entry {raw.name.text}", raw.name)
        place = Place(raw.file, *raw.name.spot)
        values: dict[str, Any] = {"id": raw.name.text, "place": place}
        values |= self._dated(written, noun, raw)
        self._origin = self._origin_of(values, written, place)
        plan = plan_of(noun)
        for name, value in written.items():
            expected = plan[name]
            if expected.attribute not in values:
                shaped = self.value(value, expected.kind, f"{noun.noun}.{raw.name.text}.{name}")
                if shaped is not None:
                    values[expected.attribute] = shaped
        if any(expected.required and expected.attribute not in values for expected in plan.values()):
            return None
        return noun(**values)

    def _fields(self, body: Mapping, plan: dict[str, Expected], what: str, owner: Scalar) -> dict[str, Written]:
        written: dict[str, Written] = {}
        for key, value in body.pairs:
            if key.text not in plan:
                self.report("unknown-field", key, f"{what} has a field {key.text!r}", "fields of this noun", nearest(key.text, plan))
            elif key.text in written:
                self.report("duplicate-key", key, f"{key.text!r} stands twice", f"once; first in line {written[key.text].spot.line}", "remove one of the two")
            elif not (isinstance(value, Scalar) and value.text == ""):
                written[key.text] = value
        for name, expected in plan.items():
            if expected.required and name not in written:
                self.report("missing-field", owner, f"{what} has no {name!r}", f"{name} must be there", f"add {name}: {_example(expected.kind)}")
        return written

    def _dated(self, written: dict[str, Written], noun: type[Fact], raw: RawEntry) -> dict[str, Any]:
        """The fields that say when the world learnt it and from whom."""
        values: dict[str, Any] = {}
        for name in ("known", "source", "day", "published", "retrieved"):
            if name in written and name in plan_of(noun):
                shaped = self.value(written[name], plan_of(noun)[name].kind, f"{noun.noun}.{raw.name.text}.{name}")
                if shaped is not None:
                    values[name] = shaped
        source = self._source(values.get("source"), written.get("source"), noun, raw)
        learnt, learnt_from = _learnt(values, source)
        if learnt is None and noun.noun not in UNDATED and source is not None:
            self.report("source-undated", written["source"], f"source {source.id} has no day", "published or retrieved", f"give {source.id} a day, or this entry a `known`")
        return values | {"learnt": learnt or date.min, "learnt_from": learnt_from}

    def _source(self, text: str | None, written: Written | None, noun: type[Fact], raw: RawEntry) -> Source | None:
        if text is None or written is None:
            if noun.noun not in UNDATED:
                self.report("source-missing", raw.name, f"{noun.noun} entry {raw.name.text} has no source", "every fact says where it was read", "add source: ID LOCATOR")
            return None
        name = text.split(maxsplit=1)[0]
        source = self.setting.sources.get(name)
        if source is None:
            self.report("unknown-source", written, f"no source {name!r}", "a source that the book lists", nearest(name, self.setting.sources))
        self._truncated = source is not None and source.rounding == "truncated"
        return source

    def _origin_of(self, values: dict[str, Any], written: dict[str, Written], place: Place) -> Origin:
        text = values.get("source") or ""
        name, _, locator = text.partition(" ")
        source = self.setting.sources.get(name)
        title = f"{source.title}, {locator}" if source and locator else source.title if source else text
        speaker = written.get("speaker")
        kind = written.get("kind")
        learnt = values["learnt"]
        return Origin(
            place,
            title,
            speaker.text if isinstance(speaker, Scalar) else "",
            str(values.get("day") or ""),
            learnt.isoformat() if learnt > date.min else "",
            kind.text if isinstance(kind, Scalar) else "",
        )

    def value(self, written: Written, kind: Kind, key: str) -> Any:
        """What a written value means as a kind, or None after noting why not."""
        if isinstance(kind, ListKind):
            return self._list(written, kind, key)
        if isinstance(kind, TableKind):
            return self._table(written, kind, key)
        if not isinstance(written, Scalar):
            self.report("wrong-shape", written, "a list or a mapping", _example(kind), f"write {_example(kind)}")
            return None
        if isinstance(kind, FigureKind):
            return self._figure(written, kind, key)
        if isinstance(kind, DayKind):
            return self._day(written)
        if isinstance(kind, ChoiceKind):
            return self._choice(written, kind)
        if isinstance(kind, FlagKind):
            return self._flag(written)
        if isinstance(kind, NameKind):
            self.mentions.append(Mention(kind.noun, written.text, Place(self._file, *written.spot)))
        return written.text

    def _figure(self, written: Scalar, kind: FigureKind, key: str) -> Any:
        origin = self._origin._replace(place=Place(self._file, *written.spot), words=written.text)
        try:
            return figure_leaf(written.text, kind, self.setting.currency, self._truncated, key, origin)
        except FigureError as error:
            spot = written.spot._replace(column=written.spot.column + max(error.at, 0))
            self.report("bad-figure", Scalar(written.text[max(error.at, 0) :], spot), str(error), EXAMPLES[kind.family], error.way_out)
        except UnfitError as error:
            self.report(error.reason, written, str(error), EXAMPLES[kind.family], error.way_out)
        return None

    def _day(self, written: Scalar) -> Span | None:
        try:
            return parse_span(written.text, self.setting.fiscal_start)
        except DayError as error:
            self.report("bad-day", written, f"{written.text!r} is no day or period", "a day or a period", error.way_out)
            return None

    def _choice(self, written: Scalar, kind: ChoiceKind) -> str | None:
        if written.text in kind.words:
            return written.text
        self.report("bad-choice", written, f"{written.text!r}", f"one of {', '.join(kind.words)}", nearest(written.text, kind.words))
        return None

    def _flag(self, written: Scalar) -> bool | None:
        if written.text in ("yes", "no"):
            return written.text == "yes"
        self.report("bad-choice", written, f"{written.text!r}", "yes or no", "write yes or no")
        return None

    def _list(self, written: Written, kind: ListKind, key: str) -> Any:
        items = written.items if isinstance(written, Listing) else (written,)
        shaped = [self.value(item, kind.of, f"{key}.{number}") for number, item in enumerate(items, 1)]
        return tuple(item for item in shaped if item is not None)

    def _table(self, written: Written, kind: TableKind, key: str) -> Any:
        if not isinstance(written, Mapping):
            self.report("wrong-shape", written, "a single value or a list", "names and values", "write NAME: VALUE on lines of their own, indented")
            return None
        shaped: dict[str, Any] = {}
        for name, value in written.pairs:
            if name.text in shaped:
                self.report("duplicate-key", name, f"{name.text!r} stands twice", "once", "remove one of the two")
                continue
            if kind.key is not None:
                self.mentions.append(Mention(kind.key.noun, name.text, Place(self._file, *name.spot)))
            item = self._record(value, kind.record, f"{key}.{name.text}", name) if kind.record else self._plain(value, kind, f"{key}.{name.text}")
            if item is not None:
                shaped[name.text] = item
        return shaped

    def _plain(self, written: Written, kind: TableKind, key: str) -> Any:
        assert kind.of is not None
        return self.value(written, kind.of, key)

    def _record(self, written: Written, record: type[msgspec.Struct] | None, key: str, name: Scalar) -> Any:
        assert record is not None
        if not isinstance(written, Mapping):
            self.report("wrong-shape", written, "a single value or a list", f"fields of {name.text}", "write each field on a line of its own, indented")
            return None
        plan = plan_of(record)
        fields = self._fields(written, plan, name.text, name)
        values = {plan[field].attribute: self.value(value, plan[field].kind, f"{key}.{field}") for field, value in fields.items()}
        values = {field: value for field, value in values.items() if value is not None}
        if any(expected.required and expected.attribute not in values for expected in plan.values()):
            return None
        return record(**values)


def _learnt(values: dict[str, Any], source: Source | None) -> tuple[date | None, str]:
    if isinstance(values.get("known"), Span):
        return values["known"].last, "stated"
    if source is None:
        return None, ""
    if source.published is not None:
        return source.published.last, "published"
    if source.retrieved is not None:
        return source.retrieved.last, "retrieved"
    return None, ""


def _example(kind: Kind) -> str:
    if isinstance(kind, FigureKind):
        return EXAMPLES[kind.family]
    if isinstance(kind, ChoiceKind):
        return f"one of {', '.join(kind.words)}"
    return {DayKind: "2025-10-31", NameKind: "the id of an entry", FlagKind: "yes or no", FormulaKind: "a sum over facts", TextKind: "words"}.get(type(kind), "...")

