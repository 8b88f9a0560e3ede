"""Quantities as a person reads them. All rounding of the project happens here."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from itertools import count

from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.quantity.solved import SOLVED
from holdbook.quantity.unit import NUMBER, Unit

_SCALES = ((12, "tn"), (9, "bn"), (6, "m"))
_MULTIPLE = 5
_MANY = 100
_FINEST = 6
_LARGEST = 40
_SMALL = Fraction(1, 10)
UNKNOWN = "unknown"
_MULTIPLES = ("cover", "coverage", "multiple", "deviations", "dpi", "rvpi", "tvpi")
_RATES = ("return",)
MULTIPLE, _RATE = "multiple", "rate"
AS_MULTIPLE = Fraction(_MULTIPLE)


def times(quantity: Quantity) -> str:
    """A ratio as a multiple: `4.14x`."""
    value = point(quantity)
    return words(quantity) if value is None else as_kind(value, MULTIPLE)


def words(quantity: Quantity) -> str:
    """The value alone; where there is none, what the bounds say.

    `USD 5.83bn`, `8.0%`, `at least JPY 3tn`, `11 to 41 days`, `unknown`.
    """
    value = None if bounds(quantity).blame else point(quantity)
    if value is not None and _is_whole_count(quantity):
        return f"{int(value):,} {_PLURAL.get(str(quantity.unit), str(quantity.unit)) if value != 1 else quantity.unit}"
    if value is not None and (kind := _kind(quantity)):
        return as_kind(value, kind)
    if value is not None:
        return figure(value, quantity.unit, _digits(quantity), _warranted(bounds(quantity).interval))
    return between(bounds(quantity).interval, quantity.unit, as_multiple=_kind(quantity) == MULTIPLE)


def kind_of(name: str, unit: Unit, op: str) -> str:
    """How a plain number reads, by the first or the last word of its name: `redemption_cover`, `coverage_realised` and a slope that was solved are multiples.

    A `return` is a rate, however large; all others have no kind.
    """
    parts = name.rpartition(".")[2].split("_")
    ends = {parts[0], parts[-1]}
    if (unit is NUMBER and ends & set(_MULTIPLES)) or (name.endswith(".beta") and op == SOLVED):
        return MULTIPLE
    return _RATE if unit is NUMBER and parts[-1] in _RATES else ""


def as_kind(value: Fraction, kind: str) -> str:
    """A plain number of a kind: `4.14x`, `612.5%`."""
    return f"{_rounded(value, 2 if abs(value) < _MANY else 0)}x" if kind == MULTIPLE else f"{_rounded(value * 100, 1)}%"


def _kind(quantity: Quantity) -> str:
    return kind_of(quantity.name, quantity.unit, _leaf(quantity).op)


def _is_whole_count(quantity: Quantity) -> bool:
    """A count that was stated to the last unit: 10,512,320 shares."""
    stated = _leaf(quantity).stated
    return (
        stated is not None
        and str(quantity.unit) in _PLURAL
        and stated.core.is_point
        and stated.core.low is not None
        and stated.core.low.denominator == 1
    )


def _leaf(quantity: Quantity) -> Quantity:
    """The figure behind a mere name."""
    while quantity.op == "+" and len(quantity.args) == 1:
        quantity = quantity.args[0]
    return quantity


def with_bounds(quantity: Quantity) -> str:
    """The value and the interval in which it lies, where that is more than the value."""
    value, known = point(quantity), bounds(quantity)
    if value is None or known.blame:
        return between(known.interval, quantity.unit, as_multiple=_kind(quantity) == MULTIPLE)
    text = words(quantity)
    if known.interval.is_point:
        return text
    if _kind(quantity) == MULTIPLE:
        return f"{text}  {bracketed(known.interval, quantity.unit, AS_MULTIPLE)}"
    return f"{text}  {bracketed(known.interval, quantity.unit, value)}{' (may be narrower)' if known.wide else ''}"


def bracketed(interval: Interval, unit: Unit, near: Fraction) -> str:
    """An interval in the scale of a value near it: `[16.85, 16.94]`."""
    scale = -2 if unit is NUMBER and abs(near) < _MULTIPLE else _scale(near, unit)
    ends = [None if end is None else end / Fraction(10) ** scale for end in interval[:2]]
    decimals = _decimals_for(ends)
    while decimals < _FINEST and None not in ends and ends[0] != ends[1] and _rounded(ends[0], decimals) == _rounded(ends[1], decimals):  # type: ignore[arg-type]
        decimals += 1
    low = "-inf" if ends[0] is None else _rounded(ends[0], decimals, ROUND_FLOOR)
    high = "inf" if ends[1] is None else _rounded(ends[1], decimals, ROUND_CEILING)
    sign = "%" if scale == -2 else ""
    return f"{'(' if interval.low_open or interval.low is None else '['}{low}, {high}{')' if interval.high_open or interval.high is None else ']'}{sign}"


def between(interval: Interval, unit: Unit, *, as_multiple: bool = False) -> str:
    """An interval without a centre, in words."""
    low, high = interval.low, interval.high
    if high is None and (low is None or low == 0):
        return UNKNOWN
    if low is not None and interval.is_point:
        return figure(low, unit)
    if high is not None and (low is None or (low == 0 and high != 0)):
        return f"{'less than' if interval.high_open else 'at most'} {_end(high, unit, as_multiple)}"
    assert low is not None
    if high is None:
        return f"{'more than' if interval.low_open else 'at least'} {_end(low, unit, as_multiple)}"
    first = _plain(low) if unit in _COUNTED else _end(low, unit, as_multiple)
    return f"{first} to {_end(high, unit, as_multiple)}"


def _end(value: Fraction, unit: Unit, as_multiple: bool) -> str:
    return f"{_rounded(value, 2)}x" if as_multiple else figure(value, unit)


def number(value: Fraction | None) -> int | float | None:
    """A number for JSON: an integer where it is one, else the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def figure(value: Fraction, unit: Unit, decimals: int | None = None, warranted: int | None = None) -> str:
    """A number in its unit, scaled to trillions, billions or millions; `warranted` decimal places at most, unless `decimals` says how many."""
    if unit is NUMBER:
        return _ratio(value, decimals)
    scale = _scale(value, unit)
    scaled = value / Fraction(10) ** scale
    suffix = dict(_SCALES).get(scale, "")
    places = _decimals_for([scaled]) if decimals is None else max(0, decimals + scale)
    if decimals is None and warranted is not None:
        places = min(places, max(0, warranted + scale))
    text = f"{_rounded(scaled, places)}{suffix}"
    currency = unit.currency
    if currency is not None:
        below = str(unit).removeprefix(currency)
        return f"{currency} {text}{below}"
    symbol = str(unit)
    return f"{text} {symbol if abs(scaled) == 1 and not suffix else _PLURAL.get(symbol, symbol)}".strip()


def _ratio(value: Fraction, decimals: int | None) -> str:
    if abs(value) >= _MULTIPLE:
        return f"{_rounded(value, 1 if abs(value) < 100 else 0)}x"
    percent = value * 100
    places = 1 if decimals is None else min(max(decimals - 2, 0), _FINEST)
    if decimals is None and percent and abs(percent) <= _SMALL / 2:
        places = min(_decimals_for([percent]), _FINEST)
    return f"{_rounded(percent, max(places, 1) if percent != int(percent) else places)}%"


def _digits(quantity: Quantity) -> int | None:
    """Decimal places that a stated figure prints, so that 16.90 stays 16.90; None for what was computed."""
    quantity = _leaf(quantity)
    stated = quantity.stated
    if stated is None or stated.centre is None or stated.hedge == "exactly":
        return None
    return printed_decimals(quantity.origin.words)


def _warranted(interval: Interval) -> int | None:
    """Decimal places, of the bare number, of which only the last is in doubt: 230bn, not 229.81bn, for [226.7bn, 232.9bn]."""
    if interval.low is None or interval.high is None or interval.is_point:
        return None
    doubt = (interval.high - interval.low) / 20
    return next(places for places in count(-_LARGEST) if Fraction(10) ** -places <= doubt or places == _LARGEST) - 1


def printed_decimals(written: str) -> int | None:
    """Decimal places, of the bare number, that a written figure shows: 2 - 9 for `5.83bn`."""
    text = written.strip("~ ").split("/")[0]
    text = "".join(character for character in text if character.isdigit() or character == ".")
    if not text:
        return None
    printed = len(text.partition(".")[2])
    magnitude = next((power for power, suffix in (*_SCALES, (3, "k")) if f"{suffix}" and _ends_with(written, suffix)), 0)
    return printed - magnitude + (2 if "%" in written else 0)


def _ends_with(text: str, suffix: str) -> bool:
    return text.split("/", maxsplit=1)[0].split(" shares", maxsplit=1)[0].strip().endswith(suffix)


def _scale(value: Fraction, unit: Unit) -> int:
    if unit is NUMBER or unit in _COUNTED:
        return 0
    return next((power for power, _ in _SCALES if abs(value) >= Fraction(10) ** power), 0)


def _decimals_for(values: list[Fraction | None]) -> int:
    """Places that show three to five significant digits of the largest: what is not nothing never reads 0.000."""
    largest = max((abs(value) for value in values if value is not None), default=Fraction(0))
    if largest == 0 or (all(value is None or value.denominator == 1 for value in values) and largest >= 1000):
        return 0
    if all(value is None or value.denominator == 1 for value in values) and largest < 1000:
        return 0
    if largest < _SMALL:
        return next(places + 3 for places in count(1) if largest * 10 ** (places + 1) >= 1)
    return 0 if largest >= 10000 else 1 if largest >= 1000 else 2 if largest >= 10 else 3


def _rounded(value: Fraction, decimals: int, mode: str = ROUND_HALF_EVEN) -> str:
    with localcontext() as context:
        context.prec = 40 + value.numerator.bit_length() // 3
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{decimal.quantize(Decimal(1).scaleb(-decimals), rounding=mode):,f}"


def _plain(value: Fraction) -> str:
    return _rounded(value, 0 if value.denominator == 1 else 2)


def _unit(symbol: str) -> Unit:
    return Unit(((symbol, 1),))


_COUNTED = tuple(
    _unit(symbol)
    for symbol in ("day", "month", "year", "company", "site", "investment", "tranche", "job", "path", "role", "circle", "layer", "theme")
)
_PLURAL = {
    "path": "paths",
    "role": "roles",
    "circle": "circles",
    "layer": "layers",
    "theme": "themes",
    "share": "shares",
    "day": "days",
    "month": "months",
    "year": "years",
    "company": "companies",
    "site": "sites",
    "investment": "investments",
    "tranche": "tranches",
    "job": "jobs",
    "point": "points",
}
