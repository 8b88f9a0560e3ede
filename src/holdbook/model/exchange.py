"""The exchanges of listings: in which currency each quotes, and how vendors of prices end its tickers.

Says so: ISO 10383 for the codes. London and Johannesburg are not there: they quote in pence and cents as often as not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from holdbook.model.entity import Entity


class Exchange(NamedTuple):
    """The currency of an exchange's quotes, and what vendors put behind its tickers."""

    currency: str
    suffix: str = ""


EXCHANGES = {
    "XNAS": Exchange("USD"), "XNYS": Exchange("USD"), "XASE": Exchange("USD"), "ARCX": Exchange("USD"), "XTKS": Exchange("JPY", "T"),
    "XHKG": Exchange("HKD", "HK"), "XSHG": Exchange("CNY", "SS"), "XSHE": Exchange("CNY", "SZ"), "XKRX": Exchange("KRW", "KS"),
    "XTAI": Exchange("TWD", "TW"), "XSES": Exchange("SGD", "SI"), "XBOM": Exchange("INR", "BO"), "XNSE": Exchange("INR", "NS"),
    "XASX": Exchange("AUD", "AX"), "XTSE": Exchange("CAD", "TO"), "XETR": Exchange("EUR", "DE"), "XFRA": Exchange("EUR", "F"),
    "XPAR": Exchange("EUR", "PA"), "XAMS": Exchange("EUR", "AS"), "XBRU": Exchange("EUR", "BR"), "XMIL": Exchange("EUR", "MI"),
    "XMAD": Exchange("EUR", "MC"), "XLIS": Exchange("EUR", "LS"), "XHEL": Exchange("EUR", "HE"), "XWBO": Exchange("EUR", "VI"),
    "XDUB": Exchange("EUR", "IR"), "XSWX": Exchange("CHF", "SW"), "XSTO": Exchange("SEK", "ST"), "XOSL": Exchange("NOK", "OL"),
    "XCSE": Exchange("DKK", "CO"), "XWAR": Exchange("PLN", "WA"), "BVMF": Exchange("BRL", "SA"), "XMEX": Exchange("MXN", "MX"),
    "XLON": Exchange("", "L"), "XJSE": Exchange("", "JO"), "XTAE": Exchange("", "TA"),
}  # fmt: skip
_SIGNS = re.compile(r"[^A-Z0-9]")


def bare(ticker: str) -> str:
    """A ticker by its letters and digits alone.

    >>> bare("^n225"), bare("9984.T")
    ('N225', '9984T')
    """
    return _SIGNS.sub("", ticker.upper())


def spellings(entity: Entity) -> Iterator[tuple[str, str]]:
    """Every bare spelling of an entity's tickers, with the code of the exchange: `9984.T` is also `9984`, and the other way round."""
    for code, ticker in (entity.listings or {}).items():
        suffix = EXCHANGES[code].suffix if code in EXCHANGES else ""
        stem = ticker.upper().removesuffix(f".{suffix}") if suffix else ticker
        yield from dict.fromkeys(((bare(ticker), code), (bare(stem), code), (bare(stem + suffix), code)))
