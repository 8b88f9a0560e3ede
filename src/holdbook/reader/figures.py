"""A written figure into a leaf: its interval, its unit, who says so."""

from __future__ import annotations

from fractions import Fraction

from holdbook.model.kind import Family, FigureKind, unit_of
from holdbook.quantity.interval import Interval
from holdbook.quantity.origin import Origin
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.stated import FigureError, Stated, parse_figure
from holdbook.quantity.unit import COUNTS, NUMBER, TIMES, Unit

EXAMPLES: dict[Family, str] = {
    "money": "an amount such as USD 5.83bn",
    "shares": "a number of shares such as 32.1m shares",
    "price": "a price such as USD 224/share",
    "rate": "an exchange rate such as JPY 148.88/USD",
    "ratio": "a ratio such as 4.9% or 3.2x",
    "count": "a count such as 131 companies",
    "power": "a power such as 1.5 GW",
    "time": "a length of time such as 18 months",
    "any": "a figure",
}


def example(kind: FigureKind, currency: str) -> str:
    """What a field wants, as an example in the currency of the book.

    >>> example(FigureKind("price"), "EUR")
    'a price such as EUR 224/share'
    """
    text = EXAMPLES[kind.family]
    return text.replace("USD", currency) if currency and kind.family in ("money", "price") else text


class UnfitError(ValueError):
    """A figure that its field cannot have: `reason` is the problem's."""

    def __init__(self, reason: str, message: str, way_out: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.way_out = way_out


def figure_leaf(text: str, kind: FigureKind, currency: str, truncated: bool, key: str, origin: Origin) -> Quantity:
    """The leaf that a figure of a field means.

    Raises FigureError for text that is no figure, UnfitError for one that the field cannot have.
    """
    stated = parse_figure(text, contract=kind.contract, floor=kind.floor, truncated=truncated)
    unit = stated.unit
    if stated.is_unknown:
        unit = unit or unit_of(kind.family, currency)
        stated = _ceiled(stated, kind)
    elif unit is None or not _fits(unit, kind.family):
        raise UnfitError("bad-unit", f"{text} is in {_in_words(unit)}", f"write {example(kind, currency)}")
    _check_range(stated, kind, text)
    stated = _clipped(stated, kind)
    if stated.core.is_empty:
        raise UnfitError("out-of-range", f"{text} is nothing that the field can be", "correct the figure or its hedge")
    return Quantity("leaf", (), unit, key=key, name=key, stated=stated, origin=origin)


def _clipped(stated: Stated, kind: FigureKind) -> Stated:
    """What rounding or an open hedge alone lets reach past the least and the most that the field can be, cut off there."""
    if kind.floor is None and kind.ceiling is None:
        return stated
    low, high = (None if end is None else Fraction(end) for end in (kind.floor, kind.ceiling))
    allowed = Interval(low, high)
    return stated._replace(core=stated.core.common(allowed), widest=stated.widest.common(allowed))


def _in_words(unit: Unit | None) -> str:
    """A unit as one would say it: shares, not share."""
    text = str(unit or NUMBER)
    return f"{text}s" if text in ("share", *COUNTS, *TIMES) and text != "company" else text or "plain numbers"


def _ceiled(stated: Stated, kind: FigureKind) -> Stated:
    if kind.ceiling is None:
        return stated
    widest = stated.core._replace(high=Fraction(kind.ceiling))
    return stated._replace(core=widest, widest=widest)


def _fits(unit: Unit, family: Family) -> bool:
    symbols = dict(unit.powers)
    if family == "any":
        return True
    if family == "money":
        return unit.is_money
    if family == "shares":
        return symbols == {"share": 1}
    if family == "price":
        return unit.currency is not None and symbols.get("share") == -1 and len(symbols) == 2
    if family == "rate":
        return unit.currency is not None and len(symbols) == 2 and "share" not in symbols
    if family == "ratio":
        return unit is NUMBER
    wanted = {"count": COUNTS, "time": TIMES, "power": ("GW",)}[family]
    return len(symbols) == 1 and next(iter(symbols)) in wanted


def _check_range(stated: Stated, kind: FigureKind, text: str) -> None:
    core = stated.core
    if kind.floor is not None and core.high is not None and (core.high < kind.floor or (stated.centre or core.high) < kind.floor):
        raise UnfitError("out-of-range", f"{text} is less than {kind.floor}", "write what it is without a sign, or use the field that fits")
    if kind.ceiling is not None and core.low is not None and core.low > kind.ceiling:
        raise UnfitError("out-of-range", f"{text} is more than {kind.ceiling * 100}%", "a part of a whole is at most 100%")


__all__ = ["EXAMPLES", "FigureError", "UnfitError", "example", "figure_leaf"]
