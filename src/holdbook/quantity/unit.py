"""What a figure counts: dollars, shares, dollars a share, yen for a dollar, gigawatts, plain numbers.

A unit is a product of powers of symbols. Currencies are ISO 4217 codes. Nothing is converted here: USD and JPY differ.
"""

from __future__ import annotations

from functools import cache, lru_cache

COUNTS = ("company", "investment", "site", "job", "tranche", "person", "unit", "path", "role", "circle", "layer", "theme")
TIMES = ("year", "month", "day", "minute")
PLURALS = {"companies": "company", "people": "person", "persons": "person", "share": "share", "shares": "share"} | {
    f"{word}s": word for word in (*COUNTS, *TIMES) if word not in ("company", "person")
}
_CODES = (
    "AED ARS AUD BGN BHD BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JOD JPY KRW KWD KZT LTL "
    "LVL MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD SKK THB TRY TWD UAH USD UYU VND XAG XAU ZAR "
)
CURRENCIES = frozenset(_CODES.split())


class Unit:
    """A product of powers of symbols, such as USD/share; two units are the same object when they are equal.

    >>> print(UNIT("USD") / UNIT("share"))
    USD/share
    """

    __slots__ = ("powers",)
    powers: tuple[tuple[str, int], ...]

    def __new__(cls, powers: tuple[tuple[str, int], ...]) -> Unit:  # noqa: PYI034, D102 - the class says so
        return _interned(powers)

    def __mul__(self, other: Unit) -> Unit:
        return _product(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _product(self, other, -1)

    def __str__(self) -> str:
        above = "*".join(_power(symbol, power) for symbol, power in self.powers if power > 0)
        below = "/".join(_power(symbol, -power) for symbol, power in self.powers if power < 0)
        return f"{above or '1'}/{below}" if below else above

    def __repr__(self) -> str:
        return f"UNIT({str(self)!r})"

    def __reduce__(self) -> tuple[object, tuple[tuple[tuple[str, int], ...]]]:
        return Unit, (self.powers,)

    @property
    def currency(self) -> str | None:
        """The currency of an amount or of a price, if there is just one."""
        found = [symbol for symbol, power in self.powers if symbol in CURRENCIES and power == 1]
        return found[0] if len(found) == 1 else None

    @property
    def is_rate(self) -> bool:
        """Whether it is one currency for another."""
        return len(self.powers) == 2 and all(symbol in CURRENCIES for symbol, _ in self.powers)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of one currency and nothing else."""
        return len(self.powers) == 1 and self.powers[0][1] == 1 and self.powers[0][0] in CURRENCIES


def _power(symbol: str, power: int) -> str:
    return symbol if power == 1 else f"{symbol}^{power}"


@cache
def _interned(powers: tuple[tuple[str, int], ...]) -> Unit:
    unit = object.__new__(Unit)
    unit.powers = powers
    return unit


@lru_cache(maxsize=4096)
def _product(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for symbol, power in right.powers:
        powers[symbol] = powers.get(symbol, 0) + sign * power
    return Unit(tuple(sorted((symbol, power) for symbol, power in powers.items() if power)))


@lru_cache(maxsize=4096)
def UNIT(text: str) -> Unit:  # noqa: N802 - reads as a literal
    """The unit that is written so: `USD`, `USD/share`, `JPY/USD`, or nothing for a plain number."""
    above, *below = text.split("/")
    unit = Unit(()) if above in ("", "1") else Unit(((above, 1),))
    for symbol in below:
        unit = unit / Unit(((symbol, 1),))
    return unit


NUMBER = UNIT("")
