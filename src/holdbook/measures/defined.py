"""Measures that a book defines itself: the sum over the figures of a day, and the company's own in place of the usual one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from holdbook.measures.published import Sourced
from holdbook.model.balance import Balance
from holdbook.model.definition import Definition
from holdbook.model.kind import ChoiceKind, Family, FigureKind, unit_of
from holdbook.model.plan import plan_of
from holdbook.model.statement import Statement
from holdbook.quantity.definition import DefinitionError, define
from holdbook.quantity.needs import known
from holdbook.quantity.quantity import Quantity, UnitError, unknown
from holdbook.quantity.unit import UNIT
from holdbook.timeline.names import UnknownNameError, entry, quantity
from holdbook.timeline.rates import convert
from holdbook.timeline.view import View
from holdbook.valuation.value import table_of

Standard = Callable[[View], Sourced]
Plain = Callable[[View], Quantity | None]

_MEASURES: dict[str, Standard | Plain] = {}
_FAMILIES: dict[str, Family] = {}
_GROUPS = ("deductions", "lines", "parts", "bridge", "self_financing", "parts_per_share")
_ALSO = {"holdings": "equity_value_of_holdings", "net_debt": "adjusted_net_debt", "shares": "shares_outstanding"}
PUBLISHED = {usual: field for field, usual in _ALSO.items()} | {
    name: name for name in ("nav", "loan_to_value", "nav_per_share", "discount")
}  # fmt: skip


def definable(standard: Standard) -> Standard:
    """A measure that a definition can name, and that the company's own definition of the same name stands in for.

    A figure of the company's own table comes first; where the definition lacks a figure that matters the measure is missing.
    """
    name = standard.__name__

    @wraps(standard)
    def measure(view: View) -> Sourced:
        own = definition_of(view, name)
        if own is None or own.id in _busy(view):
            return standard(view)
        value, usual = evaluated(view, own), standard(view)
        if usual.how == "published":
            return usual
        value = value.named(name, f"definitions.{own.id}: {own.formula}")
        return Sourced(value, "missing" if known(value) == "no" else "defined")

    _MEASURES[name] = measure
    return measure


def measures() -> list[str]:
    """The names of the measures that a definition can use, or stand in for."""
    return list(_MEASURES)


def nameable(family: Family) -> Callable[[Plain], Plain]:
    """A measure that a definition can name, and what it is of: an amount, a price, a ratio."""

    def named(measure: Plain) -> Plain:
        _MEASURES[measure.__name__] = measure
        _FAMILIES[measure.__name__] = family
        return measure

    return named


def definition_of(view: View, measure: str) -> Definition | None:
    """The company's own definition of a measure in force on the day, the latest first; none of another holder."""
    found = [one for one in definitions(view) if (one.measure or one.id) == measure and (one.holder or view.company) == view.company]
    return max(found, key=lambda one: (one.day is not None, one.day or view.span, one.id), default=None)


def definitions(view: View) -> list[Definition]:
    """All definitions in force on the day of the view."""
    return [one for one in view.counted(Definition) if view.in_force(one)]


def evaluated(view: View, definition: Definition) -> Quantity:
    """What a definition comes to on the day; one that cannot be read is unknown, and a check says why."""
    try:
        return reckoned(view, definition).named(f"definitions.{definition.id}", definition.formula)
    except (DefinitionError, UnknownNameError, UnitError):
        return unknown(f"definitions.{definition.id} in words that can be read")


def reckoned(view: View, definition: Definition) -> Quantity:
    """What a definition comes to on the day of the view, in the book's currency.

    Within it the measure that it stands in for means the usual one. Raises DefinitionError, UnknownNameError or UnitError.
    """
    busy = _busy(view)
    if definition.id in busy:
        raise DefinitionError(f"definitions.{definition.id} rests on itself", "name the figures that it is made of", 0)
    busy.append(definition.id)
    try:
        return define(definition.formula, lambda name, _: _named(view, name))
    finally:
        busy.pop()


def _busy(view: View) -> list[str]:
    """The definitions that are being evaluated, the outermost first."""
    found: list[str] = view.kept.setdefault("defining", [])
    return found


def _named(view: View, name: str) -> Quantity:
    """The figure that a name of a formula means on the day, in the book's currency."""
    first, _, rest = name.partition(".")
    if not rest:
        found = _bare(view, first)
    elif first in ("statement", *_GROUPS):
        found = _of_table(view, rest)
    elif first == "measures":
        found = _measure(view, rest)
    elif first == "definitions" and "." not in rest:
        found = _other(view, rest)
    elif first == "balances" and rest in _items():
        found = _balance(view, rest)
    else:
        found = _fact(view, name)
    return convert(view, found, view.currency)


def _bare(view: View, name: str) -> Quantity:
    """A figure of the day under one word: of its table, of a balance, else the measure of that name."""
    table = table_of(view)
    stated = _figure(table, name) if table is not None else None
    if stated is not None:
        return stated
    if name in _items() and (balance := _stated_balance(view, name)) is not None:
        return balance
    usual = _ALSO.get(name, name)
    if usual in _MEASURES:
        return _measure(view, usual)
    if name in _fields() or name in _items() or _printed(view, name):
        return _nothing(view, name)
    if any(one.id == name for one in view.facts(Definition)):
        return _other(view, name)
    raise UnknownNameError(name, name, [*_fields(), *_items(), *_MEASURES])


def _of_table(view: View, path: str) -> Quantity:
    table = table_of(view)
    name = path.rsplit(".", 1)[-1]
    found = None if table is None else _figure(table, name)
    if found is not None:
        return found
    if name not in _fields() and not _printed(view, name):
        raise UnknownNameError(f"statement.{path}", name, list(_fields()))
    return _nothing(view, name)


def _nothing(view: View, name: str) -> Quantity:
    """A figure of the day that nobody states, as wide as the kind of its field."""
    key, kind = f"{name} of {view.book.name_of(view.company)} on {view.day}", _fields().get(name)
    if kind is None:
        return unknown(key, UNIT(view.currency), floor=0)
    return unknown(key, unit_of(kind.family, view.currency), floor=kind.floor, ceiling=kind.ceiling)


def _figure(table: Statement, name: str) -> Quantity | None:
    """A figure of a table: a field of it, or a line of one of its lists."""
    stated = getattr(table, name) if name in _fields() else None
    if stated is not None:
        return stated  # type: ignore[no-any-return]
    return next((lines[name] for group in _GROUPS if name in (lines := getattr(table, group) or {})), None)


def _fields() -> dict[str, FigureKind]:
    """The fields of a table that hold a figure."""
    return {name: field.kind for name, field in plan_of(Statement).fields.items() if isinstance(field.kind, FigureKind)}


def _printed(view: View, name: str) -> bool:
    """Whether any table of the book has a line of that name."""
    return any(name in (getattr(table, group) or {}) for table in view.book.all(Statement) for group in _GROUPS)


def _items() -> tuple[str, ...]:
    """The accounts that a balance can be of."""
    kind = plan_of(Balance).fields["item"].kind
    return kind.words if isinstance(kind, ChoiceKind) else ()


def _balance(view: View, item: str) -> Quantity:
    found = _stated_balance(view, item)
    return found if found is not None else unknown(f"{item} on {view.day}", UNIT(view.currency))


def _stated_balance(view: View, item: str) -> Quantity | None:
    for balance in view.actual(Balance):
        mine = balance.item == item and balance.debt is None and (balance.entity or view.company) == view.company
        if mine and balance.day is not None and balance.day.is_day and balance.day.first == view.day:
            return balance.amount if balance.amount is not None else balance.count
    return None


def _measure(view: View, name: str) -> Quantity:
    if name not in _MEASURES:
        raise UnknownNameError(f"measures.{name}", name, list(_MEASURES))
    found = _MEASURES[name](view)
    value = found.quantity if isinstance(found, Sourced) else found
    return value if value is not None else unknown(f"{name} on {view.day}", unit_of(_FAMILIES.get(name, "money"), view.currency))


def _other(view: View, name: str) -> Quantity:
    for one in view.counted(Definition):
        if one.id == name:
            return reckoned(view, one).named(f"definitions.{name}", one.formula)
    raise UnknownNameError(f"definitions.{name}", name, [one.id for one in view.book.all(Definition)])


def _fact(view: View, name: str) -> Quantity:
    """A figure of a fact, as in claims; unknown where the fact was not known yet."""
    found = quantity(view.book, name)
    return found if entry(view.book, name).learnt <= view.known_on else unknown(f"{name}, not known on {view.known_on}", found.unit)
