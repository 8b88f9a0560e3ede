"""A raw entry into a noun: every field by its kind, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import msgspec

from holdbook.dates import DayError, Span, clock_time, parse_span
from holdbook.model.fact import Fact
from holdbook.model.kind import (
    ChoiceKind,
    DayKind,
    FigureKind,
    FlagKind,
    FormulaKind,
    Kind,
    ListKind,
    NameKind,
    TableKind,
    TextKind,
    TimeKind,
)
from holdbook.model.nouns import UNDATED
from holdbook.model.plan import Plan, plan_of
from holdbook.model.source import Source
from holdbook.problems import Problem, nearest
from holdbook.quantity.origin import Origin, Place
from holdbook.reader.figures import FigureError, UnfitError, example, figure_leaf
from holdbook.reader.written import LaidOver, Listing, Mapping, RawEntry, Scalar, Written, laid_over, length, scalar, spot

_LINKS = ("restates", "supersedes")
_LONGEST = 120
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_DATING = ("known", "source", "day", "published", "retrieved")


class Mention(NamedTuple):
    """A name that an entry uses of another noun, to be looked up when all entries are there."""

    noun: str
    name: str
    place: Place


class Setting(NamedTuple):
    """What shaping needs to know of the folder in which an entry stands: its currency and its fiscal year."""

    currency: str
    fiscal_start: tuple[int, int]


class Shaper:
    """Shapes entries, gathering problems and the names that they mention.

    `settings` are by folder: an entry of an extended book keeps the currency of its own. `sources` may still be filled.
    """

    def __init__(self, settings: dict[str, Setting], sources: dict[str, Source], excerpt: Callable[[str, int], str]) -> None:
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self._settings = settings
        self._sources = sources
        self._excerpt = excerpt
        self._file = ""
        self._setting = Setting("", (1, 1))
        self._origin = Origin(Place(""))
        self._truncated = False

    def report(self, reason: str, written: Written, found: str, expected: str, way_out: str) -> None:
        """Note a problem at a place of the entry in hand."""
        place = self._place(written)
        line = self._excerpt(place.file, place.line)
        self.problems.append(Problem(reason, place, _short(found), expected, _short(way_out), line, length(written)))

    def _place(self, written: Written) -> Place:
        """Where a value stands: in the file of its entry, or in that of the scenario that changed it."""
        over = laid_over(written)
        return Place(self._file if over is None else over.file, *spot(written))

    def entry(self, raw: RawEntry, noun: type[Fact]) -> Fact | None:
        """The noun that an entry means, or None if something that it must have cannot be read."""
        self._file = raw.file
        self._setting = self._settings[raw.file.partition("/")[0]]
        if not isinstance(raw.body, Mapping):
            self.report(
                "wrong-shape",
                raw.body,
                "a single value or a list",
                f"fields of {noun.noun}",
                "write each field on a line of its own, indented",
            )
            return None
        name = str(raw.name.value)
        plan = plan_of(noun)
        written = self._fields(raw.body, plan, f"{noun.noun} entry {name}", raw.name)
        values: dict[str, Any] = {"id": name, "place": self._place(raw.name)}
        self._date(values, written, plan, noun, raw.name)
        self._origin = self._origin_of(values, written)
        key = f"{noun.noun}.{name}."
        for field, value in written.items():
            expected = plan.fields[field]
            if field in _LINKS and isinstance(value, Scalar):
                self.mentions.append(Mention(noun.noun, value.value, self._place(value)))
            if expected.attribute not in values:
                shaped = self.value(value, expected.kind, key + field)
                if shaped is not None:
                    values[expected.attribute] = shaped
        return noun(**values) if self._whole(plan, values) else None

    def _whole(self, plan: Plan, values: dict[str, Any]) -> bool:
        return all(plan.fields[name].attribute in values for name in plan.required)

    def _fields(self, body: Mapping, plan: Plan, what: str, owner: Scalar) -> dict[str, Written]:
        written: dict[str, Written] = {}
        for key, value in body.value:
            name = key.value
            if not isinstance(key, Scalar) or name not in plan.fields:
                known = "fields of this noun"
                found = f"a field {name!r}" if isinstance(key, Scalar) else "a list or a mapping for a field"
                self.report("unknown-field", key, f"{what} has {found}", known, nearest(str(name), plan.fields))
            elif name in written:
                self.report(
                    "duplicate-key", key, f"{name!r} stands twice", f"once; first in line {spot(written[name])[0]}", "remove one of the two"
                )
            elif value.value != "":
                written[name] = value
        for name in plan.required:
            if name not in written:
                wanted = self._example(plan.fields[name].kind)
                self.report("missing-field", owner, f"{what} has no {name!r}", f"{name} must be there", f"add {name}: {wanted}")
        return written

    def _date(self, values: dict[str, Any], written: dict[str, Written], plan: Plan, noun: type[Fact], owner: Scalar) -> None:
        """Fill in when the world learnt it and from whom."""
        for name in _DATING:
            if name in written and name in plan.fields:
                shaped = self.value(written[name], plan.fields[name].kind, name)
                if shaped is not None:
                    values[name] = shaped
        dated = noun.noun not in UNDATED
        supposed = laid_over(owner) is not None and "source" not in written  # of what a scenario adds, the scenario is the source
        source = self._source(values.get("source"), written.get("source"), owner, required=dated and not supposed)
        learnt, learnt_from = (date.min, "stated") if supposed and "known" not in values else _learnt(values, source)
        if learnt is None and dated and source is not None:
            self.report(
                "source-undated",
                written["source"],
                f"source {source.id} has no day",
                "published or retrieved",
                f"give {source.id} a day, or this entry a `known`",
            )
        values["learnt"] = learnt or date.min
        values["learnt_from"] = learnt_from

    def _source(self, text: str | None, written: Written | None, owner: Scalar, *, required: bool) -> Source | None:
        if text is None or written is None:
            if required:
                self.report(
                    "source-missing", owner, f"{owner.value} has no source", "every fact says where it was read", "add source: ID LOCATOR"
                )
            return None
        name = text.partition(" ")[0]
        source = self._sources.get(name)
        if source is None:
            self.report("unknown-source", written, f"no source {name!r}", "a source that the book lists", nearest(name, self._sources))
        self._truncated = source is not None and source.rounding == "truncated"
        return source

    def _origin_of(self, values: dict[str, Any], written: dict[str, Written]) -> Origin:
        text = values.get("source") or ""
        name, _, locator = text.partition(" ")
        source = self._sources.get(name)
        title = f"{source.title}, {locator}" if source and locator else source.title if source else text
        speaker = written.get("speaker")
        kind = written.get("kind")
        learnt = values["learnt"]
        return Origin(
            values["place"],
            title,
            speaker.value if isinstance(speaker, Scalar) else "",
            str(values["day"]) if "day" in values else "",
            learnt.isoformat() if learnt > date.min else "",
            kind.value if isinstance(kind, Scalar) else "",
        )

    def value(self, written: Written, kind: Kind, key: str) -> Any:
        """What a written value means as a kind, or None after noting why not."""
        shape = type(kind)
        if shape is ListKind:
            return self._list(written, kind, key)  # type: ignore[arg-type]
        if shape is TableKind:
            return self._table(written, kind, key)  # type: ignore[arg-type]
        if not isinstance(written, Scalar):
            wanted = self._example(kind)
            self.report("wrong-shape", written, "a list or a mapping", wanted, f"write {wanted}")
            return None
        if not written.value.isprintable() and _CONTROL.search(written.value):
            self.report("wrong-shape", written, f"{written.value!r}, with a control character", "words that can be shown", "remove it")
            return None
        return written.value if shape in (TextKind, FormulaKind) else self._single(written, kind, key)

    def _single(self, written: Scalar, kind: Kind, key: str) -> Any:
        if isinstance(kind, FigureKind):
            return self._figure(written, kind, key)
        if isinstance(kind, DayKind):
            return self._day(written)
        if isinstance(kind, TimeKind):
            return self._time(written)
        if isinstance(kind, ChoiceKind):
            return self._choice(written, kind)
        if isinstance(kind, FlagKind):
            return self._flag(written)
        if isinstance(kind, NameKind):
            self.mentions.append(Mention(kind.noun, written.value, self._place(written)))
        return written.value

    def _figure(self, written: Scalar, kind: FigureKind, key: str) -> Any:
        origin = self._origin._replace(place=self._place(written), words=written.value)
        over = laid_over(written)
        if over is not None:
            key, origin = f"{key} ({over.scenario})", origin._replace(source=_supposed(over, origin.source), speaker="")
        try:
            return figure_leaf(written.value, kind, self._setting.currency, self._truncated, key, origin)
        except FigureError as error:
            line, column = spot(written)
            at = max(error.at, 0)
            column += written.style in ("'", '"')
            culprit = scalar(written.value[at:], line, column + at)
            if over is not None:
                culprit.start_mark = LaidOver(culprit.start_mark, over.file, over.scenario)
            self.report("bad-figure", culprit, str(error), example(kind, self._setting.currency), error.way_out)
        except UnfitError as error:
            self.report(error.reason, written, str(error), example(kind, self._setting.currency), error.way_out)
        return None

    def _example(self, kind: Kind) -> str:
        return example(kind, self._setting.currency) if isinstance(kind, FigureKind) else _example(kind)

    def _day(self, written: Scalar) -> Span | None:
        try:
            return parse_span(written.value, self._setting.fiscal_start)
        except DayError as error:
            self.report("bad-day", written, f"{written.value!r} is no day or period", "a day or a period", error.way_out)
            return None

    def _time(self, written: Scalar) -> str | None:
        try:
            clock_time(written.value)
        except DayError as error:
            self.report("bad-time", written, f"{written.value!r} is no time of a place", "a time of day and its zone", error.way_out)
            return None
        return str(written.value)

    def _choice(self, written: Scalar, kind: ChoiceKind) -> str | None:
        if written.value in kind.words:
            return str(written.value)
        self.report("bad-choice", written, f"{written.value!r}", f"one of {', '.join(kind.words)}", nearest(written.value, kind.words))
        return None

    def _flag(self, written: Scalar) -> bool | None:
        if written.value in ("yes", "no"):
            return bool(written.value == "yes")
        self.report("bad-choice", written, f"{written.value!r}", "yes or no", "write yes or no")
        return None

    def _list(self, written: Written, kind: ListKind, key: str) -> Any:
        items = written.value if isinstance(written, Listing) else (written,)
        shaped = [self.value(item, kind.of, f"{key}.{number}") for number, item in enumerate(items, 1)]
        return tuple(item for item in shaped if item is not None)

    def _table(self, written: Written, kind: TableKind, key: str) -> Any:
        if not isinstance(written, Mapping):
            self.report(
                "wrong-shape", written, "a single value or a list", "names and values", "write NAME: VALUE on lines of their own, indented"
            )
            return None
        shaped: dict[str, Any] = {}
        for name, value in written.value:
            if not isinstance(name, Scalar):
                self.report("wrong-shape", name, "a list or a mapping for a name", "a name", "write a word")
                continue
            if name.value in shaped:
                self.report("duplicate-key", name, f"{name.value!r} stands twice", "once", "remove one of the two")
                continue
            if kind.key is not None:
                self.mentions.append(Mention(kind.key.noun, name.value, self._place(name)))
            item = (
                self._record(value, kind.record, f"{key}.{name.value}", name)
                if kind.record
                else self._plain(value, kind, f"{key}.{name.value}")
            )
            if item is not None:
                shaped[name.value] = item
        return shaped

    def _plain(self, written: Written, kind: TableKind, key: str) -> Any:
        assert kind.of is not None
        return self.value(written, kind.of, key)

    def _record(self, written: Written, record: type[msgspec.Struct] | None, key: str, name: Scalar) -> Any:
        assert record is not None
        if not isinstance(written, Mapping):
            self.report(
                "wrong-shape",
                written,
                "a single value or a list",
                f"fields of {name.value}",
                "write each field on a line of its own, indented",
            )
            return None
        plan = plan_of(record)
        fields = self._fields(written, plan, name.value, name)
        shaped = {
            plan.fields[field].attribute: self.value(value, plan.fields[field].kind, f"{key}.{field}") for field, value in fields.items()
        }
        values = {field: value for field, value in shaped.items() if value is not None}
        return record(**values) if self._whole(plan, values) else None


def _supposed(over: LaidOver, source: str) -> str:
    """Who says a figure that a scenario wrote, and what it stands for."""
    return f"{over.scenario}, instead of {over.instead} ({source})" if over.instead else over.scenario


def _short(text: str) -> str:
    """A text that a person can take in; the middle of a long one is left out."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} ... {text[-_LONGEST // 3 :]}"


def _learnt(values: dict[str, Any], source: Source | None) -> tuple[date | None, str]:
    if isinstance(values.get("known"), Span):
        return values["known"].last, "stated" if values["known"].is_day else "period"
    if source is None:
        return None, ""
    if source.published is not None:
        return source.published.last, "published"
    if source.retrieved is not None:
        return source.retrieved.last, "retrieved"
    return None, ""


def _example(kind: Kind) -> str:
    if isinstance(kind, ChoiceKind):
        return f"one of {', '.join(kind.words)}"
    return {
        DayKind: "2025-10-31",
        TimeKind: "15:30 Asia/Tokyo",
        NameKind: "the id of an entry",
        FlagKind: "yes or no",
        FormulaKind: "a sum over facts",
        TextKind: "words",
    }.get(type(kind), "...")
