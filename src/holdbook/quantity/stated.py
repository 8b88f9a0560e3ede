"""Figures as people write them, and the interval that each one means: `USD 5.83bn`, `~ USD 181`, `> USD 3bn`, `almost 3%`.

The rules stand in `docs/book.md`. Ambiguous spellings are refused and the right one is offered.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from holdbook.quantity.interval import Interval
from holdbook.quantity.unit import COUNTS, CURRENCIES, NUMBER, PLURALS, TIMES, UNIT, Unit

_SCALES = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_MISSPELT = {"b": "bn", "t": "tn", "mn": "m", "mln": "m", "mm": "m", "mrd": "bn", "bln": "bn", "trn": "tn"}
_SIGNS = {"$": "USD (or AUD, CAD, HKD ...)", "¥": "JPY or CNY", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR"}
_HEDGES = (
    (re.compile(r"=\s*"), "exactly"),
    (re.compile(r"(~|about\b|around\b|circa\b|approximately\b|some\b)\s*"), "about"),
    (re.compile(r"(>=|at least\b|no less than\b)\s*"), "at least"),
    (re.compile(r"(well over\b|well above\b)\s*"), "well over"),
    (re.compile(r"(>|more than\b|over\b|above\b)\s*"), "more than"),
    (re.compile(r"(<=|up to\b|at most\b|no more than\b)\s*"), "up to"),
    (re.compile(r"(<|less than\b|under\b|below\b)\s*"), "less than"),
    (re.compile(r"(almost\b|nearly\b|just under\b|slightly under\b)\s*"), "almost"),
    (re.compile(r"(as much as\b|as many as\b)\s*"), "as much as"),
)
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<digits>\d+(?:\.\d+)?)\s*(?P<scale>[A-Za-z]*)", re.ASCII)
_MAXIMUM_DIGITS = 30
_LONGEST = 200
_PLAIN = re.compile(r"(?:([A-Z]{3}) (?!.* shares))?(\d{1,15})(?:\.(\d{1,6}))?(k|m|bn|tn)?( shares)?", re.ASCII)
_MARGIN = re.compile(r"\s*%?\s*(?:±|\+/?-)\s*")
_HALF = Fraction(1, 2)
_BOTH_ENDS = re.compile(
    r"^(?P<low>[-+]?[\d.]+\s*(?:(?:k|m|bn|tn)(?![A-Za-z]))?)\s*(?P<unit>[A-Za-z%]+)\s*\.\.\s*(?P<high>.*?)\s*(?P=unit)$"
)


class FigureError(ValueError):
    """A figure that cannot be read, and how to write it; `at` is the offset of the culprit."""

    def __init__(self, message: str, way_out: str, at: int = 0) -> None:
        super().__init__(message)
        self.way_out = way_out
        self.at = at


class Stated(NamedTuple):
    """What a written figure means: its interval, its widest reading, the value that it prints (if any), its unit."""

    core: Interval
    widest: Interval
    centre: Fraction | None
    unit: Unit | None
    hedge: str = ""
    backwards: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is stated."""
        return self.hedge == "unknown"


class _Printed(NamedTuple):
    value: Fraction
    step: Fraction
    coarse: Fraction
    counted: bool
    scaled: bool


@lru_cache(maxsize=65536)
def parse_figure(text: str, *, contract: bool = False, floor: int | None = None, truncated: bool = False) -> Stated:
    """Read one figure.

    `contract` takes a plain figure as exact, `floor` is the least that the field can be, `truncated` is a source that cuts digits off.

    Raises FigureError when the text is no figure, or could mean two.

    >>> parse_figure("USD 5.83bn").core == Interval.of(5825000000, 5835000000)
    True
    """
    if len(text) > _LONGEST:
        raise FigureError(f"{len(text):,} characters are more than any figure has", "write a number and its unit")
    plain = _PLAIN.fullmatch(text)
    if plain is not None and not truncated and (plain[5] if plain[1] is None else plain[1] in CURRENCIES):
        return _plain(plain, contract, floor)
    nothing = re.fullmatch(r"(?:([A-Z]{3}) )?unknown", text.strip())
    if nothing:
        widest = Interval(None if floor is None else Fraction(floor), None)
        return Stated(widest, widest, None, _money(nothing[1], "", text) if nothing[1] else None, "unknown")
    _refuse(text)
    hedge, rest = _hedge(text.strip())
    body, unit = _unit(_once(_MARGIN.sub(" ± ", rest)), text)
    body, _, margin_text = body.partition("±")
    low_text, dots, high_text = body.partition("..")
    low = _printed(low_text, unit, text)
    if dots:
        return _range(low, _printed(high_text, unit, text), unit, hedge)
    if margin_text:
        return _give_or_take(low, _printed(margin_text, unit, text), unit, hedge)
    return _meaning(low, hedge, unit, contract, floor, truncated)


def _plain(match: re.Match[str], contract: bool, floor: int | None) -> Stated:
    """The commonest spellings, an amount or a number of shares without a hedge, by the same rules and in a tenth of the time."""
    currency, whole, decimals, scale, shares = match.groups()
    decimals = decimals or ""
    ten = 10 ** abs(_SCALES[scale or ""] - len(decimals))
    digits, above = int(whole + decimals), _SCALES[scale or ""] >= len(decimals)
    value = Fraction(digits * ten) if above else Fraction(digits, ten)
    unit = UNIT(currency) if currency else UNIT("share")
    if contract or (shares and not scale and not decimals):
        return Stated(Interval(value, value), Interval(value, value), value, unit)
    half = Fraction(ten, 2) if above else Fraction(1, 2 * ten)
    low = value - half
    core = Interval(Fraction(floor) if floor is not None and low < floor <= value else low, value + half)
    return Stated(core, core, value, unit)


def _once(rest: str) -> str:
    """A unit that is written at both ends of a range, written once: `10%..90%`, `USD 1bn..USD 2bn`."""
    match = _BOTH_ENDS.match(rest)
    if match is not None and match["unit"] not in _SCALES:
        return f"{match['low']}..{match['high']} {match['unit']}"
    return re.sub(r"^([A-Z]{3})(.*\.\.)\s*\1\s*", r"\1\2", rest)


def _hedge(text: str) -> tuple[str, str]:
    for pattern, hedge in _HEDGES:
        match = pattern.match(text)
        if match:
            return hedge, text[match.end() :].strip()
    return "", text


def _refuse(text: str) -> None:
    for sign, code in _SIGNS.items():
        if sign in text:
            raise FigureError(f"{sign} may be several currencies", f"write the three letters before the number: {code}", text.index(sign))
    grouped = re.search(r"\d{1,3}(,\d{3})+(?!\d)", text)
    if grouped:
        plain = grouped[0].replace(",", "")
        raise FigureError(
            f"{grouped[0]} may be {plain} or {_pointed(grouped[0])}",
            f"write {text.replace(grouped[0], plain)} without separators",
            grouped.start(),
        )
    comma = re.search(r"\d,\d+", text)
    if comma:
        raise FigureError("the decimal mark is a point", f"write {text.replace(comma[0], comma[0].replace(',', '.'))}", comma.start())
    gaps = re.search(r"\d[ _']\d", text)
    if gaps:
        joined = re.sub(r"(?<=[0-9])[ _'](?=[0-9])", "", text)
        raise FigureError("digits are written without separators", f"write {joined}", gaps.start())
    exponent = re.search(r"\d[eE][-+]?\d", text)
    if exponent:
        raise FigureError(
            "no exponents: how many digits are meant cannot be seen", "write the number with k, m, bn or tn", exponent.start()
        )


def _pointed(grouped: str) -> str:
    head, _, tail = grouped.partition(",")
    return f"{head}.{tail.replace(',', '')}"


@lru_cache(maxsize=65536)
def _unit(rest: str, text: str) -> tuple[str, Unit]:
    """Split `USD 5.83bn/share` into its number and its unit."""
    match = re.fullmatch(
        r"(?P<currency>[A-Za-z]{3}(?=[\s\d.+-]))?\s*(?P<number>[-+\d.]+\s*[A-Za-z]*(?:\s*(?:\.\.|±)\s*[-+\d.]+\s*[A-Za-z]*)?)?(?P<tail>.*)",
        rest,
    )
    assert match is not None
    currency, number, tail = match["currency"] or "", (match["number"] or "").strip(), match["tail"].strip()
    number, word = _split_word(number)
    tail = f"{word}{' ' if tail[:1].isalpha() else ''}{tail}".strip()
    if not number:
        raise FigureError(
            f"{text!r} is not a figure", "write a number with its unit, such as USD 5.83bn, 32.1m shares or 4.9%; or: unknown"
        )
    if currency:
        return number, _money(currency, tail, text)
    return number, _tail_unit(tail, text)


def _split_word(number: str) -> tuple[str, str]:
    """Take a last word that is not a scale off the number: `3 years`, `1.5 GW`."""
    match = re.fullmatch(r"(?P<head>.*?[\d.])\s*(?P<word>[A-Za-z]*)", number)
    if match is None or match["word"].lower() in _SCALES or match["word"].lower() in _MISSPELT:
        return number, ""
    return match["head"], match["word"]


def _money(currency: str, tail: str, text: str) -> Unit:
    code = currency.upper()
    if code not in CURRENCIES:
        raise FigureError(
            f"{currency} is not a currency", "write its three letters of ISO 4217, such as USD, JPY or EUR", text.find(currency)
        )
    if currency != code:
        raise FigureError(f"{currency} is written small", f"write {text.replace(currency, code)}", text.find(currency))
    unit = UNIT(code)
    if not tail:
        return unit
    below = re.fullmatch(r"(?:/|a\b|per\b)\s*([A-Za-z]+)", tail)
    if below is None:
        raise FigureError(f"what {tail!r} means here is not known", "write USD 224/share or JPY 148.88/USD", text.find(tail))
    symbol = PLURALS.get(below[1].lower(), below[1])
    if symbol != "share" and symbol not in CURRENCIES and symbol not in ("GW", *COUNTS, *TIMES):
        raise FigureError(f"a price for one {below[1]} is not known here", "write /share, /GW or /USD", text.find(below[1]))
    return unit / UNIT(symbol)


def _tail_unit(tail: str, text: str) -> Unit:
    if tail in ("", "%", "percent", "x", "times"):
        return NUMBER
    if tail in ("GW", "gw", "MW"):
        return UNIT("GW")
    symbol = PLURALS.get(tail.lower(), tail.lower())
    if symbol in ("share", *COUNTS, *TIMES):
        return UNIT(symbol)
    code = tail[:3].upper()
    if code in CURRENCIES:
        number = text[: text.find(tail)].strip()
        hedge = next((match[0] for pattern, _ in _HEDGES if (match := pattern.match(number))), "")
        below = tail[3:] if tail[3:4] in ("/", " ") else ""
        mended = f"{hedge.strip()} {code} {number[len(hedge) :].strip()}{below}".strip()
        raise FigureError("the currency stands after the number", f"write {mended}", text.find(tail))
    raise FigureError(
        f"the unit {tail!r} is not known",
        "write a currency before the number, or shares, %, x, GW, years, months, days, companies, sites, jobs",
        text.find(tail),
    )


def _printed(number: str, unit: Unit, text: str) -> _Printed:
    match = _NUMBER.fullmatch(number.strip())
    if match is None:
        raise FigureError(f"{number!r} is not a number", "write digits, at most one point, then k, m, bn or tn", max(text.find(number), 0))
    scale = match["scale"]
    if scale.lower() in _MISSPELT or scale.lower() not in _SCALES:
        right = _MISSPELT.get(scale.lower(), "bn")
        mended = re.sub(rf"(?<=[\d.])(\s*){re.escape(scale)}(?![A-Za-z])", rf"\1{right}", text)
        raise FigureError(f"{scale!r} is not a multiplier here", f"write {mended}", text.find(scale))
    whole, _, decimals = match["digits"].partition(".")
    if len(whole) + len(decimals) > _MAXIMUM_DIGITS:
        raise FigureError(f"{len(whole) + len(decimals)} digits are more than any figure has", f"write at most {_MAXIMUM_DIGITS} digits")
    power = _SCALES[scale.lower()] - (2 if "%" in text or "percent" in text else 0) - (3 if text.rstrip().endswith("MW") else 0)
    sign = -1 if match["sign"] == "-" else 1
    digits = int(whole + decimals)
    step = Fraction(10) ** (power - len(decimals))
    zeros = len(whole + decimals) - len((whole + decimals).rstrip("0")) if digits else 0
    counted = not scale and not decimals and _is_count(unit)
    return _Printed(sign * digits * step, step, step * 10**zeros, counted, bool(scale))


def _is_count(unit: Unit) -> bool:
    return len(unit.powers) == 1 and unit.powers[0][1] == 1 and unit.powers[0][0] in ("share", *COUNTS, *TIMES)


def _range(low: _Printed, high: _Printed, unit: Unit, hedge: str) -> Stated:
    if hedge not in ("", "about"):
        raise FigureError(f"a range cannot be hedged with {hedge!r}", "write the two ends only", 0)
    ends = sorted((low.value, high.value))
    if low.value and high.scaled and not low.scaled:
        raise FigureError("the two ends are in different multiples", "write the multiplier at both ends: USD 150bn..200bn")
    whole = Interval(ends[0], ends[1])
    wide = Interval(ends[0] - low.step, ends[1] + high.step) if hedge else whole
    return Stated(whole, wide, None, unit, hedge or "range", backwards=low.value > high.value)


def _give_or_take(centre: _Printed, margin: _Printed, unit: Unit, hedge: str) -> Stated:
    if hedge:
        raise FigureError(f"a figure with a margin cannot be hedged with {hedge!r}", "write the figure and its margin only", 0)
    if margin.scaled != centre.scaled and centre.value and margin.value:
        raise FigureError("the figure and its margin are in different multiples", "write the multiplier at both: 607m ± 2m shares")
    core = Interval(centre.value - abs(margin.value), centre.value + abs(margin.value))
    return Stated(core, core, centre.value, unit)


def _meaning(printed: _Printed, hedge: str, unit: Unit, contract: bool, floor: int | None, truncated: bool) -> Stated:
    value = printed.value
    least = None if floor is None else Fraction(floor)
    if hedge == "exactly" or (not hedge and (contract or printed.counted)):
        point = Interval(value, value)
        return Stated(point, point, value, unit, hedge)
    if hedge in ("", "about", "as much as"):
        core = _truncated(value, printed.step) if truncated else Interval(value - printed.step * _HALF, value + printed.step * _HALF)
        wide = Interval(value - printed.step, value + printed.step) if hedge == "about" else core
        return Stated(_floored(core, least, value), _floored(wide, least, value), value, unit, hedge)
    core = {
        "more than": Interval(value, None, True),
        "at least": Interval(value, None),
        "well over": Interval(value, value + printed.coarse, True, False),
        "up to": Interval(min(Fraction(0), value), max(Fraction(0), value)),
        "less than": Interval(least, value, False, True),
        "almost": Interval(value - printed.coarse, value, False, True),
    }[hedge]
    if value < 0 and hedge in ("well over", "almost"):
        core = (
            Interval(value, value + abs(printed.coarse), True, False)
            if hedge == "almost"
            else Interval(value - abs(printed.coarse), value, False, True)
        )
    return Stated(core, core, None, unit, hedge)


def _truncated(value: Fraction, step: Fraction) -> Interval:
    """XBRL Calculations 1.1, truncation: what was cut off lies away from zero."""
    if value > 0:
        return Interval(value, value + step, False, True)
    if value < 0:
        return Interval(value - step, value, True, False)
    return Interval(-step, step, True, True)


def _floored(interval: Interval, least: Fraction | None, value: Fraction) -> Interval:
    if least is None or value < least or interval.low is None or interval.low >= least:
        return interval
    return Interval(least, interval.high, False, interval.high_open)
